"""What the algorithms of planning review share: the parameters of the district and of a scheme, and their reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values

if TYPE_CHECKING:
    from qgis.core import QgsFeatureSource, QgsRasterLayer

    from ...bridge.kernel.prism_layers import HeightFields
    from ...bridge.planning.city import City, CityLayers
    from ...bridge.planning.observers import ObserversRead

translate = QCoreApplication.translate
_KINDS = QgsProcessing.SourceType
_SOURCE = QgsProcessingParameterFeatureSource


class PlanningAlgorithm(TwinAlgorithm):
    """Base of the algorithms of planning review."""

    GROUP_ID = "planning"
    ICON = "planning"
    PACKAGES = ("shapely", "numba")

    def add_city(self, terrain: bool = True, terrain_optional: bool = False, buildings_optional: bool = False) -> None:
        """Add BUILDINGS and DTM."""
        help_text = translate(
            "PlanningAlgorithm",
            "Buildings or storeys as polygons. Usual fields: roof_elev_m, height_m, base_elev_m, storeys_above; "
            "storeys: building_id, elev_m, height_m.",
        )
        label = translate("PlanningAlgorithm", "Buildings or storeys")
        self.add(_SOURCE("BUILDINGS", label, [_KINDS.TypeVectorPolygon], optional=buildings_optional), help_text)
        if terrain:
            help_text = translate(
                "PlanningAlgorithm", "Heights of the ground without buildings, in a projected CRS in metres."
            )
            if terrain_optional:
                help_text = translate(
                    "PlanningAlgorithm",
                    "Heights of the ground without buildings, in a projected CRS in metres. Empty: the ground is flat "
                    "at elevation 0, and only elevations in fields differ from it.",
                )
            label = translate("PlanningAlgorithm", "Terrain")
            self.add(QgsProcessingParameterRasterLayer("DTM", label, optional=terrain_optional), help_text)

    def add_scheme(self) -> None:
        """Add SCHEME and SITE: planned buildings in the place of some that stand."""
        areas = [_KINDS.TypeVectorPolygon]
        help_text = translate(
            "PlanningAlgorithm",
            "Planned buildings or storeys, with the same fields. They replace the buildings of which they cover more "
            "than a tenth. Empty: only the buildings of today.",
        )
        label = translate("PlanningAlgorithm", "Scheme")
        self.add(_SOURCE("SCHEME", label, areas, optional=True), help_text)
        help_text = translate(
            "PlanningAlgorithm",
            "Land of the scheme: buildings that lie mostly in it are replaced too. Empty: only those that the scheme "
            "covers.",
        )
        label = translate("PlanningAlgorithm", "Site of the scheme")
        self.add(_SOURCE("SITE", label, areas, optional=True), help_text)

    def add_height_fields(self) -> None:
        """Add TOP_FIELD, HEIGHT_FIELD and BASE_FIELD, for layers whose fields have other names."""
        any_type = QgsProcessingParameterField.DataType.Any
        top = translate("PlanningAlgorithm", "Field of the top (m)")
        height = translate("PlanningAlgorithm", "Field of the height (m)")
        base = translate("PlanningAlgorithm", "Field of the base (m)")
        highest = translate("PlanningAlgorithm", "Elevation of the highest point. Empty: the usual fields.")
        above = translate("PlanningAlgorithm", "Height above the base. Empty: the usual fields.")
        lowest = translate("PlanningAlgorithm", "Elevation of the lowest point. Empty: the usual fields.")
        for name, label, help_text in (
            ("TOP_FIELD", top, highest),
            ("HEIGHT_FIELD", height, above),
            ("BASE_FIELD", base, lowest),
        ):
            field = QgsProcessingParameterField(name, label, None, "BUILDINGS", any_type, optional=True)
            self.add(field, help_text, True)

    def add_observers(self, optional: bool = False) -> None:
        """Add OBSERVERS, EYE_HEIGHT and SPACING."""
        kinds = [_KINDS.TypeVectorPoint, _KINDS.TypeVectorLine]
        help_text = translate(
            "PlanningAlgorithm",
            "Points or paths from which people look; a field eye_elev_m gives the elevation of the eye.",
        )
        label = translate("PlanningAlgorithm", "Observers")
        self.add(_SOURCE("OBSERVERS", label, kinds, optional=optional), help_text)
        help_text = translate("PlanningAlgorithm", "Height of the eye above the terrain.")
        self.add_number("EYE_HEIGHT", translate("PlanningAlgorithm", "Height of the eye (m)"), 1.6, help_text, 0, 1000)
        help_text = translate("PlanningAlgorithm", "Distance between observers along a path.")
        label = translate("PlanningAlgorithm", "Spacing on paths (m)")
        self.add_number("SPACING", label, 20, help_text, 0.5, 10_000)

    def city(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> City:
        """Read BUILDINGS, DTM, SCHEME and SITE, and log what is doubtful."""
        from ...bridge.planning.city import read_city

        city = read_city(self.city_layers(parameters, context), context, feedback)
        self.push_warnings(city.notes, feedback)
        return city

    def city_layers(self, parameters: Values, context: QgsProcessingContext) -> CityLayers:
        """The layers of the district that are there."""
        from ...bridge.planning.city import CityLayers

        return CityLayers(
            self.source(parameters, "BUILDINGS", context),
            self._raster(parameters, "DTM", context),
            self.source(parameters, "SCHEME", context),
            self.source(parameters, "SITE", context),
            self.height_fields(parameters, context),
        )

    def observers(
        self, city: City, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> ObserversRead:
        """Read OBSERVERS, and log what is doubtful."""
        from ...bridge.planning.observers import read_observers

        source = self.source(parameters, "OBSERVERS", context)
        eye, spacing = (self.parameterAsDouble(parameters, name, context) for name in ("EYE_HEIGHT", "SPACING"))
        read = read_observers(source, "OBSERVERS", city.reader, city.terrain, city.present, eye, spacing)
        self.push_warnings(read.notes, feedback)
        return read

    def source(self, parameters: Values, name: str, context: QgsProcessingContext) -> QgsFeatureSource | None:
        """A layer, None where none is given."""
        if self.parameterDefinition(name) is None:
            return None
        found = self.parameterAsSource(parameters, name, context)
        if found is None and parameters.get(name):
            raise InputError(
                translate("PlanningAlgorithm", "{name} cannot be read: choose another layer.").format(name=name)
            )
        return found

    def height_fields(self, parameters: Values, context: QgsProcessingContext) -> HeightFields:
        """TOP_FIELD, HEIGHT_FIELD and BASE_FIELD."""
        from ...bridge.kernel.prism_layers import HeightFields

        return HeightFields(
            *(self._text(parameters, name, context) for name in ("TOP_FIELD", "HEIGHT_FIELD", "BASE_FIELD"))
        )

    def _raster(self, parameters: Values, name: str, context: QgsProcessingContext) -> QgsRasterLayer | None:
        """A raster, None where none is given."""
        if self.parameterDefinition(name) is None:
            return None
        found = self.parameterAsRasterLayer(parameters, name, context)
        if parameters.get(name) and (found is None or not found.isValid()):
            raise InputError(
                translate("PlanningAlgorithm", "{name} cannot be read: choose another raster.").format(name=name)
            )
        return found

    def _text(self, parameters: Values, name: str, context: QgsProcessingContext) -> str:
        return self.parameterAsString(parameters, name, context) if self.parameterDefinition(name) else ""

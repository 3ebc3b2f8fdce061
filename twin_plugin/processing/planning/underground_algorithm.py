"""What the algorithms of what lies below the ground share: the parameters of its layers, and their reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...core.common.errors import InputError
from ..algorithm import Values
from .planning_algorithm import PlanningAlgorithm

if TYPE_CHECKING:
    from ...bridge.kernel.metric_layers import Reader
    from ...bridge.kernel.pipe_layers import PipeChoices
    from ...bridge.planning.underground_layers import UndergroundLayers
    from ...core.common.grid import Grid

translate = QCoreApplication.translate
_KINDS = QgsProcessing.SourceType
_SOURCE = QgsProcessingParameterFeatureSource
REFERENCES = ("crown", "axis", "invert")


class UndergroundAlgorithm(PlanningAlgorithm):
    """Base of the algorithms that read basements, pipes and tunnels."""

    PACKAGES = ("shapely",)

    def add_underground(self) -> None:
        """Add BASEMENTS, PIPES and TUNNELS."""
        help_text = translate(
            "UndergroundAlgorithm",
            "Rooms below the ground as polygons with top_elev_m and bottom_elev_m (table underground of a twin base), "
            "or depth_m below the terrain. Optional fields: building_id, name, kind, connects (ids of what joins it).",
        )
        label = translate("UndergroundAlgorithm", "Basements")
        self.add(_SOURCE("BASEMENTS", label, [_KINDS.TypeVectorPolygon], optional=True), help_text)
        help_text = translate(
            "UndergroundAlgorithm",
            "Pipes as lines with heights, or start_elev_m and end_elev_m, or depth_m below the terrain. Fields: id, "
            "kind, diameter_mm (or width_mm and height_mm), level_of, start_node, end_node, connects.",
        )
        label = translate("UndergroundAlgorithm", "Pipes")
        self.add(_SOURCE("PIPES", label, [_KINDS.TypeVectorLine], optional=True), help_text)
        help_text = translate(
            "UndergroundAlgorithm",
            "Axes of tunnels as lines with heights, or start_elev_m and end_elev_m. Fields: id, kind, diameter_m, or "
            "width_m with height_m (or with below_m and above_m), level_of, connects.",
        )
        label = translate("UndergroundAlgorithm", "Tunnels")
        self.add(_SOURCE("TUNNELS", label, [_KINDS.TypeVectorLine], optional=True), help_text)

    def add_ground(self) -> None:
        """Add DTM and REFERENCE."""
        help_text = translate(
            "UndergroundAlgorithm", "Heights of the ground, in a projected CRS in metres: depths count from it."
        )
        label = translate("UndergroundAlgorithm", "Terrain")
        self.add(QgsProcessingParameterRasterLayer("DTM", label, optional=True), help_text)
        help_text = translate(
            "UndergroundAlgorithm",
            "What levels and depths of pipes are those of, where their field level_of does not say it: the crown (top)"
            ", the axis, or the invert (bottom). Levels of tunnels are those of the axis.",
        )
        label = translate("UndergroundAlgorithm", "Levels of pipes")
        self.add_choice("REFERENCE", label, REFERENCES, "axis", help_text)

    def add_planned(self) -> None:
        """Add SCHEME and SITE."""
        areas = [_KINDS.TypeVectorPolygon]
        help_text = translate(
            "UndergroundAlgorithm",
            "Planned basements, with the same fields. They replace the basements that they cover by more than a tenth.",
        )
        label = translate("UndergroundAlgorithm", "Scheme")
        self.add(_SOURCE("SCHEME", label, areas, optional=True), help_text)
        help_text = translate(
            "UndergroundAlgorithm", "Land of the scheme: basements that lie mostly in it are replaced too."
        )
        label = translate("UndergroundAlgorithm", "Site of the scheme")
        self.add(_SOURCE("SITE", label, areas, optional=True), help_text)

    def add_underground_details(self) -> None:
        """Add PIPE_DIAMETER, TUNNEL_DIAMETER and KINDS."""
        help_text = translate("UndergroundAlgorithm", "Outer diameter of pipes that state none.")
        label = translate("UndergroundAlgorithm", "Diameter of pipes (mm)")
        self.add_number("PIPE_DIAMETER", label, 300, help_text, 1, 20_000, advanced=True)
        help_text = translate("UndergroundAlgorithm", "Outer diameter of tunnels that state no size.")
        label = translate("UndergroundAlgorithm", "Diameter of tunnels (m)")
        self.add_number("TUNNEL_DIAMETER", label, 6.2, help_text, 0.1, 50, advanced=True)
        help_text = translate(
            "UndergroundAlgorithm",
            "CSV with kind, words, least_cover_m, protection_m, special_m, reviewed, colour, source; empty: "
            "underground_kinds.csv of the plugin.",
        )
        label = translate("UndergroundAlgorithm", "Kinds below the ground")
        self.add(QgsProcessingParameterFile("KINDS", label, extension="csv", optional=True), help_text, True)

    def underground_layers(self, parameters: Values, context: QgsProcessingContext) -> UndergroundLayers:
        """The layers that are there."""
        from ...bridge.planning.underground_layers import UndergroundLayers

        names = ("BASEMENTS", "PIPES", "TUNNELS", "ZONES", "SCHEME", "SITE", "PARCELS")
        return UndergroundLayers(*(self.source(parameters, name, context) for name in names))

    def pipe_choices(self, parameters: Values, context: QgsProcessingContext) -> PipeChoices:
        """What counts where pipes and tunnels say nothing."""
        from ...bridge.kernel.pipe_layers import PipeChoices

        pipe, tunnel = (
            self.parameterAsDouble(parameters, name, context) for name in ("PIPE_DIAMETER", "TUNNEL_DIAMETER")
        )
        return PipeChoices(self.parameterAsString(parameters, "REFERENCE", context), pipe, tunnel)

    def ground(
        self,
        layers: UndergroundLayers,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> tuple[Reader, Grid | None]:
        """What reads layers into the CRS of the terrain, else of the first layer; and the terrain, if any."""
        from ...bridge.kernel.metric_layers import Reader, metric_crs
        from ...bridge.kernel.rasters import require_metres
        from ...bridge.planning.city import read_ground

        raster = self._raster(parameters, "DTM", context)
        if raster is not None:
            return Reader(require_metres(raster), context, feedback), read_ground(raster)
        first = layers.basements or layers.pipes or layers.tunnels or layers.scheme
        if first is None:
            raise InputError("Give BASEMENTS, PIPES, TUNNELS or SCHEME: there is nothing to measure.")
        return Reader(metric_crs(first), context, feedback), None

"""twin:checkterrain: what is wrong in a terrain, where, with the cure, and a mended copy."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsWkbTypes,
)

from ...bridge.kernel import enum_labels, kernels
from ...bridge.kernel.columns import make_fields
from ...bridge.kernel.raster_kinds import require_heights
from ...bridge.kernel.vectors import read_table, write_rows
from ...core.common.errors import InputError
from ...core.common.progress import part
from ...core.flood.terrain_checks.limits import MENDABLE, Kind, Limits
from ..algorithm import TwinAlgorithm, Values

UNITS = ("declared", "m", "dm", "cm", "mm", "ft", "us-ft")
LIMITS = {
    "PIT_DEPTH": "pit_depth_m",
    "PIT_AREA": "pit_area_m2",
    "SPIKE_HEIGHT": "spike_height_m",
    "BRIDGE_HEIGHT": "bridge_height_m",
    "MAX_BREACH": "breach_m",
    "WALL_HEIGHT": "wall_height_m",
    "WALL_LENGTH": "wall_length_m",
    "SEAM_STEP": "seam_step_m",
    "SEAM_LENGTH": "seam_length_m",
    "FLAT_AREA": "flat_area_m2",
}
"""Parameters by the limits that they are."""


class CheckTerrain(TwinAlgorithm):
    ID = "checkterrain"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("numba", "shapely")

    def title(self) -> str:
        return self.tr("Check terrain")

    def help_text(self) -> str:
        return self.tr(
            "<p>Finds what makes a terrain unfit for a flood simulation: orientation, units, undeclared no data, holes,"
            " pits, spikes, bridges that dam channels, channels joined at corners, thin ridges, seams between tiles."
            " Each finding has its place, its size and the cure; a mended copy is free of those that can be mended."
            " Terrains of any size are checked tile by tile.</p>"
        )

    def declare(self, configuration: Values) -> None:
        source, vector = QgsProcessingParameterFeatureSource, QgsProcessing.SourceType
        dtm = QgsProcessingParameterRasterLayer("DTM", self.tr("Terrain"))
        self.add(dtm, self.tr("Ground levels, as they are: in any unit, orientation or CRS."))
        help_text = self.tr("What is checked.")
        kinds = [kind.value for kind in Kind]
        self.add_choice("CHECKS", self.tr("Checks"), kinds, kinds, help_text, several=True)
        help_text = self.tr(
            "What MENDED is free of, as far as it is checked. Orientation, square cells, CRS and unit are always"
            " mended; holes, ridges, seams and areas of one height never are."
        )
        mendable = [kind.value for kind in MENDABLE]
        self.add_choice("MEND", self.tr("Mend"), mendable, mendable, help_text, several=True)
        help_text = self.tr(
            "Lines along which water passes, such as culverts, bridges and streams, in any CRS. The ground is lowered"
            " along them, as far as it stands in the way."
        )
        lines = source("LINES", self.tr("Lines where water passes"), [vector.TypeVectorLine], optional=True)
        self.add(lines, help_text)
        help_text = self.tr("Unit of the heights; 'declared' takes it from the file, m where it says none.")
        self.add_choice("HEIGHT_UNIT", self.tr("Unit of the heights"), UNITS, "declared", help_text)
        help_text = self.tr(
            "CRS in metres of MENDED and OUTPUT: a terrain without CRS gets it, another is reprojected. Empty: the"
            " terrain's own; the UTM zone where that is in degrees or feet."
        )
        self.add(QgsProcessingParameterCrs("CRS", self.tr("CRS of the outputs"), optional=True), help_text, True)
        self._declare_limits()
        help_text = self.tr("Polygons of the findings; none where nothing is wrong.")
        sink = QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Faults of the terrain"), vector.TypeVectorPolygon)
        self.add(sink, help_text)
        self.style("OUTPUT", "terrain_faults")
        help_text = self.tr("The terrain in m, north up, free of what was mended; elsewhere its heights are the same.")
        mended = QgsProcessingParameterRasterDestination("MENDED", self.tr("Mended terrain"), None, True, True)
        self.add(mended, help_text)
        self.style("MENDED", "terrain")
        labels = {kind.value.upper(): enum_labels.label(kind.value) for kind in Kind}
        self.number_outputs(COUNT=self.tr("Findings"), CHANGED=self.tr("Cells that were mended"), **labels)

    def _declare_limits(self) -> None:
        """From which size on a fault counts."""
        usual = Limits()
        texts = {
            "PIT_DEPTH": (self.tr("Least depth of pits (m)"), self.tr("Depth below all ground around.")),
            "PIT_AREA": (
                self.tr("Greatest area of pits and spikes (m²)"),
                self.tr("Larger ones are depressions and hills of the ground; one cell at least."),
            ),
            "SPIKE_HEIGHT": (
                self.tr("Least height of spikes (m)"),
                self.tr("Height above all ground around, and not less than a cell's edge."),
            ),
            "BRIDGE_HEIGHT": (
                self.tr("Least height of bridges (m)"),
                self.tr("Height of a deck above the bed of the channel that it dams."),
            ),
            "MAX_BREACH": (
                self.tr("Greatest width of bridges (m)"),
                self.tr("Ways through a deck are at most so long; bridges are looked for within 1.5 times of it."),
            ),
            "WALL_HEIGHT": (
                self.tr("Least height of ridges (m)"),
                self.tr("Height above both sides, steeper than 1 in 2."),
            ),
            "WALL_LENGTH": (self.tr("Least length of ridges (m)"), self.tr("Diagonal of the box around a ridge.")),
            "SEAM_STEP": (
                self.tr("Least step of seams (m)"),
                self.tr("Mean step along the line beyond the slope of the ground."),
            ),
            "SEAM_LENGTH": (self.tr("Least length of seams (m)"), self.tr("Length of the straight line.")),
            "FLAT_AREA": (self.tr("Least area of one height (m²)"), self.tr("Smaller ones are not reported.")),
        }
        for name, (label, help_text) in texts.items():
            default = getattr(usual, LIMITS[name])
            self.add_number(name, label, default, help_text, 0.001, 1000 if name == "MAX_BREACH" else None, False, True)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Open the terrain, survey it with the mended copy, and write what was found."""
        layer = self.parameterAsRasterLayer(parameters, "DTM", context)
        if layer is None or not layer.isValid():
            raise InputError(self.tr("The terrain cannot be read: choose a raster layer or file of heights in DTM."))
        require_heights(layer)
        progress = self.progress(feedback)
        kernels.ready("flood", progress)
        from ...bridge.flood.terrain_check import check_terrain
        from ...bridge.flood.terrain_source import open_terrain
        from ...core.flood.terrain_checks.findings import COLUMNS

        crs = self.parameterAsCrs(parameters, "CRS", context)
        source = open_terrain(layer, self.parameterAsEnumString(parameters, "HEIGHT_UNIT", context), crs)
        wanted = self._wanted(parameters, context, feedback, source.crs)
        path = ""
        if parameters.get("MENDED") not in (None, ""):
            path = self.parameterAsOutputLayer(parameters, "MENDED", context)
        found = check_terrain(source, layer, wanted, path, part(progress, 0.05, 0.9))
        fields, multi = make_fields(COLUMNS), QgsWkbTypes.Type.MultiPolygon
        sink, place = self.parameterAsSink(parameters, "OUTPUT", context, fields, multi, source.crs)
        rows = found.rows(part(progress, 0.9, 1.0))
        counts = dict.fromkeys(Kind, 0)
        write_rows(sink, fields, found.counted(rows, counts), feedback)
        self.push_lines(found.summary(counts), feedback)
        results = {"OUTPUT": place, "COUNT": sum(counts.values()), "CHANGED": found.survey.changed}
        numbers = {kind.value.upper(): count for kind, count in counts.items()}
        return results | numbers | ({"MENDED": path} if path else {})

    def _wanted(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback, crs: Any
    ) -> Any:
        """What is checked and mended, with which limits, and the lines where water passes."""
        from ...bridge.flood.terrain_check import Wanted

        names = {
            name: frozenset(Kind(text) for text in self.parameterAsEnumStrings(parameters, name, context) if text)
            for name in ("CHECKS", "MEND")
        }
        limits = Limits(**{key: self.parameterAsDouble(parameters, name, context) for name, key in LIMITS.items()})
        lines: list[Any] = []
        if (source := self.parameterAsSource(parameters, "LINES", context)) is not None:
            lines = list(read_table(source, feedback, crs, (), context.transformContext()).geometries)
        return Wanted(names["CHECKS"], names["MEND"], limits, lines)

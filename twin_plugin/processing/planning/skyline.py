"""twin:skyline: the line of buildings and terrain against the sky, its measures, and who breaks a ridge line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsWkbTypes,
)

from ...core.common.errors import InputError
from ...core.planning.curvature import REFRACTION
from ..algorithm import Values
from ..written_rows import write_output
from .planning_algorithm import PlanningAlgorithm

if TYPE_CHECKING:
    from ...bridge.planning.skyline_run import SkylineChoices

RIDGES = ("present", "terrain")
MOST_SIZES = 12


class SkylineReview(PlanningAlgorithm):
    ID = "skyline"

    def title(self) -> str:
        return self.tr("Skyline")

    def help_text(self) -> str:
        return self.tr(
            "<p>Computes the skyline around each observer: at every azimuth the greatest elevation angle of buildings "
            "and terrain, and what stands behind it. Crossings of walls are exact; the terrain's horizon is found on "
            "rays.</p><p>With SCHEME it compares the skyline with today's: what is raised and lowered, and which "
            "buildings rise above the ridge line, by how many degrees and over which azimuths.</p><p>Azimuths are "
            "clockwise from the map's north. What lies below the level of the eye is not part of a skyline.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self.add_city(terrain_optional=True)
        self.add_scheme()
        self.add_observers()
        help_text = self.tr(
            "Which line buildings should not break: present, the skyline of today (needs SCHEME), or terrain, the line "
            "of the hills."
        )
        self.add_choice("RIDGE", self.tr("Ridge line"), RIDGES, RIDGES[0], help_text)
        help_text = self.tr("First azimuth that counts, clockwise from the map's north; may be negative.")
        self.add_number("AZIMUTH_FROM", self.tr("Azimuth from (degrees)"), 0, help_text, -360, 360)
        help_text = self.tr("Last azimuth that counts; the same as the first for the whole circle.")
        self.add_number("AZIMUTH_TO", self.tr("Azimuth to (degrees)"), 360, help_text, -360, 720)
        help_text = self.tr("Id or name of the observer of CHART; empty: the one with the greatest change.")
        self.add_text("CHART_OBSERVER", self.tr("Observer of the chart"), help_text)
        self._details()
        self._outputs()

    def _details(self) -> None:
        self.add_height_fields()
        help_text = self.tr("Let far things sink below the level of the eye, as the Earth is round.")
        curved = QgsProcessingParameterBoolean("CURVATURE", self.tr("Curvature of the Earth"), True)
        self.add(curved, help_text, True)
        help_text = self.tr("Share of the curvature by which light bends. Only with CURVATURE.")
        self.add_number("REFRACTION", self.tr("Refraction"), REFRACTION, help_text, 0, 0.5, advanced=True)
        help_text = self.tr("Angle between the rays on which the terrain's horizon is found.")
        self.add_number(
            "TERRAIN_STEP", self.tr("Step of the terrain (degrees)"), 0.5, help_text, 0.02, 10, advanced=True
        )
        help_text = self.tr("A peak rises and falls by at least so much.")
        self.add_number("PEAK", self.tr("Least peak (degrees)"), 1, help_text, 0.01, 45, advanced=True)
        help_text = self.tr(
            "Edges in degrees of the boxes from which the dimension of the line is found; elevation and azimuth have "
            "one scale. 2 to 12 sizes."
        )
        self.add_text("BOX_SIZES", self.tr("Box sizes (degrees)"), help_text, advanced=True)
        self.parameterDefinition("BOX_SIZES").setDefaultValue("8; 4; 2; 1; 0.5; 0.25")

    def _outputs(self) -> None:
        kinds = QgsProcessing.SourceType
        sink = QgsProcessingParameterFeatureSink
        for name, label, kind, style, usual, help_text in (
            (
                "TABLE",
                self.tr("Skylines"),
                kinds.TypeVectorPoint,
                "skylines",
                True,
                self.tr("A row for each observer: measures, before and after, and who breaks the ridge line."),
            ),
            (
                "PIECES",
                self.tr("Skyline pieces"),
                kinds.TypeVectorLine,
                "skyline_pieces",
                True,
                self.tr("A row for each piece: azimuths, the building behind, its distance, and the visible edge."),
            ),
            (
                "BREAKERS",
                self.tr("Buildings above the ridge line"),
                kinds.TypeVectorPolygon,
                "skyline_breakers",
                True,
                self.tr("A row for each building above the ridge line: by how much at most, and for which observer."),
            ),
        ):
            optional = name != "TABLE"
            self.add(sink(name, label, kind, None, optional, usual), help_text)
            self.style(name, style)
        kinds_of_file = self.tr("PNG picture (*.png);;SVG drawing (*.svg)")
        chart = QgsProcessingParameterFileDestination("CHART", self.tr("Chart"), kinds_of_file, None, True, False)
        help_text = self.tr("The skyline of one observer over azimuth and as a dome of the sky, with its measures.")
        self.add(chart, help_text)
        self.number_outputs(
            OBSERVERS_COUNT=self.tr("Observers"),
            MEAN_DEG=self.tr("Mean elevation of all skylines (degrees)"),
            MAXIMUM_DEG=self.tr("Greatest elevation (degrees)"),
            SKY_SHARE=self.tr("Mean open share of the sky"),
            BREAKERS_COUNT=self.tr("Buildings above the ridge line"),
            BREAK_MAX_DEG=self.tr("Greatest rise above the ridge line (degrees)"),
            RAISED_DEG2=self.tr("Most raised for an observer (square degrees)"),
            LOWERED_DEG2=self.tr("Most lowered for an observer (square degrees)"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the district and the observers, review the skylines (bridge/planning/skyline_run), and write them."""
        from ...bridge.kernel import kernels
        from ...bridge.kernel.chart_page import draw
        from ...bridge.kernel.input_table import table_lines
        from ...bridge.planning.skyline_chart import SkylineChart
        from ...bridge.planning.skyline_run import review_skyline
        from ...core.planning.view_tables import BREAKERS, PIECES, SKYLINES

        choices = self._choices(parameters, context)
        city = self.city(parameters, context, feedback)
        read = self.observers(city, parameters, context, feedback)
        kernels.ready("planning", self.progress(feedback))
        result = review_skyline(city, read.observers, choices, self.progress(feedback))
        self.push_warnings(result.notes, feedback)
        run, places = (parameters, context, feedback), Values()
        point, line, area = QgsWkbTypes.Type.PointZ, QgsWkbTypes.Type.MultiLineStringZ, QgsWkbTypes.Type.MultiPolygon
        for name, columns, rows, kind in (
            ("TABLE", SKYLINES, result.skylines, point),
            ("PIECES", PIECES, result.pieces, line),
            ("BREAKERS", BREAKERS, result.breakers, area),
        ):
            places |= write_output(self, name, *run, columns, rows, kind, city.crs)
        if parameters.get("CHART"):
            places["CHART"] = self.parameterAsFileOutput(parameters, "CHART", context)
            draw(SkylineChart(result.drawn), places["CHART"])
        self.push_lines(table_lines([*city.entries, read.entry, *result.entries]), feedback)
        return {**places, **result.numbers}

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> SkylineChoices:
        """What the user decides."""
        from ...bridge.planning.skyline_run import SkylineChoices
        from ...core.planning.skyline_measures import AzimuthWindow

        first, last, refraction, step, peak = (
            self.parameterAsDouble(parameters, name, context)
            for name in ("AZIMUTH_FROM", "AZIMUTH_TO", "REFRACTION", "TERRAIN_STEP", "PEAK")
        )
        ridge, sizes, drawn = (
            self.parameterAsString(parameters, name, context) for name in ("RIDGE", "BOX_SIZES", "CHART_OBSERVER")
        )
        curved = self.parameterAsBoolean(parameters, "CURVATURE", context)
        return SkylineChoices(
            AzimuthWindow.between(first, last), ridge, refraction if curved else None, step, self._sizes(sizes), peak,
            bool(parameters.get("PIECES")), drawn.strip(),
        )  # fmt: skip

    def _sizes(self, text: str) -> tuple[float, ...]:
        """Edges of boxes from a text, falling and each once."""
        try:
            sizes = sorted({float(word) for word in text.replace(",", ";").split(";") if word.strip()}, reverse=True)
        except ValueError:
            sizes = []
        if not 2 <= len(sizes) <= MOST_SIZES or any(not 0.05 <= size <= 90 for size in sizes):
            sentence = self.tr("BOX_SIZES must be 2 to 12 numbers from 0.05 to 90, as in '8; 4; 2; 1', not '{text}'.")
            raise InputError(sentence.format(text=text))
        return tuple(sizes)

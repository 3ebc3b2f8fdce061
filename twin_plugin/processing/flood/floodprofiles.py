"""twin:floodprofiles: terrain and water along lines of a simulated flood, and the discharge through them."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
)

from ...core.common.errors import InputError
from ...core.flood.analysis.cross_section import DISCHARGE, PROFILE
from ...core.flood.analysis.result_times import choose_times
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output


class FloodProfiles(TwinAlgorithm):
    ID = "floodprofiles"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Flood profiles and discharges")

    def help_text(self) -> str:
        return self.tr(
            "<p>Reads terrain, level and depth along lines, and the discharge through them over time, from RESULT of "
            "the flood simulation.</p><p>A line is cut at the edges of the cells that it crosses. The discharge is the "
            "sum over the pieces of depth, velocity across the line and length, from the values of RESULT as they are; "
            "it is positive from the left to the right of the line, and out of a polygon.</p><p>Accuracy: in an even "
            "flow within 1 %. RESULT has no velocity below 0.01 m of water, so that films on roofs and streets are "
            "left out, and it has the state at the output steps only: volumes take the discharge between two steps as "
            "linear.</p>"
        )

    def declare(self, configuration: Values) -> None:
        help_text = self.tr("RESULT of the flood simulation (.nc).")
        self.add(QgsProcessingParameterFile("RESULT", self.tr("Flood over time"), extension="nc"), help_text)
        kinds = QgsProcessing.SourceType
        wanted = [kinds.TypeVectorLine, kinds.TypeVectorPolygon]
        lines = QgsProcessingParameterFeatureSource("LINES", self.tr("Lines"), wanted, optional=True)
        help_text = self.tr("Lines, or polygons whose outlines are lines, in any CRS. Empty: COORDINATES.")
        self.add(lines, help_text)
        field = QgsProcessingParameterField("ID_FIELD", self.tr("Id field"), None, "LINES", optional=True)
        self.add(field, self.tr("Of the lines: what line_id has. Empty: the number of the feature."))
        help_text = self.tr(
            "Instead of LINES: x,y of the vertices of one line, separated by semicolons, in the CRS of RESULT or of "
            "the code behind them: 493000,2491000; 493050,2491020 [EPSG:4547]."
        )
        self.add_text("COORDINATES", self.tr("Coordinates"), help_text)
        help_text = self.tr(
            "Times of the profiles: maximum, all, or minutes from the start, as in 'maximum; 30; 60'. Empty: the "
            "maximum over the output steps."
        )
        self.add_text("TIMES", self.tr("Times of the profiles"), help_text)
        table = kinds.TypeVector
        help_text = self.tr("A row for each time and piece of a line within one cell.")
        sink = QgsProcessingParameterFeatureSink("OUTPUT_PROFILE", self.tr("Profiles"), table, optional=True)
        self.add(sink, help_text)
        help_text = self.tr("A row for each line and step: discharge, wet width and area, mean velocity, volume.")
        sink = QgsProcessingParameterFeatureSink("OUTPUT_DISCHARGE", self.tr("Discharges"), table, optional=True)
        self.add(sink, help_text)
        self.number_outputs(
            COUNT=self.tr("Lines with values"), VOLUME_M3=self.tr("Water through all lines, to the right (m³)")
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Cut the lines at the cells, read the cells step by step, and write profiles and discharges."""
        from ...bridge.flood.analysis.profiles import Profiles
        from ...bridge.flood.analysis.query_features import FeatureReader
        from ...bridge.flood.files.result_checks import require_metric
        from ...bridge.kernel.ugrid_reader import Result

        source = self.parameterAsSource(parameters, "LINES", context)
        text = self.parameterAsString(parameters, "COORDINATES", context).strip()
        if (source is None) == (not text):
            raise InputError(self.tr("Choose either LINES or COORDINATES."))
        result = Result(self.parameterAsFile(parameters, "RESULT", context))
        require_metric(result)
        times = choose_times(self.parameterAsString(parameters, "TIMES", context), result.minutes)
        reader = FeatureReader(result, context, feedback)
        field = self.parameterAsString(parameters, "ID_FIELD", context)
        lines = reader.of_layer(source, field) if source is not None else reader.of_text(text, as_line=True)
        found = Profiles(result, lines, times, self.progress(feedback))
        self.push_warnings(found.notes, feedback)
        run = parameters, context, feedback
        places = write_output(self, "OUTPUT_PROFILE", *run, PROFILE, found.profile_rows())
        places |= write_output(self, "OUTPUT_DISCHARGE", *run, DISCHARGE, found.discharge_rows())
        line = self.tr("{count} lines with values at {steps} steps; {out} left out.")
        feedback.pushInfo(line.format(count=found.count, steps=len(result.minutes), out=found.without_length))
        return {**places, "COUNT": found.count, "VOLUME_M3": found.volume_m3()}

"""twin:floodhydrographs: the water over time at points of a simulated flood."""

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
from ...core.flood.analysis.hydrograph import HYDROGRAPH
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output


class FloodHydrographs(TwinAlgorithm):
    ID = "floodhydrographs"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Flood hydrographs")

    def help_text(self) -> str:
        return self.tr(
            "<p>Reads depth, level, speed, direction and hazard (AIDR H1 to H6) over time at points, from RESULT of "
            "the flood simulation.</p><p>The values are those of the cell that holds the point, at each output step, "
            "without interpolation. Points outside the result, in buildings that are cut out or where the terrain has "
            "no data have no rows; the log counts and names them, and those that stay dry.</p>"
        )

    def declare(self, configuration: Values) -> None:
        help_text = self.tr("RESULT of the flood simulation (.nc).")
        self.add(QgsProcessingParameterFile("RESULT", self.tr("Flood over time"), extension="nc"), help_text)
        point, table = QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVector
        points = QgsProcessingParameterFeatureSource("POINTS", self.tr("Points"), [point], optional=True)
        self.add(points, self.tr("Places to ask, in any CRS. Empty: COORDINATES."))
        field = QgsProcessingParameterField("ID_FIELD", self.tr("Id field"), None, "POINTS", optional=True)
        self.add(field, self.tr("Of the points: what point_id has. Empty: the number of the feature."))
        help_text = self.tr(
            "Instead of POINTS: x,y of each point, separated by semicolons, in the CRS of RESULT or of the code behind "
            "them: 493000,2491000; 493050,2491020 [EPSG:4547]. The points are numbered from 1."
        )
        self.add_text("COORDINATES", self.tr("Coordinates"), help_text)
        help_text = self.tr("A table with a row for each point and step; direction_deg is where the water flows to.")
        self.add(QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Hydrographs"), table), help_text)
        self.number_outputs(
            COUNT=self.tr("Points with values"),
            DRY=self.tr("Points that stay dry"),
            OUTSIDE=self.tr("Points outside the result"),
            WITHOUT_CELL=self.tr("Points in buildings or without data"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Find the cells of the points, read their values step by step, and write them point by point."""
        from ...bridge.flood.analysis.hydrographs import Hydrographs
        from ...bridge.flood.analysis.query_features import FeatureReader
        from ...bridge.flood.files.ugrid_reader import Result

        source = self.parameterAsSource(parameters, "POINTS", context)
        text = self.parameterAsString(parameters, "COORDINATES", context).strip()
        if (source is None) == (not text):
            raise InputError(self.tr("Choose either POINTS or COORDINATES."))
        result = Result(self.parameterAsFile(parameters, "RESULT", context))
        reader = FeatureReader(result, context, feedback)
        field = self.parameterAsString(parameters, "ID_FIELD", context)
        points = reader.of_layer(source, field) if source is not None else reader.of_text(text, as_line=False)
        found = Hydrographs(result, points, self.progress(feedback))
        self.push_warnings(found.notes, feedback)
        place = write_output(self, "OUTPUT", parameters, context, feedback, HYDROGRAPH, found.rows())
        line = self.tr("{count} points with values at {steps} steps, {dry} of them dry throughout; {out} without.")
        out, dry = len(found.outside) + len(found.blocked), len(found.dry)
        feedback.pushInfo(line.format(count=found.count, steps=len(result.minutes), dry=dry, out=out))
        numbers = {"COUNT": found.count, "DRY": dry, "OUTSIDE": len(found.outside)}
        return {**place, **numbers, "WITHOUT_CELL": len(found.blocked)}

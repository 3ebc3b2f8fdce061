"""twin:floodhydrographs: the water over time at points of a simulated flood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
)

from ...core.common.errors import InputError
from ...core.flood.analysis.hydrograph import HYDROGRAPH
from ...core.flood.analysis.observed import FIT, LEVEL, PAIRS, QUANTITIES
from ..algorithm import TwinAlgorithm, Values
from ..inputs import read_time
from ..written_rows import write_output

if TYPE_CHECKING:
    from ...bridge.flood.analysis.hydrographs import Hydrographs
    from ...bridge.flood.analysis.query_features import QueryFeatures
    from ...bridge.kernel.ugrid_reader import Result


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
            "<p>With OBSERVED, FIT says how well the run agrees with what was observed at the points, and PAIRS has "
            "both at the times of observation.</p>"
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
        self._declare_observed(table)
        self.number_outputs(
            COUNT=self.tr("Points with values"),
            DRY=self.tr("Points that stay dry"),
            OUTSIDE=self.tr("Points outside the result"),
            WITHOUT_CELL=self.tr("Points in buildings or without data"),
        )

    def _declare_observed(self, table: QgsProcessing.SourceType) -> None:
        """Add what compares observations with the run."""
        help_text = self.tr(
            "Observed levels or depths, a row for each time: point_id (or sensor_id, id, name) as of the points, "
            "time_min or time, and level_m, depth_m, or value with unit as 'Fetch observations' writes them. Where "
            "they are points, POINTS may be empty."
        )
        observed = QgsProcessingParameterFeatureSource("OBSERVED", self.tr("Observations"), [table], optional=True)
        self.add(observed, help_text)
        help_text = self.tr("What the column value of the observations has.")
        self.add_choice("OBSERVED_AS", self.tr("Observed values are"), QUANTITIES, LEVEL, help_text)
        help_text = self.tr("Height of the zero of observed levels above the terrain's datum; added to them.")
        self.add_number("OBSERVED_DATUM_M", self.tr("Datum of observed levels (m)"), 0, help_text)
        kind = QgsProcessingParameterDateTime.Type.DateTime
        start = QgsProcessingParameterDateTime("START_TIME", self.tr("Start of the run"), kind, None, True)
        self.add(start, self.tr("Date and time (UTC) of its minute 0: needed for observations with moments."))
        help_text = self.tr(
            "For each observed point: pairs, bias, RMSE, Nash-Sutcliffe efficiency, errors of the peak."
        )
        self.add(QgsProcessingParameterFeatureSink("FIT", self.tr("Fit"), table, None, True, False), help_text)
        help_text = self.tr("Observed and simulated values at the times of observation.")
        pairs = QgsProcessingParameterFeatureSink("PAIRS", self.tr("Observed and simulated"), table, None, True, False)
        self.add(pairs, help_text)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Find the cells of the points, read their values step by step, and write them point by point."""
        from ...bridge.flood.analysis.hydrographs import Hydrographs
        from ...bridge.kernel.ugrid_reader import Result

        result = Result(self.parameterAsFile(parameters, "RESULT", context))
        points = self._points(parameters, context, feedback, result)
        found = Hydrographs(result, points, self.progress(feedback))
        self.push_warnings(found.notes, feedback)
        run = (parameters, context, feedback)
        places = write_output(self, "OUTPUT", *run, HYDROGRAPH, found.rows())
        places |= self._fits(*run, found)
        line = self.tr("{count} points with values at {steps} steps, {dry} of them dry throughout; {out} without.")
        out, dry = len(found.outside) + len(found.blocked), len(found.dry)
        feedback.pushInfo(line.format(count=found.count, steps=len(result.minutes), dry=dry, out=out))
        numbers = {"COUNT": found.count, "DRY": dry, "OUTSIDE": len(found.outside)}
        return {**places, **numbers, "WITHOUT_CELL": len(found.blocked)}

    def _points(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback, result: Result
    ) -> QueryFeatures:
        """The points of POINTS or COORDINATES, or where both are empty those of OBSERVED."""
        from ...bridge.flood.analysis import observed
        from ...bridge.flood.analysis.query_features import FeatureReader

        source = self.parameterAsSource(parameters, "POINTS", context)
        text = self.parameterAsString(parameters, "COORDINATES", context).strip()
        reader = FeatureReader(result, context, feedback)
        sites = self.parameterAsSource(parameters, "OBSERVED", context)
        if source is None and not text and sites is not None and observed.has_places(sites):
            return reader.of_sites(sites, observed.id_field(sites))
        if (source is None) == (not text):
            raise InputError(self.tr("Choose either POINTS or COORDINATES."))
        field = self.parameterAsString(parameters, "ID_FIELD", context)
        return reader.of_layer(source, field) if source is not None else reader.of_text(text, as_line=False)

    def _fits(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback, found: Hydrographs
    ) -> Values:
        """Compare the observations with the hydrographs, where there are any, and write FIT and PAIRS."""
        from ...bridge.flood.analysis.observed import Fits, read_observed

        source = self.parameterAsSource(parameters, "OBSERVED", context)
        if source is None:
            if parameters.get("FIT") or parameters.get("PAIRS"):
                raise InputError(self.tr("FIT and PAIRS need OBSERVED: choose observations, or leave the outputs out."))
            return {}
        quantity = self.parameterAsEnumString(parameters, "OBSERVED_AS", context)
        datum_m = self.parameterAsDouble(parameters, "OBSERVED_DATUM_M", context)
        start = read_time(self, parameters, "START_TIME", context)
        fits = Fits(read_observed(source, feedback, quantity, datum_m, start), found)
        self.push_warnings(fits.notes, feedback)
        places = write_output(self, "FIT", parameters, context, feedback, FIT, fits.fit_rows())
        return places | write_output(self, "PAIRS", parameters, context, feedback, PAIRS, fits.pair_rows())

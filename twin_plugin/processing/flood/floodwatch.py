"""twin:floodwatch: which stored flood run is nearest to what is observed now, how near, or that none is."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.core import (
    QgsFeatureSource,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
)

from ...bridge.flood.watch import observations, run, stored_runs, water
from ...bridge.kernel.translation import localized
from ...core.common.errors import InputError
from ...core.flood.analysis.observed import QUANTITIES
from ...core.flood.watch.nearest import Nearness
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output

STORM, SO_FAR = "storm", "so_far"


class FloodWatch(TwinAlgorithm):
    ID = "floodwatch"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Nearest stored flood")

    def help_text(self) -> str:
        return self.tr(
            "<p>Compares the rain that gauges observe, with a forecast where there is one, with flood runs that were"
            " computed before, and says which is nearest, how near, how sure that is, and which plan was made from it;"
            " or that none is near. Nothing is extrapolated: a storm beyond all stored runs is near none.</p><p>The"
            " distance is the mean difference of the most rain in 10, 30, 60 and 120 minutes and in all, each as a"
            " share of the larger value: 0 is the same. With levels at gauges it is the mean of both.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self._observed()
        self._runs()
        help_text = self.tr(
            "storm compares with whole stored storms; so_far with their first part, as long as the storm has lasted."
        )
        self.add_choice("COMPARE", self.tr("Compare with"), [STORM, SO_FAR], STORM, help_text)
        help_text = self.tr("The greatest distance of a run that is near, above 0 and below 1.")
        self.add_number("NEAR", self.tr("Near up to a distance of"), 0.2, help_text, 0.01, 0.99)
        self._water()
        self._age()
        help_text = self.tr("What is observed and all runs, the nearest first, with their figures and plans.")
        sink = QgsProcessingParameterFeatureSink(
            "OUTPUT", self.tr("Stored floods by nearness"), QgsProcessing.SourceType.TypeVector
        )
        self.add(sink, help_text)
        self.style("OUTPUT", "flood_watch")
        for name, label in (
            ("NEAREST", self.tr("Nearest run; empty where none is near")),
            ("PLAN", self.tr("Plan of the nearest run")),
            ("SAYS", self.tr("What the comparison says")),
        ):
            self.addOutput(QgsProcessingOutputString(name, label))
        self.addOutput(QgsProcessingOutputBoolean("IS_NEAR", self.tr("A run is near")))
        self.number_outputs(
            DISTANCE=self.tr("Distance of the nearest run"),
            RUNS_NEAR=self.tr("Runs that are near"),
            SURE_PCT=self.tr("How sure (%)"),
            AGE_MIN=self.tr("Age of the last value (min)"),
        )

    def _observed(self) -> None:
        """Rain and forecast."""
        table = [QgsProcessing.SourceType.TypeVector]
        help_text = self.tr(
            "A row for each step: its end (time_min, or time as a moment), depth_mm, intensity_mm_h, or value with"
            " unit; of several gauges with a field gauge or site, whose mean counts. 'Fetch observations' writes it so."
        )
        self.add(QgsProcessingParameterFeatureSource("RAIN", self.tr("Observed rain"), table), help_text)
        forecast = QgsProcessingParameterFeatureSource("FORECAST", self.tr("Forecast"), table, optional=True)
        self.add(forecast, self.tr("Rain to come, with the same fields: what is later than the observations is added."))
        help_text = self.tr("Only so much before the last value counts. 0: all.")
        self.add_number("LAST_HOURS", self.tr("Last hours only"), 0, help_text, 0)

    def _runs(self) -> None:
        """Stored runs and plans."""
        table = [QgsProcessing.SourceType.TypeVector]
        runs = QgsProcessingParameterFeatureSource("RUNS", self.tr("Stored runs"), table, optional=True)
        help_text = self.tr(
            "RUNS_DONE of 'Run an ensemble of floods'; or a table with name, and folder or summary of the run, or rain"
            " (table of its rain), and plan where one was made."
        )
        self.add(runs, help_text)
        kind = QgsProcessingParameterFile.Behavior.Folder
        folder = QgsProcessingParameterFile("FOLDER", self.tr("Folder of the runs"), kind, optional=True)
        help_text = self.tr(
            "Instead of RUNS: FOLDER of 'Run an ensemble of floods'. All its runs are compared, also those with a"
            " measure."
        )
        self.add(folder, help_text)
        plans = QgsProcessingParameterFeatureSource("PLANS", self.tr("Plans"), table, optional=True)
        self.add(plans, self.tr("Table with name (of the run) and plan (file or name of the plan made from it)."))
        measures = QgsProcessingParameterBoolean("WITH_MEASURES", self.tr("Runs with a measure too"), False)
        self.add(measures, self.tr("Compare also with runs of RUNS that have a measure."), True)

    def _water(self) -> None:
        """Water at gauges."""
        point = [QgsProcessing.SourceType.TypeVectorPoint]
        levels = QgsProcessingParameterFeatureSource("LEVELS", self.tr("Observed water"), point, optional=True)
        help_text = self.tr(
            "Points with the name of the gauge, a time, and level_m, depth_m, or value with unit: the greatest since"
            " the rain began is compared with DEPTH_MAX and LEVEL_MAX in the folders of the runs."
        )
        self.add(levels, help_text, True)
        help_text = self.tr("What the field value of LEVELS has.")
        self.add_choice("QUANTITY", self.tr("Water is given as"), QUANTITIES, "level", help_text, advanced=True)
        help_text = self.tr("Height of the zero of observed levels above the terrain's datum.")
        self.add_number("LEVEL_DATUM_M", self.tr("Datum of the levels (m)"), 0, help_text, advanced=True)
        help_text = self.tr("A difference of levels or depths that counts as the distance 1.")
        self.add_number("LEVEL_SCALE_M", self.tr("Scale of levels (m)"), 0.5, help_text, 0.01, advanced=True)

    def _age(self) -> None:
        """How old observations may be."""
        help_text = self.tr("Moment such as 2026-06-01T08:00+08:00; empty: that of the computer's clock.")
        self.add_text("NOW", self.tr("Now"), help_text, advanced=True)
        help_text = self.tr("Older last values, and gauges that are silent for longer, are reported.")
        self.add_number("MAX_AGE_MIN", self.tr("Longest age (min)"), 30, help_text, 0, advanced=True)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read observations and runs, rank the runs (bridge/flood/watch/run), and write them."""
        rain = self.parameterAsSource(parameters, "RAIN", context)
        if rain is None:
            raise InputError(self.tr("RAIN cannot be read: choose the table of the observed rain."))
        last_hours, near, scale_m, longest_min = (
            self.parameterAsDouble(parameters, name, context)
            for name in ("LAST_HOURS", "NEAR", "LEVEL_SCALE_M", "MAX_AGE_MIN")
        )
        watched = observations.read_observations(
            rain,
            self.parameterAsSource(parameters, "FORECAST", context),
            last_hours,
            self.parameterAsString(parameters, "NOW", context),
            longest_min,
            feedback,
        )
        stored = self._stored(parameters, context, feedback)
        begun = self.parameterAsString(parameters, "COMPARE", context) == SO_FAR
        gauged = self._gauged(watched, parameters, context, feedback)
        result = run.watch(watched, stored, Nearness(near, scale_m), begun, gauged)
        self.push_warnings(result.warnings, feedback)
        places = write_output(self, "OUTPUT", parameters, context, feedback, run.COLUMNS, result.rows)
        self.push_lines(result.lines, feedback)
        return {**places, **result.values, "SAYS": localized(result.says)}

    def _stored(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> stored_runs.StoredRuns:
        """The runs of RUNS or FOLDER."""
        runs, folder = self._optional(parameters, "RUNS", context), self.parameterAsFile(parameters, "FOLDER", context)
        plans = stored_runs.read_plans(self._optional(parameters, "PLANS", context), feedback)
        if runs is not None and folder:
            raise InputError(self.tr("RUNS and FOLDER are both given: choose one of them."))
        if runs is not None:
            layer = self.parameterAsVectorLayer(parameters, "RUNS", context)
            path = Path(layer.source().split("|")[0].removeprefix("file://")) if layer is not None else Path()
            base = path.parent.absolute() if path.is_file() else Path.cwd()
            measures = self.parameterAsBool(parameters, "WITH_MEASURES", context)
            return stored_runs.runs_of_table(runs, base, measures, plans, feedback)
        if not folder:
            raise InputError(self.tr("Choose the stored runs: their table in RUNS, or their folder in FOLDER."))
        return stored_runs.runs_of_folder(Path(folder).absolute(), plans, feedback)

    def _gauged(
        self,
        watched: observations.Watched,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> run.WaterOf | None:
        """What compares the water at the gauges of LEVELS; None where it is empty."""
        levels = self._optional(parameters, "LEVELS", context)
        if levels is None:
            return None
        quantity = self.parameterAsString(parameters, "QUANTITY", context)
        datum_m = self.parameterAsDouble(parameters, "LEVEL_DATUM_M", context)
        longest_min = self.parameterAsDouble(parameters, "MAX_AGE_MIN", context)
        gauges, notes = water.read_water(levels, quantity, datum_m, watched.rain, longest_min, feedback)
        self.push_warnings(notes, feedback)
        return partial(water.water_of_runs, gauges, transforms=context.transformContext(), feedback=feedback)

    def _optional(self, parameters: Values, name: str, context: QgsProcessingContext) -> QgsFeatureSource | None:
        """A source that may be empty, but not unreadable."""
        source = self.parameterAsSource(parameters, name, context)
        if source is None and parameters.get(name) not in (None, ""):
            raise InputError(self.tr("{name} cannot be read.").format(name=name))
        return source

"""The storm's part of the flood dock: where the rain comes from, its numbers and its chart."""

from __future__ import annotations

import math
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingUtils,
    QgsProject,
)
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...bridge.kernel.storm_name import storm_name, storm_of_rows
from ...bridge.kernel.translation import localized
from ..common import project, state
from ..common.jobs import JobFeedback
from ..widgets.basics import delay, fill_column, folded, narrow_combo, plain_label
from ..widgets.form import ParameterForm, advanced_names
from ..widgets.hyetograph import Hyetograph
from ..widgets.notice import Notice

DESIGN, TABLE, EVEN = "design", "table", "even"
MAIN = ("ZONE", "RETURN_PERIOD", "DURATION", "PATTERN", "A", "B", "N", "GAUGE")
FORMULA = ("A", "B", "N", "A1", "C")
GAUGE = ("GAUGE", "TIME_FIELD", "DEPTH_FIELD")
DELAY_MS = 400
Rows = tuple[list[tuple[float, float]], float]
"""(end of the step in minutes, depth in mm) of each step, and the return period in years, NaN for none."""


class StormPanel(QWidget):
    """The choice of the rain; `changed` comes when another storm is shown.

    Parameters
    ----------
    design : QgsProcessingAlgorithm
        twin:designstorm.
    flood : QgsProcessingAlgorithm
        twin:simulateflood, for RAIN and RAIN_MM.
    """

    changed = pyqtSignal()

    def __init__(
        self, design: QgsProcessingAlgorithm, flood: QgsProcessingAlgorithm, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.duration_min = self.total_mm = 0.0
        self.period_years = math.nan
        self.problem = ""
        self.source = narrow_combo(self.tr("Source of the rain."), letters=0)
        self.source.addItem(self.tr("Design storm"), DESIGN)
        self.source.addItem(self.tr("Rain table of the project"), TABLE)
        self.source.addItem(self.tr("Even rain of a chosen depth"), EVEN)
        label = plain_label(self.tr("Rain"))
        label.setBuddy(self.source)
        self.form = ParameterForm(
            design,
            MAIN,
            "storm/inputs",
            labels={"RETURN_PERIOD": self.tr("Return period, years"), "DURATION": self.tr("Duration, min")},
        )
        self.options = ParameterForm(design, advanced_names(design, MAIN), "storm/options")
        self.options.link(self.form)  # the fields of the gauge's table
        self.fold = folded(self.tr("Options of the storm"), self.options, "stormOptions")
        self.rain = ParameterForm(flood, ("RAIN",), "storm/table", labels={"RAIN": self.tr("Rain table")})
        self.even = ParameterForm(flood, ("RAIN_MM",), "storm/even")
        self.chart = Hyetograph()
        self.notice = Notice()
        self.forms = (self.form, self.options, self.rain, self.even)
        fill_column(self, label, self.source, self.form, self.fold, self.rain, self.even, self.chart, self.notice)
        self._later = delay(self, DELAY_MS, self.draw)
        self._edited = False
        self.source.currentIndexChanged.connect(self._touched)
        self.source.activated.connect(self._edit)
        for form in self.forms:
            form.changed.connect(self._touched)
            form.edited.connect(self._edit)
        self.restore()

    def restore(self) -> None:
        """Take what the project remembers; without that its table of rain, if it holds one."""
        kept, table = state.recall("storm/source"), project.layer("designstorm/OUTPUT")
        index = self.source.findData(kept or (TABLE if table is not None else DESIGN))
        self.source.setCurrentIndex(max(index, 0))
        for form in self.forms:
            form.restore()
        if kept is None and table is not None:
            self.rain.set_value("RAIN", table.id())
        self._touched()

    def kind(self) -> str:
        """Where the rain comes from: DESIGN, TABLE or EVEN."""
        return str(self.source.currentData())

    def parameters(self) -> dict[str, Any]:
        """The inputs of twin:designstorm."""
        return {**self.options.values(), **self.form.values()}

    def title(self) -> str:
        """The storm in a few words, as layers and reports name it: '50-year storm, 146 mm in 2 h'."""
        return storm_name(self.total_mm, self.duration_min, self.period_years)

    def caption(self) -> str:
        """The storm in one line, for the home dock; an even rain has no chart, but that of the storm before."""
        if self.kind() == EVEN:
            return self.tr("{storm}, even").format(storm=self.title())
        peak = self.chart.caption().split("\n")[1:]  # the title has the total
        return " · ".join(part for part in (self.title(), *peak) if part)

    def remember(self) -> None:
        """Keep the storm in the project."""
        state.remember("storm/source", self.kind())
        for form in self.forms:
            form.remember()
        if not self.problem and self.total_mm > 0:
            state.remember("storm/caption", self.caption())

    def _edit(self, *_: object) -> None:
        self._edited = True
        self._touched()

    def _touched(self, *_: object) -> None:
        kind = self.kind()
        for widget in (self.form, self.fold, self.chart):
            widget.setVisible(kind == DESIGN)
        self.chart.setVisible(kind != EVEN)
        self.rain.setVisible(kind == TABLE)
        self.even.setVisible(kind == EVEN)
        custom, gauge = self.form.value("ZONE") == "custom", self.form.value("PATTERN") == "gauge"
        for form in (self.form, self.options):
            for name in (*FORMULA, *GAUGE):
                form.show_row(name, gauge if name in GAUGE else custom and not gauge)
        for name in ("ZONE", "RETURN_PERIOD", "DURATION"):
            self.form.show_row(name, not gauge)
        self._later.start()

    def settle(self) -> None:
        """Draw at once what is waiting to be drawn: before a run."""
        if self._later.isActive():
            self._later.stop()
            self.draw()

    def draw(self) -> None:
        """Show the storm: run twin:designstorm, or read the chosen table."""
        self.notice.clear()
        self.problem, self.duration_min, self.total_mm, self.period_years = "", 0.0, 0.0, math.nan
        if self.kind() == EVEN:
            self.total_mm = float(self.even.value("RAIN_MM") or 0.0)
        else:
            rows, self.period_years = self._designed() if self.kind() == DESIGN else self._from_table()
            if rows:
                self.total_mm, self.duration_min = sum(row[1] for row in rows), rows[-1][0]
                self.chart.set_storm([row[0] for row in rows], _intensities(rows), self.total_mm)
            else:
                self.chart.clear(self.tr("No storm to show"))
        if self._edited:
            self._edited = False
            self.remember()
        self.changed.emit()

    def _designed(self) -> Rows:
        """Steps of the design storm and its return period; [], with a notice, when the inputs are wrong."""
        algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:designstorm")
        context, feedback = QgsProcessingContext(), JobFeedback()
        context.setProject(QgsProject.instance())
        parameters = {**self.parameters(), "OUTPUT": "TEMPORARY_OUTPUT"}
        fits, reason = algorithm.checkParameterValues(parameters, context)
        if not fits:
            self._say(reason)
            return [], math.nan
        try:
            results, succeeded = algorithm.run(parameters, context, feedback)
        except QgsProcessingException as error:
            results, succeeded = {}, False
            feedback.errors.append(localized(error))
        if not succeeded:
            self._say(next(iter(feedback.errors), ""))
            return [], math.nan
        return storm_of_rows(QgsProcessingUtils.mapLayerFromString(results["OUTPUT"], context))

    def _from_table(self) -> Rows:
        value = self.rain.value("RAIN")
        layer = None
        if isinstance(value, str):
            context = self.rain.maker.context
            layer = QgsProject.instance().mapLayer(value) or QgsProcessingUtils.mapLayerFromString(value, context)
        if layer is None:
            self._say(
                self.tr("Choose a table with the fields time_min and depth_mm, as the tool 'Design storm' writes it.")
            )
            return [], math.nan
        return storm_of_rows(layer)

    def _say(self, text: str) -> None:
        self.problem = text
        self.notice.say(text)


def _intensities(rows: list[tuple[float, float]]) -> list[float]:
    starts = [0.0, *(row[0] for row in rows[:-1])]
    return [60.0 * depth / max(end - start, 1e-9) for start, (end, depth) in zip(starts, rows, strict=True)]

"""A stored plan: its levels with figures, time line and lists, and what another plan says differently."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QGridLayout, QWidget

from ...bridge.kernel.page_words import PageWords
from ...bridge.kernel.translation import language, localized
from ...core.common.document.wording import moment
from ...core.common.errors import TwinError
from ...core.contingency.document.totals import Totals, totals
from ...core.contingency.plan import LevelPlan, Plan
from ...core.contingency.plan_file import read_plan
from ...core.contingency.plan_versions import compare_plans
from ..common import formatting, state
from ..widgets.basics import bold, button, fill_column, narrow_combo, wrapped_label
from ..widgets.notice import Notice
from .drill import Drill
from .plan_list import PlanLists
from .plan_map import show_place
from .plan_rows import PlanRow, list_of_changes, lists_of
from .time_line import PlanTimeLine

FILE = "contingency/plan"
"""Key of the file of the plan that the project shows."""


class PlanView(QWidget):
    """Shows one plan."""

    opened = pyqtSignal()

    def __init__(self, iface: Any, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.iface, self.notice = iface, notice
        self.plan: Plan | None = None
        self.other: Plan | None = None
        self.words = PageWords("zh" if language(QgsApplication.locale()) else "en")
        self.drill = Drill(iface, self)
        self.title, self.under = bold(wrapped_label()), wrapped_label()
        self.levels = narrow_combo(self.tr("Which warning level is shown."))
        self.levels.setAccessibleName(self.tr("Warning level"))
        self.figures = wrapped_label()
        self.time_line, self.lists = PlanTimeLine(), PlanLists()
        row = QGridLayout()
        for place, item in enumerate(self._buttons()):
            row.addWidget(item, place // 2, place % 2)
        fill_column(self, self.title, self.under, self.levels, self.figures, self.time_line, self.lists, row)
        self.levels.currentIndexChanged.connect(lambda *_: self._show_level())
        self.time_line.chosen.connect(lambda minute: self.drill.show(minute, self._minutes()))
        self.drill.moved.connect(self._show_minute)
        self.lists.chosen.connect(self._show_row)

    def _buttons(self) -> list[QWidget]:
        self.play = button(
            "animate", self.tr("Play"), self.tr("Play the plan over the flood: click again to end."), self._play
        )
        tip = self.tr("Open another plan; the list Changes then has what this one says otherwise.")
        self.compare = button("compare", self.tr("Compare…"), tip, self.ask_other)
        tip = self.tr("Open the pages of the plan that lie beside it.")
        self.pdf = button("report", self.tr("Pages (PDF)"), tip, lambda: self._open(self._beside("*.pdf")))
        tip = self.tr("Open the plan in the browser; it works without a network.")
        self.html = button("", self.tr("Browser page"), tip, lambda: self._open(self._beside("*.html")))
        return [self.play, self.compare, self.pdf, self.html]

    # The plan

    def restore(self) -> None:
        """Show the plan that the project remembers, if its file is still there."""
        path = str(state.recall(FILE, "") or "")
        self.close_plan()
        if path and Path(path).is_file():
            self.open_plan(path)

    def close_plan(self) -> None:
        """Show no plan."""
        self.drill.stop()
        self.plan = self.other = None
        self.lists.show_lists(())
        self.setVisible(False)

    def open_plan(self, path: str) -> None:
        """Show a plan and remember it in the project; a file that is none is said in the notice."""
        plan = self._read(path)
        if plan is None:
            return
        self.drill.stop()
        self.lists.show_lists(())
        self.plan, self.other = plan, None
        state.remember(FILE, path)
        self.title.setText(self.words.say(plan.title))
        text = self.tr("Version {version}, made {date}")
        made = [text.format(version=plan.version, date=plan.created[:10]), plan.district, plan.author]
        self.under.setText(" · ".join(part for part in made if part))
        self.levels.blockSignals(True)
        self.levels.clear()
        for level in plan.levels:
            self.levels.addItem(
                " · ".join(p for p in (self.words.say(level.level.name), self.words.say(level.storm)) if p)
            )
        self.levels.setCurrentIndex(len(plan.levels) - 1)
        self.levels.blockSignals(False)
        self._show_level()
        self._enable()
        self.setVisible(True)
        self.opened.emit()

    def ask_other(self) -> None:
        """Ask for another plan and compare."""
        folder = str(Path(str(state.recall(FILE, "") or "")).parent)
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Compare with"), folder, self.tr("Plans (*.json)"))
        if path:
            self.compare_with(path)

    def compare_with(self, path: str) -> None:
        """List what this plan says otherwise than another one."""
        other = self._read(path)
        if other is not None:
            self.other = other
            self._show_level()
            self.lists.choose(list_of_changes((), self.words.say).title)

    def _read(self, path: str) -> Plan | None:
        try:
            return read_plan(path)
        except TwinError as error:
            self.notice.say(localized(error), Qgis.MessageLevel.Warning)
            return None

    def level(self) -> LevelPlan | None:
        """The level that is shown."""
        row = self.levels.currentIndex()
        return self.plan.levels[row] if self.plan is not None and 0 <= row < len(self.plan.levels) else None

    def _show_level(self) -> None:
        level = self.level()
        if level is None or self.plan is None:
            return
        self.figures.setText(self._figures(totals(level)))
        self.time_line.show_level(level, self.words.say)
        lists = lists_of(self.plan, level, self.words.say)
        if self.other is not None:
            lists.append(list_of_changes(compare_plans(self.other, self.plan), self.words.say))
        self.lists.show_lists(lists)

    def _figures(self, sums: Totals) -> str:
        number = formatting.number
        lines = [
            self.tr("{n} buildings in water, {inside} with water inside, {critical} critical").format(
                n=number(sums.reached, 0), inside=number(sums.inside, 0), critical=number(sums.critical, 0)
            ),
            self.tr("{n} roads close").format(n=number(sums.roads, 0)),
            self.tr("{placed} people have a place, {unplaced} have none").format(
                placed=number(sums.placed, 0), unplaced=number(sums.unplaced, 0)
            ),
        ]
        if math.isfinite(sums.first_closure_min):
            text = self.tr("{roads}, the first at {time}")
            lines[1] = text.format(roads=lines[1], time=self.words.say(moment(sums.first_closure_min)))
        return "\n".join(lines)

    # On the map

    def _minutes(self) -> list[float]:
        level = self.level()
        return [event.minute for event in level.events] if level is not None else []

    def _show_row(self, row: PlanRow) -> None:
        if self.plan is not None:
            show_place(self.iface.mapCanvas(), self.plan.crs, row.x, row.y)
        if math.isfinite(row.minute):
            self.time_line.show_minute(row.minute)
            if self.drill.running:
                self.drill.show(row.minute, self._minutes())

    def _show_minute(self, minute: float) -> None:
        """Follow the map: the mark on the time line, and what the button does next."""
        self.time_line.show_minute(minute)
        self.play.setText(self.tr("End") if self.drill.running else self.tr("Play"))

    def _play(self) -> None:
        if self.drill.running:
            self.drill.stop()
        elif not self.drill.play(self._minutes()):
            self.notice.say(self.tr("The time line of this level is empty: there is nothing to play."))

    # Its pages

    def _beside(self, pattern: str) -> str:
        """The newest file of a kind in the folder of the plan; "" where there is none."""
        path = Path(str(state.recall(FILE, "") or ""))
        found = sorted(path.parent.glob(pattern), key=lambda file: file.stat().st_mtime) if path.is_file() else []
        return str(found[-1]) if found else ""

    def _enable(self) -> None:
        self.pdf.setEnabled(bool(self._beside("*.pdf")))
        self.html.setEnabled(bool(self._beside("*.html")))

    def _open(self, path: str) -> None:
        if path:
            QDesktopServices.openUrl(QUrl.fromLocalFile(path))

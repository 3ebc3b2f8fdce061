"""The Life cycle dock: which stage objects were in at a date, the life of one, and the way into the next stage."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime
from qgis.PyQt.QtGui import QShowEvent

from ...bridge.lifecycle.life_view import LifeRecord, read_life
from ...core.lifecycle.gates import DOCUMENT, PASSED
from ..common import result_layers, run_outputs
from ..common.background import Background
from ..common.run_request import RunRequest, RunResult
from ..common.shell import Shell
from ..widgets.basics import button, delay, folded, text_label
from ..widgets.dock import TwinDock
from ..widgets.notice import Notice
from .building_list import BuildingList
from .comparisons import Comparisons
from .date_choice import FORMAT, DateChoice
from .life_actions import ADVANCE, RECORD, ActionForm
from .life_card import LifeCard, stages_ahead
from .life_source import LifeSource
from .player import Player
from .stage_bars import StageBars
from .status_reader import LifeRow, LifeStatus, StatusReader

SETTLE_MS = 250
"""The stages are asked for so long after the last change: a slider passes many dates."""
SURROUNDINGS = 2.5
DEMO_DAY = "2026-08-30"
"""The data of the demo district are of this day."""


class LifecycleDock(TwinDock):
    """Starts the algorithms of the life cycle, and shows what they found."""

    NAME = "lifecycle"
    ICON = "lifecycle"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setWindowTitle(self.tr("Life cycle"))
        self.primary.setText(self.tr("Show on the map"))
        canvas = shell.iface.mapCanvas()
        algorithm = self.algorithm("lifecyclestatus")
        self.ready = algorithm is not None
        self.notice, self.status, self._stale = Notice(), LifeStatus(), True
        self._made = "", ""
        self.record = LifeRecord("")
        if algorithm is None:
            self.notice.say(
                self.tr("The tools of the life cycle are missing: switch on the provider City Twin in Processing's "
                        "options."),
                Qgis.MessageLevel.Warning,
            )  # fmt: skip
            self.body.addWidget(self.notice)
            return
        self.body.addWidget(
            text_label(self.tr("What is planned, built, in use or gone at a date, as known at a date."))
        )
        self.source, self.dates = LifeSource(algorithm, canvas), DateChoice()
        self.bars, self.list, self.card = StageBars(), BuildingList(), LifeCard()
        self.forms = {name: ActionForm(self.algorithm(name), canvas) for name in (ADVANCE, RECORD)}
        self.player = Player(shell.iface, self)
        tip = self.tr("Play the stages over time with QGIS's temporal controller; press again to end.")
        self.play_button = button("animate", self.tr("Play"), tip, self._play)
        self.play_button.setCheckable(True)
        self.tools = Comparisons(self.algorithm, canvas)
        tools = folded(self.tr("Compare, progress, gates"), self.tools, "lifecycleTools")
        self.shown = (self.dates, self.bars, self.play_button, self.list, self.card)
        for part in (self.source, self.notice, *self.shown, *self.forms.values(), tools):
            self.body.addWidget(part)
        self.reader = StatusReader(shell.runner, self)
        self.records = Background("twin-life", self)
        self.settle = delay(self, SETTLE_MS, self.ask)
        self._connect()

    def _connect(self) -> None:
        self.source.changed.connect(self.ask_later)
        self.dates.changed.connect(self.ask_later)
        self.reader.ready.connect(self._show_status)
        self.reader.failed.connect(lambda text: self._say_nothing(text, Qgis.MessageLevel.Warning))
        self.records.done.connect(self._show_record)
        self.records.failed.connect(lambda text: self.notice.say(text, Qgis.MessageLevel.Warning))
        self.bars.chosen.connect(self.list.show_stage)
        self.list.chosen.connect(self._show_chosen)
        self.card.zoom.connect(self._zoom)
        self.card.advance.connect(lambda: self._open(ADVANCE))
        self.card.record.connect(lambda: self._open(RECORD))
        for name, form in self.forms.items():
            form.accepted.connect(lambda name=name: self._change(name))
        self.tools.started.connect(self._run_tool)
        self.player.changed.connect(lambda: self.play_button.setChecked(self.player.running))

    def refresh(self, *_: object) -> None:
        if not self.ready:
            self.primary.setEnabled(False)
            return
        self.source.offer()
        self._show_state()
        if self._stale and self.isVisible():
            self.ask_later()

    def project_changed(self, *_: object) -> None:
        if self.ready:
            self.player.give_up()
            self.reader.forget()
            self.records.cancel()
            self.status, self._stale = LifeStatus(), True
            self.source.restore()
            self.dates.restore()
            self.tools.restore()
            for form in self.forms.values():
                form.hide()
            self._show_status(self.status)
            self._stale = True
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.ready and self._stale:
            self.ask_later()

    def close_down(self) -> None:
        if self.ready:
            self.player.stop()
            self.reader.stop()
            self.records.stop()
        super().close_down()

    def take_demo(self, result: RunResult) -> None:
        """Take the stages of a new demo district."""
        tables = str(result.outputs.get("DISTRICT", "") or "")
        if not tables or not self.ready:
            return
        day = QDateTime.fromString(DEMO_DAY, FORMAT)
        self.dates.set_at(day)
        self.dates.set_known(day if QDateTime.currentDateTimeUtc() < day else None)
        self.source.take_demo(tables)

    def start(self) -> None:
        """Show the stages of the date, and those over time, on the map."""
        values = self._asked()
        if values:
            day = self.dates.date().toString(FORMAT)
            title = run_outputs.named(self.tr("Stages {date}").format(date=day))
            titles = {"OUTPUT": self.tr("Stages {date}").format(date=day), "HISTORY": self.tr("Stages over time")}
            request = run_outputs.request_for("lifecyclestatus", self._with_history(values, title), title, titles)
            key = self._key()
            self.run(replace(request, hidden=("HISTORY",))).finished.connect(lambda result: self._mapped(key, result))

    def ask_later(self) -> None:
        """Ask for the stages when the changes have settled, or when the dock is looked at."""
        self._stale = True
        if self.isVisible():
            self.settle.start()

    def ask(self) -> None:
        """Ask for the stages."""
        self._stale = False
        values = self._asked()
        if values:
            self.reader.ask(values, self.tr("Stages at a date"))
        else:
            self._show_status(LifeStatus())

    # What is shown

    def _asked(self) -> dict[str, Any]:
        """The parameters of twin:lifecyclestatus; empty where there is no source."""
        values = self.source.values() if self.ready else {}
        if not values:
            return {}
        known = self.dates.known_at()
        values["AT"] = self.dates.date()
        return values | ({"KNOWN_AT": known} if known is not None else {})

    def _show_status(self, status: LifeStatus) -> None:
        self.status = status
        self.notice.clear()
        self.dates.show_changes(status.dates)
        day = self.dates.date().toString(FORMAT)
        text = self.tr("{n} objects on {date}").format(n=len(status.rows), date=day)
        self.bars.show_counts(text, status.counts)
        self.list.show_rows(status.rows)
        if status.warnings:
            more = self.tr(" (and {n} more)").format(n=len(status.warnings) - 1) if len(status.warnings) > 1 else ""
            self.notice.say(
                status.warnings[0] + more, Qgis.MessageLevel.Warning, "\n".join(status.warnings) if more else ""
            )
        elif status.rows and not status.spans:
            self.notice.say(
                self.tr("No stage is on record yet. Choose objects in the list and press Advance stage."),
                Qgis.MessageLevel.Info,
            )
        self._show_state()

    def _show_state(self) -> None:
        """Show what can be done with the source."""
        there = bool(self.source.values())
        for part in self.shown:
            part.setVisible(there and bool(self.status.rows))
        self.tools.has_base = self.source.base.is_base
        self.tools.show_state()
        self.primary.setEnabled(there and not self.busy())
        if not there:
            self._say_nothing(
                self.tr("Choose a twin base above, or layers of objects and of their stages. The demo district of the "
                        "Home dock has both."),
                Qgis.MessageLevel.Info,
            )  # fmt: skip
            self.primary.setToolTip(self.tr("Choose a twin base, or layers, above."))
        else:
            self.primary.setToolTip(self.tr("Load the stages of the date, and those over time, as styled layers."))

    def _say_nothing(self, text: str, level: Qgis.MessageLevel) -> None:
        self.status = LifeStatus()
        for part in self.shown:
            part.hide()
        self.notice.say(text, level)

    def _show_chosen(self) -> None:
        ids = self.list.selected()
        row = self.list.rows.get(ids[0]) if ids else None
        if row is None:
            self.card.clear()
            for form in self.forms.values():
                form.hide()
            return
        self.card.show_row(row, self.status.spans.get(row.id, []), self.dates.date(), len(ids))
        base = self.source.base.is_base
        for push in (self.card.advance_button, self.card.record_button):
            push.setEnabled(base)
        if base:
            place = self.source.place
            self.records.ask(lambda _: read_life(place, row.id))

    def _show_record(self, record: LifeRecord) -> None:
        self.record = record
        self.card.show_record(record, self.dates.date())

    def _zoom(self) -> None:
        """Show the chosen objects on the map."""
        shapes = [self.list.rows[name].shape for name in self.list.selected()]
        shapes = [shape for shape in shapes if not shape.isEmpty()]
        canvas, box = self.shell.iface.mapCanvas(), QgsRectangle()
        for shape in shapes:
            box.combineExtentWith(shape.boundingBox())
        crs = QgsCoordinateReferenceSystem(self.status.crs)
        transform = QgsCoordinateTransform(crs, canvas.mapSettings().destinationCrs(), QgsProject.instance())
        try:
            box = transform.transformBoundingBox(box)
        except QgsCsException:
            return
        if shapes and not box.isEmpty():
            box.scale(SURROUNDINGS)
            canvas.setExtent(box)
            canvas.refresh()
            canvas.flashGeometries(shapes, crs)

    # What is started

    def _open(self, name: str) -> None:
        """Open a form for the chosen objects."""
        ids = self.list.selected()
        rows = [self.list.rows[item] for item in ids]
        if not rows:
            return
        values: dict[str, Any] = {}
        ahead = [stage for stage in stages_ahead(rows[0]) if stage]
        if name == ADVANCE and ahead:
            values["STAGE"] = ahead[0]
        if name == RECORD:
            values |= self._lacking(rows[0])
        self.panel.notice.clear()
        for other, form in self.forms.items():
            form.setVisible(other == name)
        self.forms[name].open(ids, [row.name for row in rows], self.dates.date(), **values)
        self.scroll.ensureWidgetVisible(self.forms[name])

    def _lacking(self, row: LifeRow) -> dict[str, Any]:
        """What the next gate of an object asks for first, as the form takes it."""
        asked = self.record.gate(row.next_stage) if self.record.object_id == row.id else []
        demand = next((one for one, met in asked if not met), None)
        if demand is None:
            return {}
        if demand.kind == DOCUMENT:
            return {"KIND": DOCUMENT, "NAME": demand.name, "STATE": demand.least_state}
        return {"KIND": PASSED, "NAME": demand.name}

    def _change(self, name: str) -> None:
        """Change the base as a form says."""
        form = self.forms[name]
        values = self.source.base_values() | form.values()
        if name == ADVANCE:
            values["OUTPUT"] = "TEMPORARY_OUTPUT"
        request = RunRequest(f"twin:{name}", values, form.title(), quiet=True)
        self.run(request).finished.connect(lambda result: self._changed(form, result))

    def _changed(self, form: ActionForm, result: RunResult) -> None:
        if not result.ok:
            return  # the panel says why
        form.hide()
        entered, refused = result.outputs.get("ENTERED"), result.outputs.get("REFUSED")
        if entered is None:
            text, level = self.tr("It is on record."), Qgis.MessageLevel.Success
        elif refused:
            text = self.tr("{n} entered the stage, {m} did not: see the details.").format(n=entered, m=refused)
            level = Qgis.MessageLevel.Warning
        else:
            text, level = self.tr("{n} entered the stage.").format(n=entered), Qgis.MessageLevel.Success
        self.panel.notice.say(text, level, result.log if refused else "")
        self.ask()

    def _run_tool(self) -> None:
        """Run the chosen tool with its form."""
        tools, name = self.tools, self.tools.name
        tools.remember()
        values = tools.values() | (self.source.base_values() if tools.takes_base() else {})
        title = run_outputs.named(tools.algorithms[name].displayName())
        request = run_outputs.request_for(name, values, title, summary=tools.summary(name))
        self.run(request).finished.connect(lambda result: result.ok and name == "setgates" and self.ask())

    def _with_history(self, values: dict[str, Any], title: str) -> dict[str, Any]:
        folder = run_outputs.new_folder(title)
        return values | {"OUTPUT": str(folder / "stages.gpkg"), "HISTORY": str(folder / "history.gpkg")}

    def _mapped(self, key: str, result: RunResult) -> None:
        if result.ok:
            self._made = key, result.layers.get("HISTORY", "")
            hide_earlier(set(result.layers.values()))

    def _play(self) -> None:
        """Play the newest stages over time; without any, make them first."""
        if self.player.running:
            self.player.stop()
            return
        self.play_button.setChecked(False)
        if not self._play_made() and self._asked() and not self.busy():
            self.start()
            job = self.panel.job
            if job is not None:
                job.finished.connect(lambda result: result.ok and self._play_made())

    def _play_made(self) -> bool:
        """Play the layer that was made of this source, as known at this date; whether there is one."""
        key, layer_id = self._made
        layer = QgsProject.instance().mapLayer(layer_id) if layer_id and key == self._key() else None
        if not isinstance(layer, QgsVectorLayer):
            return False
        self._play_layer(layer)
        return True

    def _key(self) -> str:
        """What the stages over time are of."""
        values = {name: str(value) for name, value in self._asked().items() if name != "AT"}
        return repr(sorted(values.items()))

    def _play_layer(self, layer: QgsVectorLayer) -> None:
        still = result_layers.same_run(layer, "lifecyclestatus/OUTPUT")
        dates = self.status.dates
        first, last = (dates[0], dates[-1]) if dates else (QDateTime(), QDateTime())
        problem = self.player.play(layer, still.id() if still is not None else "", first, last)
        if problem:
            self.notice.say(problem, Qgis.MessageLevel.Warning)
        self.play_button.setChecked(self.player.running)


def hide_earlier(shown: set[str]) -> None:
    """Switch the groups of earlier stages off: they would lie on each other."""
    root = QgsProject.instance().layerTreeRoot()
    for output in ("OUTPUT", "HISTORY"):
        for layer in result_layers.find(f"lifecyclestatus/{output}"):
            node = root.findLayer(layer.id())
            group = node.parent() if node is not None else None
            if layer.id() not in shown and group is not None and group is not root:
                group.setItemVisibilityChecked(False)

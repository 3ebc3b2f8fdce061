"""What the services dock does with a service: layers, queries, snapshots, watches, edits, and work on the catalogue."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFileDialog

from ...bridge.net import http
from ...bridge.services import preview, qgis_layers
from ...core.services.adapter import State
from ...core.services.record import Health, ServiceRecord
from ..common import formatting, run_outputs
from ..common.background import Background, Ticket
from ..common.run_request import RunRequest, RunResult
from . import favourites
from .edit_dialog import EditDialog
from .query_panel import QueryPanel
from .service_list import health_text
from .watch import Watch
from .watch_panel import WatchPanel

translate = QCoreApplication.translate


class ServicesWork:
    """Mixed into the dock: everything that starts something."""

    shell: Any
    query: QueryPanel | None = None
    watch_panel: WatchPanel | None = None
    watches: dict[str, Watch]

    def add_to_map(self, record: ServiceRecord | None) -> None:
        """Ask whether a service answers, and add it as a layer of QGIS if it does."""
        if record is None or record.made:
            return
        self.panel.notice.clear()
        self.primary.setEnabled(False)
        self.primary.setText(translate("ServicesWork", "Asking the service…"))
        self.prober.ask(lambda ticket: _layer_of(record, ticket))

    @property
    def prober(self) -> Background:
        """The thread in which services are asked before something is done with them."""
        if not hasattr(self, "_prober"):
            self._prober = Background("twin-probe", self)
            self._prober.done.connect(self._answered)
            self._prober.failed.connect(self._refused)
        return self._prober

    def _answered(self, number: int, found: tuple[ServiceRecord, Any, Any]) -> None:
        """What came back: the state of a service, or a layer of it."""
        record, answer, layer = found
        self._say_what()
        if isinstance(answer, State):
            self._tell_state(record, answer)
        elif layer is None:
            # QGIS has no provider for it, or its coordinates must be put right: what lies in the map's extent.
            self.run_query(self._here(), record, _asked_by(record))
        else:
            layer.setName(run_outputs.named(record.title))
            QgsProject.instance().addMapLayer(layer)
            if answer.notes:
                self.panel.notice.say(" ".join(answer.notes))
            if len(QgsProject.instance().mapLayers()) == 1:
                self._zoom(record)

    def _tell_state(self, record: ServiceRecord, answer: State) -> None:
        level = Qgis.MessageLevel.Info if answer.health is Health.ALIVE else Qgis.MessageLevel.Warning
        text = answer.reason or translate("ServicesWork", "The service answers.")
        time_text = "" if answer.latency_ms is None else f" ({formatting.number(answer.latency_ms, 0)} ms)"
        self.panel.notice.say(f"{record.title}: {health_text(answer.health)}{time_text}. {text}", level)

    def _refused(self, number: int, sentence: str) -> None:
        self._say_what()
        self.panel.notice.say(sentence, Qgis.MessageLevel.Warning)

    def _do(self, what: str) -> None:
        """A button of the card."""
        record = self.card.record
        if record is None:
            return
        if what == "zoom":
            self._zoom(record)
        elif what == "star":
            favourites.set_star(record.id, record.id not in favourites.stars())
            self.card.show_star(record.id in favourites.stars())
        elif what == "query":
            self._unfold(self.query_group)
        elif what == "watch":
            self._unfold(self.watch_group)
        elif what == "offline":
            self.save_offline(record)
        elif what == "open":
            self._open_offline(record)
        elif what == "check":
            self.prober.ask(lambda ticket: (record, preview.probe(record, ticket.progress), None))
        elif what == "edit":
            self._edit(record)

    def _zoom(self, record: ServiceRecord) -> None:
        rectangle = self._on_map(record)
        if rectangle is not None:
            canvas = self.shell.iface.mapCanvas()
            rectangle.scale(1.1)
            canvas.setExtent(rectangle)
            canvas.refresh()

    def _unfold(self, group: Any) -> None:
        group.setCollapsed(False)
        self.scroll.ensureWidgetVisible(group)
        group.setFocus()

    # Query and snapshot

    def _fill_query(self) -> None:
        """Make the form when it is first needed, and offer the service's saved queries."""
        algorithm = self.algorithm("queryservice")
        if algorithm is None or self.card.record is None:
            return
        if self.query is None:
            self.query = QueryPanel(algorithm, self.shell.iface.mapCanvas())
            self.query.wanted.connect(self.run_query)
            self.query_box.layout().addWidget(self.query)
        self.query.show_record(self.card.record.id)

    def run_query(
        self, parameters: dict[str, Any], record: ServiceRecord | None = None, algorithm: str = "queryservice"
    ) -> None:
        """Fetch what a query asks for into a new layer, of the service in the card or of another one."""
        record = record or self.card.record
        if record is None or self.busy():
            return
        name = run_outputs.named(record.title)
        given = {**self.sources.place().parameters(), "SERVICE": record.id, **parameters}
        self.run(run_outputs.make(algorithm, given, name, {"OUTPUT": name}, summary=_counted))

    def save_offline(self, record: ServiceRecord) -> None:
        """Fetch what lies in the map's extent into the service's file, with the time when."""
        if self.busy():
            return
        asked = self._here()
        path = favourites.snapshot_path(record.title, record.id)
        name = run_outputs.named(record.title, translate("ServicesWork", "offline"))
        given = {**self.sources.place().parameters(), "SERVICE": record.id, **asked, "OUTPUT": str(path)}
        request = run_outputs.make(_asked_by(record), given, name, {"OUTPUT": name}, summary=_counted)

        def keep(result: RunResult) -> None:
            if result.ok:
                made = favourites.Snapshot(record.id, record.title, str(path), time.time(), record.cadence, asked)
                favourites.keep_snapshot(made)
                if self.card.record is not None and self.card.record.id == record.id:
                    self.card.show_offline(favourites.snapshot_of(record.id))

        self.run(request).finished.connect(keep)

    def _open_offline(self, record: ServiceRecord) -> None:
        """Add what was saved offline to the map."""
        snapshot = favourites.snapshot_of(record.id)
        if snapshot is None:
            return
        name = run_outputs.named(record.title, translate("ServicesWork", "offline"))
        layer = QgsVectorLayer(str(snapshot.file()), name, "ogr")
        if layer.isValid():
            layer.loadDefaultStyle()
            QgsProject.instance().addMapLayer(layer)
        else:
            text = translate("ServicesWork", "'{path}' cannot be opened: save it offline again.")
            self.panel.notice.say(text.format(path=snapshot.file()), Qgis.MessageLevel.Warning)

    def _here(self) -> dict[str, Any]:
        """The map's extent, as Processing takes it."""
        box = self.filters.map_box()
        return {} if box is None else {"EXTENT": f"{box.west},{box.east},{box.south},{box.north} [EPSG:4326]"}

    # Watching

    def _fill_watch(self) -> None:
        if self.card.record is None:
            return
        if self.watch_panel is None:
            self.watches = {}
            self.watch_panel = WatchPanel()
            self.watch_panel.wanted.connect(self.start_watch)
            self.watch_panel.unwanted.connect(self._stop_watch)
            self.watch_box.layout().addWidget(self.watch_panel)
        self.watch_panel.show_watch(self.watches.get(self.card.record.id))

    def start_watch(self, seconds: int) -> Watch | None:
        """Watch the sensors of the service in the card; its extent is everywhere."""
        record = self.card.record
        if record is None or self.watch_panel is None:
            return None
        watch = Watch(self.shell.runner, self.sources.place(), record, self)
        self.watches[record.id] = watch
        watch.ended.connect(lambda: self._watch_ended(record.id))
        self.watch_panel.show_watch(watch)
        watch.start(seconds, "")
        return watch

    def _stop_watch(self) -> None:
        if self.watch_panel is not None and self.watch_panel.watch is not None:
            self.watch_panel.watch.stop()

    def _watch_ended(self, record_id: str) -> None:
        watch = self.watches.pop(record_id, None)
        if self.watch_panel is not None and self.watch_panel.watch is watch:
            self.watch_panel.show_watch(None)

    def stop_watches(self) -> None:
        """Stop all of them."""
        for watch in list(getattr(self, "watches", {}).values()):
            watch.stop()

    # The catalogue

    def _edit(self, record: ServiceRecord) -> None:
        dialog = EditDialog(record, self.tree.taxonomy, self.tree.chinese, self)
        dialog.accepted.connect(lambda: self.save_edit(record, dialog.parameters()))
        dialog.open()

    def save_edit(self, record: ServiceRecord, changes: dict[str, Any]) -> None:
        """Write what a person changed into the catalogue."""
        if changes:
            given = {**self.sources.place().parameters(), "ID": record.id, **changes}
            title = translate("ServicesWork", "Edit '{title}'").format(title=record.title)
            self.run(RunRequest("twin:editservice", given, title, quiet=True))

    def _begin(self, what: str) -> None:
        """A button of the empty state."""
        if what == "source":
            self._unfold(self.sources_group)
            self.sources.url.setFocus()
            return
        title = translate("ServicesWork", "Open a catalogue")
        path, _ = QFileDialog.getOpenFileName(self, title, "", translate("ServicesWork", "GeoPackage (*.gpkg)"))
        if path:
            self.choose_catalogue(path)

    def _do_source(self, what: str) -> None:
        """A button of the sources."""
        place = self.sources.place()
        if what == "connect":
            self.harvest()
        elif what == "check":
            self.check_all()
        elif what == "import":
            self.shell.open_algorithm("importservices", place.parameters())
        elif what == "export":
            self.shell.open_algorithm("exportservices", place.parameters())

    def harvest(self) -> None:
        """Read what the source offers into the catalogue."""
        source, place = self.sources.source(), self.sources.place()
        if not source["URL"]:
            self.sources.url.setFocus()
            text = translate("ServicesWork", "Give the address of a server or catalogue, a folder, or a connection.")
            self.panel.notice.say(text)
            return
        if place.path:
            Path(place.path).parent.mkdir(parents=True, exist_ok=True)
        title = translate("ServicesWork", "Connect a source")
        self.run(RunRequest("twin:harvestservices", {**place.parameters(), **source}, title, summary=_harvested))

    def check_all(self) -> None:
        """Ask every service of the catalogue whether it answers."""
        title = run_outputs.named(translate("ServicesWork", "State of services"))
        given = self.sources.place().parameters()
        self.run(run_outputs.make("checkservices", given, title, unloaded=("OUTPUT",), summary=_checked))


def _layer_of(record: ServiceRecord, ticket: Ticket) -> tuple[ServiceRecord, Any, QgsMapLayer | None]:
    """In the background: the source and the layer of a service; providers ask their server when they are opened."""
    with http.opened(ticket.progress) as fetch:
        source = qgis_layers.plan(record, fetch)
    if source is None or ticket.stopped:
        return record, None, None
    layer = qgis_layers.make(source)
    layer.moveToThread(QCoreApplication.instance().thread())
    return record, source, layer


def _asked_by(record: ServiceRecord) -> str:
    """The algorithm that fetches what one wants of a service: of sensors their latest values."""
    return "fetchobservations" if record.protocol.definition.observations else "queryservice"


def _counted(results: dict[str, Any]) -> str:
    return translate("ServicesWork", "{n} rows.").format(n=formatting.number(float(results.get("COUNT", 0)), 0))


def _harvested(results: dict[str, Any]) -> str:
    text = translate("ServicesWork", "{added} services added, {changed} changed, {gone} gone.")
    return text.format(**{name.lower(): results.get(name, 0) for name in ("ADDED", "CHANGED", "GONE")})


def _checked(results: dict[str, Any]) -> str:
    text = translate("ServicesWork", "{alive} alive, {slow} slow, {denied} deny access, {dead} dead.")
    return text.format(**{name.lower(): results.get(name, 0) for name in ("ALIVE", "SLOW", "DENIED", "DEAD")})

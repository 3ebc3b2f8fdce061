"""Starts and stops the watches of sensors; several services can be watched at the same time."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QWidget

from ...core.services.record import ServiceRecord
from ..common.jobs import JobRunner
from ..widgets.basics import fill_column, folded
from .card import is_watchable
from .sources import ServiceSources
from .watch import Watch
from .watch_panel import WatchPanel


class WatchActions(QObject):
    """The watches by the id of their service.

    Attributes
    ----------
    group : QgsCollapsibleGroupBox
        Holds the panel of the service that is shown, which is created when the group is first unfolded.
    """

    def __init__(self, runner: JobRunner, sources: ServiceSources, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runner, self.sources = runner, sources
        self.record: ServiceRecord | None = None
        self.panel: WatchPanel | None = None
        self.watches: dict[str, Watch] = {}
        self._box = QWidget()
        fill_column(self._box)
        self.group = folded(self.tr("Watch sensors"), self._box, "servicesWatch")
        self.group.collapsedStateChanged.connect(lambda *_: self._fill())

    def show_record(self, record: ServiceRecord | None) -> None:
        """Offer the watch of a service."""
        self.record = record
        self.group.setVisible(record is not None and is_watchable(record))
        self._fill()

    def start(self, seconds: int) -> None:
        """Watch all sensors of the service that is shown."""
        record = self.record
        if record is None or self.panel is None:
            return
        watch = Watch(self.runner, self.sources.location(), record, self)
        self.watches[record.id] = watch
        watch.ended.connect(lambda: self._ended(record.id))
        self.panel.show_watch(watch)
        watch.start(seconds, "")

    def stop_all(self) -> None:
        """Stop every watch."""
        for watch in list(self.watches.values()):
            watch.stop()

    def _fill(self) -> None:
        if self.record is None or self.group.isCollapsed():
            return
        if self.panel is None:
            self.panel = WatchPanel()
            self.panel.wanted.connect(self.start)
            self.panel.unwanted.connect(self._stop)
            self._box.layout().addWidget(self.panel)
        self.panel.show_watch(self.watches.get(self.record.id))

    def _stop(self) -> None:
        if self.panel is not None and self.panel.watch is not None:
            self.panel.watch.stop()

    def _ended(self, record_id: str) -> None:
        watch = self.watches.pop(record_id, None)
        if self.panel is not None and self.panel.watch is watch:
            self.panel.show_watch(None)

"""Starts and stops the watches of sensors; several services can be watched at the same time."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject

from ...core.services.record import ServiceRecord
from ..common.jobs import JobRunner
from ..widgets.basics import folded
from .card import is_watchable
from .login_question import LoginQuestion
from .sources import ServiceSources
from .watch import Watch
from .watch_panel import WatchPanel


class WatchActions(QObject):
    """The watches by the id of their service.

    Attributes
    ----------
    group : QgsCollapsibleGroupBox
        Holds the panel of the service that is shown.
    """

    def __init__(
        self, runner: JobRunner, sources: ServiceSources, logins: LoginQuestion, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.runner, self.sources, self.logins = runner, sources, logins
        self.record: ServiceRecord | None = None
        self.watches: dict[str, Watch] = {}
        self.panel = WatchPanel()
        self.panel.wanted.connect(self.start)
        self.group = folded(self.tr("Watch sensors"), self.panel, "servicesWatch")

    def show_record(self, record: ServiceRecord | None) -> None:
        """Offer the watch of a service."""
        self.record = record
        self.group.setVisible(record is not None and is_watchable(record))
        if record is not None:
            self.panel.show_watch(self.watches.get(record.id))

    def start(self, seconds: int) -> None:
        """Watch all sensors of the service that is shown."""
        record = self.record
        if record is None or not self.logins.allows(record):
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

    def _ended(self, record_id: str) -> None:
        watch = self.watches.pop(record_id, None)
        if self.panel.watch is watch:
            self.panel.show_watch(None)

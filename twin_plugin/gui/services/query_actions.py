"""Queries: features and values of a service become a new layer, or a file for work without the network."""

from __future__ import annotations

import time
from typing import Any

from qgis.core import Qgis, QgsProcessingAlgorithm, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...bridge.kernel.outside_text import as_name, give_map_tip
from ...core.services.record import ServiceRecord
from ..common import formatting, layer_order, run_outputs
from ..common.run_request import RunResult
from ..widgets.basics import fill_column, folded
from ..widgets.job_panel import JobPanel
from . import favourites
from .card import is_queryable
from .filters import ServiceFilters
from .login_question import LoginQuestion
from .query_panel import QueryPanel
from .sources import ServiceSources


class QueryActions(QObject):
    """Fetches from one service at a time; `saved(record id)` when a snapshot was written.

    Attributes
    ----------
    group : QgsCollapsibleGroupBox
        Holds the form of the query, which is created when the group is first unfolded.
    """

    saved = pyqtSignal(str)

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm | None,
        canvas: QgsMapCanvas,
        sources: ServiceSources,
        filters: ServiceFilters,
        panel: JobPanel,
        logins: LoginQuestion,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.algorithm, self.canvas, self.sources, self.filters, self.panel = algorithm, canvas, sources, filters, panel
        self.logins = logins
        self.record: ServiceRecord | None = None
        self.form: QueryPanel | None = None
        self._box = QWidget()
        fill_column(self._box)
        self.group = folded(self.tr("Query"), self._box, "servicesQuery")
        self.group.collapsedStateChanged.connect(lambda *_: self._fill())

    def show_record(self, record: ServiceRecord | None) -> None:
        """Offer the queries of a service."""
        self.record = record
        self.group.setVisible(record is not None and is_queryable(record))
        self._fill()

    def run_query(self, parameters: dict[str, Any]) -> None:
        """Fetch what a query asks for of the service that is shown."""
        if self.record is not None:
            self._fetch(self.record, "queryservice", parameters)

    def fetch_map_extent(self, record: ServiceRecord) -> None:
        """Fetch what lies in the map's extent into a new layer."""
        self._fetch(record, _algorithm_of(record), self._extent())

    def save_offline(self, record: ServiceRecord) -> None:
        """Fetch what lies in the map's extent into the service's file, and note the time."""
        if self.panel.busy() or not self.logins.allows(record):
            return
        query, path = self._extent(), favourites.snapshot_path(record.title, record.id)
        name = self._offline_name(record)
        parameters = {**self.sources.location().parameters(), "SERVICE": record.id, **query, "OUTPUT": str(path)}
        request = run_outputs.request_for(
            _algorithm_of(record), parameters, name, {"OUTPUT": name}, summary=self._counted
        )

        def keep(result: RunResult) -> None:
            if result.ok:
                favourites.keep_snapshot(
                    favourites.Snapshot(record.id, record.title, str(path), time.time(), record.cadence, query)
                )
                self.saved.emit(record.id)

        self.panel.run(request).finished.connect(keep)

    def open_offline(self, record: ServiceRecord) -> None:
        """Add to the map what was saved offline."""
        snapshot = favourites.snapshot_of(record.id)
        if snapshot is None:
            return
        layer = QgsVectorLayer(str(snapshot.file()), as_name(self._offline_name(record)), "ogr")
        if layer.isValid():
            layer.loadDefaultStyle()
            give_map_tip(layer)
            layer_order.add(layer)
        else:
            text = self.tr("'{path}' cannot be opened: save it offline again.")
            self.panel.notice.say(text.format(path=snapshot.file()), Qgis.MessageLevel.Warning)

    def _fill(self) -> None:
        if self.record is None or self.algorithm is None or self.group.isCollapsed():
            return
        if self.form is None:
            self.form = QueryPanel(self.algorithm, self.canvas)
            self.form.wanted.connect(self.run_query)
            self._box.layout().addWidget(self.form)
        self.form.show_record(self.record.id)

    def _fetch(self, record: ServiceRecord, algorithm: str, parameters: dict[str, Any]) -> None:
        if not self.panel.busy() and self.logins.allows(record):
            name = run_outputs.named(record.title)
            whole = {**self.sources.location().parameters(), "SERVICE": record.id, **parameters}
            self.panel.run(run_outputs.request_for(algorithm, whole, name, {"OUTPUT": name}, summary=self._counted))

    def _extent(self) -> dict[str, Any]:
        """The map's extent, as Processing takes it."""
        box = self.filters.map_box()
        return {} if box is None else {"EXTENT": f"{box.west},{box.east},{box.south},{box.north} [EPSG:4326]"}

    def _offline_name(self, record: ServiceRecord) -> str:
        return run_outputs.named(record.title, self.tr("offline"))

    def _counted(self, results: dict[str, Any]) -> str:
        return self.tr("{n} rows.").format(n=formatting.number(float(results.get("COUNT", 0)), 0))


def _algorithm_of(record: ServiceRecord) -> str:
    """The algorithm that fetches from a service: of sensors their latest values."""
    return "fetchobservations" if record.protocol.definition.observations else "queryservice"

"""Adds services to the map as layers, and checks whether they answer, off the main thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.core import Qgis, QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ...bridge.kernel.outside_text import as_name
from ...bridge.kernel.translation import localized
from ...bridge.net import http
from ...bridge.services import preview, qgis_layers
from ...core.services.adapter import State
from ...core.services.record import Health, ServiceRecord
from ..common import formatting, layer_order, run_outputs
from ..common.background import Background, Ticket
from ..widgets.notice import Notice
from .extent_band import ExtentBand
from .login_question import LoginQuestion
from .query_actions import QueryActions
from .service_list import health_text


class LayerActions(QObject):
    """Asks one service at a time; `asking()` before a service is added, `answered()` after each answer.

    Parameters
    ----------
    queries : QueryActions
        Fetches what QGIS has no provider for.
    band : ExtentBand
        Shows the first layer of a project.
    notice : Notice
        Says how a service answered.
    logins : LoginQuestion
    """

    asking = pyqtSignal()
    answered = pyqtSignal()

    def __init__(
        self,
        queries: QueryActions,
        band: ExtentBand,
        notice: Notice,
        logins: LoginQuestion,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.queries, self.band, self.notice, self.logins = queries, band, notice, logins
        self.prober = Background("twin-probe", self)
        self.prober.done.connect(self._publish)
        self.prober.failed.connect(self._failed)

    def add(self, record: ServiceRecord | None) -> None:
        """Check whether a service answers, and add it as a layer of QGIS if it does."""
        if record is None or record.made:
            return
        self.notice.clear()
        if not self.logins.allows(record):
            return
        self.asking.emit()
        self.prober.ask(lambda ticket: partial(self._add_layer, record, *_open_layer(record, ticket)))

    def check(self, record: ServiceRecord) -> None:
        """Check whether a service answers, and say how."""
        if self.logins.allows(record):
            self.prober.ask(lambda ticket: partial(self._show_state, record, preview.probe(record, ticket.progress)))

    def _publish(self, show: Callable[[], None]) -> None:
        self.answered.emit()
        show()

    def _failed(self, sentence: str) -> None:
        self.answered.emit()
        self.notice.say(sentence, Qgis.MessageLevel.Warning)

    def _add_layer(self, record: ServiceRecord, source: Any, layer: QgsMapLayer | None) -> None:
        if layer is None:
            # QGIS has no provider for it, or its coordinates must be corrected.
            self.queries.fetch_map_extent(record)
            return
        layer.setName(as_name(run_outputs.named(record.title)))
        layer_order.add(layer)
        if source.notes:
            self.notice.say(" ".join(map(localized, source.notes)))
        if len(QgsProject.instance().mapLayers()) == 1:
            self.band.zoom_to(record)

    def _show_state(self, record: ServiceRecord, state: State) -> None:
        level = Qgis.MessageLevel.Info if state.health is Health.ALIVE else Qgis.MessageLevel.Warning
        text = localized(state.reason) or self.tr("The service answers.")
        latency = "" if state.latency_ms is None else f" ({formatting.number(state.latency_ms, 0)} ms)"
        self.notice.say(f"{record.title}: {health_text(state.health)}{latency}. {text}", level)


def _open_layer(record: ServiceRecord, ticket: Ticket) -> tuple[Any, QgsMapLayer | None]:
    """In the background: the source and the layer of a service; providers ask their server when they are opened."""
    with http.opened(ticket.progress) as fetch:
        source = qgis_layers.plan(record, fetch)
    if source is None or ticket.stopped:
        return None, None
    layer = qgis_layers.make(source)
    layer.moveToThread(QCoreApplication.instance().thread())
    return source, layer

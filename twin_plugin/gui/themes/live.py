"""The indicators and charts of the theme that the dock shows, computed again and again beside the main thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from qgis.core import QgsFeedback, QgsMapLayer, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...bridge.themes import live_layers
from ...bridge.themes.charts import features_chart
from ...bridge.themes.feature_filter import unfiltered
from ...bridge.themes.feature_values import LayerFeatures
from ...bridge.themes.indicators import Preparation
from ...core.common.errors import Cancelled, TwinError
from ...core.common.messages import Message
from ...core.themes.chart_values import ChartRows
from ...core.themes.district import District
from ...core.themes.indicator_values import IndicatorValue
from ...core.themes.theme import Theme
from ..common.background import Background, Ticket

LEAST_S = 10.0
"""No theme is computed more often."""


@dataclass(frozen=True)
class Figures:
    """What was computed: values in the theme's order, and the charts that could be drawn, by id."""

    values: list[IndicatorValue]
    charts: dict[str, ChartRows | Message]


class LiveFigures(QObject):
    """Computes the figures of one theme of the project at a time; `changed` gives them.

    What was asked for another theme, district or project never arrives.
    """

    changed = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme | None = None
        self.district: District | None = None
        self.layers: dict[str, QgsMapLayer] = {}
        self._before: dict[str, float] = {}
        self._last: dict[str, float] = {}
        self.background = Background("themes", self)
        self.background.done.connect(self._arrived)
        self.background.failed.connect(self.failed)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._again)

    def show(
        self,
        theme: Theme,
        district: District | None,
        layers: Mapping[str, QgsMapLayer],
        before: Mapping[str, float],
    ) -> None:
        """Compute the figures of a theme from its layers now, and again as often as its layers are read again."""
        self.stop()
        self.theme, self.district, self.layers = theme, district, dict(layers)
        self._before, self._last = dict(before), {}
        every_s = min((layer.refresh_s for layer in theme.layers if layer.refresh_s > 0), default=0.0)
        if every_s:
            self.timer.start(int(max(LEAST_S, every_s) * 1000))
        self.compute()

    def stop(self) -> None:
        """Compute nothing more; what is under way never arrives."""
        self.timer.stop()
        self.background.cancel()
        self.theme, self.district, self.layers = None, None, {}

    def compute(self) -> None:
        """Compute all figures once more."""
        theme, district = self.theme, self.district
        if theme is None:
            return
        layers = {name: unfiltered(layer) for name, layer in self.layers.items() if not sip.isdeleted(layer)}
        prepared = [
            (Preparation(indicator, layers.get(indicator.layer), district), self._before.get(indicator.id))
            for indicator in theme.indicators
        ]
        charts = {}
        for chart in theme.charts:
            layer = layers.get(chart.layer)
            vector = isinstance(layer, QgsVectorLayer) and layer.isValid()
            charts[chart.id] = (chart, LayerFeatures.of(layer) if vector else None)

        def work(ticket: Ticket) -> Figures:
            feedback = QgsFeedback()
            ticket.on_stop = feedback.cancel
            now = datetime.now(UTC)
            values = [one.compute(now, before, feedback) for one, before in prepared]
            drawn: dict[str, ChartRows | Message] = {}
            for name, (chart, features) in charts.items():
                if features is None:
                    drawn[name] = Message("The layer of the chart is not there.")
                    continue
                try:
                    drawn[name] = features_chart(chart, features, district, feedback)
                except Cancelled:
                    raise
                except TwinError as error:
                    drawn[name] = error.message
            return Figures(values, drawn)

        self.background.ask(work)

    def _again(self) -> None:
        """Compute all figures from what the sensors observed meanwhile."""
        if self.theme is None:
            return
        refreshed = {layer.id for layer in self.theme.layers if layer.refresh_s > 0}
        for name, layer in self.layers.items():
            if name in refreshed and not sip.isdeleted(layer) and layer.providerType() == live_layers.SENSORS:
                live_layers.read_again(layer)
        self.compute()

    def _arrived(self, figures: Figures) -> None:
        """Keep the values: the change of the next time is that since the last other value."""
        for value in figures.values:
            if value.value is None:
                continue
            last = self._last.get(value.id)
            if last is not None and last != value.value:
                self._before[value.id] = last
            self._last[value.id] = value.value
        self.changed.emit(figures)

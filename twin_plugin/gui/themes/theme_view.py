"""A theme of the project: its indicators as tiles, what is behind them, and its charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from qgis.core import QgsApplication, QgsFeedback, QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...bridge.kernel.translation import language, localized
from ...bridge.themes.feature_filter import MOST, label_field, labels, show_all, show_only
from ...bridge.themes.feature_values import LayerFeatures
from ...bridge.themes.indicators import features_behind
from ...bridge.themes.onemap import marks
from ...bridge.themes.onemap import runs as theme_runs
from ...core.common.languages import in_language
from ...core.common.messages import Message
from ...core.themes.chart_values import ChartRows
from ...core.themes.theme import Chart, Indicator, Theme
from ..common.background import Background, Ticket
from ..widgets.bar_chart import BarChart
from ..widgets.basics import bold, button, fill_column, narrow_combo, wrapped_label
from ..widgets.feature_list import FeatureList, Row
from .live import Figures, LiveFigures
from .series import SeriesChart, label_of
from .tile import TileGrid


@dataclass(frozen=True)
class Answer:
    """The features behind the number of an indicator, of a layer by its id."""

    indicator: Indicator
    layer_id: str
    rows: list[Row]


class ThemeView(QWidget):
    """Shows one of the themes that the project holds; `shown` says that another one is shown."""

    shown = pyqtSignal()

    def __init__(self, iface: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.iface = iface
        self.theme: Theme | None = None
        self.live = LiveFigures(self)
        self.live.changed.connect(self._show_figures)
        self.live.failed.connect(self._say)
        self.background = Background("behind", self)
        self.background.done.connect(self._show_behind)
        self.background.failed.connect(self._say)
        self.which = narrow_combo(self.tr("Which theme of the project is shown."))
        self.which.setAccessibleName(self.tr("Theme of the project"))
        self.which.currentIndexChanged.connect(lambda *_: self._show_chosen())
        self.purpose, self.note = wrapped_label(), wrapped_label()
        self.tiles, self.list = TileGrid(), FeatureList(MOST)
        self.tiles.chosen.connect(self._chosen)
        self.list.chosen.connect(self._show_feature)
        self.list.closed.connect(lambda: self._chosen(""))
        tip = self.tr("Compute the indicators and charts once more; themes with live data do so by themselves.")
        self.again = button("", self.tr("Compute again"), tip, self.live.compute)
        self.charts_heading = bold(wrapped_label(self.tr("Charts")))
        self.charts = QWidget()
        self._charts: dict[str, BarChart | SeriesChart] = {}
        self._column = fill_column(self.charts)
        self._asked: Indicator | None = None
        figures = (self.tiles, self.again, self.list)
        fill_column(self, self.which, self.purpose, self.note, *figures, self.charts_heading, self.charts)
        self.list.hide()

    def refresh(self) -> None:
        """Take the themes that the project now holds; the one that was shown stays."""
        kept = self.which.currentData()
        found = [(one.title, (one.theme, one.district)) for one in theme_runs.runs(QgsProject.instance())]
        entries = [(self.which.itemText(place), self.which.itemData(place)) for place in range(self.which.count())]
        if entries != found:
            self.which.blockSignals(True)
            self.which.clear()
            for title, key in found:
                self.which.addItem(title, key)
            self.which.setCurrentIndex(max(0, self.which.findData(kept)) if found else -1)
            self.which.blockSignals(False)
        self.setVisible(bool(found))
        if not found:
            self.forget()
        elif self.theme is None or self.which.currentData() != kept or self._layers_changed():
            self._show_chosen()

    def choose(self, theme: str, district: str) -> None:
        """Show the theme of a district that the project holds."""
        place = self.which.findData((theme, district))
        if place >= 0 and place != self.which.currentIndex():
            self.which.setCurrentIndex(place)
        else:
            self._show_chosen()

    def forget(self) -> None:
        """Show nothing: another project, or the end."""
        self._close_list()
        self.live.stop()
        self.background.cancel()
        self.theme = None

    def close_down(self) -> None:
        """End the threads: before the dock is deleted."""
        self.forget()
        self.live.background.stop()
        self.background.stop()

    # What is shown

    def _layers(self) -> dict[str, QgsMapLayer]:
        key = self.which.currentData()
        return marks.layers_of(QgsProject.instance(), *key) if key else {}

    def _layers_changed(self) -> bool:
        now = {name: layer.id() for name, layer in self._layers().items()}
        shown = {name: "" if sip.isdeleted(layer) else layer.id() for name, layer in self.live.layers.items()}
        return now != shown

    def _show_chosen(self) -> None:
        self.forget()
        key = self.which.currentData()
        if not key:
            return
        built = theme_runs.run_documents(QgsProject.instance(), *key)
        self.note.setText(localized(built.reason) if built.reason is not None else "")
        self.note.setVisible(bool(self.note.text()))
        for part in (self.tiles, self.again, self.charts_heading, self.charts, self.purpose):
            part.setVisible(built.theme is not None)
        if built.theme is None:
            return
        self.theme = built.theme
        self.purpose.setText(self._text(built.theme.purpose))
        self.purpose.setVisible(bool(self.purpose.text()))
        self._make_charts(built.theme.charts)
        before = theme_runs.last_values(QgsProject.instance(), *key)
        self.tiles.show_values([])
        self.live.show(built.theme, built.district, self._layers(), before)
        self.shown.emit()

    def _make_charts(self, charts: tuple[Chart, ...]) -> None:
        for chart in self._charts.values():
            self._column.removeWidget(chart)
            chart.hide()
            chart.deleteLater()
        self._charts = {chart.id: BarChart() if chart.kind == "bar" else SeriesChart() for chart in charts}
        for widget in self._charts.values():
            self._column.addWidget(widget)
        self.charts_heading.setVisible(bool(charts))

    def _show_figures(self, figures: Figures) -> None:
        theme = self.theme
        if theme is None:
            return
        self.tiles.show_values(figures.values)
        self.tiles.choose(self._asked.id if self._asked is not None else "")
        for chart in theme.charts:
            self._show_chart(chart, self._charts[chart.id], figures.charts.get(chart.id))

    def _show_chart(self, chart: Chart, widget: BarChart | SeriesChart, rows: ChartRows | Message | None) -> None:
        title, found = self._text(chart.title), rows if isinstance(rows, ChartRows) else ChartRows()
        notes = found.notes if isinstance(rows, ChartRows) else (rows,) if rows is not None else ()
        if isinstance(rows, ChartRows) and not rows.rows:
            notes = (*notes, Message("There is nothing to draw."))
        note = " ".join(localized(note) for note in notes)
        if isinstance(widget, BarChart):
            widget.show_bars(title, chart.unit, [(label_of(x), y) for x, y in found.rows], note)
        else:
            widget.show_points(title, chart.unit, [(x, y) for x, y in found.rows if not isinstance(x, str)], note)

    # What is behind a number

    def _chosen(self, name: str) -> None:
        """List the features behind an indicator and show only them; "" ends that."""
        self._close_list()
        self.tiles.choose(name)
        theme = self.theme
        indicator = next((one for one in theme.indicators if one.id == name), None) if theme is not None else None
        layer = self._layers().get(indicator.layer) if indicator is not None else None
        if indicator is None:
            return
        if layer is None or not layer.isValid():
            self._say(self.tr("The layer behind this number is not in the project, or it cannot be read."))
            return
        self._asked = indicator
        self._make_visible(layer)
        if not isinstance(layer, QgsVectorLayer):
            self._say(self.tr("The number comes from the cells of the raster '{layer}'.").format(layer=layer.name()))
            return
        features, field = LayerFeatures.of(layer), label_field(layer)
        district = self.live.district

        def work(ticket: Ticket) -> Answer:
            feedback = QgsFeedback()
            ticket.on_stop = feedback.cancel
            behind = features_behind(indicator, features, district, datetime.now(UTC), feedback)
            names = labels(features, field, behind.ids[:MOST])
            values = behind.values if indicator.expression else [None] * len(behind.ids)
            rows = [Row(one, names.get(one, ""), value) for one, value in zip(behind.ids, values, strict=True)]
            return Answer(indicator, layer_id, rows)

        layer_id = layer.id()
        self.background.ask(work)

    def _show_behind(self, answer: Answer) -> None:
        layer = QgsProject.instance().mapLayer(answer.layer_id)
        if self._asked is not answer.indicator or not isinstance(layer, QgsVectorLayer):
            return
        ids = [row.id for row in answer.rows]
        filtered = len(ids) <= MOST and show_only(layer, ids)
        if ids and not filtered:
            layer.selectByIds(ids)
        self.list.show_rows(self._text(answer.indicator.title), answer.indicator.unit, answer.rows, filtered)

    def _close_list(self) -> None:
        """Give the layer its own filter back."""
        self.background.cancel()
        self._asked = None
        self.tiles.choose("")
        self.list.hide()
        for layer in QgsProject.instance().mapLayers().values():
            if isinstance(layer, QgsVectorLayer) and layer.isValid():
                show_all(layer)

    def _show_feature(self, number: int) -> None:
        indicator = self._asked
        layer = self._layers().get(indicator.layer) if indicator is not None else None
        if isinstance(layer, QgsVectorLayer) and self.iface is not None:
            canvas = self.iface.mapCanvas()
            canvas.zoomToFeatureIds(layer, [number])
            canvas.flashFeatureIds(layer, [number])

    def _make_visible(self, layer: QgsMapLayer) -> None:
        node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
        if node is not None:
            node.setItemVisibilityCheckedParentRecursive(True)

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.show()

    @staticmethod
    def _text(texts: dict[str, str]) -> str:
        return in_language(texts, language(QgsApplication.locale()))

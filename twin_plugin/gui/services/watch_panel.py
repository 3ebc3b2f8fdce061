"""The panel of a watch: how often, from which values on it warns, and the chart of the chosen sensor."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QSpinBox, QWidget

from ...bridge.kernel.outside_text import as_tip
from ..common import formatting
from ..widgets.basics import fill_column, text_label
from .sensor_chart import SensorChart
from .watch import Limits, Watch

EVERY_S = 60


class WatchPanel(QWidget):
    """Starts, shows and stops the watch of a service; `wanted(seconds)` asks for a new one."""

    wanted = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.watch: Watch | None = None
        self.every = QSpinBox()
        self.every.setRange(5, 86_400)
        self.every.setValue(EVERY_S)
        self.every.setSuffix(" s")
        self.every.setToolTip(self.tr("Interval between requests for the latest values."))
        self.caution, self.alarm = QLineEdit(), QLineEdit()
        for field, tip in (
            (self.caution, self.tr("Values from this threshold on are amber; empty for none.")),
            (self.alarm, self.tr("Values from this threshold on are red; empty for none.")),
        ):
            field.setPlaceholderText(self.tr("none"))
            field.setToolTip(as_tip(tip))
            field.editingFinished.connect(self._limits_changed)
        self.state = text_label()
        self.chart = SensorChart()
        self.chart.clear(self.tr("Select a sensor on the map to see its last day."))
        self.go = QPushButton()
        self.go.clicked.connect(self._toggle)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Every"), self.every)
        form.addRow(self.tr("Caution from"), self.caution)
        form.addRow(self.tr("Alarm from"), self.alarm)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.go)
        fill_column(self, form, row, self.state, self.chart)
        self.show_watch(None)

    def show_watch(self, watch: Watch | None) -> None:
        """Show another watch, or that there is none."""
        if self.watch is not None and watch is not self.watch:
            self.watch.refreshed.disconnect(self._refreshed)
            self.watch.series.disconnect(self._series)
        fresh = watch is not None and watch is not self.watch
        self.watch = watch
        self.go.setText(self.tr("Stop") if watch else self.tr("Start watching"))
        self.go.setToolTip(
            self.tr("Stop the requests; the layer keeps its last values.")
            if watch
            else self.tr("Show the latest values on the map, and keep them up to date.")
        )
        self.every.setEnabled(watch is None)
        if watch is None:
            self.state.setText("")
        if fresh and watch is not None:
            watch.refreshed.connect(self._refreshed)
            watch.series.connect(self._series)
            watch.set_limits(self.limits())
            self.state.setText(self.tr("Waiting for the first values…"))
            self.chart.clear(self.tr("Select a sensor on the map to see its last day."))

    def limits(self) -> Limits:
        """The thresholds that are entered; what is no number is none."""
        return Limits(_number(self.caution.text()), _number(self.alarm.text()))

    def _toggle(self) -> None:
        if self.watch is None:
            self.wanted.emit(self.every.value())
        else:
            self.watch.stop()

    def _limits_changed(self) -> None:
        if self.watch is not None:
            self.watch.set_limits(self.limits())

    def _refreshed(self, error: str) -> None:
        if error:
            self.state.setText(error)
        elif self.watch is not None and self.watch.last is not None:
            text = self.tr("Values of {time}; the next in {seconds}.")
            seconds = formatting.duration(self.watch.timer.interval() / 1000)
            self.state.setText(text.format(time=self.watch.last.strftime("%H:%M:%S"), seconds=seconds))

    def _series(self, title: str, unit: str, times: list, values: list) -> None:
        limits = self.limits()
        self.chart.show_series(title, unit, times, values, (limits.caution, limits.alarm))


def _number(text: str) -> float | None:
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if value == value and abs(value) < 1e30 else None

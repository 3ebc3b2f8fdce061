"""Pictures of volumes of water over time, stacked: of the largest zones, and of where the water of a run went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from qgis.PyQt.QtCore import QCoreApplication, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPolygonF

from ....core.common.clock import clock
from ....core.flood.analysis.zone_balance import ZoneBalance
from ...kernel.chart_page import ChartPage
from ...kernel.map_classes import PAPER

MOST_ZONES = 7
COLOURS = ("#08264f", "#2b7bba", "#9cc7e8", "#7a3d00", "#d98a00", "#f6d58b", "#4f6d3a")
"""Of the zones, the largest first: blue, then brown, each from dark to light, and green."""
OTHERS, OUTSIDE = "#a9b1b8", "#dfe3e6"
TIMES = (1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720, 1440)
translate = QCoreApplication.translate


@dataclass(frozen=True)
class Band:
    """One stacked area: its name, colour, and volumes in m³ by time."""

    name: str
    colour: str
    volumes_m3: np.ndarray


def zone_chart(zones: ZoneBalance) -> Chart:
    """The water in zones over time."""
    title = translate("BalanceChart", "Water in the zones over time (m³)")
    return Chart(title, [state.minutes for state in zones.states], zone_bands(zones))


def whereabouts_chart(minutes: Sequence[float], volumes_m3: Mapping[str, np.ndarray]) -> Chart:
    """Where all the water that a run got so far is at each time: its top is that water.

    Parameters
    ----------
    minutes : sequence of float
    volumes_m3 : mapping of str to ndarray
        Columns of BALANCE at these times: stored_m3 and the volumes that were taken, those in parts by their parts.
    """
    shown = {  # water on the terrain blue, into ground and drains green, over edges brown
        "stored_m3": (translate("BalanceChart", "on the terrain"), "#115292"),
        "infiltration_m3": (translate("BalanceChart", "into the ground"), "#4f6d3a"),
        "drained_m3": (translate("BalanceChart", "into drains"), "#9cba7f"),
        "boundary_out_north_m3": (translate("BalanceChart", "over the north edge"), "#7a3d00"),
        "boundary_out_east_m3": (translate("BalanceChart", "over the east edge"), "#d98a00"),
        "boundary_out_south_m3": (translate("BalanceChart", "over the south edge"), "#f6d58b"),
        "boundary_out_west_m3": (translate("BalanceChart", "over the west edge"), "#b08a66"),
    }
    bands = [Band(*shown.get(name, (name, OTHERS)), values) for name, values in volumes_m3.items() if values.any()]
    return Chart(translate("BalanceChart", "Where the water of the run went (m³)"), minutes, bands)


def zone_bands(zones: ZoneBalance) -> list[Band]:
    """What is drawn, from the bottom: the zones with most water, the others together, and what is outside."""
    volumes = np.array([state.volume_m3 for state in zones.states])
    inside = volumes[:, 1:-1]
    order = np.argsort(-inside.max(axis=0), kind="stable")
    order = [int(n) for n in order if inside[:, n].max() > 0]
    shown, rest = order[:MOST_ZONES], order[MOST_ZONES:]
    if len(rest) == 1:
        shown, rest = order[: MOST_ZONES - 1], order[MOST_ZONES - 1 :]
    result = [Band(zones.names[n], colour, inside[:, n]) for n, colour in zip(shown, COLOURS, strict=False)]
    if rest:
        name = translate("BalanceChart", "{n} other zones").format(n=len(rest))
        result.append(Band(name, OTHERS, inside[:, rest].sum(axis=1)))
    if volumes[:, 0].any():
        result.append(Band(translate("BalanceChart", "outside the zones"), OUTSIDE, volumes[:, 0]))
    return result


class Chart(ChartPage):
    """Draws bands over time.

    Parameters
    ----------
    title : str
    minutes : sequence of float
    bands : sequence of Band
        From the bottom.
    """

    def __init__(self, title: str, minutes: Sequence[float], bands: Sequence[Band]) -> None:
        super().__init__(title, float(sum(band.volumes_m3 for band in bands).max()) if bands else 0.0)
        self._minutes, self._bands = minutes, bands

    def paint(self, painter: QPainter) -> None:
        """Draw title, grid, bands and legend."""
        self._draw_page(painter)
        self._draw_bands(painter)
        self._draw_times(painter)
        self._draw_legend(painter)

    def _x(self, minutes: float) -> float:
        span = max(self._minutes[-1] - self._minutes[0], 1e-9)
        return self._plot.left() + self._plot.width() * (minutes - self._minutes[0]) / span

    def _draw_bands(self, painter: QPainter) -> None:
        below = np.zeros(len(self._minutes))
        for band in self._bands:
            above = below + band.volumes_m3
            line = [QPointF(self._x(t), self._y(v)) for t, v in zip(self._minutes, above, strict=True)]
            base = [QPointF(self._x(t), self._y(v)) for t, v in zip(self._minutes, below, strict=True)]
            painter.setPen(QPen(QColor(PAPER), 1.5))
            painter.setBrush(QColor(band.colour))
            painter.drawPolygon(QPolygonF([*line, *reversed(base)]))
            below = above
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_times(self, painter: QPainter) -> None:
        first, last = self._minutes[0], self._minutes[-1]
        step = next((step for step in TIMES if (last - first) / step <= 7), 1440 * max(1, int((last - first) / 10080)))
        for minutes in np.arange(np.ceil(first / step) * step, last + 1e-6, step):
            self._draw_tick(painter, self._x(float(minutes)), clock(float(minutes)))
        self._draw_axis_name(painter, translate("BalanceChart", "after the start (h:min)"))

    def _draw_legend(self, painter: QPainter) -> None:
        """The bands from the top, each with its greatest volume."""
        for number, band in enumerate(reversed(self._bands)):
            text = translate("BalanceChart", "at most {volume} m³").format(volume=f"{band.volumes_m3.max():,.0f}")
            self._draw_legend_row(painter, number, band.colour, band.name, text)

"""The time line of a level as a chart: a lane for each kind of event, a mark for each minute with events."""

from __future__ import annotations

from qgis.core import QgsPrintLayout
from qgis.PyQt.QtCore import Qt

from ...core.common.document.blocks import LaneKind, TimeLine
from ...core.common.document.wording import moment
from . import layout_items as items
from .line_breaks import one_line
from .map_classes import CLOSED, INK, QUIET
from .page_words import PageWords

COLOURS = {
    LaneKind.PLAIN: "#66727f",
    LaneKind.ACTION: "#1b7f4b",
    LaneKind.ROAD: CLOSED,
    LaneKind.WATER: "#2a6fb0",
}
NAMES, TOTALS = 44.0, 14.0
"""Widths in mm of the names of the lanes and of the numbers of their events."""
LANE, AXIS = 7.0, 6.0
MARK = 0.9
"""Width of a mark; two that are nearer than this are one."""
GRID = "#e3e7eb"


def height(block: TimeLine) -> float:
    """How high the chart is, in mm."""
    return LANE * len(block.lanes) + AXIS + 2


def draw(
    layout: QgsPrintLayout, block: TimeLine, words: PageWords, left: float, top: float, width: float, page: int
) -> None:
    """Draw the lanes, one below the other, over an axis of times."""
    first, wide = left + NAMES, width - NAMES - TOTALS
    base = top + LANE * len(block.lanes)
    across = wide / (block.end_min - block.start_min)
    for tick in range(round((block.end_min - block.start_min) / block.step_min) + 1):
        minute = block.start_min + tick * block.step_min
        at = first + (minute - block.start_min) * across
        thick = 0.5 if minute == 0 else 0.2
        items.rule(layout, (at - thick / 2, top, thick, base - top), QUIET if minute == 0 else GRID, page)
        centre = Qt.AlignmentFlag.AlignHCenter
        items.label(layout, moment(minute), (at - 9, base + 1, 18, 4.5), 7.5, QUIET, align=centre, page=page)
    for number, lane in enumerate(block.lanes):
        middle = top + LANE * (number + 0.5)
        name = one_line(words.say(lane.title), NAMES - 3, 8)
        items.label(layout, name, (left, middle - 2, NAMES - 2, 5), 8, INK, page=page)
        items.rule(layout, (first, middle, wide, 0.15), GRID, page)
        last = -1.0
        for minute in lane.minutes:
            at = (minute - block.start_min) * across
            if last < 0 or at - last >= MARK:
                box = (first + at - MARK / 2, middle - LANE * 0.32, MARK, LANE * 0.64)
                items.rule(layout, box, COLOURS[lane.kind], page)
                last = at
        far = (left + width - TOTALS + 4, middle - 2, TOTALS - 4, 5)
        items.label(layout, f"{len(lane.minutes):,}", far, 8, INK, align=Qt.AlignmentFlag.AlignRight, page=page)

"""Bars of a document on a page: parts side by side, the range of the end as a thin line, colours explained below."""

from __future__ import annotations

from qgis.core import QgsPrintLayout
from qgis.PyQt.QtCore import Qt

from ...core.common.document.blocks import BarsBlock
from . import layout_items as items
from .line_breaks import one_line, width_mm
from .map_classes import INK, QUIET
from .page_words import PageWords

NAMES, NUMBERS = 44.0, 14.0
"""Widths in mm of the names of the bars and of their numbers."""
LANE, BAR, KEY = 7.5, 4.6, 5.0
GAP = 4.0
GRID = "#e3e7eb"
TICKS = 5


def height(block: BarsBlock, words: PageWords, width: float) -> float:
    """How high the bars and their colours are, in mm."""
    return LANE * len(block.bars) + 6.0 + KEY * len(_key_rows(block, words, width))


def draw(
    layout: QgsPrintLayout, block: BarsBlock, words: PageWords, left: float, top: float, width: float, page: int
) -> None:
    """Draw the bars, one below the other, over an axis from 0."""
    first, wide = left + NAMES, width - NAMES - NUMBERS
    base, across = top + LANE * len(block.bars), wide / block.most
    for tick in range(TICKS + 1):
        value = block.most * tick / TICKS
        items.rule(layout, (first + value * across - 0.1, top, 0.2, base - top), GRID, page)
        box = (first + value * across - 9, base + 0.6, 18, 4)
        items.label(layout, f"{value:g}", box, 7, QUIET, align=Qt.AlignmentFlag.AlignHCenter, page=page)
    for number, bar in enumerate(block.bars):
        middle = top + LANE * (number + 0.5)
        name = one_line(words.say(bar.name), NAMES - 3, 8.5)
        items.label(layout, name, (left, middle - 2.2, NAMES - 2, 5), 8.5, INK, page=page)
        at = first
        for value, colour in bar.parts:
            if value > 0:
                items.rule(layout, (at, middle - BAR / 2, value * across, BAR), colour, page)
                at += value * across
        if bar.reach is not None:
            low, high = (first + value * across for value in bar.reach)
            items.rule(layout, (low, middle - 0.2, high - low, 0.4), INK, page)
            for end in (low, high):
                items.rule(layout, (end - 0.2, middle - 1.1, 0.4, 2.2), INK, page)
        far = (left + width - NUMBERS + 2, middle - 2.4, NUMBERS - 2, 5)
        items.label(layout, words.say(bar.number), far, 9, INK, True, align=Qt.AlignmentFlag.AlignRight, page=page)
    for number, row in enumerate(_key_rows(block, words, width)):
        at = left
        for text, colour, needs in row:
            y = base + 6.0 + KEY * number
            items.rule(layout, (at, y + 0.6, 4.5, 2.8), colour, page)
            items.label(layout, text, (at + 6, y, needs - 6, 5), 7.5, INK, page=page)
            at += needs


def _key_rows(block: BarsBlock, words: PageWords, width: float) -> list[list[tuple[str, str, float]]]:
    """The explained colours, as many in a row as fit: text, colour, width."""
    rows, used = list[list[tuple[str, str, float]]](), width + 1.0
    for name, colour in block.keys:
        text = one_line(words.say(name), width - 8, 7.5)
        needs = width_mm(text, 7.5) + 6.0 + GAP
        if used + needs > width:
            rows.append([])
            used = 0.0
        rows[-1].append((text, colour, needs))
        used += needs
    return rows

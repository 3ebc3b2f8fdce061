"""The table of the sources of a theme on a page of its layout, with the time of their data and what is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from qgis.core import (
    QgsLayoutFrame,
    QgsLayoutItemManualTable,
    QgsLayoutMultiFrame,
    QgsLayoutTable,
    QgsLayoutTableColumn,
    QgsPrintLayout,
    QgsTableCell,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ....core.common.messages import Message
from ....core.themes.layer_report import LayerReport, LayerState
from ....core.themes.theme import Need
from ...kernel import layout_items as items
from ...kernel.lettering import text_format
from ...kernel.map_classes import CLOSED, QUIET
from ...kernel.translation import Speaker
from . import marks

MARGIN = 12.0
"""Of the pages, mm."""
LOST_MM = 12.0
SHARES = (0.2, 0.08, 0.08, 0.24, 0.1, 0.27)
"""Of the width, by column."""


def add_table(
    layout: QgsPrintLayout, reports: Sequence[LayerReport], box: items.Box, page: int, speaker: Speaker
) -> Iterator[Callable[[], None]]:
    """Add the table, in steps; it goes on on pages of its own, from their margin on."""
    table = QgsLayoutItemManualTable.create(layout)

    def dress() -> None:
        layout.addMultiFrame(table)
        table.setCustomProperty(marks.REASON, True)
        names = (
            Message("Layer"), Message("Required"), Message("State"), Message("Source"), Message("Data of"),
            Message("Remarks"),
        )  # fmt: skip
        table.setHeaders([QgsLayoutTableColumn(speaker.say(name)) for name in names])
        table.setIncludeTableHeader(True)
        table.setHeaderTextFormat(text_format(8, QUIET, True))
        table.setContentTextFormat(text_format(7.5))
        table.setColumnWidths([share * box[2] for share in SHARES])
        table.setWrapBehavior(QgsLayoutTable.WrapBehavior.WrapText)
        table.setHorizontalGrid(True)
        table.setVerticalGrid(False)
        table.setGridColor(QColor("#d9dee3"))
        table.setGridStrokeWidth(0.15)
        table.setResizeMode(QgsLayoutMultiFrame.ResizeMode.UseExistingFrames)

    def show() -> None:
        frame = QgsLayoutFrame(layout, table)
        items.place(frame, box, page)
        table.addFrame(frame)

    yield dress
    yield lambda: table.setTableContents(_rows(reports, speaker))  # late: each setting lays out all rows again
    yield show
    yield partial(_go_on, layout, table)


def _go_on(layout: QgsPrintLayout, table: QgsLayoutItemManualTable) -> None:
    """Add frames, each on a page of its own, until there is room for all rows.

    QGIS can do so by itself, but begins as low on each page as on the first one, below the charts.
    """
    if not table.frames():
        return
    left, width = table.frames()[0].pagePos().x(), table.frames()[0].sizeWithUnits().width()
    while sum(map(_height, table.frames())) < table.totalSize().height():
        frame, page = QgsLayoutFrame(layout, table), items.add_page(layout)
        height = layout.pageCollection().page(page).sizeWithUnits().height() - 2 * MARGIN
        items.place(frame, (left, MARGIN, width, height), page)
        table.addFrame(frame)


def _height(frame: QgsLayoutFrame) -> float:
    """What a frame has room for: each has the head of the table, and leaves a row that does not fit to the next one."""
    return max(0.0, float(frame.sizeWithUnits().height()) - LOST_MM)


def update_table(layout: QgsPrintLayout, reports: Sequence[LayerReport], speaker: Speaker) -> None:
    """Put the rows of this run into the table, where it is still there."""
    for table in layout.multiFrames():
        if isinstance(table, QgsLayoutItemManualTable) and table.customProperty(marks.REASON):
            table.setTableContents(_rows(reports, speaker))
            _go_on(layout, table)


def _rows(reports: Sequence[LayerReport], speaker: Speaker) -> list[list[QgsTableCell]]:
    say = speaker.say
    needs = {Need.MUST: Message("yes"), Need.CONDITIONAL: Message("conditional"), Need.OPTIONAL: Message("no")}
    states = {
        LayerState.LOADED: Message("loaded"),
        LayerState.EMPTY: Message("empty"),
        LayerState.OUTSIDE: Message("outside"),
        LayerState.MISSING: Message("missing"),
        LayerState.REMOVED: Message("removed"),
    }
    rows = []
    for own in reports:
        modified = own.modified[:16].replace("T", " ")
        texts = (own.title, say(needs[own.need]), say(states[own.state]), own.source, modified, own.reason)
        rows.append([_cell(text, own.is_missing_must) for text in texts])
    return rows


def _cell(text: str, is_loud: bool) -> QgsTableCell:
    cell = QgsTableCell(text)
    cell.setVerticalAlignment(Qt.AlignmentFlag.AlignTop)
    if is_loud:
        cell.setTextFormat(text_format(7.5, CLOSED, True))
    return cell

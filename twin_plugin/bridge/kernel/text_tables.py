"""Tables of texts on the pages of a layout, with the lines already broken and the heights of the rows known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import (
    QgsLayoutFrame,
    QgsLayoutItemManualTable,
    QgsPrintLayout,
    QgsTableCell,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from . import layout_items as items
from .lettering import text_format
from .line_breaks import height_mm, lines
from .map_classes import INK, PAPER, QUIET

SIZE = 7.5
MARGIN = 0.9
"""Between the text of a cell and its edges, in mm."""
GRID = 0.15
DARK = 0.18
"""Relative luminance below which white letters have more contrast than black ones."""


@dataclass(frozen=True)
class TableText:
    """The text of a cell, in its language; `fill` is #rrggbb or ""."""

    text: str
    fill: str = ""
    bold: bool = False
    quiet: bool = False

    @property
    def colour(self) -> str:
        """Of the letters: that of ink and paper which is easier to read on the colour of the cell."""
        if not self.fill:
            return QUIET if self.quiet else INK
        return PAPER if _luminance(self.fill) < DARK else INK


def _luminance(colour: str) -> float:
    """Relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class TextTable:
    """The rows of a table, broken into lines for the widths of its columns.

    Parameters
    ----------
    shares : sequence of float
        Widths of the columns, relative to each other.
    aligns : sequence of Qt.AlignmentFlag
    width : float
        Of the whole table, in mm.
    """

    def __init__(self, shares: Sequence[float], aligns: Sequence[Qt.AlignmentFlag], width: float) -> None:
        free = width - 2 * MARGIN * len(shares)
        self.widths = [free * share / sum(shares) for share in shares]
        self.aligns = aligns

    def broken(self, row: Sequence[TableText]) -> list[list[str]]:
        """The lines of each cell of a row."""
        return [lines(cell.text, width, SIZE, cell.bold) for cell, width in zip(row, self.widths, strict=True)]

    def height(self, row: Sequence[TableText]) -> float:
        """The height of a row in mm."""
        return height_mm(max(len(part) for part in self.broken(row)), SIZE) + 2 * MARGIN + GRID

    def draw(self, layout: QgsPrintLayout, rows: Sequence[Sequence[TableText]], box: items.Box, page: int) -> None:
        """Draw some rows, which must fit into the height of the box."""
        table = QgsLayoutItemManualTable.create(layout)
        layout.addMultiFrame(table)
        table.setColumnWidths(self.widths)
        table.setIncludeTableHeader(False)
        table.setShowGrid(True)
        table.setHorizontalGrid(True)
        table.setVerticalGrid(False)
        table.setGridColor(QColor("#d9dee3"))
        table.setGridStrokeWidth(GRID)
        table.setCellMargin(MARGIN)
        table.setBackgroundColor(QColor(PAPER))
        table.setTableContents([self._cells(row) for row in rows])
        # QGIS adds the margins and the line of the grid to each.
        table.setRowHeights([self.height(row) - 2 * MARGIN - GRID for row in rows])
        frame = QgsLayoutFrame(layout, table)
        items.place(frame, box, page)
        table.addFrame(frame)

    def _cells(self, row: Sequence[TableText]) -> list[QgsTableCell]:
        cells = []
        for cell, broken, align in zip(row, self.broken(row), self.aligns, strict=True):
            made = QgsTableCell("\n".join(broken))
            made.setTextFormat(text_format(SIZE, cell.colour, cell.bold))
            made.setHorizontalAlignment(align)
            made.setVerticalAlignment(Qt.AlignmentFlag.AlignTop)
            if cell.fill:
                made.setBackgroundColor(QColor(cell.fill))
            cells.append(made)
        return cells

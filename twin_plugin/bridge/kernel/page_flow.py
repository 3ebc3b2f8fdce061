"""Puts blocks one below the other on A4 pages, and goes on to a new page where one does not fit."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsPrintLayout, QgsProject
from qgis.PyQt.QtCore import Qt

from ...core.common.document.blocks import (
    Align,
    Block,
    Cell,
    CheckList,
    Figures,
    Paragraph,
    TableBlock,
    Text,
    Tone,
)
from . import layout_items as items
from .line_breaks import height_mm, lines, one_line, width_mm
from .map_classes import CLOSED, INK, QUIET
from .page_words import PageWords
from .text_tables import TableText, TextTable

LEFT, WIDTH = 12.0, 186.0
TOP, BOTTOM = 30.0, 279.0
ALARM_FILL = "#fbe3e1"
BOX_MM = 3.2
LEAST_ROWS = 3
ALIGNS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
}


@dataclass
class Head:
    """The head of the pages of a section."""

    title: str
    under: str
    colour: str


class PageFlow:
    """The pages of a document, in the order in which they are filled.

    Each section is a layout of its own, since QGIS takes time with the square of the items of a layout.

    Parameters
    ----------
    project : QgsProject

    Attributes
    ----------
    layouts : list of QgsPrintLayout
    layout : QgsPrintLayout
        The last of them.
    page : int
        In it, from 0.
    top : float
        Where the next block begins, in mm.
    """

    def __init__(self, project: QgsProject) -> None:
        self._project = project
        self.layouts: list[QgsPrintLayout] = []
        self.page, self.top = 0, TOP
        self._head = Head("", "", CLOSED)
        self._words = PageWords("en")
        self._feet: list[tuple[QgsPrintLayout, int, str, PageWords]] = []

    @property
    def layout(self) -> QgsPrintLayout:
        return self.layouts[-1]

    def speak(self, words: PageWords, foot: Text) -> None:
        """Go on in a language; `foot` stands below each of its pages."""
        self._words, self._foot = words, words.say(foot)

    def section(self, title: Text, under: Text, colour: str) -> None:
        """Begin a section on a new page."""
        self._head = Head(self._words.say(title), self._words.say(under), colour or CLOSED)
        layout = items.page(self._project, f"{len(self.layouts) + 1:03} {self._head.title}", 210, 297)
        # Nobody takes a step back here, and each step would keep a copy of the pages.
        layout.undoStack().blockCommands(True)
        self.layouts.append(layout)
        self.page = 0
        self._begin_page(first=True)

    def subsection(self, title: Text, under: Text, room: float) -> None:
        """Begin a section on the same page where `room` mm remain, else on a new one."""
        text = self._words.say(title)
        self._head = Head(text, self._words.say(under), self._head.colour)
        if self.top + room > BOTTOM:
            self._new_page(first=True)
            return
        self.top += 3.0
        items.rule(self.layout, (LEFT, self.top, WIDTH, 0.4), self._head.colour, self.page)
        items.label(self.layout, text, (LEFT, self.top + 1.8, WIDTH, 8), 13, INK, True, page=self.page)
        self.top += 11.0

    def need(self, height: float) -> None:
        """Go on to a new page unless `height` mm remain."""
        if self.top + height > BOTTOM and self.top > TOP:
            self._new_page(first=False)

    def finish(self) -> None:
        """Write the feet, when the number of pages is known."""
        for number, (layout, page, foot, words) in enumerate(self._feet, 1):
            shown = one_line(foot, WIDTH - 34, 7)
            items.label(layout, shown, (LEFT, 285, WIDTH - 32, 5), 7, QUIET, page=page)
            text = words.page(number, len(self._feet))
            box = (LEFT + WIDTH - 32, 285, 32, 5)
            items.label(layout, text, box, 7, QUIET, align=Qt.AlignmentFlag.AlignRight, page=page)

    def _new_page(self, first: bool) -> None:
        self.page = items.add_page(self.layout)
        self._begin_page(first)

    def _begin_page(self, first: bool) -> None:
        """The head of the page; `first` where a section begins."""
        self._feet.append((self.layout, self.page, self._foot, self._words))
        head = self._head
        size = 17 if first else 11
        title = head.title if first else self._words.goes_on(head.title)
        items.rule(self.layout, (LEFT, 10, 1.6, 15 if first else 9), head.colour, self.page)
        while size > 11 and width_mm(title, size, True) > WIDTH - 8:
            size -= 1
        shown = one_line(title, WIDTH - 5, size, bold=True)
        items.label(self.layout, shown, (LEFT + 5, 9, WIDTH - 5, 9), size, INK, True, page=self.page)
        if head.under:
            at = 18.5 if first else 14.5
            under = one_line(head.under, WIDTH - 5, 9.5 if first else 8)
            items.label(self.layout, under, (LEFT + 5, at, WIDTH - 5, 6), 9.5 if first else 8, QUIET, page=self.page)
        self.top = TOP if first else TOP - 6

    def paragraph(self, block: Paragraph) -> None:
        """A text over the whole width; an alarm stands on a colour."""
        alarm = block.tone is Tone.ALARM
        size = 8 if block.tone is Tone.QUIET else 10
        inner = WIDTH - (6 if alarm else 0)
        broken = lines(self._words.say(block.text), inner, size, alarm)
        height = height_mm(len(broken), size) + (4 if alarm else 1)
        self.need(height + 2)
        if alarm:
            items.rule(self.layout, (LEFT, self.top, WIDTH, height), ALARM_FILL, self.page)
            items.rule(self.layout, (LEFT, self.top, 1.2, height), CLOSED, self.page)
        colour = QUIET if block.tone is Tone.QUIET else INK
        box = (LEFT + (3 if alarm else 0), self.top + (2 if alarm else 0), inner + 2, height)
        items.label(self.layout, "\n".join(broken), box, size, colour, alarm, page=self.page)
        self.top += height + 3

    def figures(self, block: Figures) -> None:
        """Large numbers side by side, each over what it counts."""
        wide, texts, height = self._figure_texts(block)
        self.need(height + 2)
        for place, (figure, text) in enumerate(zip(block.figures, texts, strict=True)):
            left = LEFT + place * wide
            number = self._words.say(figure.number)
            size = 24.0
            while size > 10 and width_mm(number, size, True) > wide - 6:
                size -= 1
            colour = CLOSED if figure.alarm else INK
            items.label(self.layout, number, (left, self.top, wide - 3, 12), size, colour, True, page=self.page)
            box = (left, self.top + 12, wide - 3, height - 12)
            items.label(self.layout, "\n".join(text), box, 8.5, QUIET, page=self.page)
        self.top += height + 2

    def _figure_texts(self, block: Figures) -> tuple[float, list[list[str]], float]:
        """Width of each figure, the lines below it, and the height of all."""
        wide = WIDTH / max(len(block.figures), 1)
        texts = [lines(self._words.say(figure.text), wide - 6, 8.5) for figure in block.figures]
        return wide, texts, 13 + height_mm(max((len(text) for text in texts), default=1), 8.5) + 2

    def height(self, block: Block) -> float:
        """What figures or a table take on a page, mm."""
        if isinstance(block, Figures):
            return self._figure_texts(block)[2] + 2.0
        if not isinstance(block, TableBlock):
            return 0.0
        noted = lines(self._words.say(block.note), WIDTH, 7.5) if block.note else []
        table, heads, rows = self._table(block)
        return 12.0 + height_mm(len(noted), 7.5) + sum(table.height(row) for row in (heads, *rows))

    def title(self, text: Text, note: Text, below: float, alarm: bool = False) -> None:
        """The title of a block and its note, on the same page as the first `below` mm of what follows."""
        noted = lines(self._words.say(note), WIDTH, 7.5) if note else []
        self.need(8 + height_mm(len(noted), 7.5) + below)
        colour = CLOSED if alarm else INK
        items.label(self.layout, self._words.say(text), (LEFT, self.top, WIDTH, 6), 10.5, colour, True, page=self.page)
        self.top += 6.2
        if noted:
            box = (LEFT, self.top, WIDTH, height_mm(len(noted), 7.5) + 1)
            items.label(self.layout, "\n".join(noted), box, 7.5, QUIET, page=self.page)
            self.top += height_mm(len(noted), 7.5) + 0.8

    def table(self, block: TableBlock) -> None:
        """A table, its headings again on each page; a sentence where it has no rows."""
        if not block.rows:
            self.title(block.title, "", 6)
            self._sentence(block.empty)
            return
        table, heads, rows = self._table(block)
        first = table.height(heads) + sum(table.height(row) for row in rows[:2])
        self.title(block.title, block.note, first, block.alarm)
        self._rows(table, heads, rows)

    def _table(self, block: TableBlock) -> tuple[TextTable, list[TableText], list[list[TableText]]]:
        """A table with the texts of its headings and rows."""
        heads = [TableText(self._words.say(item.text), item.fill, bold=True, quiet=True) for item in block.headings]
        table = TextTable(
            [item.share for item in block.headings], [ALIGNS[item.align] for item in block.headings], WIDTH
        )
        return table, heads, [[self._cell(cell) for cell in row] for row in block.rows]

    def check_list(self, block: CheckList) -> None:
        """Tasks with a box before each."""
        if not block.tasks:
            self.title(block.title, block.note, 6)
            self._sentence(block.empty)
            return
        heads = [TableText(text, bold=True, quiet=True) for text in self._words.task_heads()]
        table = TextTable((7, 12, 56, 25), [Qt.AlignmentFlag.AlignLeft] * 4, WIDTH)
        rows = [
            [TableText(""), TableText(self._words.say(task.when), bold=True), *self._told(task.what, task.who)]
            for task in block.tasks
        ]
        self.title(block.title, block.note, table.height(heads) + table.height(rows[0]))
        self._rows(table, heads, rows, boxes=True)

    def _told(self, *texts: Text) -> list[TableText]:
        return [TableText(self._words.say(text)) for text in texts]

    def _rows(self, table: TextTable, heads: list[TableText], rows: list[list[TableText]], boxes: bool = False) -> None:
        """The rows in parts, one for each page, under the headings; with `boxes` each has one to tick."""
        rest = rows
        while rest:
            used, count = table.height(heads), 0
            while count < len(rest) and self.top + used + table.height(rest[count]) <= BOTTOM:
                used += table.height(rest[count])
                count += 1
            if count > LEAST_ROWS and 0 < len(rest) - count < LEAST_ROWS:  # no page for a row or two
                used -= sum(table.height(row) for row in rest[count - LEAST_ROWS : count])
                count -= LEAST_ROWS
            if not count and self.top <= TOP:  # a row higher than a page is cut at its end
                used, count = BOTTOM - self.top, 1
            if count:
                box = (LEFT, self.top, WIDTH, used + 0.6)
                table.draw(self.layout, [heads, *rest[:count]], box, self.page)
                if boxes:
                    self._boxes([table.height(row) for row in (heads, *rest[: count - 1])])
                self.top += used
                rest = rest[count:]
            if rest:
                self._new_page(first=False)
        self.top += 5.0

    def _boxes(self, heights: list[float]) -> None:
        """Boxes to tick, each below one more of some rows."""
        top = self.top
        for height in heights:
            top += height
            items.frame(self.layout, (LEFT + 2.4, top + 1.1, BOX_MM, BOX_MM), INK, 0.3, self.page)

    def _sentence(self, text: Text) -> None:
        broken = lines(self._words.say(text), WIDTH, 9)
        height = height_mm(len(broken), 9) + 1
        items.label(self.layout, "\n".join(broken), (LEFT, self.top, WIDTH, height), 9, QUIET, page=self.page)
        self.top += height + 4.0

    def _cell(self, cell: Text | Cell) -> TableText:
        if isinstance(cell, Cell):
            return TableText(self._words.say(cell.text), cell.fill, cell.bold)
        return TableText(self._words.say(cell))

"""The parts of a document that are drawn in two ways: on pages of a print layout and as HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from ..words import Words


@dataclass(frozen=True)
class Term:
    """A fixed word of the data, such as the use of a building; one that is not the plugin's own is shown as it is."""

    word: str


Text = str | Words | Term
"""A Message is shown in the language of the page, Words come in both, a Term is looked up; other texts are names."""


class Align(Enum):
    """Where the text of a column stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class Tone(Enum):
    """How loud a paragraph is."""

    PLAIN = "plain"
    QUIET = "quiet"
    ALARM = "alarm"


class LaneKind(Enum):
    """What the marks of a lane of a time line stand for; it decides their colour."""

    PLAIN = "plain"
    ACTION = "action"
    ROAD = "road"
    WATER = "water"


@dataclass(frozen=True)
class Heading:
    """The heading of a column of a table.

    Attributes
    ----------
    text : Text
    share : float
        Part of the width of the table, relative to the other columns.
    align : Align
    fill : str
        #rrggbb behind the heading; "" for none.
    """

    text: Text
    share: float
    align: Align = Align.LEFT
    fill: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell that is more than its text: on a colour (#rrggbb), or bold."""

    text: Text
    fill: str = ""
    bold: bool = False


@dataclass(frozen=True)
class TableBlock:
    """A table with a title.

    Attributes
    ----------
    title : Text
    headings : tuple of Heading
    rows : tuple of tuples of Text or Cell
        Each as long as `headings`.
    empty : Text
        The sentence that stands in place of a table without rows.
    note : Text
        Under the title; "" for none.
    alarm : bool
        Whether the title is drawn as an alarm where there are rows.
    """

    title: Text
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Text | Cell, ...], ...]
    empty: Text
    note: Text = ""
    alarm: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A sentence or some."""

    text: Text
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Figure:
    """A number that matters, large, and what it counts."""

    number: Text
    text: Text
    alarm: bool = False


@dataclass(frozen=True)
class Figures:
    """At most three numbers side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Task:
    """A line of a check-list: when, what, who."""

    when: Text
    what: Text
    who: Text


@dataclass(frozen=True)
class CheckList:
    """Tasks with a box to tick before each."""

    title: Text
    tasks: tuple[Task, ...]
    empty: Text
    note: Text = ""


@dataclass(frozen=True)
class Lane:
    """A row of a time line: what its marks are, and their minutes, rising."""

    title: Text
    kind: LaneKind
    minutes: tuple[float, ...]


@dataclass(frozen=True)
class TimeLine:
    """Marks along an axis of minutes from `start_min` to `end_min`, with a tick each `step_min`."""

    title: Text
    lanes: tuple[Lane, ...]
    start_min: float
    end_min: float
    step_min: float
    empty: Text


@dataclass(frozen=True)
class StackedBar:
    """A bar of parts one after the other: its name, the parts (value, #rrggbb), its number, and a range of its end."""

    name: Text
    parts: tuple[tuple[float, str], ...]
    number: Text
    reach: tuple[float, float] | None = None


@dataclass(frozen=True)
class BarsBlock:
    """Bars one below the other on an axis from 0 to `most`, with the meaning of their colours."""

    title: Text
    bars: tuple[StackedBar, ...]
    keys: tuple[tuple[Text, str], ...]
    most: float
    empty: Text
    note: Text = ""


@dataclass(frozen=True)
class MapBlock:
    """A map of the document by its number, or of a part of it by name ("" for all of it)."""

    number: int
    caption: Text
    part: str = ""


Block = TableBlock | Paragraph | Figures | CheckList | TimeLine | BarsBlock | MapBlock


@dataclass(frozen=True)
class Section:
    """A part of the document with a title.

    Attributes
    ----------
    title, under : Text
        The title, and a quieter line below it.
    colour : str
        #rrggbb of the bar beside the title; "" for the document's own.
    blocks : tuple of Block
    own_page : bool
        Whether it begins on a new page; else where the one before ends.
    listed : bool
        Whether it stands in the table of contents.
    """

    title: Text
    under: Text
    blocks: tuple[Block, ...]
    colour: str = ""
    own_page: bool = True
    listed: bool = True


@dataclass(frozen=True)
class Document:
    """What is said in words: the title page, then the sections in their order.

    Attributes
    ----------
    title : Text
    foot : Text
        On every page: version and date.
    sections : tuple of Section
    """

    title: Text
    foot: Text
    sections: tuple[Section, ...] = field(default_factory=tuple)

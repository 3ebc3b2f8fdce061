"""The colours of the uses of buildings, in maps, 3D views and scenes: a table that all of them read."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from ..common.csv_table import read_rows

TABLE = Path(__file__).resolve().parents[2] / "resources" / "tables" / "use_colours.csv"


@dataclass(frozen=True)
class UseColour:
    """A group of uses that are drawn alike.

    Attributes
    ----------
    name_en, name_zh : str
        For legends.
    colour : str
        '#rrggbb'.
    uses : tuple of str
        As `use` of the twin base has them; empty for the last one, which stands for all others and for none.
    """

    name_en: str
    name_zh: str
    colour: str
    uses: tuple[str, ...]


@functools.cache
def use_colours() -> tuple[UseColour, ...]:
    """The groups in the order of legends; the last one is that of any other use."""
    return tuple(
        UseColour(row["name_en"], row["name_zh"], row["colour"], tuple(use for use in row["uses"].split(";") if use))
        for row in read_rows(TABLE)
    )


def colour_of(use: str) -> str:
    """The colour of a use, '#rrggbb'."""
    groups = use_colours()
    return next((group.colour for group in groups if use in group.uses), groups[-1].colour)

"""The kinds of sponge surfaces as rows of a table: words, default layers, and where the numbers come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ...common.csv_table import read_rows
from ...common.keywords import folded

TABLE = Path(__file__).resolve().parents[4] / "resources" / "tables" / "sponge_surfaces.csv"
WORDS_APART = "|"


@dataclass(frozen=True)
class SpongeKind:
    """A kind of sponge surface with the values that a layer's empty fields get.

    Attributes
    ----------
    name, chinese : str
        The kind in both languages; `name` is what results show.
    words : tuple of str
        What a layer may call it, folded.
    depth_mm, void_share : float
        Thickness of the layer that holds water, and the share of it that water fills.
    rate_mm_h : float
        Fastest uptake from the surface.
    seepage_mm_h, drain_mm_h : float
        Outflow to the ground and through the underdrain.
    vessel : bool
        Water spreads within it at once, as in a tank; else each cell holds its own.
    source : str
    """

    name: str
    chinese: str
    words: tuple[str, ...]
    depth_mm: float
    void_share: float
    rate_mm_h: float
    seepage_mm_h: float
    drain_mm_h: float
    vessel: bool
    source: str


@cache
def sponge_kinds() -> dict[str, SpongeKind]:
    """The kinds by name, in the order of the table."""
    numbers = "depth_mm", "void_share", "rate_mm_h", "seepage_mm_h", "drain_mm_h"
    kinds = {}
    for row in read_rows(TABLE, ("kind", "chinese", "words", *numbers, "vessel", "source")):
        said = (row["kind"], row["chinese"], *row["words"].split(WORDS_APART))
        words = tuple(dict.fromkeys(_plain(word) for word in said if word.strip()))
        values = {name: float(row[name]) for name in numbers}
        kinds[row["kind"]] = SpongeKind(
            row["kind"], row["chinese"], words, **values, vessel=row["vessel"] == "yes", source=row["source"]
        )
    return kinds


def kind_of(text: object) -> SpongeKind | None:
    """The kind that a layer's text names; None where it names none."""
    word = _plain(str(text)) if isinstance(text, str) else ""
    return next((kind for kind in sponge_kinds().values() if word and word in kind.words), None)


def _plain(text: str) -> str:
    """A text in lower case with blanks for underscores and hyphens."""
    return folded(text.replace("_", " ").replace("-", " "))

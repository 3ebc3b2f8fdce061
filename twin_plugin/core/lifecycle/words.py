"""The stages in the words of people: their codes, and the words of the table lifecycle_stage.csv in two languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..common.csv_table import read_rows
from .periods import Stage

_TABLE = Path(__file__).resolve().parents[2] / "resources" / "tables" / "lifecycle_stage.csv"


def stage_of(word: str) -> Stage | None:
    """The stage that a word names, such as construction or 施工; None for other words."""
    return _words().get(word.strip().casefold())


@cache
def _words() -> dict[str, Stage]:
    """Stages by their code and by each keyword that has no wildcard."""
    found = {
        row["keyword"].casefold(): Stage(row["stage"])
        for row in read_rows(_TABLE)
        if row["keyword"] and "*" not in row["keyword"]
    }
    return found | {stage.value: stage for stage in Stage}

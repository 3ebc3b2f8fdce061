"""Uses of buildings: what the texts of any fields mean, by the known uses and the table of words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.csv_table import read_rows
from ..common.keywords import StreetWords, folded, holds, spaced
from ..common.progress import Progress, advance, silent

BLOCK = 100_000
"""Values between two looks whether to go on."""


@dataclass(frozen=True)
class UseWords:
    """The uses that the tables know, and the words for them in the order in which they count."""

    known: frozenset[str]
    words: tuple[tuple[str, str], ...]
    streets: StreetWords | None = None

    def use_of(self, text: str) -> str:
        """The use that a text names; "" when it names none, or only a street: Church Road 5."""
        for name in (folded(text), spaced(text)):
            if name in self.known:
                return name
        words = spaced(text)
        return next((use for use, keyword in self.words if holds(words, keyword, self.streets)), "")


def read_words(path: str | Path, known: Iterable[str], streets: str | Path | None = None) -> UseWords:
    """The words of a CSV file with the columns use and keyword, and of one with those of streets (word, position)."""
    rows = read_rows(path, ("use", "keyword"))
    beside = None if streets is None else StreetWords(read_rows(streets, ("word", "position")))
    return UseWords(frozenset(known), tuple((row["use"], row["keyword"]) for row in rows if row["keyword"]), beside)


@dataclass(frozen=True)
class Uses:
    """Uses of n buildings.

    Attributes
    ----------
    use : ndarray of str or None, shape (n,)
        None where no field names a use that is known.
    by_field : mapping of str to int
        How many were found in each field.
    unknown : mapping of str to int
        Texts that name no known use, with the number of buildings that have nothing else.
    """

    use: NDArray[np.object_]
    by_field: Mapping[str, int]
    unknown: Mapping[str, int]


def choose_uses(columns: Mapping[str, Sequence[Any]], count: int, words: UseWords, progress: Progress = silent) -> Uses:
    """For each of `count` buildings the use in the first of the columns that names a known one."""
    use = np.full(count, None, object)
    by_field: Counter[str] = Counter()
    left: dict[int, str] = {}
    meaning: dict[str, str] = {}
    for field, values in columns.items():
        for row, value in enumerate(values):
            if row % BLOCK == 0:
                advance(progress, math.nan)
            text = "" if value is None else str(value).strip()
            if not text or use[row] is not None:
                continue
            if text not in meaning:
                meaning[text] = words.use_of(text)
            if meaning[text]:
                use[row] = meaning[text]
                by_field[field] += 1
            else:
                left.setdefault(row, text)
    return Uses(use, by_field, Counter(text for row, text in left.items() if use[row] is None))

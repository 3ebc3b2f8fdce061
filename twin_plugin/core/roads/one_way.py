"""One-way streets as the fields of road layers say them: words, numbers and signs of several sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FIELDS = ("oneway", "one_way", "单行", "单行线", "单向", "单行道", "通行方向")
"""Usual names of the field, in any case."""
FORWARD = {"yes", "y", "true", "t", "1", "ft", "forward", "是", "单行", "单向", "单行线", "单行道", "顺向", "正向"}
BACKWARD = {"-1", "reverse", "backward", "tf", "逆向", "反向", "逆行", "反向单行"}
BOTH = {"", "no", "n", "false", "f", "0", "none", "null", "both", "b", "否", "双向", "双行", "双向通行"}
GEOFABRIK = {"f": "forward", "t": "backward", "b": "both"}
"""Extracts of OpenStreetMap by Geofabrik: F and T are directions there, where B occurs in the same field."""


@dataclass(frozen=True)
class Directions:
    """Directions in which one may drive along lines; arrays of shape (n,).

    Attributes
    ----------
    forward, backward : bool arrays
        In the direction in which a line is drawn, and against it.
    unknown : Counter of str
        Words that say nothing known: their lines count as two-way.
    """

    forward: NDArray[np.bool_]
    backward: NDArray[np.bool_]
    unknown: Counter[str]


def read_directions(values: Sequence[Any]) -> Directions:
    """The directions that the values of a field say."""
    words = [_word(value) for value in values]
    if "b" in words:
        words = [GEOFABRIK.get(word, word) for word in words]
    only_forward = np.array([word in FORWARD for word in words], np.bool_)
    only_backward = np.array([word in BACKWARD for word in words], np.bool_)
    known = FORWARD | BACKWARD | BOTH
    return Directions(~only_backward, ~only_forward, Counter(word for word in words if word not in known))


def _word(value: Any) -> str:
    """A value as a word in lower case; whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value).strip().lower()

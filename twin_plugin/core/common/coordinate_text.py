"""Coordinates entered as text: pairs of x and y, with an optional CRS at the end."""

from __future__ import annotations

import math
import re

from .errors import InputError

MOST_PAIRS = 10_000
_WIDE = str.maketrans("，；", ",;")
"""As Chinese keyboards write them."""
_CRS = re.compile(r"\[\s*([A-Za-z_]+:[\w.-]+)\s*\]\s*$")


def read_pairs(text: str) -> tuple[list[tuple[float, float]], str]:
    """The pairs of a text such as '493000,2491000; 493050,2491020 [EPSG:4547]'.

    Parameters
    ----------
    text : str
        x and y of a pair with a comma or a space between them, pairs with a semicolon or a new line between them, the
        decimal sign a point; behind the last pair the CRS in square brackets, as QGIS writes it.

    Returns
    -------
    pairs : list of (x, y)
        In the order of the text; [] for an empty text.
    crs : str
        The CRS as authority and code; "" where the text names none.

    Raises
    ------
    InputError
        When a part of the text is no pair of finite numbers, or there are more than `MOST_PAIRS` pairs.
    """
    text = text.translate(_WIDE)
    found = _CRS.search(text)
    crs = found.group(1) if found else ""
    body = text[: found.start()] if found else text
    parts = [part.strip() for part in re.split(r"[;\n]", body)]
    parts = [part for part in parts if part]
    if len(parts) > MOST_PAIRS:
        raise InputError(
            "The coordinates have {n:,} pairs, more than {most:,}: use a layer instead.", n=len(parts), most=MOST_PAIRS
        )
    return [_pair(part) for part in parts], crs


def _pair(part: str) -> tuple[float, float]:
    try:
        x, y = (float(number) for number in re.split(r"\s*,\s*|\s+", part))
    except ValueError:
        x = y = math.nan
    if not (math.isfinite(x) and math.isfinite(y)):
        raise InputError(
            "'{part}' is no pair of coordinates: enter x,y and separate pairs with semicolons, as in '493000,2491000; "
            "493050,2491020'.",
            part=part[:60],
        )
    return x, y

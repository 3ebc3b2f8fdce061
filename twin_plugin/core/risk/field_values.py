"""Numbers as people's tables hold them: texts with separators, codes for "unknown", and values that cannot be."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray

UNKNOWN_CODES = (-99.0, -999.0, -9999.0, -99999.0, -32768.0)
"""What data of many makers hold where a value is unknown."""

ELEVATION = (-500.0, 9000.0)
"""No building stands lower or higher, in m."""
LIMITS = {
    "ground_floor_elev_m": ELEVATION,
    "elev_m": ELEVATION,
    "sill_elev_m": ELEVATION,
    "height_m": (0.1, 1000.0),
    "width_m": (0.0, 200.0),
    "diameter_mm": (0.0, 100_000.0),
    "storeys_above": (0.0, 200.0),
    "storeys_below": (0.0, 30.0),
    "gross_floor_area_m2": (0.1, 1e8),
    "footprint_area_m2": (0.1, 1e8),
    "people": (0.0, 1e6),
    "structure_value": (0.0, 1e13),
    "content_value": (0.0, 1e13),
    "speed_kmh": (0.1, 500.0),
    "backup_h": (0.0, 10_000.0),
    "number": (-50.0, 300.0),
    "hour": (0.0, 8783.0),
    "minute": (0.0, 1e6),
    "ingress_time_min": (0.0, 1e6),
    "floor_area_m2": (0.1, 1e7),
    "limit_far": (0.0, 100.0),
    "limit_density": (0.0, 100.0),
    "limit_green": (0.0, 100.0),
    "limit_height_m": (0.0, 2000.0),
    "limit_setback_m": (0.0, 1000.0),
    "kv": (0.1, 1200.0),
    "kv_low": (0.1, 1200.0),
    "kv_high": (0.1, 1200.0),
    "mva": (0.001, 5000.0),
    "vk_percent": (0.0, 50.0),
    "vkr_percent": (0.0, 50.0),
    "pfe_kw": (0.0, 10_000.0),
    "i0_percent": (0.0, 50.0),
    "vm_pu": (0.5, 1.5),
    "length_km": (0.0, 100_000.0),
    "r_ohm_km": (0.0, 100.0),
    "x_ohm_km": (0.0, 100.0),
    "c_nf_km": (0.0, 100_000.0),
    "i_max_a": (1.0, 20_000.0),
    "p_kw": (-1e9, 1e9),
    "q_kvar": (-1e6, 1e6),
    "generation_kw": (0.0, 1e6),
    "storage_kw": (-1e6, 1e6),
    "mwh": (0.0, 100_000.0),
    "mw": (0.0, 10_000.0),
    "soc_pct": (0.0, 100.0),
}
"""Least and greatest possible value of a field."""
WHOLE = ("people", "structure_value", "content_value", "storeys_above", "storeys_below", "number")
"""Fields that count, people or money: a comma before three digits parts thousands there."""

_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:[, '\u00a0\u202f]\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


@dataclass(frozen=True)
class Numbers:
    """A column of numbers.

    Attributes
    ----------
    values : ndarray of float64, shape (n,)
        NaN where there is none.
    refused : ndarray of bool, shape (n,)
        Where there was something that is no number, or no possible one.
    """

    values: FloatArray
    refused: NDArray[np.bool_]


def joined(several: Sequence[Numbers]) -> Numbers:
    """Parts of a column, one after the other."""
    values, refused = (np.empty(0), *(part.values for part in several)), (part.refused for part in several)
    return Numbers(np.concatenate(values), np.concatenate([np.empty(0, np.bool_), *refused]))


def read_numbers(raw: Sequence[Any], name: str) -> Numbers:
    """The numbers of a column; `name` says between which limits they lie."""
    least, greatest = LIMITS[name]
    kinds = set(map(type, raw))
    if kinds == {type(None)}:
        return Numbers(np.full(len(raw), np.nan), np.zeros(len(raw), np.bool_))
    if kinds <= {float, int, type(None)}:  # None becomes NaN
        values = np.array(raw, np.float64)
        given = np.array([value is not None for value in raw], bool) if type(None) in kinds else np.ones(len(raw), bool)
    else:
        given = np.array([value is not None and str(value).strip() != "" for value in raw], bool)
        values = np.array([number_of(value, name in WHOLE) for value in raw], np.float64)
    with np.errstate(invalid="ignore"):
        possible = (values >= least) & (values <= greatest) & ~np.isin(values, UNKNOWN_CODES)
    return Numbers(np.where(possible, values, np.nan), given & ~possible)


def number_of(value: Any, whole: bool) -> float:
    """A value as a number; NaN where it is none, or where a comma may part thousands as well as decimals."""
    if value is None:
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError):
        text = str(value).strip()
    grouped = _GROUPS.fullmatch(text) is not None
    if grouped and (whole or text.count(",") != 1 or "." in text):
        return float(re.sub("[, '\u00a0\u202f]", "", text))
    return float(text.replace(",", ".")) if not grouped and _DECIMAL_COMMA.fullmatch(text) else math.nan

"""Gives a synthetic building its name and address."""

from __future__ import annotations

import numpy as np

from . import names
from .street_plan import Lot, StreetPlan


def building_name(use: str, number: int, rng: np.random.Generator) -> tuple[str, str]:
    """An invented name in English and Chinese that says that it is a demo."""
    if use in names.PUBLIC:
        english, chinese = names.PUBLIC[use]
        return f"{english} {number + 1}", f"{chinese}{number + 1}"
    table = {"home": names.HOMES, "office": names.OFFICES}.get(use, names.SHOPS)
    english, chinese = table[int(rng.integers(len(table)))]
    return f"Demo {english} {number + 1}", f"演示{chinese}{number + 1}栋"


def address(layout: StreetPlan, lot: Lot, number: int) -> str:
    """An invented house number in the street south of the block."""
    english, chinese = names.numbered(names.EAST_WEST, layout.blocks[lot.block].row)
    return f"No. {2 * number + 1} {english} (synthetic) {chinese}{2 * number + 1}号（虚构）"

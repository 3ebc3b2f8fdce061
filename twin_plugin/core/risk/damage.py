"""The damage of buildings: the share of structure and content that the water costs, by curves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray
from ..common.messages import Message
from .reason import Outcome
from .rule_water import DEPTH_DIGITS
from .rules import Rule
from .tables import RiskTables


def damage(
    use: NDArray[np.object_],
    ground_floor_m: FloatArray,
    tables: RiskTables,
    outcome: Outcome,
    columns: Mapping[str, NDArray[Any]],
) -> tuple[FloatArray, FloatArray, list[Message]]:
    """Damage fraction of structure and content at the depth above the ground floor, else outside; what has no curve.

    A building without water around it costs 0, one that no water enters only what a curve says below the floor. By the
    rule of touched cells the depth counts to 0.01 m, and the damage is that of the share of cells that are wet.
    """
    above, depth_in = outcome.at_worst(outcome.contacts.above_m), outcome.level_inside() - ground_floor_m
    depth = np.fmax(np.where(np.isfinite(depth_in), depth_in, columns["depth_m"]), above)
    below = columns["level_m"] - ground_floor_m
    below = np.where(np.isfinite(below), below, np.nan_to_num(above, nan=-np.inf))
    depth = np.where(outcome.inside, depth, np.minimum(below, 0.0))
    wet = outcome.classes >= 1
    share = np.ones(len(use))
    if outcome.rule is Rule.TOUCHED:
        depth = np.round(depth, DEPTH_DIGITS)
        share = np.where(np.isnan(columns["wet_share"]), 1.0, columns["wet_share"])
    structure, content = (np.where(np.isnan(outcome.classes), np.nan, 0.0) for _ in range(2))
    keys = np.array([text or "" for text in use], object)
    lacking: dict[str, int] = {}
    for name in sorted(set(keys)):
        rows = np.flatnonzero((keys == name) & wet)
        sector = tables.sector(name)
        structure[rows] = tables.curves.fraction(sector, depth[rows]) * share[rows]
        content[rows] = tables.curves.fraction(sector, depth[rows], content=True) * share[rows]
        if sector not in tables.curves.curves and len(rows):
            lacking[sector] = lacking.get(sector, 0) + len(rows)
    return (
        structure,
        content,
        [
            Message(
                "There is no curve for the sector '{sector}' in {name}: the damage of {n} buildings in water is empty.",
                sector=sector,
                name=tables.curves.name,
                n=n,
            )
            for sector, n in lacking.items()
        ],
    )

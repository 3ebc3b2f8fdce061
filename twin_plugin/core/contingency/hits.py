"""Whom the water of a level hits: buildings and people, by district and in all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from .evacuation import Block, Evacuation, Unplaced
from .levels import UseRules
from .plan import BuildingHit, DistrictHit

ENTERED = 2
"""Least risk class of a building that the water enters."""


def to_move(
    hits: Iterable[BuildingHit], least_class: int, uses: UseRules
) -> tuple[tuple[BuildingHit, ...], tuple[BuildingHit, ...]]:
    """The buildings whose people must leave, from a risk class on, and those of them whose people need no shelter.

    Returns
    -------
    movers, others : tuples of BuildingHit
        Others have a use without a need of shelter, such as a metro station: its passengers go on.
    """
    reached = [hit for hit in hits if hit.risk_class >= least_class and hit.people > 0]
    movers = tuple(hit for hit in reached if hit.use not in uses.without_shelter)
    return movers, tuple(hit for hit in reached if hit.use in uses.without_shelter)


def district_sums(hits: Sequence[BuildingHit], damage: Sequence[float], currency: str = "") -> tuple[DistrictHit, ...]:
    """Sums by district, by name, and of all as the last, with the name "".

    Parameters
    ----------
    hits : sequence of BuildingHit
    damage : sequence of float
        Damage of each of them, in `currency`; NaN where unknown. By row, as buildings may share an id.
    """
    rows = list(zip(hits, damage, strict=True))
    names = sorted({hit.district for hit in hits if hit.district})
    groups = [(name, [row for row in rows if row[0].district == name]) for name in names]
    return tuple(_sum(name, group, currency) for name, group in [*groups, ("", rows)])


def _sum(name: str, rows: Sequence[tuple[BuildingHit, float]], currency: str) -> DistrictHit:
    hits, known = [hit for hit, _ in rows], [loss for _, loss in rows if math.isfinite(loss)]
    return DistrictHit(
        name,
        len(hits),
        sum(hit.risk_class >= ENTERED for hit in hits),
        sum(hit.people for hit in hits),
        sum(hit.critical for hit in hits),
        # In the order of size: the sum must not depend on the order of rows.
        math.fsum(known) if known else math.nan,
        currency,
    )


def without_way(hits: Iterable[BuildingHit], reason: str) -> Evacuation:
    """An evacuation in which everybody is listed and nobody has a place, a block for each building."""
    blocks = tuple(Block(hit.id, hit.name, -1, hit.people, (hit.id,), hit.x, hit.y) for hit in hits)
    return Evacuation(blocks, unplaced=tuple(Unplaced(block.id, block.people, reason) for block in blocks))

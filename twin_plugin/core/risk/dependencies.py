"""What fails with what: assets that need others, with alternatives and backup, and how failures spread."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """One thing that an asset needs.

    Attributes
    ----------
    asset : str
    one_of : tuple of str
        Assets of which one is enough.
    backup_min : float
        How long the asset goes on without all of them.
    """

    asset: str
    one_of: tuple[str, ...]
    backup_min: float = 0.0


@dataclass(frozen=True)
class Failure:
    """An asset that fails.

    Attributes
    ----------
    asset : str
    step : int
        0 by water, 1 by the loss of such an asset, and so on.
    minute : float
    because : tuple of str
        The assets whose loss it is; empty at step 0.
    """

    asset: str
    step: int
    minute: float
    because: tuple[str, ...] = ()


def spread(failed_min: Mapping[str, float], needs: Iterable[Need]) -> list[Failure]:
    """How failures spread, in the order of time, then of step and name.

    An asset fails when all alternatives of one of its needs have failed, after its backup. It does not recover. Loops
    end, since every asset fails once.

    Parameters
    ----------
    failed_min : mapping of str to float
        When assets fail by themselves.
    needs : iterable of Need
    """
    needs = list(needs)
    users: dict[str, list[int]] = {}
    for number, need in enumerate(needs):
        for asset in set(need.one_of):
            users.setdefault(asset, []).append(number)
    left = [set(need.one_of) for need in needs]
    waiting: list[tuple[float, int, str, tuple[str, ...]]] = [
        (minute, 0, asset, ()) for asset, minute in failed_min.items()
    ]
    heapq.heapify(waiting)
    found: dict[str, Failure] = {}
    while waiting:
        minute, step, asset, because = heapq.heappop(waiting)
        if asset in found:
            continue
        found[asset] = Failure(asset, step, minute, because)
        for number in users.get(asset, ()):
            left[number].discard(asset)
            need = needs[number]
            if not left[number] and need.asset not in found:
                latest = max(found[other].step for other in need.one_of)
                heapq.heappush(waiting, (minute + need.backup_min, latest + 1, need.asset, need.one_of))
    return list(found.values())

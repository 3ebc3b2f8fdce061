"""The account of water of a run, kept in float64 beside the float32 fields."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..common.errors import InputError
from .constants import MM_H

STORED = "_stored_m3"
"""Behind the name of a store: what it holds at the end, in SUMMARY and in the account of each output step."""
MOST_ERROR = 1e-3
"""Share of all the water that may be created or lost: above it the result means nothing."""


@dataclass
class Store:
    """The account of water that a process holds beside the terrain: a network of drains, a garage, a tank; m³.

    What passes between it and the terrain is also a volume of the terrain's account.

    Attributes
    ----------
    initial_m3 : float
        Held at the start.
    stored_m3 : float
        Held now, as the store itself knows it: not computed from the other volumes.
    from_terrain_m3, to_terrain_m3 : float
        Passed to it and back.
    gained_m3, lost_m3 : float
        From and to elsewhere: a base flow, an outfall into the sea.
    engine_error_m3 : float or None
        Created (positive) or lost (negative) by another program that computes the store, as far as the exchange with
        the terrain has not made up for it. None: there is no such program.
    corrected_m3 : float or None
        Created or lost by that program and made up for: taken from what enters the store, or added to it.
    """

    initial_m3: float = 0.0
    stored_m3: float = 0.0
    from_terrain_m3: float = 0.0
    to_terrain_m3: float = 0.0
    gained_m3: float = 0.0
    lost_m3: float = 0.0
    engine_error_m3: float | None = None
    corrected_m3: float | None = None

    @property
    def error_m3(self) -> float:
        """Water created (positive) or lost (negative) in the store, but for `engine_error_m3`."""
        kept = self.initial_m3 + self.from_terrain_m3 + self.gained_m3 - self.to_terrain_m3 - self.lost_m3
        return self.stored_m3 - kept - (self.engine_error_m3 or 0.0)


class Ledger:
    """Volumes in cubic metres; all but `stored_m3` are counted where water is added or taken, not from the depths.

    Parameters
    ----------
    added, taken : iterable of str
        Names of the volumes that processes add and take.

    Attributes
    ----------
    initial_m3, stored_m3 : float
        Water at the start and at the end.
    added, taken : dict of str to float
        The volumes by name.
    parts : dict of str to dict of str to float
        Volumes that are accounted for in parts, as those over edges by side: by name and part. The parts of one add up
        to it.
    stores : dict of str to Store
        Water that processes hold beside the terrain, by name.
    """

    def __init__(self, added: Iterable[str], taken: Iterable[str]) -> None:
        self.initial_m3 = 0.0
        self.stored_m3 = 0.0
        self.added = dict.fromkeys(added, 0.0)
        self.taken = dict.fromkeys(taken, 0.0)
        self.parts: dict[str, dict[str, float]] = {}
        self.stores: dict[str, Store] = {}

    @property
    def given_m3(self) -> float:
        """The initial volume plus all that was added: what the error is related to."""
        total = self.initial_m3
        for volume in self.added.values():
            total += volume
        return total

    @property
    def expected_m3(self) -> float:
        """What must be on the terrain."""
        total = self.given_m3
        for volume in self.taken.values():
            total -= volume
        return total

    @property
    def error_m3(self) -> float:
        """Water created (positive) or lost (negative) by the computation."""
        return self.stored_m3 - self.expected_m3

    @property
    def relative_error(self) -> float:
        """Error as a share of the initial volume plus all that was added; 0 when there was no water."""
        return self.error_m3 / self.given_m3 if self.given_m3 > 0 else 0.0

    @property
    def system_error(self) -> float:
        """Error of terrain and stores together, as a share of all water that was there at the start or came from
        outside; what only passed between them is not counted, and what another program created or lost is a part of
        its own. Without stores it is `relative_error`.
        """
        stores = self.stores.values()
        passed_m3 = sum(store.to_terrain_m3 for store in stores)
        given_m3 = self.given_m3 - passed_m3 + sum(store.initial_m3 + store.gained_m3 for store in stores)
        error_m3 = self.error_m3 + sum(store.error_m3 for store in stores)
        return error_m3 / given_m3 if given_m3 > 0 else 0.0

    def check(self) -> None:
        """Raise InputError where so much water was created or lost that the result means nothing."""
        if not max(abs(self.relative_error), abs(self.system_error)) <= MOST_ERROR:
            raise InputError(
                "The mass error is {error:.1e} of all the water, above {limit:g}: the result cannot be used and was "
                "not written. Look for extreme heights or inflows, choose other cells, and report the case.",
                error=max(self.relative_error, self.system_error, key=abs),
                limit=MOST_ERROR,
            )

    def book_losses(self, losses_mm_h: Mapping[str, float], volume_m3: float) -> None:
        """Share out what a sweep took by the rates; the last one gets the rest, so that the shares add up to 1."""
        rate_m_s, rest, left = sum(losses_mm_h.values()) * MM_H, 1.0, len(losses_mm_h)
        for name, rate_mm_h in losses_mm_h.items():
            left -= 1
            share = rate_mm_h * MM_H / rate_m_s if left else rest
            self.taken[name] += volume_m3 * share
            rest -= share

    def row(self, stored_m3: float) -> dict[str, float]:
        """The account while so much is stored: every volume, behind it its parts, what is stored and the error.

        The name of a part is that of its volume with the part before the unit, such as boundary_out_north_m3.
        """
        result = {"initial_m3": self.initial_m3}
        for name, volume in (self.added | self.taken).items():
            result[name] = volume
            stem = name.removesuffix("_m3")
            result |= {f"{stem}_{part}_m3": share for part, share in self.parts.get(name, {}).items()}
        result |= {name + STORED: store.stored_m3 for name, store in self.stores.items()}
        return result | {"stored_m3": stored_m3, "error_m3": stored_m3 - self.expected_m3}

    def figures(self) -> dict[str, float]:
        """The account as SUMMARY has it."""
        return {
            "initial_m3": self.initial_m3,
            **self.added,
            **self.taken,
            "stored_m3": self.stored_m3,
            "error_m3": self.error_m3,
            "mass_error": self.relative_error,
            "system_error": self.system_error,
            **{name + STORED: store.stored_m3 for name, store in self.stores.items()},
            **{f"{name}_error_m3": store.error_m3 for name, store in self.stores.items()},
            **{
                f"{name}_{kind}": volume
                for name, store in self.stores.items()
                for kind in ("engine_error_m3", "corrected_m3")
                if (volume := getattr(store, kind)) is not None
            },
        }


@dataclass
class Counts:
    """What the steps add up to; samples are counted at looks, over all cells."""

    steps: int = 0
    updates: int = 0
    capped_samples: int = 0
    wet_samples: int = 0
    fast_samples: int = 0
    peak_m3: float = 0.0
    peak_s: float = 0.0
    shortest_s: float = math.inf
    longest_s: float = 0.0
    fast_share_peak: float = 0.0
    most_wet: int = 0
    most_fast: int = 0

    def sample(self, wet: int, fast: int, capped: int) -> None:
        """Add the wet, supercritical and capped cells of a look."""
        self.wet_samples += wet
        self.fast_samples += fast
        self.capped_samples += capped
        self.most_wet, self.most_fast = max(self.most_wet, wet), max(self.most_fast, fast)
        if wet:
            self.fast_share_peak = max(self.fast_share_peak, fast / wet)

    def figures(self, cells: int, wall_s: float) -> dict[str, Any]:
        """The counts as SUMMARY has them, of a run over so many cells that took `wall_s`."""
        return {
            "steps": self.steps,
            "shortest_step_s": self.shortest_s,
            "longest_step_s": self.longest_s,
            "wall_s": wall_s,
            "updates_per_s": self.updates / max(wall_s, 1e-9),
            "skipped_share": 1.0 - self.updates / max(self.steps * cells, 1),
            "peak_volume_m3": self.peak_m3,
            "peak_volume_time_s": self.peak_s,
            "capped_share": self.capped_samples / max(self.wet_samples, 1),
            "supercritical_share": self.fast_samples / max(self.wet_samples, 1),
            "supercritical_share_peak": self.fast_share_peak,
            "supercritical_extent_peak": self.most_fast / max(self.most_wet, 1),
        }

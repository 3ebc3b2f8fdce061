"""The water of zones over time: volume, wet area and depths, how they change, and what comes in besides rain."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.tables import columns

COLUMNS = columns(
    """
    zone text Name of the zone; empty for all else
    kind text zone, outside (the cells of no zone) or all
    time_min real Minutes from the start
    area_m2 real Area of the cells whose centre lies in the zone
    volume_m3 real Water on them
    wet_area_m2 real Area of those that are at least WET_DEPTH_M deep
    max_depth_m real Greatest depth
    mean_depth_m real Mean depth of the wet ones; empty where all are dry
    change_m3 real Change of the volume since the time before
    rain_m3 real Rain on the zone since the time before; empty where it is not known
    exchange_m3 real The change without the rain: net flow from around, less what ground and drains took
    """
)
ZONE, OUTSIDE, ALL = "zone", "outside", "all"
"""Kinds of rows."""
MOST_ROWS = 5_000_000
CLOSED_TO = 1e-4
"""Share of the stored water by which the zones may miss it: RESULT has rounded float32 depths."""


@dataclass(frozen=True)
class ZoneState:
    """Zones at one time; arrays with the cells of no zone first, then each zone, then all."""

    minutes: float
    volume_m3: NDArray[np.float64]
    wet_area_m2: NDArray[np.float64]
    max_depth_m: NDArray[np.float64]
    mean_depth_m: NDArray[np.float64]


@dataclass
class ZoneBalance:
    """Adds up the water of zones, one time after the other.

    Parameters
    ----------
    labels : int array, shape (faces,)
        Zone of each face, from 1; 0 outside all of them.
    names : sequence of str
        Of the zones, in the order of the labels.
    face_m2 : float
        Area of a face.
    wet_m : float
        Depth from which a face is wet.

    Attributes
    ----------
    states : list of ZoneState

    Raises
    ------
    InputError
        When no zone has a face.
    """

    labels: NDArray[np.integer[Any]]
    names: Sequence[str]
    face_m2: float
    wet_m: float
    states: list[ZoneState] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._faces = self._counted(np.ones(len(self.labels)))
        if not self._faces[1:-1].any():
            raise InputError(
                "No zone holds the centre of a cell of the result: check the CRS of ZONES, and that the zones are "
                "larger than cells."
            )

    @property
    def area_m2(self) -> NDArray[np.float64]:
        """Area of the faces outside, of each zone and of all."""
        return self._faces * self.face_m2

    def require_rows(self, times: int) -> None:
        """Raise InputError where so many zones and times make a table that nobody can use."""
        if times * len(self._faces) > MOST_ROWS:
            raise InputError(
                "{zones:,} zones at {times} times make more than {most:,} rows: choose fewer zones, or simulate with a "
                "longer output step.",
                zones=len(self.names),
                times=times,
                most=MOST_ROWS,
            )

    def empty(self) -> list[str]:
        """The zones that hold no centre of a face."""
        return [name for name, count in zip(self.names, self._faces[1:-1], strict=True) if not count]

    def add(self, minutes: float, depth_m: NDArray[np.float64], water_m: NDArray[np.float64]) -> None:
        """Add a time.

        Parameters
        ----------
        minutes : float
        depth_m : array, shape (faces,)
            Depth of each face: its greatest one where it has several cells.
        water_m : array, shape (faces,)
            Its water as a depth over the whole face: the same as `depth_m` where it is one cell.
        """
        wet = depth_m >= self.wet_m
        wet_faces, volume = self._counted(wet), self._counted(water_m) * self.face_m2
        deep = self._counted(np.where(wet, depth_m, 0.0))
        greatest = np.zeros(len(self.names) + 1)
        np.maximum.at(greatest, self.labels, depth_m)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.where(wet_faces > 0, deep / wet_faces, math.nan)
        most = np.append(greatest, greatest.max(initial=0.0))
        self.states.append(ZoneState(minutes, volume, wet_faces * self.face_m2, most, mean))

    def rows(self, rain_m: Sequence[float] | None) -> Iterator[dict[str, Any]]:
        """The values by `COLUMNS`, time after time: the zones that have faces, what is outside, and all.

        Parameters
        ----------
        rain_m : sequence of float, or None
            Rain from the start to each time, as a depth over every face; None where it is not known.
        """
        area = self.area_m2
        order = [*(n for n in range(1, len(self.names) + 1) if self._faces[n]), 0, len(self.names) + 1]
        for number, state in enumerate(self.states):
            before = self.states[number - 1] if number else state
            change = state.volume_m3 - before.volume_m3
            rain = None if rain_m is None else area * (rain_m[number] - (rain_m[number - 1] if number else 0.0))
            for n in order:
                kind = OUTSIDE if n == 0 else ALL if n > len(self.names) else ZONE
                yield {
                    "zone": self.names[n - 1] if kind == ZONE else None,
                    "kind": kind,
                    "time_min": state.minutes,
                    "area_m2": area[n],
                    "volume_m3": state.volume_m3[n],
                    "wet_area_m2": state.wet_area_m2[n],
                    "max_depth_m": state.max_depth_m[n],
                    "mean_depth_m": state.mean_depth_m[n],
                    "change_m3": change[n],
                    "rain_m3": None if rain is None else rain[n],
                    "exchange_m3": None if rain is None else change[n] - rain[n],
                }

    def _counted(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """Sums outside, of each zone and of all."""
        sums = np.bincount(self.labels, values, len(self.names) + 1)
        return np.append(sums, sums.sum())


def missed(volumes_m3: Sequence[float], stored_m3: Sequence[float], given_m3: float) -> float:
    """The largest share of all the water by which sums over zones miss what was stored; 0 without water.

    Parameters
    ----------
    volumes_m3, stored_m3 : sequences of one length
        By time.
    given_m3 : float
        All the water that the run got: a run that has nearly dried up is not judged by its last puddle.
    """
    apart = max((abs(a - b) for a, b in zip(volumes_m3, stored_m3, strict=True)), default=0.0)
    return apart / given_m3 if given_m3 > 0 else 0.0

"""Boxes as services write them, in any CRS and order of axes, to longitude and latitude."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .bbox import BoundingBox, touches
from .crs import area_of
from .crs_registry import CRS84, WGS84, CrsRegistry, canonical, clamped, definition, is_geographic, known
from .messages import Message
from .remarks import remark

MARGIN_DEG = 1.0
_WORLD = (CRS84, WGS84)


@dataclass(frozen=True)
class _Reading:
    """One way to understand four numbers."""

    crs: str
    turned: bool
    box: BoundingBox
    is_in_area: bool


def box_in_degrees(
    numbers: Sequence[float], names: Iterable[str], what: str = "", *, y_first: bool | None = False
) -> BoundingBox | None:
    """The box in degrees of two corners in a CRS.

    A reading is right where it lies in degrees and touches the area of its CRS. The first of these is tried first: the
    first CRS in the order of axes that is expected, the same the other way round, then the other CRSs. Corners that
    were exchanged are put in order; where west lies beyond east it is the narrower of the two boxes that this can mean.
    What was taken instead of the first reading, or left out, is remarked.

    Parameters
    ----------
    numbers : sequence of float
        The first corner, then the second.
    names : iterable of str
        The CRS that stands beside the box, then those that it may be in instead; unknown ones are left out.
    what : str
        Title of the layer, for remarks.
    y_first : bool or None
        Whether latitude or northing comes first in the first CRS; None where x comes first without a doubt.
    """
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        return None
    found: _Reading | None = None
    first = True
    for reading in _readings(numbers, names, y_first):
        if reading is not None and reading.is_in_area:
            if not first:
                remark(
                    "The extent of '{what}' does not fit what its service says of it: it was read in {crs}{order}.",
                    what=what,
                    crs=reading.crs,
                    order=Message(", northing or latitude first") if reading.turned else "",
                )
            return reading.box
        found, first = found or reading, False
    if found is not None and is_geographic(found.crs):
        remark("The extent of '{what}' lies outside the area of {crs}.", what=what, crs=found.crs)
        return found.box
    remark("The extent of '{what}' fits none of its coordinate systems: it was left out.", what=what)
    return None


def _readings(numbers: Sequence[float], names: Iterable[str], y_first: bool | None) -> Iterator[_Reading | None]:
    crss = list(dict.fromkeys(name for name in map(canonical, names) if known(name)))
    # Metres of this size lie around the origin of a projection: nobody means them.
    small = max(map(abs, numbers)) <= 540
    for number, crs in enumerate(crss):
        if number and small and not is_geographic(crs):
            continue
        expected = bool(y_first) and number == 0
        for turned in (expected,) if y_first is None else (expected, not expected):
            yield _reading(numbers, crs, turned)


def _reading(numbers: Sequence[float], crs: str, turned: bool) -> _Reading | None:
    a, b, c, d = (numbers[1], numbers[0], numbers[3], numbers[2]) if turned else numbers
    low, high = min(b, d), max(b, d)
    if crs in _WORLD or is_geographic(crs):
        box = _degrees(a, low, c, high)
    else:
        box = CrsRegistry().box((min(a, c), low, max(a, c), high), crs)
    if box is None or not all(map(math.isfinite, (box.west, box.south, box.east, box.north))):
        return None
    return _Reading(crs, turned, box, crs in _WORLD or _in_area(box, crs))


def _degrees(west: float, south: float, east: float, north: float) -> BoundingBox | None:
    """The box of sides in degrees; of 0 to 360 as well, and with a slip of a degree."""
    if south < -91 or north > 91 or max(abs(west), abs(east)) > 540:
        return None
    if west > east:
        # Exchanged corners, or a box across the 180th meridian.
        if west - east < east + 360 - west:
            west, east = east, west
    elif east - west < 360 and east > 181:
        west, east = (west - 360, east - 360) if west >= 180 else (west, east - 360)
    return clamped(west, south, east, north)


def _in_area(box: BoundingBox, crs: str) -> bool:
    area = area_of(definition(crs))
    if area is None:
        return True
    west, south, east, north = area
    m = MARGIN_DEG
    return touches(box, BoundingBox(west - m, max(-90.0, south - m), east + m, min(90.0, north + m)))

"""The sentence that says why a building has its class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .cells import FloatArray, IntArray
from .ingress import THRESHOLD_M, Contacts, Openings


def clock(minutes: float) -> str:
    """Minutes as hours and minutes: 95 is '01:35'."""
    whole = int(minutes + 0.5)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def explain(
    classes: FloatArray,
    depth_m: FloatArray,
    contacts: Contacts,
    openings: Openings | None,
    worst: IntArray,
    first: IntArray,
    basement: NDArray[np.bool_],
    reach_m: float,
    cells: IntArray,
) -> NDArray[np.object_]:
    """One sentence for each building, such as "main door, sill 3.42 m, water 3.71 m at 01:35, 0.29 m above".

    Parameters
    ----------
    classes, depth_m : ndarray, shape (n,)
        Class, and greatest depth in the ring (inf where only a level is known).
    contacts : Contacts
    openings : Openings or None
    worst, first : ndarray of int64, shape (n,)
        The contact with the greatest height, and the one where water first came in; -1 without any.
    basement : ndarray of bool, shape (n,)
    reach_m : float
        Width of the ring.
    cells : ndarray of int64, shape (n,)
        Cells of the ring.
    """
    result = np.empty(len(classes), object)
    for row, number in enumerate(classes):
        if np.isnan(number):
            result[row] = (
                "unknown: no water data around the building" if cells[row] else "unknown: not on the water raster"
            )
        elif number == 0:
            deepest = f": at most {depth_m[row]:.2f} m within {reach_m:.3g} m of the walls" if depth_m[row] > 0 else ""
            result[row] = f"no water at the building{deepest}"
        elif number == 1:
            result[row] = _dry(contacts, openings, int(worst[row]), float(depth_m[row]))
        else:
            result[row] = _wet(contacts, openings, int(worst[row]), int(first[row]), bool(basement[row]))
    return result


def _wet(contacts: Contacts, openings: Openings | None, worst: int, first: int, basement: bool) -> str:
    text = f"{_sill(contacts, openings, worst)}, {_water(contacts, worst)}, {_apart(contacts, worst)} above"
    when = contacts.first_min[first] if first >= 0 else np.nan
    if not np.isnan(when) and (first != worst or when != contacts.peak_min[worst]):
        way = f" by the {_name(contacts, openings, first)}" if first != worst else ""
        text += f"; first in{way} at {clock(float(when))}"
    return f"{text}; basement reached" if basement else text


def _dry(contacts: Contacts, openings: Openings | None, worst: int, depth_m: float) -> str:
    outside = f"{depth_m:.2f} m deep outside" if np.isfinite(depth_m) else "water outside"
    if worst < 0:
        return f"dry inside: {outside}, none at the openings"
    above = contacts.above_m[worst]
    if np.isnan(above):
        return f"dry inside: {outside}, none at the {_name(contacts, openings, worst)}"
    below = f"{_apart(contacts, worst)} below"
    return f"dry inside: {_sill(contacts, openings, worst)}, {_water(contacts, worst)}, {below}; {outside}"


def _sill(contacts: Contacts, openings: Openings | None, row: int) -> str:
    name, sill_m = _name(contacts, openings, row), contacts.sill_m[row]
    if np.isnan(sill_m):
        return f"threshold {THRESHOLD_M:g} m above the ground outside"
    if contacts.opening[row] < 0:
        return f"{name} {sill_m - THRESHOLD_M:.2f} m plus threshold {THRESHOLD_M:g} m"
    return f"{name}, sill {sill_m:.2f} m"


def _water(contacts: Contacts, row: int) -> str:
    peak = contacts.peak_min[row]
    at = "" if np.isnan(peak) else f" at {clock(float(peak))}"
    if np.isnan(contacts.sill_m[row]) or np.isnan(contacts.level_m[row]):
        return f"water {contacts.depth_m[row]:.2f} m deep{at}"
    limited = contacts.level_m[row] - contacts.sill_m[row] > contacts.above_m[row] + 0.005
    deep = f" ({contacts.depth_m[row]:.2f} m deep)" if limited else ""
    return f"water {contacts.level_m[row]:.2f} m{deep}{at}"


def _apart(contacts: Contacts, row: int) -> str:
    """The height above or below the sill, as the difference of the two figures that the sentence shows."""
    level_m, sill_m, above_m = contacts.level_m[row], contacts.sill_m[row], contacts.above_m[row]
    if abs(level_m - sill_m - above_m) < 0.005:
        above_m = round(float(level_m), 2) - round(float(sill_m), 2)
    return f"{abs(above_m):.2f} m" if abs(above_m) >= 0.005 else "less than 0.01 m"


def _name(contacts: Contacts, openings: Openings | None, row: int) -> str:
    number = contacts.opening[row]
    return str(openings.label[number]) if openings is not None and number >= 0 else "ground floor"

"""How coordinates of GeoJSON are read whose service names no CRS, or is wrong about it: judged by the first rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ...common.bbox import BoundingBox, rectangles, touches
from ...common.crs import area_of
from ...common.crs_registry import CRS84, WGS84, CrsRegistry, canonical, definition, guess, is_geographic, known
from ...common.errors import InputError
from ...common.messages import Message
from ..adapter import Feature

Bounds = NDArray[np.float64]
"""Rows of min x, min y, max x, max y; NaN where there is no geometry."""

WORLD = ("", CRS84, WGS84)
TURNED = Message("The service sends its coordinates in another order of axes than it says: this was put right.")
EITHER = Message(
    "The coordinates of the service lie where its layer is said to be in either order of axes: the first was taken for "
    "east. Check the rows on the map."
)
_MARGIN_DEG = 0.5
DIFFERENT_DEG = 0.001
"""Places further apart, some 100 m, are two."""
MOST, FEW = 0.9, 0.1
"""Shares of the rows that decide about an order of axes."""


@dataclass(frozen=True)
class Reading:
    """How coordinates are read: their CRS with x first, and whether y comes first against the rule of GeoJSON."""

    crs: str = CRS84
    turned: bool = False

    def degrees(self, shapes: NDArray[Any]) -> NDArray[Any]:
        """Geometries in degrees, longitude first; None stays None, heights stay as they are.

        Raises
        ------
        InputError
            Where a position cannot be brought to degrees.
        """
        if self.turned:
            shapes = _turned(shapes)
        if self.crs in WORLD:
            return shapes
        registry = CrsRegistry()
        return _array([None if shape is None else registry.transformed(shape, self.crs, CRS84) for shape in shapes])

    def placed(self, pages: Iterator[list[Feature]]) -> Iterator[list[Feature]]:
        """Pages of features with their geometries in degrees."""
        if self == AS_IT_STANDS:
            yield from pages
            return
        for page in pages:
            blobs = [row.geometry for row in page]
            found = shapely.to_wkb(self.degrees(shapely.from_wkb(_array(blobs))), flavor="iso")
            yield [replace(row, geometry=blob) for row, blob in zip(page, found, strict=True)]


AS_IT_STANDS = Reading()


def read_pages(
    pages: Iterator[list[Feature]],
    names: Sequence[str],
    box: BoundingBox | None,
    notes: Callable[[str], None],
    named: str = "",
) -> Iterator[list[Feature]]:
    """Pages of features in degrees, longitude first, read as the first of them that has geometries.

    Parameters and errors as of `reading_of`.
    """
    reading: Reading | None = None
    for page in pages:
        if reading is None:
            shapes = shapely.from_wkb(_array([row.geometry for row in page]), on_invalid="ignore")
            bounds = shapely.bounds(shapes).reshape(-1, 4)
            reading = None if np.isnan(bounds).all() else reading_of(bounds, names, box, notes, named)
        yield from (reading or AS_IT_STANDS).placed(iter([page]))


def reading_of(
    bounds: Bounds, names: Sequence[str], box: BoundingBox | None, notes: Callable[[str], None], named: str = ""
) -> Reading:
    """How the coordinates of a first page are read.

    Degrees are taken as such, the other way round where only that fits the box of the layer. What is no degrees is in
    the first of the CRSs, in either order of axes, that puts it into the box, or without a box into the CRS's area; at
    last in the one that its numbers give away.

    Parameters
    ----------
    bounds : array (n, 4)
        Of each geometry.
    names : sequence of str
        CRSs that the service names for the layer, the likeliest first.
    box : BoundingBox or None
        Where the layer lies by its own word, in degrees.
    notes : callable
        Takes a sentence where something other than what stands there was taken.
    named : str
        The CRS that stands in the reply itself, which needs no guess; "" or CRS84 for none.

    Raises
    ------
    InputError
        Where the coordinates are no degrees, and no CRS fits them.
    """
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if named not in WORLD and not known(named) and not in_degrees(bounds):
        # One that nobody here knows says nothing: the record may name another one.
        named = ""
    degrees = is_geographic(named)
    if named not in WORLD and not degrees:
        notes(Message("The service sends its coordinates in {name}, not in degrees.", name=_shown(named)))
    if named not in WORLD and (not degrees or in_degrees(bounds)):
        return Reading(named, is_turned(bounds, named, box, notes))
    if in_degrees(bounds):
        return Reading(CRS84, is_turned(bounds, CRS84, box, notes))
    candidates = dict.fromkeys(name for name in map(canonical, names) if name not in WORLD and known(name))
    for crs in candidates:
        for turned in (False, True):
            if _fits(bounds, Reading(crs, turned), box):
                notes(
                    Message(
                        "The service sends coordinates that are no degrees and names no other coordinate system: they "
                        "were taken for {crs}, that of its layer.",
                        crs=_shown(crs),
                    )
                )
                if not turned and _fits_either(bounds, crs, box):
                    notes(EITHER)
                return Reading(crs, turned)
    if in_degrees(bounds[:, [1, 0, 3, 2]]) and _fits(bounds, Reading(CRS84, True), box):
        notes(TURNED)
        return Reading(CRS84, True)
    (low_x, low_y), (high_x, high_y) = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    whole = guess((float(low_x), float(low_y), float(high_x), float(high_y)))
    if whole.crs and _fits(bounds, Reading(whole.crs, whole.swap), box):
        notes(
            Message(
                "The service sends coordinates that are no degrees and names no other coordinate system: by their "
                "numbers they were taken for {crs}.",
                crs=whole.crs,
            )
        )
        return Reading(whole.crs, whole.swap)
    raise InputError(
        "The service sends coordinates that are no degrees and names no other coordinate system: give it one in its "
        "record."
    )


def in_degrees(bounds: Bounds) -> bool:
    """Whether most geometries have numbers that can be longitude and latitude; True without any."""
    if not len(bounds):
        return True
    low = (np.abs(bounds[:, [0, 2]]).max(axis=1) <= 360) & (np.abs(bounds[:, [1, 3]]).max(axis=1) <= 90.001)
    return bool(low.mean() >= 0.5)


def share_within(bounds: Bounds, box: BoundingBox, surroundings: float = 0.5) -> float:
    """The share of bounds in degrees that meet a box and its surroundings, by default of half its size."""
    hits = np.zeros(len(bounds), bool)
    for west, south, east, north in rectangles(box):
        x, y = (abs(east - west) + 0.01) * surroundings, (north - south + 0.01) * surroundings
        meets = (bounds[:, 2] >= west - x) & (bounds[:, 0] <= east + x)
        hits |= meets & (bounds[:, 3] >= south - y) & (bounds[:, 1] <= north + y)
    return float(hits.mean()) if len(hits) else 0.0


def is_turned(bounds: Bounds, crs: str, box: BoundingBox | None, notes: Callable[[str], None]) -> bool:
    """Whether the other order of axes, and only that, puts coordinates where the layer is said to be.

    Without a box that is the area of a projection; `bounds` have x first as far as the service is right. Degrees
    that do so in both orders stay as they are, with a note.
    """
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    area = area_of(definition(crs)) if box is None and not is_geographic(crs) else None
    box = BoundingBox(*area) if area else box
    if box is None or not len(bounds):
        return False
    orders = [_moved(bounds, Reading(crs, turned)) for turned in (False, True)]
    right, wrong = (share_within(order, box) for order in orders)
    if wrong > MOST and right > MOST:
        right, wrong = (share_within(order, box, 0.0) for order in orders)
        doubtful = wrong > MOST and right > MOST and is_geographic(crs) and not _is_world(box)
        if doubtful and _differ(*orders):
            notes(EITHER)
    if wrong > MOST and right < FEW:
        notes(TURNED)
        return True
    return False


def _fits_either(bounds: Bounds, crs: str, box: BoundingBox | None) -> bool:
    """Whether both orders of axes put coordinates into the box of the layer, or the area of the CRS, at two places."""
    area = area_of(definition(crs))
    place = box or (BoundingBox(*area) if area else None)
    if place is None or _is_world(place) or not _fits(bounds, Reading(crs, True), box):
        return False
    return _differ(*(_moved(bounds, Reading(crs, turned)) for turned in (False, True)))


def _differ(first: Bounds, other: Bounds) -> bool:
    """Whether two readings put coordinates at places that a map of their layer tells apart."""
    return not np.allclose(first, other, rtol=0.0, atol=DIFFERENT_DEG)


def _is_world(box: BoundingBox) -> bool:
    """Whether a box says nothing, since it holds a whole hemisphere: services that know no better send it."""
    return any(abs(east - west) >= 180.0 or north - south >= 90.0 for west, south, east, north in rectangles(box))


def _shown(crs: str) -> str:
    """A CRS for people: its code, or the name in its WKT."""
    found = definition(crs) if "[" in crs else None
    return crs if found is None else str(found.name)


def _fits(bounds: Bounds, reading: Reading, box: BoundingBox | None) -> bool:
    """Whether a reading puts most geometries into the box of the layer, or without one into the area of its CRS."""
    found = _moved(bounds, reading)
    found = found[np.isfinite(found).all(axis=1)]
    if len(found) * 2 < len(bounds):
        return False
    area = area_of(definition(reading.crs))
    place = BoundingBox(*area) if area else BoundingBox(-180.0, -90.0, 180.0, 90.0)
    if box is not None and touches(box, place):
        # The box of a whole country says less than the area of a zone: both must hold.
        return share_within(found, box) > 0.9 and _share_inside(found, place) > 0.5
    return box is None and _share_inside(found, place) > 0.9


def _share_inside(bounds: Bounds, place: BoundingBox) -> float:
    m = _MARGIN_DEG
    hits = np.zeros(len(bounds), bool)
    for west, south, east, north in rectangles(place):
        x, y = (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2
        hits |= (x >= west - m) & (x <= east + m) & (y >= south - m) & (y <= north + m)
    return float(hits.mean()) if len(hits) else 0.0


def _moved(bounds: Bounds, reading: Reading) -> Bounds:
    """Bounds in degrees; not finite where a CRS does not reach."""
    if reading.turned:
        bounds = bounds[:, [1, 0, 3, 2]]
    if reading.crs in WORLD or not len(bounds):
        return bounds
    change = CrsRegistry().transformer(reading.crs, CRS84)
    x, y = change.transform(bounds[:, [0, 0, 2, 2]], bounds[:, [1, 3, 1, 3]])
    return np.column_stack([x.min(axis=1), y.min(axis=1), x.max(axis=1), y.max(axis=1)])


def _turned(shapes: NDArray[Any]) -> NDArray[Any]:
    swapped: NDArray[Any] = shapely.transform(
        shapes, lambda found: np.column_stack([found[:, 1], found[:, 0], *found.T[2:]]), include_z=True
    )
    flat = ~shapely.has_z(shapes)
    swapped[flat] = shapely.force_2d(swapped[flat])
    return swapped


def _array(values: Sequence[object]) -> NDArray[Any]:
    """Objects as an array of one dimension."""
    found = np.empty(len(values), object)
    found[:] = values
    return found

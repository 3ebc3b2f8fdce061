"""The tables of twin:visibility: columns with units, and the rows of observers and of landmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely

from ..common.prisms import Floats
from ..common.tables import columns
from .observers import Observers
from .visibility import GROUND, LandmarkView, SeenGround

KINDS = ("green", "water")
"""Kinds of ground, whose numbers on the raster are 1, 2."""
TERRAIN = "terrain"
"""Stands for the terrain among ids of buildings."""
NAMED = 3
"""How many of the buildings that hide a landmark are named."""
SAME_M2 = 0.05
"""What a scheme changes less is no change."""

OBSERVERS = columns("""
    observer_id text Observer
    name text Name
    eye_m real Elevation of the eye
    along_m real Distance along the path; empty for single points
    visible_m2 real Area whose target the observer sees
    visible_share real Its share of what lies within reach and field of view
    farthest_m real Distance of the farthest cell that is seen
    green_m2 real Area of green that is seen
    green_deg real Width of the panorama that shows green
    green_sr real Solid angle of green
    water_m2 real Area of water that is seen
    water_deg real Width of the panorama that shows water
    water_sr real Solid angle of water
    landmarks integer Landmarks of which something is seen
    landmark_share real Largest share of a landmark's facade that is seen
    visible_before_m2 real Area that was seen before the scheme
    green_before_m2 real Area of green that was seen before
    green_before_deg real Width of the panorama that showed green before
    water_before_m2 real Area of water that was seen before
    water_before_deg real Width of the panorama that showed water before
    landmarks_before integer Landmarks of which something was seen before
    landmarks_lost integer Landmarks of which nothing is seen any more
""")
LANDMARKS = columns("""
    observer_id text Observer
    observer text Name of the observer
    landmark_id text Landmark
    landmark text Name of the landmark
    distance_m real Distance to the middle of the landmark
    facade_m2 real Area of the facade above ground
    facing_m2 real What of it faces the observer within reach and field of view
    visible_m2 real What the observer sees
    share real Share of the facade that is seen
    facing_share real Share of what faces the observer that is seen
    hidden_by text Buildings that hide most, or terrain
    hidden_m2 real What is hidden of the part that faces the observer
    before_m2 real What was seen before the scheme
    before_share real Share of the facade that was seen before
    change text lost, less, same, more, gained, never; gone (the scheme replaces the landmark) or new
    taken_by text Buildings that take most of what was seen before
    taken_m2 real What was seen before and is hidden now
""")


def change_of(view: LandmarkView, gone: bool, new: bool) -> str | None:
    """What a scheme changes of a view, in a word; None without a scheme."""
    if gone or new:
        return "gone" if gone else "new"
    if np.isnan(view.before_m2):
        return None
    if abs(view.seen_m2 - view.before_m2) <= SAME_M2:
        return "same" if view.seen_m2 > 0 else "never"
    if view.seen_m2 <= 0 or view.before_m2 <= 0:
        return "lost" if view.seen_m2 <= 0 else "gained"
    return "less" if view.seen_m2 < view.before_m2 else "more"


def names_of(parts: dict[int, float], ids: Sequence[str]) -> str | None:
    """The objects of the greatest areas, by their ids."""
    return "; ".join(TERRAIN if n == GROUND else ids[n] for n in list(parts)[:NAMED]) or None


def landmark_row(
    view: LandmarkView,
    observers: Observers,
    landmark: tuple[str, str, float, float],
    ids: Sequence[str],
    change: str | None,
) -> tuple[shapely.Geometry, dict[str, Any]]:
    """A line from an observer to a landmark (id, name, x, y), with what is seen; `ids` are those of the bodies."""
    identity, name, x, y = landmark
    n = view.observer
    line = shapely.LineString([(observers.x[n], observers.y[n]), (x, y)])
    return line, {
        "observer_id": observers.ids[n],
        "observer": observers.names[n],
        "landmark_id": identity,
        "landmark": name,
        "distance_m": float(line.length),
        "facade_m2": view.facade_m2,
        "facing_m2": view.facing_m2,
        "visible_m2": view.seen_m2,
        "share": view.share,
        "facing_share": view.seen_m2 / view.facing_m2 if view.facing_m2 > 0 else None,
        "hidden_by": names_of(view.hidden_m2, ids),
        "hidden_m2": sum(view.hidden_m2.values()),
        "before_m2": view.before_m2,
        "before_share": view.before_share,
        "change": change,
        "taken_by": names_of(view.taken_m2, ids),
        "taken_m2": sum(view.taken_m2.values()) if change in ("lost", "less", "same", "more") else None,
    }


def observer_rows(
    observers: Observers, now: SeenGround, before: SeenGround | None, landmarks: dict[str, Floats]
) -> Iterator[tuple[shapely.Geometry, dict[str, Any]]]:
    """A point for each observer; `landmarks` has further columns by name."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = now.visible_m2 / now.reach_m2
    values: dict[str, Floats] = {
        "eye_m": observers.eye_m,
        "along_m": observers.along_m,
        "visible_m2": now.visible_m2,
        "visible_share": share,
        "farthest_m": now.farthest_m,
        **landmarks,
    }
    for n, kind in enumerate(KINDS):
        values |= {f"{kind}_m2": now.kind_m2[:, n], f"{kind}_deg": now.kind_deg[:, n], f"{kind}_sr": now.kind_sr[:, n]}
        if before is not None:
            values |= {f"{kind}_before_m2": before.kind_m2[:, n], f"{kind}_before_deg": before.kind_deg[:, n]}
    if before is not None:
        values["visible_before_m2"] = before.visible_m2
    for n in range(len(observers)):
        row = {"observer_id": observers.ids[n], "name": observers.names[n]}
        yield shapely.Point(observers.x[n], observers.y[n]), row | {name: of[n] for name, of in values.items()}

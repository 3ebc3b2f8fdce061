"""Landmarks of a review: polygons with heights, or buildings by their ids, before and after a scheme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.prisms import Bools, Ints, Prisms
from ..kernel.input_table import Entry
from ..kernel.prism_layers import read_buildings
from .city import City

SELF_SHARE = 0.5
"""A building of which more lies in a landmark is the landmark, and does not hide it."""


@dataclass(frozen=True, eq=False)
class LandmarkGroup:
    """Landmarks that stand in the same states.

    Attributes
    ----------
    places : ndarray of int64
        Which of all landmarks they are.
    source : Prisms
        The bodies whose objects they are, `objects` being their places there.
    now, before : Prisms or None
        All that stands in the states in which they stand.
    """

    places: Ints
    source: Prisms
    objects: Ints
    now: Prisms | None
    before: Prisms | None


@dataclass(frozen=True, eq=False)
class Landmarks:
    """What `read_landmarks` found: (id, name, x, y) of each landmark, and the groups in which they are looked at."""

    found: list[tuple[str, str, float, float]] = field(default_factory=list)
    groups: list[LandmarkGroup] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def read_landmarks(city: City, source: QgsFeatureSource | None, ids: Sequence[str]) -> Landmarks:
    """The landmarks of a layer, else the buildings of some ids, else none.

    Raises
    ------
    InputError
        Where both are given, the layer is empty, or no building has an id.
    """
    if source is not None and ids:
        raise InputError("LANDMARKS and LANDMARK_IDS are both given: choose one of them.")
    if source is not None:
        return _of_layer(city, source)
    return _of_ids(city, ids) if ids else Landmarks()


def _of_layer(city: City, source: QgsFeatureSource) -> Landmarks:
    """The bodies of a layer, in the place of the buildings that are the same."""
    read = read_buildings(source, "LANDMARKS", city.reader, city.terrain)
    name, bodies, notes = source.sourceName(), read.prisms, list(read.notes)
    if not len(bodies):
        raise InputError("The layer '{name}' for LANDMARKS holds no polygon: choose another one.", name=name)
    states, same = [], 0
    for state in (city.prisms, None if city.future is None else city.present):
        if state is None:
            states.append(None)
            continue
        covered = _within(state, bodies)
        same = max(same, int(covered.sum()))
        states.append(bodies.joined(state.keep(~covered)))
    if same:
        notes.append(
            Message("{n} buildings are landmarks of '{name}' themselves, and do not hide them.", n=same, name=name)
        )
    every = np.arange(bodies.objects)
    now, before = states
    source_bodies = now if before is None else before
    group = LandmarkGroup(every, source_bodies or bodies, every, now, before)
    return Landmarks(_places(bodies, every), [group], notes, [read.entry])


def _within(state: Prisms, bodies: Prisms) -> Bools:
    """Which objects lie mostly within some bodies."""
    if not state.objects:
        return np.zeros(0, bool)
    outlines, area = state.object_outlines(), shapely.union_all(bodies.outlines)
    with np.errstate(invalid="ignore"):  # which GEOS 3.11 raises where shapes do not meet
        return np.asarray(shapely.area(shapely.intersection(outlines, area)) > SELF_SHARE * shapely.area(outlines))


def _of_ids(city: City, ids: Sequence[str]) -> Landmarks:
    """Buildings of today or of the scheme."""
    now, before = city.prisms, None if city.future is None else city.present
    there, then = ({identity: n for n, identity in enumerate(state.ids)} for state in (now, before or Prisms.none()))
    unknown = [identity for identity in ids if identity not in there and identity not in then]
    if unknown:
        raise InputError(
            "No building has the id '{id}' of LANDMARK_IDS: take ids of BUILDINGS or SCHEME, such as '{example}', with "
            "';' between them.",
            id=unknown[0][:60],
            example=(now.ids or ("?",))[0][:60],
        )
    found, groups, notes = list[tuple[str, str, float, float]](), list[LandmarkGroup](), list[Message]()
    for chosen, source, place, now_too, before_too in (
        ([i for i in ids if i in there and (before is None or i in then)], before or now, then or there, True, True),
        ([i for i in ids if i in there and i not in then and before is not None], now, there, True, False),
        ([i for i in ids if i not in there], before, then, False, True),
    ):
        if not chosen or source is None:
            continue
        objects = np.array([place[identity] for identity in chosen], np.int64)
        places = np.arange(len(found), len(found) + len(chosen))
        found += _places(source, objects)
        groups.append(LandmarkGroup(places, source, objects, now if now_too else None, before if before_too else None))
        if not now_too:
            notes.append(Message("The scheme replaces the landmark {ids}.", ids=", ".join(chosen)[:200]))
    return Landmarks(found, groups, notes, [Entry(Message("LANDMARK_IDS"), len(found))])


def _places(bodies: Prisms, objects: Ints) -> list[tuple[str, str, float, float]]:
    """Id, name and middle of some objects."""
    found = []
    for n in objects.tolist():
        middle = shapely.centroid(shapely.union_all(bodies.outlines[bodies.owner == n]))
        found.append((bodies.ids[n], bodies.names[n], float(middle.x), float(middle.y)))
    return found

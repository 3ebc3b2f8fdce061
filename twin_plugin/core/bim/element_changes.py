"""Two states of a model compared element by element: by GlobalId, then by shape and place."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from ..common.progress import Progress, advance, silent
from .element_relations import CONTAINER, changed_relations
from .element_states import ElementState


class ElementChange(StrEnum):
    """What became of an element."""

    UNCHANGED = "unchanged"
    ADDED = "added"
    DELETED = "deleted"
    GEOMETRY = "geometry"
    PROPERTIES = "properties"
    BOTH = "geometry and properties"
    GUID = "GlobalId only"


@dataclass(frozen=True)
class ElementPair:
    """An element in both states, or in one of them.

    Attributes
    ----------
    moved_m : float
        How far its middle moved; NaN where it has no shape in both.
    raised_m : float
        How much of that is upward.
    grown_m : float
        The largest change of an edge of its box.
    texts : dict of str to (str, str)
        Attributes and properties that differ, with the values before and after, "" where there was none.
    relations : dict of str to (str, str)
        Material, type, container, openings and so on that differ, in the same way.
    """

    before: ElementState | None
    after: ElementState | None
    change: ElementChange
    moved_m: float = math.nan
    raised_m: float = math.nan
    grown_m: float = math.nan
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    relations: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def compare_elements(
    before: Sequence[ElementState], after: Sequence[ElementState], tolerance_m: float, progress: Progress = silent
) -> list[ElementPair]:
    """The elements of two states, those of the later one in its order, then those that were deleted."""
    matched = _by_guid(before, after)
    same = set(matched)
    taken = set(matched.values())
    rest = [row for row in range(len(before)) if row not in taken]
    matched |= _by_shape(before, rest, after, [row for row in range(len(after)) if row not in same], tolerance_m)
    pairs = []
    for row, element in enumerate(after):
        if row % 512 == 0:
            advance(progress, row / max(len(after), 1))
        if row in matched:
            pairs.append(_pair(before[matched[row]], element, row in same, tolerance_m))
        else:
            pairs.append(ElementPair(None, element, ElementChange.ADDED))
    there = set(matched.values())
    pairs += [
        ElementPair(element, None, ElementChange.DELETED) for row, element in enumerate(before) if row not in there
    ]
    return pairs


def _by_guid(before: Sequence[ElementState], after: Sequence[ElementState]) -> dict[int, int]:
    counts = [Counter(element.guid for element in elements) for elements in (before, after)]
    places = {element.guid: row for row, element in enumerate(before)}
    return {
        row: places[element.guid]
        for row, element in enumerate(after)
        if element.guid and counts[0][element.guid] == counts[1][element.guid] == 1
    }


def _by_shape(
    before: Sequence[ElementState], old: Sequence[int], after: Sequence[ElementState], new: Sequence[int], by_m: float
) -> dict[int, int]:
    """Rows of elements of one class and shape at one place; shapes are compared vertex by vertex."""
    cells = defaultdict[tuple[str, int], list[int]](list)
    for row in old:
        points = before[row].points
        if points is not None:
            cells[before[row].kind, len(points)].append(row)
    matched, used = dict[int, int](), set[int]()
    for row in new:
        points = after[row].points
        if points is None:
            continue
        for other in cells.get((after[row].kind, len(points)), ()):
            if other not in used and _apart_m(before[other], after[row]) <= max(by_m, 1e-3):
                matched[row] = other
                used.add(other)
                break
    return matched


def _apart_m(one: ElementState, other: ElementState) -> float:
    """The largest distance between vertices of two shapes, in their order; infinite where their numbers differ."""
    if one.points is None or other.points is None:
        return 0.0 if one.points is other.points else math.inf
    if len(one.points) != len(other.points):
        return math.inf
    return float(np.abs(one.points - other.points).max())


def _pair(before: ElementState, after: ElementState, by_guid: bool, tolerance_m: float) -> ElementPair:
    names = dict.fromkeys((*before.texts, *after.texts))
    texts = {
        name: (before.texts.get(name, ""), after.texts.get(name, ""))
        for name in names
        if before.texts.get(name, "") != after.texts.get(name, "")
    }
    related = changed_relations(before.relations, after.relations)
    if before.storey != after.storey and CONTAINER not in related:
        texts["storey"] = (before.storey, after.storey)
    moved = raised = grown = math.nan
    one, other, sizes = before.middle, after.middle, (before.size, after.size)
    if one is not None and other is not None and sizes[0] is not None and sizes[1] is not None:
        moved, raised = float(np.linalg.norm(other - one)), float(other[2] - one[2])
        grown = float(np.abs(sizes[1] - sizes[0]).max())
    shaped = _apart_m(before, after) > tolerance_m
    if not by_guid and not shaped:
        change = ElementChange.GUID
    elif shaped:
        change = ElementChange.BOTH if texts or related else ElementChange.GEOMETRY
    else:
        change = ElementChange.PROPERTIES if texts or related else ElementChange.UNCHANGED
    return ElementPair(before, after, change, moved, raised, grown, texts, related)

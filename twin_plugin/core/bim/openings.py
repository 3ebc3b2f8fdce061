"""Where water can come in: external doors, low windows, ramps, vents and metro entrances, with their sills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from ..common.keywords import holds, spaced
from .attributes import is_external, text_of, type_name
from .class_tables import ifc_classes, table
from .entities import Entity, classes_of, is_a, value
from .mesh import Mesh
from .model import Opening

NEAR_EDGE_M = 0.6
"""A door or window this near to the footprint's edge leads outside."""

ABOVE_GROUND_M = 1.5
"""Openings with a higher sill above ground are left out."""

GATE_M = 2.2
"""A door as wide as this lets cars in."""

RAMP_DROP_M = 0.5
RAMP_TOP_M = 1.0
EDGE_STEP_M = 0.2


@dataclass(frozen=True)
class Candidate:
    """An element that may be an opening, with its mesh and its storey's id ("" when unknown)."""

    element: Entity
    mesh: Mesh
    storey_id: str

    @cached_property
    def says_external(self) -> bool | None:
        """What `is_external` says of it."""
        return is_external(self.element)


def kind_of(element: Entity, use: str) -> str:
    """The kind by the first row of opening_kind.csv that fits, else that of its class; "" when it is no opening."""
    rows, kind = _rows(element.is_a(True))
    words: str | None = None
    for row in rows:
        if row["use"] not in ("", use):
            continue
        if not row["keyword"]:
            return row["kind"]
        words = _words(element) if words is None else words
        if holds(words, row["keyword"]):
            return row["kind"]
    return kind


@lru_cache(maxsize=1024)
def _rows(name: str) -> tuple[tuple[dict[str, str], ...], str]:
    """The rows of the table for a class, and what an element of it is where none fits."""
    every, kinds = classes_of(name), ifc_classes().opening
    rows = tuple(row for row in table("opening_kind") if row["class"] in every)
    return rows, next((kinds[opening] for opening in kinds if opening in every), "")


def _words(element: Entity) -> str:
    names = ("Name", "ObjectType", "PredefinedType", "Description")
    return spaced(" ".join((*(text_of(value(element, name)) for name in names), type_name(element))))


def is_opening(element: Entity) -> bool:
    """Whether elements of this class are openings whatever they are called."""
    return is_a(element, ifc_classes().opening)


@lru_cache(maxsize=1)
def candidate_classes() -> tuple[str, ...]:
    """The classes of openings, and those of which some elements are by their words (vents, entrances)."""
    return tuple(dict.fromkeys((*ifc_classes().opening, *(row["class"] for row in table("opening_kind")))))


def find_openings(
    candidates: Sequence[Candidate],
    footprint: BaseGeometry | None,
    ground: float,
    use: str,
    ramps: Mapping[int, str],
    below: BaseGeometry | None = None,
) -> list[Opening]:
    """The openings of a building.

    Parameters
    ----------
    candidates : sequence of Candidate
        Doors, windows, ramps and what else the table names.
    footprint : geometry or None
        In model metres, like everything here.
    ground : float
        Elevation of the ground floor.
    use : str
        The building's use, since a door of a metro station is a metro entrance.
    ramps : mapping of int to str
        STEP id of a ramp's flight to the GlobalId of the whole ramp.
    below : geometry, optional
        What lies below ground: a window in its walls opens into a light well, and a gate is reached by a ramp.
    """
    edge, deep = _edge(footprint), _edge(below if below is not None else footprint)
    openings: list[Opening | None] = []
    ramp_meshes: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        of_class = _rows(candidate.element.is_a(True))[1]
        if candidate.mesh.low >= ground + ABOVE_GROUND_M and of_class != "ramp":
            continue
        kind = kind_of(candidate.element, use)
        if kind == "ramp":
            whole = ramps.get(candidate.element.id(), str(candidate.element.GlobalId))
            ramp_meshes.setdefault(whole, []).append(candidate)
        elif kind:
            openings.append(_wall_opening(candidate, kind, edge, deep, ground))
    openings += [_ramp(whole, parts, ground) for whole, parts in ramp_meshes.items()]
    return [opening for opening in openings if opening is not None]


def _edge(shape: BaseGeometry | None) -> BaseGeometry | None:
    if shape is None or shape.is_empty:
        return None
    edge = shape.boundary
    shapely.prepare(edge)
    return edge


def _wall_opening(
    candidate: Candidate, kind: str, edge: BaseGeometry | None, deep: BaseGeometry | None, ground: float
) -> Opening | None:
    element, mesh = candidate.element, candidate.mesh
    sill = mesh.low
    external = candidate.says_external
    source = "property" if external else ""
    if not external:
        is_deep = sill <= ground - NEAR_EDGE_M
        # A door in the wall of a cellar leads to a stair or another cellar; a gate or a window leads outside.
        leads_out = not is_deep or kind != "door" or (_span(mesh) or 0.0) >= GATE_M
        wall = deep if is_deep else edge
        if leads_out and wall is not None and wall.distance(Point(mesh.middle)) <= NEAR_EDGE_M:
            source = "geometry"
    if not source and kind in ("vent", "metro entrance"):
        source = "name"
    if not source:
        return None
    low, high = mesh.vertices.min(axis=0), mesh.vertices.max(axis=0)
    return Opening(
        id=str(element.GlobalId),
        storey_id=candidate.storey_id,
        kind=kind,
        name=text_of(element.Name),
        x=float(low[0] + high[0]) / 2,
        y=float(low[1] + high[1]) / 2,
        sill_m=sill,
        width_m=_span(mesh),
        is_external=True,
        source=source,
    )


def _ramp(whole: str, parts: Sequence[Candidate], ground: float) -> Opening | None:
    """A ramp that leads from about the ground to below it lets water in over its upper end."""
    vertices = np.vstack([part.mesh.vertices for part in parts])
    low, high = float(vertices[:, 2].min()), float(vertices[:, 2].max())
    if low > ground - RAMP_DROP_M or abs(high - ground) > RAMP_TOP_M:
        return None
    edge = vertices[vertices[:, 2] > high - EDGE_STEP_M]
    x, y = edge[:, 0], edge[:, 1]
    return Opening(
        id=whole,
        storey_id=parts[0].storey_id,
        kind="ramp",
        name=text_of(parts[0].element.Name),
        x=float(x.min() + x.max()) / 2,
        y=float(y.min() + y.max()) / 2,
        sill_m=high,
        width_m=float(np.hypot(np.ptp(x), np.ptp(y))) or None,
        is_external=True,
        source="geometry",
    )


def _span(mesh: Mesh) -> float | None:
    """Width of a door: the longer side of the smallest rectangle around its plan."""
    hull = shapely.convex_hull(shapely.linestrings(np.round(mesh.vertices[:, :2], 3)))
    if hull.geom_type == "LineString":
        return float(hull.length) or None
    if hull.geom_type != "Polygon":
        return None
    corners = shapely.get_coordinates(hull)
    along = np.diff(corners, axis=0)
    along /= np.hypot(along[:, 0], along[:, 1])[:, None]
    # The smallest rectangle has a side along one of the hull's.
    lengths = np.ptp(along @ corners.T, axis=1)
    depths = np.ptp(np.column_stack([-along[:, 1], along[:, 0]]) @ corners.T, axis=1)
    best = int(np.argmin(lengths * depths))
    return float(max(lengths[best], depths[best]))

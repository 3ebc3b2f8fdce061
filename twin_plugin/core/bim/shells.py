"""Closed shells of buildings at a level of detail, checked against their columns; a lower level where that fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GEOSException
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from ..common.closed_solids import open_edges, volume_m3
from ..common.solid import Solid
from ..common.warnings import CodedMessage
from .closed_shell import StandingBlock, closed_body, crossings, height
from .element_triangles import ElementTriangles
from .footprint import clean_polygon, cover, join, polygons
from .inside_columns import EnvelopeColumns, Ints, columns_of
from .joined_faces import join_faces
from .mesh import Mesh
from .model import ClosedShell, Floats, RoofPart
from .plan_cells import OUTSIDE, PlanCells, dissolve, divide, lines_of, merge_small
from .roof_planes import PlanePatch, seen_from_above, seen_from_below, standing_tops
from .solids import Detail, extrude
from .storeys import Piece
from .warnings import coded

NARROW_M, SMALL_M2 = 0.12, 0.05
"""Cells of less width or area are given to a neighbour."""

LOWEST_M = 0.5
"""What rises less above the ground is no part of a building's shell: terraces, kerbs."""

THINNEST_M = 0.05
TOUCH_M = 0.1
"""Roofs whose heights differ by less along a common edge touch, and are one part of LoD 1.3."""

OPEN_SHARE = 0.25
"""Where the flood from outside reaches more of the footprint, the model is no closed envelope."""

AGREE = 0.05
"""A volume that differs from the columns' by more is implausible."""

UNKNOWN = -2
"""The number of a plane that is too small to be one."""

SECTION_M = 1.0
"""Height above each floor at which its walls are cut."""


@dataclass(frozen=True)
class ShellPlans:
    """What a shell is made of besides triangles: outline and footprint, sections of the walls, heights (m)."""

    outline: MultiPolygon
    footprint: MultiPolygon
    sections: Sequence[BaseGeometry]
    ground_m: float
    top_m: float


class ShellMaker:
    """Makes the shell of one building; its steps share the columns and the division of the plan.

    Parameters
    ----------
    triangles : ElementTriangles
        Of the elements of its shell.
    plans : ShellPlans
        In the frame of the triangles.
    """

    def __init__(self, triangles: ElementTriangles, plans: ShellPlans) -> None:
        self.triangles, self.plans, self.ground_m = triangles, plans, plans.ground_m

    def make(self, detail: Detail) -> ClosedShell:
        """The shell at a level of detail, or at the highest level below at which it closes and is plausible."""
        reason: CodedMessage | None = None
        if detail is Detail.LOD22:
            solid, reason = self._tried(self._by_planes)
            if solid is not None:
                return self._shell(solid, "2.2", None)
        if detail in (Detail.LOD22, Detail.LOD13):
            solid, why = self._tried(self._by_parts, check=False)
            if solid is not None:
                return self._shell(solid, "1.3", reason)
            reason = reason or why
        outline = extrude(self.plans.outline, self.ground_m, max(self.plans.top_m, self.ground_m + THINNEST_M))
        solid = outline if outline.faces_count and not open_edges(outline) else None
        return self._shell(solid, "1.2", reason)

    def _shell(self, solid: Solid | None, lod: str, reason: CodedMessage | None) -> ClosedShell:
        volume = volume_m3(solid) if solid is not None else 0.0
        return ClosedShell(solid, lod, reason, volume, self.check_m3, tuple(self._parts), tuple(self._planes))

    def _tried(self, make: Callable[[], Solid | None], check: bool = True) -> tuple[Solid | None, CodedMessage | None]:
        """A body that closes, and is as large as the columns where that is checked; else why there is none."""
        if self.columns is None:
            return None, coded("shell_flat")
        if check and self.open_share > OPEN_SHARE:
            return None, coded("shell_open", percent=100 * self.open_share)
        try:
            made = make()
            solid = join_faces(made) if made is not None and not open_edges(made) else made
        except GEOSException:
            solid = None
        if solid is None or not solid.faces_count:
            return None, coded("shell_intricate")
        gaps = open_edges(solid)
        if gaps:
            return None, coded("shell_gaps", count=gaps)
        volume, expected = volume_m3(solid), self.check_m3
        if check and expected is not None and abs(volume - expected) > AGREE * expected:
            return None, coded("shell_volume", volume_m3=volume, check_m3=expected)
        return solid, None

    @cached_property
    def columns(self) -> EnvelopeColumns | None:
        return columns_of(self.triangles, self.ground_m)

    @cached_property
    def open_share(self) -> float:
        """The share of the footprint whose columns the outside reaches from above or from a side."""
        columns = self.columns
        if columns is None or self.plans.footprint.is_empty:
            return 0.0
        x, y = columns.centres()
        within = shapely.contains_xy(self.plans.footprint, x, y)
        stands = np.isfinite(columns.top_m) & (columns.bottom_m <= self.ground_m)
        return float((within & ~stands).sum() / max(1, within.sum()))

    @property
    def check_m3(self) -> float | None:
        if self.columns is None or self.open_share > OPEN_SHARE:
            return None
        return self.columns.volume_m3

    @cached_property
    def _divided(self) -> tuple[PlanCells, list[StandingBlock]] | None:
        """The plan by roof planes and undersides; None where there are too many planes."""
        columns = self.columns
        if columns is None:
            return None
        upper, lower = seen_from_above(self.triangles, columns), seen_from_below(self.triangles, columns)
        stands = standing_tops(self.triangles, columns)
        if not upper or lower is None or stands is None:
            return None
        lines = [lines_of(patch.shape) for patch in (*upper, *lower, *stands)]
        lines += [lines_of(shape) for shape in (self.plans.footprint, *self.plans.sections)]
        shapes = divide(lines)
        if not shapes:
            return None
        labels, blocks = self._labelled(shapes, upper, lower, stands)
        cells = PlanCells(shapes, labels)
        areas = shapely.area(shapes)
        narrow = 2 * areas < NARROW_M * shapely.length(shapes)
        cells = merge_small(cells, narrow | (areas < SMALL_M2), lambda *args: self._cost(blocks, *args))
        return dissolve(cells, lambda ends, a, b: crossings(ends, *(blocks[i] if i >= 0 else None for i in (a, b)))), (
            blocks
        )

    def _cost(self, blocks: Sequence[StandingBlock], own: int, label: int, x: float, y: float) -> float:
        """How much of a column changes where a label is replaced by another."""
        before, after = ([] if i == OUTSIDE else blocks[i].spans for i in (own, label))
        ends = sorted({height(plane, x, y) for span in (*before, *after) for plane in span})
        changed = 0.0
        for low, high in pairwise(ends):
            z = (low + high) / 2
            inside = [any(height(a, x, y) < z < height(b, x, y) for a, b in spans) for spans in (before, after)]
            changed += (high - low) * (inside[0] != inside[1])
        return changed

    def _labelled(
        self, shapes: Sequence[BaseGeometry], upper: list[PlanePatch], lower: list[PlanePatch], stands: list[PlanePatch]
    ) -> tuple[Ints, list[StandingBlock]]:
        """The block of each cell, and all blocks."""
        columns = self.columns
        if columns is None:
            return np.zeros(0, np.int64), []
        inner = shapely.point_on_surface(np.array(shapes, dtype=object))
        above = _holder(upper, inner)
        x, y = columns.centres()
        known = np.isfinite(columns.top_m)
        point, cell = shapely.STRtree(list(shapes)).query(shapely.points(x[known], y[known]), predicate="within")
        # A cell without a column has that of its inner point.
        bare = np.setdiff1d(np.arange(len(shapes)), cell)
        column = np.concatenate([np.flatnonzero(known)[point], columns.at(shapely.get_coordinates(inner[bare]))])
        cell = np.concatenate([cell, bare])
        under = _most(cell, _patch_of(lower, columns.bottom_face, column, len(self.triangles.owner)), len(shapes))
        stand = _most(cell, _patch_of(stands, columns.stand_face, column, len(self.triangles.owner)), len(shapes))
        ground = (0.0, 0.0, self.ground_m)
        numbers: dict[StandingBlock, int] = {}
        labels = np.full(len(shapes), OUTSIDE, dtype=np.int64)
        for number, (top, base, stood) in enumerate(zip(above.tolist(), under.tolist(), stand.tolist(), strict=True)):
            if top < 0:
                top = self._filled(shapes[number], upper)
            if top < 0 or base == UNKNOWN:
                continue
            place = inner[number]
            below = StandingBlock(stands[stood].plane, ground) if base >= 0 and stood >= 0 else None
            if below is not None and height(below.top, place.x, place.y) - self.ground_m < LOWEST_M:
                below = None
            block = StandingBlock(upper[top].plane, lower[base].plane if base >= 0 else ground, below)
            low, high = height(block.bottom, place.x, place.y), height(block.top, place.x, place.y)
            if high - self.ground_m < LOWEST_M:
                continue
            if high - low < THINNEST_M:
                if below is None:
                    continue
                block = below
            labels[number] = numbers.setdefault(block, len(numbers))
        return labels, list(numbers)

    def _filled(self, shape: BaseGeometry, upper: Sequence[PlanePatch]) -> int:
        """The roof of a cell over which none is seen: that beside it, where the cell is a part of the building."""
        if not shapely.contains(self.plans.outline.buffer(TOUCH_M), shape.representative_point()):
            return OUTSIDE
        distances = [shapely.distance(patch.shape, shape) for patch in upper]
        touching = [i for i, distance in enumerate(distances) if distance < TOUCH_M]
        shared = {i: shapely.intersection(upper[i].shape.buffer(TOUCH_M), shape).area for i in touching}
        narrow = 2 * shape.area < 2 * NARROW_M * shape.length
        return max(shared, key=lambda i: shared[i]) if shared and narrow else OUTSIDE

    def _by_planes(self) -> Solid | None:
        divided = self._divided
        return closed_body(divided[0], divided[1], self.ground_m) if divided is not None else None

    def _by_parts(self) -> Solid | None:
        ground = (0.0, 0.0, self.ground_m)
        blocks = [StandingBlock((0.0, 0.0, part.top_m), ground) for part in self._parts]
        lines = [lines_of(part.shape) for part in self._parts]
        shapes = divide(lines)
        if not shapes:
            return None
        inner = shapely.point_on_surface(np.array(shapes, dtype=object))
        labels = np.full(len(shapes), OUTSIDE, dtype=np.int64)
        for number, part in enumerate(self._parts):
            labels[shapely.intersects(part.shape, inner)] = number
        return closed_body(dissolve(PlanCells(shapes, labels)), blocks, self.ground_m)

    @cached_property
    def _planes(self) -> list[RoofPart]:
        """The roof by its planes."""
        divided = self._divided
        if divided is None:
            return []
        cells, blocks = divided
        by_plane: dict[tuple[float, float, float], list[BaseGeometry]] = {}
        for shape, label in zip(cells.shapes, cells.labels.tolist(), strict=True):
            if label != OUTSIDE:
                by_plane.setdefault(blocks[label].top, []).append(shape)
        parts = []
        for plane, shapes in by_plane.items():
            x, y = shapely.get_coordinates(shapes).T
            parts.append(RoofPart(join(shapes), plane, float((plane[0] * x + plane[1] * y + plane[2]).max())))
        return parts

    @cached_property
    def _parts(self) -> list[RoofPart]:
        """The roof by flat parts: planes that touch are one, at the height of its highest point."""
        planes = self._planes
        if not planes:
            return []
        group = list(range(len(planes)))
        tree = shapely.STRtree([part.shape for part in planes])
        for number, part in enumerate(planes):
            for other in tree.query(part.shape, predicate="intersects").tolist():
                if other > number and _touch(part, planes[other]):
                    a, b = _root(group, number), _root(group, other)
                    group[max(a, b)] = min(a, b)
        members: dict[int, list[RoofPart]] = {}
        for number, part in enumerate(planes):
            members.setdefault(_root(group, number), []).append(part)
        joined = []
        for of in members.values():
            top = max(part.top_m for part in of)
            joined.append(RoofPart(MultiPolygon(polygons(join([p.shape for p in of]))), (0.0, 0.0, top), top))
        return joined


def _root(group: list[int], number: int) -> int:
    while group[number] != number:
        number = group[number]
    return number


def _touch(one: RoofPart, other: RoofPart) -> bool:
    """Whether two planes meet along a common edge."""
    common = shapely.intersection(one.shape, other.shape)
    for line in shapely.get_parts(common):
        if shapely.length(line) <= 0 or shapely.get_dimensions(line) != 1:
            continue
        x, y = shapely.get_coordinates(line).T
        apart = np.abs((np.subtract(one.plane, other.plane) * np.column_stack([x, y, np.ones_like(x)])).sum(axis=1))
        if (apart < TOUCH_M).sum() >= 2:
            return True
    return False


def _holder(patches: Sequence[PlanePatch], points: NDArray[np.object_]) -> Ints:
    """The patch in which each point lies, -1 for none."""
    holder = np.full(len(points), -1, dtype=np.int64)
    if patches:
        found, patch = shapely.STRtree([patch.shape for patch in patches]).query(points, predicate="within")
        holder[found] = patch
    return holder


def _patch_of(patches: Sequence[PlanePatch], faces: Ints, column: Ints, triangles: int) -> Ints:
    """The patch to which the face of each of some columns belongs, -1 for no face and UNKNOWN for no patch."""
    patch = np.full(triangles + 1, UNKNOWN, dtype=np.int64)
    for number, each in enumerate(patches):
        patch[each.members] = number
    patch[-1] = -1
    return np.asarray(patch[faces.ravel()[column]])


def _most(cell: Ints, patch: Ints, cells: int) -> Ints:
    """What most columns of each cell have, those with an unknown patch apart; UNKNOWN where there are no others."""
    most = np.full(cells, UNKNOWN, dtype=np.int64)
    known = patch != UNKNOWN
    if known.any():
        pairs, counts = np.unique(np.stack([cell[known], patch[known]]), axis=1, return_counts=True)
        order = np.argsort(counts, kind="stable")
        most[pairs[0][order]] = pairs[1][order]
    return most


def shell_plans(
    pieces: Sequence[Piece],
    outline: MultiPolygon,
    footprint: MultiPolygon,
    levels_m: Sequence[float],
    ends_m: tuple[float, float],
) -> ShellPlans:
    """The plans that a shell is made of: the walls at each floor show where a building is wider above than below."""
    ground, top = ends_m
    sections = []
    for level in sorted({ground, *(level for level in levels_m if level > ground)}):
        walls = [piece.plan for piece in pieces if piece.is_wall and piece.low < level + SECTION_M < piece.high]
        if walls:
            sections.append(clean_polygon(cover(walls)))
    return ShellPlans(outline, footprint, sections, ground, top)


def building_shell(detail: Detail, meshes: Sequence[Mesh], plans: ShellPlans, shift: Floats, owner: str) -> ClosedShell:
    """The closed shell of a building, in model coordinates.

    Parameters
    ----------
    detail : Detail
        LOD12, LOD13 or LOD22.
    meshes : sequence of Mesh
        Of the elements of its shell, in model coordinates; none are needed for LOD12.
    plans : ShellPlans
        Less `shift`.
    shift : ndarray, shape (2,)
        A point near the building, which keeps large coordinates exact.
    owner : str
        The id of the building.
    """
    shell = ShellMaker(ElementTriangles.of_meshes(meshes, shift), plans).make(detail).moved(shift)
    return replace(shell, solid=replace(shell.solid, owner=owner)) if shell.solid is not None else shell

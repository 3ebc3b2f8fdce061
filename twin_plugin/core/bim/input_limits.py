"""Keeps what a hostile file gives within limits, since all of it goes to one process and into one base."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from ..common.text import MOST_TEXT, clip
from .model import Building, ModelReport, ReadStatus
from .warnings import coded

MOST_ID = 64
"""Characters that are kept of an id; a GlobalId has 22."""

MOST_BUILDINGS = 10_000
MOST_PARTS = {"storeys": 20_000, "openings": 50_000, "underground": 20_000, "rooms": 50_000}
"""What is kept of a model; the largest sample that was seen has some hundreds."""

MOST_POINTS, MOST_POINTS_OF_ALL = 20_000, 1_000_000
"""Points of a polygon, and of all polygons of a model; they are placed in the process that writes."""

MOST_POINTS_OF_FACES = 3_000_000
"""Points of all faces of a model that are kept for 3D views; a building of 20,000 elements has about a million."""

COARSE_M = 0.1

Value = TypeVar("Value")


def bounded(report: ModelReport) -> ModelReport:
    """The report with its texts and tables cut to the limits; where something was left out, the status is partial."""
    buildings, warnings = report.buildings, []
    if len(buildings) > MOST_BUILDINGS:
        warnings.append(coded("most_buildings", most=MOST_BUILDINGS, total=len(buildings)))
        buildings = buildings[:MOST_BUILDINGS]
    for table, most in MOST_PARTS.items():
        number = sum(len(getattr(building, table)) for building in buildings)
        if number > most:
            warnings.append(coded(f"most_{table}", most=most, total=number))
            buildings = _first(buildings, table, most)
    points = _Points()
    buildings = tuple(_building(building, points) for building in buildings)
    buildings, lost = _faces_within(buildings)
    if lost:
        warnings.append(coded("most_faces", count=lost))
    if points.coarse:
        warnings.append(coded("most_points", count=points.coarse))
    report = replace(
        _clipped(report),
        buildings=buildings,
        warnings=(*report.warnings, *warnings),
        georeference=replace(report.georeference, vertical_datum=clip(report.georeference.vertical_datum)),
    )
    if warnings and report.status is ReadStatus.OK:
        report = replace(report, status=ReadStatus.PARTIAL, reasons=tuple(warnings))
    return report


def _faces_within(buildings: tuple[Building, ...]) -> tuple[tuple[Building, ...], int]:
    """The buildings with as many faces as a model may have, and how many solids lost theirs."""
    left, lost = MOST_POINTS_OF_FACES, 0
    kept = []
    for building in buildings:
        solids = []
        for solid in building.solids:
            if solid.size <= left:
                left -= solid.size
                solids.append(solid)
        lost += len(building.solids) - len(solids)
        shell = building.shell
        if shell is not None and shell.solid is not None and shell.solid.size > left:
            lost += 1
            building = replace(building, shell=None)
        elif shell is not None and shell.solid is not None:
            left -= shell.solid.size
        kept.append(replace(building, solids=tuple(solids)) if building.solids else building)
    return tuple(kept), lost


def _first(buildings: tuple[Building, ...], table: str, most: int) -> tuple[Building, ...]:
    kept, left = [], most
    for building in buildings:
        parts = getattr(building, table)[:left]
        left -= len(parts)
        kept.append(replace(building, **{table: parts}))
    return tuple(kept)


class _Points:
    """Polygons within what a model may have."""

    def __init__(self) -> None:
        self.left, self.coarse = MOST_POINTS_OF_ALL, 0

    def __call__(self, shape: BaseGeometry) -> BaseGeometry:
        count = int(shapely.get_num_coordinates(shape))
        if count > min(MOST_POINTS, self.left):
            self.coarse += 1
            shape = shape.simplify(COARSE_M)
            if shapely.get_num_coordinates(shape) > min(MOST_POINTS, self.left):
                shape = shape.envelope
            count = int(shapely.get_num_coordinates(shape))
        self.left -= count
        return shape


def _building(building: Building, points: _Points) -> Building:
    changed: dict[str, Any] = {}
    for table in MOST_PARTS:
        parts = getattr(building, table)
        cut = tuple(_thinned(_clipped(part), points) for part in parts)
        if any(new is not old for new, old in zip(cut, parts, strict=True)):
            changed[table] = cut
    building = _thinned(_clipped(building), points)
    return replace(building, **changed) if changed else building


def _thinned(part: Value, points: _Points) -> Value:
    """The same value, itself where its polygons have few points."""
    changed: dict[str, Any] = {}
    for name in ("footprint", "outline", "polygon"):
        shape = getattr(part, name, None)
        thin = points(shape) if shape is not None else None
        if thin is not shape:
            changed[name] = thin
    return replace(part, **changed) if changed else part  # type: ignore[type-var]


def _clipped(part: Value) -> Value:
    """The same value, itself where none of its texts is too long; paths and the model's own id stay as they are."""
    changed: dict[str, Any] = {}
    for field in fields(part):  # type: ignore[arg-type]
        text = getattr(part, field.name)
        if type(text) is str and field.name != "path" and not (field.name == "id" and isinstance(part, ModelReport)):
            most = MOST_ID if field.name in ("id", "storey_id", "part_of") else MOST_TEXT
            if len(text) > most:
                changed[field.name] = clip(text, most)
    return replace(part, **changed) if changed else part  # type: ignore[type-var]

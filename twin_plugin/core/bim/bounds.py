"""Keeps what a made file gives within limits, since all of it goes to one process and into one base."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from .model import Building, ModelReport, Status

MOST_TEXT = 1000
MOST_ID = 64
"""Characters that are kept of a text and of an id; a GlobalId has 22."""

MOST_BUILDINGS = 10_000
MOST_PARTS = {"storeys": 20_000, "openings": 50_000, "underground": 20_000}
"""What is kept of a model; the largest sample that was seen has some hundreds."""

Value = TypeVar("Value")


def bounded(report: ModelReport) -> ModelReport:
    """The report with its texts and tables cut to the limits; what was left out is told, and the status is partial."""
    buildings, notes = report.buildings, []
    if len(buildings) > MOST_BUILDINGS:
        notes.append(f"Only the first {MOST_BUILDINGS} of {len(buildings)} buildings were kept.")
        buildings = buildings[:MOST_BUILDINGS]
    for table, most in MOST_PARTS.items():
        number = sum(len(getattr(building, table)) for building in buildings)
        if number > most:
            notes.append(f"Only the first {most} of {number} {table} were kept.")
            buildings = _first(buildings, table, most)
    place = report.georeference
    report = replace(
        _clipped(report),
        buildings=tuple(_building(building) for building in buildings),
        warnings=tuple(clip(text) for text in (*report.warnings, *notes)),
        georeference=replace(
            place, warnings=tuple(clip(text) for text in place.warnings), vertical_datum=clip(place.vertical_datum)
        ),
    )
    if notes and report.status is Status.OK:
        report = replace(report, status=Status.PARTIAL, reason=" ".join(notes))
    return report


def clip(text: str, most: int = MOST_TEXT) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _first(buildings: tuple[Building, ...], table: str, most: int) -> tuple[Building, ...]:
    kept, left = [], most
    for building in buildings:
        parts = getattr(building, table)[:left]
        left -= len(parts)
        kept.append(replace(building, **{table: parts}))
    return tuple(kept)


def _building(building: Building) -> Building:
    changed: dict[str, Any] = {}
    for table in MOST_PARTS:
        parts = getattr(building, table)
        cut = tuple(_clipped(part) for part in parts)
        if any(new is not old for new, old in zip(cut, parts, strict=True)):
            changed[table] = cut
    building = _clipped(building)
    return replace(building, **changed) if changed else building


def _clipped(part: Value) -> Value:
    """The same value, itself where none of its texts is too long; paths and the model's own id stay as they are."""
    changed: dict[str, Any] = {}
    for field in fields(part):  # type: ignore[arg-type]
        text = getattr(part, field.name)
        if type(text) is str and field.name != "path" and not (field.name == "id" and isinstance(part, ModelReport)):
            most = MOST_ID if field.name in ("id", "storey_id") else MOST_TEXT
            if len(text) > most:
                changed[field.name] = clip(text, most)
    return replace(part, **changed) if changed else part  # type: ignore[type-var]

"""What of a flood result belongs on a building, its storeys and openings, and which openings need a designer's look."""

from __future__ import annotations

import math
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from ..common.errors import InputError
from ..common.messages import Message
from .bcf import BcfTopic, Camera, look
from .model import Building, LocalToMap, Opening, Storey
from .writeback_step import NAMESPACE, SET_NAME, PropertySet, StepTarget, pick

Row = Mapping[str, Any]
Find = Callable[[str, int], StepTarget | None]

LENGTH, REAL, WHOLE, NAME, TEXT, YES = (
    "IfcLengthMeasure",
    "IfcReal",
    "IfcInteger",
    "IfcIdentifier",
    "IfcText",
    "IfcBoolean",
)
BUILDING_VALUES = (
    ("RiskClass", WHOLE, "risk_class"),
    ("Reason", TEXT, "reason"),
    ("WaterDepthOutside_m", LENGTH, "depth_m"),
    ("WaterLevelOutside_m", LENGTH, "level_m"),
    ("WaterArrival_min", REAL, "arrival_min"),
    ("Ingress_min", REAL, "ingress_time_min"),
    ("StoreysReached", WHOLE, "storeys_reached"),
    ("DamageShare", REAL, "damage"),
    ("People", WHOLE, "people"),
)
EXCEEDS_M = 1e-4
STAND_OFF_M = (5.0, 3.5, 2.0, 1.2)
EYE_M, LOOK_M = 1.6, 1.0
SERIOUS_M = ((0.5, "Critical"), (0.15, "Major"), (0.0, "Normal"))
_SAME = re.compile(r"~(\d+)$")


@dataclass(frozen=True)
class RiskRows:
    """The rows of a building risk layer, and of its openings and storeys where they are given."""

    risk: Sequence[Row]
    openings: Sequence[Row] | None = None
    storeys: Sequence[Row] | None = None
    design_level_m: float | None = None


@dataclass(frozen=True)
class Answer:
    """What to write for one building, and how many storeys and openings of it are reached."""

    sets: list[PropertySet]
    topics: list[BcfTopic]
    storeys: int = 0
    openings: int = 0
    messages: tuple[Message, ...] = ()


def split_id(text: object) -> tuple[str, str, int]:
    """Model id, GlobalId and number of an id such as `folder/a.ifc/2x…~2`; the model id is "" where there is none."""
    model, _, key = str(text or "").rpartition("/")
    found = _SAME.search(key)
    return model, key[: found.start()] if found else key, int(found.group(1)) if found else 1


def match(rows: Iterable[Row], buildings: Sequence[Building], file_name: str, layer: str) -> list[tuple[int, Row]]:
    """The row of each building of a model, as (number of the building, row); rows of other models are passed over.

    Rows of the model's own name go before those of a file that was renamed.

    Raises
    ------
    InputError
        When no row fits, or those of several models fit equally.
    """
    keys = dict(zip(_numbered(building.id for building in buildings), range(len(buildings)), strict=True))
    own: dict[str, list[tuple[int, Row]]] = {}
    other: dict[str, list[tuple[int, Row]]] = {}
    for row in rows:
        model, guid, number = split_id(row.get("id"))
        if (guid, number) in keys:
            named = PurePosixPath(model.partition("~")[0]).name == file_name
            (own if named else other).setdefault(model, []).append((keys[guid, number], row))
    found = own or other
    if not found:
        raise InputError(
            "The layer '{layer}' has no building of {file_name}. Load the model and run the building risk on it first.",
            layer=layer,
            file_name=file_name,
        )
    if len(found) > 1:
        names = ", ".join(f"'{name}'" for name in sorted(found))
        raise InputError(
            "The layer '{layer}' has {file_name} several times ({names}). Select the rows of one.",
            layer=layer,
            file_name=file_name,
            names=names,
        )
    return next(iter(found.values()))


def _numbered(ids: Iterable[str]) -> list[tuple[str, int]]:
    seen: Counter[str] = Counter()
    found = []
    for key in ids:
        seen[key] += 1
        found.append((key, seen[key]))
    return found


@dataclass(frozen=True)
class Parts:
    """A building with the numbers of its openings and storeys among those of one GlobalId, as in the ids of layers."""

    building: Building
    number: int
    openings: tuple[int, ...]
    storeys: tuple[int, ...]


def number_parts(buildings: Sequence[Building]) -> list[Parts]:
    """The buildings of a model with the numbers of their parts: broken files use a GlobalId twice."""
    own = iter(_numbered(building.id for building in buildings))
    openings = iter(_numbered(opening.id for building in buildings for opening in building.openings))
    storeys = iter(_numbered(storey.id for building in buildings for storey in building.storeys))
    return [
        Parts(b, next(own)[1], tuple(next(openings)[1] for _ in b.openings), tuple(next(storeys)[1] for _ in b.storeys))
        for b in buildings
    ]


class BuildingResults:
    """Makes the property sets and topics of one building; elevations are the map's, the camera is the model's."""

    def __init__(self, parts: Parts, row: Row, results: RiskRows, to_map: LocalToMap | None, find: Find) -> None:
        building = parts.building
        self.parts, self.building, self.row, self.results, self.find = parts, building, row, results, find
        self.scale = to_map.scale_z if to_map is not None else 1.0
        ground = number(row.get("ground_floor_elev_m"))
        if ground is None and to_map is not None:
            ground = to_map.elevation(building.ground_m)
        self.ground = ground
        given = results.design_level_m
        self.level = given if given is not None else number(row.get("level_m"))
        if given is None and number(row.get("risk_class")) == 0:
            self.level = None  # dry: what stands in the ring stays below 5 cm

    def answer(self, target: StepTarget | None) -> Answer:
        """The sets of the building (on `target`), its storeys and openings, and the topics."""
        openings = self._openings()
        storeys = self._storeys(openings)
        name, messages = self.building.name, []
        if self.ground is None:
            messages.append(Message("{name} has no elevation: sills were left out.", name=name))
        if target is None:
            messages.append(Message("{name} has no entity in the file that could carry its results.", name=name))
        sets = [self._building_set(target, openings)] if target is not None else []
        sets += [found for found in (self._storey_set(*one) for one in storeys) if found is not None]
        doors = [(opening, sill, self.find(opening.id, n)) for opening, sill, n in openings]
        sets += [self._opening_set(o, sill, entity) for o, sill, entity in doors if entity is not None]
        topics = [self._topic(o, sill, entity) for o, sill, entity in doors if entity is not None]
        lost = sum(entity is None for *_, entity in doors)
        if lost:
            messages.append(
                Message("{count} openings of {name} were not found in the file's text.", count=lost, name=name)
            )
        return Answer(sets, topics, len(storeys), len(doors) - lost, tuple(messages))

    def elevation(self, z: float) -> float | None:
        """Elevation on the map of a height of the model."""
        return None if self.ground is None else self.ground + self.scale * (z - self.building.ground_m)

    def _openings(self) -> list[tuple[Opening, float, int]]:
        """The openings with their sills below the level, with their number among those of one GlobalId."""
        if self.level is None:
            return []
        rows = by_guid(self.results.openings, self.row)
        found = []
        for opening, count in zip(self.building.openings, self.parts.openings, strict=True):
            row = None if rows is None else rows.get((opening.id, count))
            if rows is not None and (row is None or row.get("is_external") in (False, 0)):
                continue
            given = number(row.get("sill_elev_m")) if row is not None else None
            sill = given if given is not None else self.elevation(opening.sill_m)
            if sill is not None and self.level - sill > EXCEEDS_M:
                found.append((opening, sill, count))
        return found

    def _storeys(self, openings: Sequence[Any]) -> list[tuple[Storey, float | None, int]]:
        """The storeys reached, from the lowest, with their levels.

        Of the risk layer's count the lowest ones are taken; a design level reaches those whose floor lies below it, as
        soon as one opening does.
        """
        rows = by_guid(self.results.storeys, self.row) or {}
        levels = []
        for storey, own in zip(self.building.storeys, self.parts.storeys, strict=True):
            given = number(rows.get((storey.id, own), {}).get("elev_m"))
            levels.append((storey, given if given is not None else self.elevation(storey.elev_m), own))
        levels.sort(key=lambda one: one[0].elev_m)
        count = number(self.row.get("storeys_reached"))
        if self.results.design_level_m is None and count is not None:
            return levels[: max(0, int(count))]
        if self.level is None or not openings:
            return []
        return [level for level in levels if level[1] is not None and level[1] < self.level - EXCEEDS_M]

    def _building_set(self, target: StepTarget, openings: Sequence[Any]) -> PropertySet:
        values: list[tuple[str, str, object]] = [
            (name, measure, self.row.get(field) if measure == TEXT else number(self.row.get(field)))
            for name, measure, field in BUILDING_VALUES
        ]
        values.append(("IngressOpening", NAME, split_id(self.row.get("ingress_opening_id"))[1]))
        values.append(("DesignLevel_m", LENGTH, self.results.design_level_m))
        values.append(("OpeningsBelowLevel", WHOLE, len(openings) if self.level is not None else None))
        return PropertySet(target, tuple(values))

    def _storey_set(self, storey: Storey, floor: float | None, count: int) -> PropertySet | None:
        target = self.find(storey.id, count)
        if target is None:
            return None
        above = None if floor is None or self.level is None else self.level - floor
        if above is not None and storey.height_m is not None:
            above = min(above, storey.height_m * self.scale)
        values = (
            ("Reached", YES, True),
            ("FloorLevel_m", LENGTH, floor),
            ("WaterLevel_m", LENGTH, self.level),
            ("WaterAboveFloor_m", LENGTH, above if above is None or above > 0 else None),
        )
        return PropertySet(target, values)

    def _opening_set(self, opening: Opening, sill: float, target: StepTarget) -> PropertySet:
        first = self._is_first(opening)
        values = (
            ("BelowLevel", YES, True),
            ("Sill_m", LENGTH, sill),
            ("WaterLevel_m", LENGTH, self.level),
            ("WaterAboveSill_m", LENGTH, self._above(sill)),
            ("IngressOpening", YES, first if self.row.get("ingress_opening_id") else None),
            ("Ingress_min", REAL, number(self.row.get("ingress_time_min")) if first else None),
        )
        return PropertySet(target, values)

    def _is_first(self, opening: Opening) -> bool:
        return split_id(self.row.get("ingress_opening_id"))[1] == opening.id

    def _above(self, sill: float) -> float:
        return (self.level or 0.0) - sill

    def _topic(self, opening: Opening, sill: float, target: StepTarget) -> BcfTopic:
        above = self._above(sill)
        which = "design level" if self.results.design_level_m is not None else "highest level outside the building"
        name = f"{opening.kind} '{opening.name}'" if opening.name else opening.kind
        sentences = [
            f"The sill lies at {sill:.2f} m, the {which} at {self.level:.2f} m.",
            "By this opening water comes in first." if self._is_first(opening) else "",
            f"The simulated flood at {self.building.name}: {self.row['reason']}." if self.row.get("reason") else "",
        ]
        return BcfTopic(
            guid=uuid.uuid5(NAMESPACE, f"{target.guid}#{target.step}/topic"),
            title=f"Water {above:.2f} m above the sill of {name}",
            description="\n".join(sentence for sentence in sentences if sentence),
            priority=next(text for limit, text in SERIOUS_M if above >= limit),
            component=opening.id,
            camera=camera_at(opening, self.building.footprint),
            labels=("Flood", SET_NAME),
        )


def by_guid(rows: Sequence[Row] | None, building: Row) -> dict[tuple[str, int], Row] | None:
    """Rows by GlobalId and number, those of this building's model only; None without a layer."""
    if rows is None:
        return None
    model = split_id(building.get("id"))[0]
    ids = ((split_id(row.get("id")), row) for row in rows)
    return {(guid, count): row for (own, guid, count), row in ids if own == model}


def camera_at(opening: Opening, footprint: BaseGeometry | None) -> Camera:
    """A camera outside that looks at an opening: 5 m before it, nearer where the building stands in the way."""
    away = outwards(opening.x, opening.y, footprint)
    height = opening.sill_m + EYE_M
    eye = (opening.x, opening.y, height)
    for distance in STAND_OFF_M:
        eye = (opening.x + distance * away[0], opening.y + distance * away[1], height)
        if footprint is None or not _blocked(opening, eye, away, footprint):
            break
    return look(eye, (opening.x, opening.y, opening.sill_m + LOOK_M))


def _blocked(opening: Opening, eye: tuple[float, float, float], away: tuple[float, float], shape: BaseGeometry) -> bool:
    start = (opening.x + 0.9 * away[0], opening.y + 0.9 * away[1])
    return bool(shape.intersects(LineString([start, eye[:2]])))


def outwards(x: float, y: float, footprint: BaseGeometry | None) -> tuple[float, float]:
    """The unit vector that leads out of a footprint at its edge nearest to a point; (0, -1) where there is no edge."""
    if footprint is None or footprint.is_empty:
        return 0.0, -1.0
    place = nearest_points(footprint.boundary, Point(x, y))[0]
    corners = shapely.get_parts(footprint.boundary)
    line = corners[int(shapely.distance(corners, place).argmin())]
    along = line.project(place)
    start, end = line.interpolate(max(0.0, along - 0.05)), line.interpolate(min(line.length, along + 0.05))
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy)
    if length < 1e-9:
        return 0.0, -1.0
    normal = (dy / length, -dx / length)
    inside = footprint.covers(Point(place.x + 0.3 * normal[0], place.y + 0.3 * normal[1]))
    return (-normal[0], -normal[1]) if inside else normal


def number(value: object) -> float | None:
    """A value as a finite float, else None."""
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) else None


def find_in(targets: Mapping[str, Sequence[StepTarget]]) -> Find:
    """A search for entities by GlobalId and number."""
    return lambda guid, count: pick(targets.get(guid, ()), count)

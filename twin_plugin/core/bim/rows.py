"""Puts what was read on the map: rows of the tables building, storey, opening, solids and report in one CRS."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from ..common import crs as crs_names
from .footprint import polygons
from .model import Building, Confidence, Floats, LocalToMap, ModelReport
from .solids import Detail, extrude, stack

Row = tuple[BaseGeometry | None, dict[str, Any]]


@dataclass
class Rows:
    """Rows by table, each a geometry in the CRS of the output (None without a place) and values by field name."""

    buildings: list[Row] = field(default_factory=list)
    storeys: list[Row] = field(default_factory=list)
    openings: list[Row] = field(default_factory=list)
    underground: list[Row] = field(default_factory=list)
    solids: list[Row] = field(default_factory=list)
    report: list[Row] = field(default_factory=list)


def common_crs(reports: Iterable[ModelReport], source_crs: str = "") -> str:
    """The projected CRS that most models name; failing that SOURCE_CRS, the first model's UTM zone, or "".

    Of CRS named equally often the first in the alphabet wins, so that the order of reading does not matter.
    """
    placed = [report.georeference.to_map for report in reports if report.georeference.to_map is not None]
    named = Counter(to_map.crs for to_map in placed if crs_names.is_projected(to_map.crs))
    if named:
        most = max(named.values())
        return min(name for name, count in named.items() if count == most)
    source = crs_names.parse(source_crs)
    if source is not None and crs_names.horizontal(source).is_projected:
        return crs_names.label(crs_names.horizontal(source))
    for to_map in sorted(placed, key=lambda place: place.crs):
        lonlat = crs_names.transform(to_map.crs, "EPSG:4326", np.array([[to_map.x, to_map.y]]))[0]
        return crs_names.utm(float(lonlat[1]), float(lonlat[0]))
    return ""


class MapProjector:
    """Carries model coordinates through the model's own CRS into the output's."""

    def __init__(self, to_map: LocalToMap | None, target: str) -> None:
        self.to_map, self.target = to_map, target

    @property
    def placed(self) -> bool:
        return self.to_map is not None and bool(self.target)

    def points(self, local: Floats) -> Floats:
        """Points (n, 2) or (n, 3) in the output's CRS; z is an elevation in metres."""
        if self.to_map is None:
            raise ValueError("the model has no place")
        return crs_names.transform(self.to_map.crs, self.target, self.to_map.apply(local))

    def shape(self, local: BaseGeometry | None) -> BaseGeometry | None:
        """A polygon in the output's CRS, None without a place."""
        if local is None or local.is_empty or not self.placed:
            return None
        moved = shapely.transform(local, self.points)
        if not np.isfinite(moved.bounds).all():
            return None
        valid = moved if moved.is_valid else shapely.make_valid(moved)
        return MultiPolygon(polygons(valid))

    def point(self, x: float, y: float, z: float) -> Point | None:
        """A point with its elevation, None without a place."""
        if not self.placed:
            return None
        moved = self.points(np.array([[x, y, z]]))[0]
        return Point(moved[0], moved[1], self.elevation(z)) if np.isfinite(moved).all() else None

    def elevation(self, z: float | None) -> float | None:
        """Elevation of a height of the model; None without a place."""
        if z is None or self.to_map is None:
            return None
        # What is left of a rotation's sine (1e-17) would be shown as -0.00.
        return round(self.to_map.elevation(z), 6) + 0.0

    def length(self, metres: float | None) -> float | None:
        """A vertical length as it is on the map."""
        scale = self.to_map.scale_z if self.to_map is not None else 1.0
        return None if metres is None else metres * scale

    def bearing_deg(self) -> float | None:
        """Bearing of the model's y axis, clockwise from the grid north of the output; None without a place."""
        if not self.placed:
            return None
        start, end = self.points(np.array([[0.0, 0.0], [0.0, 1.0]]))
        return math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) % 360.0


def place_model(report: ModelReport, target: str, rows: Rows | None = None, detail: Detail = Detail.FOOTPRINT) -> Rows:
    """Add the rows of one model to `rows` (new ones by default), in the CRS `target`."""
    rows = rows if rows is not None else Rows()
    placer = MapProjector(report.georeference.to_map, target)
    ids = _Unique(report.id)
    for building in report.buildings:
        _place_building(report, building, placer, ids, rows, detail)
    rows.report.append((None, report_row(report, placer)))
    return rows


class _Unique:
    """Ids made of the model's and the object's; a GlobalId that occurs twice in a model gets a number."""

    def __init__(self, model_id: str) -> None:
        self.model_id = model_id
        self._seen: Counter[str] = Counter()

    def __call__(self, table: str, key: str) -> str:
        self._seen[f"{table}/{key}"] += 1
        number = self._seen[f"{table}/{key}"]
        return f"{self.model_id}/{key}" if number == 1 else f"{self.model_id}/{key}~{number}"


def _place_building(
    report: ModelReport, building: Building, placer: MapProjector, ids: _Unique, rows: Rows, detail: Detail
) -> None:
    building_id = ids("building", building.id)
    first, second = building.footprint, building.outline
    if building.is_infrastructure or first is None:
        first, second = second, first
    shape = placer.shape(first) or placer.shape(second)
    rows.buildings.append(
        (
            shape,
            {
                "id": building_id,
                "model_id": report.id,
                "name": building.name,
                "use": building.use or None,
                "footprint_area_m2": building.footprint_area_m2,
                "outline_area_m2": building.outline_area_m2,
                "base_elev_m": placer.elevation(building.base_m),
                "ground_floor_elev_m": placer.elevation(building.ground_m),
                "height_m": placer.length(building.height_m),
                "roof_elev_m": placer.elevation(building.roof_m),
                "storeys_above": building.storeys_above,
                "storeys_below": building.storeys_below,
                "gross_floor_area_m2": _floor_area_m2(building),
                "below_ground_area_m2": building.below_ground_area_m2,
                "lifecycle_stage": building.lifecycle_stage or None,
                "address": building.address or None,
            },
        )
    )
    known: dict[str, str] = {}
    for storey in building.storeys:
        known[storey.id] = ids("storey", storey.id)
        rows.storeys.append(
            (
                placer.shape(storey.polygon),
                {
                    "id": known[storey.id],
                    "building_id": building_id,
                    "name": storey.name,
                    "number": storey.number,
                    "elev_m": placer.elevation(storey.elev_m),
                    "height_m": placer.length(storey.height_m),
                    "area_m2": storey.area_m2,
                    "use": storey.use or None,
                },
            )
        )
    for opening in building.openings:
        rows.openings.append(
            (
                placer.point(opening.x, opening.y, opening.sill_m),
                {
                    "id": ids("opening", opening.id),
                    "building_id": building_id,
                    "storey_id": known.get(opening.storey_id),
                    "kind": opening.kind,
                    "sill_elev_m": placer.elevation(opening.sill_m),
                    "width_m": opening.width_m,
                    "is_external": opening.is_external,
                    "source": opening.source,
                },
            )
        )
    for part in building.underground:
        values = {
            "id": ids("underground", part.id),
            "building_id": building_id,
            "top_elev_m": placer.elevation(part.top_m),
            "bottom_elev_m": placer.elevation(part.bottom_m),
            "use": part.use or None,
        }
        rows.underground.append((placer.shape(part.polygon), values))
    rows.solids.extend(_solids(building, building_id, placer, shape, detail))


def _floor_area_m2(building: Building) -> float | None:
    """By the storeys; by the model's own figure where they give none; None where nothing is known."""
    if building.gross_floor_area_m2 > 0:
        return building.gross_floor_area_m2
    return building.stated_floor_area_m2 or (0.0 if building.storeys else None)


def _solids(
    building: Building, building_id: str, placer: MapProjector, shape: BaseGeometry | None, detail: Detail
) -> list[Row]:
    """A row for the building, or one for each of its element classes where those were asked for."""
    values: dict[str, Any] = {"id": building_id, "name": building.name}
    if not building.class_solids:
        base, roof = placer.elevation(building.base_m), placer.elevation(building.roof_m)
        values |= {"base_elev_m": base, "roof_elev_m": roof}
        return [(_solid(building, placer, shape, detail), values)]
    found: list[Row] = []
    for part in building.class_solids:
        heights = shapely.get_coordinates(part.faces, include_z=True)[:, 2]
        ends = {
            "base_elev_m": placer.elevation(float(heights.min())),
            "roof_elev_m": placer.elevation(float(heights.max())),
        }
        more = {"ifc_class": part.ifc_class, "elements": part.elements}
        found.append((_lifted(part.faces, placer), values | ends | more))
    return found


def _lifted(faces: BaseGeometry, placer: MapProjector) -> BaseGeometry | None:
    """Polygons with z on the map, None without a place."""
    if not placer.placed:
        return None
    moved = shapely.transform(faces, placer.points, include_z=True)
    return moved if np.isfinite(moved.bounds).all() else None


def _solid(building: Building, placer: MapProjector, shape: BaseGeometry | None, detail: Detail) -> MultiPolygon | None:
    """A building in 3D; one without storeys or faces is drawn up from its footprint."""
    base, roof = placer.elevation(building.base_m), placer.elevation(building.roof_m)
    if shape is None or base is None or roof is None:
        return None
    solid: MultiPolygon | None = None
    if detail is Detail.SHELL and building.faces is not None:
        solid = _lifted(building.faces, placer)
    elif detail is Detail.STOREYS:
        tops = (s.elev_m + s.height_m if s.height_m is not None else None for s in building.storeys)
        solid = stack(
            (placer.shape(storey.polygon), placer.elevation(storey.elev_m), placer.elevation(top))
            for storey, top in zip(building.storeys, tops, strict=True)
        )
    return solid if solid is not None else extrude(shape, base, roof)


def report_row(report: ModelReport, placer: MapProjector) -> dict[str, Any]:
    """The row of REPORT for a model; docs/bim.md says what each column means."""
    place = report.georeference
    to_map = place.to_map
    row: dict[str, Any] = {
        "id": report.id,
        "path": report.path,
        "sha256": report.sha256 or None,
        "size": report.size,
        "modified": report.modified or None,
        "schema": report.schema or None,
        "status": report.status.value,
        "reason": report.reason or None,
        "seconds": report.seconds,
        "engine": report.engine or None,
        "elements": report.elements,
        "meshed": report.meshed,
        "buildings": len(report.buildings),
        "storeys": sum(len(b.storeys) for b in report.buildings),
        "openings": openings_count(report.buildings),
        "georef_level": place.level if to_map is not None else 0,
        "georef_source": place.source,
        "confidence": place.confidence.value if to_map is not None else Confidence.NONE.value,
        "scale_used": place.scale_used,
        "warnings": " ".join((*place.warnings, *report.warnings)) or None,
        "crs": to_map.crs if to_map is not None else None,
    }
    for column, attribute in (
        ("origin_x", "x"),
        ("origin_y", "y"),
        ("origin_z", "z"),
        ("axis_cos", "cos"),
        ("axis_sin", "sin"),
        ("scale_x", "scale_x"),
        ("scale_y", "scale_y"),
        ("scale_z", "scale_z"),
    ):
        row[column] = getattr(to_map, attribute) if to_map is not None else None
    point = placer.point(0.0, 0.0, 0.0)
    row["map_x"], row["map_y"] = (point.x, point.y) if point is not None else (None, None)
    row["map_bearing_deg"] = placer.bearing_deg()
    row["vertical_datum"] = place.vertical_datum or None
    return row


def openings_count(buildings: Sequence[Building]) -> int | None:
    """How many openings were found; None where no door is modelled, so that nothing can be told."""
    known = [building for building in buildings if building.openings_known]
    return sum(len(building.openings) for building in buildings) if known else None

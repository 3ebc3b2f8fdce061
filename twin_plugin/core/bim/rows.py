"""Puts what was read on the map: rows of the tables building, storey, opening, solids and report in one CRS."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from ..common import crs as crs_names
from ..common.solid import Solid
from ..common.tables import Column, Table
from ..common.text import plain
from ..common.warnings import CodedMessage
from .footprint import polygons
from .model import Building, ClosedShell, Confidence, Floats, LocalToMap, ModelReport
from .outline_rows import envelope_row, outline_rows
from .solids import CLOSED, Detail, extrude, stack
from .tables import ALIGNMENT, BUILDING, OPENING, OUTLINE, REPORT, ROOM, SOLID, STOREY, TERRAIN, UNDERGROUND
from .wanted import NOTHING, Wanted
from .warnings import ModelNotes, coded

Row = tuple[BaseGeometry | None, dict[str, Any]]

OUTSIDE = "outside_output_crs"
"""Code of the warning of a model outside the area of the output's CRS."""

_TRANSFORMATION = {
    "crs": "crs",
    "origin_x": "x",
    "origin_y": "y",
    "origin_z": "z",
    "axis_cos": "cos",
    "axis_sin": "sin",
    "scale_x": "scale_x",
    "scale_y": "scale_y",
    "scale_z": "scale_z",
}
"""Columns of the transformation, and the attributes of `LocalToMap` that they take."""


@dataclass
class Rows:
    """Rows by table, each a geometry in the CRS of the output (None without a georeference) and values by column."""

    buildings: list[Row] = field(default_factory=list)
    storeys: list[Row] = field(default_factory=list)
    openings: list[Row] = field(default_factory=list)
    underground: list[Row] = field(default_factory=list)
    rooms: list[Row] = field(default_factory=list)
    solids: list[Row] = field(default_factory=list)
    terrains: list[Row] = field(default_factory=list)
    alignments: list[Row] = field(default_factory=list)
    outlines: list[Row] = field(default_factory=list)
    envelope: list[Row] = field(default_factory=list)
    report: list[Row] = field(default_factory=list)
    unplaced: list[Row] = field(default_factory=list)
    """Rows of a table of placements to fill in: of the models with a building and without a place."""
    extra: dict[str, tuple[Column, ...]] = field(default_factory=dict)
    """Columns of properties that were asked for, by table."""

    def by_table(self) -> tuple[tuple[Table, list[Row]], ...]:
        """The rows that a base keeps of buildings and their parts, with their tables."""
        return (
            (BUILDING, self.buildings),
            (STOREY, self.storeys),
            (OPENING, self.openings),
            (UNDERGROUND, self.underground),
            (ROOM, self.rooms),
            (SOLID, self.solids),
            (OUTLINE, self.outlines),
        )


def common_crs(reports: Iterable[ModelReport], source_crs: str = "") -> str:
    """The projected CRS that most models name; failing that SOURCE_CRS, the first model's UTM zone, or "".

    Of CRS named equally often that wins in whose area most of the models lie, then that of the first model by id.
    """
    placed = sorted((r for r in reports if r.georeference.to_map is not None), key=lambda report: report.id)
    transforms = [report.georeference.to_map for report in placed if report.georeference.to_map is not None]
    named = Counter(to_map.crs for to_map in transforms if crs_names.is_projected(to_map.crs))
    if named:
        places = [place for report in placed for place in _lonlats(report)]
        return max(named, key=lambda name: (named[name], _fitting(name, places)))
    source = crs_names.parse(source_crs)
    if source is not None and crs_names.horizontal(source).is_projected:
        return crs_names.label(crs_names.horizontal(source))
    for to_map in sorted(transforms, key=lambda to_map: to_map.crs):
        lonlat = crs_names.transform(to_map.crs, "EPSG:4326", np.array([[to_map.x, to_map.y]]))[0]
        return crs_names.utm(float(lonlat[1]), float(lonlat[0]))
    return ""


def _lonlats(report: ModelReport) -> list[tuple[float, float]]:
    """Longitude and latitude of a model: of a building with a shape on each of its sites, else of its zero point."""
    shapes: dict[str, BaseGeometry] = {}
    for building in report.buildings:
        shape = next((s for s in (building.footprint, building.outline) if s is not None and not s.is_empty), None)
        if shape is not None:
            shapes.setdefault(building.site_id, shape)
    locals_m = {site: np.array(shape.centroid.coords[:1])[:, :2] for site, shape in shapes.items()}
    places = []
    for site, local in (locals_m or {"": np.zeros((1, 2))}).items():
        to_map = report.georeference.for_site(site)
        crs = crs_names.parse(to_map.crs) if to_map is not None else None
        if to_map is None or crs is None:
            continue
        x, y = to_map.apply(local)[0]
        place = crs_names.to_lonlat(crs, float(x), float(y))
        places += [place] if place is not None else []
    return places


def _fitting(name: str, places: Sequence[tuple[float, float]]) -> int:
    """How many places lie in the area of a CRS; those of one that names no area are taken to."""
    crs = crs_names.parse(name)
    return sum(crs is not None and crs_names.area_holds(crs, *place) is not False for place in places)


def checked(report: ModelReport, target: str) -> ModelReport:
    """The same, with a warning where the model, or one of its sites, lies outside the area of the output's CRS."""
    crs = crs_names.parse(target)
    if crs is None or all(crs_names.area_holds(crs, *place) is not False for place in _lonlats(report)):
        return report
    return replace(report, warnings=(*report.warnings, coded(OUTSIDE, crs=target)))


def add_warnings(rows: Rows, warnings: Mapping[str, Sequence[CodedMessage]]) -> None:
    """Add warnings to the rows of the report, by model."""
    for _, row in rows.report:
        if added := warnings.get(row["id"]):
            notes = ModelNotes.of_row(row)
            row |= replace(notes, warnings=(*notes.warnings, *added)).columns()


class MapProjector:
    """Carries model coordinates through the model's own CRS into the output's."""

    def __init__(self, to_map: LocalToMap | None, target: str) -> None:
        self.to_map, self.target = to_map, target

    @property
    def georeferenced(self) -> bool:
        return self.to_map is not None and bool(self.target)

    def points(self, local: Floats) -> Floats:
        """Points (n, 2) or (n, 3) in the output's CRS; z is an elevation in metres."""
        if self.to_map is None:
            raise ValueError("the model has no georeference")
        return crs_names.transform(self.to_map.crs, self.target, self.to_map.apply(local))

    def shape(self, local: BaseGeometry | None) -> BaseGeometry | None:
        """A polygon in the output's CRS, None without a georeference."""
        if local is None or local.is_empty or not self.georeferenced:
            return None
        moved = shapely.transform(local, self.points)
        if not np.isfinite(moved.bounds).all():
            return None
        valid = moved if moved.is_valid else shapely.make_valid(moved)
        return MultiPolygon(polygons(valid))

    def point(self, x: float, y: float, z: float) -> Point | None:
        """A point with its elevation, None without a georeference."""
        if not self.georeferenced:
            return None
        moved = self.points(np.array([[x, y, z]]))[0]
        return Point(moved[0], moved[1], self.elevation(z)) if np.isfinite(moved).all() else None

    def elevation(self, z: float | None) -> float | None:
        """Elevation of a height of the model; None without a georeference."""
        if z is None or self.to_map is None:
            return None
        # What is left of a rotation's sine (1e-17) would be shown as -0.00.
        return round(self.to_map.elevation(z), 6) + 0.0

    def length(self, metres: float | None) -> float | None:
        """A vertical length as it is on the map."""
        scale = self.to_map.scale_z if self.to_map is not None else 1.0
        return None if metres is None else metres * scale

    def bearing_deg(self) -> float | None:
        """Bearing of the model's y axis, clockwise from the grid north of the output; None without a georeference."""
        if not self.georeferenced:
            return None
        start, end = self.points(np.array([[0.0, 0.0], [0.0, 1.0]]))
        return math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) % 360.0


def row_values(table: Table, *sources: object, **derived: Any) -> dict[str, Any]:
    """The values of a row: each column from `derived`, or else from the attribute of that name of the first source.

    Columns that none has are left to others. Texts are such as every store keeps; an empty one of a source is None.
    """
    values = {}
    for name in table.names:
        source = next((source for source in sources if hasattr(source, name)), None)
        if name in derived:
            values[name] = derived[name]
        elif source is not None:
            value = getattr(source, name)
            values[name] = value if value != "" else None
    return {name: plain(value) if isinstance(value, str) else value for name, value in values.items()}


def place_model(
    report: ModelReport,
    target: str,
    rows: Rows | None = None,
    detail: Detail | None = Detail.FOOTPRINT,
    asked: Wanted = NOTHING,
) -> Rows:
    """Add the rows of one model to `rows` (new ones by default), in the CRS `target`; no solids if `detail` is None."""
    rows = rows if rows is not None else Rows()
    ids = _Unique(report.id)
    for building in report.buildings:
        building_id = ids(BUILDING, building.id)
        projector = MapProjector(report.georeference.for_site(building.site_id), target)
        rows.buildings.append(_building_row(building, building_id, report.id, projector))
        _add_parts(building, building_id, ids, projector, rows)
        if detail is not None:
            rows.solids.extend(_solids(building, building_id, projector, rows.buildings[-1][0], detail))
        if asked.outlines:
            rows.outlines.extend(outline_rows(building, building_id, projector))
        if asked.quantities:
            rows.envelope.extend((None, envelope_row(side, building_id)) for side in building.envelope)
    projector = MapProjector(report.georeference.to_map, target)
    rows.terrains.extend(_terrain_rows(report, projector, ids))
    rows.alignments.extend(_alignment_rows(report, projector, ids))
    held = report.buildings or report.terrains or report.alignments
    if held and report.georeference.to_map is None:
        rows.unplaced.append((None, {"path": plain(report.path), "crs": target or None}))
    rows.report.append((None, report_row(report, MapProjector(report.georeference.to_map, target))))
    return rows


def _terrain_rows(report: ModelReport, projector: MapProjector, ids: _Unique) -> Iterator[Row]:
    for surface in report.terrains:
        if surface.id in report.georeference.of_sites:
            projector = MapProjector(report.georeference.for_site(surface.id), projector.target)
        ends = {"low_elev_m": projector.elevation(surface.low_m), "high_elev_m": projector.elevation(surface.high_m)}
        values = row_values(TERRAIN, surface, id=ids(TERRAIN, surface.id), model_id=report.id, **ends)
        yield _on_map(surface.solid, projector), values


def _alignment_rows(report: ModelReport, projector: MapProjector, ids: _Unique) -> Iterator[Row]:
    for part in report.alignments:
        line = None
        if projector.georeferenced:
            points = projector.points(shapely.get_coordinates(part.line, include_z=True))
            line = LineString(points) if np.isfinite(points).all() else None
        keys = {"id": ids(ALIGNMENT, part.id), "alignment_id": f"{report.id}/{part.alignment_id}"}
        yield line, row_values(ALIGNMENT, part, **keys, model_id=report.id, segment=part.number)


class _Unique:
    """Ids made of the model's and the object's; a GlobalId that occurs twice in a model gets a number."""

    def __init__(self, model_id: str) -> None:
        self.model_id = model_id
        self._seen: Counter[str] = Counter()

    def __call__(self, table: Table, key: str) -> str:
        self._seen[f"{table.name}/{key}"] += 1
        number = self._seen[f"{table.name}/{key}"]
        return f"{self.model_id}/{key}" if number == 1 else f"{self.model_id}/{key}~{number}"


def _building_row(building: Building, building_id: str, model_id: str, projector: MapProjector) -> Row:
    first, second = building.footprint, building.outline
    if building.is_infrastructure or first is None:
        first, second = second, first
    values = row_values(
        BUILDING,
        building,
        id=building_id,
        model_id=model_id,
        base_elev_m=projector.elevation(building.base_m),
        ground_floor_elev_m=projector.elevation(building.ground_m),
        height_m=projector.length(building.height_m),
        roof_elev_m=projector.elevation(building.roof_m),
        gross_floor_area_m2=_floor_area_m2(building),
    )
    return projector.shape(first) or projector.shape(second), values


def _add_parts(building: Building, building_id: str, ids: _Unique, projector: MapProjector, rows: Rows) -> None:
    """Add the rows of a building's storeys, openings, underground parts and rooms."""

    def add(to: list[Row], table: Table, part: Any, shape: BaseGeometry | None, **derived: Any) -> str:
        key = ids(table, part.id)
        to.append((shape, row_values(table, part, id=key, building_id=building_id, **derived)))
        return key

    elevation, storey_ids = projector.elevation, dict[str, str]()
    for storey in building.storeys:
        lengths_m = {"elev_m": elevation(storey.elev_m), "height_m": projector.length(storey.height_m)}
        shape = projector.shape(storey.polygon)
        storey_ids[storey.id] = add(rows.storeys, STOREY, storey, shape, name=storey.name, **lengths_m)
    for opening in building.openings:
        point, storey_id = projector.point(opening.x, opening.y, opening.sill_m), storey_ids.get(opening.storey_id)
        sill_m = elevation(opening.sill_m)
        add(rows.openings, OPENING, opening, point, storey_id=storey_id, sill_elev_m=sill_m)
    for part in building.underground:
        ends_m = {"top_elev_m": elevation(part.top_m), "bottom_elev_m": elevation(part.bottom_m)}
        add(rows.underground, UNDERGROUND, part, projector.shape(part.polygon), **ends_m)
    for room in building.rooms:
        lengths_m = {"elev_m": elevation(room.elev_m), "height_m": projector.length(room.height_m)}
        shape, storey_id = projector.shape(room.polygon), storey_ids.get(room.storey_id)
        add(rows.rooms, ROOM, room, shape, storey_id=storey_id, **lengths_m)


def _floor_area_m2(building: Building) -> float | None:
    """By the storeys; by the model's own figure where they give none; None where nothing is known."""
    if building.gross_floor_area_m2 > 0:
        return building.gross_floor_area_m2
    return building.stated_floor_area_m2 or (0.0 if building.storeys else None)


def _solids(
    building: Building, building_id: str, projector: MapProjector, shape: BaseGeometry | None, detail: Detail
) -> list[Row]:
    """A row for the building, or one for each of its element classes where those were asked for."""

    def values(source: object, base_m: float, roof_m: float, **more: Any) -> dict[str, Any]:
        ends = {"base_elev_m": projector.elevation(base_m), "roof_elev_m": projector.elevation(roof_m)}
        keys = {"id": building_id, "building_id": building_id}
        return row_values(SOLID, source, **keys, name=building.name, **ends, **more)

    of_classes = [solid for solid in building.solids if solid.kind]
    if not of_classes:
        row = values(building, building.base_m, building.roof_m)
        return [
            (
                _solid(building, projector, shape, detail),
                row | _shell_values(building.shell if detail in CLOSED else None),
            )
        ]
    return [(_on_map(solid, projector), values(solid, *solid.heights, ifc_class=solid.kind)) for solid in of_classes]


def _shell_values(shell: ClosedShell | None) -> dict[str, Any]:
    """The columns of a closed shell; without its volume where there is no shell."""
    if shell is None:
        return {}
    is_drawn = shell.solid is not None
    return {
        "lod": shell.lod if is_drawn else None,
        "reason": shell.reason,
        "volume_m3": round(shell.volume_m3, 3) if is_drawn else None,
        "volume_check_m3": round(shell.check_m3, 3) if shell.check_m3 is not None else None,
    }


def _on_map(solid: Solid, projector: MapProjector) -> MultiPolygon | None:
    """A solid of model metres as polygons with z in the CRS of the output; None if the model is not georeferenced."""
    if not projector.georeferenced:
        return None
    moved = solid.transformed(projector.points)
    return moved.polygons() if np.isfinite(moved.points[:, :2]).all() else None


def _solid(
    building: Building, projector: MapProjector, shape: BaseGeometry | None, detail: Detail
) -> MultiPolygon | None:
    """A building in 3D; one without storeys or faces is drawn up from its footprint."""
    base, roof = projector.elevation(building.base_m), projector.elevation(building.roof_m)
    if shape is None or base is None or roof is None:
        return None
    if detail in CLOSED and building.shell is not None and building.shell.solid is not None:
        return _on_map(building.shell.solid, projector)
    stacked: Solid | None = None
    if detail is Detail.SHELL and building.solids and (faces := _on_map(building.solids[0], projector)) is not None:
        return faces
    if detail is Detail.STOREYS:
        tops = (s.elev_m + s.height_m if s.height_m is not None else None for s in building.storeys)
        stacked = stack(
            (projector.shape(storey.polygon), projector.elevation(storey.elev_m), projector.elevation(top))
            for storey, top in zip(building.storeys, tops, strict=True)
        )
    return (stacked or extrude(shape, base, roof)).polygons()


def report_row(report: ModelReport, projector: MapProjector) -> dict[str, Any]:
    """The row of REPORT for a model; docs/bim.md says what each column means."""
    georeference, to_map = report.georeference, report.georeference.to_map
    zero = projector.point(0.0, 0.0, 0.0)
    return row_values(
        REPORT,
        report,
        georeference,
        status=report.status.value,
        buildings=len(report.buildings),
        storeys=sum(len(building.storeys) for building in report.buildings),
        openings=openings_count(report.buildings),
        georef_level=georeference.level if to_map is not None else 0,
        georef_source=str(georeference.source),  # the same in every language
        confidence=georeference.confidence.value if to_map is not None else Confidence.NONE.value,
        **report.notes.columns(),
        **{column: getattr(to_map, name, None) for column, name in _TRANSFORMATION.items()},
        map_x=zero.x if zero is not None else None,
        map_y=zero.y if zero is not None else None,
        map_bearing_deg=projector.bearing_deg(),
    )


def openings_count(buildings: Sequence[Building]) -> int | None:
    """How many openings were found; None where no door is modelled, so that the number is unknown."""
    known = [building for building in buildings if building.openings_known]
    return sum(len(building.openings) for building in buildings) if known else None

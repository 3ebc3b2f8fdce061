"""The tables of the synthetic district as values: roads, shelters, gauges, people, assets, and the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import numpy as np
import shapely

from ..common.tables import columns
from . import assets, drains, lifecycle, names, planning, power, rail, roads, rooms, water
from .assets import box
from .district import District
from .layer import Layer, Row
from .parts import BuildingPlan
from .street_plan import CHANNEL_M, StreetPlan, random_stream
from .terrain import SEA_LEVEL_M, SHORE_M

_PLANNED = "as planned, to compare with what is read from the models"


def make_layers(district: District) -> tuple[Layer, ...]:
    """All tables of a district, geometries on the map."""
    makers: Iterable[Callable[[District], Layer]] = (
        _boundary, _population, _roads, _channel, _sea, _underpasses, _shelters, _assets, _dependencies, _gauges,
        _gauge_rain, _buildings, _openings, _underground, _underground_openings, _underground_links,
    )  # fmt: skip
    layers = [*(make(district) for make in makers), *drain_layers(district)]
    layers += rail.rail_layers(district)
    layers += power.power_layers(district)
    layers += water.water_layers(district, _rain_of_the_last_hour(district))
    layers += planning.planning_layers(district)
    layers += lifecycle.lifecycle_layers(district)
    notes = tuple((None, (layer.name, f.name, f.kind, f.meaning)) for layer in layers for f in layer.fields)
    fields = columns("layer text Table\nfield text Field\nkind text Kind of value\nmeaning text Meaning, with the unit")

    return (*layers, Layer("field_notes", "", "What every field means", fields, notes))


def _point(layout: StreetPlan, u: float, v: float) -> shapely.Point:
    x, y = layout.to_map(u, v)
    return shapely.Point(round(float(x), 3), round(float(y), 3))


def _level(district: District, point: shapely.Point) -> float:
    return round(float(district.terrain.sample(np.array([point.x]), np.array([point.y]))[0]), 3)


def _boundary(district: District) -> Layer:
    layout = district.layout
    fields = columns("""
        name_en text English name
        name_zh text Chinese name
        buildings integer Number of buildings
        seed integer Seed of the district
        note text Says that the district is synthetic
    """)
    row = (names.DISTRICT_EN, names.DISTRICT_ZH, layout.count, layout.seed, names.NOTE)
    area = box(layout, 0, 0, layout.width_m, layout.height_m)
    return Layer("district", "Polygon", "District boundary", fields, ((area, row),))


def _population(district: District) -> Layer:
    layout = district.layout
    residents, workers, count = Counter[int](), Counter[int](), Counter[int]()
    for plan, lot in zip(district.plans, layout.lots, strict=True):
        residents[lot.block] += plan.residents
        workers[lot.block] += plan.workers
        count[lot.block] += 1
    fields = columns("""
        block_id text Block
        use text lots, park, school, hospital or metro
        buildings integer Buildings in the block
        residents integer Persons who live there
        workers integer Persons who work or learn there
    """)
    rows = []
    for k, b in enumerate(layout.blocks):
        values = (f"K{k + 1:04d}", b.kind, count[k], residents[k], workers[k])
        rows.append((box(layout, b.u0, b.v0, b.u1, b.v1), values))
    return Layer("population", "Polygon", "Population by block", fields, tuple(rows))


def _roads(district: District) -> Layer:
    fields = columns("""
        road_id text Stretch between two junctions
        name_en text English name
        name_zh text Chinese name
        road_class text avenue, main or street
        width_m real Width between the blocks
        lanes integer Lanes in both directions together
        speed_km_h real Speed allowed
        is_bridge boolean Whether it crosses a channel on a bridge that is not in the terrain
        is_underpass boolean Whether it dips under the rail
        lowest_elev_m real Lowest terrain under the centre line; on a bridge the level of its ends
    """)
    return Layer("roads", "LineString", "Roads", fields, tuple(roads.road_rows(district)))


def _channel(district: District) -> Layer:
    layout = district.layout
    fields = columns("""
        channel_id text Channel
        name text Name
        top_width_m real Width between the banks
        bed_elev_sea_m real Level of the bed at the sea
    """)
    rows = []
    for k, u in enumerate(layout.channels_u):
        half = CHANNEL_M / 2 - 2
        area = box(layout, u - half, layout.coast_v - 14, u + half, layout.hill_v + 20)
        rows.append((area, (f"C{k + 1}", f"Demo drainage channel {k + 1} 演示排洪渠{k + 1}", 2 * half, -1.2)))
    return Layer("channel", "Polygon", "Drainage channel", fields, tuple(rows))


def _sea(district: District) -> Layer:
    layout, terrain = district.layout, district.terrain
    fields = columns("name text Name\nlevel_m real Mean level")
    west, south = terrain.west, terrain.north - terrain.rows * terrain.cell_m
    frame = shapely.box(west, south, west + terrain.columns * terrain.cell_m, terrain.north)
    far = layout.width_m + layout.height_m
    area = shapely.intersection(frame, box(layout, -far, -far, 2 * far, layout.coast_v - SHORE_M))
    return Layer("sea", "Polygon", "Sea", fields, ((area, ("Demo Bay 演示海湾", SEA_LEVEL_M)),))


def _underpasses(district: District) -> Layer:
    layout = district.layout
    fields = columns("""
        underpass_id text Underpass
        name text Name
        lowest_elev_m real Lowest road level
        length_m real Length of the dip
        clearance_m real Height under the bridge
    """)
    rows = []
    for k, u in enumerate(layout.avenues_u):
        area = box(layout, u - 8, layout.rail_v - 50, u + 8, layout.rail_v + 50)
        low = _level(district, _point(layout, u, layout.rail_v))
        rows.append((area, (f"U{k + 1}", f"Demo rail underpass {k + 1} 演示铁路下穿通道{k + 1}", low, 100.0, 4.5)))
    return Layer("underpass", "Polygon", "Underpasses", fields, tuple(rows))


def _shelters(district: District) -> Layer:
    layout = district.layout
    fields = columns("""
        shelter_id text Shelter
        name text Name
        kind text school, hospital, park or hall
        capacity_persons integer Persons that it takes
        floor_elev_m real Level of the floor or ground
    """)
    found: list[tuple[shapely.Point, str, str, int, float]] = []
    for plan in district.plans:
        if plan.use in ("school", "hospital"):
            capacity = 1200 if plan.use == "school" else 300
            found.append((door_point(plan), plan.name, plan.use, capacity, plan.ground_floor_m))
    for k, b in enumerate(layout.blocks):
        if b.kind == "park":
            point = _point(layout, (b.u0 + b.u1) / 2, (b.v0 + b.v1) / 2)
            found.append((point, f"Demo Park {k + 1} 演示公园{k + 1}", "park", 800, _level(district, point)))
    north = layout.streets_v[-1].at_m
    for k, u in enumerate(layout.avenues_u):
        point = _point(layout, u + 40.0, north + 12.0)
        name = f"Demo Hillside Sports Hall {k + 1} 演示山麓体育馆{k + 1}"
        found.append((point, name, "hall", 1500, _level(district, point)))
    rows = tuple((p, (f"S{k + 1:03d}", name, kind, n, z)) for k, (p, name, kind, n, z) in enumerate(found))
    return Layer("shelters", "Point", "Emergency shelters", fields, rows)


def sill_point(plan: BuildingPlan, x: float, y: float) -> shapely.Point:
    """A place of a building's frame on the map."""
    return shapely.Point(plan.on_map(x, y))


def door_point(plan: BuildingPlan) -> shapely.Point:
    """The building's first door on the map."""
    first = plan.sills[0]
    return sill_point(plan, first.x, first.y)


def _assets(district: District) -> Layer:
    fields = columns("""
        asset_id text Asset
        kind text substation, charging, pumping, metro_entrance, underpass_pump or underpass
        name text Name
        building_file text IFC file of its building, "" without one
        threshold_elev_m real Level at which water gets in; of an underpass its lowest road level
        capacity real Size of the asset, see capacity_unit
        capacity_unit text MVA, charging points, m3/s, persons/h or vehicles/h
    """)
    return Layer("assets", "Point", "Critical assets", fields, tuple(assets.asset_rows(district)))


def _dependencies(district: District) -> Layer:
    fields = columns("""
        asset text Asset that needs another one, as asset_id of assets
        needs text Asset that it needs
        group text power or drainage; rows of one group of an asset are alternatives, of which one is enough
        backup_h real Hours that it goes on without
    """)
    return Layer("dependencies", "", "What feeds what", fields, tuple(assets.need_rows(district)))


def _underground(district: District) -> Layer:
    fields = columns("""
        id text Room
        building_id text Its building, the IFC file
        use text Use of the building
        bottom_elev_m real Level of the floor
        top_elev_m real Level of the ceiling
        value real Value of what is in it, invented, in the unit of currency
        currency text Currency of the value
    """)
    return Layer("underground", "Polygon", "Rooms below ground", fields, tuple(rooms.room_rows(district)))


def _underground_openings(district: District) -> Layer:
    fields = columns("""
        id text Opening
        room_id text Room that it leads to
        kind text door, ramp, vent or metro entrance
        sill_elev_m real Level of the sill or crest
        width_m real Clear width
    """)
    title = "Openings of rooms below ground"
    return Layer("underground_openings", "Point", title, fields, tuple(rooms.opening_rows(district)))


def _underground_links(district: District) -> Layer:
    fields = columns("""
        from text Room
        to text Room
        sill_elev_m real Level of the passage's sill
        width_m real Clear width
    """)
    title = "Passages between rooms below ground"
    return Layer("underground_links", "", title, fields, tuple(rooms.link_rows(district)))


def _gauge_places(district: District) -> list[tuple[str, str, shapely.Point, float]]:
    layout = district.layout
    places = (
        ("G1", "Demo gauge seafront 演示海滨雨量站", 0.3, layout.coast_v + 12, 0.97),
        ("G2", "Demo gauge centre 演示中心雨量站", 0.55, (layout.coast_v + layout.rail_v) / 2, 1.0),
        ("G3", "Demo gauge hill 演示山脚雨量站", 0.75, layout.hill_v + 30, 1.08),
    )
    return [(site, name, _point(layout, share * layout.width_m, v), factor) for site, name, share, v, factor in places]


def _gauges(district: District) -> Layer:
    fields = columns(
        "site text Gauge\nname text Name\nelev_m real Ground level\ntotal_mm real Rain of the recorded event"
    )
    totals: dict[str, float] = defaultdict(float)
    for _, (site, _, depth) in _event(district):
        totals[site] += depth
    rows = tuple(
        (p, (site, name, _level(district, p), round(totals[site], 1))) for site, name, p, _ in _gauge_places(district)
    )
    return Layer("rain_gauges", "Point", "Rain gauges", fields, rows)


def _gauge_rain(district: District) -> Layer:
    fields = columns("""
        site text Gauge
        time_min real End of the step, minutes from the start of the event
        depth_mm real Rain of the step
    """)
    return Layer("gauge_rain", "", "Rain of a synthetic recorded event", fields, tuple(_event(district)))


def _event(district: District) -> list[tuple[None, tuple[str, float, float]]]:
    """Three hours in steps of 5 minutes with two bursts; about 165 mm in the centre."""
    t = np.arange(5.0, 185.0, 5.0)
    shape = 0.25 + 3.2 * np.exp(-(((t - 55) / 17) ** 2)) + 2.1 * np.exp(-(((t - 118) / 21) ** 2))
    rows = []
    for k, (site, _, _, factor) in enumerate(_gauge_places(district)):
        rng = random_stream(district.layout.seed, 30, k)
        depth = shape * rng.uniform(0.85, 1.15, t.size)
        depth *= 165.0 * factor / depth.sum()
        rows += [(None, (site, float(time), round(float(mm), 1))) for time, mm in zip(t, depth, strict=True)]
    return rows


def _rain_of_the_last_hour(district: District) -> dict[str, tuple[shapely.Point, float]]:
    """The place of each gauge, and its rain in the hour before the moment that the tables of water show."""
    rain: dict[str, float] = defaultdict(float)
    for _, (site, time_min, depth_mm) in _event(district):
        if water.NOW_MIN - 60.0 < time_min <= water.NOW_MIN:
            rain[site] += depth_mm
    return {site: (point, rain[site]) for site, _, point, _ in _gauge_places(district)}


def drain_layers(district: District) -> tuple[Layer, Layer]:
    """Nodes and conduits of the drains, with the fields that the simulation reads as NODES and CONDUITS."""
    plan = drains.plan_drains(district)
    nodes = columns("""
        id text Node
        kind text junction (manhole), outfall or storage (wet well)
        invert_m real Level of the bottom
        rim_m real Level of the street, empty for an outfall
        area_m2 real Plan area of a storage, else empty
        level_m real Water level at an outfall, that of the sea, else empty
        flap boolean Whether a flap keeps the sea out
        inlet text grate or combination (grate and curb opening), empty without one
        inlet_count integer Number of inlets at the node, at both kerbs, empty without any
        blocked_pct real Share of the inlets that leaves block, percent, empty without any
    """)
    conduits = columns("""
        id text Pipe or pump
        kind text conduit or pump
        from_node text Node from which it flows
        to_node text Node into which it flows
        diameter_m real Inner diameter, empty for a pump
        roughness real Manning's n, empty for a pump
        invert_in_m real Level of the pipe's bottom at its start, empty for a pump
        invert_out_m real Level of the pipe's bottom at its end, empty for a pump
        capacity_m3s real Flow of a pump, else empty
        on_depth_m real Depth in the well at which a pump starts, else empty
        off_depth_m real Depth in the well at which a pump stops, else empty
    """)
    return (
        Layer("drain_nodes", "Point", "Nodes of the drains", nodes, tuple(drains.node_rows(district, plan))),
        Layer("drain_conduits", "LineString", "Pipes and pumps", conduits, tuple(drains.conduit_rows(district, plan))),
    )


def _buildings(district: District) -> Layer:
    fields = columns("""
        building_file text IFC file
        name text Name, English and Chinese
        use text home, office, shop, school, hospital, metro, substation, charging or pumping
        storeys_above integer Storeys at and above ground
        storeys_below integer Storeys below ground
        ground_floor_elev_m real Finished level of the ground floor
        floor_area_m2 real Floor area above ground
        height_m real Height of the roof above the ground floor
        roof_elev_m real Level of the roof
        residents integer Persons who live there
        workers integer Persons who work or learn there
    """)
    rows = []
    for plan in district.plans:
        parts = [shapely.Polygon([sill_point(plan, x, y) for x, y in ring]) for ring in plan.footprint]
        values = (plan.file_name, plan.name, plan.use, plan.storeys_above, plan.storeys_below, plan.ground_floor_m,
                  plan.floor_area_m2, plan.height_m, round(plan.ground_floor_m + plan.height_m, 3), plan.residents,
                  plan.workers)  # fmt: skip
        rows.append((shapely.MultiPolygon(parts), values))
    return Layer("planned_buildings", "MultiPolygon", f"Buildings {_PLANNED}", fields, tuple(rows))


def _openings(district: District) -> Layer:
    fields = columns("""
        building_file text IFC file
        kind text door, window, ramp, vent or metro entrance
        name text Name
        sill_elev_m real Level of the sill or crest
        ground_elev_m real Terrain at the opening, 1 m outside
    """)
    rows: list[Row] = []
    for plan in district.plans:
        for sill in plan.sills:
            point = sill_point(plan, sill.x, sill.y)
            levels_m = (round(plan.ground_floor_m + sill.z, 3), _level(district, point))
            rows.append((point, (plan.file_name, sill.kind, sill.name, *levels_m)))
    return Layer("planned_openings", "Point", f"Openings {_PLANNED}", fields, tuple(rows))

"""What a water department watches in the synthetic district: levels, pumps, gates, waterlogging points, crews.

A warning is in force. All of it is one moment of the recorded event, two hours after its start.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import shapely

from ..common.cells import FloatArray
from ..common.tables import columns
from .assets import asset_rows, box, level_m, place
from .district import District
from .drains import plan_drains
from .layer import Layer, Row
from .street_plan import random_stream
from .terrain import SEA_LEVEL_M

EVENT_START = datetime(2026, 8, 20, 12, 0, tzinfo=UTC)
NOW_MIN = 120.0
"""The moment that the tables show, minutes after the start of the event."""
STEP_MIN = 10.0
LEVELS, PUMPS, GATES, CREWS = 61, 62, 63, 64
"""Random streams."""
LOGGED_M = 0.15
"""From this depth on a street counts as waterlogged; the limit of its sensors."""
CHANNEL_LIMIT_M, WELL_LIMIT_M, SEA_LIMIT_M = 2.2, 2.0, 1.5
"""Limits of the other sensors, above the bed, the bottom of the well and the mean sea."""
CHANNEL_BED_M = -1.2
TIDE_M, TIDE_MIN = 0.9, 745.0
CREW_HA = 20.0
"""There is a crew for so many hectares, and two in all at least."""
RETURN_YEARS = (1, 2, 3, 5)


@dataclass(frozen=True)
class _Sensor:
    """A level sensor: where its zero is, and its depth over the time of the event."""

    site: str
    name: str
    kind: str
    point: shapely.Point
    zero_m: float
    limit_m: float
    depth_m: tuple[float, ...]


def water_layers(district: District, rain: Mapping[str, tuple[shapely.Point, float]]) -> tuple[Layer, ...]:
    """The tables; `rain` has the place of each rain gauge, and its millimetres in the hour before the moment."""
    sensors = tuple(_sensors(district))
    layout = district.layout
    whole = box(layout, 0, 0, layout.width_m, layout.height_m)
    issued = ("W1", "orange", "rainstorm 暴雨", _time(60.0), _time(60.0 + 360.0))
    rain_rows = tuple(
        (point, (site, round(mm, 1), "red" if mm >= 100 else "orange" if mm >= 50 else "none", _time(NOW_MIN)))
        for site, (point, mm) in sorted(rain.items())
    )
    return (
        Layer("warning_in_force", "Polygon", "Warning in force", WARNING, ((whole, issued),)),
        Layer("rain_now", "Point", "Rain of the last 60 minutes", RAIN, rain_rows),
        Layer("water_levels", "Point", "Water levels", LEVEL, tuple(_level_row(sensor) for sensor in sensors)),
        Layer("water_level_series", "", "Water levels over time", _SERIES, tuple(_series(sensors))),
        Layer("pumps", "Point", "Pumps", PUMP, tuple(_pump_rows(district))),
        Layer("gates", "Point", "Gates", GATE, tuple(_gate_rows(district))),
        Layer("waterlogging_points", "Point", "Known waterlogging points", LOGGING, tuple(_logging_rows(district))),
        Layer("drainage_districts", "Polygon", "Drainage districts", DRAINAGE, tuple(_drainage_rows(district))),
        Layer("crews", "Point", "Crews", CREW, tuple(_crew_rows(district))),
    )


WARNING = columns("""
    id text Warning
    level text blue, yellow, orange or red
    kind text What is warned of
    issued text When it was issued, ISO 8601 UTC
    until text Until when it holds, ISO 8601 UTC
""")
RAIN = columns("""
    site text Rain gauge
    rain_60_min_mm real Rain of the last 60 minutes
    signal text Warning signal that this rain reaches: none, orange (50 mm) or red (100 mm)
    time text End of the 60 minutes, ISO 8601 UTC
""")
LEVEL = columns("""
    site text Sensor
    name text Name, English and Chinese
    kind text street, channel, wet_well or sea
    zero_m real Level of the sensor's zero: street, bed, bottom, or mean sea
    depth_m real Water above the zero
    level_m real Water level
    limit_m real Depth from which the sensor is over its limit
    over_limit boolean Whether it is
    time text Time of the reading, ISO 8601 UTC
""")
_SERIES = columns("""
    site text Sensor
    time text Time of the reading, ISO 8601 UTC
    time_min real Minutes from the start of the event
    depth_m real Water above the sensor's zero
""")
PUMP = columns("""
    pump_id text Pump
    name text Name, English and Chinese
    node text Node of the drains that it empties
    capacity_m3s real Capacity
    flow_m3s real Flow now
    state text running, standby or out_of_order
    time text Time of the report, ISO 8601 UTC
""")
GATE = columns("""
    gate_id text Gate
    name text Name, English and Chinese
    kind text sluice (of a channel), flap (of an outfall) or flood_gate (of an underpass)
    open_pct real Open share, percent
    state text open, closed or moving
    time text Time of the report, ISO 8601 UTC
""")
LOGGING = columns("""
    point_id text Waterlogging point
    name text Name, English and Chinese
    ground_elev_m real Lowest ground
    usual_depth_m real Depth in the storms of the last years
    return_years real Storm from which it fills
    cause text Why water collects there
""")
DRAINAGE = columns("""
    district_id text Drainage district
    name text Name, English and Chinese
    outfall text Node where it ends
    area_ha real Area
    design_years real Return period that its drains were designed for
""")
CREW = columns("""
    crew_id text Crew
    name text Name, English and Chinese
    people integer Persons
    pump_trucks integer Pump trucks
    state text standing_by or deployed
    time text Time of the report, ISO 8601 UTC
""")


def _time(minutes: float) -> str:
    return (EVENT_START + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _minutes() -> FloatArray:
    return np.arange(0.0, NOW_MIN + STEP_MIN / 2, STEP_MIN)


def _sensors(district: District) -> Iterator[_Sensor]:
    """Sensors of the low places, the channels, the wet wells and the sea."""
    layout, minutes = district.layout, _minutes()
    rise = np.clip((minutes - 30.0) / 45.0, 0.0, 1.0) - 0.35 * np.clip((minutes - 80.0) / 60.0, 0.0, 1.0)
    number = 0

    def sensor(kind: str, u: float, v: float, zero_m: float | None, limit_m: float, depth: FloatArray) -> _Sensor:
        nonlocal number
        number += 1
        point = place(district, u, v)
        words = {"street": "street 道路", "channel": "channel 河道", "wet_well": "wet well 集水井", "sea": "sea 海"}
        zero = zero_m if zero_m is not None else level_m(district, point)
        values = tuple(round(max(0.0, float(value)), 3) for value in depth)
        name = f"Demo level sensor {number} {words[kind]}水位站{number}"
        return _Sensor(f"L{number:03d}", name, kind, point, round(zero, 3), limit_m, values)

    for k, bowl in enumerate(layout.bowls):
        most = random_stream(layout.seed, LEVELS, 1, k).uniform(0.05, 0.6)
        yield sensor("street", bowl.u, bowl.v, None, LOGGED_M, most * rise)
    for k, u in enumerate(layout.channels_u):
        most = random_stream(layout.seed, LEVELS, 2, k).uniform(1.0, 2.0)
        yield sensor("channel", u, layout.rail_v - 40.0, CHANNEL_BED_M, CHANNEL_LIMIT_M, 0.6 + most * rise)
    for k, node in enumerate(node for node in plan_drains(district).nodes if node.kind == "storage"):
        most = random_stream(layout.seed, LEVELS, 3, k).uniform(1.2, 2.6)
        yield sensor("wet_well", node.u, node.v, node.invert_m, WELL_LIMIT_M, most * rise)
    tide = 0.5 * TIDE_M * (1.0 + np.sin(2 * math.pi * minutes / TIDE_MIN))
    yield sensor("sea", layout.width_m / 2, layout.coast_v - 20.0, SEA_LEVEL_M, SEA_LIMIT_M, tide)


def _level_row(sensor: _Sensor) -> Row:
    depth = sensor.depth_m[-1]
    level = round(sensor.zero_m + depth, 3)
    over = depth >= sensor.limit_m
    named = (sensor.site, sensor.name, sensor.kind, sensor.zero_m)
    return sensor.point, (*named, depth, level, sensor.limit_m, over, _time(NOW_MIN))


def _series(sensors: tuple[_Sensor, ...]) -> Iterator[Row]:
    for sensor in sensors:
        for minutes, depth in zip(_minutes(), sensor.depth_m, strict=True):
            yield None, (sensor.site, _time(float(minutes)), float(minutes), depth)


def _pump_rows(district: District) -> Iterator[Row]:
    """The pumps among the assets, under their ids: those of pumping stations and of underpasses."""
    rng = random_stream(district.layout.seed, PUMPS)
    wells = [node for node in plan_drains(district).nodes if node.kind == "storage"]
    for point, (asset, kind, name, _, _, capacity, _) in asset_rows(district):
        if kind not in ("pumping", "underpass_pump"):
            continue
        draw = float(rng.random())
        node = ""
        if kind == "underpass_pump":
            nearest = min(wells, key=lambda well: float(shapely.distance(point, place(district, well.u, well.v))))
            node = nearest.id
        state = "running" if draw < 0.7 else "standby" if draw < 0.9 else "out_of_order"
        flow = round(capacity * (0.5 + 0.4 * draw), 2) if state == "running" else 0.0
        yield point, (asset, name, node, capacity, flow, state, _time(NOW_MIN))


def _gate_rows(district: District) -> Iterator[Row]:
    """A sluice at the mouth of each channel, a flap at each outfall, a flood gate at each underpass."""
    layout = district.layout
    rng = random_stream(layout.seed, GATES)
    outfalls = [node for node in plan_drains(district).nodes if node.kind == "outfall"]
    places = [("sluice", "sluice 水闸", u, layout.coast_v) for u in layout.channels_u]
    places += [("flap", "flap 拍门", node.u, node.v) for node in outfalls]
    places += [("flood_gate", "flood gate 防洪闸", u, layout.rail_v - 45.0) for u in layout.avenues_u]
    for number, (kind, words, u, v) in enumerate(places, 1):
        moving = kind == "sluice" and rng.random() < 0.3
        open_pct, state = (60.0, "moving") if moving else (100.0, "open")  # flood gates close with their underpass
        name = f"Demo {words}{number}"
        yield place(district, u, v), (f"T{number:03d}", name, kind, open_pct, state, _time(NOW_MIN))


def _logging_rows(district: District) -> Iterator[Row]:
    """The low places, and the dips under the rail."""
    layout = district.layout
    rng = random_stream(layout.seed, LEVELS, 4)
    places = [("low place 低洼", bowl.u, bowl.v, 0.4 * bowl.depth_m) for bowl in layout.bowls]
    places += [("underpass 下穿通道", u, layout.rail_v, 1.2) for u in layout.avenues_u]
    for number, (cause, u, v, depth) in enumerate(places, 1):
        point = place(district, u, v)
        years = float(rng.choice(RETURN_YEARS))
        name = f"Demo waterlogging point {number} 演示积水点{number}"
        yield point, (f"Y{number:03d}", name, level_m(district, point), round(depth, 2), years, cause)


def _drainage_rows(district: District) -> Iterator[Row]:
    """The strip of each main from the hill to the sea: half-way to its neighbours."""
    layout = district.layout
    outfalls = sorted((node for node in plan_drains(district).nodes if node.kind == "outfall"), key=lambda node: node.u)
    middles = [(one.u + other.u) / 2 for one, other in pairwise(outfalls)]
    edges = [0.0, *middles, layout.width_m]
    for number, (node, (u0, u1)) in enumerate(zip(outfalls, pairwise(edges), strict=True), 1):
        area = box(layout, u0, layout.coast_v, u1, layout.height_m)
        name = f"Demo drainage district {number} 演示排水分区{number}"
        yield area, (f"Q{number:03d}", name, node.id, round(float(area.area) / 1e4, 3), 3.0)


def _crew_rows(district: District) -> Iterator[Row]:
    layout = district.layout
    rng = random_stream(layout.seed, CREWS)
    count = max(2, round(layout.width_m * layout.height_m / 1e4 / CREW_HA))
    for number in range(1, count + 1):
        point = place(district, float(rng.uniform(0.1, 0.9)) * layout.width_m, layout.rail_v - 60.0)
        people, trucks = int(rng.integers(4, 9)), int(rng.integers(0, 3))
        state = "deployed" if rng.random() < 0.5 else "standing_by"
        name = f"Demo crew {number} 演示抢险队{number}"
        yield point, (f"Z{number:02d}", name, people, trucks, state, _time(NOW_MIN))

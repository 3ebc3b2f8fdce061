"""The tables of the synthetic grid: sources, nodes, feeders, charging, storage, roofs, loads, critical buildings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from ..common.tables import columns
from . import assets
from .district import District
from .layer import Layer, Row
from .parts import BuildingPlan
from .power_grid import CABLES, GridNode, PowerGrid, plan_grid, route
from .power_loads import (
    HOURS,
    SNAPSHOT_HOUR,
    Battery,
    BatteryDay,
    StationDay,
    battery_day,
    demand_by_hour,
    reactive_share,
    roof_kwp,
    station_day,
    sun_by_hour,
)
from .street_plan import Floats

KV_HIGH, KV_LOW = 110.0, 10.0
INFEED_MVA = 20.0
TRANSFORMER = 16.2, 0.34, 18.0, 0.05
"""Of a transformer: short-circuit voltage and its resistive part in %, iron losses in kW, no-load current in %."""
SUBSTATION_BATTERY = Battery(10.0, 5.0)
BATTERIES = {"charging": Battery(1.0, 0.5), "hospital": Battery(0.5, 0.25), "metro": Battery(1.0, 0.5)}
V2G_KW = 15.0
"""What a vehicle that is plugged in and does not charge can give back."""
CRITICAL_H = {"hospital": 8.0, "school": 2.0}
"""Hours for which critical buildings have power of their own, beside those of assets; schools are shelters."""
OWNER = "Demo Power Supply Bureau 演示供电局"


@dataclass(frozen=True)
class _Loads:
    """What a node takes and gives by hour."""

    p_kw: Floats
    q_kvar: Floats
    generation_kw: Floats
    battery: BatteryDay | None


@dataclass(frozen=True)
class _Power:
    """A district's grid with its day."""

    district: District
    grid: PowerGrid
    loads: dict[str, _Loads]
    stations: dict[str, StationDay]
    batteries: dict[str, Battery]
    roofs: dict[str, list[tuple[BuildingPlan, float]]]
    buildings: dict[str, str]

    def load_kw(self, node: str, hour: int = SNAPSHOT_HOUR) -> float:
        return round(float(self.loads[node].p_kw[hour]), 1)


def power_layers(district: District) -> tuple[Layer, ...]:
    """The tables of a district's grid."""
    power = _power(district)
    return (
        _substations(power), _nodes(power), _feeders(power), _charging_stations(power), _charging_points(power),
        _storage(power), _roofs(power), _critical(power), _load_by_hour(power), _vehicles(power),
    )  # fmt: skip


def _power(district: District) -> _Power:
    grid, seed = plan_grid(district), district.layout.seed
    buildings = {file_name: node.id for node in grid.nodes for file_name in node.buildings}
    roofs: dict[str, list[tuple[BuildingPlan, float]]] = defaultdict(list)
    for plan in district.plans:
        if kwp := roof_kwp(plan, seed):
            roofs[buildings[plan.file_name]].append((plan, kwp))
    stations, batteries, loads = {}, {}, {}
    for number, node in enumerate(grid.nodes):
        kinds = {demand.kind for demand in node.demands}
        p, q = demand_by_hour(node.demands, seed, number)
        if "charging" in kinds:
            stations[node.id] = station_day(int(assets.SIZES["charging"][0]), seed, number)
            p = p + stations[node.id].load_kw
            q = q + stations[node.id].load_kw * reactive_share("charging")
        for kind in sorted(kinds & set(BATTERIES)):
            batteries[node.id] = BATTERIES[kind]
        if node.kind == "busbar" and node.assets:
            batteries[node.id] = SUBSTATION_BATTERY
        sun = sun_by_hour(sum(kwp for _, kwp in roofs[node.id]))
        battery = battery_day(batteries[node.id]) if node.id in batteries else None
        loads[node.id] = _Loads(p, q, sun, battery)
    return _Power(district, grid, loads, stations, batteries, roofs, buildings)


def _place(power: _Power, node: GridNode) -> shapely.Point:
    return assets.place(power.district, node.u, node.v(power.district.layout))


def _substations(power: _Power) -> Layer:
    fields = columns("""
        id text Source; of a substation its asset_id in assets
        kind text substation, or infeed from outside of the district
        name text Name
        node text Busbar that it feeds, as id of power_nodes
        kv_high real Voltage of the grid behind it, kV
        kv_low real Voltage of its busbar, kV
        mva real Rated power of its transformers together, MVA
        vk_percent real Short-circuit voltage, percent
        vkr_percent real Its resistive part, percent
        pfe_kw real Iron losses, kW
        i0_percent real No-load current, percent
        owner text Who runs it
        state text in service
        threshold_elev_m real Level at which water gets in
    """)
    rows: list[Row] = []
    for source in power.grid.sources:
        mva = assets.SIZES["substation"][0] if source.kind == "substation" else INFEED_MVA
        values = (source.id, source.kind, source.name, source.node, KV_HIGH, KV_LOW, mva, *TRANSFORMER)
        rows.append((source.place, (*values, OWNER, "in service", source.threshold_m)))
    return Layer("substations", "Point", "Substations and the infeed of the grid", fields, tuple(rows))


def _nodes(power: _Power) -> Layer:
    fields = columns("""
        id text Node
        kind text busbar, station (of a block) or customer (with a station of its own)
        name text Name
        kv real Voltage, kV
        substation text Source of the normal state, as id of substations
        feeder text Feeder of the normal state, "" for a busbar
        block_id text Block that it serves, as block_id of population, "" without one
        p_kw real Load at 18 h, kW
        generation_kw real What roofs give at 18 h, kW
        peak_kw real Greatest load of the day, kW
    """)
    rows: list[Row] = []
    for node in power.grid.nodes:
        loads, block = power.loads[node.id], f"K{node.block + 1:04d}" if node.block >= 0 else ""
        figures = power.load_kw(node.id), round(float(loads.generation_kw[SNAPSHOT_HOUR]), 1)
        peak = round(float(loads.p_kw.max()), 1)
        values = (node.id, node.kind, node.name, KV_LOW, node.source, node.feeder, block, *figures, peak)
        rows.append((_place(power, node), values))
    return Layer("power_nodes", "Point", "Nodes of the grid", fields, tuple(rows))


def _feeders(power: _Power) -> Layer:
    fields = columns("""
        id text Cable between two nodes
        feeder text Feeder of the normal state, "" for a cable that is open
        from_node text Node at its start
        to_node text Node at its end
        length_km real Length, km
        kv real Voltage, kV
        cable text Type of the cable
        r_ohm_km real Resistance, ohm/km
        x_ohm_km real Reactance, ohm/km
        c_nf_km real Capacitance, nF/km
        i_max_a real Greatest current, A
        state text in service, or open (closed only to feed from another side)
    """)
    layout, rows = power.district.layout, []
    for number, cable in enumerate(power.grid.cables, 1):
        u, v = np.array(route(layout, cable)).T
        line = shapely.LineString(np.round(np.column_stack(layout.to_map(u, v)), 3))
        length_km, state = round(line.length / 1000.0, 4), "in service" if cable.closed else "open"
        ends = f"L{number:04d}", cable.feeder, cable.start.id, cable.end.id
        rows.append((line, (*ends, length_km, KV_LOW, cable.kind, *CABLES[cable.kind], state)))
    return Layer("feeders", "LineString", "Feeders: the cables of the grid", fields, tuple(rows))


def _charging_nodes(power: _Power) -> Iterator[tuple[GridNode, str, StationDay]]:
    for node in power.grid.nodes:
        if node.id in power.stations:
            yield node, node.assets[0], power.stations[node.id]


def _charging_stations(power: _Power) -> Layer:
    fields = columns("""
        id text Charging station, as asset_id of assets
        name text Name
        node text Its node
        points integer Charging points
        free integer Points that are free at 18 h
        charging integer Points that charge at 18 h
        out_of_order integer Points that are out of order
        power_kw real Power of all points, kW
        p_kw real What they take at 18 h, kW
        plugged_in integer Vehicles plugged in at 18 h
        v2g_kw real What the vehicles that do not charge can give back at 18 h, kW
    """)
    rows: list[Row] = []
    for node, asset, station in _charging_nodes(power):
        charging, broken = int(station.charging[SNAPSHOT_HOUR].sum()), int(station.broken.sum())
        points, plugged = len(station.power_kw), int(station.plugged[SNAPSHOT_HOUR])
        counts = points, points - charging - broken, charging, broken, float(station.power_kw.sum())
        taken, back = round(float(station.load_kw[SNAPSHOT_HOUR]), 1), V2G_KW * (plugged - charging)
        place = assets.place(power.district, node.u, node.v(power.district.layout) + 4.0)
        rows.append((place, (asset, node.name, node.id, *counts, taken, plugged, back)))
    return Layer("charging_stations", "Point", "Charging stations", fields, tuple(rows))


def _charging_points(power: _Power) -> Layer:
    fields = columns("""
        id text Charging point
        station text Its charging station
        node text Its node
        state text free, charging or out of order, at 18 h
        power_kw real Greatest power, kW
    """)
    rows: list[Row] = []
    for node, asset, station in _charging_nodes(power):
        for k, kw in enumerate(station.power_kw):
            charging = station.charging[SNAPSHOT_HOUR][k]
            state = "out of order" if station.broken[k] else "charging" if charging else "free"
            u, v = node.u + 2.5 * (k % 8), node.v(power.district.layout) + 7.0 + 5.0 * (k // 8)
            place = assets.place(power.district, u, v)
            rows.append((place, (f"{asset}-{k + 1:02d}", asset, node.id, state, float(kw))))
    return Layer("charging_points", "Point", "Charging points by state", fields, tuple(rows))


def _storage(power: _Power) -> Layer:
    fields = columns("""
        id text Storage
        name text Name
        node text Its node
        mwh real Energy that it takes, MWh
        mw real Greatest power in both directions, MW
        soc_pct real State of charge at the end of the hour from 18 h, percent
        p_kw real What it gives at 18 h, kW; negative while it charges
    """)
    rows: list[Row] = []
    for node in power.grid.nodes:
        battery, found = power.loads[node.id].battery, power.batteries.get(node.id)
        if battery is not None and found is not None:
            place = assets.place(power.district, node.u - 4.0, node.v(power.district.layout) + 2.0)
            name = f"Demo battery {len(rows) + 1} 演示储能{len(rows) + 1}"
            state = _figures(battery, SNAPSHOT_HOUR)[::-1]
            rows.append((place, (f"B{len(rows) + 1:03d}", name, node.id, found.mwh, found.mw, *state)))
    return Layer("storage", "Point", "Storage of energy", fields, tuple(rows))


def _figures(battery: BatteryDay, hour: int) -> tuple[float, float]:
    """Power in kW and state of charge in percent of an hour."""
    return round(float(battery.power_kw[hour]), 1), round(float(battery.soc_pct[hour]), 1)


def _roofs(power: _Power) -> Layer:
    fields = columns("""
        id text Roof, the IFC file of its building
        name text Name of the building
        node text Its node
        kwp real Peak power of the panels, kW
        p_kw real What they give at 18 h, kW
        day_kwh real What they give in a clear day, kWh
    """)
    rows: list[Row] = []
    for node, roofs in power.roofs.items():
        for plan, kwp in roofs:
            parts = [shapely.Polygon([plan.on_map(x, y) for x, y in ring]) for ring in plan.footprint]
            sun = sun_by_hour(kwp)
            values = (
                plan.file_name,
                plan.name,
                node,
                kwp,
                round(float(sun[SNAPSHOT_HOUR]), 1),
                round(float(sun.sum()), 1),
            )
            rows.append((shapely.MultiPolygon(parts), values))
    rows.sort(key=lambda row: str(row[1][0]))
    return Layer("pv_roofs", "MultiPolygon", "Roofs with panels", fields, tuple(rows))


def _critical(power: _Power) -> Layer:
    fields = columns("""
        id text Critical building or pump
        name text Name
        use text hospital, school (a shelter), metro, pumping or underpass_pump
        node text Its node
        p_kw real What it takes at 18 h, kW
        backup_h real Hours for which it has power of its own
    """)
    rows: list[Row] = []
    shared = {"metro": assets.BACKUP_H["metro_entrance"], "pumping": assets.BACKUP_H["pumping"], **CRITICAL_H}
    nodes = {node.id: node for node in power.grid.nodes}
    for plan in power.district.plans:
        if plan.use in shared:
            node = nodes[power.buildings[plan.file_name]]
            load = power.load_kw(node.id) if node.kind == "customer" else _own_load(power, node, plan)
            first = assets.before(plan, plan.sills[0])
            rows.append((first, (plan.file_name, plan.name, plan.use, node.id, load, shared[plan.use])))
    for node in power.grid.nodes:
        if any(demand.kind == "underpass_pump" for demand in node.demands):
            values = (node.assets[0], node.name, "underpass_pump", node.id, power.load_kw(node.id), 0.0)
            rows.append((_place(power, node), values))
    return Layer("critical_buildings", "Point", "Critical buildings and their reserve", fields, tuple(rows))


def _own_load(power: _Power, node: GridNode, plan: BuildingPlan) -> float:
    """The part of a block's load that is that of one building, by its share of the peak."""
    own = [demand.peak_kw for demand in node.demands if demand.kind == plan.use]
    return round(power.load_kw(node.id) * sum(own) / sum(d.peak_kw for d in node.demands) / len(own), 1)


def _load_by_hour(power: _Power) -> Layer:
    fields = columns("""
        node text Node
        hour integer Hour from 0 to 23 in which it begins, of a working day in summer
        p_kw real Active load, kW
        q_kvar real Reactive load, kvar
        generation_kw real What roofs give, kW
        storage_kw real What a storage gives, kW; negative while it charges
        soc_pct real Its state of charge at the end of the hour, percent; empty without a storage
    """)
    rows: list[Row] = []
    for node in power.grid.nodes:
        loads = power.loads[node.id]
        for hour in range(HOURS):
            figures = (round(float(v[hour]), 1) for v in (loads.p_kw, loads.q_kvar, loads.generation_kw))
            stored = _figures(loads.battery, hour) if loads.battery is not None else (0.0, None)
            rows.append((None, (node.id, hour, *figures, *stored)))
    return Layer("load_by_hour", "", "Load, generation and storage by hour", fields, tuple(rows))


def _vehicles(power: _Power) -> Layer:
    fields = columns("""
        station text Charging station
        hour integer Hour from 0 to 23
        plugged_in integer Vehicles plugged in
        charging integer Vehicles that charge
        v2g_kw real What the others can give back, kW
    """)
    rows: list[Row] = []
    for _, asset, station in _charging_nodes(power):
        for hour in range(HOURS):
            charging, plugged = int(station.charging[hour].sum()), int(station.plugged[hour])
            rows.append((None, (asset, hour, plugged, charging, V2G_KW * (plugged - charging))))
    return Layer("vehicles_by_hour", "", "Vehicles at charging stations by hour", fields, tuple(rows))

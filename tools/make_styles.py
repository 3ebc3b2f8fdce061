"""Writes the styles in resources/styles from resources/tables/map_classes.csv and the modules of tools/styling.

tools/env.sh python tools/make_styles.py [FOLDER]
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from qgis.core import QgsApplication, QgsMapLayer, QgsMeshLayer, QgsVectorLayer

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from styling import (
    buildings,
    contingency,
    depressions,
    drains,
    expected_damage,
    features,
    flood_watch,
    grids,
    ground,
    lifecycle,
    networks,
    planning_metrics,
    power,
    rail,
    risk,
    service_results,
    services,
    solids,
    sponge_surfaces,
    structure_flows,
    sun_and_sky,
    sunlight,
    terrain_faults,
    underground_space,
    underground_water,
    views,
    visibility,
    water,
)

from twin_plugin.bridge.flood.watch import run as watch_run
from twin_plugin.bridge.kernel.columns import make_fields
from twin_plugin.bridge.kernel.map_classes import LEVEL, see_through
from twin_plugin.bridge.planning import comparison_run, parcel_review, scheme_maps, shadow_run, sunlight_run
from twin_plugin.bridge.reports import mesh_style
from twin_plugin.bridge.risk import damage_areas, damage_run, network_layers, risk_layers
from twin_plugin.bridge.services import rows
from twin_plugin.core.bim.tables import ALIGNMENT, OUTLINE, SOLID, TABLES, TERRAIN
from twin_plugin.core.common.tables import Column
from twin_plugin.core.contingency import plan_tables
from twin_plugin.core.demo import water as demo_water
from twin_plugin.core.demo.district import make_district
from twin_plugin.core.demo.power import power_layers
from twin_plugin.core.flood.drains.result_tables import CONDUITS, NODES
from twin_plugin.core.flood.sponge.capture import COLUMNS as SPONGE_SURFACES
from twin_plugin.core.flood.structures.records import FLOWS as STRUCTURE_FLOWS
from twin_plugin.core.flood.terrain_checks.findings import COLUMNS as TERRAIN_FAULTS
from twin_plugin.core.flood.underground.basement_tables import OPENINGS_FLOW, ROOMS
from twin_plugin.core.flood.underground.tables import FILLED, OPENINGS
from twin_plugin.core.flood.waterlogging.depression_table import COLUMNS as WATERLOGGING
from twin_plugin.core.flood.waterlogging.ponding import POINT_COLUMNS
from twin_plugin.core.lifecycle import results as lifecycle_tables
from twin_plugin.core.planning import view_tables, visibility_tables
from twin_plugin.core.power import tables as power_tables
from twin_plugin.core.rail import tables as rail_tables

STYLES = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "styles"
TEMPORAL = ("contingency_events", "lifecycle_history", "shadow_areas")
"""Styles that name the fields with the times of their rows."""
LISTED = ("flood_watch",)
"""Styles of tables that are read as lists: which columns, and the colours of their rows."""
POWER_LAYERS = {
    "feeders": "power_feeders", "substations": "power_substations", "power_nodes": "power_load",
    "charging_stations": "power_charging", "charging_points": "power_points", "storage": "power_storage",
    "pv_roofs": "power_roofs", "critical_buildings": "power_critical",
}  # fmt: skip
_UUID = re.compile(r"\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}")


def save(layer: QgsMapLayer, name: str) -> None:
    """Save the layer's style without what would differ from one run to the next."""
    path = STYLES / f"{name}.qml"
    kinds = QgsMapLayer.StyleCategory
    # No temporal or elevation settings: those are the data's, not the style's.
    wanted = kinds.Symbology | kinds.Rendering | kinds.Labeling | kinds.Fields | kinds.Forms | kinds.MapTips
    if layer.renderer3D() is not None:
        wanted |= kinds.Symbology3D
    if name in LISTED:
        wanted |= kinds.AttributeTable
    if name in TEMPORAL:
        wanted |= kinds.Temporal
    if isinstance(layer, QgsMeshLayer):
        # Without it QGIS forgets the reference time of the file, and the animation stands still.
        wanted |= kinds.Temporal
        layer.temporalProperties().setAlwaysLoadReferenceTimeFromSource(True)
    message, done = layer.saveNamedStyle(str(path), wanted)
    if not done:
        raise SystemExit(f"{name}: {message}")
    text = re.sub(r' (start|end)-time-extent="[^"]*"', "", path.read_text("utf-8"))
    if name in LISTED:  # rows without a font of their own are written with that of this machine
        text = re.sub(r"\s*<font [^>]*/>(?=\s*</style>)", "", text)
    seen: dict[str, str] = {}
    for mark in _UUID.findall(text):
        seen.setdefault(mark, f"{{00000000-0000-4000-8000-{len(seen):012x}}}")
    path.write_text(_UUID.sub(lambda found: seen[found.group()], text), "utf-8")


def vector(table: str, kind: str, more: tuple[Column, ...] = ()) -> QgsVectorLayer:
    """An empty layer with the fields of a table of the twin base."""
    layer = QgsVectorLayer(kind if kind == "None" else f"{kind}?crs=EPSG:4547", "sample", "memory")
    layer.dataProvider().addAttributes(list(make_fields((TABLES[table].columns if table else ()) + more)))
    layer.updateFields()
    return layer


def main() -> None:
    """Write every style."""
    STYLES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raster = grids.sample(Path(folder))
        for name in (
            "flood_depth",
            "flood_velocity",
            "flood_arrival",
            "flood_duration",
            "flood_infiltrated",
            "flood_rain",
            "flood_exceedance",
            *grids.DOUBTS,
            *grids.DIFFERENCES,
            *sun_and_sky.RAMPS,
            "visibility_count",
            "visibility_change",
        ):
            grids.classed(raster, name)
            save(raster, name)
        for name in ("flood_hazard", "flood_change", "visibility_seen", *sun_and_sky.VEILS):
            grids.paletted(raster, name)
            save(raster, name)
        grids.stretched(raster, tuple(see_through(colour) for colour in LEVEL), "m")
        save(raster, "flood_level")
        grids.stretched(raster, sun_and_sky.HORIZON, "°")
        save(raster, "horizon")
        grids.stretched(raster, grids.GROUND, "m")
        save(raster, "terrain")
        grids.hillshade(raster)
        save(raster, "terrain_shade")
        sample = grids.sample_mesh(Path(folder))
        layer = QgsMeshLayer(str(sample), "sample", "mdal")
        mesh_style.dress(layer)
        save(layer, "flood_result")
    for name, table, kind, more in (
        ("building", "building", "MultiPolygon", ()),
        ("building_risk", "building", "MultiPolygon", risk_layers.ALL_RESULTS),
        ("storey", "storey", "MultiPolygon", ()),
        ("opening", "opening", "PointZ", ()),
        ("room", "room", "MultiPolygon", ()),
        ("underground", "underground", "MultiPolygon", ()),
        ("roads", "", "LineString", ()),
        ("water_bodies", "", "MultiPolygon", ()),
        ("shelters", "", "Point", ()),
        ("rain_gauges", "", "Point", ()),
    ):
        layer = vector(table, kind, more)
        next(getattr(module, name) for module in (buildings, risk, features) if name in vars(module))(layer)
        save(layer, name)
    layer = vector("", "MultiPolygonZ", SOLID.columns)
    solids.solid(layer)
    save(layer, "solid")
    layer = vector("", "MultiPolygonZ", TERRAIN.columns)
    ground.model_terrain(layer)
    save(layer, "model_terrain")
    layer = vector("", "LineStringZ", ALIGNMENT.columns)
    ground.alignment(layer)
    save(layer, "alignment")
    layer = vector("", "MultiPolygonZ", OUTLINE.columns)
    solids.outline(layer)
    save(layer, "outline")
    layer = vector("", "MultiPolygon", rows.COLUMNS)
    services.service(layer)
    save(layer, "service")
    layer = vector("", "MultiPolygon", WATERLOGGING)
    depressions.waterlogging(layer)
    save(layer, "waterlogging")
    layer = vector("", "Point", POINT_COLUMNS)
    depressions.waterlogging_points(layer)
    save(layer, "waterlogging_points")
    layer = vector("", "MultiPolygon", TERRAIN_FAULTS)
    terrain_faults.terrain_faults(layer)
    save(layer, "terrain_faults")
    layer = vector("", "LineString", STRUCTURE_FLOWS.columns)
    structure_flows.structure_flows(layer)
    save(layer, "structure_flows")
    for table, name in ((NODES, "drain_nodes"), (CONDUITS, "drain_conduits")):
        layer = vector("", table.geometry, table.columns)
        getattr(drains, name)(layer)
        save(layer, name)
    layer = vector("", "MultiPolygon", SPONGE_SURFACES)
    sponge_surfaces.sponge_surfaces(layer)
    save(layer, "sponge_surfaces")
    layer = vector("", "MultiPolygon", damage_run.COLUMNS)
    expected_damage.expected_damage(layer)
    save(layer, "expected_damage")
    layer = vector("", "MultiPolygon", damage_areas.COLUMNS)
    expected_damage.expected_damage_areas(layer)
    save(layer, "expected_damage_areas")
    for kind, name in (("LineString", "network_risk"), ("Point", "network_risk_points")):
        layer = vector("", kind, network_layers.RESULTS)
        getattr(networks, name)(layer)
        save(layer, name)
    for columns, name in (
        (parcel_review.PARCELS_OUT, "parcels"),
        (comparison_run.OUTPUT, "schemes"),
        (scheme_maps.BODIES, "bodies"),
        (scheme_maps.PARCELS, "limits"),
    ):
        layer = vector("", "MultiPolygon", columns)
        getattr(planning_metrics, f"planning_{name}")(layer)
        save(layer, f"planning_{name}")
    layer = vector("", "MultiPolygon", shadow_run.AREAS)
    sun_and_sky.shadow_areas(layer)
    save(layer, "shadow_areas")
    layer = vector("", "PointZ", sunlight_run.POINTS_OUT)
    sunlight.sunlight_points(layer)
    save(layer, "sunlight_points")
    layer = vector("", "MultiPolygon", sunlight_run.BUILDINGS_OUT)
    sunlight.sunlight_buildings(layer)
    save(layer, "sunlight_buildings")
    for kind, columns, name in (
        ("Point", visibility_tables.OBSERVERS, "visibility_observers"),
        ("LineString", visibility_tables.LANDMARKS, "visibility_landmarks"),
    ):
        layer = vector("", kind, columns)
        getattr(visibility, name)(layer)
        save(layer, name)
    for kind, columns, name in (
        ("LineString", (), "lines"),
        ("Point", (), "stations"),
        ("Point", (), "entrances"),
        ("Polygon", (), "works"),
        ("MultiLineString", rail_tables.option_columns((5, 10, 15)), "options"),
        ("MultiPolygon", rail_tables.CATCHMENTS, "catchments"),
        ("MultiPolygon", rail_tables.PROTECTION, "protection"),
        ("MultiPolygon", rail_tables.CONFLICTS, "conflicts"),
        ("Point", rail_tables.ENTRANCES, "entrance_levels"),
    ):
        layer = vector("", kind, columns)
        getattr(rail, f"rail_{name}")(layer)
        save(layer, f"rail_{name}")
    for columns, name in (
        (lifecycle_tables.STATUS, "lifecycle_status"),
        (lifecycle_tables.HISTORY, "lifecycle_history"),
    ):
        layer = vector("", "MultiPolygon", columns)
        getattr(lifecycle, name)(layer)
        save(layer, name)
    for kind, columns, name in underground_space.LAYERS:
        layer = vector("", kind, columns)
        getattr(underground_space, name)(layer)
        save(layer, name)
    for table, name in (
        (FILLED, "underground_filled"),
        (OPENINGS, "underground_openings"),
        (ROOMS, "basement_rooms"),
        (OPENINGS_FLOW, "basement_openings"),
    ):
        layer = vector("", table.geometry, table.columns)
        getattr(underground_water, name)(layer)
        save(layer, name)
    for kind, columns, name in (
        ("LineString", plan_tables.CLOSURES, "closures"),
        ("LineString", plan_tables.ROUTES, "routes"),
        ("Point", plan_tables.SHELTERS_USED, "shelters"),
        ("Point", plan_tables.BLOCKS, "blocks"),
        ("Point", plan_tables.MEASURES_PLACED, "measures"),
        ("Point", plan_tables.EVENTS, "events"),
        ("Polygon", (), "districts"),
        ("Point", (Column("risk_class", "integer", ""), Column("name", "text", "")), "buildings"),
    ):
        layer = vector("", kind, columns)
        getattr(contingency, f"contingency_{name}")(layer)
        save(layer, f"contingency_{name}")
    layer = vector("", "None", watch_run.COLUMNS)
    flood_watch.flood_watch(layer)
    save(layer, "flood_watch")
    for kind, columns, name in (
        ("Polygon", demo_water.WARNING, "warning_in_force"),
        ("Point", demo_water.RAIN, "rain_now"),
        ("Point", demo_water.LEVEL, "water_levels"),
        ("Point", demo_water.PUMP, "pumps"),
        ("Point", demo_water.GATE, "gates"),
        ("Point", demo_water.LOGGING, "known_waterlogging"),
        ("Polygon", demo_water.DRAINAGE, "drainage_districts"),
        ("Point", demo_water.CREW, "crews"),
    ):
        layer = vector("", kind, columns)
        getattr(water, name)(layer)
        save(layer, name)
    for layer, name in service_results.layers():
        save(layer, name)
    power_styles()
    view_styles()


def power_styles() -> None:
    """Those of the grid of power: the layers of the demo district, and the outputs of twin:powerflow."""
    found = {layer.name: layer for layer in power_layers(make_district(12, 1))}
    for table, name in POWER_LAYERS.items():
        layer = vector("", found[table].geometry, found[table].fields)
        getattr(power, name)(layer)
        save(layer, name)
    for kind, columns, name in (
        ("LineString", (*found["feeders"].fields, *power_tables.LINES), "power_lines"),
        ("Point", (*found["power_nodes"].fields, *power_tables.NODES), "power_nodes"),
    ):
        layer = vector("", kind, columns)
        getattr(power, name)(layer)
        save(layer, name)


def view_styles() -> None:
    """Those of skylines and view corridors."""
    for kind, columns, name in (
        ("PointZ", view_tables.SKYLINES, "skylines"),
        ("MultiLineStringZ", view_tables.PIECES, "skyline_pieces"),
        ("MultiPolygon", view_tables.BREAKERS, "skyline_breakers"),
        ("MultiPolygon", view_tables.CORRIDORS, "view_corridors"),
        ("MultiPolygon", view_tables.OBSTACLES, "view_obstacles"),
        ("MultiPolygon", view_tables.ZONES, "view_zones"),
    ):
        layer = vector("", kind, columns)
        getattr(views, name)(layer)
        save(layer, name)
    with tempfile.TemporaryDirectory() as folder:
        raster = grids.sample(Path(folder))
        views.view_allowed(raster)
        save(raster, "view_allowed")


if __name__ == "__main__":
    if os.environ.get("QT_HASH_SEED") != "0":
        # Qt's hashes order the attributes of the files: without a seed each run writes other files.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "QT_HASH_SEED": "0"})
    application = QgsApplication([], False)
    application.initQgis()
    main()
    sys.stdout.flush()
    os._exit(0)

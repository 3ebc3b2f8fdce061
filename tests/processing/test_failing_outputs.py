"""Whatever call fails while a run writes its outputs: one sentence, the old files as they were, nothing left behind."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsProcessingDestinationParameter, QgsProcessingModelAlgorithm

from tests.catalogue_records import made_records
from tests.failing_writer.child import ChildError, run_algorithm
from tests.failing_writer.trial import Trial
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.bridge.services.catalogues import open_catalogue
from twin_plugin.core.common import leftovers
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.services.catalogue.sanitize import sanitized

STORM = "twin:designstorm"
WEST, NORTH = 493_000.0, 2_491_000.0
CORNERS = ((0, 0), (5, 0), (5, 5), (0, 5), (0, 0))
FLOOD_RASTERS = ("DEPTH_MAX", "HAZARD")  # of numbers and of bytes; the others are written alike


@pytest.mark.parametrize("name", ["s.csv", "s.geojson"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
def test_a_layer_instead_of_an_old_one(failing_child, tmp_path, name, code):
    parameters = {"OUTPUT": str(tmp_path / name)}
    failing_child.call(run_algorithm, STORM, parameters)
    trial = Trial(failing_child, tmp_path, run_algorithm, STORM, parameters | {"DURATION": 60})
    trial.count_through(code)
    assert trial.failed >= 5


def test_a_disk_that_says_only_at_the_end_that_it_is_full(failing_child, tmp_path):
    """As network disks with quotas do: writing and closing succeed, bringing it to the disk fails."""
    trial = Trial(failing_child, tmp_path, run_algorithm, STORM, {"OUTPUT": str(tmp_path / "s.csv")})
    trial.count_through(errno.EDQUOT, kinds=("sync",))
    assert trial.failed >= 1


@pytest.mark.slow
@pytest.mark.parametrize(("old", "code"), [(False, errno.ENOSPC), (True, errno.EIO)], ids=["new file", "old table"])
def test_a_geopackage(failing_child, tmp_path, old, code):
    parameters = {"OUTPUT": str(tmp_path / "s.gpkg")}
    if old:
        failing_child.call(run_algorithm, STORM, parameters)
    trial = Trial(failing_child, tmp_path, run_algorithm, STORM, parameters | {"DURATION": 60})
    trial.count_through(code)
    assert trial.failed >= 60


@pytest.mark.slow
def test_a_disk_that_is_full_from_some_write_on(failing_child, tmp_path):
    parameters = {"OUTPUT": str(tmp_path / "s.gpkg")}
    failing_child.call(run_algorithm, STORM, parameters)
    trial = Trial(failing_child, tmp_path, run_algorithm, STORM, parameters | {"DURATION": 60})
    trial.count_through(onwards=True, kinds=("write", "truncate", "sync"))
    assert trial.failed >= 60


@pytest.fixture
def folders(tmp_path):
    """A folder for inputs and one for outputs."""
    places = tmp_path / "in", tmp_path / "out 结果"
    for place in places:
        place.mkdir()
    return places


@pytest.fixture
def flood(qgis_app, folders):
    """Parameters of a flood of a tiny bowl with outputs of every kind."""
    given, out = folders
    y, x = np.mgrid[0:12, 0:12].astype(np.float32)
    write_grid(Grid(5 + 0.01 * ((x - 6) ** 2 + (y - 6) ** 2), WEST, NORTH, 4.0, "EPSG:4547"), given / "dtm.tif")
    (given / "rain.csv").write_text("time_min,depth_mm\n1,20\n2,20\n", "utf-8")
    (given / "rain.csvt").write_text('"Real","Real"', "utf-8")
    outputs = {name: str(out / f"{name}.tif") for name in FLOOD_RASTERS}
    files = {"RESULT": str(out / "result.nc"), "SUMMARY": str(out / "summary.json")}
    storm = {"DTM": str(given / "dtm.tif"), "RAIN": str(given / "rain.csv"), "DURATION_MIN": 4, "OUTPUT_STEP_MIN": 2}
    return storm | outputs | files


def without_times(name, content):
    """SUMMARY says how long the run took."""
    if name != "summary.json":
        return content
    return {key: value for key, value in json.loads(content).items() if key not in ("wall_s", "updates_per_s")}


@pytest.mark.slow
def test_a_flood_with_every_kind_of_output(failing_child, folders, flood):
    failing_child.call(run_algorithm, "twin:simulateflood", flood | {"DURATION_MIN": 2, "OUTPUT_STEP_MIN": 1})
    trial = Trial(failing_child, folders[1], run_algorithm, "twin:simulateflood", flood, ignore=without_times)
    trial.count_through(errno.ENOSPC, step=4)  # tests/bridge/flood/test_ugrid_failures.py has each of the last calls
    assert trial.failed >= 20


def test_the_depressions_of_a_terrain(failing_child, folders, flood):
    given, out = folders
    outputs = {"OUTPUT": str(out / "found.geojson"), "FILLED": str(out / "filled.tif")}
    parameters = {"DTM": str(given / "dtm.tif"), "MIN_AREA": 0, **outputs}
    failing_child.call(run_algorithm, "twin:findwaterlogging", parameters | {"MIN_DEPTH": 99})
    trial = Trial(failing_child, out, run_algorithm, "twin:findwaterlogging", parameters)
    trial.count_through(errno.ENOSPC)
    assert trial.failed >= 10


@pytest.mark.slow
def test_shadows_that_bring_their_own_style(failing_child, folders, flood):
    given, out = folders
    corners = [[WEST + 4 * x + 16, NORTH - 4 * y - 16] for x, y in CORNERS]
    shape = {"type": "Polygon", "coordinates": [corners]}
    rows = [{"type": "Feature", "properties": {"id": "a", "height_m": 20.0}, "geometry": shape}]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
    (given / "b.geojson").write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": rows}), "utf-8")
    parameters = {"DTM": flood["DTM"], "BUILDINGS": str(given / "b.geojson"), "SHADOWS": str(out / "shadows.tif")}
    failing_child.call(run_algorithm, "twin:shadows", parameters | {"STEP": 240})
    trial = Trial(failing_child, out, run_algorithm, "twin:shadows", parameters)
    trial.count_through(errno.ENOSPC)
    assert trial.failed >= 8


def test_two_floods_compared(failing_child, folders):
    given, out = folders
    for number, side in enumerate("ab", 1):
        depth = np.full((6, 6), 0.3 * number, np.float32)
        write_grid(Grid(depth, WEST, NORTH, 4.0, "EPSG:4547"), given / f"{side}.tif")
    outputs = {"DIFFERENCE": str(out / "d.tif"), "CHANGE": str(out / "c.tif"), "TABLE": str(out / "t.csv")}
    parameters = {"DEPTH_A": str(given / "a.tif"), "DEPTH_B": str(given / "b.tif"), **outputs}
    failing_child.call(run_algorithm, "twin:comparefloods", parameters | {"TOLERANCE": 1})
    trial = Trial(failing_child, out, run_algorithm, "twin:comparefloods", parameters)
    trial.count_through(errno.ENOSPC)
    assert trial.failed >= 10


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_water_of_zones_with_its_chart(failing_child, folders, kind):
    given, out = folders
    bed, depth = np.full((6, 6), 5.0, np.float32), np.full((6, 6), 0.3, np.float32)
    with FloodMesh(given / "r.nc", Grid(bed, WEST, NORTH, 4.0, "EPSG:4547"), [0.0, 60.0]) as mesh:
        for share in (1, 2):
            mesh.write(depth * share, bed, 0 * depth, 0 * depth)
    ring = [[WEST + 2 * x, NORTH - 2 * y] for x, y in CORNERS]
    zone = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    reference = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
    layer = {"type": "FeatureCollection", "crs": reference, "features": [zone]}
    (given / "zones.geojson").write_text(json.dumps(layer), "utf-8")
    outputs = {"OUTPUT": str(out / "o.csv"), "PICTURE": str(out / f"p.{kind}")}
    parameters = {"RESULT": str(given / "r.nc"), "ZONES": str(given / "zones.geojson"), **outputs}
    failing_child.call(run_algorithm, "twin:floodbalance", parameters | {"WET_DEPTH_M": 9})
    trial = Trial(failing_child, out, run_algorithm, "twin:floodbalance", parameters)
    trial.count_through(errno.ENOSPC)
    assert trial.failed >= 4


def test_the_faults_of_a_terrain(failing_child, folders, flood):
    given, out = folders
    outputs = {"OUTPUT": str(out / "faults.geojson"), "MENDED": str(out / "mended.tif")}
    parameters = {"DTM": str(given / "dtm.tif"), **outputs}
    failing_child.call(run_algorithm, "twin:checkterrain", parameters | {"HEIGHT_UNIT": "ft"})
    trial = Trial(failing_child, out, run_algorithm, "twin:checkterrain", parameters)
    trial.count_through(errno.ENOSPC)
    assert trial.failed >= 10


@pytest.fixture
def risk(qgis_app, folders):
    """Parameters of the risk of two houses in even water."""
    given, out = folders
    ground = Grid(np.full((20, 20), 3.0, np.float32), WEST, NORTH, 1.0, "EPSG:4547")
    write_grid(ground.with_values(np.full((20, 20), 0.5, np.float32)), given / "depth.tif")
    write_grid(ground.with_values(np.full((20, 20), 3.5, np.float32)), given / "level.tif")
    houses = [
        {
            "type": "Feature",
            "properties": {"id": f"house {x}", "ground_floor_elev_m": 3.2, "use": "office"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[WEST + x + a, NORTH - 8 - b] for a, b in CORNERS]],
            },
        }
        for x in (3, 11)
    ]
    reference = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
    layer = {"type": "FeatureCollection", "crs": reference, "features": houses}
    (given / "houses.geojson").write_text(json.dumps(layer), "utf-8")
    return {
        "BUILDINGS": str(given / "houses.geojson"),
        "DEPTH": str(given / "depth.tif"),
        "LEVEL": str(given / "level.tif"),
        "OUTPUT": str(out / "risk.geojson"),
    }


def test_the_risk_of_buildings(failing_child, folders, risk):
    trial = Trial(failing_child, folders[1], run_algorithm, "twin:buildingrisk", risk)
    trial.count_through(errno.EIO)
    assert trial.failed >= 10


@pytest.mark.slow
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
def test_the_risk_in_a_geopackage_that_sqlite_fills(failing_child, folders, risk, code):
    parameters = risk | {"OUTPUT": str(folders[1] / "risk.gpkg")}
    failing_child.call(run_algorithm, "twin:buildingrisk", parameters | {"REGION": "europe"})
    trial = Trial(failing_child, folders[1], run_algorithm, "twin:buildingrisk", parameters)
    trial.count_through(code, step=5)
    assert trial.failed >= 16


@pytest.mark.slow
def test_after_a_kill_a_shapefile_is_of_one_run(failing_child, folders, risk):
    """Its parts are renamed one after the other."""
    out = folders[1]
    parameters = risk | {"OUTPUT": str(out / "risk.shp")}
    for level in (3.1, 3.5):
        write_grid(Grid(np.full((20, 20), level, np.float32), WEST, NORTH, 1.0, "EPSG:4547"), risk["LEVEL"])
        failing_child.call(run_algorithm, "twin:buildingrisk", parameters, folder=out)
        if level == 3.1:
            old = {path: path.read_bytes() for path in out.iterdir()}
    renamed = [call.number for call in failing_child.watch.calls if call.kind == "rename"]
    assert len(renamed) == 5
    new = {path: path.read_bytes() for path in out.iterdir()}
    for moment in renamed[::2]:
        for path, content in old.items():
            path.write_bytes(content)
        with pytest.raises(ChildError, match="-9"):
            failing_child.call(
                run_algorithm, "twin:buildingrisk", parameters, folder=out, failure=killing(failing_child, moment)
            )
        failing_child.restart()
        leftovers.clean(out)
        assert {path: path.read_bytes() for path in out.iterdir()} == old != new


def killing(child, moment):
    """What kills a child at a call."""

    def kill(call):
        if call.number == moment:
            os.kill(child.process.pid, signal.SIGKILL)
        return 0

    return kill


def read_once():
    """Models are read in worker processes, seconds each time: what is tried here is the writing."""
    from twin_plugin.processing.bim import loadbim

    read, kept = loadbim.load_models, {}

    def load_models(request, *others):
        if request not in kept:
            kept[request] = read(request, *others)
        return kept[request]

    loadbim.load_models = load_models


@pytest.mark.slow
def test_the_layers_of_models_together(failing_child, folders, district_models):
    failing_child.call(read_once)
    out = folders[1]
    layers = ("BUILDINGS", "STOREYS", "OPENINGS", "SOLIDS", "OUTLINES", "ROOMS", "TERRAIN", "ALIGNMENTS")
    places = {name: str(out / f"{name.lower()}.geojson") for name in layers}
    tables = {name: str(out / f"{name.lower()}.csv") for name in ("REPORT", "UNPLACED", "ENVELOPE")}
    models = {"FOLDER": str(district_models(1, 7)), **tables}
    (out / "report.csv").write_text("old", "utf-8")
    trial = Trial(failing_child, out, run_algorithm, "twin:loadbim", places | models)
    trial.count_through(errno.ENOSPC)
    assert trial.failed >= 40


@pytest.fixture
def catalogue(qgis_app, folders):
    path = folders[0] / "services.gpkg"
    store = open_catalogue(str(path), create=True)
    store.apply([sanitized(record)[0] for record in made_records(20)])
    store.close()
    return str(path)


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("twin:searchservices", "found.geojson"),
        ("twin:exportservices", "all.json"),
        ("twin:exportservices", "all.csv"),
    ],
)
def test_services(failing_child, folders, catalogue, identifier, name):
    (folders[1] / name).write_text("old", "utf-8")
    parameters = {"CATALOGUE": catalogue, "OUTPUT": str(folders[1] / name)}
    trial = Trial(failing_child, folders[1], run_algorithm, identifier, parameters)
    trial.count_through(errno.EIO)
    assert trial.failed >= 5


@pytest.mark.slow
def test_a_model_with_results_and_its_topics(failing_child, folders, district_models):
    """Written by a worker process, which the watch follows."""
    given, out = folders
    model = shutil.copy(next(district_models(1, 7).rglob("*.ifc")), given)
    found = re.search(r"IFCBUILDING\('([^']{22})'", Path(model).read_text("utf-8"))
    row = {"id": f"{Path(model).name}/{found[1]}", "ground_floor_elev_m": 4.0, "risk_class": 4, "reason": "it is wet"}
    row |= {"level_m": 4.9, "ingress_opening_id": "", "storeys_reached": 1}
    layer = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": row, "geometry": None}]}
    (given / "risk.geojson").write_text(json.dumps(layer), "utf-8")
    parameters = {"MODEL": str(model), "RISK": str(given / "risk.geojson")}
    parameters |= {"OUTPUT": str(out / "copy.ifc"), "BCF": str(out / "topics.bcf")}
    (out / "copy.ifc").write_text("old", "utf-8")
    trial = Trial(failing_child, out, run_algorithm, "twin:writebackbim", parameters, ignore=without_stamps)
    trial.count_through(errno.ENOSPC, step=3)
    assert trial.failed >= 4


def without_stamps(name, content):
    """Files say when they were written, and topics have new ids."""
    return content if content == b"old" else len(content) > 0


@pytest.fixture
def over_time(folders):
    """A RESULT of 64 cells and two times."""
    path, bed = folders[0] / "result.nc", np.ones((8, 8), np.float32)
    with FloodMesh(path, Grid(bed, WEST, NORTH, 2.0, "EPSG:4547"), [0.0, 60.0]) as mesh:
        for depth_m in (0.0, 0.5):
            mesh.write(bed * np.float32(depth_m), bed, 0 * bed, 0 * bed)
    return str(path)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["film.gif", "film.mp4"])
def test_a_film(failing_child, folders, over_time, name):
    if name.endswith("mp4"):
        pytest.importorskip("av")
    out = folders[1]
    (out / name).write_text("old", "utf-8")
    parameters = {"RESULT": over_time, "WIDTH": 320, "HEIGHT": 240, "OUTPUT": str(out / name)}
    trial = Trial(failing_child, out, run_algorithm, "twin:floodanimation", parameters)
    trial.count_through(errno.ENOSPC, step=3)
    assert trial.failed >= 3


TRIED = {
    STORM: {"OUTPUT"},
    "twin:shadows": {"SHADOWS"},
    "twin:checkterrain": {"OUTPUT", "MENDED"},
    "twin:simulateflood": {*FLOOD_RASTERS, "RESULT", "SUMMARY"},
    "twin:findwaterlogging": {"OUTPUT", "FILLED"},
    "twin:comparefloods": {"DIFFERENCE", "CHANGE", "TABLE"},
    "twin:floodbalance": {"OUTPUT", "PICTURE"},
    "twin:buildingrisk": {"OUTPUT"},
    "twin:loadbim": {
        "BUILDINGS",
        "STOREYS",
        "OPENINGS",
        "SOLIDS",
        "OUTLINES",
        "ENVELOPE",
        "ROOMS",
        "TERRAIN",
        "ALIGNMENTS",
        "REPORT",
        "UNPLACED",
    },
    "twin:searchservices": {"OUTPUT"},
    "twin:exportservices": {"OUTPUT"},
    "twin:writebackbim": {"OUTPUT", "BCF"},
    "twin:floodanimation": {"OUTPUT"},
}
ELSEWHERE = {
    "twin:floodreport": {"PROJECT", "MAP", "REPORT"},  # tests/processing/reports/test_report_failures.py
    # The project in tests/processing/themes/test_onemap_failures.py; tables like designstorm's, JSON like SUMMARY.
    "twin:onemap": {"OUTPUT", "LAYERS", "INDICATORS", "INDICATORS_JSON"},
    "twin:createdemodistrict": {"FOLDER"},  # tests/processing/test_failing_folders.py
    "twin:publishtwinbase": {"FOLDER"},
    "twin:exportflood": {"FOLDER"},
    "twin:floodanimation": {"FRAMES"},
    "twin:exportlisflood": {"FOLDER"},
    "twin:listscenarios": {"OUTPUT"},  # a table like designstorm's
    "twin:runscenario": {"OUTPUT_FOLDER", "RESULTS", "MODEL"},  # tests/processing/scenarios; a table; a file of QGIS
    # Written like those that are tried: rasters like DEPTH_MAX, layers that need a server like searchservices.
    "twin:simulateflood": {
        "LEVEL_MAX",
        "VELOCITY_MAX",
        "ARRIVAL",
        "DURATION_WET",
        "FROUDE_MAX",
        "LIMITED",
        "GOVERNING",
        "INFILTRATED",
        "BALANCE",
        "DRAIN_NODES",
        "DRAIN_CONDUITS",
        "SURFACES_FILLED",
        "STRUCTURE_FLOWS",
        "STRUCTURE_SERIES",
        "UNDERGROUND_FILLED",
        "UNDERGROUND_OPENINGS",
        "UNDERGROUND_SERIES",
        "RAIN_TOTAL",
        "STATE",
    },
    "twin:networkrisk": {
        "OUTPUT",
        "SUMMARY",
        "FAILURES",
    },  # a layer like that of buildingrisk, tables like designstorm's
    # Layers like that of buildingrisk.
    "twin:railoptions": {"OPTIONS", "CATCHMENTS", "PROTECTION", "CONFLICTS", "ENTRANCE_LEVELS"},
    "twin:planningmetrics": {"OUTPUT", "CHECKS", "USES"},
    # Rasters like DEPTH_MAX and of bytes like HAZARD, layers like that of buildingrisk.
    "twin:visibility": {"CUMULATIVE", "CUMULATIVE_BEFORE", "CHANGE", "VISIBLE", "OUTPUT", "LANDMARK_VIEWS"},
    "twin:shadows": {"DIFFERENCE", "AREAS"},  # written like SHADOWS, a layer like that of buildingrisk
    "twin:skyview": {"SKY_VIEW", "CHANGE", "HORIZON"},
    "twin:sunlight": {"OUTPUT", "BUILDINGS_OUT", "BLOCKERS", "BY_TIME", "GROUND"},  # a raster like those of skyview
    "twin:lifecyclestatus": {"OUTPUT", "HISTORY"},  # layers like that of buildingrisk
    "twin:comparestages": {"OUTPUT"},
    "twin:exportscene": {
        "HTML",
        "CITYJSON",
        "CITYGML",
        "CITYGML2",
        "OBJ",
        "GLTF",
        "TILES",
    },  # tests/processing/scene/test_exportscene.py
    "twin:scene3d": {"OUTPUT"},  # a project like that of onemap, tests/processing/themes/test_onemap_failures.py
    "twin:exporttiles": {"FOLDER"},  # tests/processing/scene/test_exporttiles.py
    "twin:writebackplace": {"OUTPUT"},  # written as writebackbim writes
    "twin:comparemodels": {"OUTPUT"},  # tables like designstorm's
    "twin:constructionprogress": {"OUTPUT"},
    "twin:advancestage": {"OUTPUT"},  # a table like designstorm's; the base in tests/processing/lifecycle
    "twin:recordevent": {"OUTPUT"},  # the same
    "twin:undergroundclearance": {"PAIRS", "COVER", "FREE"},  # layers like those that are tried
    "twin:skyline": {"TABLE", "PIECES", "BREAKERS", "CHART"},  # and a picture like that of floodbalance
    "twin:viewcorridor": {"CORRIDORS", "OBSTACLES", "ZONES", "ALLOWED"},  # and a raster like FILLED
    "twin:section": {"SECTION", "SURFACES", "SVG", "LAYOUT"},  # layers, a text like SUMMARY, a PDF like REPORT
    "twin:comparescheme": {"OUTPUT", "TABLE", "SENSITIVITY", "REPORT", "PAGE"},  # pages like those of a plan
    "twin:powerflow": {"LINES", "NODES_OUT", "SUPPLY", "BY_FEEDER", "BY_HOUR"},  # written like those of networkrisk
    "twin:basementflooding": {"ROOMS", "OPENINGS_FLOW", "SERIES", "RANKING"},  # written like those of networkrisk
    "twin:exportdrains": {"OUTPUT"},  # a text like SUMMARY
    "twin:comparefloods": {"LEVEL_DIFFERENCE", "ARRIVAL_DIFFERENCE"},
    "twin:floodbalance": {"BALANCE_PICTURE"},  # written like PICTURE
    "twin:findwaterlogging": {"POINTS"},
    # Tables like that of designstorm; rasters and folder in tests/processing/flood/test_runensemble.py.
    "twin:runensemble": {
        "FOLDER",
        "ENVELOPE_DEPTH",
        "ENVELOPE_ARRIVAL",
        "EXCEEDANCE",
        "RUNS_DONE",
        "COMPARISON",
    },
    "twin:floodwatch": {"OUTPUT"},
    "twin:floodhydrographs": {"OUTPUT", "FIT", "PAIRS"},  # tables like that of designstorm
    "twin:floodprofiles": {"OUTPUT_PROFILE", "OUTPUT_DISCHARGE"},
    # Layers like that of buildingrisk, a table like designstorm's, a picture like that of floodbalance.
    "twin:expecteddamage": {"OUTPUT", "CURVE", "AREAS", "PICTURE"},
    # A text like SUMMARY, layers like that of buildingrisk, tables like designstorm's.
    "twin:contingencyplan": {
        "PLAN",
        "CLOSURES",
        "ROUTES",
        "SHELTERS_USED",
        "BLOCKS",
        "MEASURES_PLACED",
        "EVENTS",
        "ACTIONS",
        "CHANGES",
        "REPORT",
        "PROJECT",
        "PAGE",
    },
    "twin:checkservices": {"OUTPUT"},
    "twin:queryservice": {"OUTPUT"},
    "twin:fetchobservations": {"OUTPUT"},
}


def test_every_output_of_the_provider_is_tried(qgis_plugin):
    for algorithm in qgis_plugin.provider.algorithms():
        if isinstance(algorithm, QgsProcessingModelAlgorithm):
            continue
        there = {p.name() for p in algorithm.parameterDefinitions() if isinstance(p, QgsProcessingDestinationParameter)}
        tried = TRIED.get(algorithm.id(), set()) | ELSEWHERE.get(algorithm.id(), set())
        assert there == tried, f"{algorithm.id()}: add a test here for each output"

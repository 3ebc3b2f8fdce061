"""`make serve`: the demo's services come up, are harvested, searched and compared with the base, and leave nothing."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

import psutil
import pytest
from osgeo import gdal, ogr

from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.services import publish
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.catalogue.store import Search
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import record_id

ROOT = Path(__file__).parents[2]
BUILDINGS = 14
SERVE = [str(ROOT / "tools" / "env.sh"), "python", "tools/serve.py"]
pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]


def environment() -> dict[str, str]:
    """As a terminal has it: without the profile of the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QGIS_")}
    return {**kept, "PYTHONUNBUFFERED": "1"}


def stops_with_us() -> None:
    """Should the tests be killed, the kernel sends what Ctrl-C sends."""
    ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


def get(url: str, **parameters: object) -> dict:
    """The JSON of a server on loopback."""
    if parameters:
        url += "?" + urllib.parse.urlencode(parameters)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=60) as reply:
        return json.loads(reply.read())


def free_ports(count: int) -> int:
    """The first of some ports in a row that nothing listens on."""
    for start in range(20_000, 60_000, 97):
        sockets = [socket.socket() for _ in range(count)]
        try:
            for k, probe in enumerate(sockets):
                probe.bind(("127.0.0.1", start + k))
        except OSError:
            continue
        finally:
            for probe in sockets:
                probe.close()
        return start
    raise AssertionError("no ports in a row are free")


@pytest.fixture(scope="module")
def serving(tmp_path_factory):
    """The process, its folder, its first port and what it printed; stopped at the end as Ctrl-C does."""
    folder = tmp_path_factory.mktemp("serve") / "the demo 演示"
    port = free_ports(len(publish.SERVERS))
    command = [*SERVE, "--folder", str(folder), "--port", str(port), "--buildings", str(BUILDINGS), "--seconds", "0.5"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT, env=environment(),
        preexec_fn=stops_with_us,
    )  # fmt: skip
    lines: list[str] = []
    ready = threading.Event()

    def listen() -> None:
        for line in process.stdout:
            lines.append(line.rstrip())
            if line.startswith("Ready"):
                ready.set()
        ready.set()

    threading.Thread(target=listen, daemon=True).start()
    assert ready.wait(240), lines
    if process.poll() is not None:
        pytest.fail("\n".join(lines))
    yield process, folder, port, lines
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait(60)


@pytest.fixture(scope="module")
def all_running(serving):
    """As `serving`, where every server is installed."""
    missing = [line for line in serving[3] if "not running" in line]
    if missing and not os.environ.get("CI"):
        pytest.skip("; ".join(missing))
    assert not missing
    return serving


@pytest.fixture(scope="module")
def harvested(all_running, run_algorithm):
    """A new catalogue with what pygeoapi, tipg, QGIS Server and the feed tell of themselves."""
    _, folder, port, _ = all_running
    path = folder / "serve" / "harvested 目录.gpkg"
    for server in publish.SERVERS:
        run_algorithm("twin:harvestservices", {"URL": publish.address(server, port), "CATALOGUE": str(path)})
    return path


def counts(folder: Path) -> dict[str, int]:
    """Rows of the tables of the base, by GDAL."""
    dataset = gdal.OpenEx(str(folder / "serve" / "base.gpkg"), gdal.OF_VECTOR)
    return {table: dataset.GetLayerByName(table).GetFeatureCount() for table in publish.BASE}


def test_it_says_where_everything_is(all_running):
    _, folder, port, lines = all_running
    text = "\n".join(lines)
    for server in publish.SERVERS:
        assert publish.address(server, port) in text
    assert counts(folder)["building"] == BUILDINGS


def test_every_live_record_of_the_catalogue_is_there(all_running, harvested):
    """What the demo's catalogue calls live is what the servers themselves tell, by the same ids."""
    _, folder, port, _ = all_running
    demo = FileCatalogue(folder / "serve" / "services.gpkg")
    told = FileCatalogue(harvested)
    try:
        live = {record.id: record for record in demo.records(Search(made=False))}
        found = {record.id: record for record in told.records()}
        assert len(live) == 68
        assert not {live[key].title for key in live.keys() - found.keys()}
        assert demo.search(Search(made=True, limit=1)).total >= 4000
        # Those that have an address come back through the published records, and are still told as made.
        assert told.search(Search(made=True, limit=1)).total > 4000
        assert all(str(port)[:2] in record.url for record in live.values())
    finally:
        demo.close()
        told.close()


def test_harvested_services_are_found_by_words_place_and_protocol(all_running, harvested):
    _, folder, _, _ = all_running
    demo, told = FileCatalogue(folder / "serve" / "services.gpkg"), FileCatalogue(harvested)
    try:
        box = next(iter(demo.search(Search(made=False, limit=1)).records)).box
        found = told.search(Search(text="建筑", protocols=(ServiceProtocol.OGC_FEATURES,), box=box, limit=0)).records
        assert {record.layer for record in found} >= {"building", "storey"}
        far = told.search(Search(box=BoundingBox(0, 0, 1, 1), protocols=(ServiceProtocol.OGC_FEATURES,))).records
        # tipg gives tables without rows the whole world.
        assert {record.layer for record in far} <= {"twin.room", "twin.solid", "twin.outline"}
    finally:
        demo.close()
        told.close()


def rows_of(path: Path, table: str, where: str = "") -> dict[str, ogr.Geometry]:
    """Geometries of the base by id, in the CRS of the base, by GDAL."""
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    layer = dataset.GetLayerByName(table)
    layer.SetAttributeFilter(where or None)
    return {row["id"]: row.GetGeometryRef().Clone() for row in layer}


def of_layer(source: str) -> dict[str, ogr.Geometry]:
    """What a query wrote: geometries by the twin's id."""
    dataset = gdal.OpenEx(source, gdal.OF_VECTOR)
    return {row["id"]: row.GetGeometryRef().Clone() for row in dataset.GetLayer(0)}


SERVERS = {"pygeoapi": ("pygeoapi", "{}"), "tipg": ("tipg", "twin.{}"), "WFS": ("qgis-server", "{}")}


@pytest.mark.parametrize("server", SERVERS)
def test_a_query_with_box_and_filter_gives_what_the_base_holds(all_running, run_algorithm, tmp_path, server):
    _, folder, port, _ = all_running
    base = folder / "serve" / "base.gpkg"
    name, layer = SERVERS[server]
    protocol = ServiceProtocol.WFS if server == "WFS" else ServiceProtocol.OGC_FEATURES
    buildings = rows_of(base, "building")
    centre = next(iter(buildings.values())).Centroid()
    west, east, south, north = centre.GetX() - 90, centre.GetX() + 90, centre.GetY() - 90, centre.GetY() + 90
    given = {
        "CATALOGUE": str(folder / "serve" / "services.gpkg"), "CRS": "EPSG:4547", "OUTPUT": str(tmp_path / "out.gpkg"),
        "SERVICE": record_id(protocol, publish.address(name, port), layer.format("opening")),
    }  # fmt: skip
    asked = "kind = 'door' AND sill_elev_m < 6"
    box = f"{west},{east},{south},{north} [EPSG:4547]"
    results = run_algorithm("twin:queryservice", {**given, "FILTER": asked, "EXTENT": box})
    found, doors = of_layer(results["OUTPUT"]), rows_of(base, "opening", asked)
    # A box of the map is a little turned in degrees: rows at its edge may or may not be in.
    away = {key: max(abs(p.GetX() - centre.GetX()), abs(p.GetY() - centre.GetY())) for key, p in doors.items()}
    surely = {key for key, distance in away.items() if distance < 89}
    perhaps = {key for key, distance in away.items() if distance < 93}
    assert 0 < len(surely) < len(doors)
    assert surely <= found.keys() <= perhaps
    for key, point in found.items():
        # WFS of QGIS Server has six decimals of a degree in some of its formats.
        assert point.Distance(doors[key]) < (0.15 if server == "WFS" else 0.001)


def test_a_theme_has_the_same_numbers_from_services_as_from_the_folder(all_running, run_algorithm, tmp_path):
    _, folder, _, _ = all_running
    values = []
    for given in (
        {"CATALOGUE": str(folder / "serve" / "services.gpkg"), "TIMEOUT": 60},
        {"FOLDER": str(folder / "district")},
    ):
        paper = tmp_path / "indicators.json"
        run_algorithm("twin:onemap", {
            "THEME": "power", **given, "LANGUAGE": "en", "OUTPUT": str(tmp_path / "map.qgz"),
            "INDICATORS_JSON": str(paper),
        })  # fmt: skip
        rows = json.loads(paper.read_text("utf-8"))["indicators"]
        values.append({row["id"]: row["value"] for row in rows if row["value"] is not None})
    assert values[0] == pytest.approx(values[1])
    assert values[0]["stored_mwh"] > 0


def test_the_gauges_are_fetched_as_points_with_the_newest_values(all_running, run_algorithm, tmp_path):
    _, folder, port, _ = all_running
    given = {
        "CATALOGUE": str(folder / "serve" / "services.gpkg"), "OUTPUT": str(tmp_path / "out.gpkg"),
        "SERVICE": record_id(ServiceProtocol.SENSORTHINGS, publish.address("sensorthings", port), "Rainfall"),
    }  # fmt: skip
    results = run_algorithm("twin:fetchobservations", given)
    dataset = gdal.OpenEx(results["OUTPUT"], gdal.OF_VECTOR)
    rows = [(row["site"], row.GetGeometryRef().GetX(), row["value"]) for row in dataset.GetLayer(0)]
    district = gdal.OpenEx(str(folder / "district" / "district.gpkg"), gdal.OF_VECTOR)
    assert {row[0] for row in rows} == {row["name"] for row in district.GetLayerByName("rain_gauges")}
    assert all(113 < x < 115 and value is not None for _, x, value in rows)


def test_search_query_and_buffer_in_one_model_by_qgis_process(all_running, tmp_path):
    _, folder, _, _ = all_running
    asked = "kind = 'door' AND sill_elev_m < 6"
    command = [
        str(ROOT / "tools" / "env.sh"), "qgis_process", "--json", "run", "twin:service_to_buffers",
        f"--CATALOGUE={folder / 'serve' / 'services.gpkg'}", "--TEXT=门窗洞口 pygeoapi", "--PROTOCOL=ogcapi-features",
        f"--FILTER={asked}", "--DISTANCE=10", f"--buffers={tmp_path / 'buffers.gpkg'}",
        f"--features={tmp_path / 'features.gpkg'}", f"--services={tmp_path / 'services.gpkg'}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    doors = rows_of(folder / "serve" / "base.gpkg", "opening", asked)
    buffers = of_layer(str(tmp_path / "buffers.gpkg"))
    assert buffers.keys() == doors.keys()
    for key, area in buffers.items():
        # Five segments to a quarter circle: a little less than pi r².
        assert area.GetArea() == pytest.approx(309, rel=0.01)
        assert area.Centroid().Distance(doors[key]) < 0.01
    services = gdal.OpenEx(str(tmp_path / "services.gpkg"), gdal.OF_VECTOR)
    assert services.GetLayer(0).GetFeatureCount() == 1


def test_counts_are_the_bases_own(all_running):
    _, folder, port, _ = all_running
    api, tipg = publish.address("pygeoapi", port), publish.address("tipg", port)
    for table, count in counts(folder).items():
        assert get(f"{api}/collections/{table}/items", f="json", resulttype="hits")["numberMatched"] == count
        if table != "bim_model":
            page = get(f"{tipg}/collections/twin.{table}/items", f="geojson", limit=1)
            assert page["numberMatched"] == count
    records = get(f"{api}/collections/records/items", f="json", limit=1)
    # Records of files and databases are of no use to others.
    assert 4000 < records["numberMatched"] < 5353


def test_the_feed_goes_on_with_the_time_of_now(all_running):
    _, _, port, _ = all_running
    feed = publish.address("sensorthings", port)
    url = f"{feed}/Observations"
    first = get(url, **{"$orderby": "resultTime desc", "$top": 1, "$count": "true"})
    asked = {"$orderby": "resultTime desc", "$top": 1, "$count": "true"}
    deadline = time.monotonic() + 30
    while (later := get(url, **asked))["@iot.count"] <= first["@iot.count"]:
        assert time.monotonic() < deadline, "no new observation came"
        time.sleep(0.3)
    newest = time.mktime(time.strptime(later["value"][0]["phenomenonTime"][:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone
    assert abs(time.time() - newest) < 60
    names = {row["name"] for row in get(f"{feed}/ObservedProperties")["value"]}
    assert names == {"Rainfall", "Water level"}


def test_a_second_one_on_the_same_ports_is_refused(all_running):
    _, folder, port, _ = all_running
    command = [*SERVE, "--folder", str(folder), "--port", str(port)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False, env=environment())
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr


def test_ctrl_c_leaves_nothing(serving):
    """Last: it stops what the others used."""
    process, folder, port, lines = serving
    started = psutil.Process(process.pid).children(recursive=True)
    watched = [child for child in started if any("watch.py" in part for part in child.cmdline())]
    scratch = {Path(child.cmdline()[-1]).parent for child in watched}
    programs = [*started, *(program for child in watched for program in child.children(recursive=True))]
    assert scratch
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    _, alive = psutil.wait_procs(programs, timeout=15)
    assert not alive
    assert not [path for path in scratch if path.exists()]
    for k in range(len(publish.SERVERS)):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port + k)) != 0
    assert lines[-1] == "Stopped."
    assert {path.name for path in (folder / "serve" / "logs").iterdir()} >= {"pygeoapi.log", "sensorthings.log"}

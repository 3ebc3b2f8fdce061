"""Every server that tests may use comes up, and serves the made data whole and right."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import psutil
import pytest
from osgeo import ogr

from tests.servers.dataset import COUNTS, make_rows

BOX = (113.935, 22.495, 113.955, 22.515)
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url: str, **parameters: object) -> bytes:
    """The body of a reply; parameters are encoded and added."""
    if parameters:
        url += ("&" if "?" in url else "?") + urllib.parse.urlencode(parameters)
    with _opener.open(url, timeout=60) as reply:
        return reply.read()


def paged(url: str) -> list[dict]:
    """The features of all pages of an OGC API."""
    features = []
    while url:
        page = json.loads(get(url))
        features += page["features"]
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    return features


def test_the_data_are_the_same_every_time(city):
    assert {table: len(rows) for table, rows in city.rows.items()} == COUNTS
    assert city.rows["plots"] == make_rows("plots")
    nulls = sum(row.values["state"] is None for row in city.rows["wells"])
    assert 0 < nulls < COUNTS["wells"]


def test_postgis_holds_them(postgis_city, city):
    for table, rows in city.rows.items():
        assert postgis_city.sql(f"SELECT count(*) FROM city.{table}") == [[str(len(rows))]]
    box = "ST_MakeEnvelope(113.935, 22.495, 113.955, 22.515, 4326)"
    found = postgis_city.sql(f"SELECT fid FROM city.pipes WHERE ST_Intersects(geom, {box}) ORDER BY fid")
    assert [int(fid) for (fid,) in found] == [row.fid for row in city.within("pipes", *BOX)]
    srid = postgis_city.sql("SELECT DISTINCT ST_SRID(geom) FROM city.plots")
    assert srid == [["4547"]]


@pytest.mark.parametrize("table", COUNTS)
def test_tipg_and_pygeoapi_give_what_a_box_holds(request, city, table):
    expected = {row.fid for row in city.within(table, *BOX)}
    assert expected
    box = ",".join(map(str, BOX))
    for server, collection in (("tipg", f"city.{table}"), ("pygeoapi", table)):
        base = request.getfixturevalue(server)
        found = paged(
            f"{base}/collections/{collection}/items?bbox={box}&limit=500&f={'geojson' if server == 'tipg' else 'json'}"
        )
        assert {int(feature["id"]) for feature in found} == expected, server
        by_id = {int(feature["id"]): feature for feature in found}
        for row in city.within(table, *BOX)[:50]:
            served = ogr.CreateGeometryFromJson(json.dumps(by_id[row.fid]["geometry"]))
            assert served.Distance(ogr.CreateGeometryFromWkt(row.wkt)) < 1e-8
            assert by_id[row.fid]["properties"]["name"] == row.values["name"]


def test_tipg_filters_with_cql2(tipg, city):
    text = "kind = '雨水井' AND depth_m > 5"
    page = json.loads(get(f"{tipg}/collections/city.wells/items", filter=text, limit=1, f="geojson"))
    expected = [
        row for row in city.rows["wells"] if row.values["kind"] == "雨水井" and (row.values["depth_m"] or 0) > 5
    ]
    assert page["numberMatched"] == len(expected)


def test_pygeoapi_has_the_records(pygeoapi, city):
    found = paged(f"{pygeoapi}/collections/records/items?f=json&limit=100")
    assert {feature["id"] for feature in found} == {record.id for record in city.records}
    # pygeoapi 0.24 (Debian 13) writes < and > of its data as entities, 0.21 as they are.
    titles = {html.unescape(feature["properties"]["title"]) for feature in found}
    assert titles == {record.title for record in city.records}


@pytest.mark.parametrize("server", ["qgis_server", "mapserver"])
@pytest.mark.parametrize("table", COUNTS)
def test_wfs_servers_count_and_place(request, city, server, table):
    base = request.getfixturevalue(server)
    given = {"SERVICE": "WFS", "VERSION": "1.1.0", "REQUEST": "GetFeature", "TYPENAME": table}
    hits = get(base, **given, RESULTTYPE="hits").decode()
    assert int(re.search(r'numberOfFeatures="(\d+)"', hits).group(1)) == COUNTS[table]
    json_type = "application/vnd.geo+json" if server == "qgis_server" else "geojson"
    axes = "{1},{0},{3},{2},urn:ogc:def:crs:EPSG::4326" if server == "mapserver" else "{0},{1},{2},{3},EPSG:4326"
    found = json.loads(get(base, **given, OUTPUTFORMAT=json_type, BBOX=axes.format(*BOX)))["features"]
    codes = {feature["properties"]["code"] for feature in found}
    assert codes == {row.values["code"] for row in city.within(table, *BOX)}


@pytest.mark.parametrize("server", ["qgis_server", "mapserver"])
def test_wms_servers_draw(request, server):
    base = request.getfixturevalue(server)
    picture = get(
        base, SERVICE="WMS", VERSION="1.3.0", REQUEST="GetMap", LAYERS="wells", STYLES="", CRS="EPSG:4326",
        BBOX="22.48,113.92,22.54,113.98", WIDTH=200, HEIGHT=200, FORMAT="image/png",
    )  # fmt: skip
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 2000, "it is not empty"


def test_the_csw_has_the_records(pycsw, city):
    found, start = set(), 1
    while start:
        text = get(
            pycsw, service="CSW", version="2.0.2", request="GetRecords", typenames="csw:Record", resulttype="results",
            elementsetname="full", startposition=start, maxrecords=50,
        ).decode()  # fmt: skip
        found |= set(re.findall(r"<dc:identifier>([^<]+)</dc:identifier>", text))
        start = int(re.search(r'nextRecord="(\d+)"', text).group(1))
    assert found == {record.id for record in city.records}


def test_sensorthings_gives_every_observation_over_its_pages(sensorthings, city):
    sensor = city.sensors[3]
    stream = f"{sensorthings.url}/Datastreams('{sensorthings.streams[sensor.name]}')"
    url = f"{stream}/Observations?$orderby=result&$count=true"
    values, pages = {}, 0
    while url:
        page = json.loads(get(urllib.parse.quote(url, safe=":/?&=$',()%")))
        values |= {entry["@iot.id"]: entry["result"] for entry in page["value"]}
        assert page["@iot.count"] == len(sensor.series)
        pages, url = pages + 1, page.get("@iot.nextLink", "")
    assert pages > 1
    # By id: this server repeats the last observation of a page at the start of the next.
    assert sorted(values.values()) == pytest.approx(sorted(value for _, value in sensor.series))
    rows = sensorthings.database.sql("SELECT count(*) FROM sensorthings_v1_1_django_backend_observation")
    assert rows == [[str(sum(len(each.series) for each in city.sensors))]]


_HOLDER = """
import sys, time
from tools.servers.postgis import postgis
with postgis() as server:
    print(server.port, flush=True)
    time.sleep(600)
"""


def test_a_server_ends_with_whoever_started_it(postgis):
    """The starter is killed outright: nothing runs on and nothing lies about."""
    held = subprocess.Popen(
        [sys.executable, "-c", _HOLDER], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    port = int(held.stdout.readline())
    watcher = next(p for p in psutil.Process(held.pid).children() if any("watch.py" in part for part in p.cmdline()))
    folder = Path(watcher.cmdline()[-1]).parent
    programs = watcher.children(recursive=True)
    assert any(f"-p {port}" in " ".join(program.cmdline()) for program in programs)
    assert folder.exists()
    held.kill()
    held.wait()
    _, alive = psutil.wait_procs([watcher, *programs], timeout=30)
    assert not alive
    deadline = time.monotonic() + 10
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not folder.exists()


def test_a_program_that_does_not_come_up_is_told(tmp_path):
    from tools.servers.process import Command, Failed, running

    command = Command(["/bin/sh", "-c", "echo the reason is here; exit 3"])
    with pytest.raises(Failed, match="the reason is here"), running([command], tmp_path, lambda: False, remove=False):
        pass


def test_what_is_not_installed_is_told():
    from tools.servers.process import Unavailable, program, venv_python

    with pytest.raises(Unavailable, match="Debian: no-such-package"):
        program("no-such-program-here", package="no-such-package")
    with pytest.raises(Unavailable, match="make develop"):
        venv_python("api", "no_such_module")

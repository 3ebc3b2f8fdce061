"""Check, query and observations against real servers on loopback, compared with the data that they were given."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

from tests.listener import Listener
from tests.servers.dataset import START
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.catalogue.store import Search
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health, Offset, ServiceRecord, record_id

BOX = (113.935, 22.495, 113.955, 22.515)
EXTENT = "113.935,113.955,22.495,22.515 [EPSG:4326]"


@pytest.fixture
def catalogue(tmp_path):
    """A function from records to the path of their catalogue."""

    def make(*records):
        path = tmp_path / "the city's 目录.gpkg"
        with closing(FileCatalogue(path, create=True)) as opened:
            opened.apply(records)
        return str(path)

    return make


@pytest.fixture
def harvested(run_algorithm, tmp_path):
    """A function from an address to the path of a catalogue with what was harvested there."""

    def harvest(url, **more):
        path = str(tmp_path / "harvested 目录.gpkg")
        results = run_algorithm("twin:harvestservices", {"URL": url, "CATALOGUE": path, **more})
        assert results["ADDED"] > 0
        return path

    return harvest


def record(protocol, url, layer="", **values):
    return ServiceRecord(
        record_id(protocol, url, layer), values.pop("title", layer or url), protocol, url, layer, **values
    )


def ids(layer):
    return sorted(int(feature["feature_id"].rpartition(".")[2]) for feature in layer.getFeatures())


def opened(results, context=None):
    layer = QgsVectorLayer(results["OUTPUT"].replace("ogr:", ""), "output", "ogr")
    assert layer.isValid(), results["OUTPUT"]
    return layer


def find(path, title):
    with closing(FileCatalogue(path)) as catalogue:
        return next(r for r in catalogue.search(Search(text=title, limit=0)).records if r.layer.endswith(title))


def test_features_of_an_ogc_api_are_those_of_the_database(run_algorithm, harvested, tipg, city, tmp_path):
    path = harvested(tipg)
    service = find(path, "wells").id
    given = {"CATALOGUE": path, "SERVICE": service, "EXTENT": EXTENT, "OUTPUT": str(tmp_path / "wells 井.gpkg")}
    results = run_algorithm("twin:queryservice", given)
    layer = opened(results)
    expected = {row.fid: row for row in city.within("wells", *BOX)}
    assert results["COUNT"] == layer.featureCount() == len(expected)
    assert ids(layer) == sorted(expected)
    assert layer.crs().authid() == "EPSG:4326"
    for feature in layer.getFeatures():
        row = expected[int(feature["feature_id"].rpartition(".")[2])]
        point = feature.geometry().asPoint()
        assert (point.x(), point.y()) == pytest.approx(row.centre, abs=1e-6)
        assert feature["name"] == row.values["name"]
    assert (tmp_path / "wells 井.qml").exists()


def test_a_filter_and_fields_and_a_limit(run_algorithm, harvested, tipg, city, tmp_path):
    path = harvested(tipg)
    given = {
        "CATALOGUE": path, "SERVICE": find(path, "plots").id, "FILTER": "level >= 3 AND name LIKE '南山%'",
        "FIELDS": "name, level,nothing", "OUTPUT": str(tmp_path / "plots.gpkg"), "CRS": "EPSG:4547",
    }  # fmt: skip
    listener = Listener()
    results = run_algorithm("twin:queryservice", given, listener)
    expected = [r for r in city.rows["plots"] if (r.values["level"] or 0) >= 3 and r.values["name"].startswith("南山")]
    layer = opened(results)
    assert ids(layer) == sorted(row.fid for row in expected)
    assert layer.crs().authid() == "EPSG:4547"
    assert {"name", "level", "feature_id"} <= set(layer.fields().names())
    assert "code" not in layer.fields().names()
    assert any("nothing" in text for text in listener.warnings)
    limited = run_algorithm("twin:queryservice", {**given, "LIMIT": 7, "OUTPUT": str(tmp_path / "few.gpkg")})
    assert limited["COUNT"] == 7


def test_a_database_and_a_file_are_asked_alike(run_algorithm, postgis_city, city, catalogue, tmp_path, qgis_plugin):
    from qgis.core import QgsDataSourceUri, QgsProviderRegistry

    from tools.servers.postgis import PASSWORD, USER

    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    uri = QgsDataSourceUri()
    uri.setConnection("127.0.0.1", str(postgis_city.port), "city", USER, PASSWORD)
    metadata.saveConnection(
        metadata.createConnection(uri.uri(False), {"saveUsername": True, "savePassword": True}), "made 城"
    )
    try:
        path = str(tmp_path / "both.gpkg")
        for url in ("made 城", str(city.path)):
            assert run_algorithm("twin:harvestservices", {"URL": url, "CATALOGUE": path})["ADDED"] == 3
        with closing(FileCatalogue(path)) as opened_catalogue:
            found = {r.protocol: r for r in opened_catalogue.records() if r.layer.endswith("plots")}
        expected = sorted(row.fid for row in city.within("plots", *BOX) if row.values["state"] == "正常")
        for protocol in (ServiceProtocol.POSTGIS, ServiceProtocol.FILE):
            given = {
                "CATALOGUE": path, "SERVICE": found[protocol].id, "EXTENT": EXTENT, "FILTER": "state = '正常'",
                "OUTPUT": str(tmp_path / f"{protocol.value}.gpkg"),
            }  # fmt: skip
            layer = opened(run_algorithm("twin:queryservice", given))
            assert layer.crs().authid() == "EPSG:4547"
            assert ids(layer) == expected
        checked = run_algorithm("twin:checkservices", {"CATALOGUE": path, "OUTPUT": str(tmp_path / "c.gpkg")})
        assert checked["ALIVE"] == 6
    finally:
        metadata.deleteConnection("made 城")
    assert PASSWORD.encode() not in (tmp_path / "both.gpkg").read_bytes()


def test_shifted_coordinates_are_put_right(run_algorithm, city, tmp_path, catalogue):
    """A file whose points were shifted as maps in China are: the query finds them where they are."""
    import numpy as np
    from osgeo import ogr, osr

    from twin_plugin.bridge.kernel import resources
    from twin_plugin.core.services import china_offset

    regions = china_offset.read_regions(resources.table("gcj02_regions"))
    rows = city.rows["wells"][:500]
    moved = china_offset.from_wgs84(np.array([row.centre for row in rows]), Offset.GCJ02, regions)
    source = tmp_path / "shifted.gpkg"
    target = ogr.GetDriverByName("GPKG").CreateDataSource(str(source))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    layer = target.CreateLayer("wells", reference, ogr.wkbPoint)
    for row, (x, y) in zip(rows, moved, strict=True):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetFID(row.fid)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({x!r} {y!r})"))
        layer.CreateFeature(feature)
    del layer, target
    one = replace(record(ServiceProtocol.FILE, str(source)), coord_offset=Offset.GCJ02)
    given = {"CATALOGUE": catalogue(one), "SERVICE": one.id, "EXTENT": EXTENT, "OUTPUT": str(tmp_path / "right.gpkg")}
    results = run_algorithm("twin:queryservice", given)
    found = opened(results)
    inside = {row.fid: row for row in rows if BOX[0] < row.centre[0] < BOX[2] and BOX[1] < row.centre[1] < BOX[3]}
    assert ids(found) == sorted(inside)
    for feature in found.getFeatures():
        row = next(row for row in rows if row.fid == int(feature["feature_id"]))
        point = feature.geometry().asPoint()
        assert (point.x(), point.y()) == pytest.approx(row.centre, abs=1e-8)
    assert "GCJ-02" in results["NOTES"]


def test_latest_and_series_of_sensors(run_algorithm, harvested, sensorthings, city, tmp_path):
    path = harvested(sensorthings.url)
    with closing(FileCatalogue(path)) as opened_catalogue:
        services = [r for r in opened_catalogue.records() if r.protocol is ServiceProtocol.SENSORTHINGS]
    seen = {}
    for number, service in enumerate(services):
        given = {"CATALOGUE": path, "SERVICE": service.id, "OUTPUT": str(tmp_path / f"{number}.gpkg")}
        for feature in opened(run_algorithm("twin:fetchobservations", given)).getFeatures():
            seen[feature["sensor"]] = feature
    assert {sensor.name for sensor in city.sensors} <= set(seen)
    for sensor in city.sensors:
        feature = seen[sensor.name]
        time, value = sensor.series[-1]
        assert feature["value"] == pytest.approx(value)
        assert feature["time"].toSecsSinceEpoch() == int(time.timestamp())
        point = feature.geometry().asPoint()
        assert (point.x(), point.y()) == pytest.approx((sensor.x, sensor.y), abs=1e-6)
    given = {
        "CATALOGUE": path, "SERVICE": services[0].id, "LATEST": False, "OUTPUT": str(tmp_path / "series.gpkg"),
        "DATETIME": f"{START.isoformat()}/..",
    }  # fmt: skip
    results = run_algorithm("twin:fetchobservations", given)
    names = {feature["sensor"] for feature in opened(results).getFeatures()}
    assert results["COUNT"] == sum(len(s.series) for s in city.sensors if s.name in names) > 150


def test_the_state_of_services_is_found_and_kept(run_algorithm, harvested, tipg, tmp_path):
    path = harvested(tipg)
    dead = record(ServiceProtocol.OGC_FEATURES, "http://127.0.0.1:9/wfs", title="Dead")
    made = record(ServiceProtocol.WMS, "http://127.0.0.1:9/wms", title="Made", made=True)
    with closing(FileCatalogue(path, create=True)) as catalogue:
        catalogue.apply([dead, made])
        real = catalogue.search(Search(limit=0)).total - 2
    results = run_algorithm("twin:checkservices", {"CATALOGUE": path, "OUTPUT": str(tmp_path / "health.gpkg")})
    rows = {feature["title"]: feature for feature in opened(results).getFeatures()}
    assert rows["Dead"]["state"] == "dead"
    assert "127.0.0.1:9" in rows["Dead"]["reason"]
    assert rows["Made"]["state"] == "unknown"
    assert results["DEAD"] == 1
    assert results["ALIVE"] + results["SLOW"] == real
    with closing(FileCatalogue(path)) as catalogue:
        assert catalogue.one(dead.id).health is Health.DEAD
        assert catalogue.one(made.id).health is Health.UNKNOWN
        alive = catalogue.search(Search(alive=True, limit=0)).records
        assert len(alive) == real
        assert all(one.latency_ms > 0 for one in alive)


def test_only_a_part_is_checked(run_algorithm, catalogue, tmp_path):
    records = [
        record(ServiceProtocol.OGC_FEATURES, f"http://127.0.0.1:9/{n}", subdivision=code)
        for n, code in enumerate(("C07", "A01", "C03"))
    ]
    given = {"CATALOGUE": catalogue(*records), "SUBDIVISION": "c", "OUTPUT": str(tmp_path / "c.gpkg")}
    assert run_algorithm("twin:checkservices", given)["DEAD"] == 2


@pytest.mark.parametrize(
    ("algorithm", "given"),
    [
        ("queryservice", {"SERVICE": "no such"}),
        ("queryservice", {"SERVICE": " "}),
        ("queryservice", {"SERVICE": "Dead", "FILTER": "level >"}),
        ("queryservice", {"SERVICE": "Dead"}),
        ("queryservice", {"SERVICE": "Twice"}),
        ("fetchobservations", {"SERVICE": "Dead"}),
    ],
)
def test_wrong_questions_are_told(run_algorithm, catalogue, tmp_path, algorithm, given):
    path = catalogue(
        record(ServiceProtocol.OGC_FEATURES, "http://127.0.0.1:9/x", title="Dead"),
        record(ServiceProtocol.OGC_FEATURES, "http://127.0.0.1:9/y", title="Twice"),
        record(ServiceProtocol.OGC_FEATURES, "http://127.0.0.1:9/z", title="Twice"),
    )
    kept = tmp_path / "kept.gpkg"
    kept.write_bytes(b"mine")
    with pytest.raises(QgsProcessingException) as caught:
        run_algorithm(f"twin:{algorithm}", {"CATALOGUE": path, "OUTPUT": str(kept), **given})
    assert len(str(caught.value)) > 20
    assert kept.read_bytes() == b"mine"


def test_a_cancelled_check_writes_no_layer(run_algorithm, catalogue, tmp_path):
    path = catalogue(*(record(ServiceProtocol.OGC_FEATURES, f"http://127.0.0.1:9/{n}") for n in range(50)))
    listener = Listener()
    listener.cancel()
    target = tmp_path / "c.gpkg"
    assert run_algorithm("twin:checkservices", {"CATALOGUE": path, "OUTPUT": str(target)}, listener) == {}
    assert not target.exists()


def test_a_catalogue_that_is_not_there_is_not_made(run_algorithm, tmp_path):
    path = tmp_path / "none.gpkg"
    for algorithm, service in (("checkservices", {}), ("queryservice", {"SERVICE": "x"})):
        with pytest.raises(QgsProcessingException, match="no catalogue"):
            run_algorithm(f"twin:{algorithm}", {"CATALOGUE": str(path), "OUTPUT": str(tmp_path / "o.gpkg"), **service})
    assert not path.exists()

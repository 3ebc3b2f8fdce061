"""Searching, editing, exporting and importing a catalogue by algorithms."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

from tests.catalogue_records import made_records
from tests.listener import Listener
from twin_plugin.bridge.services.catalogues import open_catalogue
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.services.catalogue.sanitize import sanitized
from twin_plugin.core.services.catalogue.store import Search
from twin_plugin.core.services.protocol_table import ServiceProtocol

SEARCH, EDIT, EXPORT, IMPORT = (
    f"twin:{name}" for name in ("searchservices", "editservice", "exportservices", "importservices")
)


@pytest.fixture
def records():
    return [sanitized(record)[0] for record in made_records(80)]


@pytest.fixture
def path(tmp_path, records):
    found = tmp_path / "the city's 目录" / "services 服务.gpkg"
    catalogue = open_catalogue(str(found), create=True)
    catalogue.apply(records)
    catalogue.close()
    return found


@pytest.fixture
def reader(path):
    catalogue = open_catalogue(str(path))
    yield catalogue
    catalogue.close()


def features(place):
    layer = QgsVectorLayer(place, "found", "ogr")
    assert layer.isValid()
    return layer, list(layer.getFeatures())


@pytest.mark.parametrize(
    ("given", "search"),
    [
        ({}, Search(limit=0)),
        ({"TEXT": "南山"}, Search(text="南山", limit=0)),
        ({"SUBDIVISION": ["C", "B04"]}, Search(subdivisions=("C", "B04"), limit=0)),
        ({"EXTENT": "113.8,114.3,22.4,22.9 [EPSG:4326]"}, Search(box=BoundingBox(113.8, 22.4, 114.3, 22.9), limit=0)),
        ({"DATETIME": "2021-01-01/.."}, Search(time_start="2021-01-01", limit=0)),
        ({"PROTOCOL": ["wfs", "wms"]}, Search(protocols=(ServiceProtocol.WFS, ServiceProtocol.WMS), limit=0)),
        ({"ALIVE": True, "GONE": True}, Search(alive=True, include_gone=True, limit=0)),
        ({"LIMIT": 5}, Search(limit=5)),
        ({"TEXT": "nothing at all"}, Search(text="nothing at all", limit=0)),
    ],
)
def test_the_layer_holds_what_the_catalogue_finds(run_algorithm, path, reader, tmp_path, given, search):
    results = run_algorithm(SEARCH, {"CATALOGUE": str(path), "OUTPUT": str(tmp_path / "found 找到.gpkg"), **given})
    page = reader.search(search)
    layer, found = features(results["OUTPUT"])
    assert results["FOUND"] == page.total
    assert [feature["id"] for feature in found] == [record.id for record in page.records]
    for feature, record in zip(found, page.records, strict=True):
        assert feature.geometry().isEmpty() == (record.box is None)
        assert (feature["title"], feature["made"]) == (record.title, record.made)
        assert feature["keywords"] == "; ".join(record.keywords)
    assert layer.crs().authid() == "EPSG:4326"
    assert (tmp_path / "found 找到.qml").exists()
    assert layer.renderer().type() == "RuleRenderer", "the style beside it fits"


def test_an_extent_in_another_crs(run_algorithm, path, tmp_path):
    given = {
        "CATALOGUE": str(path),
        "OUTPUT": str(tmp_path / "o.gpkg"),
        "EXTENT": "480000,520000,2480000,2530000 [EPSG:4547]",
    }
    assert 0 < run_algorithm(SEARCH, given)["FOUND"] < 80


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"CATALOGUE": ""}, "CATALOGUE"),
        ({"CATALOGUE": "absent.gpkg"}, "no catalogue"),
        ({"DATETIME": "yesterday"}, "no time"),
        ({"DATETIME": "2024-02-01/2024-01-01"}, "ends before"),
        ({"EXTENT": "200,220,0,10 [EPSG:4326]"}, "not on Earth"),
    ],
)
def test_what_cannot_be_meant(run_algorithm, path, tmp_path, given, match):
    output = tmp_path / "o.gpkg"
    with pytest.raises(QgsProcessingException, match=match):
        run_algorithm(SEARCH, {"CATALOGUE": str(path), "OUTPUT": str(output), **given})
    assert not output.exists()


def test_an_edit_is_kept_and_marked(run_algorithm, path, records):
    one = next(record for record in records if record.keywords and record.box)
    given = {
        "CATALOGUE": str(path),
        "ID": one.id,
        "TITLE": "Mine 我的",
        "SUBDIVISION": "C07",
        "COORD_OFFSET": "gcj02",
        "DATETIME": "2020-01-01/..",
        "EXTENT": "113,114,22,23 [EPSG:4326]",
        "CLEAR": ["keywords"],
        "AUTH": "city",
    }
    results = run_algorithm(EDIT, given)
    assert "title" in results["EDITED"]
    catalogue = open_catalogue(str(path))
    edited = catalogue.one(one.id)
    catalogue.close()
    assert (edited.title, edited.subdivision, edited.coord_offset, edited.keywords) == ("Mine 我的", "C07", "gcj02", ())
    assert (edited.box, edited.time_start, edited.time_end, edited.auth) == (
        BoundingBox(113, 22, 114, 23),
        "2020-01-01",
        "",
        "city",
    )
    assert edited.description == one.description
    with pytest.raises(QgsProcessingException, match="no record"):
        run_algorithm(EDIT, {"CATALOGUE": str(path), "ID": "nobody", "TITLE": "x"})
    with pytest.raises(QgsProcessingException, match="choose one of both"):
        run_algorithm(EDIT, {"CATALOGUE": str(path), "ID": one.id, "AUTH": "x", "CLEAR": ["auth"]})


@pytest.mark.parametrize("name", ["records 记录.json", "table 表.csv"])
def test_a_catalogue_goes_out_and_in_with_nothing_lost(run_algorithm, path, records, tmp_path, name):
    output = tmp_path / name
    assert run_algorithm(EXPORT, {"CATALOGUE": str(path), "OUTPUT": str(output)})["WRITTEN"] == 80
    copy = tmp_path / "copy.gpkg"
    results = run_algorithm(IMPORT, {"INPUT": str(output), "CATALOGUE": str(copy)})
    assert (results["ADDED"], results["LEFT_OUT"]) == (80, 0)
    catalogue = open_catalogue(str(copy))
    back = list(catalogue.records())
    catalogue.close()
    # Where a record names no subdivision, one is guessed on the way in; the logins of a catalogue are its author's.
    assert any(record.auth for record in records)
    assert not any(record.auth for record in back)
    assert [replace(r, subdivision="", subdivision_sure=0) for r in back] == [
        replace(r, subdivision="", subdivision_sure=0, auth="") for r in records
    ]
    assert all(new.subdivision == old.subdivision for new, old in zip(back, records, strict=True) if old.subdivision)
    again = run_algorithm(IMPORT, {"INPUT": str(output), "CATALOGUE": str(copy)})
    assert (again["ADDED"], again["CHANGED"], again["UNCHANGED"]) == (0, 0, 80)


def test_an_import_tells_what_it_leaves_out_and_takes_no_secret(run_algorithm, canary, tmp_path):
    table = tmp_path / "t.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows(
            (
                ("title", "protocol", "url", "keywords"),
                ("积水点水位监测", "wfs", f"https://user:{canary}@gis.example/wfs?token={canary}", "水位"),
                ("bad", "telnet", "https://x.example", ""),
            )
        )
    listener = Listener()
    copy = tmp_path / "c.gpkg"
    results = run_algorithm(IMPORT, {"INPUT": str(table), "CATALOGUE": str(copy)}, listener)
    assert (results["ADDED"], results["LEFT_OUT"]) == (1, 1)
    told = " ".join(listener.warnings)
    assert "telnet" in told
    assert "secrets" in told
    assert canary not in told
    assert canary.encode() not in copy.read_bytes()
    catalogue = open_catalogue(str(copy))
    (record,) = catalogue.records()
    catalogue.close()
    assert (record.subdivision, record.url) == ("C07", "https://gis.example/wfs")
    assert 0.5 < record.subdivision_sure < 1


def test_records_of_another_catalogue_are_found_by_their_links(run_algorithm, tmp_path):
    feature = {
        "type": "Feature",
        "id": "r1",
        "geometry": {"type": "Point", "coordinates": [114, 22.5]},
        "properties": {"title": "Rain gauges", "description": "", "keywords": ["rain"]},
        "links": [
            {"href": "https://gis.example/wms?layers=rain", "rel": "item", "protocol": "OGC:WMS", "title": "rain"},
            {"href": "relative", "rel": "self"},
        ],
    }
    nothing = {"type": "Feature", "id": "r2", "geometry": None, "properties": {"title": "A document"}, "links": []}
    file = tmp_path / "r.json"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, nothing]}), "utf-8")
    results = run_algorithm(IMPORT, {"INPUT": str(file), "CATALOGUE": str(tmp_path / "c.gpkg")})
    assert (results["ADDED"], results["LEFT_OUT"]) == (1, 1)
    catalogue = open_catalogue(str(tmp_path / "c.gpkg"))
    (record,) = catalogue.records()
    catalogue.close()
    assert (record.protocol, record.subdivision, record.title) == (ServiceProtocol.WMS, "C03", "Rain gauges")
    assert record.box == BoundingBox(114, 22.5, 114, 22.5)


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("x.txt", b"a", "INPUT"),
        ("x.json", b"{", "x.json"),
        ("x.csv", b"a,b\n1,2\n", "lacks the column"),
        ("", None, "INPUT"),
    ],
)
def test_files_that_are_none(run_algorithm, tmp_path, name, content, match):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    copy = tmp_path / "c.gpkg"
    with pytest.raises((QgsProcessingException, AssertionError), match=match):
        run_algorithm(IMPORT, {"INPUT": str(file), "CATALOGUE": str(copy)})
    assert not copy.exists()


def test_an_export_that_is_cancelled_or_misnamed_leaves_what_was_there(run_algorithm, path, tmp_path):
    output = tmp_path / "old.json"
    output.write_text("old")
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    assert run_algorithm(EXPORT, {"CATALOGUE": str(path), "OUTPUT": str(output)}, feedback) == {}
    assert output.read_text() == "old"
    with pytest.raises(QgsProcessingException, match="json nor"):
        run_algorithm(EXPORT, {"CATALOGUE": str(path), "OUTPUT": str(tmp_path / "x.txt")})
    assert sorted(item.name for item in tmp_path.iterdir() if item.is_file()) == ["old.json"]

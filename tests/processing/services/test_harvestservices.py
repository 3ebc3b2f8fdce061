"""twin:harvestservices on folders, addresses and a database: what is there gets into the catalogue, secrets do not."""

from __future__ import annotations

import json
from contextlib import closing
from itertools import count

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from tests.hostile import Server, reply
from tests.listener import Listener
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue

ID = "twin:harvestservices"


@pytest.fixture
def folder(tmp_path):
    """Three files of two formats, and one that is broken, in a path with a space, a quote and 中文."""
    base = tmp_path / "the city's 数据"
    (base / "雨量 stations").mkdir(parents=True)

    def points(name, *xy):
        rows = [
            {"type": "Feature", "properties": {"n": n}, "geometry": {"type": "Point", "coordinates": p}}
            for n, p in enumerate(xy)
        ]
        (base / name).write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")

    points("雨量 stations/rain gauges.geojson", [114.0, 22.5], [114.1, 22.6])
    points("roads.geojson", [113.9, 22.4], [114.0, 22.5])
    (base / "broken.geojson").write_text("{", encoding="utf-8")
    (base / "notes.txt").write_text("no layer", encoding="utf-8")
    return base


def records(path):
    with closing(FileCatalogue(path)) as catalogue:
        return {record.title: record for record in catalogue.records()}


def test_a_folder_is_harvested_and_brought_up_to_date(run_algorithm, folder, tmp_path):
    path = tmp_path / "目录 of services.gpkg"
    given = {"URL": str(folder), "CATALOGUE": str(path)}
    results = run_algorithm(ID, given)
    assert {name: results[name] for name in ("ADDED", "CHANGED", "GONE", "UNCHANGED")} == {
        "ADDED": 2, "CHANGED": 0, "GONE": 0, "UNCHANGED": 0,
    }  # fmt: skip
    found = records(path)
    rain = found["rain gauges"]
    assert (rain.subdivision, rain.crs, rain.auth) == ("C03", ("EPSG:4326",), "")
    assert (rain.box.west, rain.box.north) == pytest.approx((114.0, 22.6))
    (folder / "roads.geojson").unlink()
    again = run_algorithm(ID, given)
    assert (again["ADDED"], again["GONE"], again["UNCHANGED"]) == (0, 1, 1)
    assert records(path)["roads"].gone


def test_a_made_catalogue_is_opened_by_qgis(run_algorithm, folder, tmp_path):
    from qgis.core import QgsVectorLayer

    path = tmp_path / "c.gpkg"
    run_algorithm(ID, {"URL": str(folder), "CATALOGUE": str(path)})
    layer = QgsVectorLayer(f"{path}|layername=service", "services", "ogr")
    assert layer.isValid()
    assert layer.featureCount() == 2


@pytest.mark.parametrize(
    "url",
    ["", "/no/such/folder", "http://127.0.0.1:1/x", "file:///etc", "ftp://h/x"],
    ids=["empty", "gone", "dead", "file", "ftp"],
)
def test_sources_that_are_none_are_told(run_algorithm, tmp_path, url):
    with pytest.raises(QgsProcessingException) as caught:
        run_algorithm(ID, {"URL": url or " ", "CATALOGUE": str(tmp_path / "c.gpkg")})
    assert len(str(caught.value)) > 20
    assert "Traceback" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_pages_without_an_end_are_read_for_the_time_limit_only(run_algorithm, tmp_path):
    """A new collection and a new next page at each request; without a limit it would go on for 100,000 pages."""
    numbers = count()

    def page(connection, asked):
        number = next(numbers)
        links = [{"rel": "next", "href": f"/collections?page={number}"}]
        items = [{"rel": "items", "href": "/items", "type": "application/geo+json"}]
        collections = [{"id": f"c{number}", "title": f"c{number}", "links": items}]
        connection.sendall(reply(json.dumps({"collections": collections, "links": links}).encode()))

    path, feedback = tmp_path / "c.gpkg", QgsProcessingFeedback(False)
    with Server({"*": page}) as server:
        given = {"URL": server.url("/collections"), "PROTOCOL": "ogcapi-features", "CATALOGUE": str(path)}
        results = run_algorithm(ID, {**given, "TIME_LIMIT": 0.03}, feedback)
    assert results["ADDED"] > 0
    assert "was stopped after 0.03 min" in results["REPORT"]
    assert f"{results['ADDED']:,} records" in feedback.textLog()


def test_an_address_with_a_secret_is_refused_before_it_runs(qgis_plugin, canary, tmp_path):
    from qgis.core import QgsApplication, QgsProcessingContext

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ID)
    bare = (
        f"host/wms?token={canary}",
        f"user:{canary}@host/wms",
        f"//user:{canary}@host/wms",
        f"h/x;jsessionid={canary}",
    )
    for url in (f"https://user:{canary}@host/wms", f"https://host/wms?access_token={canary}", *bare):
        fits, text = algorithm.checkParameterValues(
            {"URL": url, "CATALOGUE": str(tmp_path / "c")}, QgsProcessingContext()
        )
        assert not fits
        assert canary not in text
        assert "authentication" in text


@pytest.mark.parametrize("url", ["city@db", "my city 城", "host:8080/ows?map=/a/b.map", "/data/a@b/c", "C:\\a:b@c\\d"])
def test_other_sources_are_not_taken_for_secrets(qgis_plugin, tmp_path, url):
    from qgis.core import QgsApplication, QgsProcessingContext

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ID)
    given = {"URL": url, "CATALOGUE": str(tmp_path / "c")}
    assert "password" not in algorithm.checkParameterValues(given, QgsProcessingContext())[1]


def test_neither_or_both_catalogues_are_refused(run_algorithm, folder):
    with pytest.raises(QgsProcessingException, match="CATALOGUE"):
        run_algorithm(ID, {"URL": str(folder)})


def test_a_cancel_marks_nothing_as_gone(run_algorithm, folder, tmp_path):
    path = tmp_path / "c.gpkg"
    run_algorithm(ID, {"URL": str(folder), "CATALOGUE": str(path)})
    listener = Listener()
    listener.cancel()
    assert run_algorithm(ID, {"URL": str(folder), "CATALOGUE": str(path)}, listener) == {}
    assert not any(record.gone for record in records(path).values())

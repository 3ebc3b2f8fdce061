"""Rooms as Processing gives them: the output ROOMS of twin:loadbim, and the table room of a twin base."""

from __future__ import annotations

import sqlite3

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

from tests.listener import Listener

FZK = "AC20-FZK-Haus.ifc"


@pytest.fixture
def folder(shared_data, tmp_path):
    """A folder, with a space and 中文 in its path, that holds FZK-Haus."""
    there = tmp_path / "models 模型"
    there.mkdir()
    (there / FZK).write_bytes((shared_data("ifc") / FZK).read_bytes())
    return there


def counted(path, table="room"):
    with sqlite3.connect(path) as database:
        return database.execute(f"SELECT count(*), round(sum(area_m2), 1) FROM {table}").fetchone()  # noqa: S608


def test_rooms_are_an_output_with_a_style(run_algorithm, folder, tmp_path):
    rooms = tmp_path / "rooms 房间.gpkg"
    results = run_algorithm(
        "twin:loadbim", {"FOLDER": str(folder), "ROOMS": str(rooms), "BUILDINGS": "memory:", "REPORT": "memory:"}
    )
    layer = QgsVectorLayer(results["ROOMS"], "rooms")
    assert layer.featureCount() == 7
    assert layer.crs().authid() == "EPSG:32632"
    by_name = {feature["long_name"]: feature for feature in layer.getFeatures()}
    assert by_name["Bad"]["use"] == "bathroom"
    assert by_name["Bad"].geometry().area() == pytest.approx(by_name["Bad"]["area_m2"], rel=1e-3)
    assert by_name["Bad"]["elev_m"] == pytest.approx(110.0, abs=50.0)
    assert rooms.with_suffix(".qml").exists()


def test_a_base_gets_rooms_when_asked_and_keeps_them(run_algorithm, folder, tmp_path):
    base = tmp_path / "base.gpkg"
    first = run_algorithm("twin:updatetwinbase", {"FOLDER": str(folder), "TWIN_BASE": str(base)}, Listener())
    assert (first["READ"], counted(base)[0]) == (1, 0)
    again = run_algorithm("twin:updatetwinbase", {"FOLDER": str(folder), "TWIN_BASE": str(base), "ROOMS": True})
    assert (again["READ"], counted(base)) == (1, (7, 208.5))
    third = run_algorithm("twin:updatetwinbase", {"FOLDER": str(folder), "TWIN_BASE": str(base)})
    assert (third["READ"], third["UNCHANGED"], counted(base)[0]) == (0, 1, 7)


def test_a_base_of_an_older_version_gets_the_table(run_algorithm, folder, tmp_path):
    base = tmp_path / "base.gpkg"
    run_algorithm("twin:updatetwinbase", {"FOLDER": str(folder), "TWIN_BASE": str(base)})
    with sqlite3.connect(base) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE name LIKE '%rtree_room%'").fetchall():
            if name == "rtree_room_geom":
                database.execute("DROP TABLE rtree_room_geom")
        database.execute("DROP TABLE room")
        for table in ("gpkg_contents", "gpkg_geometry_columns", "gpkg_extensions", "gpkg_ogr_contents"):
            database.execute(f"DELETE FROM {table} WHERE table_name = 'room'")  # noqa: S608
    run_algorithm("twin:updatetwinbase", {"FOLDER": str(folder), "TWIN_BASE": str(base), "ROOMS": True})
    assert counted(base)[0] == 7
    assert QgsVectorLayer(f"{base}|layername=room").crs().authid() == "EPSG:32632"


def test_properties_are_columns_with_a_count_in_the_log(run_algorithm, folder, tmp_path):
    listener = Listener()
    outputs = {name: str(tmp_path / f"{name.lower()} 属性.gpkg") for name in ("ROOMS", "BUILDINGS", "REPORT")}
    text = "Pset_SpaceCommon.Category, Gemessene Fläche, material"
    run_algorithm("twin:loadbim", {"FOLDER": str(folder), "PROPERTIES": text, **outputs}, listener)
    layer = QgsVectorLayer(outputs["ROOMS"], "rooms")
    row = next(feature for feature in layer.getFeatures() if feature["long_name"] == "Bad")
    assert row["Category"] == "Allgemeines"
    assert row["Gemessene_Fläche_m2"] == pytest.approx(12.5027)
    assert "Leichtbeton 102890359 300 mm" in next(QgsVectorLayer(outputs["BUILDINGS"], "b").getFeatures())["material"]
    assert any("7 of 7 rooms" in line for line in listener.infos)


def test_a_list_of_properties_that_is_not_there_is_one_sentence(run_algorithm, folder):
    with pytest.raises(QgsProcessingException, match=r"the file 'gone.csv' is not there"):
        run_algorithm(
            "twin:loadbim",
            {"FOLDER": str(folder), "PROPERTIES": "gone.csv", "BUILDINGS": "memory:", "REPORT": "memory:"},
        )

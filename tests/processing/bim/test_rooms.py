"""Rooms as Processing gives them: the output ROOMS of twin:loadbim, and the table room of a twin base."""

from __future__ import annotations

import json
import sqlite3

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

from tests.core.bim.test_alignments import Track
from tests.listener import Listener
from twin_plugin.bridge.bim import model_tables

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
    card = model_tables.read_card(model_tables.file_tables(str(base)), FZK)
    assert (len(card.rooms), round(sum(room["area_m2"] for room in card.rooms), 1)) == (7, 208.5)
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


def test_a_terrain_and_an_axis_are_layers_with_styles(run_algorithm, tmp_path):
    track = Track()
    e = track.f.create_entity
    e("IfcMapConversion", track.context, e("IfcProjectedCRS", "EPSG:4547"), 500_000.0, 2_490_000.0, 10.0)
    track.plan(0, 0, 0, 100)
    track.profile(0, 100, 5, 0.02, 0.02)
    points = e("IfcCartesianPointList3D", [(0.0, 0.0, 1.0), (10.0, 0.0, 2.0), (10.0, 10.0, 3.0)])
    item = e("IfcTriangulatedFaceSet", points, CoordIndex=[(1, 2, 3)])
    shape = e("IfcShapeRepresentation", track.context, "Surface", "Tessellation", [item])
    site = e("IfcSite", track.guid(), None, "<b>地</b>", ObjectPlacement=track.alignment.ObjectPlacement)
    site.Representation = e("IfcProductDefinitionShape", None, None, [shape])
    path = tmp_path / "an axis 轴.ifc"
    track.f.write(str(path))
    outputs = {n: str(tmp_path / f"{n.lower()} 层.gpkg") for n in ("TERRAIN", "ALIGNMENTS", "BUILDINGS", "REPORT")}
    run_algorithm("twin:loadbim", {"MODELS": [str(path)], **outputs})
    terrain, axis = (QgsVectorLayer(outputs[name], name) for name in ("TERRAIN", "ALIGNMENTS"))
    assert (terrain.featureCount(), axis.featureCount()) == (1, 1)
    assert terrain.crs().authid() == axis.crs().authid() == "EPSG:4547"
    feature = next(axis.getFeatures())
    line = feature.geometry()
    vertices = [(v.x(), v.y(), v.z()) for v in line.vertices()]
    assert vertices == [(500_000, 2_490_000, 15), (500_100, 2_490_000, 17)]
    row = next(terrain.getFeatures())
    assert (row["name"], row["low_elev_m"], row["high_elev_m"]) == ("<b>地</b>", 11.0, 13.0)
    for layer, name in ((terrain, "TERRAIN"), (axis, "ALIGNMENTS")):
        _, fits = layer.loadNamedStyle(outputs[name].replace(".gpkg", ".qml"))
        assert fits
        assert layer.renderer3D() is not None


def test_a_cancel_leaves_nothing(run_algorithm, folder, tmp_path):
    feedback = QgsProcessingFeedback(False)
    feedback.progressChanged.connect(lambda *_: feedback.cancel())
    outputs = {n: str(tmp_path / f"cancelled_{n.lower()}.gpkg") for n in ("ROOMS", "BUILDINGS", "REPORT")}
    run_algorithm("twin:loadbim", {"FOLDER": str(folder), "PROPERTIES": "material", **outputs}, feedback)
    assert list(tmp_path.glob("cancelled_*")) == []


def test_rooms_become_rooms_of_a_city_model(run_algorithm, folder, tmp_path):
    outputs = {n: str(tmp_path / f"{n.lower()}.gpkg") for n in ("ROOMS", "BUILDINGS", "REPORT")}
    run_algorithm("twin:loadbim", {"FOLDER": str(folder), **outputs})
    city = tmp_path / "city 城.city.json"
    inputs = {"BUILDINGS": outputs["BUILDINGS"], "ROOMS": outputs["ROOMS"]}
    run_algorithm("twin:exportscene", {**inputs, "CITYJSON": str(city), "HTML": str(tmp_path / "page.html")})
    things = json.loads(city.read_text(encoding="utf-8"))["CityObjects"].values()
    rooms = [thing["attributes"] for thing in things if thing["type"] == "BuildingRoom"]
    assert len(rooms) == 7
    assert {room["long_name"] for room in rooms} >= {"Bad", "Wohnen"}

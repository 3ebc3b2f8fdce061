"""twin:loadbim as Processing runs it: layers with their place, a report, and input that cannot be read."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
    QgsWkbTypes,
)

from tests.golden import GOLDEN
from tests.listener import Listener

ID = "twin:loadbim"
LOCAL = ((0.0, 0.0, 0.0), (10.0, 0.0, 0.0), (0.0, 10.0, 3.0))
LOCAL_FZK = ((0.0, 0.0, 0.0), (12.0, 0.0, 0.0), (0.0, 10.0, 0.0))
FZK = [(458870.063, 5438773.629, 110), (458877.842, 5438782.760, 110), (458862.454, 5438780.111, 110)]
OUTPUTS = ("BUILDINGS", "STOREYS", "OPENINGS", "SOLIDS", "REPORT")


@pytest.fixture
def models(district_models):
    """A folder of three synthetic buildings in EPSG:4547, in a path with a space and 中文."""
    return district_models(3, 7)


@pytest.fixture
def load(run_algorithm, tmp_path):
    """A function from parameters to (layers by output, results, warnings)."""

    def run(**parameters):
        listener = parameters.pop("feedback", None) or Listener()
        places = {name: str(tmp_path / f"{name.lower()} 层.gpkg") for name in OUTPUTS}
        results = run_algorithm(ID, {**places, **parameters}, listener)
        layers = {name: QgsVectorLayer(results[name], name) for name in OUTPUTS if name in results}
        return layers, results, listener.warnings

    return run


def rows(layer):
    return [{field.name(): feature[field.name()] for field in layer.fields()} for feature in layer.getFeatures()]


def test_a_folder_becomes_styled_layers(load, models, tmp_path):
    layers, results, warnings = load(FOLDER=str(models))
    assert warnings == []
    assert (results["MODELS_OK"], results["MODELS_PARTIAL"], results["MODELS_FAILED"]) == (3, 0, 0)
    assert all(layer.isValid() for layer in layers.values())
    assert layers["BUILDINGS"].crs().authid() == layers["OPENINGS"].crs().authid() == "EPSG:4547"
    assert layers["BUILDINGS"].featureCount() == layers["SOLIDS"].featureCount() == layers["REPORT"].featureCount() == 3
    assert layers["BUILDINGS"].wkbType() == QgsWkbTypes.Type.MultiPolygon
    assert layers["OPENINGS"].wkbType() == QgsWkbTypes.Type.PointZ
    assert layers["SOLIDS"].wkbType() == QgsWkbTypes.Type.MultiPolygonZ
    ids = {row["id"] for row in rows(layers["BUILDINGS"])}
    assert {row["building_id"] for row in rows(layers["STOREYS"])} == ids
    assert {row["building_id"] for row in rows(layers["OPENINGS"])} <= ids
    for feature in layers["OPENINGS"].getFeatures():
        assert feature.geometry().constGet().z() == pytest.approx(feature["sill_elev_m"])
    for row in rows(layers["BUILDINGS"]):
        assert row["model_id"].endswith(".ifc")
        assert row["id"].startswith(row["model_id"] + "/")
    assert (tmp_path / "buildings 层.qml").exists()
    assert not (tmp_path / "report 层.qml").exists()


def test_outputs_follow_the_crs_asked_for(load, models):
    first = sorted(models.iterdir())[0]
    target = QgsCoordinateReferenceSystem("EPSG:32649")
    layers, *_ = load(MODELS=[str(first)], CRS=target)
    assert layers["BUILDINGS"].crs() == target
    feature = next(layers["BUILDINGS"].getFeatures())
    # Areas are those of the building, not those of a stretched map.
    assert feature.geometry().area() == pytest.approx(feature["footprint_area_m2"], rel=5e-3)
    report = rows(layers["REPORT"])[0]
    assert report["crs"] == "EPSG:4547"
    assert 200_000 < report["map_x"] < 900_000


def test_placements_from_a_table(load, models):
    first = sorted(models.iterdir())[0]
    fields = "field=path:string&field=x:double&field=y:double&field=z:double&field=bearing_deg:double&field=crs:string"
    table = QgsVectorLayer(f"NoGeometry?{fields}", "ties", "memory")
    row = QgsFeature(table.fields())
    row.setAttributes([first.name, 458657.0, 5438232.0, 114.0, 0.0, "EPSG:25832"])
    table.dataProvider().addFeatures([row])
    layers, *_ = load(MODELS=[str(first)], PLACEMENTS=table)
    assert layers["BUILDINGS"].crs().authid() == "EPSG:25832"
    report = rows(layers["REPORT"])[0]
    assert (report["georef_level"], report["origin_x"], report["origin_z"]) == (60, 458657.0, 114.0)


@pytest.mark.parametrize("reverse", [False, True])
def test_golden_coordinates_by_the_report(load, shared_data, reverse):
    """The columns of REPORT and QGIS's own transformation lead to the published places, 1 mm at most beside them."""
    golden = GOLDEN | {"AC20-FZK-Haus.ifc": ("EPSG:25832", FZK)}
    files = sorted((str(shared_data(f"ifc/{name}")) for name in golden), reverse=reverse)
    layers, *_ = load(MODELS=files, CRS=QgsCoordinateReferenceSystem("EPSG:4326"))
    report = {row["id"]: row for row in rows(layers["REPORT"])}
    assert set(report) == set(golden)
    for name, (crs, points) in golden.items():
        row = report[name]
        way = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem.fromOgcWmsCrs(row["crs"])
            if ":" in row["crs"]
            else QgsCoordinateReferenceSystem.fromProj(row["crs"]),
            QgsCoordinateReferenceSystem(crs),
            QgsCoordinateTransformContext(),
        )
        for (x, y, z), there in zip(LOCAL_FZK if name.startswith("AC20") else LOCAL, points, strict=True):
            east = row["origin_x"] + row["axis_cos"] * row["scale_x"] * x - row["axis_sin"] * row["scale_y"] * y
            north = row["origin_y"] + row["axis_sin"] * row["scale_x"] * x + row["axis_cos"] * row["scale_y"] * y
            place = way.transform(QgsPointXY(east, north))
            height = row["origin_z"] + row["scale_z"] * z
            assert (place.x(), place.y(), height) == pytest.approx(there, abs=1e-3), name
    assert report["UT_GeoRef_1.ifc"]["vertical_datum"] == "EPSG:5783 (DHHN92 height)"


def test_a_model_in_two_folders_is_kept_twice_and_reported(load, models, tmp_path):
    first, second, _ = sorted(models.iterdir())
    for folder in ("a", "b"):
        (tmp_path / "all" / folder).mkdir(parents=True)
        (tmp_path / "all" / folder / "tower 楼.ifc").write_bytes(first.read_bytes())
    (tmp_path / "all" / "other.ifc").write_bytes(second.read_bytes())
    layers, results, warnings = load(FOLDER=str(tmp_path / "all"))
    assert results["MODELS_REPEATED"] == 2
    assert layers["BUILDINGS"].featureCount() == 3
    assert [text for text in warnings if "2 models hold buildings that another one holds too" in text]
    report = {row["id"]: row["warnings"] for row in rows(layers["REPORT"])}
    assert "at the same place in b/tower 楼.ifc too" in report["a/tower 楼.ifc"]
    assert "at the same place in a/tower 楼.ifc too" in report["b/tower 楼.ifc"]
    assert "at the same place" not in str(report["other.ifc"])


@pytest.mark.parametrize(
    ("crs", "words"),
    [("EPSG:3857", "A metre of EPSG:3857, the CRS of the outputs, is 0.92 m"), ("EPSG:4326", "which is in degrees")],
)
def test_a_crs_in_which_lengths_are_not_true_is_reported_and_the_fields_stay_right(load, models, crs, words):
    first = sorted(models.iterdir())[0]
    own = rows(load(MODELS=[str(first)])[0]["BUILDINGS"])[0]
    layers, _, warnings = load(MODELS=[str(first)], CRS=QgsCoordinateReferenceSystem(crs))
    assert [text for text in warnings if words in text]
    (building,) = rows(layers["BUILDINGS"])
    for name in ("footprint_area_m2", "gross_floor_area_m2", "height_m"):
        assert building[name] == pytest.approx(own[name])


def test_nothing_to_read_is_an_error(load, tmp_path):
    with pytest.raises(QgsProcessingException, match="No model is given"):
        load()
    (tmp_path / "empty 空").mkdir()
    with pytest.raises(QgsProcessingException, match="holds no"):
        load(FOLDER=str(tmp_path / "empty 空"))


def test_broken_files_are_reported_and_fail_nothing(load, tmp_path):
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "zero.ifc").write_bytes(b"")
    (folder / "junk 坏.ifc").write_bytes(b"\x00\x01junk" * 100)
    layers, results, warnings = load(FOLDER=str(folder))
    assert results["MODELS_FAILED"] == 2
    assert layers["BUILDINGS"].featureCount() == 0
    assert {row["status"] for row in rows(layers["REPORT"])} == {"failed"}
    assert all(row["reason"] for row in rows(layers["REPORT"]))
    assert any("None of the models" in text for text in warnings)


def test_cancel_leaves_nothing(run_algorithm, models, tmp_path):
    feedback = QgsProcessingFeedback(False)
    feedback.progressChanged.connect(lambda *_: feedback.cancel())
    places = {name: str(tmp_path / f"cancelled_{name.lower()}.gpkg") for name in OUTPUTS}
    run_algorithm(ID, {**places, "FOLDER": str(models)}, feedback)
    assert list(tmp_path.glob("cancelled_*")) == []
    assert list(tmp_path.glob(".twin*")) == []


def test_an_unwritable_output_is_told(run_algorithm, models):
    places = {name: f"/proc/nowhere/{name}.gpkg" for name in OUTPUTS}
    with pytest.raises((QgsProcessingException, AssertionError)):
        run_algorithm(ID, {**places, "FOLDER": str(models)})


def test_the_table_of_models_without_a_place_is_filled_in_and_read_back(load, shared_data, tmp_path):
    for name in ("House.ifc", "LargeBuilding.ifc", "IfcProjectOnly.ifc", "AC20-FZK-Haus.ifc"):
        (tmp_path / name).write_bytes(shared_data(f"ifc/{name}").read_bytes())
    table = str(tmp_path / "to place.gpkg")
    everything = {"FOLDER": str(tmp_path), "WORKERS": 1}
    layers, results, warnings = load(**everything, UNPLACED=table)
    assert (results["MODELS_WITHOUT_PLACE"], results["MODELS_WITHOUT_BUILDING"]) == (2, 1)
    assert any("UNPLACED" in warning for warning in warnings)
    report = {row["id"]: row for row in rows(layers["REPORT"])}
    assert all("no place" in report[name]["reason"] for name in ("House.ifc", "LargeBuilding.ifc"))
    assert report["IfcProjectOnly.ifc"]["status"] == "partial"

    offered = QgsVectorLayer(table, "to place")
    assert {row["path"] for row in rows(offered)} == {str(tmp_path / n) for n in ("House.ifc", "LargeBuilding.ifc")}
    # As it is, it places nothing and stops nothing; what is filled in places its model.
    _, results, _ = load(**everything, PLACEMENTS=offered)
    assert results["MODELS_WITHOUT_PLACE"] == 2
    filled = QgsVectorLayer("NoGeometry?crs=", "filled", "memory")
    filled.dataProvider().addAttributes(offered.fields())
    filled.updateFields()
    for feature in offered.getFeatures():
        if feature["path"].endswith("House.ifc"):
            feature["x"], feature["y"] = 458000.0, 5438000.0
        filled.dataProvider().addFeature(feature)
    layers, results, _ = load(**everything, PLACEMENTS=filled)
    assert results["MODELS_WITHOUT_PLACE"] == 1
    house = {row["id"]: row for row in rows(layers["REPORT"])}["House.ifc"]
    assert (house["origin_x"], house["georef_level"], house["reason"]) == (458000.0, 60, None)


def test_storeys_and_openings_are_optional(run_algorithm, models, tmp_path):
    places = {name: str(tmp_path / f"{name}.gpkg") for name in ("BUILDINGS", "REPORT")}
    results = run_algorithm(ID, {"FOLDER": str(models), **places}, Listener())
    assert results["MODELS_OK"] == 3
    assert not {"STOREYS", "OPENINGS", "SOLIDS", "UNPLACED"} & set(results)

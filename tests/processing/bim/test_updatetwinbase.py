"""twin:updatetwinbase as Processing runs it: numbers, messages, cancel, and input that cannot be used."""

from __future__ import annotations

import time
import zipfile

import ifcopenshell
import pytest
from osgeo import gdal, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

ID = "twin:updatetwinbase"


class Listener(QgsProcessingFeedback):
    """Keeps the messages; cancels at a progress text that begins with `stop_at`, to which slow machines add a time."""

    def __init__(self, stop_at: str = "") -> None:
        super().__init__(False)
        self.stop_at, self.cancelled_at = stop_at, 0.0
        self.warnings: list[str] = []
        self.infos: list[str] = []

    def setProgressText(self, text):
        if self.stop_at and not self.cancelled_at and text.startswith(self.stop_at):
            self.cancelled_at = time.monotonic()
            self.cancel()

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def pushInfo(self, info):
        self.infos.append(info)


@pytest.fixture(scope="module")
def district(district_models):
    """A folder of three synthetic buildings in EPSG:4547."""
    return district_models(3, 7)


@pytest.fixture
def models(district, tmp_path):
    """A copy of the made buildings that a test may change, in a path with a space and 中文."""
    folder = tmp_path / "the models 模型"
    folder.mkdir()
    for path in district.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def run(run_algorithm, models, tmp_path):
    """A function from parameters to (results, listener)."""

    def go(**parameters):
        listener = parameters.pop("feedback", None) or Listener()
        values = {"FOLDER": str(models), "TWIN_BASE": str(tmp_path / "base 库.gpkg"), **parameters}
        return run_algorithm(ID, values, listener), listener

    return go


def numbers(results):
    return tuple(results[name] for name in ("READ", "UNCHANGED", "FAILED", "VANISHED"))


def rows(source):
    layer = QgsVectorLayer(source, "x", "ogr")
    assert layer.isValid()
    return {feature["id"]: feature for feature in layer.getFeatures()}


def test_a_base_is_made_and_brought_up_to_date(run, models, tmp_path):
    results, listener = run()
    assert numbers(results) == (3, 0, 0, 0)
    assert listener.warnings == []
    assert results["TWIN_BASE"] == str(tmp_path / "base 库.gpkg")
    assert set(rows(results["REPORT"])) == {path.name for path in models.iterdir()}
    first, second, third = sorted(models.iterdir())
    second.write_bytes(second.read_bytes() + b"\n")
    third.unlink()
    (models / "zero.ifc").write_bytes(b"")
    results, listener = run()
    assert numbers(results) == (1, 1, 1, 1)
    assert any("zero.ifc" in text for text in listener.warnings)
    report = rows(results["REPORT"])
    assert report[third.name]["valid_to"]
    assert report["zero.ifc"]["status"] == "failed"
    buildings = rows(f"{results['TWIN_BASE']}|layername=building").values()
    assert {b["model_id"]: bool(b["valid_to"]) for b in buildings} == {
        first.name: False,
        second.name: False,
        third.name: True,
    }
    assert QgsVectorLayer(f"{results['TWIN_BASE']}|layername=building", "b", "ogr").labelsEnabled()


def test_a_copy_of_a_model_is_kept_and_reported_until_it_goes(run, models):
    first = sorted(models.iterdir())[0]
    assert run()[1].warnings == []
    copy = models / "copies" / first.name
    copy.parent.mkdir()
    copy.write_bytes(first.read_bytes())
    for read in (1, 0):
        results, listener = run()
        assert (results["READ"], results["REPEATED"]) == (read, 2)
        assert any("2 models hold buildings that another one holds too" in text for text in listener.warnings)
    report = rows(results["REPORT"])
    assert f"at the same place in copies/{first.name} too" in report[first.name]["warnings"]
    copy.unlink()
    results, listener = run()
    assert listener.warnings == []
    assert not rows(results["REPORT"])[first.name]["warnings"]


def test_a_base_in_web_mercator_is_reported(run):
    _, listener = run(CRS=QgsCoordinateReferenceSystem("EPSG:3857"))
    assert any("A metre of EPSG:3857" in text and "is 0.92 m" in text for text in listener.warnings)


def test_hostile_files_cost_only_themselves(run, models):
    with zipfile.ZipFile(models / "bomb.ifczip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.ifc", b"\0" * 60_000_000)
    with (models / "junk.ifc").open("wb") as stream:
        stream.write(b"\x01junk")
        stream.truncate(1_000_000_000)  # sparse: it takes no room on the disk
    (models / "'; DROP TABLE building; -- $(rm).ifc").write_bytes(b"ISO-10303-21;" + b"(" * 1000)
    (models / "nowhere.ifc").symlink_to(models / "missing")
    started = time.monotonic()
    results, listener = run()
    assert numbers(results) == (3, 0, 4, 0)
    assert time.monotonic() - started < 60
    report = rows(results["REPORT"])
    assert "would expand" in report["bomb.ifczip"]["reason"]
    assert "not an IFC file" in report["junk.ifc"]["reason"]
    assert all(row["reason"] for row in report.values() if row["status"] == "failed")
    assert len(listener.warnings) == 4
    assert numbers(run()[0]) == (0, 7, 0, 0)


def test_placements_and_crs(run, models):
    first = sorted(models.iterdir())[0]
    fields = "field=path:string&field=x:double&field=y:double&field=z:double&field=bearing_deg:double&field=crs:string"
    table = QgsVectorLayer(f"NoGeometry?{fields}", "ties", "memory")
    row = QgsFeature(table.fields())
    row.setAttributes([first.name, 500100.0, 2490100.0, 4.0, 90.0, "EPSG:4547"])
    table.dataProvider().addFeatures([row])
    results, _ = run(CRS=QgsCoordinateReferenceSystem("EPSG:32649"))
    assert QgsVectorLayer(f"{results['TWIN_BASE']}|layername=storey", "s", "ogr").crs().authid() == "EPSG:32649"
    results, _ = run(PLACEMENTS=table)
    assert numbers(results) == (1, 2, 0, 0)
    report = rows(results["REPORT"])[first.name]
    assert (report["georef_level"], report["origin_x"], report["crs"]) == (60, 500100.0, "EPSG:4547")
    assert numbers(run()[0]) == (0, 3, 0, 0), "the placement is kept in the base"
    kept = QgsVectorLayer(f"{results['TWIN_BASE']}|layername=model_placement", "ties", "ogr")
    assert [(row["path"], row["bearing_deg"]) for row in kept.getFeatures()] == [(first.name, 90.0)]
    with pytest.raises(QgsProcessingException, match="EPSG:32649"):
        run(CRS=QgsCoordinateReferenceSystem("EPSG:4547"))


def terrain(path, level_m):
    """A level terrain under the made district, in another CRS than its models'."""
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 100, 100, 1, gdal.GDT_Float32)
    reference = osr.SpatialReference()
    reference.SetFromUserInput("EPSG:32649")
    dataset.SetProjection(reference.ExportToWkt())
    middle = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4547"), QgsCoordinateReferenceSystem("EPSG:32649"), QgsProject.instance()
    ).transform(QgsPointXY(500000, 2490000))
    dataset.SetGeoTransform((middle.x() - 50_000, 1000, 0, middle.y() + 50_000, 0, -1000))
    dataset.GetRasterBand(1).Fill(level_m)
    return str(path)


def test_ground_floors_far_from_the_terrain_are_kept_in_the_warnings(run, models, tmp_path):
    results, listener = run()
    floors = {
        row["model_id"]: row["ground_floor_elev_m"]
        for row in rows(f"{results['TWIN_BASE']}|layername=building").values()
    }
    lowest, highest = min(floors.values()), max(floors.values())
    assert highest - lowest < 9, "else no level terrain is near all of them"
    high = terrain(tmp_path / "high 高.tif", highest + 20)
    results, listener = run(DTM=high)
    assert numbers(results) == (0, 3, 0, 0), "nothing is read again for it"
    report = rows(results["REPORT"])
    for model, floor in floors.items():
        told = f"at {floor:.2f} m lies {highest + 20 - floor:.1f} m below the terrain"
        assert told in report[model]["warnings"]
        assert sum(told in text and text.startswith(model) for text in listener.warnings) == 1
    before = {key: row["warnings"] for key, row in report.items()}
    results, _ = run(DTM=high)
    assert {key: row["warnings"] for key, row in rows(results["REPORT"]).items()} == before, "noted once"
    results, listener = run()
    assert {key: row["warnings"] for key, row in rows(results["REPORT"]).items()} == before, "kept"
    results, listener = run(DTM=terrain(tmp_path / "right.tif", (lowest + highest) / 2))
    assert not any("terrain" in (row["warnings"] or "") for row in rows(results["REPORT"]).values())
    assert listener.warnings == []


def test_models_of_different_vertical_datums_are_told(run, models):
    for path, datum in zip(sorted(models.iterdir()), ("EPSG:5737", "EPSG:5705", "EPSG:5737"), strict=True):
        text = path.read_text()
        model = ifcopenshell.file.from_string(text)
        model.by_type("IfcProjectedCRS")[0].VerticalDatum = datum
        model.write(str(path))
    results, listener = run()
    told = [text for text in listener.warnings if "vertical datums" in text]
    assert len(told) == 1
    assert "EPSG:5737 (Yellow Sea 1985 height) (2)" in told[0]
    assert "Baltic" in told[0]
    assert {row["vertical_datum"].split()[0] for row in rows(results["REPORT"]).values()} == {"EPSG:5737", "EPSG:5705"}


def test_cancel_keeps_what_was_read_and_says_so(run, models, monkeypatch):
    from twin_plugin.core.bim import update

    monkeypatch.setattr(update, "BATCH_MODELS", 1)
    listener = Listener("1 of 3 models")
    results, _ = run(CRS=QgsCoordinateReferenceSystem("EPSG:4547"), WORKERS=1, feedback=listener)
    assert results == {}
    assert time.monotonic() - listener.cancelled_at < 2.0
    assert any("are kept" in text for text in listener.infos)
    assert not any("nothing was written" in text for text in listener.infos)
    assert any("models were read into the base" in text for text in listener.infos)
    results, _ = run()
    assert results["READ"] + results["UNCHANGED"] == 3
    assert results["UNCHANGED"] >= 1


def test_what_cannot_be_used_is_told(run, run_algorithm, models, tmp_path):
    with pytest.raises(QgsProcessingException, match="not both"):
        run_algorithm(ID, {"FOLDER": str(models)})
    with pytest.raises(QgsProcessingException, match="not both"):
        run(CONNECTION="somewhere")
    with pytest.raises(QgsProcessingException, match="does not exist"):
        run(FOLDER=str(tmp_path / "nowhere"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(QgsProcessingException, match="holds no"):
        run(FOLDER=str(tmp_path / "empty"))
    (tmp_path / "notes.gpkg").write_text("my notes")
    with pytest.raises(QgsProcessingException, match="no GeoPackage"):
        run(TWIN_BASE=str(tmp_path / "notes.gpkg"))
    assert (tmp_path / "notes.gpkg").read_text() == "my notes"

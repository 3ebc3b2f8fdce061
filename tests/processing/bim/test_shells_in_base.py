"""Closed shells and outlines as a twin base keeps them: made where asked for, kept up to date, taken by scenes."""

from __future__ import annotations

import json
import sqlite3

import numpy as np
import pytest
import shapely
from qgis.core import QgsVectorLayer

from tests.listener import Listener
from twin_plugin.core.common.closed_solids import open_edges, volume_m3
from twin_plugin.core.common.solid import Solid

ID = "twin:updatetwinbase"


class Stopping(Listener):
    """Cancels once the first model was read."""

    def setProgressText(self, text):
        if text.startswith("1 of"):
            self.cancel()


@pytest.fixture
def models(district_models, tmp_path):
    """A copy of three made buildings that a test may change, in a path with a space and 中文."""
    folder = tmp_path / "the models 模型"
    folder.mkdir()
    for path in district_models(3, 7).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def base(tmp_path):
    return tmp_path / "base 库.gpkg"


@pytest.fixture
def update(run_algorithm, models, base):
    """A function from parameters to how many models were read, unchanged and failed."""

    def run(feedback=None, **parameters):
        values = {"FOLDER": str(models), "TWIN_BASE": str(base), **parameters}
        results = run_algorithm(ID, values, feedback or Listener())
        return tuple(results[name] for name in ("READ", "UNCHANGED", "FAILED")) if results else None

    return run


def rows(base, table):
    layer = QgsVectorLayer(f"{base}|layername={table}", table, "ogr")
    assert layer.isValid()
    return {feature["id"]: feature for feature in layer.getFeatures()}


def levels(base, table="solid"):
    return {feature["lod"] for feature in rows(base, table).values()}


def content(base):
    """All rows of shells and outlines, without the numbers of features."""
    found = []
    for table in ("solid", "outline"):
        for key, feature in sorted(rows(base, table).items()):
            found.append((key, *(feature[name] for name in feature.fields().names() if name != "fid")))
            found.append(bytes(feature.geometry().asWkb()))
    return found


def test_a_base_gets_shells_when_asked_and_keeps_them_up_to_date(update, models, base):
    assert update() == (3, 0, 0)
    assert rows(base, "solid") == rows(base, "outline") == {}
    assert update(SHELLS="lod22") == (3, 0, 0)
    buildings, solids, outlines = (rows(base, table) for table in ("building", "solid", "outline"))
    assert {*solids} == {*buildings}
    for key, solid in solids.items():
        assert solid["building_id"] == key
        faces = shapely.from_wkb(bytes(solid.geometry().asWkb())).geoms
        body = Solid.from_faces([[np.array(r.coords)[:-1] for r in (f.exterior, *f.interiors)] for f in faces])
        assert open_edges(body) == 0
        assert volume_m3(body) == pytest.approx(solid["volume_m3"], rel=1e-4)
        assert solid["volume_m3"] == pytest.approx(solid["volume_check_m3"], rel=0.05)
    assert {row["building_id"] for row in outlines.values()} == {*buildings}
    assert levels(base, "outline") == {"0.2", "0.3", "0.4"}
    for table in ("solid", "outline"):
        layer = QgsVectorLayer(f"{base}|layername={table}", table, "ogr")
        assert layer.crs().authid() == "EPSG:4547"
        assert layer.listStylesInDatabase()[0] == 1, "it opens styled"
    whole = content(base)
    assert update() == (0, 3, 0)
    changed = min(models.iterdir())
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert update() == (1, 2, 0), "only what changed is read, with its shell"
    assert content(base) == whole


def test_another_level_reads_the_models_again(update, base):
    assert update(SHELLS="lod12") == (3, 0, 0)
    assert levels(base) == {"1.2"}
    assert levels(base, "outline") == {"0.2"}
    assert update(SHELLS="lod13") == (3, 0, 0)
    assert levels(base) == {"1.3"}
    assert update(SHELLS="lod13", ROOMS=True) == (3, 0, 0)
    assert update() == (0, 3, 0), "both are kept"
    assert update(SHELLS="lod12") == (3, 0, 0)
    assert levels(base) == {"1.2"}


def test_a_model_that_fails_keeps_its_shell_and_a_deleted_one_stays_as_history(update, models, base):
    update(SHELLS="lod13")
    whole = content(base)
    first, second, _ = sorted(models.iterdir())
    first.write_bytes(b"\x01junk")
    second.unlink()
    assert update() == (0, 1, 1)
    assert content(base) == whole


def test_a_cancel_keeps_whole_buildings_and_the_next_run_goes_on(update, base, monkeypatch):
    from twin_plugin.core.bim import update as updating

    monkeypatch.setattr(updating, "BATCH_MODELS", 1)
    update()
    update(Stopping(), SHELLS="lod22")
    with sqlite3.connect(base) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        marked = {key for (key,) in database.execute("SELECT id FROM bim_model WHERE settings LIKE '%+lod22'")}
    assert 1 <= len(marked) < 3
    assert len(rows(base, "building")) == 3
    assert {key.rpartition("/")[0] for key in rows(base, "solid")} == marked
    assert {row["building_id"] for row in rows(base, "outline").values()} == {*rows(base, "solid")}
    assert update() == (3 - len(marked), len(marked), 0), "it goes on with the same choice"
    assert {*rows(base, "solid")} == {*rows(base, "building")}
    assert levels(base) == {"2.2"}


def test_a_base_of_an_older_version_gets_the_tables(update, base):
    update()
    with sqlite3.connect(base) as database:
        for table in ("solid", "outline"):
            database.execute(f"DROP TABLE rtree_{table}_geom")
            database.execute(f"DROP TABLE {table}")
            for about in ("gpkg_contents", "gpkg_geometry_columns", "gpkg_extensions", "gpkg_ogr_contents"):
                database.execute(f"DELETE FROM {about} WHERE table_name = '{table}'")  # noqa: S608
    database.close()
    assert update() == (0, 3, 0)
    assert rows(base, "solid") == {}
    assert update(SHELLS="lod12") == (3, 0, 0)
    assert len(rows(base, "solid")) == 3
    assert QgsVectorLayer(f"{base}|layername=solid").crs().authid() == "EPSG:4547"


def test_scenes_and_tiles_take_the_shells_of_a_base(update, run_algorithm, base, tmp_path):
    update(SHELLS="lod22")
    city = tmp_path / "city 城.city.json"
    inputs = {"BUILDINGS": f"{base}|layername=building", "SOLIDS": f"{base}|layername=solid"}
    listener = Listener()
    run_algorithm("twin:exportscene", {**inputs, "CITYJSON": str(city)}, listener)
    assert any("SOLIDS | 3 | 0" in line for line in listener.infos)
    document = json.loads(city.read_text(encoding="utf-8"))
    shapes = [shape for thing in document["CityObjects"].values() for shape in thing.get("geometry", ())]
    assert sum(shape["type"] == "Solid" and shape["lod"] == "2.2" for shape in shapes) == 3
    listener = Listener()
    run_algorithm("twin:exporttiles", {**inputs, "FOLDER": str(tmp_path / "tiles 块")}, listener)
    assert any("SOLIDS | 3 | 0" in line for line in listener.infos)


def test_a_3d_view_shows_shells_only_where_a_base_has_some(update, base, qgis_new_project):
    from qgis.core import QgsProject

    from twin_plugin.bridge.scene.view_layers import find_layers

    def found():
        project = QgsProject.instance()
        project.clear()
        for table in ("building", "solid"):
            project.addMapLayer(QgsVectorLayer(f"{base}|layername={table}", table, "ogr"))
        there = find_layers(project)
        return there.buildings.name(), [layer.name() for layer in there.solids], there.bodies

    update()
    assert found() == ("building", [], [])
    QgsProject.instance().clear()
    update(SHELLS="lod12")
    assert found() == ("building", ["solid"], [])
    QgsProject.instance().clear()

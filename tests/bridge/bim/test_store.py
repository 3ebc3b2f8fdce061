"""The twin base in a GeoPackage: what it holds after a run, a kill, a failure, and beside other tables."""

from __future__ import annotations

import os
import pickle
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from osgeo import gdal, ogr
from qgis.core import QgsVectorLayer, QgsWkbTypes

from twin_plugin.bridge.bim import geopackage_schema
from twin_plugin.bridge.bim.geopackage_store import FileBase
from twin_plugin.bridge.bim.saved_styles import save_styles
from twin_plugin.bridge.bim.store_tables import TwinStore
from twin_plugin.bridge.postgres.sql import Name, name, statement
from twin_plugin.core.bim.pool import read_models
from twin_plugin.core.bim.read import ModelJob
from twin_plugin.core.bim.tables import BIM_MODEL, REPORT, TABLES
from twin_plugin.core.bim.update import UpdateRequest, update
from twin_plugin.core.common.errors import InputError, ResourceError

ROOT = Path(__file__).parents[3]

WRITER = """
import os, pickle, signal, sys
from pathlib import Path
from twin_plugin.core.common import new_file
from twin_plugin.bridge.bim.geopackage_store import FileBase
from twin_plugin.bridge.bim.store_tables import TwinStore
from twin_plugin.core.bim import update
update.BATCH_MODELS = 2
reports = {report.id: report for report in pickle.loads(Path(sys.argv[1]).read_bytes())}
owner = {"FileBase": FileBase, "new_file": new_file, "_UpdateRun": update._UpdateRun}[sys.argv[4]]
method, left = getattr(owner, sys.argv[5]), int(sys.argv[6])
def deadly(*arguments):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return method(*arguments)
setattr(owner, sys.argv[5], deadly)
base = FileBase(Path(sys.argv[3]))
request = update.UpdateRequest(sys.argv[2], crs="EPSG:4547")
update.update(request, TwinStore(base), lambda jobs, _: (reports[job.id] for job in jobs))
"""


@pytest.fixture(scope="session")
def reports(made_models):
    """The reports of the made models, read once."""
    jobs = [ModelJob(path.name, str(path)) for path in sorted(made_models.iterdir())]
    return {report.id: report for report in read_models(jobs, 2)}


@pytest.fixture
def fill(made_models, reports):
    """A function that updates a base from the made models without reading them again; returns its tally."""

    def run(path, folder=made_models, **options):
        base = FileBase(path)
        try:
            return update(
                UpdateRequest(str(folder), **options),
                TwinStore(base),
                lambda jobs, _: (reports[job.id] for job in jobs),
            )
        finally:
            base.close()

    return run


def check_geopackage(path):
    """Whether the file is whole: SQLite's own check, counts, and spatial indexes that hold every geometry."""
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table, definition in TABLES.items():
            (rows,) = database.execute(statement("SELECT count(*) FROM {t}", t=name(table))).fetchone()
            counted = database.execute("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?", (table,))
            assert counted.fetchone() == (rows,), table
            if definition.geometry:
                (shapes,) = database.execute(
                    statement("SELECT count(*) FROM {t} WHERE geom IS NOT NULL", t=name(table))
                ).fetchone()
                (indexed,) = database.execute(
                    statement("SELECT count(*) FROM {t}", t=name(f"rtree_{table}_geom"))
                ).fetchone()
                assert indexed == shapes, table
                (triggers,) = database.execute(
                    "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE ?", (f"rtree_{table}_%",)
                ).fetchone()
                assert triggers >= 5, table
    database.close()


def test_the_journal_holds_what_the_report_of_loadbim_holds():
    assert BIM_MODEL.columns[: len(REPORT.columns)] == REPORT.columns


def test_tables_open_in_qgis_with_their_styles(qgis_app, fill, tmp_path):
    path = tmp_path / "new folder" / "the base 库.gpkg"
    assert fill(path).read == 6
    check_geopackage(path)
    assert [item.name for item in path.parent.iterdir()] == [path.name], "nothing is left beside it"
    base = FileBase(path)
    base.close()
    assert save_styles(base) == []
    for table, definition in TABLES.items():
        layer = QgsVectorLayer(base.layer_uri(table), table, "ogr")
        assert layer.isValid()
        assert tuple(n for n in layer.fields().names() if n != "fid") == definition.names
        if definition.geometry:
            assert layer.crs().authid() == "EPSG:4547"
            assert (layer.featureCount() > 0) == (table not in ("room", "solid", "outline")), table
            assert layer.hasSpatialIndex() != layer.SpatialIndexPresence.SpatialIndexNotPresent
    opening = QgsVectorLayer(base.layer_uri("opening"), "opening", "ogr")
    assert opening.wkbType() == QgsWkbTypes.Type.PointZ
    building = QgsVectorLayer(base.layer_uri("building"), "b", "ogr")
    assert building.labelsEnabled()
    assert building.renderer().type() == "categorizedSymbol"
    assert building.renderer3D() is not None
    assert len(building.editFormConfig().tabs()) == 4
    with sqlite3.connect(path) as database:
        database.execute("UPDATE layer_styles SET styleName = 'mine' WHERE f_table_name = 'building'")
    database.close()
    assert save_styles(base) == []
    with sqlite3.connect(path) as database:
        styles = database.execute(
            "SELECT f_table_name, styleName, useAsDefault FROM layer_styles ORDER BY 1"
        ).fetchall()
    database.close()
    assert [(table, style) for table, style, _ in styles] == [
        ("building", "mine"),
        ("opening", "City Twin"),
        ("outline", "City Twin"),
        ("room", "City Twin"),
        ("solid", "City Twin"),
        ("storey", "City Twin"),
        ("underground", "City Twin"),
    ]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_at_any_moment_it_goes_on_where_it_was(fill, made_models, reports, content, tmp_path):
    whole = tmp_path / "whole.gpkg"
    fill(whole, crs="EPSG:4547")
    (tmp_path / "reports").write_bytes(pickle.dumps(list(reports.values())))
    path = tmp_path / "killed.gpkg"
    for owner, method, call, kept in (
        ("new_file", "create", 1, None),  # before the tables are there
        ("FileBase", "set_crs", 1, 0),
        ("FileBase", "insert", 9, 0),  # within the transaction of the first two models
        ("FileBase", "insert", 17, 2),  # of the next two
        ("_UpdateRun", "_count", 1, 4),  # just after a commit
    ):
        arguments = [sys.executable, "-c", WRITER, tmp_path / "reports", made_models, path, owner, method, call]
        done = subprocess.run([str(item) for item in arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert path.exists() == (kept is not None), "a base appears when it is whole"
        if kept is not None:
            found = content(path)
            assert len(found["bim_model"]) == kept
            assert {row["model_id"] for row in found["building"].values()} == set(found["bim_model"])
    tally = fill(path, crs="EPSG:4547")
    assert (tally.read, tally.unchanged) == (2, 4)
    assert content(path) == content(whole)
    check_geopackage(path)
    assert {item.name for item in tmp_path.iterdir()} == {"whole.gpkg", "killed.gpkg", "reports"}


def test_a_model_that_changes_is_replaced(fill, made_models, reports, content, tmp_path, monkeypatch):
    path = tmp_path / "base.gpkg"
    fill(path)
    before = content(path)
    first = sorted(reports)[0]
    monkeypatch.setattr("twin_plugin.core.bim.journal.READER", 99)
    assert fill(path).read == 6
    after = content(path)
    for table in ("building", "storey", "opening", "underground"):
        assert after[table] == before[table]
    assert after["bim_model"][first]["engine_version"].startswith("99/")
    check_geopackage(path)


def test_other_tables_of_a_geopackage_are_kept(fill, tmp_path, monkeypatch):
    path = tmp_path / "mine.gpkg"
    dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer("trees", None, ogr.wkbPoint)
    layer.CreateFeature(ogr.Feature(layer.GetLayerDefn()))
    layer = dataset = None
    copy, calls = geopackage_schema._copy, []

    def stop(model, database, about, *more):
        calls.append(about)
        if len(calls) == 3:
            raise RuntimeError("it stopped half-way")
        copy(model, database, about, *more)

    with monkeypatch.context() as patch:
        patch.setattr(geopackage_schema, "_copy", stop)
        with pytest.raises(ResourceError, match="half-way"):
            FileBase(path)
    dataset = gdal.OpenEx(str(path))
    assert dataset.GetLayerCount() == 1, "the tables come together or not at all"
    dataset = None
    fill(path)
    check_geopackage(path)
    dataset = gdal.OpenEx(str(path))
    assert dataset.GetLayerByName("trees").GetFeatureCount() == 1


def test_a_table_of_the_same_name_that_is_not_ours_is_left_alone(tmp_path):
    path = tmp_path / "mine.gpkg"
    dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer("building", None, ogr.wkbPolygon)
    layer = dataset = None  # noqa: F841 - closes the file
    with pytest.raises(InputError, match="'building'"):
        FileBase(path)
    dataset = gdal.OpenEx(str(path))
    assert [dataset.GetLayer(i).GetName() for i in range(dataset.GetLayerCount())] == ["building"]


def test_a_base_of_an_older_version_gets_its_new_columns(fill, tmp_path):
    path = tmp_path / "old.gpkg"
    fill(path)
    with sqlite3.connect(path) as database:
        database.execute("ALTER TABLE storey DROP COLUMN use")
    database.close()
    assert fill(path).unchanged == 6
    assert "use" in QgsVectorLayer(f"{path}|layername=storey", "s", "ogr").fields().names()


def test_junk_is_not_overwritten(tmp_path):
    path = tmp_path / "junk.gpkg"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(InputError, match="no GeoPackage"):
        FileBase(path)
    assert path.read_bytes() == b"not a database" * 100
    assert [item.name for item in tmp_path.iterdir()] == ["junk.gpkg"]


def test_one_writer_at_a_time(tmp_path):
    base = FileBase(tmp_path / "base.gpkg")
    with pytest.raises(ResourceError, match="one writer"):
        FileBase(tmp_path / "base.gpkg")
    base.close()
    FileBase(tmp_path / "base.gpkg").close()
    assert [item.name for item in tmp_path.iterdir()] == ["base.gpkg"]


def test_a_folder_that_cannot_be_written_is_told():
    if not Path("/proc/self").exists():
        pytest.skip("there is no /proc here, in which nobody can write")
    with pytest.raises(ResourceError, match="choose another"):
        FileBase(Path("/proc/nowhere/base.gpkg"))


def test_a_failing_transaction_leaves_the_base_as_it_was(fill, reports, content, tmp_path, monkeypatch):
    path = tmp_path / "base.gpkg"
    fill(path)
    before = content(path)
    monkeypatch.setattr("twin_plugin.core.bim.journal.READER", 99)
    write = FileBase.insert

    def stop(self, table, rows):
        if table.name == "opening":
            raise RuntimeError("the disk is full")
        write(self, table, rows)

    monkeypatch.setattr(FileBase, "insert", stop)
    with pytest.raises(ResourceError, match="the disk is full"):
        fill(path)
    assert content(path) == before


def test_a_base_without_places_takes_its_crs_later(made_models, fill, content, tmp_path):
    path = tmp_path / "base.gpkg"
    base = FileBase(path)
    assert base.crs == ""
    base.set_crs("EPSG:4547")
    assert base.crs == "EPSG:4547"
    base.close()
    fill(path)
    other = tmp_path / "other.gpkg"
    fill(other, crs="EPSG:4547")
    assert content(path) == content(other)
    dataset = gdal.OpenEx(str(path))
    assert {dataset.GetLayer(i).GetName() for i in range(dataset.GetLayerCount())} == set(TABLES)


def test_names_stay_texts(fill, made_models, reports, content, tmp_path, monkeypatch):
    folder = tmp_path / "hostile"
    folder.mkdir()
    source = sorted(made_models.iterdir())[0]
    names = ["'; DROP TABLE building; --.ifc", 'a"b%s{}.ifc', "..ifc", "楼 ☃.IFC"]
    if os.name == "nt":
        names = ["'; DROP TABLE building; --.ifc", "楼 ☃.IFC"]
    for key in names:
        (folder / key).write_bytes(source.read_bytes())
    report = reports[source.name]

    def read(jobs, _progress):
        return (replace(report, id=job.id, path=job.path) for job in jobs)

    base = FileBase(tmp_path / "base.gpkg")
    assert update(UpdateRequest(str(folder)), TwinStore(base), read).read == len(names)
    (folder / names[0]).write_bytes(source.read_bytes() + b"\n")
    assert update(UpdateRequest(str(folder)), TwinStore(base), read).read == 1
    (folder / names[0]).unlink()
    assert update(UpdateRequest(str(folder)), TwinStore(base), read).vanished == 1
    base.close()
    found = content(tmp_path / "base.gpkg")
    assert set(found["bim_model"]) == set(names)
    assert {row["model_id"] for row in found["building"].values()} == set(names)
    ended = [row["model_id"] for row in found["building"].values() if row["valid_to"]]
    assert ended == [names[0]]
    check_geopackage(tmp_path / "base.gpkg")


def test_statements_quote_what_is_no_name():
    text = statement("DELETE FROM {t} WHERE id IN ({ids}) AND n = {n}", t=name("a", 'b"c'), ids=["x'y", "{z}"], n=3)
    assert text == """DELETE FROM "a"."b""c" WHERE id IN ('x''y', '{z}') AND n = 3"""
    assert statement("{c}", c=Name("id")) == "id"

"""A twin base whose n-th write fails: whole models, the same tables, nothing else left, one sentence."""

from __future__ import annotations

import errno
import pickle
import shutil
import sqlite3

import pytest
from osgeo import gdal, ogr

from tests.bridge.bim.base_writes import bring_up_to_date
from tests.failing_writer.calls import every_failure
from tests.failing_writer.trial import sentence
from tests.tiny import write_tiny_models
from twin_plugin.bridge.bim.geopackage_store import FileBase
from twin_plugin.core.bim.pool import read_models
from twin_plugin.core.bim.read import ModelJob
from twin_plugin.core.common import sqlite_locks
from twin_plugin.core.common.errors import Cancelled, ResourceError

MODELS = 6
BATCH = 3


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A folder of models, and the file of what reading them gives."""
    folder = tmp_path_factory.mktemp("models") / "it's 模型"
    write_tiny_models(folder, MODELS)
    jobs = [ModelJob(path.relative_to(folder).as_posix(), str(path)) for path in folder.rglob("*.ifc")]
    file = tmp_path_factory.mktemp("reports") / "reports"
    file.write_bytes(pickle.dumps(list(read_models(jobs, 1))))
    return str(file), str(folder)


def looked_into(path):
    """The definitions of a file, and the rows of each model; SQLite's own check passes."""
    database = sqlite3.connect(path)
    try:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = set(database.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
        if ("table", "bim_model") not in tables:
            return tables, {}
        models = {key: [size] for key, size in database.execute("SELECT id, size FROM bim_model")}
        for key, of_model in models.items():
            of_model += database.execute("SELECT id, hex(geom) FROM building WHERE model_id = ?", (key,))
            for part in ("storey", "opening", "underground"):
                query = f"SELECT id, hex(geom) FROM {part} WHERE building_id LIKE ? || '/%' ORDER BY id"  # noqa: S608
                of_model += database.execute(query, (key,))
        buildings, placed = database.execute("SELECT count(*), count(geom) FROM building").fetchone()
        (indexed,) = database.execute("SELECT count(*) FROM rtree_building_geom").fetchone()
        assert indexed == placed
        assert buildings == sum(len(rows) > 1 for rows in models.values()), "no rows without their model"
        return tables, models
    finally:
        database.close()


def outdated(path):
    """Make a base look as if every model had changed since."""
    with sqlite3.connect(path) as database:
        database.execute("UPDATE bim_model SET size = 1")
    database.close()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("onwards", "step"), [(False, 4), (True, 9)])
@pytest.mark.parametrize("state", ["new", "outdated", "beside"])
def test_every_write_that_fails(failing_child, tmp_path, models, onwards, step, state):
    whole, start, folder = tmp_path / "whole.gpkg", tmp_path / "start.gpkg", tmp_path / "watched"
    path = folder / "base.gpkg"
    folder.mkdir()
    if state == "beside":
        dataset = gdal.GetDriverByName("GPKG").Create(str(start), 0, 0, 0, gdal.GDT_Unknown)
        layer = dataset.CreateLayer("trees", None, ogr.wkbPoint)
        layer.CreateFeature(ogr.Feature(layer.GetLayerDefn()))
        layer = dataset = None
        shutil.copyfile(start, whole)
    bring_up_to_date(whole, *models, BATCH)
    tables, expected = looked_into(whole)
    foreign = looked_into(start)[0] if state == "beside" else None
    if state == "outdated":
        shutil.copyfile(whole, start)
        outdated(start)
    before = start.read_bytes() if start.exists() else None
    sentences = []
    for failure in every_failure(failing_child.watch, errno.ENOSPC, onwards=onwards, step=step):
        for item in folder.iterdir():
            item.unlink()
        if before is not None:
            path.write_bytes(before)
        said = sentence(failing_child, bring_up_to_date, str(path), *models, BATCH, folder=folder, failure=failure)
        sentences.append(said)
        # A journal may stay while the disk is full: with it SQLite takes back what was not committed.
        assert {item.name for item in folder.iterdir()} <= {path.name, *(["base.gpkg-journal"] if onwards else [])}
        check(path, tables, foreign, expected, before, state, said, str(failure))
    assert sum(map(bool, sentences)) > 20
    assert sentences[-1] == "", "without a failure it succeeds"


def check(path, tables, foreign, expected, before, state, said, failure):
    """Whole models in a whole file, or the file as it was."""
    if not path.exists():
        assert said, failure
        assert before is None, "it was deleted"
        return
    now, found = looked_into(path)
    if now == foreign:
        assert said, failure
        return
    assert now == tables, failure
    old = {key: [1, *rows[1:]] for key, rows in expected.items()} if state == "outdated" else {}
    for key in set(found) | set(old):
        assert found[key] in (expected[key], old.get(key)), f"{failure}: {key}"
    assert len(found) % BATCH == 0, failure
    if not said:
        assert found == expected, failure


@pytest.mark.parametrize("lock", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"])
def test_another_program_that_keeps_it_locked(tmp_path, monkeypatch, models, held, lock):
    path = tmp_path / "base.gpkg"
    bring_up_to_date(path, *models, BATCH)
    outdated(path)
    before = looked_into(path)
    holder = held(path, lock)
    monkeypatch.setattr(sqlite_locks, "WAIT_S", 0.6)
    with pytest.raises(ResourceError, match=r"base\.gpkg' is being written by another program.*try again"):
        bring_up_to_date(path, *models, BATCH)
    holder.communicate("")
    assert looked_into(path) == before
    bring_up_to_date(path, *models, BATCH)
    assert looked_into(path) != before, "it is written as soon as the other has ended"
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_a_reader_that_stays_delays_the_commit_and_the_models_stay_as_they_were(tmp_path, monkeypatch, models, held):
    path = tmp_path / "base.gpkg"
    bring_up_to_date(path, *models, BATCH)
    outdated(path)
    before = looked_into(path)
    holder = held(path, "BEGIN", "SELECT count(*) FROM building")
    monkeypatch.setattr(sqlite_locks, "WAIT_S", 0.6)
    with pytest.raises(ResourceError, match="being written by another program"):
        bring_up_to_date(path, *models, BATCH)
    holder.communicate("")
    assert looked_into(path) == before


def test_a_reader_in_write_ahead_mode_delays_nothing(tmp_path, models, held):
    """As QGIS reads a GeoPackage."""
    path = tmp_path / "base.gpkg"
    bring_up_to_date(path, *models, BATCH)
    expected = looked_into(path)
    outdated(path)
    holder = held(path, "PRAGMA journal_mode = WAL", "BEGIN", "SELECT count(*) FROM building")
    bring_up_to_date(path, *models, BATCH)
    holder.communicate("")
    assert looked_into(path) == expected


def test_a_cancel_ends_the_waiting(tmp_path, models, held):
    path = tmp_path / "base.gpkg"
    bring_up_to_date(path, *models, BATCH)
    holder = held(path, "BEGIN EXCLUSIVE")
    asked = []

    def progress(fraction, text=""):
        asked.append(fraction)
        return len(asked) < 3

    with pytest.raises(Cancelled):
        FileBase(path, progress)
    assert len(asked) == 3
    holder.communicate("")
    FileBase(path).close()
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_a_base_that_lost_a_trigger_gets_it_again(tmp_path, models):
    """A kill, or a full disk, of an earlier version, which let GDAL drop the triggers that count while it wrote."""
    path = tmp_path / "base.gpkg"
    bring_up_to_date(path, *models, BATCH)
    expected = looked_into(path)
    with sqlite3.connect(path) as database:
        database.execute("DROP TRIGGER trigger_insert_feature_count_building")
        database.execute("DROP TABLE rtree_storey_geom")
        database.execute("DELETE FROM gpkg_extensions WHERE table_name = 'storey'")
        for (trigger,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rtree_storey_%'"
        ).fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
    database.close()
    FileBase(path).close()
    assert looked_into(path) == expected
    with sqlite3.connect(path) as database:
        (storeys,) = database.execute("SELECT count(geom) FROM storey").fetchone()
        assert database.execute("SELECT count(*) FROM rtree_storey_geom").fetchone() == (storeys,)
        assert storeys > 0
    database.close()


def test_a_full_disk_while_the_first_batch_is_written_names_the_disk_first(failing_child, tmp_path, models):
    """Not what fails later, when the file is closed on the same full disk."""
    (tmp_path / "watched").mkdir()
    path = tmp_path / "watched" / "base.gpkg"
    bring_up_to_date(path, *models, BATCH)
    outdated(path)
    failures = every_failure(failing_child.watch, errno.ENOSPC, ("write",), onwards=True)
    said = sentence(
        failing_child, bring_up_to_date, str(path), *models, BATCH, folder=path.parent, failure=next(failures)
    )
    assert "database or disk is full" in said
    assert "run it again: what was committed is kept" in said

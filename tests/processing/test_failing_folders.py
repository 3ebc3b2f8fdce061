"""Folders of files whose n-th write fails: nothing appears, or an earlier publication stays as it was."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import closing

import numpy as np
import pytest

from tests.failing_writer.calls import Failure
from tests.failing_writer.child import run_algorithm
from tests.failing_writer.seccomp import KINDS
from tests.failing_writer.trial import sentence, tables
from twin_plugin.bridge.bim.geopackage_store import FileBase
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.bim.tables import BUILDING
from twin_plugin.core.common.grid import Grid


def content(folder):
    """The names of the files below a folder; of GeoPackages also what is defined in them, and the rows."""
    found = {}
    for path in folder.rglob("*"):
        if path.suffix == ".gpkg":
            with closing(sqlite3.connect(path)) as database:
                assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                defined = set(database.execute("SELECT type, name FROM sqlite_master"))
                (indexed,) = database.execute("SELECT count(*) FROM gpkg_extensions").fetchone()
            rows = {name: [row[1:] for row in of_table] for name, of_table in tables(path).items()}
            found[path.name] = defined, indexed, {name: len(of_table) for name, of_table in rows.items()}
        elif path.is_file():
            found[path.name] = path.stat().st_size > 0 or path.suffix == ""
    return found


def files(folder):
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A twin base with one building."""
    from shapely.geometry import box

    path = tmp_path_factory.mktemp("base") / "base.gpkg"
    store = FileBase(path)
    store.set_crs("EPSG:4547")
    with store.transaction():
        store.insert(BUILDING, [(box(500_000, 2_500_000, 500_020, 2_500_010), {"id": "a/1", "model_id": "a"})])
    store.close()
    return path


def fail_some(child, parent, identifier, parameters, count, onwards=False):
    """Fail some calls evenly spread over a run; returns how many runs failed, after which all is as it was before."""
    folder = parent / "the folder"
    before = files(parent)
    child.call(run_algorithm, identifier, parameters, folder=parent)
    kinds = ("write", "truncate", "sync", "open") if onwards else KINDS
    calls = [call for call in child.watch.calls if call.kind in kinds]
    wanted = content(folder)
    assert len(wanted) > 3
    restore(parent, folder, before)
    failed = 0
    for number in range(1, len(calls), max(1, len(calls) // count)):
        # Closing what was only read, and folders, must not fail for ever: nobody could tidy up.
        failure = Failure(number, errno.ENOSPC, kinds, onwards)
        said = sentence(child, run_algorithm, identifier, parameters, folder=parent, failure=failure)
        if said:
            assert str(folder) in said
            assert files(parent) == before, failure
            assert [path.name for path in parent.iterdir()] == ([folder.name] if before else []), failure
            failed += 1
        else:
            assert [path.name for path in parent.iterdir()] == [folder.name], failure
            assert content(folder) == wanted, failure
            restore(parent, folder, before)
    return failed


def restore(parent, folder, before):
    shutil.rmtree(folder)
    for name, content in before.items():
        (parent / name).parent.mkdir(parents=True, exist_ok=True)
        (parent / name).write_bytes(content)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_demo_district(failing_child, tmp_path):
    parameters = {"BUILDINGS": 1, "SEED": 1, "FOLDER": str(tmp_path / "the folder")}
    assert fail_some(failing_child, tmp_path, "twin:createdemodistrict", parameters, 4, onwards=True) > 2


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("published", [False, True])
def test_a_publication(failing_child, tmp_path, base, published):
    parameters = {"TWIN_BASE": str(base), "FOLDER": str(tmp_path / "the folder")}
    if published:
        failing_child.call(run_algorithm, "twin:publishtwinbase", parameters)
    assert fail_some(failing_child, tmp_path, "twin:publishtwinbase", parameters, 14) > 8


@pytest.fixture(scope="module")
def flood(tmp_path_factory):
    """A RESULT of 64 cells and two times."""
    path, bed = tmp_path_factory.mktemp("flood") / "result.nc", np.ones((8, 8), np.float32)
    with FloodMesh(path, Grid(bed, 500_000.0, 2_500_000.0, 2.0, "EPSG:4547"), [0.0, 60.0]) as mesh:
        for depth_m in (0.0, 0.5):
            mesh.write(bed * np.float32(depth_m), bed, 0 * bed, 0 * bed)
    return path


def whole(folder):
    """The bytes of the files of a folder; of styles that they end as they should, since they have random ids."""
    return {
        name: content.rstrip().endswith(b"</qgis>") if name.endswith(".qml") else content
        for name, content in files(folder).items()
    }


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("form", ["series", "lisflood"])
def test_the_frames_of_a_flood(failing_child, tmp_path, flood, form):
    assert fail_for_bytes(failing_child, tmp_path, "twin:exportflood", {"RESULT": str(flood), "FORMAT": form}) > 5


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_model_of_lisflood(failing_child, tmp_path, tmp_path_factory):
    terrain = tmp_path_factory.mktemp("terrain") / "dtm.tif"
    heights = 5 + np.mgrid[0:8, 0:8][0].astype(np.float32)
    write_grid(Grid(heights, 500_000.0, 2_500_000.0, 2.0, "EPSG:4547"), terrain)
    assert fail_for_bytes(failing_child, tmp_path, "twin:exportlisflood", {"DTM": str(terrain), "RAIN_MM": 50}) > 3


def fail_for_bytes(failing_child, tmp_path, identifier, inputs):
    """Fail calls all over a run: every file is there with every byte, or nothing is; returns how many runs failed."""
    folder = tmp_path / "the folder"
    parameters = {**inputs, "FOLDER": str(folder)}
    failing_child.call(run_algorithm, identifier, parameters, folder=tmp_path)
    calls, wanted, failed = len(failing_child.watch.calls), whole(folder), 0
    for number in range(1, calls, max(1, calls // 30)):
        shutil.rmtree(folder, ignore_errors=True)
        failure = Failure(number, errno.ENOSPC, KINDS)
        said = sentence(failing_child, run_algorithm, identifier, parameters, folder=tmp_path, failure=failure)
        assert bool(said) == (not folder.exists())
        assert [path.name for path in tmp_path.iterdir()] == ([] if said else [folder.name]), failure
        assert said or whole(folder) == wanted, (failure, failing_child.watch.failed)
        failed += bool(said)
    return failed

"""The last calls of a RESULT fail, as on a network drive that reports at the end what it could not store."""

from __future__ import annotations

import errno
import os
import signal

import numpy as np
import pytest

from tests.failing_writer.calls import Failure
from tests.failing_writer.child import ChildError
from tests.failing_writer.seccomp import KINDS
from twin_plugin.bridge.flood.files import mesh_process
from twin_plugin.bridge.flood.files.mesh_file import MeshFile
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.core.common.errors import ResourceError
from twin_plugin.core.common.grid import Grid

LAST = 12


def write(path, frames=2):
    """Runs in the child: a RESULT in a process of its own."""
    side = 12
    values = np.random.default_rng(1).random((side, side), np.float32)
    with FloodMesh(path, Grid(values, 0.0, 24.0, 2.0, "EPSG:4547"), [0.0, 60.0], apart=True) as mesh:
        for _ in range(frames):
            mesh.write(values, values, values, values)
    return mesh.faces


@pytest.mark.slow
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_the_last_calls_fail_and_the_process_lives(failing_child, tmp_path, code):
    """netCDF crashes where the last write or the close of a file fails: in its own process, which ends alone."""
    path = tmp_path / "r.nc"

    def error(failure=None):
        path.unlink(missing_ok=True)
        try:
            failing_child.call(write, str(path), folder=tmp_path, failure=failure)
        except ChildError as found:
            return found
        return None

    assert error() is None
    count = sum(call.kind in KINDS for call in failing_child.watch.calls)
    assert count > 50
    errors = [error(Failure(number, code)) for number in range(count - LAST, count + 1)]
    said = [found for found in errors if found is not None]
    assert len(said) >= 8
    assert {found.kind for found in said} == {"ResourceError"}
    assert all("cannot be written" in str(found) for found in said)
    assert error() is None


@pytest.fixture
def bed():
    return Grid(np.zeros((4, 5), np.float32), 0.0, 8.0, 2.0, "EPSG:4547")


def test_a_file_from_another_process_is_the_same(qgis_app, tmp_path, bed):
    depth = np.full(bed.values.shape, 0.3, np.float32)
    for name, apart in (("here.nc", False), ("there.nc", True)):
        with FloodMesh(tmp_path / name, bed, [0.0], run="r", apart=apart) as mesh:
            mesh.write(depth, bed.values, depth, depth)
    assert (tmp_path / "here.nc").read_bytes() == (tmp_path / "there.nc").read_bytes()


def test_a_process_that_is_killed_ends_in_a_sentence(qgis_app, tmp_path, bed):
    depth = np.zeros(bed.values.shape, np.float32)
    mesh = FloodMesh(tmp_path / "r.nc", bed, [0.0, 1.0], apart=True)
    os.kill(mesh._file._process.pid, signal.SIGKILL)
    with pytest.raises(ResourceError, match="ended with -9"):
        mesh.write(depth, bed.values, depth, depth)
    mesh.__exit__(ResourceError, None, None)


def test_what_cannot_be_opened_there_is_said_here(qgis_app, tmp_path, bed):
    with pytest.raises(ResourceError, match=r"r \{0\}\.nc' cannot be written"):
        FloodMesh(tmp_path / "nowhere" / "r {0}.nc", bed, [0.0], apart=True)


def test_a_run_that_breaks_off_leaves_no_process(qgis_app, tmp_path, bed):
    with pytest.raises(ZeroDivisionError), FloodMesh(tmp_path / "r.nc", bed, [0.0], apart=True) as mesh:
        raise ZeroDivisionError
    assert not mesh._file._process.is_alive()
    assert [path.name for path in tmp_path.iterdir()] == ["r.nc"]  # the room that was kept back is free


def test_without_a_process_it_is_written_here(qgis_app, tmp_path, bed, monkeypatch, caplog):
    monkeypatch.setattr(mesh_process, "spawn_context", lambda: (_ for _ in ()).throw(ResourceError("none")))
    depth = np.zeros(bed.values.shape, np.float32)
    with FloodMesh(tmp_path / "r.nc", bed, [0.0], apart=True) as mesh:
        assert isinstance(mesh._file, MeshFile)
        mesh.write(depth, bed.values, depth, depth)
    assert "in QGIS's own process (none)" in caplog.text

"""The failing writer hits what it is for: each library's writes, and only those below the folder."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from tests.failing_writer.calls import Failure, every_failure
from tests.failing_writer.child import ChildError, run_algorithm


def write_with_python(path):
    """Through Python's own buffer: no write before flush or close."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("x" * 100)


def write_with_stdio(path):
    """Through libc's fwrite, whose writes no preloaded library sees."""
    import ctypes

    libc = ctypes.CDLL(None)
    libc.fopen.restype = libc.fclose.restype = ctypes.c_void_p
    stream = ctypes.c_void_p(libc.fopen(path.encode(), b"w"))
    libc.fwrite(b"x" * 100, 1, 100, stream)
    libc.fclose.restype = ctypes.c_int
    if libc.fclose(stream) != 0:
        raise OSError(errno.ENOSPC, "fclose")


def write_with_sqlite(path):
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE a (b)")


def write_with_gdal(path):
    from osgeo import gdal

    gdal.UseExceptions()
    dataset = gdal.GetDriverByName("GTiff").Create(path, 600, 600, 1, gdal.GDT_Float32)
    dataset.GetRasterBand(1).Fill(1.0)
    dataset.FlushCache()


def write_with_netcdf(path):
    from osgeo import gdal

    gdal.UseExceptions()
    dataset = gdal.GetDriverByName("netCDF").Create(path, 200, 200, 1, gdal.GDT_Float32, ["FORMAT=NC4"])
    dataset.GetRasterBand(1).Fill(1.0)
    dataset.FlushCache()


def write_with_qt(path):
    from qgis.PyQt.QtCore import QFile, QIODevice

    file = QFile(path)
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise OSError(errno.EACCES, "open")
    file.write(b"x" * 100)
    if not file.flush():
        raise OSError(errno.ENOSPC, "flush")
    file.close()


def write_in_a_process(path):
    import subprocess

    subprocess.run(["/bin/sh", "-c", f"echo x > '{path}'"], check=True)


WRITERS = [
    write_with_python, write_with_stdio, write_with_sqlite, write_with_gdal, write_with_netcdf, write_with_qt,
    write_in_a_process,
]  # fmt: skip


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
def test_each_library_is_counted_and_its_write_fails(failing_child, tmp_path, writer):
    path = tmp_path / "a file"
    failing_child.call(writer, str(path), folder=tmp_path)
    kinds = [call.kind for call in failing_child.watch.calls if call.path.startswith(str(path))]
    assert "write" in kinds
    assert kinds[0] == "open"
    path.unlink()
    with pytest.raises(ChildError):
        failing_child.call(writer, str(path), folder=tmp_path, failure=Failure(1, kinds=("write",)))
    assert [call.kind for call in failing_child.watch.failed] == ["write"]


def test_other_folders_are_left_alone(failing_child, tmp_path):
    (tmp_path / "watched").mkdir()
    failing_child.call(write_with_python, str(tmp_path / "b"), folder=tmp_path / "watched", failure=Failure(1))
    assert failing_child.watch.calls == []
    assert (tmp_path / "b").read_text() == "x" * 100


def test_every_failure_counts_through_all_calls(failing_child, tmp_path):
    outcomes = []
    for failure in every_failure(failing_child.watch, errno.EIO):
        try:
            failing_child.call(write_with_python, str(tmp_path / "c"), folder=tmp_path, failure=failure)
            outcomes.append("")
        except ChildError as error:
            outcomes.append(f"{failing_child.watch.failed[0].kind} {error}")
    assert [outcome.split("]")[0] for outcome in outcomes] == ["open [Errno 5", "write [Errno 5", "close [Errno 5", ""]


def open_files():
    return sorted(str(Path(link).readlink()) for link in Path("/proc/self/fd").iterdir() if Path(link).is_symlink())


def test_a_close_that_fails_has_closed(failing_child, tmp_path):
    with pytest.raises(ChildError, match="Errno 5"):
        failing_child.call(
            write_with_python, str(tmp_path / "d"), folder=tmp_path, failure=Failure(1, errno.EIO, ("close",))
        )
    assert str(tmp_path / "d") not in failing_child.call(open_files)


def test_an_algorithm_runs_in_it(failing_child, tmp_path):
    parameters = {"OUTPUT": str(tmp_path / "storm.gpkg")}
    results = failing_child.call(run_algorithm, "twin:designstorm", parameters, folder=tmp_path)
    assert results["OUTPUT"] == parameters["OUTPUT"]
    assert {"open", "write", "close", "link"} <= {call.kind for call in failing_child.watch.calls}

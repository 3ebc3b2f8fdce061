"""A RESULT on a disk that is or becomes full: one sentence, and the process ends as it should."""

from __future__ import annotations

import subprocess
import sys

import pytest

CHILD = """
import os, sys
from pathlib import Path
import numpy as np
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.core.common.errors import TwinError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.reserve import Reserve

folder, said = Path(sys.argv[1]), Path(sys.argv[2])
random, side = np.random.default_rng(1), 60
release, seen = Reserve.release, 0

def write():
    values = random.random((side, side), np.float32)  # what does not compress
    with FloodMesh(folder / "r.nc", Grid(values, 0.0, 120.0, 2.0, "EPSG:4547"), [0.0, 60.0, 120.0]) as mesh:
        for _ in range(3):
            depth = random.random((side, side), np.float32)
            mesh.write(depth, values, depth, depth)

def fill_at(moment):
    def release_for_others(reserve):
        global seen
        release(reserve)
        seen += 1
        if seen == moment:
            with (folder / "filler").open("ab", buffering=0) as file:
                try:
                    while file.write(bytes(4096)):
                        pass
                except OSError:
                    pass
    Reserve.release = release_for_others

for line in sys.stdin:
    if os.fork() == 0:  # quicker than a new interpreter, and ends as one
        fill_at(int(line))
        try:
            write()
        except TwinError as error:
            said.write_text(str(error))
            sys.exit(1)
        sys.exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


@pytest.fixture
def written(qgis_app, disk, tmp_path):
    """A function that writes a RESULT onto the disk in another process: its exit code, its sentence, what is left.

    Its argument n has another program take all room when the RESULT gives some back for the n-th time; 0 for never. Its
    attribute `log` is the file with what the libraries say.
    """
    said = tmp_path / "said.txt"
    command = [sys.executable, "-c", CHILD, str(disk.folder), str(said)]
    log = (tmp_path / "log.txt").open("wb")
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)

    def write(moment=0):
        said.write_text("")
        process.stdin.write(f"{moment}\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        left = {path.name for path in disk.folder.iterdir()} - {"filler"}
        (disk.folder / "r.nc").unlink(missing_ok=True)
        return code, said.read_text(), left

    write.log = tmp_path / "log.txt"
    yield write
    process.communicate()
    log.close()


@pytest.mark.slow
def test_every_size_of_the_room_that_is_left(disk, written):
    failed, code = 0, 1
    for size in range(4, disk.size_kb, 12):
        disk(size)
        code, said, left = written()
        if code == 0:
            break
        failed += 1
        assert code == 1, f"{size} kB"
        assert "No space left on device" in said, f"{size} kB: {said}"
        assert left <= {"r.nc"}
    assert code == 0
    assert failed >= 15
    assert written.log.read_text() == "", "HDF5 was asked to write where there was no room"


@pytest.mark.slow
def test_another_program_takes_the_room_meanwhile(disk, written):
    disk(disk.size_kb)
    assert written() == (0, "", {"r.nc"})
    failed = 0
    for moment in range(1, 100):
        disk(disk.size_kb)
        code, said, left = written(moment)
        if code == 0:
            break
        failed += 1
        assert code == 1, f"at {moment}"
        assert "cannot be written" in said
        assert left <= {"r.nc"}
    assert code == 0
    assert failed >= 8

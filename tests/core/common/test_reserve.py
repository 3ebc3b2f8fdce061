"""Room that is kept back on a disk."""

from __future__ import annotations

import errno
import os

import pytest

from twin_plugin.core.common import reserve
from twin_plugin.core.common.leftovers import PREFIX
from twin_plugin.core.common.reserve import Reserve

SIZE = 300 * 1024


@pytest.fixture(params=["allocated", "written"])
def way(request, monkeypatch):
    """With the system's call, and as where there is none."""
    if request.param == "written":
        monkeypatch.delattr(os, "posix_fallocate", raising=False)
        monkeypatch.setattr(reserve, "_PIECE", bytes(1 << 16))


@pytest.mark.usefixtures("way")
def test_the_room_is_taken_and_given_back(disk):
    def free():
        space = os.statvfs(disk.folder)
        return space.f_bavail * space.f_frsize

    disk(512)
    kept = Reserve(disk.folder / "r.nc", SIZE)
    (file,) = (path for path in disk.folder.iterdir() if path.name != "filler")
    assert file.name.startswith(PREFIX)
    assert free() == 512 * 1024 - SIZE
    kept.release()
    kept.release()
    assert free() == 512 * 1024


@pytest.mark.usefixtures("way")
def test_a_disk_without_that_room(disk):
    disk(200)
    with pytest.raises(OSError) as error:
        Reserve(disk.folder / "r.nc", SIZE)
    assert error.value.errno == errno.ENOSPC
    assert [path.name for path in disk.folder.iterdir()] == ["filler"]

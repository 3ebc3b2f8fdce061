"""Has the system write files to the disk now."""

from __future__ import annotations

import os
from pathlib import Path


def bring_to_disk(path: Path) -> None:
    """Write a file, or all files of a folder, now: some disks say only then that they are full.

    Raises
    ------
    OSError
    """
    if path.is_dir() and not path.is_symlink():
        for part in path.iterdir():
            bring_to_disk(part)
        return
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Whether a run fits into memory, checked before anything is read."""

from __future__ import annotations

import ctypes
import math
import os
import sys
from pathlib import Path

from ..common import memory_limits
from ..common.errors import ResourceError

BYTES_PER_CELL = 110
"""Measured 49 at 10 million cells (docs/flood.md); the rest is for reading and writing files."""
GROUND_BYTES = 70
"""More for each cell where the ground has a state: Green-Ampt, Horton, curve numbers."""
SHARE = 0.9  # of the memory available


def needed_bytes(cells: int, more: int = 0) -> int:
    """Memory of a run over so many cells, results included; `more` bytes a cell for what not every run has."""
    return cells * (BYTES_PER_CELL + more)


def available_bytes() -> int | None:
    """Memory that this process can take without swapping and within its limits; None where the system does not say."""
    found = [size for size in (_free_bytes(), memory_limits.left_bytes()) if size is not None]
    return min(found, default=None)


def _free_bytes() -> int | None:
    try:
        if sys.platform.startswith("linux"):
            for line in Path("/proc/meminfo").read_text("ascii").splitlines():
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
        if sys.platform == "win32":
            return _windows_bytes()
        return int(os.sysconf("SC_PAGE_SIZE")) * int(os.sysconf("SC_PHYS_PAGES")) // 2
    except (OSError, ValueError, AttributeError):
        return None


def _windows_bytes() -> int:
    class MemoryStatus(ctypes.Structure):
        _fields_ = [
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *[
                (name, ctypes.c_ulonglong)
                for name in ("total", "free", "page", "free_page", "virtual", "free_virtual", "x")
            ],
        ]

    status = MemoryStatus()
    status.length = ctypes.sizeof(MemoryStatus)
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        raise OSError("GlobalMemoryStatusEx")
    return int(status.free)


def check(rows: int, columns: int, cell_m: float, more: int = 0) -> None:
    """Raise `ResourceError` when a run over rows x columns cells of an edge does not fit.

    The sentence names the need, what there is, and a cell size that fits.
    """
    there = available_bytes()
    need = needed_bytes(rows * columns, more)
    if there is None or need <= SHARE * there:
        return
    fitting = cell_m * math.sqrt(need / (SHARE * there))
    step = 10.0 ** math.floor(math.log10(fitting)) / 2
    proposal = math.ceil(fitting / step) * step
    raise ResourceError(
        "{columns:,} x {rows:,} cells of {cell_m:g} m need {need} of memory and {there} are free: take "
        "cells of {proposal:g} m or a smaller extent.",
        columns=columns,
        rows=rows,
        cell_m=cell_m,
        need=_giga(need),
        there=_giga(there),
        proposal=proposal,
    )


def _giga(size: int) -> str:
    return f"{size / 2**30:.1f} GB"

"""The program of the process that compiles kernels into numba's cache; `bridge/kernel/kernels.py` starts it.

It stops as soon as its standard input is closed, so that it never outlives the process that waits for it. numba writes
each file beside its place and renames it: a compiler that is killed leaves a cache that is smaller, not broken.
"""

from __future__ import annotations

import os
import sys
import threading
from importlib import import_module

NICE = 10
"""How far it stands back behind what the user does meanwhile."""

PROGRAM = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from importlib import import_module
import_module(sys.argv[2]).main(sys.argv[3])
"""
"""For ``python -c``: its arguments are the search path as JSON, this module, and the module of `compile_kernels`."""


def main(module: str) -> None:
    """Compile the kernels of a module, and end the process."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import_module(module).compile_kernels()
    sys.stdout.flush()
    os._exit(0)


def _end_with_parent() -> None:
    os.read(0, 1)
    os._exit(1)

"""Counts the IFC models of a folder while the main thread waits: quickly, or not at all."""

from __future__ import annotations

import os
import time
from pathlib import Path

TOO_MANY = 10_000
"""With more models than this the count is given up: the button then speaks of all models."""
CERTAIN_ENTRIES = 500
"""So many files and folders are always read: a slow disk must not make a small folder uncountable."""
TIME_LIMIT_S = 0.04
"""After the first `CERTAIN_ENTRIES` the count is given up after this time: a person notices 0.1 s of a still window."""


def count(folder: Path) -> int:
    """Number of IFC models in a folder and its subfolders; -1 when counting takes too long."""
    models, entries, end = 0, 0, time.monotonic() + TIME_LIMIT_S
    for _, folders, files in os.walk(folder):
        models += sum(name.lower().endswith((".ifc", ".ifczip")) for name in files)
        entries += len(folders) + len(files)
        if models > TOO_MANY or (entries > CERTAIN_ENTRIES and time.monotonic() > end):
            return -1
    return models

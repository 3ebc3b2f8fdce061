"""The layers and files that a plan was made of, with age and digest."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from qgis.core import QgsMapLayer, QgsVectorLayer

from ...core.contingency.plan import Source
from ..kernel.flood_run import run_of, run_of_file

LARGEST_BYTES = 500_000_000
"""Of larger files there is no digest: it would take seconds for each."""


def source_of(role: str, given: QgsMapLayer | str) -> Source:
    """What a plan keeps of a layer or of a file by its path."""
    layer = given if isinstance(given, QgsMapLayer) else None
    path = Path((layer.source() if layer is not None else str(given)).split("|")[0])
    name = layer.name() if layer is not None else path.name
    run = run_of(layer) if layer is not None else run_of_file(str(path))
    count = int(layer.featureCount()) if isinstance(layer, QgsVectorLayer) else -1
    try:
        state = path.stat() if path.is_file() else None
    except OSError:  # a connection of a database is no path
        state = None
    if state is None:
        return Source(role, name, run, "", "", count)
    modified = datetime.fromtimestamp(state.st_mtime, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Source(role, name, run, modified, _digest(path) if state.st_size <= LARGEST_BYTES else "", count)


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

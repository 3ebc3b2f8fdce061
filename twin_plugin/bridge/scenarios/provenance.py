"""What a run was made from: versions, parameters, sources with age and hash, measures and checks, as JSON."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import Qgis

from ..kernel.resources import plugin_version

NAME = "provenance.json"
LARGEST_BYTES = 500_000_000
"""Of a larger file, no hash is computed."""
MOST_FILES = 20_000
"""Of a folder with more, only these are counted."""
_BLOCK = 1 << 22


def versions() -> dict[str, str]:
    """Versions of what computed."""
    return {"city_twin": plugin_version(), "qgis": Qgis.version(), "gdal": gdal.__version__}


def now_text(now: datetime) -> str:
    """A time as ISO 8601 in UTC."""
    return now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def source_record(place: str, now: datetime, go_on: Callable[[], bool]) -> dict[str, Any]:
    """Size, time, age and hash of the file or folder that a source lies in; only the place where it is neither."""
    path = Path(place.partition("|")[0])
    record: dict[str, Any] = {"source": place}
    try:
        if path.is_dir():
            return record | _folder_record(path, now)
        if not path.is_file():
            return record
        state = path.stat()
        record |= {"bytes": state.st_size, **_times(state.st_mtime, now)}
        if state.st_size <= LARGEST_BYTES:
            record["sha256"] = sha256_of(path, go_on)
    except OSError as error:
        record["unread"] = error.strerror or str(error)
    return record


def _folder_record(folder: Path, now: datetime) -> dict[str, Any]:
    """How many files a folder holds, and the newest; a hash of their names, sizes and times."""
    digest, count, size, newest = hashlib.sha256(), 0, 0, 0.0
    for path in sorted(folder.rglob("*"))[:MOST_FILES]:
        if path.is_file():
            state = path.stat()
            count, size, newest = count + 1, size + state.st_size, max(newest, state.st_mtime)
            digest.update(f"{path.relative_to(folder)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return {"files": count, "bytes": size, "sha256_of_names_sizes_times": digest.hexdigest(), **_times(newest, now)}


def _times(seconds: float, now: datetime) -> dict[str, Any]:
    modified = datetime.fromtimestamp(seconds, UTC)
    return {"modified": now_text(modified), "age_s": max(0, round((now - modified).total_seconds()))}


def sha256_of(path: Path, go_on: Callable[[], bool] = lambda: True) -> str:
    """The hash of a file; "" where `go_on` said no."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(_BLOCK):
            if not go_on():
                return ""
            digest.update(block)
    return digest.hexdigest()


def files_in(folder: Path) -> list[dict[str, Any]]:
    """Name, size and hash of each file of a folder, by name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [
        {"file": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size, "sha256": sha256_of(path)}
        for path in paths[:MOST_FILES]
    ]


def write(path: Path, record: Mapping[str, Any]) -> None:
    """Write a record as JSON in UTF-8; what JSON has no number for becomes null."""
    path.write_text(json.dumps(_plain(record), ensure_ascii=False, indent=1), encoding="utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)

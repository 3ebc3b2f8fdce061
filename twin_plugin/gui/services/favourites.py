"""What a person keeps of services: stars and saved queries, in the profile; snapshots, in the project."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication

from ..common import formatting, run_outputs, settings, state

translate = QCoreApplication.translate

STARS, QUERIES = f"{settings.PREFIX}/services/stars", f"{settings.PREFIX}/services/queries"
SNAPSHOTS = "services/snapshots"
LIMIT = 500
STALE_S = 24 * 3600.0
_PERIOD = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def stars() -> tuple[str, ...]:
    """Ids of the services with a star, the newest first."""
    return tuple(str(item) for item in _list(STARS))


def set_star(record_id: str, wanted: bool) -> None:
    """Give a service a star or take it away."""
    kept = [item for item in stars() if item != record_id]
    QgsSettings().setValue(STARS, json.dumps(([record_id, *kept] if wanted else kept)[:LIMIT]))


@dataclass(frozen=True)
class SavedQuery:
    """A query that a person gave a name.

    Attributes
    ----------
    record_id : str
        Of the service.
    name : str
    parameters : dict
        Those of twin:queryservice beside the catalogue and the service; no secret can be among them.
    """

    record_id: str
    name: str
    parameters: dict[str, Any] = field(default_factory=dict)


def queries(record_id: str = "") -> list[SavedQuery]:
    """The saved queries of a service, or all."""
    found = []
    for item in _list(QUERIES):
        if isinstance(item, dict) and isinstance(item.get("parameters"), dict):
            query = SavedQuery(str(item.get("record_id", "")), str(item.get("name", "")), item["parameters"])
            if not record_id or query.record_id == record_id:
                found.append(query)
    return found


def save_query(query: SavedQuery) -> None:
    """Keep a query; one of the same service and name is replaced."""
    kept = [item for item in queries() if (item.record_id, item.name) != (query.record_id, query.name)]
    QgsSettings().setValue(QUERIES, json.dumps([asdict(item) for item in [query, *kept][:LIMIT]], ensure_ascii=False))


def remove_query(query: SavedQuery) -> None:
    """Forget a query."""
    kept = [item for item in queries() if (item.record_id, item.name) != (query.record_id, query.name)]
    QgsSettings().setValue(QUERIES, json.dumps([asdict(item) for item in kept], ensure_ascii=False))


@dataclass(frozen=True)
class Snapshot:
    """What was fetched of a service for work without the network.

    Attributes
    ----------
    record_id, title : str
    path : str
        The GeoPackage; relative to the project where it is below its folder.
    made_s : float
        When, seconds since 1970.
    cadence : str
        How often the service is brought up to date, as its record says.
    parameters : dict
        How it was asked for, so that it can be fetched again.
    """

    record_id: str
    title: str
    path: str
    made_s: float
    cadence: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)

    def file(self) -> Path:
        """The file, wherever the project is now."""
        home = QgsProject.instance().homePath()
        return Path(self.path) if os.path.isabs(self.path) or not home else Path(home) / self.path

    def stale(self) -> bool:
        """Whether the service has been updated since, by its cadence; without one, after a day."""
        return time.time() - self.made_s > (cadence_s(self.cadence) or STALE_S)

    def age(self) -> str:
        """Its age in words, and whether it is stale."""
        text = translate("Snapshots", "Saved offline {time} ago")
        parts = [text.format(time=formatting.about(max(60.0, time.time() - self.made_s)))]
        if not self.file().exists():
            parts.append(translate("Snapshots", "the file was deleted"))
        elif self.stale():
            parts.append(translate("Snapshots", "out of date"))
        return " · ".join(parts)


def snapshot_of(record_id: str) -> Snapshot | None:
    """The snapshot of a service that the project knows."""
    kept = state.recall(SNAPSHOTS, {})
    item = kept.get(record_id) if isinstance(kept, dict) else None
    try:
        return Snapshot(**item) if isinstance(item, dict) else None
    except TypeError:
        return None


def keep_snapshot(snapshot: Snapshot) -> None:
    """Note a snapshot in the project."""
    kept = state.recall(SNAPSHOTS, {})
    kept = kept if isinstance(kept, dict) else {}
    home = QgsProject.instance().homePath()
    path = Path(snapshot.path)
    if home and path.is_absolute() and path.is_relative_to(home):
        path = path.relative_to(home)
    state.remember(SNAPSHOTS, kept | {snapshot.record_id: asdict(snapshot) | {"path": path.as_posix()}})


def snapshot_path(title: str, record_id: str) -> Path:
    """Where the snapshot of a service is written: one file, which the next snapshot replaces when it is whole."""
    base, _ = run_outputs.base_folder()
    slug = re.sub(r"[^\w-]+", "_", title).strip("_")[:60] or "service"
    return base / "offline" / f"{slug}_{record_id[:8]}.gpkg"


def cadence_s(text: str) -> float:
    """Seconds of an ISO 8601 duration such as PT5M; 0 for what is none."""
    found = _PERIOD.fullmatch(text.strip().upper()) if text else None
    if found is None:
        return 0.0
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def _list(key: str) -> list[Any]:
    try:
        found = json.loads(str(QgsSettings().value(key, "[]") or "[]"))
    except ValueError:
        return []
    return found if isinstance(found, list) else []

"""The last run of each theme and district in a project: its values for the next run, its documents for the docks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from qgis.core import QgsProject

from ....core.common.errors import InputError, TwinError
from ....core.common.messages import Message
from ....core.themes.district import District
from ....core.themes.district_documents import checked_district, district_text
from ....core.themes.theme import Theme
from ...kernel import project_entries, resources
from .. import documents
from . import marks
from .requests import ThemeRequest

RUNS = "themes/runs"
"""Project entry: a list of the keys of the runs."""


@dataclass(frozen=True)
class ThemeRun:
    """What a project knows of the last run of a theme for a district.

    Attributes
    ----------
    theme, district : str
        Their ids; the district is "" where there is none.
    title : str
    time : str
        ISO 8601 UTC.
    values : mapping of str to float
        By indicator; those without a value are missing.
    """

    theme: str
    district: str
    title: str
    time: str
    values: Mapping[str, float]


@dataclass(frozen=True)
class GivenParts:
    """What the runs of a theme gave a project: the user removed what is missing, and changed what differs.

    Attributes
    ----------
    layers : frozenset of str
        Their ids in the theme.
    bookmarks : mapping of str to str
        Names by id.
    title, layout : str
        Of the theme in the project, and the name of its layout; "" before the first run.
    """

    layers: frozenset[str] = frozenset()
    bookmarks: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    layout: str = ""


@dataclass(frozen=True)
class RunDocuments:
    """Theme and district of a run, read again.

    Attributes
    ----------
    reason : Message or None
        Why one of them cannot be read any more.
    """

    theme: Theme | None
    district: District | None
    reason: Message | None = None


def remember_run(
    project: QgsProject,
    request: ThemeRequest,
    values: Mapping[str, float | None],
    now: datetime,
    given: GivenParts,
) -> None:
    """Keep this run of the theme for the next one and for the docks."""
    key = _key(request.theme.id, request.district_id)
    entry = {
        "theme": request.theme.id,
        "district": request.district_id,
        "title": request.title,
        "time": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "values": {name: value for name, value in values.items() if value is not None},
        "outline": district_text(request.district) if request.district is not None else "",
    }
    entry |= {"layers": sorted(given.layers), "bookmarks": dict(given.bookmarks), "layout": given.layout}
    if request.document is not None:
        entry["path"] = str(request.document)
    project_entries.remember(project, key, entry)
    known = project_entries.recall(project, RUNS, [])
    keys = [*known, key] if isinstance(known, list) and key not in known else known
    project_entries.remember(project, RUNS, keys)
    if request.district is not None:
        project_entries.remember(project, project_entries.DISTRICT, request.text(request.district.title))
    if request.catalogue:
        project_entries.remember(project, project_entries.CATALOGUE, {"path": request.catalogue})


def runs(project: QgsProject) -> list[ThemeRun]:
    """The last run of each theme and district that a project knows."""
    keys = project_entries.recall(project, RUNS, [])
    entries = [_entry(project, key) for key in keys if isinstance(key, str)] if isinstance(keys, list) else []
    return [_run(entry) for entry in entries if entry]


def given_parts(project: QgsProject, request: ThemeRequest) -> GivenParts:
    """What the project has, or had, of the theme; nothing where all of it is gone, or is to come back."""
    own = request.theme.id, request.district_id
    if request.restore or own not in marks.themes_of(project):
        return GivenParts()
    entry = _entry(project, _key(*own))
    layers, bookmarks = entry.get("layers"), entry.get("bookmarks")
    return GivenParts(
        frozenset(map(str, layers)) if isinstance(layers, list) else frozenset(),
        {str(key): str(name) for key, name in bookmarks.items()} if isinstance(bookmarks, dict) else {},
        str(entry.get("title") or ""),
        str(entry.get("layout") or ""),
    )


def last_values(project: QgsProject, theme: str, district: str) -> Mapping[str, float]:
    """The values of the last run of a theme for a district, by indicator."""
    return _run(_entry(project, _key(theme, district))).values


def run_documents(project: QgsProject, theme: str, district: str) -> RunDocuments:
    """Theme and district of the last run, read and checked again: the theme's document, the district as it was then."""
    entry = _entry(project, _key(theme, district))
    if not entry:
        return RunDocuments(None, None, Message("The project has no run of the theme '{theme}'.", theme=theme))
    try:
        found = documents.theme_named(str(entry.get("path") or theme)).value
        return RunDocuments(found, _district(str(entry.get("outline") or "")))
    except TwinError as error:
        return RunDocuments(None, None, error.message)


def _district(text: str) -> District | None:
    if not text:
        return None
    try:
        document = json.loads(text)
    except ValueError as error:
        raise InputError("The district that the project keeps is damaged: build the theme again.") from error
    return checked_district(document, resources.SCHEMAS, "district")


def _entry(project: QgsProject, key: str) -> dict[str, Any]:
    entry = project_entries.recall(project, key, {})
    return entry if isinstance(entry, dict) else {}


def _run(entry: Mapping[str, Any]) -> ThemeRun:
    given = entry.get("values")
    values = {
        str(name): float(value)
        for name, value in (given.items() if isinstance(given, dict) else ())
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    words = (str(entry.get(name) or "") for name in ("theme", "district", "title", "time"))
    return ThemeRun(*words, values)


def _key(theme: str, district: str) -> str:
    """A name for the entry, which must be one of XML."""
    return f"themes/run_{theme}_of_{district}"


def document_of(found: documents.Found[Theme]) -> Path | None:
    """The document of a theme that is in no folder of themes, and must be found again by its path."""
    folders = (resources.RESOURCES / "themes", documents.own_folder("themes"))
    return None if found.path.parent in folders else found.path.absolute()

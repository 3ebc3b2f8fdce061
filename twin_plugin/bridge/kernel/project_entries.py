"""What the plugin keeps in a project, as JSON under one scope; paths are relative where the project wants them so."""

from __future__ import annotations

import json
import logging
from typing import Any

from qgis.core import QgsProject

SCOPE = "city_twin"
DISTRICT = "district"
"""Name of the district, for titles."""
CATALOGUE = "services/catalogue"
"""Where the catalogue of services is: path, connection, schema."""
REPORT = "report/last"
"""The newest report: path, title, run (the id of its flood)."""

log = logging.getLogger(__name__)


def remember(project: QgsProject, key: str, value: Any) -> None:
    """Keep a value (anything JSON can hold) in a project; an unchanged one does not mark the project as changed."""
    try:
        text = json.dumps(_with_path(value, project.writePath), ensure_ascii=False, sort_keys=True)
    except TypeError:
        log.debug("%s is not kept: %r", key, value)
        return
    if project.readEntry(SCOPE, key, "")[0] != text:
        project.writeEntry(SCOPE, key, text)


def recall(project: QgsProject, key: str, default: Any = None) -> Any:
    """The value kept under a key, or the default."""
    text, found = project.readEntry(SCOPE, key, "")
    if not found or not text:
        return default
    try:
        return _with_path(json.loads(text), project.readPath)
    except ValueError:
        return default


def _with_path(value: Any, change: Any) -> Any:
    """The value, with the text of its key 'path' changed: a project that is moved with its files finds them again."""
    if isinstance(value, dict) and isinstance(value.get("path"), str) and value["path"]:
        return value | {"path": change(value["path"])}
    return value

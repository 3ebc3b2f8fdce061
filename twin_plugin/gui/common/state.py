"""What a dock remembers in the project, as JSON under one scope."""

from __future__ import annotations

import json
import logging
from typing import Any

from qgis.core import QgsProject

SCOPE = "city_twin"
log = logging.getLogger(__name__)


def remember(key: str, value: Any) -> None:
    """Keep a value (anything JSON can hold) in the project; an unchanged one does not mark the project as changed."""
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    except TypeError:
        log.debug("%s is not kept: %r", key, value)
        return
    project = QgsProject.instance()
    if project.readEntry(SCOPE, key, "")[0] != text:
        project.writeEntry(SCOPE, key, text)


def recall(key: str, default: Any = None) -> Any:
    """The value kept under a key, or the default."""
    text, found = QgsProject.instance().readEntry(SCOPE, key, "")
    if not found or not text:
        return default
    try:
        return json.loads(text)
    except ValueError:
        return default

"""What a dock remembers in the project."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProject

from ...bridge.kernel import project_entries


def remember(key: str, value: Any) -> None:
    """Keep a value (anything JSON can hold) in the project; an unchanged one does not mark the project as changed."""
    project_entries.remember(QgsProject.instance(), key, value)


def recall(key: str, default: Any = None) -> Any:
    """The value kept under a key, or the default."""
    return project_entries.recall(QgsProject.instance(), key, default)

"""Paths of what ships with the plugin: styles, tables, icons, models."""

from __future__ import annotations

from pathlib import Path

PLUGIN = Path(__file__).parents[2]
RESOURCES = PLUGIN / "resources"


def style(name: str) -> Path:
    """Path of the layer style `name`, whether or not it exists."""
    return RESOURCES / "styles" / f"{name}.qml"


def table(name: str) -> Path:
    """Path of the table `name` (.csv), whether or not it exists."""
    return RESOURCES / "tables" / f"{name}.csv"


def icon(name: str) -> Path:
    """Path of the icon `name` (.svg), whether or not it exists."""
    return RESOURCES / "icons" / f"{name}.svg"

"""Paths of what ships with the plugin: styles, tables, schemas, documents, icons, models, the guide."""

from __future__ import annotations

from configparser import ConfigParser
from functools import lru_cache
from pathlib import Path

PLUGIN = Path(__file__).parents[2]
RESOURCES = PLUGIN / "resources"
SCHEMAS = RESOURCES / "schemas"


@lru_cache(maxsize=1)
def plugin_version() -> str:
    """The plugin's version, as its metadata say."""
    parser = ConfigParser(interpolation=None)
    parser.read(PLUGIN / "metadata.txt", encoding="utf-8")
    return parser.get("general", "version", fallback="")


def style(name: str) -> Path:
    """Path of the layer style `name`, whether or not it exists."""
    return RESOURCES / "styles" / f"{name}.qml"


def table(name: str) -> Path:
    """Path of the table `name` (.csv), whether or not it exists."""
    return RESOURCES / "tables" / f"{name}.csv"


def guide(page: str) -> Path:
    """Path of a page of the guide, such as 'flood' or 'algorithms/simulateflood', whether or not it exists."""
    return RESOURCES / "guide" / f"{page}.html"


def help_url(algorithm: str) -> str:
    """The address of an algorithm's page of the guide; "" where the guide was not written (`tools/guide.py`)."""
    page = guide(f"algorithms/{algorithm}")
    return page.absolute().as_uri() if page.exists() else ""


def icon(name: str) -> Path:
    """Path of the icon `name` (.svg), whether or not it exists."""
    return RESOURCES / "icons" / f"{name}.svg"

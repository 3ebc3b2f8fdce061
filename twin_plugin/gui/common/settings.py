"""The user's settings: one dataclass, stored under one prefix of QGIS's settings."""

from __future__ import annotations

import logging
from dataclasses import dataclass, fields

from qgis.core import QgsSettings

from ...bridge.kernel.log import ROOT

PREFIX = "city_twin"
LOG_LEVELS = {"quiet": logging.WARNING, "normal": logging.INFO, "everything": logging.DEBUG}


@dataclass(frozen=True)
class Settings:
    """What the settings page holds.

    Attributes
    ----------
    workers : int
        Worker processes that read models; 0 is one less than the cores there are.
    timeout_s : int
        Seconds that one model may take; 0 keeps the algorithm's own limit.
    threads : int
        Threads of the solver; 0 is one less than the cores there are.
    results_folder : str
        Where results go; empty means beside the project file.
    zoom_to_results : bool
        Whether the map zooms to the results of a run.
    log_level : str
        A key of `LOG_LEVELS`.
    taxonomy_table, subdivision_words : str
        The user's own tables of subdivisions and of words that guess them; empty for the plugin's. The bridge reads
        them by these names.
    documents_folder : str
        Where the user's folders of themes, districts and scenarios are; empty for the profile. The bridge reads it by
        this name.
    """

    workers: int = 0
    timeout_s: int = 0
    threads: int = 0
    results_folder: str = ""
    zoom_to_results: bool = True
    log_level: str = "normal"
    taxonomy_table: str = ""
    subdivision_words: str = ""
    documents_folder: str = ""


def load() -> Settings:
    """The settings as stored; what is absent or of another kind has its default."""
    store = QgsSettings()
    values = {}
    for field in fields(Settings):
        default = field.default
        value = store.value(f"{PREFIX}/{field.name}", default)
        if isinstance(default, bool):
            value = value in (True, "true", "1", 1)
        elif isinstance(default, int):
            value = int(value) if str(value).lstrip("-").isdigit() else default
        values[field.name] = value if isinstance(value, type(default)) else default
    if values["log_level"] not in LOG_LEVELS:
        values["log_level"] = "normal"
    return Settings(**values)


def save(settings: Settings) -> None:
    """Store the settings and let the log follow them."""
    store = QgsSettings()
    for field in fields(Settings):
        store.setValue(f"{PREFIX}/{field.name}", getattr(settings, field.name))
    apply(settings)


def apply(settings: Settings) -> None:
    """Set what takes effect at once: how much goes into the log."""
    logging.getLogger(ROOT).setLevel(LOG_LEVELS[settings.log_level])


def load_number(name: str, default: float) -> float:
    """A number that the plugin measured itself, such as the speed of this machine."""
    try:
        return float(QgsSettings().value(f"{PREFIX}/measured/{name}", default))
    except (TypeError, ValueError):
        return default


def save_number(name: str, value: float) -> None:
    """Keep a measured number."""
    QgsSettings().setValue(f"{PREFIX}/measured/{name}", float(value))

"""Writes the page of a scene with the viewer that ships with the plugin."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDateTime, QTimeZone

from ...core.common.errors import ResourceError
from ...core.common.progress import Progress
from ...core.scene.page import PageChoices, PageWritten, Viewer, write_page
from ...core.scene.scene import Scene
from ..kernel import resources, translation
from .pipe_paths import shipped_rules

TEMPLATE, PROGRAM = "scene.html", "scene.js"
GREAT_COLD, MORNING_H = (1, 20), 10
"""A page opens with the sun of this day and hour where none is chosen: the day of reviews of sunlight."""
CLOCK_H = 2.5
"""A clock that differs by more from the sun is not that of the place."""


def viewer() -> Viewer:
    """The template and the program of the viewer.

    Raises
    ------
    ResourceError
        Where the plugin's files are not whole.
    """
    folder = resources.RESOURCES / "viewer"
    try:
        return Viewer(*((folder / name).read_bytes().decode("utf-8") for name in (TEMPLATE, PROGRAM)))
    except OSError as error:
        raise ResourceError(
            "The viewer '{path}' is missing: install the plugin again.", path=folder / TEMPLATE
        ) from error


def utc_offset(longitude: float, at: datetime) -> float:
    """Hours from UTC to the clock of a place: this computer's where it fits the longitude, else of its meridian."""
    moment = QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
    own = QTimeZone.systemTimeZone().offsetFromUtc(moment) / 3600
    return own if abs(own - longitude / 15) <= CLOCK_H else float(round(longitude / 15))


def sun_time(start: datetime | None, is_local: bool, longitude: float, year: int) -> tuple[datetime, float]:
    """The time of the sun that a page opens with, in UTC, and the offset of the clock of the place in hours.

    Parameters
    ----------
    start : datetime or None
        By the clock of the place where `is_local`, else in UTC.
    """
    given = start or datetime.combine(date(year, *GREAT_COLD), time(MORNING_H), UTC)
    offset = utc_offset(longitude, given)
    if start is None or is_local:
        given -= timedelta(hours=offset)
    return given, offset


def interface_language() -> str:
    """The language of the user's QGIS: zh or en."""
    return "zh" if translation.language(QgsApplication.locale()) else "en"


def write_html(
    scene: Scene, path: Path, language: str, start: datetime | None, is_local: bool, progress: Progress
) -> PageWritten:
    """Write a scene as one HTML file.

    Raises
    ------
    InputError, ResourceError, Cancelled
    """
    moment, offset = sun_time(start, is_local, scene.longitude, datetime.now(UTC).year)
    colours = {name: kind.colour for name, kind in shipped_rules().kinds.items()}
    choices = PageChoices(language, moment, offset, colours)
    return write_page(scene, path, choices, viewer(), progress)

"""The project that a theme is built into: the open one, or one of the run's own that is written to a file."""

from __future__ import annotations

import os

from qgis.core import QgsApplication, QgsProject

from ....core.common.errors import InputError, unwritable
from ....core.common.messages import Message
from ....core.common.progress import Progress, silent
from ...kernel.main_thread import on_main
from .requests import ThemeRequest
from .run import BuiltTheme, build_theme


def built_project(request: ThemeRequest, project: QgsProject | None, progress: Progress) -> BuiltTheme:
    """Build the theme of a request; into `project`, or without one into the file of its output.

    A file that is there already is read first, so that nothing that the user has in it is lost.

    Raises
    ------
    InputError
        Also where that file is the open project, or cannot be read.
    ResourceError
        When the file cannot be written.
    Cancelled
    """
    if project is not None:
        built = build_theme(request, project, progress)
        if QgsApplication.platform() == "qgis_process":
            built.kept.append(Message("The project is not saved: choose a file in OUTPUT to keep it."))
        return built
    own = on_main(lambda: _own_project(request.final), progress)
    try:
        built = build_theme(request, own, progress)
        on_main(lambda: _write(own, request.output), silent)
    finally:
        on_main(lambda: _close(own), silent)
    return built


def _own_project(path: str) -> QgsProject:
    open_file = QgsProject.instance().fileName()
    if open_file and os.path.realpath(open_file) == os.path.realpath(path):
        raise InputError("OUTPUT is the project that is open: leave OUTPUT empty to build into it.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise unwritable(path, Message("it is no file"))
    project = QgsProject()
    if os.path.exists(path) and not project.read(path):
        raise InputError(
            "'{path}' is no project that QGIS can read ({reason}): choose another file.",
            path=path,
            reason=project.error(),
        )
    project.setFileName(path)  # what it keeps of paths is relative to the place where it will be
    return project


def _write(project: QgsProject, path: str) -> None:
    project.setFileName(path)
    if not project.write(path):
        raise unwritable(path, project.error())


def _close(project: QgsProject) -> None:
    """Let go of layers and files on the main thread, whoever still holds the project."""
    project.clear()

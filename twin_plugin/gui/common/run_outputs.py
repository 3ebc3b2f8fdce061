"""Requests for the runner: where a run's files go, how its layers are called, and which steps follow each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterDestination,
    QgsProcessingUtils,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.kernel.project_entries import DISTRICT
from ...core.common import leftovers
from . import settings, state
from .result_layers import LAYER_DESTINATIONS
from .run_request import RunRequest

translate = QCoreApplication.translate
_STAMPED = re.compile(r"\d{4}-\d\d-\d\d_\d{6}_")
"""How the name of a run's folder begins."""


def base_folder() -> tuple[Path, bool]:
    """The folder of the runs' folders, and whether it outlives this session."""
    chosen = settings.load().results_folder
    if chosen:
        return Path(chosen), True
    home = QgsProject.instance().homePath()
    if home:
        return Path(home) / "city_twin", True
    return Path(QgsProcessingUtils.tempFolder()) / "city_twin", False


def new_folder(title: str) -> Path:
    """A folder for one run, named by time and title; the run itself creates it."""
    base, _ = base_folder()
    _clean(base)
    slug = re.sub(r"[^\w-]+", "_", title).strip("_")[:60]
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d_%H%M%S")
    folder, number = base / f"{stamp}_{slug}", 2
    while folder.exists():
        folder, number = base / f"{stamp}_{slug}_{number}", number + 1
    return folder


def _clean(base: Path) -> None:
    """Remove what runs that were killed, with QGIS perhaps, have left in their folders, and folders with nothing else.

    A later run has a folder of its own, and would not come by there.
    """
    folders: list[Path] = []
    with suppress(OSError):  # there is no base yet, or it cannot be read
        folders = [folder for folder in base.iterdir() if _STAMPED.match(folder.name)]
    for folder in folders:
        if leftovers.clean(folder):
            with suppress(OSError):  # it holds finished results
                folder.rmdir()


def district() -> str:
    """The name of the district as the project keeps it, else nothing: a project's title may be about anything."""
    return str(state.recall(DISTRICT, "") or "")


def named(what: str, *more: str) -> str:
    """A layer's name: what it shows, of which run, of which district."""
    return " · ".join(part for part in (what, *more, district()) if part)


def request_for(
    name: str,
    parameters: dict[str, Any],
    title: str,
    titles: dict[str, str] | None = None,
    unloaded: tuple[str, ...] = (),
    summary: Callable[[dict[str, Any]], str] | None = None,
    folder: Path | None = None,
) -> RunRequest:
    """A request for twin:<name> with a file for each output that `parameters` does not name.

    Parameters
    ----------
    name : str
        The algorithm's name.
    parameters : dict
        The inputs, and outputs that go elsewhere than into the run's folder.
    title : str
        Of the run.
    titles : dict of str to str, optional
        Outputs to load in the order of the legend, with the names of their layers; the outputs that are layers and not
        named here follow under the algorithm's own name for them.
    unloaded : tuple of str
        Outputs that are written and not loaded.
    summary : callable, optional
        Makes the sentence that reports success.
    folder : Path, optional
        Of the run; by default a new one.
    """
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"twin:{name}")
    whole, layers = dict(parameters), dict(titles or {})
    if algorithm is not None:
        target = folder or new_folder(title)
        for definition in algorithm.destinationParameterDefinitions():
            output = definition.name()
            if output not in whole and (output in layers or wanted(definition)):
                whole[output] = str(destination(target, definition, name))
            if output in whole and output not in (*layers, *unloaded) and isinstance(definition, LAYER_DESTINATIONS):
                layers[output] = definition.description()
    loaded = {output: name for output, name in layers.items() if output not in unloaded}
    return RunRequest(f"twin:{name}", whole, title, title, loaded, summary=summary)


def with_settings(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], values: dict[str, int]
) -> dict[str, Any]:
    """The parameters, with the user's settings in place of what was left at the algorithm's default."""
    changed = dict(parameters)
    for name, value in values.items():
        definition = algorithm.parameterDefinition(name)
        if definition is not None and value > 0 and parameters.get(name) in (None, definition.defaultValue()):
            changed[name] = value
    return changed


def wanted(definition: QgsProcessingParameterDefinition) -> bool:
    """Whether an output is written by default."""
    optional = bool(definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
    return definition.createByDefault() if optional else True


def destination(folder: Path, definition: QgsProcessingParameterDefinition, algorithm: str) -> Path:
    """The file or folder of an output inside a run's folder."""
    stem = algorithm if definition.name() == "OUTPUT" else definition.name().lower()
    if isinstance(definition, QgsProcessingParameterFolderDestination):
        return folder
    if isinstance(definition, QgsProcessingParameterFileDestination):
        return folder / f"{stem}.{_extension(definition)}"
    if isinstance(definition, QgsProcessingParameterRasterDestination):
        return folder / f"{stem}.tif"
    return folder / f"{stem}.gpkg"


def safe_notice() -> str:
    """A sentence when results would vanish with the session, else ''."""
    if base_folder()[1]:
        return ""
    return translate(
        "Runs",
        "The project is not saved yet: results are kept until QGIS closes. Save it first, and they stay beside it.",
    )


def _extension(definition: QgsProcessingParameterFileDestination) -> str:
    found = re.search(r"\*\.(\w+)", definition.fileFilter() or "")
    return found.group(1) if found else "dat"

"""Run requests of the Buildings dock: read models into layers or a twin base, read one alone, write results back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.bim import hand_placement
from ...bridge.bim.hand_placement import HandPlacement
from ...bridge.bim.model_source import ModelSource
from ...bridge.bim.model_tables import ModelRow, ModelTables, StoredTable
from ...core.common.errors import InputError, unwritable
from ..common import formatting, run_outputs, settings, state, workflow
from ..common.run_request import RunRequest

translate = QCoreApplication.translate

LAST = "buildings/last"
INPUTS = ("FOLDER", "MODELS", "CRS", "SOURCE_CRS", "PLACEMENTS")


def load(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any]) -> RunRequest:
    """Read models into layers of the project."""
    kept = settings.load()
    whole = run_outputs.with_settings(algorithm, parameters, {"WORKERS": kept.workers, "TIMEOUT": kept.timeout_s})
    titles = {
        "OPENINGS": translate("BuildingsDock", "Openings"),
        "STOREYS": translate("BuildingsDock", "Storeys"),
        "BUILDINGS": translate("BuildingsDock", "Buildings"),
        "REPORT": translate("BuildingsDock", "Models read"),
    }
    if (parameters.get("LOD") or "footprint") != "footprint" or parameters.get("SOLIDS_OF") == "class":
        # Footprints are drawn up by the buildings' own style; more than that is another layer.
        titles["SOLIDS"] = translate("BuildingsDock", "Solids")
    title = run_outputs.named(translate("BuildingsDock", "Buildings from models"))
    request = run_outputs.request_for("loadbim", whole, title, titles, summary=_loaded)
    return replace(request, hidden=("STOREYS", "SOLIDS"))


def update(base: ModelSource, folder: str, more: dict[str, Any]) -> RunRequest:
    """Bring a twin base up to date with a folder of models.

    Raises
    ------
    InputError
        When no folder is known.
    """
    if not folder:
        raise InputError(
            translate(
                "BuildingsDock", "The folder of the models is unknown: choose it above, then update the twin base."
            )
        )
    where = {"TWIN_BASE": base.path} if base.path else {"CONNECTION": base.connection, "SCHEMA": base.schema}
    title = translate("BuildingsDock", "Twin base {name}").format(name=base.name)
    kept = settings.load()
    common = {"WORKERS": kept.workers, "TIMEOUT": kept.timeout_s}
    parameters = {name: value for name, value in common.items() if value} | more | {"FOLDER": folder} | where
    return RunRequest("twin:updatetwinbase", parameters, title, summary=_updated)


def local(row: ModelRow, crs: QgsCoordinateReferenceSystem) -> RunRequest:
    """Read one model with its zero point at 0, 0, so that its footprint comes in its own metres.

    Raises
    ------
    InputError
        When the file is not there.
    """
    if not Path(row.path).is_file():
        text = translate(
            "BuildingsDock", "'{path}' does not exist: a model is placed by its footprint, which is read from the file."
        )
        raise InputError(text.format(path=row.path))
    folder = temporary_folder("local")
    table = hand_placement.keep_rows(
        folder / "zero.gpkg", [hand_placement.row_of(row.path, HandPlacement(0.0, 0.0), crs.authid())]
    )
    outputs = {name: str(folder / f"{name.lower()}.gpkg") for name in ("BUILDINGS", "STOREYS", "OPENINGS", "REPORT")}
    parameters = {"MODELS": [row.path], "PLACEMENTS": table, "CRS": crs.authid(), **outputs}
    title = translate("BuildingsDock", "Footprint of {name}").format(name=row.name)
    return RunRequest("twin:loadbim", parameters, title, quiet=True)


def write_back(row: ModelRow, risk: QgsVectorLayer) -> RunRequest:
    """Write the results of a building into a copy of its model, with topics beside it."""
    title = translate("BuildingsDock", "Flood results of {name}").format(name=row.name)
    folder = run_outputs.new_folder(title)
    stem, zipped = Path(row.path).stem, Path(row.path).suffix.lower() == ".ifczip"
    parameters = {
        "MODEL": row.path,
        "RISK": risk.id(),
        "OUTPUT": str(folder / f"{stem}.flood{'.ifczip' if zipped else '.ifc'}"),
        "BCF": str(folder / f"{stem}.flood.bcfzip"),
    }
    return RunRequest("twin:writebackbim", parameters, title, summary=written)


def written(results: dict[str, Any]) -> str:
    """Where a written model is, and what it carries."""
    text = translate(
        "BuildingsDock", "The copy is '{file}': {storeys} storeys reached, {openings} openings below the water."
    )
    text = text.format(
        file=results.get("OUTPUT", ""),
        storeys=results.get("STOREYS_REACHED", 0),
        openings=results.get("OPENINGS_BELOW", 0),
    )
    topics = results.get("BCF")
    if topics and results.get("OPENINGS_BELOW") and Path(str(topics)).exists():
        more = translate("BuildingsDock", "The BCF topics are in '{file}'.")
        text = f"{text} {more.format(file=Path(str(topics)).name)}"
    return text


def remember_load(parameters: dict[str, Any]) -> None:
    """Keep what was read, so that it can be read again."""
    state.remember(LAST, {name: value for name, value in parameters.items() if name in INPUTS and value})


def last_load() -> dict[str, Any]:
    """What was read last; {} for nothing."""
    kept = state.recall(LAST, {})
    return kept if isinstance(kept, dict) else {}


def placements_file() -> Path:
    """Where the project's placements are kept: beside it, or in this session's folder while it is not saved."""
    home = QgsProject.instance().homePath()
    return (Path(home) / "city_twin" if home else run_outputs.base_folder()[0]) / hand_placement.FILE


def add_placement(
    chosen: Any,
    row: ModelRow,
    placement: HandPlacement,
    crs: QgsCoordinateReferenceSystem,
    context: QgsProcessingContext,
) -> str:
    """Add a model's placement to the project's table, with the rows of another table that the user chose.

    All are kept in one table, since one is all that a run takes.
    """
    rows = _chosen_rows(chosen, context)
    return hand_placement.keep_rows(
        placements_file(), [*rows, hand_placement.row_of(row.path, placement, crs.authid())]
    )


def add_unplaced(
    chosen: Any, models: Sequence[ModelRow], crs: QgsCoordinateReferenceSystem, context: QgsProcessingContext
) -> str:
    """Add rows to fill in to the project's table of placements, for models that have none there yet."""
    file, rows = placements_file(), _chosen_rows(chosen, context)
    own = QgsVectorLayer(f"{file}|layername={hand_placement.TABLE}", hand_placement.TABLE, "ogr")
    kept = hand_placement.rows_of(own) if file.exists() and own.isValid() else []
    known = {str(row["path"]) for row in (*rows, *kept)}
    empty = {"x": None, "y": None, "z": 0.0, "bearing_deg": 0.0, "crs": crs.authid()}
    new = [{"path": model.path, **empty} for model in models if model.path not in known]
    return hand_placement.keep_rows(file, [*rows, *new])


def _chosen_rows(chosen: Any, context: QgsProcessingContext) -> list[dict[str, Any]]:
    """The rows of a table of placements other than the project's own."""
    if not isinstance(chosen, str) or chosen.startswith(str(placements_file())):
        return []
    layer = QgsProject.instance().mapLayer(chosen) or QgsProcessingUtils.mapLayerFromString(chosen, context)
    if isinstance(layer, QgsVectorLayer) and layer.source().startswith(str(placements_file())):
        return []
    return hand_placement.rows_of(layer) if isinstance(layer, QgsVectorLayer) else []


def placement_in_base(
    tables: ModelTables, row: ModelRow, placement: HandPlacement, crs: QgsCoordinateReferenceSystem
) -> str:
    """A table with the placement of one model of a twin base, for the run that brings the base up to date.

    The model is named by its id, which stays when the folder moves; a row of the base that names it by its full path
    would be preferred to that, so such a row is replaced.
    """
    stored = StoredTable(tables.dataset, hand_placement.TABLE, tables.source.name)
    paths = [str(values["path"] or "") for values, _ in stored.rows(("path",))]
    name = next((path for path in paths if path.replace("\\", "/") == row.path.replace("\\", "/")), row.id)
    folder = temporary_folder("placed")
    return hand_placement.keep_rows(
        folder / hand_placement.FILE, [hand_placement.row_of(name, placement, crs.authid())]
    )


def temporary_folder(purpose: str) -> Path:
    """A new folder of this session."""
    base = Path(QgsProcessingUtils.tempFolder()) / "city_twin" / purpose
    number = 1
    while (base / str(number)).exists():
        number += 1
    folder = base / str(number)
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    return folder


def _loaded(results: dict[str, Any]) -> str:
    """What was loaded, and how many models could not be read or have no place."""
    names = ("OK", "PARTIAL", "FAILED", "WITHOUT_PLACE", "REPEATED")
    numbers = {name: int(results.get(f"MODELS_{name}") or 0) for name in names}
    total = numbers["OK"] + numbers["PARTIAL"] + numbers["FAILED"]
    parts = [workflow.buildings_state()]
    for name, text in (
        ("FAILED", translate("BuildingsDock", "{n} of {total} models could not be read")),
        ("PARTIAL", translate("BuildingsDock", "{n} of {total} models read in part")),
        ("WITHOUT_PLACE", translate("BuildingsDock", "{n} of {total} models without a place")),
        ("REPEATED", translate("BuildingsDock", "{n} of {total} models with buildings that another one holds too")),
    ):
        if numbers[name]:
            parts.append(text.format(n=formatting.number(numbers[name], 0), total=formatting.number(total, 0)))
    text = translate("BuildingsDock", "{counts}. The list of models says why.") if len(parts) > 1 else "{counts}."
    return text.format(counts="; ".join(part for part in parts if part))


def _updated(results: dict[str, Any]) -> str:
    text = translate("BuildingsDock", "{read} models read, {same} unchanged, {failed} failed, {gone} deleted.")
    if unplaced := int(results.get("WITHOUT_PLACE") or 0):
        more = translate("BuildingsDock", "{n} of the models read are without a place. The list of models says why.")
        text = f"{text} {more.format(n=formatting.number(unplaced, 0))}"
    if repeated := int(results.get("REPEATED") or 0):
        more = translate("BuildingsDock", "{n} models hold buildings that another one holds too.")
        text = f"{text} {more.format(n=formatting.number(repeated, 0))}"
    return text.format(
        read=results.get("READ", 0),
        same=results.get("UNCHANGED", 0),
        failed=results.get("FAILED", 0),
        gone=results.get("VANISHED", 0),
    )

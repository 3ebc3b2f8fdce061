"""Requests for the steps of the work that need no more input than what the project holds."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.kernel.layer_marks import BUILDINGS
from ...bridge.kernel.map_classes import CAUTION, PAPER, QUIET, WATER_FROM
from ...bridge.kernel.project_entries import CATALOGUE, REPORT
from ...bridge.kernel.storm_name import storm_name, storm_of_rows
from ...core.common.errors import InputError
from . import floods, footprints, formatting, project, result_layers, run_outputs, state
from .floods import Flood
from .run_request import RunRequest, RunResult

translate = QCoreApplication.translate

RISK_INPUTS = "risk/inputs"
"""Key of the options of the assessment."""
DEMO_SYMBOLS = {
    "DISTRICT|district": {"style": "no", "outline_color": QUIET, "outline_style": "dash", "outline_width": "0.5"},
    "DISTRICT|channel": {"color": "#bcd9ee", "outline_style": "no"},
    "DISTRICT|underpass": {"color": QUIET, "style": "b_diagonal", "outline_color": QUIET, "outline_width": "0.3"},
    "DISTRICT|population": {"style": "no", "outline_color": QUIET, "outline_style": "dot"},
    "DISTRICT|assets": {"name": "diamond", "color": CAUTION, "outline_color": PAPER, "size": "3.2"},
}
DEMO_TABLES = ("shelters", "assets", "rain_gauges", "roads", "underpass", "channel", "population", "district", "sea")


def demo_district(parameters: dict[str, Any]) -> RunRequest:
    """Make the demo district; its models and terrain are then chosen in the docks."""
    title = translate("Steps", "Demo district (synthetic)")
    tables = {
        "shelters": translate("Steps", "Shelters"),
        "assets": translate("Steps", "Critical assets"),
        "rain_gauges": translate("Steps", "Rain gauges"),
        "roads": translate("Steps", "Roads"),
        "underpass": translate("Steps", "Underpasses"),
        "channel": translate("Steps", "Channel"),
        "population": translate("Steps", "Population by block"),
        "district": translate("Steps", "District boundary"),
        "sea": translate("Steps", "Sea"),
    }
    titles = {f"DISTRICT|{table}": tables[table] for table in DEMO_TABLES}
    titles["DTM"] = translate("Steps", "Terrain (synthetic)")
    request = run_outputs.request_for("createdemodistrict", parameters, title, titles, summary=_demo_summary)
    styles = {
        "DISTRICT|roads": "roads",
        "DISTRICT|sea": "water_bodies",
        "DISTRICT|shelters": "shelters",
        "DISTRICT|rain_gauges": "rain_gauges",
        "DTM": "terrain",
    }
    hidden = ("DISTRICT|population", "DISTRICT|rain_gauges", "DISTRICT|assets")
    return replace(request, styles=styles, hidden=hidden, symbols=DEMO_SYMBOLS)


def building_risk() -> RunRequest:
    """Assess the buildings with the flood that the docks are at.

    Raises
    ------
    InputError
        When the project has no buildings or no flood.
    """
    buildings, flood = footprints.layer(), floods.current()
    if buildings is None:
        raise InputError(
            translate(
                "Steps",
                "The project has no buildings yet: choose a polygon layer of footprints in the Home dock, or load "
                "models in the Buildings dock.",
            )
        )
    if flood is None:
        raise InputError(_no_flood())
    parameters: dict[str, Any] = {"BUILDINGS": buildings.id(), **_assessment_choices(buildings)}
    for output, name in (("loadbim/STOREYS", "STOREYS"), ("loadbim/OPENINGS", "OPENINGS")):
        layer = footprints.companion(buildings, output)
        if layer is not None:
            parameters[name] = layer.id()
    for output, name in (("DEPTH_MAX", "DEPTH"), ("LEVEL_MAX", "LEVEL"), ("ARRIVAL", "ARRIVAL"), ("RESULT", "RESULT")):
        if output in flood.results:
            parameters[name] = flood.results[output]
    what = translate("Steps", "Building risk")
    title = run_outputs.named(what, flood.storm)
    summary = partial(_risk_summary, basis=_basis(buildings, parameters))
    request = run_outputs.request_for("buildingrisk", parameters, title, {"OUTPUT": what}, summary=summary)
    return replace(request, is_result=True, beside=next(iter(flood.layers.values()), ""))


def _assessment_choices(buildings: QgsMapLayer) -> dict[str, Any]:
    """What the Home dock keeps of the options of the assessment; fields that the buildings do not have are left out."""
    kept = state.recall(RISK_INPUTS, {})
    own = buildings.fields().names()
    return {
        name: value
        for name, value in (kept if isinstance(kept, dict) else {}).items()
        if name != "BUILDINGS" and (not name.endswith("_FIELD") or value in own)
    }


def _basis(buildings: QgsMapLayer, parameters: dict[str, Any]) -> str:
    """On what the classes rest where no openings are known, in a sentence; '' where openings are."""
    if "OPENINGS" in parameters:
        return ""
    if "FLOOR_FIELD" in parameters or "ground_floor_elev_m" in (name.lower() for name in buildings.fields().names()):
        return translate(
            "Steps", "Without openings, water counts as inside from 0.15 m above the ground floor of each building."
        )
    return translate(
        "Steps",
        "Without openings and ground floors, water counts as inside from 0.15 m above the ground outside.",
    )


def report() -> RunRequest:
    """Write the report of the flood that the docks are at, with its own assessment.

    Raises
    ------
    InputError
        When the project has no flood, or only assessments of other floods.
    """
    flood = floods.current()
    if flood is None:
        raise InputError(_no_flood())
    if assessment(flood) is None and floods.assessments():
        other_flood = translate(
            "Steps",
            "The buildings are assessed for another flood, not for '{flood}': assess them for this one first, then "
            "write the report.",
        )
        other_buildings = translate(
            "Steps",
            "The assessment of '{flood}' is of other buildings than those of step 2: assess these first, then write "
            "the report.",
        )
        text = other_flood if floods.assessment(flood) is None else other_buildings
        raise InputError(text.format(flood=flood.title))
    title = run_outputs.named(translate("Steps", "Flood report"), flood.storm)
    return run_outputs.request_for("floodreport", report_inputs(flood), title, summary=_report_summary)


def assessment(flood: Flood | None) -> QgsVectorLayer | None:
    """The newest assessment of the project's buildings with a flood; None where there is none."""
    buildings = footprints.layer()
    for layer in floods.assessments():
        of = str(layer.customProperty(BUILDINGS) or "")
        is_of_them = not of or buildings is None or of == buildings.id()
        if flood is not None and is_of_them and floods.run_of(layer) == flood.run:
            return layer
    return None


def remember_report(request: RunRequest, result: RunResult) -> None:
    """Keep in the project where a new report is, and of which flood."""
    path = str(result.outputs.get("REPORT") or "")
    state.remember(REPORT, {"path": path, "title": request.title, "run": floods.key_of(request.parameters)})


def report_inputs(flood: Flood) -> dict[str, Any]:
    """The inputs of the report that a flood and the project hold."""
    inputs: dict[str, Any] = dict(flood.results)
    if flood.storm_table:
        inputs["STORM"] = flood.storm_table
    buildings, risk = footprints.layer(), assessment(flood)
    found = {
        "BUILDING_RISK": risk,
        "ROADS": result_layers.newest("createdemodistrict/DISTRICT|roads", "floodreport/ROADS"),
        "WATER": result_layers.newest("createdemodistrict/DISTRICT|sea", "floodreport/WATER"),
        "DTM": project.terrain(),
    }
    if buildings is not None:
        found["OPENINGS"] = footprints.companion(buildings, "loadbim/OPENINGS")
        if footprints.of_models(buildings):
            found["MODEL_BUILDINGS"] = buildings
            found["MODEL_STOREYS"] = footprints.companion(buildings, "loadbim/STOREYS")
            found["MODEL_REPORT"] = footprints.companion(buildings, "loadbim/REPORT")
    inputs |= {name: layer.id() for name, layer in found.items() if layer is not None}
    catalogue = (state.recall(CATALOGUE, {}) or {}).get("path", "")
    if catalogue and Path(catalogue).exists():
        inputs["CATALOGUE"] = catalogue
    if run_outputs.district():
        inputs["DISTRICT"] = run_outputs.district()
    return inputs


def _no_flood() -> str:
    return translate("Steps", "There is no flood in the project: simulate one in the Flood dock.")


def _demo_summary(results: dict[str, Any]) -> str:
    text = translate(
        "Steps",
        "{n} synthetic buildings, a terrain and layers are in '{folder}'. The district does not show a real place.",
    )
    return text.format(n=results.get("BUILDINGS_COUNT", 0), folder=results.get("FOLDER", ""))


def _risk_summary(results: dict[str, Any], basis: str = "") -> str:
    wet = sum(int(results.get(f"CLASS_{number}") or 0) for number in range(WATER_FROM, 5))
    total = wet + sum(int(results.get(name) or 0) for name in ("CLASS_0", "CLASS_1", "UNKNOWN"))
    text = translate("Steps", "Water enters {wet} of {total} buildings: select one, and the Buildings dock says why.")
    return " ".join(part for part in (text.format(wet=wet, total=total), basis) if part)


def _report_summary(results: dict[str, Any]) -> str:
    text = translate("Steps", "The project, the map and the report are in '{folder}'.")
    return text.format(folder=Path(str(results.get("REPORT", ""))).parent)


def storm_state(flood: Flood | None) -> str:
    """The storm in words: the chosen one, a table of rain in the project, or that of the flood; '' for none."""
    if chosen := state.recall("storm/caption", ""):
        return str(chosen)
    table = project.layer("designstorm/OUTPUT")
    rows, years = storm_of_rows(table) if table is not None else ([], math.nan)
    if rows:
        return storm_name(sum(depth for _, depth in rows), rows[-1][0], years)
    return flood.storm if flood is not None else ""


def buildings_state() -> str:
    """What the project holds of buildings, in words; '' for nothing."""
    buildings = footprints.layer()
    if buildings is None or not buildings.featureCount():
        return ""
    if buildings.featureCount() < 0:  # a database that counts only what is asked for
        return translate("Steps", "the layer '{layer}'").format(layer=buildings.name())
    count = formatting.number(buildings.featureCount(), 0)
    if not footprints.of_models(buildings):
        return translate("Steps", "{n} footprints of the layer '{layer}'").format(n=count, layer=buildings.name())
    openings = footprints.companion(buildings, "loadbim/OPENINGS")
    text = translate("Steps", "{n} buildings, {m} openings")
    return text.format(n=count, m=formatting.number(openings.featureCount() if openings is not None else 0, 0))

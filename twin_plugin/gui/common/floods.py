"""The floods whose results the project shows, whoever simulated them, and the one that the docks are at."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayer, QgsMeshLayer, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.kernel import raster_kinds
from ...bridge.kernel.flood_run import run_of, run_of_file, run_of_summary
from ...bridge.kernel.layer_marks import OUTPUT, RUN
from ...bridge.kernel.storm_name import storm_name, storm_of_table
from . import formatting, state

translate = QCoreApplication.translate

RASTERS = ("DEPTH_MAX", "LEVEL_MAX", "VELOCITY_MAX", "HAZARD", "ARRIVAL", "DURATION_WET")
FILES = {name: f"{name.lower()}.tif" for name in RASTERS} | {"RESULT": "result.nc", "SUMMARY": "summary.json"}
"""What a model, a batch and the docks call the outputs of a run in its folder."""
STORMS = ("designstorm.gpkg", "storm.gpkg")
CHOSEN = "flood/chosen"
RUNS = "flood/runs"
_SIMULATED = "simulateflood/"
_ASSESSED = "buildingrisk/OUTPUT"
_COMPARED = "comparefloods/"


@dataclass(frozen=True)
class Flood:
    """A simulated flood of which the project shows a layer at least.

    Attributes
    ----------
    key : str
        The id of the run, or its folder where the results do not say of which run they are.
    run : str
        The id of the run; "" where it is not known.
    title : str
        The name of its group in the layer tree, else that of its first layer.
    storm : str
        The storm in a few words; "" where it is not known.
    storm_table : str
        Source of the table of its rain; "" where there is none.
    results : dict of str to str
        Files by output, also of those without a layer in the project; all exist.
    layers : dict of str to str
        Ids of the project's layers by output.
    summary : dict
        What SUMMARY says.
    """

    key: str
    run: str
    title: str
    storm: str = ""
    storm_table: str = ""
    results: dict[str, str] = field(default_factory=dict)
    layers: dict[str, str] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)

    def number(self, name: str) -> float | None:
        """A number of SUMMARY; None without it."""
        value = self.summary.get(name)
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    @property
    def caption(self) -> str:
        """The storm and the wet area in a few words."""
        area = self.number("wet_area_m2")
        if area is None:
            return self.title
        text = translate("Floods", "{area} ha wet").format(area=formatting.number(area / 1e4, 1))
        return translate("Floods", "{storm}, {area}").format(storm=self.storm, area=text) if self.storm else text


def find() -> list[Flood]:
    """The floods of the project, the newest first."""
    groups: dict[str, dict[str, QgsMapLayer]] = {}
    for layer in sorted(QgsProject.instance().mapLayers().values(), key=_added, reverse=True):
        output = output_of(layer)
        if output:
            groups.setdefault(run_of(layer) or str(_file(layer).parent), {}).setdefault(output, layer)
    return [_flood(key, layers) for key, layers in groups.items()]


def current() -> Flood | None:
    """The flood that the docks are at: the one that was chosen, else the newest."""
    there, chosen = find(), state.recall(CHOSEN, "")
    return next((flood for flood in there if flood.key == chosen), there[0] if there else None)


def choose(flood: Flood) -> None:
    """Let the docks be at a flood from now on."""
    state.remember(CHOSEN, flood.key)


def with_layers(layers: dict[str, str]) -> Flood | None:
    """The flood that layers with some ids belong to."""
    wanted = set(layers.values())
    return next((flood for flood in find() if wanted & set(flood.layers.values())), None)


def key_of(results: dict[str, Any]) -> str:
    """The key of the flood of some results, by output; "" where there is no file among them."""
    path = next((str(results[output]) for output in (*RASTERS, "RESULT") if results.get(output)), "")
    return (run_of_file(path) or str(Path(path).parent)) if path else ""


def keep(flood: Flood, storm: str, storm_table: str) -> None:
    """Keep in the project what the files of a run do not say."""
    kept = state.recall(RUNS, {}) or {}
    there = {other.key for other in find()}
    kept = {key: value for key, value in kept.items() if key in there}
    state.remember(RUNS, kept | {flood.key: {"storm": storm, "storm_table": storm_table}})


def assessments() -> list[QgsVectorLayer]:
    """The results of twin:buildingrisk in the project, the newest first."""
    layers = [layer for layer in QgsProject.instance().mapLayers().values() if _is_assessment(layer)]
    return sorted(layers, key=_added, reverse=True)


def assessment(flood: Flood | None) -> QgsVectorLayer | None:
    """The newest assessment of a flood; None where there is none, or only of another flood."""
    if flood is None:
        return None
    return next((layer for layer in assessments() if run_of(layer) == flood.run), None)


def output_of(layer: QgsMapLayer) -> str:
    """The output of twin:simulateflood that a layer is, by its mark, its header or its file's name; "" for none."""
    if not layer.isValid() or not isinstance(layer, (QgsRasterLayer, QgsMeshLayer)) or not _file(layer).is_file():
        return ""
    marked = str(layer.customProperty(OUTPUT) or "")
    if marked:
        return marked.removeprefix(_SIMULATED) if marked.startswith(_SIMULATED) else ""
    if isinstance(layer, QgsMeshLayer):
        return "RESULT" if run_of(layer) or _file(layer).name.lower() == FILES["RESULT"] else ""
    found = raster_kinds.output_of(layer)
    named = next((output for output in RASTERS if _file(layer).name.lower() == FILES[output]), "")
    return found if found in RASTERS else named if not found else ""


def is_result(layer: QgsMapLayer | None) -> bool:
    """Whether a layer is a result of a flood: a simulated one, an assessment, or a comparison with another one."""
    if layer is None:
        return False
    compared = str(layer.customProperty(OUTPUT) or "").startswith(_COMPARED)
    return compared or bool(output_of(layer)) or _is_assessment(layer)


def _flood(key: str, layers: dict[str, QgsMapLayer]) -> Flood:
    """A flood of its layers, with the other files of its folder that are of the same run."""
    first = layers.get("DEPTH_MAX") or next(iter(layers.values()))
    run, folder = run_of(first), _file(first).parent
    names = {path.name.lower(): path for path in folder.iterdir()}
    results = {output: str(_file(layer)) for output, layer in layers.items()}
    for output, name in FILES.items():
        if output not in results and name in names and _run_of(names[name]) == run:
            results[output] = str(names[name])
    summary = _summary(results["SUMMARY"], _changed(results["SUMMARY"])) if "SUMMARY" in results else {}
    kept = (state.recall(RUNS, {}) or {}).get(key, {})
    node = QgsProject.instance().layerTreeRoot().findLayer(first.id())
    group = node.parent() if node is not None else None
    named = group is not None and group.parent() is not None
    tables = [kept.get("storm_table", ""), *(str(names[name]) for name in STORMS if name in names)]
    table = next((table for table in tables if table and Path(table.split("|")[0]).exists()), "")
    rain = summary.get("rain_mm")
    return Flood(
        key,
        run,
        group.name() if named else first.name(),
        kept.get("storm") or storm_of_table(table) or storm_name(float(rain or 0.0), math.nan),
        table,
        results,
        {output: layer.id() for output, layer in layers.items()},
        summary,
    )


def _is_assessment(layer: QgsMapLayer) -> bool:
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return False
    marked = layer.customProperty(OUTPUT)
    return marked == _ASSESSED if marked else {"risk_class", "reason"} <= set(layer.fields().names())


def _added(layer: QgsMapLayer) -> str:
    return str(layer.customProperty(RUN) or "")


def _file(layer: QgsMapLayer) -> Path:
    return Path(layer.source().split("|")[0])


def _changed(path: str | Path) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def _run_of(path: Path) -> str:
    if path.suffix.lower() == ".json":
        return run_of_summary(_summary(str(path), _changed(path)))
    return run_of_file(str(path))


@lru_cache(maxsize=64)
def _summary(path: str, changed: int) -> dict[str, Any]:
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}

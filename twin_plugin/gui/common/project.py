"""What the project holds of the work's steps: its terrain, buildings, storm, flood, risk and report."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsHillshadeRenderer, QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer

from ...bridge.flood.setup.rain_gauges import GAUGE_FIELDS
from ...bridge.kernel import raster_kinds
from ...bridge.kernel.project_entries import REPORT
from . import result_layers, state

_SIGNATURES = {
    "loadbim/BUILDINGS": {"gross_floor_area_m2", "ground_floor_elev_m"},
    "loadbim/OPENINGS": {"sill_elev_m", "building_id"},
    "loadbim/STOREYS": {"elev_m", "building_id", "number"},
    "loadbim/REPORT": {"status", "reason", "path"},
    "buildingrisk/OUTPUT": {"risk_class", "reason"},
    "designstorm/OUTPUT": {"time_min", "depth_mm"},
}
_OF_SOMETHING_ELSE = {"designstorm/OUTPUT": set(GAUGE_FIELDS) - {"id", "name"}}
"""Fields that an output never has: a table of the rain of many gauges is not the rain of one storm."""
_TERRAIN_WORDS = re.compile(r"(?<![a-z])(dtm|dem|dgm|terrain|elevation|heights?)(?![a-z])|地形|高程")


def layer(output: str) -> QgsMapLayer | None:
    """The newest layer of an output; without one, a vector layer whose fields are those of that output."""
    found = result_layers.newest(output)
    return found if found is not None or output not in _SIGNATURES else layer_by_fields(output)


def layer_by_fields(output: str, wanted: Callable[[QgsMapLayer], bool] = lambda _: True) -> QgsVectorLayer | None:
    """A wanted layer whose fields are those of an output."""
    found = [item for item in QgsProject.instance().mapLayers().values() if fits(item, output) and wanted(item)]
    # The result of an assessment has all fields of the buildings, and its own: the plainest layer is the output itself.
    return min(found, key=lambda item: item.fields().count(), default=None)


def fits(item: QgsMapLayer, output: str) -> bool:
    """Whether a layer has the fields of an output; the hidden layers of a 3D view are none of the user's."""
    if not isinstance(item, QgsVectorLayer) or not item.isValid() or item.flags() & QgsMapLayer.LayerFlag.Private:
        return False
    names = set(item.fields().names())
    return _SIGNATURES[output] <= names and not _OF_SOMETHING_ELSE.get(output, set()) & names


def rasters() -> tuple[list[QgsRasterLayer], list[QgsRasterLayer]]:
    """The project's rasters that may be a terrain, and those that are something else."""
    layers = [item for item in QgsProject.instance().mapLayers().values() if isinstance(item, QgsRasterLayer)]
    fits = [item for item in layers if raster_kinds.may_be_terrain(item)]
    return fits, [item for item in layers if item not in fits]


def terrain() -> QgsRasterLayer | None:
    """A raster that may be a terrain: the flood dock's, a demo's or a report's, one that is named so, the only one."""
    fits = sorted(rasters()[0], key=_is_relief)
    chosen = (state.recall("flood/inputs", {}) or {}).get("DTM")
    demo = result_layers.newest("createdemodistrict/DTM", "floodreport/DTM")
    ranked = (
        [item for item in fits if chosen and chosen in (item.id(), item.name(), item.source())],
        [item for item in fits if demo is not None and item.id() == demo.id()],
        [item for item in fits if raster_kinds.output_of(item) == raster_kinds.TERRAIN],
        [item for item in fits if _TERRAIN_WORDS.search(item.name().lower())],
        fits if len(fits) == 1 else [],
    )
    return next((found[0] for found in ranked if found), None)


def _is_relief(item: QgsRasterLayer) -> bool:
    """Whether a layer shows a raster as a relief: it is a second picture of a terrain."""
    return isinstance(item.renderer(), QgsHillshadeRenderer)


def choose_terrain(layer_id: str) -> None:
    """Take a raster of the project as the terrain: the flood dock's."""
    kept = state.recall("flood/inputs", {})
    state.remember("flood/inputs", {**(kept if isinstance(kept, dict) else {}), "DTM": layer_id})


def last_report() -> dict[str, str]:
    """Path, title and run of the newest report that the project remembers and that is still there; {} for none."""
    kept = state.recall(REPORT, {})
    path = kept.get("path", "") if isinstance(kept, dict) else ""
    return kept if path and Path(path).exists() else {}

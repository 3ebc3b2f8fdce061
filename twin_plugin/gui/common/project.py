"""What the project holds of the work's steps: its terrain, buildings, storm, flood, risk and report."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer

from ...bridge.kernel import raster_kinds
from . import result_layers, state

_SIGNATURES = {
    "loadbim/BUILDINGS": {"gross_floor_area_m2", "ground_floor_elev_m"},
    "loadbim/OPENINGS": {"sill_elev_m", "building_id"},
    "loadbim/STOREYS": {"elev_m", "building_id", "number"},
    "loadbim/REPORT": {"status", "reason", "path"},
    "buildingrisk/OUTPUT": {"risk_class", "reason"},
}
_TERRAIN_WORDS = re.compile(r"(?<![a-z])(dtm|dem|dgm|terrain|elevation|heights?)(?![a-z])|地形|高程")
_RASTERS = ("DEPTH_MAX", "LEVEL_MAX", "VELOCITY_MAX", "HAZARD", "ARRIVAL", "DURATION_WET")
_FLOOD_FILES = {name: f"{name.lower()}.tif" for name in _RASTERS} | {"RESULT": "result.nc", "SUMMARY": "summary.json"}


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
    """Whether a layer has the fields of an output."""
    return isinstance(item, QgsVectorLayer) and item.isValid() and _SIGNATURES[output] <= set(item.fields().names())


def rasters() -> tuple[list[QgsRasterLayer], list[QgsRasterLayer]]:
    """The project's rasters that may be a terrain, and those that are something else."""
    layers = [item for item in QgsProject.instance().mapLayers().values() if isinstance(item, QgsRasterLayer)]
    fits = [item for item in layers if raster_kinds.may_be_terrain(item)]
    return fits, [item for item in layers if item not in fits]


def terrain() -> QgsRasterLayer | None:
    """A raster that may be a terrain: the flood dock's, a demo district's, one that is named so, the only one."""
    fits, _ = rasters()
    chosen = (state.recall("flood/inputs", {}) or {}).get("DTM")
    demo = result_layers.newest("createdemodistrict/DTM")
    ranked = (
        [item for item in fits if chosen and chosen in (item.id(), item.name(), item.source())],
        [item for item in fits if demo is not None and item.id() == demo.id()],
        [item for item in fits if raster_kinds.output_of(item) == raster_kinds.TERRAIN],
        [item for item in fits if _TERRAIN_WORDS.search(item.name().lower())],
        fits if len(fits) == 1 else [],
    )
    return next((found[0] for found in ranked if found), None)


def choose_terrain(layer_id: str) -> None:
    """Take a raster of the project as the terrain: the flood dock's."""
    kept = state.recall("flood/inputs", {})
    state.remember("flood/inputs", {**(kept if isinstance(kept, dict) else {}), "DTM": layer_id})


def last_flood() -> dict:
    """The newest flood run that the project remembers and whose files are still there, else one among its layers."""
    kept = state.recall("flood/last", {}) or {}
    depth = kept.get("results", {}).get("DEPTH_MAX", "") if isinstance(kept, dict) else ""
    return kept if depth and Path(depth).exists() else _flood_of_layers()


def _flood_of_layers() -> dict:
    """A flood that a model or a batch wrote: a layer of depth_max.tif, with the other results of its folder."""
    layers = {Path(item.source().split("|")[0]): item for item in QgsProject.instance().mapLayers().values()}
    depth = next((path for path in layers if path.name.lower() == "depth_max.tif" and path.exists()), None)
    if depth is None:
        return {}
    names = {path.name.lower(): path for path in depth.parent.iterdir()}
    files = {output: names[name] for output, name in _FLOOD_FILES.items() if name in names}
    return {
        "title": layers[depth].name(),
        "caption": layers[depth].name(),
        "results": {output: str(path) for output, path in files.items()},
        "layers": {output: layers[path].id() for output, path in files.items() if path in layers},
        "storm_table": str(names.get("storm.gpkg", "")),
    }


def last_report() -> dict[str, str]:
    """Path and title of the newest report that the project remembers and that is still there; {} for none."""
    kept = state.recall("report/last", {})
    path = kept.get("path", "") if isinstance(kept, dict) else ""
    return kept if path and Path(path).exists() else {}

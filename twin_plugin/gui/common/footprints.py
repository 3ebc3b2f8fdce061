"""Which layer of the project holds the buildings: that of models, or any polygon layer that the user chose."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from qgis.core import Qgis, QgsMapLayer, QgsProject, QgsVectorLayer

from . import project, result_layers, state

CHOSEN = "buildings/chosen"
MODELS = "loadbim/BUILDINGS"
_WORDS = re.compile(
    r"(?<![a-z])(buildings?|footprints?|houses?|gebäude|hausumringe|b[âa]timents?|edificios?|edifici)(?![a-z])"
    r"|建筑|建築|房屋|楼栋|屋顶轮廓"
)
_OSM_FIELD = "building"
"""OpenStreetMap's key of buildings: a polygon layer with this field holds them, whatever its name."""


def polygon_layers() -> list[QgsVectorLayer]:
    """The polygon layers that may hold buildings: those of models and those that are no output of the plugin."""
    return [layer for layer in QgsProject.instance().mapLayers().values() if _may_be(layer)]


def layer() -> QgsVectorLayer | None:
    """The buildings of the project.

    The newest of the layer that the user chose and that of models; without these one whose fields are those of models,
    or the only polygon layer whose name or fields say that it holds buildings.
    """
    chosen, when = _chosen()
    models = result_layers.newest(MODELS)
    if chosen is not None and (models is None or when >= str(models.customProperty(result_layers.RUN) or "")):
        return chosen
    found = models or project.layer(MODELS)
    if isinstance(found, QgsVectorLayer):
        return found
    named = [item for item in polygon_layers() if _says_buildings(item)]
    return named[0] if len(named) == 1 else None


def choose(layer_id: str) -> None:
    """Take a polygon layer of the project as the buildings; models that are loaded later take its place."""
    state.remember(CHOSEN, {"layer": layer_id, "when": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")})


def confirm(layer_id: object) -> None:
    """Keep a layer that was taken by its name, once a run uses it: renaming it must not change the buildings."""
    found = layer()
    if found is not None and found.id() == layer_id and _chosen()[0] is None and not of_models(found):
        choose(found.id())


def of_models(buildings: QgsMapLayer) -> bool:
    """Whether a layer of buildings comes from models, with storeys and openings of its own."""
    return buildings.customProperty(result_layers.OUTPUT) == MODELS or project.fits(buildings, MODELS)


def companion(buildings: QgsMapLayer, output: str) -> QgsMapLayer | None:
    """The layer of storeys or openings that belongs to a layer of buildings; None for none.

    Footprints of the user's own go with tables of the user's own, and never with those of other buildings' models.
    """
    if buildings.customProperty(result_layers.OUTPUT) == MODELS:
        return result_layers.same_run(buildings, output) or project.layer(output)
    if of_models(buildings):
        return project.layer(output)
    return project.layer_by_fields(output, lambda item: not item.customProperty(result_layers.OUTPUT))


def _chosen() -> tuple[QgsVectorLayer | None, str]:
    """The layer that the user chose and is still there, and when."""
    kept = state.recall(CHOSEN, {})
    kept = kept if isinstance(kept, dict) else {}
    found = QgsProject.instance().mapLayer(str(kept.get("layer", "")))
    return (found, str(kept.get("when", ""))) if found is not None and _may_be(found) else (None, "")


def _may_be(item: QgsMapLayer) -> bool:
    if not isinstance(item, QgsVectorLayer) or not item.isValid():
        return False
    if item.geometryType() != Qgis.GeometryType.Polygon or project.fits(item, "buildingrisk/OUTPUT"):
        return False
    return item.customProperty(result_layers.OUTPUT) in (None, "", MODELS)


def _says_buildings(item: QgsVectorLayer) -> bool:
    own = {name.lower() for name in item.fields().names()}
    return _OSM_FIELD in own or bool(_WORDS.search(item.name().lower()))

"""What the exports of scenes take from the project: inputs by the names of their parameters."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication, QgsProcessingParameterMultipleLayers, QgsProject, QgsVectorLayer

from ...bridge.kernel.layer_marks import OUTPUT
from . import footprints, project


def inputs_for(name: str) -> dict[str, Any]:
    """The inputs of twin:<name> that the project has: ids of layers by parameter."""
    algorithm = QgsApplication.processingRegistry().algorithmById(f"twin:{name}")
    if algorithm is None:
        return {}
    return {
        parameter: value
        for parameter, value in _found().items()
        if value and (definition := algorithm.parameterDefinition(parameter)) is not None
        and (not isinstance(value, list) or isinstance(definition, QgsProcessingParameterMultipleLayers))
    }  # fmt: skip


def _found() -> dict[str, Any]:
    from ...bridge.scene.view_layers import find_layers

    there = find_layers(QgsProject.instance(), project.terrain())
    buildings = footprints.layer() or there.buildings
    single = {
        "BUILDINGS": buildings,
        "STOREYS": there.storeys,
        "SOLIDS": there.solids[0] if there.solids else None,
        "UNDERGROUND": there.rooms[0] if there.rooms else None,
        "PIPES": next((layer for layer in there.pipes if not _is_tunnel(layer)), None),
        "TUNNELS": next((layer for layer in there.pipes if _is_tunnel(layer)), None),
        "DTM": there.terrain,
    }
    found: dict[str, Any] = {name: layer.id() for name, layer in single.items() if layer is not None}
    if there.water is not None:
        found["RESULT"] = there.water.source()
    return found


def _is_tunnel(layer: QgsVectorLayer) -> bool:
    """Whether a layer of lines holds tunnels, by its mark or name."""
    named = f"{layer.customProperty(OUTPUT) or ''} {layer.name()}".lower()
    return "tunnel" in named or "隧道" in named or "metro" in named

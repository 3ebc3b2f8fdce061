"""Puts the outputs of a scenario into the project, as its provenance names them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer

from ...bridge.kernel.outside_text import as_name
from ...bridge.kernel.translation import language
from ...core.common.languages import in_language

PROVENANCE = "provenance.json"


def add_to_project(folder: Path, title: str) -> list[str]:
    """Add the layers of a scenario's folder in a group of its own; gives their ids."""
    layers = [layer for layer in _layers(folder) if layer.isValid()]
    if not layers:
        return []
    project = QgsProject.instance()
    group = project.layerTreeRoot().insertGroup(0, as_name(title))
    for layer in layers:
        project.addMapLayer(layer, False)
        group.addLayer(layer)
    return [layer.id() for layer in layers]


def _layers(folder: Path) -> list[QgsMapLayer]:
    try:
        record = json.loads((folder / PROVENANCE).read_text("utf-8"))
        outputs = [(str(output["file"]), _title(output["title"])) for output in record["outputs"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    found: list[QgsMapLayer] = []
    for file, title in outputs:
        path = folder / file
        if path.suffix in (".gpkg", ".csv"):
            found.append(QgsVectorLayer(str(path), as_name(title), "ogr"))
        elif path.suffix == ".tif":
            found.append(QgsRasterLayer(str(path), as_name(title)))
    return found


def _title(texts: Any) -> str:
    return in_language(texts, language(QgsApplication.locale())) if isinstance(texts, dict) else str(texts)

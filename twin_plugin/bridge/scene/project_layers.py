"""Layers for a 3D project: opened again from where they lie, checked, styled."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    QgsDataSourceUri,
    QgsMapLayer,
    QgsMapLayerStyle,
    QgsMeshLayer,
    QgsProcessingUtils,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsTiledSceneLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ..kernel import legend, raster_kinds, styles
from . import view_renderers
from .view_layers import level_group

TILESET = "tileset.json"
IN_MEMORY = {"memory", "virtual"}
"""Providers whose layers end with the project that they are in."""


@dataclass(frozen=True)
class _Kind:
    """How the layer of a parameter is shown: its style, the output that the docks take it for, fields that 3D needs."""

    style: str
    output: str
    fields: tuple[str, ...] = ()
    has_heights: bool = False


KINDS: Mapping[str, _Kind] = {
    "BUILDINGS": _Kind("building", "loadbim/BUILDINGS", ("base_elev_m", "roof_elev_m")),
    "STOREYS": _Kind("storey", "loadbim/STOREYS", ("building_id", "number", "elev_m", "height_m")),
    "UNDERGROUND": _Kind("underground", "loadbim/UNDERGROUND", ("bottom_elev_m", "top_elev_m")),
    "SOLIDS": _Kind("solid", "loadbim/SOLIDS", (), True),
    "PIPES": _Kind("", "", (), True),
    "TUNNELS": _Kind("", "", (), True),
    "DTM": _Kind("terrain", "floodreport/DTM"),
    "DEPTH": _Kind("flood_depth", "simulateflood/DEPTH_MAX"),
    "RESULT": _Kind("flood_result", "simulateflood/RESULT"),
    "TILES": _Kind("", ""),
}


@dataclass(frozen=True)
class GivenLayer:
    """A layer, a file of water over time or a folder of tiles that was given for a parameter.

    Attributes
    ----------
    name : str
        Of the parameter.
    layer : QgsMapLayer or None
        None for RESULT and TILES, which are a file and a folder.
    path : str
        Of these.
    has_style : bool
        Whether the layer is one of the open project, whose style it keeps.
    """

    name: str
    layer: QgsMapLayer | None = None
    path: str = ""
    has_style: bool = False

    @property
    def output(self) -> str:
        """What the docks take it for; "" for nothing."""
        return KINDS[self.name].output


def opened_layer(given: GivenLayer, title: str, notes: list[Message]) -> QgsMapLayer:
    """A layer of its own from the same place, with its style.

    Raises
    ------
    InputError
        Where it is temporary, cannot be opened, has no CRS, or lacks what 3D needs.
    """
    _require_lasting(given)
    if given.name == "TILES":
        return _tiles(given.path, title, notes)
    if given.name == "RESULT":
        layer: QgsMapLayer = QgsMeshLayer(given.path, title, "mdal")
        if not layer.isValid() or level_group(layer) < 0:
            raise InputError(
                "'{path}' for RESULT has no water levels over time: choose the RESULT of the flood simulation.",
                path=given.path,
            )
    else:
        layer = _again(given, title)
    shown = given.layer.name() if given.layer is not None else os.path.basename(given.path)
    if not layer.crs().isValid():
        raise InputError("The layer '{source}' has no CRS: set it in the layer's properties.", source=shown)
    if isinstance(layer, QgsRasterLayer) and given.name == "DTM":
        raster_kinds.require_terrain(layer)
    if isinstance(layer, QgsVectorLayer):
        _require_bodies(layer, given.name, shown)
    _dress(layer, given)
    return layer


def _require_lasting(given: GivenLayer) -> None:
    """Refuse layers that do not outlast the session, and sources with a password."""
    layer = given.layer
    place, shown = given.path, os.path.basename(given.path)
    if layer is not None:
        shown = layer.name()
        parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
        place = str(parts.get("path") or "")
        if QgsDataSourceUri(layer.source()).password() or parts.get("password"):
            raise InputError(
                "The source of the layer '{name}' for {parameter} holds a password, which everybody could read in the "
                "project: keep it in an authentication configuration of QGIS.",
                name=shown,
                parameter=given.name,
            )
    folder = os.path.realpath(QgsProcessingUtils.tempFolder())
    is_gone = bool(place) and os.path.realpath(place).startswith(folder + os.sep)
    if is_gone or place.startswith("/vsimem/") or (layer is not None and layer.providerType() in IN_MEMORY):
        raise InputError(
            "The layer '{name}' for {parameter} is temporary, and the project would lose it: save it to a file first; "
            "in a model, give that output a file.",
            name=shown,
            parameter=given.name,
        )


def _again(given: GivenLayer, title: str) -> QgsMapLayer:
    source = given.layer
    kind = QgsRasterLayer if isinstance(source, QgsRasterLayer) else QgsVectorLayer
    layer = kind(source.source(), title, source.providerType())
    if not layer.isValid():
        raise InputError(
            "The layer '{name}' for {parameter} cannot be opened: choose another layer.",
            name=source.name(),
            parameter=given.name,
        )
    if source.crs().isValid():
        layer.setCrs(source.crs())
    return layer


def _require_bodies(layer: QgsVectorLayer, parameter: str, shown: str) -> None:
    kind = KINDS[parameter]
    there = set(layer.fields().names())
    lacking = [name for name in kind.fields if name not in there]
    if lacking:
        raise InputError(
            "The layer '{name}' for {parameter} has no field '{field}': a body in 3D needs {fields}.",
            name=shown,
            parameter=parameter,
            field=lacking[0],
            fields=", ".join(kind.fields),
        )
    if kind.has_heights and not QgsWkbTypes.hasZ(layer.wkbType()):
        raise InputError(
            "The layer '{name}' for {parameter} has no heights in its geometry: give it some with 'Set Z value' or "
            "'Drape', or leave it out.",
            name=shown,
            parameter=parameter,
        )
    if not layer.featureCount():
        raise InputError("The layer '{name}' for {parameter} is empty: choose another one.", name=shown,
                         parameter=parameter)  # fmt: skip


def _dress(layer: QgsMapLayer, given: GivenLayer) -> None:
    """The style of the user's layer or of its file, else the plugin's."""
    view_renderers.know_3d()
    style = KINDS[given.name].style
    if given.has_style and given.layer is not None:
        kept = QgsMapLayerStyle()
        kept.readFromLayer(given.layer)
        kept.writeToLayer(layer)
        return
    _, found = layer.loadDefaultStyle()
    if not found and style:
        styles.apply(layer, style)
    legend.translate(layer)


def _tiles(folder: str, title: str, notes: list[Message]) -> QgsTiledSceneLayer:
    """3D Tiles at the elevations of the other layers."""
    path = Path(folder) / TILESET
    # A plain path, not an address: only those become relative in a project.
    layer = QgsTiledSceneLayer(str(path.absolute()), title, "cesiumtiles")
    if not path.is_file() or not layer.isValid():
        raise InputError(
            "'{path}' is no folder of 3D Tiles that can be read: choose the one with {file}.", path=folder, file=TILESET
        )
    shift = _zero_above_ellipsoid(path)
    if shift is None:
        notes.append(
            Message(
                "The tileset does not say how high its zero lies above the ellipsoid: set the vertical offset in the "
                "properties of the layer where the tiles do not stand on the terrain."
            )
        )
    else:
        layer.elevationProperties().setZOffset(-shift)
    return layer


def _zero_above_ellipsoid(path: Path) -> float | None:
    """In metres, as twin:exporttiles writes it; None where the tileset does not say."""
    try:
        span = json.loads(path.read_text("utf-8"))["asset"]["extras"]["zero_above_ellipsoid_m"]
        return sum(float(value) for value in span) / len(span)
    except (ValueError, KeyError, TypeError, OSError, ZeroDivisionError):
        return None

"""Outputs as layers of the project: named for people, grouped by run, styled, and marked for the docks."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsMeshLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterVectorDestination,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)

from ...bridge.kernel import layer_marks, legend, styles
from ...bridge.kernel.layer_marks import OUTPUT, RUN
from ...bridge.kernel.legend_title import title_legend
from ...bridge.kernel.outside_text import as_name, give_map_tip
from . import layer_order

if TYPE_CHECKING:
    from .floods import Flood
    from .run_request import RunRequest

log = logging.getLogger(__name__)
TITLE = "city_twin/title"
LAYER_DESTINATIONS = (
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterVectorDestination,
)


def with_destinations(algorithm: QgsProcessingAlgorithm, request: RunRequest) -> dict[str, Any]:
    """The parameters, with the layer outputs that the request wants loaded marked for the project."""
    parameters = dict(request.parameters)
    for output, title in request.layers.items():
        definition = algorithm.parameterDefinition(output)
        if isinstance(definition, LAYER_DESTINATIONS) and isinstance(parameters.get(output), str):
            destination = QgsProcessingOutputLayerDefinition(parameters[output], QgsProject.instance())
            destination.destinationName = title
            parameters[output] = destination
    return parameters


def load(
    request: RunRequest,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    results: dict[str, Any],
) -> tuple[dict[str, str], list[str]]:
    """Add the outputs to the project.

    Returns
    -------
    dict of str to str
        Ids of the layers by output.
    list of str
        What could not be opened.
    """
    project = context.project()
    run = layer_marks.new_run()
    loaded: dict[str, str] = {}
    failed: list[str] = []
    group = None
    pending = context.layersToLoadOnCompletion()
    for output, title in request.layers.items():
        name, _, table = output.partition("|")
        value = results.get(name)
        if not isinstance(value, str) or not value:
            continue
        layer = _open(f"{value}|layername={table}" if table else value, context, pending)
        if layer is None:
            failed.append(value)
            continue
        layer.setName(as_name(title))
        _mark(layer, request, output, run)
        _describe(layer, request, run)
        if output in request.styles:
            styles.apply(layer, request.styles[output])
        if output in request.symbols:
            draw_simply(layer, request.symbols[output])
        if group is None and request.group:
            beside = layer_order.group_of(project, request.beside)
            group = beside or layer_order.new_group(project, request.group, request.is_result)
        project.addMapLayer(layer, False)
        node = (group or project.layerTreeRoot()).insertLayer(len(loaded), layer)
        node.setItemVisibilityChecked(output not in request.hidden)
        node.setExpanded(output not in request.hidden)
        processor = pending[value].postProcessor() if value in pending else None
        if processor is not None:
            processor.postProcessLayer(layer, context, feedback)
            _mark(layer, request, output, run)  # a style beside a raster replaces its properties
        legend.translate(layer)
        title_legend(node, terrain=name == "DTM")
        if isinstance(layer, QgsVectorLayer):
            give_map_tip(layer)
        loaded[output] = layer.id()
    return loaded, failed


def find(output: str, project: QgsProject | None = None) -> list[QgsMapLayer]:
    """The layers that came from an output such as 'loadbim/BUILDINGS', the newest first."""
    layers = [
        layer
        for layer in (project or QgsProject.instance()).mapLayers().values()
        if layer.isValid() and layer.customProperty(OUTPUT) == output
    ]
    return sorted(layers, key=lambda layer: str(layer.customProperty(RUN) or ""), reverse=True)


def newest(*outputs: str) -> QgsMapLayer | None:
    """The newest layer of any of some outputs, or None."""
    layers = [layer for output in outputs for layer in find(output)]
    return max(layers, key=lambda layer: str(layer.customProperty(RUN) or ""), default=None)


def same_run(layer: QgsMapLayer, output: str) -> QgsMapLayer | None:
    """The layer of another output of the run that `layer` came from."""
    return next((other for other in find(output) if other.customProperty(RUN) == layer.customProperty(RUN)), None)


def of_flood(flood: Flood, output: str) -> QgsMapLayer | None:
    """The layer of an output of a flood; one that is not in the project any more is opened again from its file.

    None where there is no file either.
    """
    project = QgsProject.instance()
    if output in flood.layers:
        return project.mapLayer(flood.layers[output])
    path = flood.results.get(output, "")
    mesh = path.lower().endswith(".nc")
    layer = QgsMeshLayer(path, output, "mdal") if mesh else QgsRasterLayer(path, output)
    if not layer.isValid():
        return None
    layer.loadDefaultStyle()
    definition = QgsApplication.processingRegistry().createAlgorithmById("twin:simulateflood")
    title = definition.parameterDefinition(output).description() if definition is not None else output
    layer.setName(as_name(title))
    layer_marks.mark(layer, f"simulateflood/{output}", layer_marks.new_run())
    legend.translate(layer)
    project.addMapLayer(layer, False)
    group = layer_order.group_of(project, next(iter(flood.layers.values()), "")) or project.layerTreeRoot()
    group.insertLayer(len(group.children()) if group.parent() is not None else 0, layer).setItemVisibilityChecked(False)
    return layer


def _open(value: str, context: QgsProcessingContext, pending: dict[str, Any]) -> QgsMapLayer | None:
    if value.lower().endswith(".nc"):
        mesh = QgsMeshLayer(value, Path(value).stem, "mdal")
        if mesh.isValid():
            mesh.loadDefaultStyle()
        return mesh if mesh.isValid() else None
    hint = pending[value].layerTypeHint if value in pending else QgsProcessingUtils.LayerHint.UnknownType
    layer = QgsProcessingUtils.mapLayerFromString(value, context, True, hint)
    if layer is None:
        return None
    return context.temporaryLayerStore().takeMapLayer(layer) or layer


def draw_simply(layer: QgsVectorLayer, properties: dict[str, str]) -> None:
    """Draw all features of a layer with one simple symbol."""
    kinds = {Qgis.GeometryType.Point: QgsMarkerSymbol, Qgis.GeometryType.Line: QgsLineSymbol}
    kind = kinds.get(layer.geometryType(), QgsFillSymbol)
    layer.setRenderer(QgsSingleSymbolRenderer(kind.createSimple(properties)))


def _mark(layer: QgsMapLayer, request: RunRequest, output: str, run: str) -> None:
    layer_marks.mark(layer, f"{request.algorithm_id.split(':')[-1]}/{output}", run)
    layer.setCustomProperty(TITLE, request.title)
    buildings = request.parameters.get("BUILDINGS")
    if isinstance(buildings, str) and QgsProject.instance().mapLayer(buildings) is not None:
        layer.setCustomProperty(layer_marks.BUILDINGS, buildings)


def _describe(layer: QgsMapLayer, request: RunRequest, run: str) -> None:
    metadata = layer.metadata()
    metadata.setTitle(layer.name())
    metadata.setAbstract(as_name(request.title))
    metadata.setParentIdentifier(request.algorithm_id)
    plain = {
        name: value for name, value in request.parameters.items() if isinstance(value, (str, int, float, bool, list))
    }
    values = json.dumps(plain, ensure_ascii=False, default=str)
    metadata.addHistoryItem(as_name(f"{run} {request.algorithm_id} {values} · QGIS {Qgis.version()}"))
    layer.setMetadata(metadata)

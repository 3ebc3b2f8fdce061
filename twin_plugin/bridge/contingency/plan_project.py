"""The maps and pages of a plan as a QGIS project to edit and print again; its layers lie in the .qgz itself."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    QgsDataProvider,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsPrintLayout,
    QgsReferencedRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ...core.common.errors import unwritable
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance
from ...core.contingency.plan import Plan
from ..kernel.outside_text import as_name
from ..kernel.page_words import PageWords
from .plan_maps import PlanMaps

LAYERS = "plan.gpkg"
KEY = "plan_row"
"""Name of the key of each table: layers of users have columns called fid."""
NAMES = {
    "measures": Message("Pumps and barriers"),
    "blocks": Message("People who leave"),
    "shelters": Message("Shelters"),
    "routes": Message("Ways to the shelters"),
    "closures": Message("Closed roads"),
    "hits": Message("Buildings by risk class"),
    "buildings": Message("Buildings by risk class"),
    "depth": Message("Greatest depth"),
}
"""Layers of a level, the top one first."""


def save_project(
    plan: Plan, maps: PlanMaps, layouts: Sequence[QgsPrintLayout], path: str, words: PageWords, progress: Progress
) -> None:
    """Save the project of the maps with its layouts.

    Notes
    -----
    Nothing in it refers to other files, so that it can be moved and mailed. The layers are copies: a change of an
    output of the plan does not change it.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    Cancelled
    """
    project = maps.project
    _keep_layers(maps, path, progress)
    root = project.layerTreeRoot()
    for number, level in enumerate(plan.levels):
        group = root.insertGroup(0, as_name(words.say(level.level.name)))
        for name, title in NAMES.items():
            _add(group, maps.layer(number, name), words.say(title))
        group.setItemVisibilityChecked(number == len(plan.levels) - 1)
    for title, layer in zip((Message("Districts"), Message("Roads")), maps.background(), strict=True):
        _add(root, layer, words.say(title))
    for layout in layouts:
        project.layoutManager().addLayout(layout)
    project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(maps.extent(), project.crs()))
    if not project.write(path):
        raise unwritable(path, project.error())


def _keep_layers(maps: PlanMaps, path: str, progress: Progress) -> None:
    """Put the layers into a GeoPackage of the project."""
    project = maps.project
    file = maps.attached(LAYERS)
    found = [layer for layer in project.mapLayers().values() if isinstance(layer, QgsVectorLayer)]
    for number, layer in enumerate(found):
        advance(progress, number / len(found), "Keeping the layers of the plan")
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName, options.layerName = "GPKG", f"layer{number}"
        options.layerOptions = [f"FID={KEY}"]
        there = QgsVectorFileWriter.ActionOnExistingFile
        options.actionOnExistingFile = there.CreateOrOverwriteLayer if number else there.CreateOrOverwriteFile
        failed, message, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, file, project.transformContext(), options
        )
        if failed:
            raise unwritable(path, message)
        source = f"{file}|layername={options.layerName}"
        layer.setDataSource(source, layer.name(), "ogr", QgsDataProvider.ProviderOptions())


def _add(group: QgsLayerTreeGroup, layer: QgsMapLayer | None, title: str) -> None:
    """Show a layer in the tree, folded."""
    if layer is not None:
        layer.setName(as_name(title))
        group.addLayer(layer).setExpanded(False)

"""A QGIS project with a 3D view of some layers: what twin:scene3d writes.

The layers stay where they are; the project names them by relative paths. All that the view shows stands in the layer
tree: QGIS shows the layers of the map in a 3D view as soon as one of them is switched on or off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsMeshLayer,
    QgsNullSymbolRenderer,
    QgsProcessingContext,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ...core.common.errors import InputError, unwritable
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, silent
from ..kernel import layer_marks, project_entries
from ..kernel.gdal_basics import reason_in
from ..kernel.main_thread import on_main
from ..kernel.outside_text import as_name
from ..kernel.sun_place import sun_day
from .html_page import sun_time
from .project_layers import GivenLayer, opened_layer
from .project_water import show_most_water
from .scene_crs import choose_crs
from .view_document import Sun, View, keep_view
from .view_layers import OWN, ViewLayers
from .view_run import PRIVATE_BODIES, PRIVATE_GROUND, PRIVATE_STOREYS, ViewMade, ViewOptions, make_view

BACKGROUND = "#f4f3ef"
GROUND_FILE, GROUND_TABLE = "ground.gpkg", "ground"
MOMENT = "scene/moment"
"""Project entry: the date and hour of the sun, which the Scene button reads."""
ORDER = ("DEPTH", "RESULT", "BUILDINGS", "SOLIDS", "STOREYS", "UNDERGROUND", "PIPES", "TUNNELS", "TILES", "DTM")
"""Of the layer tree, the top one first."""


@dataclass(frozen=True)
class ProjectRequest:
    """What is wanted.

    Attributes
    ----------
    layers : list of GivenLayer
        By their parameters, at most one of each.
    titles : mapping of str to str
        Names of the layers in the project, by parameter, and of "BODIES" and "GROUND".
    name : str
        Of the view.
    crs : QgsCoordinateReferenceSystem
        Invalid for one of the layers'.
    start : datetime or None
        Of the sun: by the clock of the place where `is_local`, else in UTC; None for 20 January, 10:00.
    see_through : bool
    path : str
        Where the project is written, beside the place where it will be.
    """

    layers: list[GivenLayer]
    titles: Mapping[str, str]
    name: str
    crs: QgsCoordinateReferenceSystem
    start: datetime | None
    is_local: bool
    see_through: bool
    path: str


@dataclass
class ProjectMade:
    """What was written, and what the log says.

    Attributes
    ----------
    notes : list of Message
        Of what was chosen instead of the user, and what lacks.
    shown : dict of str to int
        How many of each stand in the view.
    layers : int
        Of the project.
    crs : str
    sun : Sun
    moment : datetime
        Of the sun, by the clock of the place.
    """

    notes: list[Message] = field(default_factory=list)
    shown: dict[str, int] = field(default_factory=dict)
    layers: int = 0
    crs: str = ""
    sun: Sun = field(default_factory=lambda: Sun(0.0, 0.0))
    moment: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    def lines(self) -> list[Message]:
        """What the log says of the project."""
        sun = Message(
            "Sun of {moment}: altitude {altitude:.1f}°, azimuth {azimuth:.1f}° from the north of the map.",
            moment=self.moment.strftime("%Y-%m-%d %H:%M (UTC%z)"),
            altitude=self.sun.altitude_deg,
            azimuth=self.sun.azimuth_deg % 360.0,
        )
        size = Message("{n} layers are in the project, in {crs}.", n=self.layers, crs=self.crs)
        return [size, sun]


def write_scene_project(request: ProjectRequest, context: QgsProcessingContext, progress: Progress) -> ProjectMade:
    """Write a project whose 3D view opens with it.

    Raises
    ------
    InputError
        Where nothing is given, or a layer cannot be shown in 3D.
    ResourceError
        When the file cannot be written.
    Cancelled
    """
    if not request.layers:
        raise InputError("Nothing is given that stands in 3D: choose buildings, a terrain or another layer.")
    made = ProjectMade()
    project = on_main(_new_project, progress)
    try:
        layers: dict[str, QgsMapLayer] = {}
        for number, given in enumerate(request.layers):
            advance(progress, 0.5 * number / len(request.layers), Message("Opening {parameter}", parameter=given.name))
            layers[given.name] = on_main(_opening(given, request, made.notes), progress)
        advance(progress, 0.5, Message("Making the 3D view"))
        made.crs = on_main(lambda: _place(project, layers, request, context, made), progress)
        built = on_main(lambda: _build(project, layers, request, made), progress)
        advance(progress, 0.8, Message("Writing the project"))
        on_main(lambda: _write(project, layers, built, request, made), progress)
    finally:
        on_main(lambda: project.clear(), silent)  # lets go of layers and files, whoever still holds the project
    advance(progress, 1.0)
    return made


def _new_project() -> QgsProject:
    project = QgsProject()
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    project.setBackgroundColor(QColor(BACKGROUND))
    return project


def _opening(given: GivenLayer, request: ProjectRequest, notes: list[Message]) -> Callable[[], QgsMapLayer]:
    return lambda: opened_layer(given, as_name(request.titles[given.name]), notes)


def _place(
    project: QgsProject, layers: Mapping[str, QgsMapLayer], request: ProjectRequest, context: QgsProcessingContext,
    made: ProjectMade,
) -> str:  # fmt: skip
    """Give the project its CRS and its layers."""
    ranked = [layers[name] for name in ("DTM", "TILES", *reversed(ORDER), "BUILDINGS") if name in layers]
    candidates = [(layer.crs(), layer.extent()) for layer in ranked]
    crs = choose_crs(request.crs, candidates, ranked[-1].name(), context, made.notes)
    project.setCrs(crs, True)
    run = layer_marks.new_run()
    for given in request.layers:
        if given.output:
            layer_marks.mark(layers[given.name], given.output, run)
        project.addMapLayer(layers[given.name], False)
    return str(crs.authid() or crs.description())


def _build(
    project: QgsProject, layers: Mapping[str, QgsMapLayer], request: ProjectRequest, made: ProjectMade
) -> ViewMade:
    """The view and the layer tree."""
    made.moment = _moment(project, layers, request)
    water = layers.get("RESULT")
    view = make_view(project, _as_view_layers(layers), ViewOptions(request.name, made.moment, request.see_through))
    made.notes += view.lacks
    made.shown, made.sun = view.shown, view.view.sun
    if isinstance(water, QgsMeshLayer) and (times := show_most_water(project, water)):
        view = replace(view, view=replace(view.view, times=times))
    _fill_tree(project, layers, view.view, request)
    west, south, east, north = view.view.extent
    box = QgsReferencedRectangle(QgsRectangle(west, south, east, north), project.crs())
    project.viewSettings().setDefaultViewExtent(box)
    return view


def _as_view_layers(layers: Mapping[str, QgsMapLayer]) -> ViewLayers:
    def several(*names: str) -> list[QgsMapLayer]:
        return [layers[name] for name in names if name in layers]

    return ViewLayers(
        layers.get("BUILDINGS"), layers.get("STOREYS"), several("SOLIDS"), [], several("UNDERGROUND"),
        several("PIPES", "TUNNELS"), layers.get("DTM"), layers.get("RESULT"), several("TILES"), [], several("DEPTH"),
    )  # fmt: skip


def _moment(project: QgsProject, layers: Mapping[str, QgsMapLayer], request: ProjectRequest) -> datetime:
    """Of the sun, in the time zone of the place."""
    layer = next(layers[name] for name in ("BUILDINGS", "STOREYS", "DTM", *ORDER) if name in layers)
    place = QgsCoordinateTransform(layer.crs(), project.crs(), project).transform(layer.extent().center())
    day = sun_day(project.crs(), place.x(), place.y(), datetime.now(UTC).date())
    start, offset = sun_time(request.start, request.is_local, day.longitude_deg, datetime.now(UTC).year)
    return start.astimezone(timezone(timedelta(hours=offset)))


def _fill_tree(project: QgsProject, layers: Mapping[str, QgsMapLayer], view: View, request: ProjectRequest) -> None:
    """Put the layers of the view into the tree; those in whose place others stand have no bodies of their own."""
    places = {layer.id(): name for name, layer in layers.items()}
    root = project.layerTreeRoot()
    for layer in list(project.mapLayers().values()):
        output = str(layer.customProperty(layer_marks.OUTPUT) or "")
        if not output.startswith(OWN):
            continue
        layer.setFlags(layer.flags() & ~QgsMapLayer.LayerFlag.Private)
        if output == PRIVATE_STOREYS:
            _take_place(layer, layers["STOREYS"])
            places[layer.id()] = "STOREYS"
        else:
            places[layer.id()] = "BODIES" if output == PRIVATE_BODIES else "GROUND"
            layer.setName(as_name(request.titles[places[layer.id()]]))
    double = [id_ for id_, name in places.items() if name == "STOREYS" and id_ not in view.layers]
    if list(places.values()).count("STOREYS") > 1:
        for id_ in double:
            del places[id_]
        project.removeMapLayers(double)
    rank = {name: number for number, name in enumerate((*ORDER[:4], "BODIES", *ORDER[4:], "GROUND"))}
    for layer_id, name in sorted(places.items(), key=lambda item: rank[item[1]]):
        _show(root, project.mapLayer(layer_id), name, layer_id in view.layers)


def _take_place(layer: QgsMapLayer, old: QgsMapLayer) -> None:
    """Let the storeys with the uses of their buildings be the storeys for the docks."""
    for key in (layer_marks.OUTPUT, layer_marks.RUN):
        layer.setCustomProperty(key, old.customProperty(key))


def _show(root: QgsLayerTreeGroup, layer: QgsMapLayer, name: str, is_in_view: bool) -> None:
    node = root.addLayer(layer)
    node.setExpanded(False)
    node.setItemVisibilityChecked(is_in_view or name == "BUILDINGS")
    if isinstance(layer, QgsVectorLayer):
        if not is_in_view:
            layer.setRenderer3D(None)
        if name in ("GROUND", "BODIES"):  # drawn on the map already: as terrain, as buildings
            layer.setRenderer(QgsNullSymbolRenderer())


def _write(
    project: QgsProject, layers: Mapping[str, QgsMapLayer], built: ViewMade, request: ProjectRequest, made: ProjectMade
) -> None:
    _keep_ground(project, request)
    project_entries.remember(project, MOMENT, made.moment.isoformat())
    keep_view(project, built.view, is_open=True)
    made.layers = len(project.mapLayers())
    project.setFileName(request.path)
    if not project.write(request.path):
        raise unwritable(request.path, project.error())


def _keep_ground(project: QgsProject, request: ProjectRequest) -> None:
    """Put the triangles of the see-through ground into the archive of the project: in memory they would be lost."""
    for layer in project.mapLayers().values():
        if layer.customProperty(layer_marks.OUTPUT) != PRIVATE_GROUND:
            continue
        file = project.createAttachedFile(GROUND_FILE)
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName, options.layerName = "GPKG", GROUND_TABLE
        # QGIS has made the file already, without a table.
        options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteFile
        failed, message, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, file, project.transformContext(), options
        )
        if failed != QgsVectorFileWriter.WriterError.NoError:
            raise unwritable(request.path, reason_in(message))
        renderer, shown = layer.renderer3D().clone(), layer.renderer().clone()
        layer.setDataSource(f"{file}|layername={GROUND_TABLE}", layer.name(), "ogr", False)
        layer.setRenderer(shown)
        layer.setRenderer3D(renderer)

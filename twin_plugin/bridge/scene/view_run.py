"""A 3D view of a project: layers, renderers, light, terrain and camera put together, and what lacks in words."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsExpression,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
    QgsVectorLayerUtils,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ..kernel import layer_marks
from ..kernel.sun_place import sun_day
from . import view_renderers as renderers
from .ground_layer import ground_layer
from .view_document import Sun, View
from .view_layers import OWN, ViewLayers, lying_on_ground

MARGIN = 1.15
"""The view reaches so many times as far as what stands in it."""
SEE_THROUGH = 0.35
"""Opacity of the ground where one looks below it."""
TILES_BRIGHTNESS = 3.5
"""Materials of glTF give back a third of the light that those of QGIS do (Lambert's law), and have no light of their
own: a view of nothing but 3D Tiles has stronger light."""
PRIVATE_STOREYS, PRIVATE_BODIES, PRIVATE_GROUND = f"{OWN}STOREYS", f"{OWN}BODIES", f"{OWN}GROUND"


@dataclass(frozen=True)
class ViewOptions:
    """What the user wants to see.

    Attributes
    ----------
    name : str
        Of the view.
    moment : datetime
        Of the sun, with a time zone.
    see_through : bool
        Whether the ground is see-through.
    shadows : bool
    """

    name: str
    moment: datetime
    see_through: bool = False
    shadows: bool = True


@dataclass(frozen=True)
class ViewMade:
    """A view, and what the user should know of it.

    Attributes
    ----------
    view : View
    lacks : list of Message
        What is not in the view, and how to get it.
    shown : dict of str to int
        How many of each there are: buildings, storeys, rooms, pipes, solids.
    """

    view: View
    lacks: list[Message] = field(default_factory=list)
    shown: dict[str, int] = field(default_factory=dict)


def make_view(project: QgsProject, layers: ViewLayers, options: ViewOptions) -> ViewMade:
    """Give the layers of a view their renderers, and say how the view is set.

    Hidden layers of an earlier view are replaced: one view of a project is at hand at a time.

    Raises
    ------
    InputError
        Where nothing in the project has a place.
    """
    renderers.know_3d()
    crs = _crs(project, layers)
    extent = _extent(project, layers, crs)
    remove_own_layers(project)
    lacks: list[Message] = []
    drawn, shown = _dress(project, layers, lacks)
    ground_m = _ground(layers.terrain, crs, extent, project)
    if layers.terrain is None:
        lacks.append(
            Message("No terrain: the ground is flat, at {level:.1f} m. Load an elevation raster.", level=ground_m)
        )
    if layers.water is not None:
        if not renderers.own(layers.water):
            renderers.dress_water(layers.water)
        drawn.append(layers.water)
    if options.see_through:
        ground = ground_layer(project, layers.terrain, crs, extent, ground_m)
        hide(project, ground, PRIVATE_GROUND)
        renderers.give(ground, renderers.ground(SEE_THROUGH))
        drawn.append(ground)
    draped = lying_on_ground(layers)
    sun = sun_of(crs, extent, options.moment)
    if not sun.up:
        moment = options.moment.strftime("%Y-%m-%d %H:%M")
        lacks.append(
            Message("At {moment} the sun is not up: the view has light from above, and no shadows.", moment=moment)
        )
    return ViewMade(
        View(
            options.name,
            crs,
            (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()),
            ground_m,
            [layer.id() for layer in drawn],
            [layer.id() for layer in draped],
            layers.terrain.id() if layers.terrain is not None else "",
            sun,
            ground_m,
            not options.see_through,
            options.shadows,
            brightness=TILES_BRIGHTNESS if layers.tiles and not shown["buildings"] + shown["solids"] else 1.0,
        ),
        lacks,
        shown,
    )


def remove_own_layers(project: QgsProject) -> None:
    """Take the hidden layers of a view out of a project."""
    found = project.mapLayers().values()
    project.removeMapLayers(
        [item.id() for item in found if str(item.customProperty(layer_marks.OUTPUT) or "").startswith(OWN)]
    )


def _dress(project: QgsProject, layers: ViewLayers, lacks: list[Message]) -> tuple[list[QgsMapLayer], dict[str, int]]:
    """Renderers for what stands in the view; the layers to draw, and how many features they have."""
    drawn: list[QgsMapLayer] = []
    shown = {"buildings": 0, "storeys": 0, "rooms": 0, "pipes": 0, "solids": 0}
    if layers.solids:
        for layer in layers.solids:
            _give(layer, renderers.solids(_count(layer)), "solid")
            shown["solids"] += _count(layer)
        drawn += layers.solids
    elif layers.storeys is not None:
        drawn += _storeys(project, layers, lacks)
        shown["storeys"] = _count(layers.storeys)
    elif layers.buildings is not None:
        _give(layers.buildings, renderers.buildings(_count(layers.buildings)), "building")
        drawn.append(layers.buildings)
        lacks.append(Message("No storeys: buildings stand as whole bodies. Load their models for storeys."))
    else:
        lacks.append(Message("No buildings: load models or a twin base."))
    if layers.buildings is not None:
        shown["buildings"] = _count(layers.buildings)
    for layer in layers.bodies:
        _give(layer, renderers.bodies(renderers.SCHEME, "base_elev_m", "roof_elev_m", _count(layer)))
    for layer in layers.rooms:
        _give(layer, renderers.bodies(renderers.ROOM, "bottom_elev_m", "top_elev_m", _count(layer)), "underground")
        shown["rooms"] += _count(layer)
    for layer in layers.pipes:
        _give(layer, renderers.pipes(layer))
        shown["pipes"] += _count(layer)
    for layer in layers.tiles:
        if layer.renderer3D() is None:
            renderers.give(layer, renderers.tiles())
    return [*drawn, *layers.bodies, *layers.rooms, *layers.pipes, *layers.tiles, *layers.others], shown


def _storeys(project: QgsProject, layers: ViewLayers, lacks: list[Message]) -> list[QgsMapLayer]:
    """The storeys, and the bodies of the buildings that have none."""
    table, houses = layers.storeys, layers.buildings
    if houses is None or houses.fields().indexOf("id") < 0:
        _give(table, renderers.storeys('"use"', _count(table)), "storey")
        return [table]
    if renderers.own(table, "storey"):
        result: list[QgsMapLayer] = [table]
    else:
        hidden = _hidden(project, table, PRIVATE_STOREYS)
        join = QgsVectorLayerJoinInfo()
        join.setJoinLayer(houses)
        join.setJoinFieldName("id")
        join.setTargetFieldName("building_id")
        join.setJoinFieldNamesSubset(["use"])
        join.setPrefix("building_")
        join.setUsingMemoryCache(True)
        hidden.addJoin(join)
        renderers.give(hidden, renderers.storeys('coalesce("use", "building_use")', _count(table)))
        result = [hidden]
    bare = sorted(_values(houses, "id") - _values(table, "building_id"))
    if bare:
        lacks.append(
            Message(
                "{n} of {all} buildings have no storeys, and stand as whole bodies.", n=len(bare), all=_count(houses)
            )
        )
        rest = _hidden(project, houses, PRIVATE_BODIES)
        among = ", ".join(QgsExpression.quotedValue(name) for name in bare)
        condition = f"{QgsExpression.quotedColumnRef('id')} IN ({among})"
        if houses.subsetString():
            condition = f"({houses.subsetString()}) AND {condition}"
        rest.setSubsetString(condition)
        renderers.give(rest, renderers.buildings(len(bare)))
        result.append(rest)
    return result


def _hidden(project: QgsProject, layer: QgsVectorLayer, output: str) -> QgsVectorLayer:
    """A second layer of the same table that nobody sees but the view: what it needs is not done to the user's layer."""
    copy = layer.clone()
    hide(project, copy, output)
    return copy


def hide(project: QgsProject, layer: QgsMapLayer, output: str) -> None:
    """Put a layer into the project that is in no list of layers."""
    layer.setFlags(layer.flags() | QgsMapLayer.LayerFlag.Private)
    layer_marks.mark(layer, output, layer_marks.new_run())
    project.addMapLayer(layer, False)


def _give(layer: QgsVectorLayer, renderer: object, style: str = "") -> None:
    """Give a layer a renderer, unless the user gave it one."""
    if not renderers.own(layer, style):
        renderers.give(layer, renderer)


def _values(layer: QgsVectorLayer, name: str) -> set[str]:
    values, found = QgsVectorLayerUtils.getValues(layer, QgsExpression.quotedColumnRef(name))
    return {str(value) for value in values if value} if found else set()


def _count(layer: QgsVectorLayer) -> int:
    return max(int(layer.featureCount()), 0)


def _crs(project: QgsProject, layers: ViewLayers) -> QgsCoordinateReferenceSystem:
    """The project's CRS where it is projected, else that of the terrain or of what stands there."""
    ground = [layers.terrain] if layers.terrain is not None else []
    known = [project.crs(), *(layer.crs() for layer in [*layers.standing(), *ground])]
    found = next((crs for crs in known if _is_metric(crs)), None)
    if found is None:
        raise InputError(
            "A 3D view needs a projected CRS in metres: set one for the project, such as that of its terrain."
        )
    return found


def _is_metric(crs: QgsCoordinateReferenceSystem) -> bool:
    flat = crs.isValid() and not crs.isGeographic() and crs.type() != Qgis.CrsType.Geocentric
    return flat and crs.mapUnits() == Qgis.DistanceUnit.Meters


def _extent(project: QgsProject, layers: ViewLayers, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
    """What the view covers: all that stands, else the terrain, else what is on the map."""
    ground = [layer for layer in (layers.terrain, layers.water) if layer is not None]
    for several in (layers.standing(), ground, layers.draped):
        box = QgsRectangle()
        for layer in several:
            if layer.extent().isNull():
                continue
            try:
                transform = QgsCoordinateTransform(layer.crs(), crs, project)
                box.combineExtentWith(transform.transformBoundingBox(layer.extent()))
            except QgsCsException:
                continue
        if not box.isEmpty():
            box.scale(MARGIN)
            return box
    raise InputError("Nothing in this project has a place in 3D: load buildings or a terrain first.")


def _ground(
    terrain: QgsRasterLayer | None, crs: QgsCoordinateReferenceSystem, extent: QgsRectangle, project: QgsProject
) -> float:
    """Elevation of the terrain in the middle, m; 0 without one."""
    if terrain is None:
        return 0.0
    try:
        place = QgsCoordinateTransform(crs, terrain.crs(), project).transform(QgsPointXY(extent.center()))
    except QgsCsException:
        return 0.0
    value, there = terrain.dataProvider().sample(place, 1)
    return float(value) if there and math.isfinite(value) else 0.0


def sun_of(crs: QgsCoordinateReferenceSystem, extent: QgsRectangle, moment: datetime) -> Sun:
    """The sun of a moment in the middle of the view."""
    utc = moment.astimezone(UTC)
    centre = extent.center()
    day = sun_day(crs, centre.x(), centre.y(), utc.date())
    tst = float(day.tst_h(utc.hour + utc.minute / 60.0 + utc.second / 3600.0, 0.0))
    path = day.at(tst)
    return Sun(float(path.altitude_deg[0]), float(path.azimuth_deg[0]))

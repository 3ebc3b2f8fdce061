"""Layers of loaded models: their style in 3D, storeys told apart, and ground floors checked against a terrain."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import (
    NULL,
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsExpression,
    QgsExpressionContext,
    QgsFeature,
    QgsRasterLayer,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt import sip
from shapely.geometry import box

from twin_plugin.bridge.bim import bim_layers
from twin_plugin.bridge.kernel import styles
from twin_plugin.bridge.kernel.columns import make_fields
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.bim.rows import Rows
from twin_plugin.core.bim.tables import SOLID, STOREY
from twin_plugin.core.common.grid import Grid

EPSG = QgsCoordinateReferenceSystem("EPSG:4547")


@pytest.fixture
def terrain(qgis_app, tmp_path):
    values = np.full((20, 20), 10.0, np.float32)
    values[:, 15:] = np.nan
    path = tmp_path / "terrain 地形.tif"
    write_grid(Grid(values, 500_000.0, 2_500_020.0, 1.0, "EPSG:4547"), path)
    return QgsRasterLayer(str(path), "terrain")


def rows(*floors, x=500_002.0):
    made = Rows(report=[(None, {"id": "a.ifc", "warnings": "Older."}), (None, {"id": "b.ifc", "warnings": None})])
    for number, floor in enumerate(floors):
        values = {"model_id": "ab"[number % 2] + ".ifc", "name": f"house {number}", "ground_floor_elev_m": floor}
        made.buildings.append((box(x, 2_500_002.0, x + 5, 2_500_008.0), values))
    return made


def check(made, terrain):
    return bim_layers.check_ground(made, terrain, EPSG, QgsCoordinateTransformContext())


def test_a_ground_floor_far_from_the_terrain_is_told(terrain):
    made = rows(18.1, 4.9, 14.9, None)
    told = check(made, terrain)
    assert told == [
        "a.ifc: The ground floor of house 0 at 18.10 m lies 8.1 m above the terrain: "
        "check its place, vertical datum and unit.",
        "b.ifc: The ground floor of house 1 at 4.90 m lies 5.1 m below the terrain: "
        "check its place, vertical datum and unit.",
    ]
    assert made.report[0][1]["warnings"].startswith("Older. The ground floor of house 0")
    assert made.report[1][1]["warnings"].startswith("The ground floor of house 1")


def test_off_the_terrain_and_without_a_place_nothing_is_said(terrain):
    assert check(rows(99.0, x=500_015.0), terrain) == []
    assert check(rows(99.0, x=600_000.0), terrain) == []
    made = rows(99.0)
    made.buildings[0] = (None, made.buildings[0][1])
    assert check(made, terrain) == []


def test_solids_have_a_renderer_in_3d(qgis_app):
    pytest.importorskip("qgis._3d", reason="QGIS was built without 3D")
    from qgis._3d import Qgs3D, QgsPhongMaterialSettings, QgsPolygon3DSymbol, QgsRuleBased3DRenderer

    Qgs3D.initialize()
    layer = QgsVectorLayer("MultiPolygonZ?crs=EPSG:4547", "solids", "memory")
    layer.dataProvider().addAttributes(list(make_fields(SOLID.columns)))
    layer.updateFields()
    assert styles.apply(layer, "solid")
    assert layer.renderer3D().type() == "rulebased"
    rules = sip.cast(layer.renderer3D(), QgsRuleBased3DRenderer).rootRule().children()
    named, others = ([rule for rule in rules if rule.isElse() is other] for other in (False, True))
    assert len(others) == 1
    context = QgsExpressionContext()
    colours = {}
    for name in (NULL, "IfcWall", "IfcRoof", "IfcSlab", "IfcDoor"):
        feature = QgsFeature(layer.fields())
        feature["ifc_class"] = name
        context.setFeature(feature)
        hits = [rule for rule in named if QgsExpression(rule.filterExpression()).evaluate(context)]
        assert len(hits) <= 1
        symbol = sip.cast((hits or others)[0].symbol(), QgsPolygon3DSymbol)
        assert symbol.altitudeClamping() == Qgis.AltitudeClamping.Absolute
        colours[name] = sip.cast(symbol.materialSettings(), QgsPhongMaterialSettings).diffuse().name()
    assert colours[NULL] == colours["IfcWall"]
    assert len(set(colours.values())) == 4


@pytest.mark.parametrize(
    ("number", "legend"), [(-1, "below ground"), (0, "ground floor"), (2, "above ground"), (None, "no number")]
)
def test_storeys_are_told_apart(qgis_app, number, legend):
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4547", "storeys", "memory")
    layer.dataProvider().addAttributes(list(make_fields(STOREY.columns)))
    layer.updateFields()
    assert styles.apply(layer, "storey")
    feature = QgsFeature(layer.fields())
    feature["number"] = number
    renderer, context = layer.renderer().clone(), QgsRenderContext()
    context.expressionContext().setFeature(feature)
    context.expressionContext().setFields(layer.fields())
    renderer.startRender(context, layer.fields())
    labels = {rule.ruleKey(): rule.label() for rule in renderer.rootRule().children()}
    found = [labels[key] for key in renderer.legendKeysForFeature(feature, context) if key in labels]
    renderer.stopRender(context)
    assert found == [legend]

"""The styles of what is read from models: readable forms, tips, 3D, and nothing that makes a city slow to draw."""

from __future__ import annotations

import csv
import re

import pytest
from qgis._3d import Qgs3D, QgsVectorLayer3DRenderer
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsMapLayer,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt import sip

from twin_plugin.bridge.kernel import resources, styles
from twin_plugin.bridge.kernel.columns import make_fields
from twin_plugin.core.bim.tables import BUILDING, TABLES

SPATIAL = ("building", "storey", "opening", "underground")
SQUARE = "MultiPolygon (((0 0, 12 0, 12 10, 0 10, 0 0)))"


@pytest.fixture(autouse=True)
def in_3d(qgis_app):
    """QGIS knows 3D renderers, as it does in the desktop."""
    Qgs3D.initialize()


@pytest.fixture
def styled(qgis_app):
    """A function from a table's name to an empty layer of it with its style."""

    def make(table: str) -> QgsVectorLayer:
        layer = QgsVectorLayer(f"{TABLES[table].geometry}?crs=EPSG:4547", table, "memory")
        layer.dataProvider().addAttributes(list(make_fields(TABLES[table].columns)))
        layer.updateFields()
        assert styles.apply(layer, table)
        return layer

    return make


def tip(layer: QgsVectorLayer, **values) -> str:
    feature = QgsFeature(layer.fields())
    feature.setValid(True)
    for name, value in values.items():
        feature[name] = value
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)


@pytest.mark.parametrize("table", SPATIAL)
def test_forms_have_every_field_once_under_a_name_with_its_unit(styled, table):
    layer = styled(table)
    tabs = layer.editFormConfig().tabs()
    shown = [child.name() for tab in tabs for child in tab.children()]
    assert sorted(shown) == sorted(layer.fields().names()), "each field stands in one tab"
    for index, field in enumerate(layer.fields()):
        alias = layer.attributeAlias(index)
        assert alias, field.name()
        assert "_" not in alias
        if field.name().endswith("_m2"):
            assert alias.endswith("(m²)")
        elif field.name().endswith("_m"):
            assert alias.endswith("(m)")
        locked = field.name() == "id" or field.name().endswith("_id")
        assert layer.editFormConfig().readOnly(index) or not locked, f"{field.name()} could be typed over"


def test_every_use_that_a_model_can_have_has_its_class_and_its_entry_in_the_form(styled):
    layer = styled("building")
    with (resources.RESOURCES / "tables" / "building_use.csv").open(encoding="utf-8", newline="") as stream:
        uses = {row["use"] for row in csv.DictReader(stream)}
    renderer = layer.renderer()
    context = QgsRenderContext()
    renderer.startRender(context, layer.fields())
    found = {}
    for use in (*uses, "castle", None):
        feature = QgsFeature(layer.fields())
        feature["use"] = use
        found[use] = renderer.symbolForFeature(feature, context).symbolLayer(0).fillColor().name()
    renderer.stopRender(context)
    rest = found[None]
    assert found["castle"] == rest
    assert all(found[use] != rest for use in uses), [use for use in uses if found[use] == rest]
    entries = layer.editorWidgetSetup(layer.fields().indexOf("use")).config()["map"]
    assert {value for entry in entries for value in entry.values()} == uses


@pytest.mark.parametrize("table", SPATIAL)
def test_a_map_tip_says_what_is_known_and_leaves_out_what_is_not(styled, table):
    layer = styled(table)
    known = {
        "building": {"name": "Tower & Co", "height_m": 31.2, "use": "office"},
        "storey": {"name": "B1", "elev_m": -3.5},
        "opening": {"kind": "door", "sill_elev_m": 2.419, "is_external": True},
        "underground": {"bottom_elev_m": -7.25},
    }[table]
    text = tip(layer, **known)
    assert "[%" not in text
    assert "NULL" not in text
    assert text.count("<tr>") == text.count("</tr>") > 0
    words = re.sub("<[^>]+>", " ", text)
    for value in known.values():
        if isinstance(value, float):
            assert any(f"{value:.{n}f} m" in words.replace(",", ".") for n in (1, 2)), words
    bare = re.sub("<[^>]+>", " ", tip(layer)).split()
    assert bare in ([], ["below", "ground"]), "nothing known, nothing said"


@pytest.mark.parametrize("table", SPATIAL)
def test_bodies_stand_at_their_levels_in_3d(styled, table):
    layer = styled(table)
    assert layer.renderer3D().type() == "vector"
    renderer = sip.cast(layer.renderer3D(), QgsVectorLayer3DRenderer)
    if table == "opening":
        return
    properties = renderer.symbol().dataDefinedProperties()
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt(SQUARE))
    values = {"base_elev_m": -4.0, "roof_elev_m": 20.0, "elev_m": 3.0, "height_m": 4.0}
    values |= {"top_elev_m": 0.0, "bottom_elev_m": -6.0}
    for name, value in values.items():
        if layer.fields().indexOf(name) >= 0:
            feature[name] = value
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    symbol = renderer.symbol()
    low, _ = properties.valueAsDouble(symbol.PropertyHeight, context, 99.0)
    high, _ = properties.valueAsDouble(symbol.PropertyExtrusionHeight, context, 99.0)
    expected = {"building": (-4.0, 24.0), "storey": (3.0, 3.85), "underground": (-6.0, 6.0)}[table]
    assert (low, high) == pytest.approx(expected)


def test_at_city_scale_buildings_have_no_labels_and_no_expression_to_evaluate(styled):
    layer = styled("building")
    rules = layer.labeling().rootRule().children()
    assert rules
    assert all(0 < rule.minimumScale() <= 2500 for rule in rules)
    for category in layer.renderer().categories():
        assert category.symbol().symbolLayerCount() == 1
        assert not category.symbol().symbolLayer(0).dataDefinedProperties().hasActiveProperties()
    assert layer.simplifyMethod().simplifyHints()
    for table in ("storey", "opening", "underground"):
        assert not styled(table).isInScaleRange(30_000), table


def test_a_style_saved_in_a_base_keeps_form_tip_and_3d(styled, tmp_path):
    path = tmp_path / "库 base.qml"
    styled("building").saveNamedStyle(str(path), QgsMapLayer.StyleCategory.AllStyleCategories)
    other = QgsVectorLayer("MultiPolygon?crs=EPSG:4547", "b", "memory")
    other.dataProvider().addAttributes(list(make_fields(BUILDING.columns)))
    other.updateFields()
    other.loadNamedStyle(str(path))
    assert other.renderer3D() is not None
    assert len(other.editFormConfig().tabs()) == 4
    assert "<table>" in other.mapTipTemplate()

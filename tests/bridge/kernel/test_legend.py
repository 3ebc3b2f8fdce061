"""Legends follow the user's language and leave other people's labels alone."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from qgis.core import QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from twin_plugin.bridge.kernel import legend, resources, styles

ROOT = Path(__file__).parents[3]


class Chinese(QTranslator):
    """Translates every text of the map classes and fields."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return f"中 {source}" if context in ("MapClasses", "Fields") else ""


@pytest.fixture
def chinese(qgis_app):
    translator = Chinese()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_categories_are_translated(chinese):
    layer = QgsVectorLayer("Polygon?field=risk_class:integer", "x", "memory")
    assert styles.apply(layer, "building_risk")
    told = []
    layer.legendChanged.connect(lambda: told.append(True))
    legend.translate(layer)
    assert told  # else the layer tree keeps the English ones
    assert all(category.label().startswith("中 ") for category in layer.renderer().categories())


@pytest.mark.parametrize("name", ["flood_depth", "flood_hazard"])
def test_raster_classes_are_translated(chinese, tmp_path, name):
    from osgeo import gdal

    path = str(tmp_path / "a.tif")
    gdal.GetDriverByName("GTiff").Create(path, 4, 4, 1, gdal.GDT_Float32).FlushCache()
    layer = QgsRasterLayer(path, "a")
    assert styles.apply(layer, name)
    legend.translate(layer)
    labels = [text for text, _ in layer.renderer().legendSymbologyItems() if text]
    assert labels
    assert all(text.startswith("中 ") for text in labels)


def test_names_of_fields_and_tabs_and_map_tips_are_translated(chinese):
    layer = QgsVectorLayer("Polygon?field=name:string&field=height_m:double&field=mine:string", "x", "memory")
    assert styles.apply(layer, "building")
    layer.setFieldAlias(2, "")
    legend.translate(layer)
    assert [layer.attributeAlias(index) for index in range(3)] == ["中 Name", "中 Height (m)", ""]
    assert layer.editFormConfig().tabs()[0].name().startswith("中 ")
    assert "中 height</td>" in layer.mapTipTemplate()


def test_the_names_of_all_styles_can_be_translated(qgis_app):
    found = set()
    for path in resources.style("building").parent.glob("*.qml"):
        text = path.read_text(encoding="utf-8")
        found |= {*re.findall(r'<alias name="([^"]+)"', text), *re.findall(r'padding-right:8px">([^&]+)&lt', text)}
        for element in re.findall("<attributeEditorContainer [^>]*>", text):
            found.add(re.search(' name="([^"]+)"', element)[1])
    texts = ElementTree.parse(ROOT / "i18n" / "twin_zh_CN.ts").getroot()  # noqa: S314
    fields = next(context for context in texts if context.findtext("name") == "Fields").findall("message")
    assert found == {message.findtext("source") for message in fields}, "run tools/translations.sh update"
    assert all(message.findtext("translation") for message in fields)


def test_other_labels_stay(qgis_app):
    assert legend.label("Houhai") == "Houhai"
    assert legend.label("") == ""


def test_every_label_of_a_legend_that_ships_has_a_translation():
    tree = ElementTree.parse(ROOT / "i18n" / "twin_zh_CN.ts")  # noqa: S314
    known = {
        message.findtext("source")
        for context in tree.getroot().iter("context")
        if context.findtext("name") == "MapClasses"
        for message in context.iter("message")
        if message.findtext("translation")
    }
    styles_there = (ROOT / "resources" / "styles").glob("*.qml")
    labels = {
        element.get("label")
        for path in styles_there
        for element in ElementTree.parse(path).getroot().iter()  # noqa: S314
        if element.tag in ("rule", "category", "paletteEntry", "item")
    }
    worded = {label for label in labels if label and re.search("[A-Za-z]{3}", label)}
    assert len(worded) > 100
    assert worded - known == set()

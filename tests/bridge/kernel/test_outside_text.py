"""A text from outside is drawn as it is: no expression in it is evaluated, no markup in it is drawn or loaded."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsLayerTreeLayer,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize, Qt, QUrl
from qgis.PyQt.QtGui import QTextDocument

from tests.planted import HOME, PLANTED
from twin_plugin.bridge.kernel import outside_text, resources, styles
from twin_plugin.bridge.kernel.translation import localized
from twin_plugin.core.common.errors import InputError

JOINER = "\u2060"
APART_M = 25.0
OWN_TAGS = {"div", "b", "br", "table", "tr", "td"}
READS_TEXT = tuple(
    sorted(
        path.stem
        for path in resources.style("x").parent.glob("*.qml")
        if "<layerGeometryType>" in path.read_text(encoding="utf-8")
    )
)
"""The styles of layers of features."""


class Reader(HTMLParser):
    """The text and the tags of HTML as a browser takes it."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags = "", []
        self.feed(content)
        self.close()

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_comment(self, data):
        self.tags.append("comment")


class Document(QTextDocument):
    """A document that notes what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def loadResource(self, kind: int, name: QUrl):
        self.asked.append(name.toString())


def drawn(content: str) -> tuple[str, list[str]]:
    """What Qt draws of HTML, and what it loads for it."""
    document = Document()
    document.setHtml(content)
    document.setTextWidth(300)
    assert document.size().height() > 0
    return document.toPlainText(), document.asked


@pytest.fixture
def layout(qgis_app):
    """An empty layout, with its project."""
    project = QgsProject()
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    yield layout
    del layout, project


def test_the_trap_works(layout):
    """Without care QGIS evaluates the texts, and Qt loads what they name."""
    label = QgsLayoutItemLabel(layout)
    label.setText("[%1+1%]")
    assert label.currentText() == "2"
    assert drawn("<img src='http://127.0.0.1:9/canary.png'>")[1]


@pytest.mark.parametrize("text", PLANTED)
def test_a_label_of_a_layout_shows_the_very_text(layout, text):
    label = QgsLayoutItemLabel(layout)
    label.setText(outside_text.as_template(f"terrain {text}.tif"))
    assert label.currentText() == f"terrain {text}.tif"


@pytest.mark.parametrize("text", PLANTED)
def test_a_name_is_neither_an_expression_nor_a_tag_and_looks_the_same(qgis_app, text):
    name = outside_text.as_name(text)
    assert name.replace(JOINER, "") == text
    assert QgsExpression.replaceExpressionText(name, QgsExpressionContext()) == name
    assert not Qt.mightBeRichText(name)
    assert not drawn(name)[1]
    assert set(Reader(name).tags) == set()
    assert Reader(name).text == name


def test_a_harmless_name_stays_what_it_is():
    for text in ("Tower A", "a < b [m]", "[a] 100 % & more", "深圳 · 福田"):
        assert outside_text.as_name(text) == text


def test_a_legend_draws_the_name_of_a_layer_as_it_is(layout):
    layer = QgsVectorLayer("Point?crs=EPSG:4547", outside_text.as_name(HOME), "memory")
    layout.project().addMapLayer(layer)
    legend = QgsLayoutItemLegend(layout)
    layout.addLayoutItem(legend)
    settings = legend.legendSettings()
    node: QgsLayerTreeLayer = legend.model().rootGroup().findLayers()[0]
    shown = settings.evaluateItemText(node.name(), layout.createExpressionContext())
    assert [line.replace(JOINER, "") for line in shown] == [HOME]


@pytest.mark.parametrize("text", PLANTED)
def test_html_and_tooltips_show_the_very_text(qgis_app, text):
    assert drawn(outside_text.as_html(text)) == (text, [])
    tip = outside_text.as_tip(text)
    shown = drawn(tip)[0] if Qt.mightBeRichText(tip) else tip
    assert shown == text


def test_lines_stay_lines(qgis_app):
    assert drawn(outside_text.as_html("a\n<b>")) == ("a\n<b>", [])


def planted_layer(style: str) -> QgsVectorLayer:
    """A layer in a style with a feature for each planted text, which stands in all its attributes that are texts."""
    content = resources.style(style).read_text(encoding="utf-8")
    kind = {"0": "Point", "1": "LineString", "2": "Polygon", "4": "None"}[
        re.search(r"<layerGeometryType>(\d)", content)[1]
    ]
    names = dict.fromkeys((*re.findall(r'<field [^>]*?name="(\w+)"', content), "name"))
    numbers = re.compile(r"(_m|_m2|_min|_ms|_percent|_kw|_class|storeys_\w+|value|damage|people|number|elements)$")
    fields = "".join(
        f"&field={name}:{'double' if numbers.search(name) else 'datetime' if name == 'time' else 'string'}"
        for name in names
    )
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:4547{fields}", "planted", "memory")
    assert styles.apply(layer, style)
    for place, text in enumerate(PLANTED):
        feature = QgsFeature(layer.fields())
        for field in layer.fields():
            if not field.isDateOrTime():
                feature[field.name()] = 2 if field.isNumeric() else text
        shape = {"Point": "POINT(5 5)", "LineString": "LINESTRING(0 5, 9 5)"}.get(
            kind, "POLYGON((0 0,9 0,9 9,0 9,0 0))"
        )
        if kind != "None":
            geometry = QgsGeometry.fromWkt(shape)
            geometry.translate(0, APART_M * place)
            feature.setGeometry(geometry)
        layer.dataProvider().addFeature(feature)
    return layer


def map_tips(layer: QgsVectorLayer) -> list[str]:
    """The map tips of a layer's features as QGIS makes them."""
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    found = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        found.append(QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context))
    return found


def test_the_styles_of_features_are_found():
    assert {"building", "service", "roads", "solid"} <= set(READS_TEXT)
    assert len(READS_TEXT) >= 15


@pytest.mark.parametrize("style", READS_TEXT)
def test_the_map_tip_of_a_style_shows_attributes_as_they_are(qgis_app, style):
    for text, tip in zip(PLANTED, map_tips(planted_layer(style)), strict=True):
        read = Reader(tip)
        assert set(read.tags) <= OWN_TAGS, text
        assert text in read.text, text
        assert not drawn(tip)[1]


def test_a_layer_without_a_map_tip_gets_one_that_shows_its_display_name(qgis_app):
    layer = QgsVectorLayer("Point?crs=EPSG:4547&field=name:string", "x", "memory")
    for text in PLANTED:
        feature = QgsFeature(layer.fields())
        feature["name"] = text
        layer.dataProvider().addFeature(feature)
    outside_text.give_map_tip(layer)
    tips = map_tips(layer)
    assert [html.unescape(tip) for tip in tips] == list(PLANTED)
    assert [Reader(tip).tags for tip in tips] == [[]] * len(PLANTED)


def test_labels_on_the_map_are_the_attributes_as_they_are(qgis_app):
    layer = planted_layer("building")
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(QgsRectangle(-100, -20, 100, APART_M * len(PLANTED)))
    settings.setOutputSize(QSize(1200, 1200))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    shown = [re.sub(r"\s", "", label.labelText) for label in job.takeLabelingResults().allLabels()]
    missing = [text for text in PLANTED if not any(re.sub(r"\s", "", text) in label for label in shown)]
    assert not missing, shown


def test_no_sentence_sends_a_terminal_what_it_obeys(qgis_app):
    name = "\x1b[2J\x1b]0;pwned\x07a\rb\x9b31m\u202egpj.ifc 深圳\tx\ny"
    shown = r"\x1b[2J\x1b]0;pwned\x07a\rb\x9b31m\u202egpj.ifc 深圳" + "\tx\ny"
    assert localized(name) == shown
    assert localized(InputError("The file '{name}' is empty.", name=name)) == f"The file '{shown}' is empty."

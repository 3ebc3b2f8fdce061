"""Styles beside documents: what QGIS saves is taken, what fetches, reads or never ends is refused by name."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from qgis.core import QgsExpression, QgsProperty, QgsSymbolLayer

from tests.memory_layers import memory_layer
from tests.theme_documents import theme_document, write_document
from twin_plugin.bridge.kernel import resources
from twin_plugin.bridge.themes import documents
from twin_plugin.bridge.themes.own_styles import SIZE_LIMIT, style_fault
from twin_plugin.core.common.errors import InputError

pytestmark = pytest.mark.usefixtures("qgis_app")


def style_with(folder: Path, expression: str) -> Path:
    """A style as QGIS saves it, whose colour follows an expression."""
    layer = memory_layer("Point", [("POINT(0 0)", [1.0])], ["a:double"], "points")
    symbol = layer.renderer().symbol().symbolLayer(0)
    symbol.setDataDefinedProperty(QgsSymbolLayer.Property.PropertySize, QgsProperty.fromExpression(expression))
    layer.setMapTipTemplate("<a href='https://example.org'>[% env('HOME') %]</a>")
    path = folder / "own.qml"
    message, saved = layer.saveNamedStyle(str(path))
    assert saved, message
    return path


@pytest.mark.parametrize(
    "expression",
    [
        '"a" * 2',
        'scale_linear("a", 0, 1, 2, 6)',
        "if(@map_scale > 5000, 1, 2) + @symbol_count",
        "format_number(area($geometry), 1) || ' m²'",
        "CASE WHEN \"a\" > 1 THEN darker('red', 150) END",
    ],
)
def test_styles_that_qgis_saves_are_taken(tmp_path, expression):
    assert style_fault(style_with(tmp_path, expression)) is None


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        ("env('HOME')", "env"),
        ("length(env('HOME'))", "env"),
        ("CASE WHEN 1 THEN env('HOME') END", "env"),
        ("1 IN (2, env('HOME'))", "env"),
        ("1 BETWEEN 0 AND env('HOME')", "env"),
        ("array(env('HOME'))[0]", "array"),
        ("@project_home || 'x'", "@project_home"),
        ("@user_full_name", "@user_full_name"),
        ("eval('1')", "eval"),
        ("aggregate('x', 'sum', \"a\")", "aggregate"),
        ("overlay_nearest('x', $id)", "overlay_nearest"),
        ("raster_value('x', 1, $geometry)", "raster_value"),
        ("layer_property('x', 'source')", "layer_property"),
        ("file_exists('/etc/passwd')", "file_exists"),
        ("array_foreach(generate_series(1, 1e9), 1)", "array_foreach"),
        ("lpad('a', 1000000000, 'b')", "lpad"),
        ("densify_by_count($geometry, 1000000000)", "densify_by_count"),
        ("'https://example.org/?' || \"a\"", "https://example.org"),
    ],
)
def test_what_a_style_may_not_do_is_named(tmp_path, expression, word):
    assert not QgsExpression(expression).hasParserError()
    found = style_fault(style_with(tmp_path, expression))
    assert found is not None
    assert word in found


@pytest.mark.parametrize(
    "address", ["https://example.org/a.svg", "//host/a.svg", "\\\\host\\a.svg", "/vsicurl/http://x/a.svg", "file:///a"]
)
def test_a_symbol_from_elsewhere_is_refused(tmp_path, address):
    path = style_with(tmp_path, "1")
    text = path.read_text("utf-8").replace('value="circle"', f'value="{html.escape(address)}"')
    assert address in html.unescape(text)
    path.write_text(text, "utf-8")
    assert "has the address" in style_fault(path)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "no style of QGIS"),
        (b"<a/>", "no style of QGIS"),
        (b"{}", "no style of QGIS"),
        (b'<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><qgis>&b;</qgis>', "no style of QGIS"),
        (b"<qgis>" + b"<a>" * 100 + b"</a>" * 100 + b"</qgis>", "no style of QGIS"),
        (b" " * (SIZE_LIMIT + 1), "larger than"),
    ],
)
def test_what_is_no_style_is_one_sentence(tmp_path, data, expected):
    path = tmp_path / "own.qml"
    path.write_bytes(data)
    found = style_fault(path)
    assert expected in found
    assert "\n" not in found


def test_the_fault_of_a_style_is_that_of_its_document(tmp_path):
    document = theme_document()
    document["groups"][0]["layers"][0]["style"] = "own.qml"
    path = write_document(tmp_path, document)
    style_with(tmp_path, "env('HOME')")
    with pytest.raises(InputError, match=r"'own\.json', at groups\[0\]\.layers\[0\]\.style: .*env"):
        documents.read_theme(path)
    style_with(tmp_path, '"a"')
    assert documents.read_theme(path).layers[0].style == "own.qml"


def test_nearly_all_styles_of_the_plugin_could_stand_beside_a_document():
    faults = {path.stem: style_fault(path) for path in (resources.RESOURCES / "styles").glob("*.qml")}
    refused = {name: fault for name, fault in faults.items() if fault is not None}
    assert len(refused) < len(faults) / 3, refused

"""OData, Filter Encoding and ArcGIS: what is sent says the same, and no text breaks out of its place."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import shapely
from hypothesis import HealthCheck, given, settings

from tests.core.cql2 import trees
from twin_plugin.core.cql2 import arcgis, ast, fes, like, temporal, visit
from twin_plugin.core.cql2.fes import FesCompiler, envelope
from twin_plugin.core.cql2.odata import ODataCompiler
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.cql2.split import split
from twin_plugin.core.cql2.visit import Untranslatable
from twin_plugin.core.cql2.writing import lower

many = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
FES, OGC = "http://www.opengis.net/fes/2.0", "http://www.opengis.net/ogc"
GML, GML32 = "http://www.opengis.net/gml", "http://www.opengis.net/gml/3.2"
ODATA = ODataCompiler()
_QUOTED = re.compile(r"'((?:[^']|'')*)'")


def read(text):
    return ElementTree.fromstring(text)  # noqa: S314 - written by ourselves


def held_texts(condition):
    """The texts that a condition holds, for comparison with those that arrive."""
    found = []
    for node in visit.nodes(temporal.portable(condition)):
        if isinstance(node, ast.Literal) and isinstance(node.value, str):
            found.append(node.value)
        elif isinstance(node, ast.Like) and isinstance(node.pattern, str):
            found.append(node.pattern)
    return found


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        (
            "result > 3.5 AND resultTime >= TIMESTAMP('2024-06-01T00:00:00Z')",
            "(result gt 3.5 and resultTime ge 2024-06-01T00:00:00Z)",
        ),
        ("\"Datastream/name\" = 'O''Neil'", "Datastream/name eq 'O''Neil'"),
        ("properties.x IN (1, 2)", "(properties.x eq 1 or properties.x eq 2)"),
        ("NOT (a = 1 OR b LIKE '%雨量%')", "(a ne 1 and not (substringof('雨量', b)))"),
        ("CASEI(name) LIKE CASEI('RAIN%')", "startswith(tolower(name), 'rain')"),
        ("name LIKE '%100\\%'", "endswith(name, '100%')"),
        ("S_WITHIN(geom, POINT(114.05 22.5))", "st_within(location, geography'POINT(114.05 22.5)')"),
        ("x NOT BETWEEN 1 AND 2", "(x lt 1 or x gt 2)"),
        ("T_DURING(t, INTERVAL('2024-01-01T00:00:00Z','..'))", "t gt 2024-01-01T00:00:00Z"),
        ("a / 2 > 1", "(a div 2.0) gt 1"),
    ],
)
def test_odata(text, sent):
    assert ODATA.compile_filter(parse(text)) == sent


@pytest.mark.parametrize(
    "text", ["a IS NULL", "a LIKE 'x_y%'", "a ^ 2 > 1", "area(geom) > 1", '"a b" = 1', "a / b > 1"]
)
def test_what_odata_cannot_say_remains(text):
    parts = split(parse(text + " AND ok = 1"), ODATA.compile_filter)
    assert (parts.pushed_down, parts.client_side) == (parse("ok = 1"), parse(text))
    assert parts.reasons


@many
@given(trees.conditions)
def test_texts_arrive_in_odata_as_they_are(condition):
    named = visit.with_names(condition, lambda name: re.sub(r"\W", "_", name))
    try:
        sent = ODATA.compile_filter(named)
    except Untranslatable:
        return
    arrived = [found.replace("''", "'") for found in _QUOTED.findall(re.sub(r"geography'[^']*'", "", sent))]
    outside = _QUOTED.sub("", sent)
    assert "'" not in outside
    assert re.fullmatch(r"[\w\s().,:+/-]*", outside)
    # A pattern arrives without its signs; what folds the case arrives folded.
    plain = {text for text in held_texts(named) if "%" not in text and "_" not in text and "\\" not in text}
    assert {text for text in plain if text not in arrived and lower(text) not in arrived} == set()


@many
@given(trees.conditions)
def test_texts_arrive_in_arcgis_as_they_are(condition):
    named = visit.with_names(condition, lambda name: re.sub(r"\W", "_", name))
    parts = arcgis.split_filter(named)
    where = arcgis.compile_filter(parts.pushed_down).where
    outside = _QUOTED.sub("", where)
    assert "'" not in outside
    assert "--" not in outside.replace("- -", "")
    assert re.fullmatch(r"[\w\s().,:+*/<>=-]*", outside)
    assert "\\" not in where


def test_arcgis():
    found = arcgis.compile_filter(
        parse(
            "name = '南山' AND S_WITHIN(geom, BBOX(113, 22, 114, 23)) "
            "AND T_AFTER(at, DATE('2024-06-01')) AND level <> 2"
        )
    )
    assert found.where == "name = '南山' AND at >= TIMESTAMP '2024-06-02 00:00:00' AND level <> 2"
    assert found.parameters["spatialRel"] == "esriSpatialRelContains"
    assert found.parameters["geometryType"] == "esriGeometryPolygon"
    assert '"wkid":4326' in found.parameters["geometry"]
    assert arcgis.compile_filter(None).where == "1=1"


def test_arcgis_takes_one_geometry():
    both = parse("S_INTERSECTS(geom, POINT(1 1)) AND S_INTERSECTS(geom, POINT(2 2)) AND a = 1")
    parts = arcgis.split_filter(both)
    assert parts.pushed_down == parse("S_INTERSECTS(geom, POINT(1 1)) AND a = 1")
    assert parts.client_side == parse("S_INTERSECTS(geom, POINT(2 2))")
    assert arcgis.split_filter(both, spatial=False).pushed_down == parse("a = 1")


def test_esri_rings_run_clockwise():
    holed = shapely.Polygon(shapely.box(0, 0, 9, 9).exterior, [shapely.box(2, 2, 3, 3).exterior])
    kind, given_ = arcgis.esri(holed)
    turns = [shapely.LinearRing(ring).is_ccw for ring in given_["rings"]]
    assert (kind, turns) == ("esriGeometryPolygon", [False, True])
    with pytest.raises(Untranslatable):
        arcgis.esri(shapely.GeometryCollection([shapely.Point(1, 2), shapely.box(0, 0, 1, 1)]))


@many
@given(trees.conditions)
def test_texts_arrive_in_xml_as_they_are(condition):
    named = visit.with_names(condition, lambda name: re.sub(r"\W", "_", name))
    for version, space in (("2.0", FES), ("1.1", OGC)):
        compiler = FesCompiler(version)
        parts = split(named, compiler.compile_filter)
        if parts.pushed_down is None:
            continue
        root = read(compiler.write(parts.pushed_down))
        assert root.tag == f"{{{space}}}Filter"
        assert len(root) == 1
        literals = {element.text or "" for element in root.iter(f"{{{space}}}Literal")}
        assert arriving(parts.pushed_down) <= literals


def arriving(condition):
    """The texts that should stand in the XML."""
    found = set()
    for node in visit.nodes(condition):
        if isinstance(node, ast.Like):
            folded = isinstance(node.pattern, ast.Function)
            found.add(like.plain(node.pattern.arguments[0].value if folded else node.pattern))
        elif not isinstance(node, ast.Function):
            held = [part for part in visit.children(node) if isinstance(part, ast.Literal)]
            found.update(part.value for part in held if isinstance(part.value, str))
    return found


def test_filter_encoding_two():
    compiler = FesCompiler(geometry="ms:geom")
    root = read(
        compiler.write(
            parse("3 < level AND NOT (name LIKE 'a%' AND S_INTERSECTS(geom, POINT(114 22))) AND x IS NOT NULL")
        )
    )
    assert [element.tag for element in root[0]] == [
        f"{{{FES}}}{name}" for name in ("PropertyIsGreaterThan", "Or", "Not")
    ]
    like = root.find(f".//{{{FES}}}PropertyIsLike")
    assert like.attrib == {"wildCard": "%", "singleChar": "_", "escapeChar": "\\", "matchCase": "true"}
    point = root.find(f".//{{{GML32}}}Point")
    assert point.attrib["srsName"] == "urn:ogc:def:crs:EPSG::4326"
    assert point[0].text == "22 114"
    assert root.find(f".//{{{FES}}}Intersects/{{{FES}}}ValueReference").text == "ms:geom"


def test_filter_encoding_one_one():
    compiler = FesCompiler("1.1", srs="EPSG:4326", swap=False)
    root = read(
        compiler.write(parse("S_WITHIN(geom, MULTIPOLYGON(((0 0,1 0,1 1,0 0),(0.2 0.1,0.5 0.1,0.5 0.2,0.2 0.1))))"))
    )
    assert [element.tag for element in root.iter() if GML in element.tag][:3] == [
        f"{{{GML}}}MultiSurface",
        f"{{{GML}}}surfaceMember",
        f"{{{GML}}}Polygon",
    ]
    assert root.find(f".//{{{GML}}}exterior//{{{GML}}}posList").text == "0 0 1 0 1 1 0 0"
    assert root.find(f".//{{{OGC}}}PropertyName").text == "geometry"
    assert not any("id" in element.attrib for element in root.iter())


def test_meeting_several_is_meeting_one_of_them():
    condition = parse("S_INTERSECTS(geom, MULTIPOINT((1 2),(3 4)))")
    root = read(FesCompiler(swap=False).write(condition))
    assert [element.text for element in root.iter(f"{{{GML32}}}pos")] == ["1 2", "3 4"]
    assert root[0].tag == f"{{{FES}}}Or"


def test_a_server_s_own_relations_count():
    parts = split(
        parse("S_TOUCHES(geom, POINT(1 2)) AND a = 1"), FesCompiler(spatial=frozenset({"intersects"})).compile_filter
    )
    assert parts.client_side == parse("S_TOUCHES(geom, POINT(1 2))")


def test_box_element():
    box = envelope(FesCompiler(), 113.0, 22.0, 114.5, 23.0)
    assert [element.text for element in box.iter() if element.tag.endswith("Corner")] == ["22 113", "23 114.5"]
    assert "xmlns:fes" in fes.text(box)


@pytest.mark.parametrize("name", ["a b", "a[1]", "a' or '1", "//a", "a/..", "@x", "a|b", "f(x)", "a:b:c"])
def test_names_that_are_more_than_names_are_not_sent(name):
    condition = ast.Comparison(ast.Compare.EQUAL, ast.Property(name), ast.Literal(1))
    for compile_ in (FesCompiler().compile_filter, arcgis.compile_filter):
        with pytest.raises(Untranslatable):
            compile_(condition)
    if name != "@x":
        with pytest.raises(Untranslatable):
            ODATA.compile_filter(condition)


def test_control_characters_are_not_sent_in_xml():
    for text in ("a\x01b", "a\x00", "a\rb", "\ud800"):
        with pytest.raises(Untranslatable):
            FesCompiler().compile_filter(ast.Comparison(ast.Compare.EQUAL, ast.Property("a"), ast.Literal(text)))

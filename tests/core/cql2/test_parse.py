"""CQL2 text: the forms of the standard's examples, precedence, Chinese, and what cannot be read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import shapely

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.cql2 import wkt
from twin_plugin.core.cql2.ast import (
    And,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Function,
    In,
    Interval,
    IsNull,
    Like,
    Literal,
    Not,
    Or,
    Property,
    Shape,
    Spatial,
    SpatialRelation,
    Sum,
    Temporal,
    TemporalRelation,
    Truth,
)
from twin_plugin.core.cql2.cql2 import to_text
from twin_plugin.core.cql2.lexer import LENGTH_LIMIT
from twin_plugin.core.cql2.parse import NESTING_LIMIT, parse


def equal(name, value):
    return Comparison(Compare.EQUAL, Property(name), Literal(value))


def instant(*parts):
    return Literal(datetime(*parts, tzinfo=UTC))


# The forms of the examples in the standard's schema folder, each with what it means.
FORMS = {
    "city='Toronto'": equal("city", "Toronto"),
    "swimming_pool = true": equal("swimming_pool", True),
    "eo:cloud_cover=0.1 OR eo:cloud_cover=0.2": Or((equal("eo:cloud_cover", 0.1), equal("eo:cloud_cover", 0.2))),
    "landsat:wrs_row=28": equal("landsat:wrs_row", 28),
    "avg(windSpeed) < 4": Comparison(Compare.LESS, Function("avg", (Property("windSpeed"),)), Literal(4)),
    "balance-150.0 > 0": Comparison(
        Compare.GREATER, Arithmetic(Sum.SUBTRACT, Property("balance"), Literal(150.0)), Literal(0)
    ),
    "vehicle_height > (bridge_clearance-1)": Comparison(
        Compare.GREATER, Property("vehicle_height"), Arithmetic(Sum.SUBTRACT, Property("bridge_clearance"), Literal(1))
    ),
    "updated >= date('1970-01-01')": Comparison(Compare.GREATER_EQUAL, Property("updated"), Literal(date(1970, 1, 1))),
    "geometry IS NOT NULL": IsNull(Property("geometry"), negated=True),
    "name LIKE 'Smith%'": Like(Property("name"), "Smith%"),
    "owner NOT LIKE '%Mike%'": Like(Property("owner"), "%Mike%", negated=True),
    "depth BETWEEN 100.0 and 150.0": Between(Property("depth"), Literal(100.0), Literal(150.0)),
    "value NOT BETWEEN 10 AND 20": Between(Property("value"), Literal(10), Literal(20), negated=True),
    "category NOT IN (1,2)": In(Property("category"), (Literal(1), Literal(2)), negated=True),
    "CASEI(road_class) IN (CASEI('Οδος'),CASEI('Straße'))": In(
        Function("CASEI", (Property("road_class"),)),
        (Function("CASEI", (Literal("Οδος"),)), Function("CASEI", (Literal("Straße"),))),
    ),
    "CASEI(geophys:SURVEY_NAME) LIKE CASEI('%calcutta%')": Like(
        Function("CASEI", (Property("geophys:SURVEY_NAME"),)), Function("CASEI", (Literal("%calcutta%"),))
    ),
    "ACCENTI(etat_vol) = ACCENTI('débárquér')": Comparison(
        Compare.EQUAL, Function("ACCENTI", (Property("etat_vol"),)), Function("ACCENTI", (Literal("débárquér"),))
    ),
    "S_INTERSECTS(geometry,POINT(36.319836 32.288087))": SpatialRelation(
        Spatial.INTERSECTS, Property("geometry"), Shape(shapely.Point(36.319836, 32.288087))
    ),
    "S_WITHIN(location,BBOX(-118,33.8,-117.9,34))": SpatialRelation(
        Spatial.WITHIN, Property("location"), Shape(shapely.box(-118, 33.8, -117.9, 34))
    ),
    'S_INTERSECTS("geometry", BBOX(-128.1, -1.1, -99999.0, 180.0, 90.0, 100000.0))': SpatialRelation(
        Spatial.INTERSECTS, Property("geometry"), Shape(shapely.box(-128.1, -1.1, 180, 90))
    ),
    "S_WITHIN(road,Buffer(geometry,10,'m'))": SpatialRelation(
        Spatial.WITHIN,
        Property("road"),
        Function("Buffer", (Property("geometry"), Literal(10), Literal("m"))),
    ),
    "S_EQUALS(MULTIPOINT((180.0 -0.5),(179 -47.1)), g)": SpatialRelation(
        Spatial.EQUALS, Shape(shapely.MultiPoint([(180, -0.5), (179, -47.1)])), Property("g")
    ),
    "T_BEFORE(built, DATE('2015-01-01'))": TemporalRelation(
        Temporal.BEFORE, Property("built"), Literal(date(2015, 1, 1))
    ),
    "T_INTERSECTS(event_time, INTERVAL('1969-07-16T05:32:00Z', '1969-07-24T16:50:35Z'))": TemporalRelation(
        Temporal.INTERSECTS,
        Property("event_time"),
        Interval(instant(1969, 7, 16, 5, 32), instant(1969, 7, 24, 16, 50, 35)),
    ),
    "T_DISJOINT(INTERVAL('..', '2005-01-10T01:01:01.393216Z'), INTERVAL(starts_at, ends_at))": TemporalRelation(
        Temporal.DISJOINT,
        Interval(None, instant(2005, 1, 10, 1, 1, 1, 393216)),
        Interval(Property("starts_at"), Property("ends_at")),
    ),
    'value = - foo * 2.0 + "bar" / 6.1234 - "x" ^ 2.0': Comparison(
        Compare.EQUAL,
        Property("value"),
        Arithmetic(
            Sum.SUBTRACT,
            Arithmetic(
                Sum.ADD,
                Arithmetic(Sum.MULTIPLY, Arithmetic(Sum.MULTIPLY, Literal(-1), Property("foo")), Literal(2.0)),
                Arithmetic(Sum.DIVIDE, Property("bar"), Literal(6.1234)),
            ),
            Arithmetic(Sum.POWER, Property("x"), Literal(2.0)),
        ),
    ),
    '1 = ("foo" div 2)': Comparison(
        Compare.EQUAL, Literal(1), Arithmetic(Sum.INTEGER_DIVIDE, Property("foo"), Literal(2))
    ),
    'Foo("geometry") = TRUE': Comparison(Compare.EQUAL, Function("Foo", (Property("geometry"),)), Literal(value=True)),
    "TRUE = S_WITHIN(g, POINT(1 2))": SpatialRelation(Spatial.WITHIN, Property("g"), Shape(shapely.Point(1, 2))),
    "S_WITHIN(g, POINT(1 2)) = FALSE": Not(SpatialRelation(Spatial.WITHIN, Property("g"), Shape(shapely.Point(1, 2)))),
    "a = 1 OR b = 2 AND NOT c = 3": Or((equal("a", 1), And((equal("b", 2), Not(equal("c", 3)))))),
    "(a = 1 OR b = 2) AND c = 3": And((Or((equal("a", 1), equal("b", 2))), equal("c", 3))),
    "2 ^ 3 ^ a = -1.5e3": Comparison(
        Compare.EQUAL,
        Arithmetic(Sum.POWER, Literal(2), Arithmetic(Sum.POWER, Literal(3), Property("a"))),
        Literal(-1500.0),
    ),
    "区 = '南山' and 街道.名称 <> '粤海'": And(
        (equal("区", "南山"), Comparison(Compare.NOT_EQUAL, Property("街道.名称"), Literal("粤海")))
    ),
    "\"a \"\"b\" = 'it''s' and c = 'it\\'s'": And((equal('a "b', "it's"), equal("c", "it's"))),
    "closed": Truth(Property("closed")),
    "TRUE": Truth(Literal(value=True)),
    "point = 1 AND date = 2": And((equal("point", 1), equal("date", 2))),
    "at = TIMESTAMP('2024-06-01T08:00:00+08:00')": Comparison(
        Compare.EQUAL, Property("at"), instant(2024, 6, 1, 0, 0, 0)
    ),
}


@pytest.mark.parametrize("text", FORMS)
def test_forms_of_the_standard(text):
    assert repr(parse(text)) == repr(FORMS[text])
    assert parse(to_text(FORMS[text])) == FORMS[text]


@pytest.mark.parametrize("word", ["and", "AND", "And"])
def test_keywords_in_any_case(word):
    assert parse(f"a = 1 {word} b = 2") == And((equal("a", 1), equal("b", 2)))


def test_white_space_does_not_count():
    assert parse("a\n=\t1  AND\r\nb=2") == parse("a=1 AND b=2")


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("", None, "empty"),
        ("level >", 8, "a value or a condition"),
        ("level > 3 level", 11, "AND, OR or the end"),
        ("name = 'x", 8, "no closing quotation mark"),
        ('"name = 3', 1, "no closing quotation mark"),
        ("level > 3)", 10, "AND, OR or the end"),
        ("(level > 3", 11, "an operator or “[)]”"),
        ("level BETWEEN 1 OR 3", 17, "AND and the upper end"),
        ("level IN ()", 11, "a value"),
        ("level IS 3", 10, "NULL"),
        ("level NOT 3", 11, "LIKE, BETWEEN or IN"),
        ("level", None, None),
        ("3", 2, "a comparison"),
        ("name LIKE 3", 11, "a pattern in single quotes"),
        ("level = ;", 9, "a name, a value or an operator"),
        ("at > DATE('2024-13-01')", 11, "a time such as '2024-06-01'"),
        ("at > TIMESTAMP('2024-06-01')", 16, "a time such as '2024-06-01T08:00:00Z'"),
        ("T_AFTER(at, 3)", 1, "DATE, TIMESTAMP, INTERVAL"),
        ("T_AFTER(at, INTERVAL('2024-02-01','2024-01-01'))", 22, "ends before it starts"),
        ("S_WITHIN(g, 3)", 1, "a geometry"),
        ("S_WITHIN(g)", 1, "two arguments"),
        ("S_WITHIN(g, POLYGON((0 0,1 0,1 1)))", 13, "geometry cannot be read"),
        ("S_WITHIN(g, POINT(1 nan))", 13, "geometry cannot be read"),
        ("S_WITHIN(g, BBOX(1,4,3,2))", 13, "south above its north"),
        ("S_WITHIN(g, BBOX(1,4,3))", 13, "west, south, east and north"),
        ("A_CONTAINS(ids, ids)", 1, "arrays"),
        ("(a = 1) = b", 1, "TRUE or FALSE"),
        ("(a = 1) + 1 = 2", 1, "a value was expected"),
        ("a = 1e999", 5, "1.8e308"),
        ("CASEI(name)", 12, "a comparison"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text, position, expected):
    if expected is None:
        parse(text)
        return
    with pytest.raises(InputError, match=expected) as caught:
        parse(text)
    if position:
        assert f"character {position}," in str(caught.value)


def test_limits():
    deep = NESTING_LIMIT - 1
    parse("(" * deep + "a = 1" + ")" * deep)
    for text in ("(" * 5000 + "a=1" + ")" * 5000, "NOT " * 5000 + "a=1", "a=" + "-" * 5000 + "b", "a=" + "(" * 5000):
        with pytest.raises(InputError, match="deep"):
            parse(text)
    with pytest.raises(InputError, match="in a row"):
        parse("a = " + "+".join("b" for _ in range(1000)))
    with pytest.raises(InputError, match="at most"):
        parse("a = '" + "x" * LENGTH_LIMIT + "'")
    with pytest.raises(InputError, match="too large"):
        parse(" OR ".join(f"a={number}" for number in range(10_000)))
    assert len(parse(" OR ".join(f"a={number}" for number in range(3000))).conditions) == 3000


def test_a_box_over_the_180th_meridian_is_two():
    found = parse("S_INTERSECTS(g, BBOX(170, -10, -170, 10))").right.geometry
    assert found.area == pytest.approx(20 * 20)
    assert found.intersects(shapely.Point(-175, 0))
    assert not found.intersects(shapely.Point(0, 0))


@pytest.mark.parametrize(("points", "fits"), [(99_999, True), (100_000, False)])
def test_a_geometry_has_at_most_100_000_brackets(points, fits):
    text = f"MULTIPOINT ({','.join(['(1 2)'] * points)})"
    if fits:
        assert shapely.get_num_geometries(wkt.read(text)) == points
    else:
        with pytest.raises(ValueError, match="nested too deeply"):
            wkt.read(text)

"""Expressions of documents: what is allowed gives what QGIS gives, whatever else is refused with its name."""

import itertools

import pytest
from qgis.core import QgsExpression, QgsExpressionFunction

from twin_plugin.bridge.kernel.limited_expressions import (
    CALLS_LIMIT,
    DEPTH_LIMIT,
    FUNCTIONS,
    LENGTH_LIMIT,
    check,
    fault,
)
from twin_plugin.core.common.errors import InputError

pytestmark = pytest.mark.usefixtures("qgis_app")

ALLOWED = [
    '"level_m" > 1.5',
    "level_m + 1 >= 2 AND NOT (state = 'off') OR state IS NULL",
    "CASE WHEN a > 1 THEN 'high' WHEN a = 1 THEN 'one' ELSE 'low' END",
    "CASE WHEN a > 1 THEN 2 END",
    "coalesce(a, 0) * 1000 // 3 % 7 ^ 2",
    "a BETWEEN 1 AND 2 AND b NOT IN (1, 2, 3)",
    "if(strpos(\"名称\", '泵') > 0, round(a, 2), NULL)",
    "area($geometry) / 10000",
    "lower(trim(name)) || 'x'",
    "to_datetime(\"time\") < to_datetime('2026-01-01T00:00:00')",
    "max(a, b, 3) - -1",
]
REFUSED = {
    "@project_home": "variables",
    '"a" > @my_key': "variables",
    "var('project_home')": "variables",
    "env('HOME')": "'env'",
    "eval('1+1')": "'eval'",
    "evaluate('1')": "not known",
    "aggregate('layer', 'sum', \"a\")": "'aggregate'",
    "sum(a)": "'sum'",
    "layer_property('x', 'source')": "'layer_property'",
    "raster_value('dtm', 1, make_point(1, 1))": "'raster_value'",
    "array_foreach(generate_series(1, 1000000000), @element)": "'array_foreach'",
    "generate_series(1, 1e9)": "'generate_series'",
    "repeat('a', 1000000000)": "",
    "lpad('a', 1000000000, 'b')": "'lpad'",
    "replace(replace('aaaa', 'a', 'aaaa'), 'a', 'aaaa')": "'replace'",
    "regexp_match(name, '(a+)+$')": "'regexp_match'",
    "name ~ '(a+)+$'": "~",
    "name LIKE '%a%a%a%a%'": "LIKE",
    "name NOT ILIKE '%a%'": "NOT ILIKE",
    "file_exists('/etc/passwd')": "'file_exists'",
    "load_layer('/etc/passwd', 'ogr')": "'load_layer'",
    "represent_value(a)": "'represent_value'",
    "get_feature_by_id('x', 1)": "'get_feature_by_id'",
    "with_variable('a', 1, 2)": "'with_variable'",
    "exif('/etc/x.jpg')": "'exif'",
    "now()": "'now'",
    "rand(1, 2)": "'rand'",
    "$area": "'$area'",
    "array(1)[0]": "lists and maps",
    "a + CASE WHEN 1 THEN env('HOME') END": "'env'",
    "a IN (1, 2, env('HOME'))": "'env'",
    "env('HOME') IN (1)": "'env'",
    "a BETWEEN 1 AND length(env('HOME'))": "'env'",
    "NOT coalesce(NULL, if(1, 2, env('HOME')))": "'env'",
    "round(value:=env('HOME'))": "'env'",
    "ENV('HOME')": "'env'",
    "a = 1 -- AND b": "'--'",
    "a /* x */ = 1": "'/*'",
    r"name = 'a\' OR 1=1'": "'\\'",
    "a = 1; DROP TABLE x": "';'",
    "a = 'x\ty\x01'": r"\x01",
    '"a""b" = 1': "quotes",
    " Select - 1": "SELECT",
    "a = ": "cannot be parsed",
    "[% 1 %]": "cannot be parsed",
    "": "empty",
    "   ": "empty",
}


@pytest.mark.parametrize("text", ALLOWED)
def test_what_is_allowed(text):
    assert fault(text) is None
    check(text)
    assert not QgsExpression(text).hasParserError()


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_is_named(text):
    found = fault(text)
    assert found is not None
    assert REFUSED[text] in found
    with pytest.raises(InputError, match="cannot be used"):
        check(text)


def test_every_other_function_of_qgis_is_refused():
    others = [f for f in QgsExpression.Functions() if f.name() not in FUNCTIONS]
    assert len(others) > 300
    for function in (f for f in others if f.name() not in ("$x_at", "$y_at")):  # fields without brackets
        arguments = ", ".join(["1"] * max(function.params(), function.minParams(), 0))
        text = function.name() if function.name().startswith("$") else f"{function.name()}({arguments})"
        assert fault(text) is not None, text


class Foreign(QgsExpressionFunction):
    """A function that another plugin registers."""

    def __init__(self, name):
        super().__init__(name, 1, "Other")

    def func(self, values, context, parent, node):
        return 5


def test_a_function_that_a_plugin_registers_is_refused_and_replaces_none():
    stranger, shadow = Foreign("stranger"), Foreign("abs")
    assert QgsExpression.registerFunction(stranger)
    try:
        assert not QgsExpression.registerFunction(shadow)
        assert "'stranger'" in fault("stranger(-1)")
        assert fault("abs(-1)") is None
        assert QgsExpression("abs(-1)").evaluate() == 1
    finally:
        QgsExpression.unregisterFunction("stranger")


def test_length_and_depth_are_limited_and_deep_ones_do_not_crash():
    assert "characters" in fault("1" * (LENGTH_LIMIT + 1))
    assert "deeper" in fault("1" + "+1" * DEPTH_LIMIT)
    assert "deeper" in fault("NOT " * (LENGTH_LIMIT // 4 - 1) + "1")
    assert fault("(" * 400 + "1" + ")" * 400) is None  # brackets are no nodes


def test_fields_are_those_of_the_layer_in_any_case():
    assert fault('"Level_M" > 1', ["level_m"]) is None
    assert "'depth'" in fault('"depth" > 1', ["level_m"])
    assert "level_m" in fault('"depth" > 1', ["level_m"])


EXTREMES = ["-1", "2147483647", "-2147483648", "1e308", "'x'", "NULL", "''", "'9999999-01-01'"]


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if not name.startswith("$")])
def test_no_function_makes_much_of_little(name):
    for count in range(4):
        for arguments in itertools.product(EXTREMES, repeat=count):
            expression = QgsExpression(f"{name}({', '.join(arguments)})")
            if expression.hasParserError():
                break  # so many arguments it does not take
            assert len(str(expression.evaluate())) < 1000


@pytest.mark.parametrize("call", ["if(1,", "abs(", "nullif(1,", "round("])
def test_calls_within_calls_are_refused_before_qgis_parses_them(call):
    """QGIS parses such calls twice for each level: with 30 levels it would not come back within an hour."""
    assert "deeper" in fault(call * 30 + "1" + (",1)" if call == "if(1," else ")") * 30)
    assert fault("abs(" * CALLS_LIMIT + "1" + ")" * CALLS_LIMIT) is None
    assert fault(f'"a" = \'{"(" * 30}\' AND "{"(" * 30}" = 1') is None

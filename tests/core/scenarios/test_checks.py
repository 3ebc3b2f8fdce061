"""Checks hold or fail, and fail where a measure has no value."""

from __future__ import annotations

import math

import pytest

from twin_plugin.core.scenarios.checks import judge, names_in
from twin_plugin.core.scenarios.scenario import Check

MEASURES = {"all": 10.0, "open": 7.0, "closed": 3.0, "none": math.nan, "error": 2e-7}


@pytest.mark.parametrize(
    ("left", "relation", "right", "tolerance", "holds"),
    [
        ("open + closed", "=", "all", 0, True),
        ("open + closed", "=", 9, 0.5, False),
        ("open + closed", "=", 9.5, 0.5, True),
        ("open", "<", "open", 0, False),
        ("open", "<=", "open", 0, True),
        ("open", ">", "open", 0, False),
        ("open", ">=", "closed * 2", 0, True),
        ("error", "<=", 1e-6, 0, True),
        ("none", "<=", 1e9, 0, False),
        ("none", "=", "none", 1, False),
        ("open / (all - 10)", "<", 1, 0, False),
        ("-open", "<", 0, 0, True),
        ("missing", ">", 0, 0, False),
    ],
)
def test_a_check(left, relation, right, tolerance, holds):
    assert judge(Check(left, relation, right, {}, tolerance), MEASURES).holds is holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.b",
        "f(1)",
        "a ** 9",
        "[1]",
        "'a'",
        "a if b else c",
        "lambda: 1",
        "True",
        "a @ b",
        "(" * 300,
        "a" * 600,
        "a; b",
        "9**9**9",
    ],
)
def test_what_is_no_sum_of_measures_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        names_in(text)

"""CSV tables: what counts as a comment, and that no row is lost without a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin_plugin.core.common.csv_table import guarded, plain_cell, read_rows
from twin_plugin.core.common.errors import InputError


def test_comments_stand_before_the_header_only(tmp_path):
    path = tmp_path / "words 词.csv"
    path.write_text("# source\n# and year\nword,code\n#1 pump,C01\n路,C02\n", "utf-8-sig")
    assert read_rows(path, ("word", "code")) == [{"word": "#1 pump", "code": "C01"}, {"word": "路", "code": "C02"}]


def test_too_many_rows_are_refused_not_cut(tmp_path):
    path = tmp_path / "curves.csv"
    path.write_text("sector\n" + "home\n" * 20_000, "utf-8")
    assert len(read_rows(path, ("sector",))) == 20_000
    path.write_text("sector\n" + "home\n" * 20_001, "utf-8")
    with pytest.raises(InputError, match="more than 20,000 rows"):
        read_rows(path, ("sector",))


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "+86 755", "'=1"]
)
def test_a_formula_becomes_a_text(text):
    assert guarded(text) == f"'{text}"
    assert plain_cell(f"'{text}") == text


@pytest.mark.parametrize("text", ["-5", "+3.25", "-1e-3", "", "5", "a=b", "深圳", "a'b", " =1"])
def test_a_number_and_what_is_no_formula_stay(text):
    assert guarded(text) == text


@given(st.text(alphabet="=+-@'\t\r\n＝ 0159.eEaA深", max_size=6))
def test_no_text_is_lost_and_none_begins_like_a_formula(text):
    cell = guarded(text)
    assert plain_cell(cell) == text
    if cell and cell[0] in "=+-@\t\r\n＝":
        assert float(cell) == float(cell)

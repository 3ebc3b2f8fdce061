"""CSV tables: what counts as a comment, and that no row is lost without a word."""

from __future__ import annotations

import pytest

from twin_plugin.core.common.csv_table import ROWS_LIMIT, read_rows
from twin_plugin.core.common.errors import InputError


def test_comments_stand_before_the_header_only(tmp_path):
    path = tmp_path / "words 词.csv"
    path.write_text("# source\n# and year\nword,code\n#1 pump,C01\n路,C02\n", "utf-8-sig")
    assert read_rows(path, ("word", "code")) == [{"word": "#1 pump", "code": "C01"}, {"word": "路", "code": "C02"}]


def test_too_many_rows_are_refused_not_cut(tmp_path):
    path = tmp_path / "curves.csv"
    path.write_text("sector\n" + "home\n" * ROWS_LIMIT, "utf-8")
    assert len(read_rows(path, ("sector",))) == ROWS_LIMIT
    path.write_text("sector\n" + "home\n" * (ROWS_LIMIT + 1), "utf-8")
    with pytest.raises(InputError, match="more than 20,000 rows"):
        read_rows(path, ("sector",))

"""The encoding of text files that do not say it."""

from __future__ import annotations

import pytest

from twin_plugin.core.common.encoding_guess import encoding_of_file


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("use,n\nhouse,1\n", "ascii", "utf-8"),
        ("use,n\n住宅,1\n商业,2\n", "utf-8", "utf-8"),
        ("use,n\n住宅,1\n", "utf-8-sig", "utf-8-sig"),
        ("use,n\n住宅,1\n商业,2\n", "gbk", "gb18030"),
        ("use,n\n住宅,1\n", "utf-16", "utf-16"),
        ("use,n\nbâtiment résidentiel,1\nécole,2\n", "latin-1", "latin-1"),
        ("use,n\nжилой дом,1\nшкола,2\n", "cp1251", "cp1251"),
    ],
)
def test_a_file_is_read_in_its_encoding(tmp_path, text, encoding, found):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    assert encoding_of_file(path) == found
    assert path.read_bytes().decode(encoding_of_file(path)) == text


def test_a_few_stray_lines_do_not_make_a_file_of_utf8_another(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes("住宅\n".encode() * 100 + "商业\n".encode("gbk"))
    assert encoding_of_file(path) == "utf-8"
    path.write_bytes("住宅\n".encode() + "商业\n".encode("gbk") * 2500)
    assert encoding_of_file(path) == "gb18030"

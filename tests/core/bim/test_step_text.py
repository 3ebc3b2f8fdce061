"""Texts that a parser would lose silently: marks before the start, stray comments, blanks, other formats, zips."""

from __future__ import annotations

import gzip
import re
import zipfile

import pytest

from twin_plugin.core.bim.load import LoadRequest, load
from twin_plugin.core.bim.model import ReadStatus
from twin_plugin.core.bim.source import open_model
from twin_plugin.core.bim.step_text import records, without_blanks, without_comments


@pytest.fixture
def text(house, tmp_path):
    """The bytes of a house whose name is not ASCII, written as UTF-8."""
    return house().write(tmp_path / "plain.ifc").read_bytes().replace(b"'House 1'", "'Bäckerei'".encode())


@pytest.fixture
def reread(tmp_path, read):
    def run(data, name="changed.ifc"):
        path = tmp_path / name
        path.write_bytes(data)
        return read(path)

    return run


def area(report):
    (building,) = report.buildings
    return building.footprint_area_m2


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b"\r\n\n ", b"\xef\xbb\xbf\xef\xbb\xbf", b"/* made by a program */\n", b"\0\0"]
)
def test_what_stands_before_the_start_does_not_matter(text, reread, before):
    report = reread(before + text)
    assert report.status is ReadStatus.OK
    assert area(report) == pytest.approx(80.0, abs=0.1)
    assert report.buildings[0].name == "Bäckerei"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_is_read(text, reread, encoding):
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    report = reread(mark + text.decode().encode(encoding))
    assert area(report) == pytest.approx(80.0, abs=0.1)
    assert report.buildings[0].name == "Bäckerei"


def after(data, record, insert):
    """The text with something behind the record of this number in file order."""
    ends = [match.end() for match in re.finditer(rb";\n", data)]
    return data[: ends[record]] + insert + data[ends[record] :]


@pytest.mark.parametrize("insert", [b"\t*//*\n", b"/*\n", b"*/\n"])
@pytest.mark.parametrize("record", [8, 20, -5])
def test_a_stray_comment_mark_loses_no_record(text, reread, insert, record):
    report = reread(after(text, record, insert))
    assert area(report) == pytest.approx(80.0, abs=0.1)
    assert "comments_repaired" in [warning.code for warning in report.warnings]


def test_several_stray_marks_lose_no_record(text, reread):
    damaged = after(after(after(text, 60, b"/* a note */\n"), 30, b"*//*\n"), 10, b"*//*\n")
    assert area(reread(damaged)) == pytest.approx(80.0, abs=0.1)


def test_comments_are_no_damage(text, reread):
    written = after(after(text, 20, b"/* it's #1=IFCWALL($); */\n"), 40, b"/* */")
    report = reread(written)
    assert area(report) == pytest.approx(80.0, abs=0.1)
    assert "comments_repaired" not in [warning.code for warning in report.warnings]
    assert without_comments(b"'/*' /* ' */ '*/' /* */") == (b"'/*'         '*/'      ", 0)
    left_out = b"DATA;#1=IFCWALL($);/* #2=IFCWALL($);\n#3=IFCWALL($); */#4=IFCWALL($);"
    assert set(records(without_comments(left_out)[0])) == {1, 4}


def test_records_of_classes_that_the_schema_lacks_are_counted(text, reread):
    report = reread(after(text, 20, b"#900001=IFCFOO(#1,$);\n#900002=IFCPRESENTATIONSTYLEASSIGNMENT(());\n"))
    assert report.status is ReadStatus.OK
    assert {w.code: w for w in report.warnings}["classes_unknown"].values == {"count": 1, "classes": "IFCFOO"}


@pytest.mark.parametrize("trimmed", [True, False])
def test_a_record_whose_brackets_do_not_match_costs_that_record(text, tmp_path, trimmed):
    path = tmp_path / "brackets.ifc"
    path.write_bytes(after(text, 20, b"#900001=IFCDIRECTION((0.,0.,1.);\n"))
    opened = open_model(path, trimmed=trimmed)
    assert len(opened.file.by_type("IfcWall")) == 4
    assert opened.complete is trimmed
    codes = [warning.code for warning in opened.warnings]
    assert codes == ["texts_recoded"] + ([] if trimmed else ["statements_left_out"])


def test_a_loss_of_records_makes_the_model_partial(text, tmp_path, monkeypatch):
    monkeypatch.setattr("twin_plugin.core.bim.source.without_unbalanced", lambda data: (data, 0))
    path = tmp_path / "brackets.ifc"
    path.write_bytes(after(text, 20, b"#900001=IFCDIRECTION((0.,0.,1.);\n"))
    opened = open_model(path)
    (warning,) = (w for w in opened.warnings if w.code == "records_lost")
    assert not opened.complete
    assert warning.values["read"] < warning.values["written"] == len(records(text)) + 1


def test_blanks_and_line_ends_in_records_change_nothing(text, reread):
    begin = text.index(b"DATA;") + 5
    spaced = text[:begin] + re.sub(
        rb"([(,)])(?=(?:[^']*'[^']*')*[^']*$)", rb"\1 \r\n ", text[begin:], flags=re.MULTILINE
    )
    assert len(spaced) > len(text) + 2000
    plain, other = reread(text), reread(spaced)
    assert other.engine == plain.engine == "direct"
    assert other.buildings[0].footprint.equals(plain.buildings[0].footprint)
    assert other.buildings[0].name == "Bäckerei"


def test_comments_between_records_cost_no_kernel(text, reread):
    """Examples of the standard have a comment before each group of records."""
    begin = text.index(b"DATA;") + 5
    remark = b"\r\n\r\n/* " + b"-" * 70 + b" */\r\n/* points: */"
    other = reread(text[:begin] + text[begin:].replace(b";\n#", b";" + remark + b"\n#"))
    assert other.engine == reread(text).engine == "direct"
    assert other.buildings[0].footprint.equals(reread(text).buildings[0].footprint)


@pytest.mark.parametrize("gap", [b"", b" ", b"\r\n", b" " * 300])
def test_records_are_found_behind_gaps_of_any_length(gap):
    data = (
        b"HEADER;ENDSEC;DATA;"
        + gap
        + b"#1=IFCWALL($);"
        + gap
        + b"#20 =IfcSlab('; #3=IFCDOOR');"
        + gap
        + b"ENDSEC;"
        + gap
    )
    assert records(data) == {1: b"IFCWALL", 20: b"IFCSLAB"}


def test_blanks_within_texts_stay():
    data = b"HEADER;ENDSEC;DATA;\n#1 = IFCLABEL ( 'a , b ( c ) ''d'' ; ' , $ );\n#2= IFCWALL( #1 );ENDSEC;"
    assert without_blanks(data) == (
        b"HEADER;ENDSEC;DATA;\n#1=IFCLABEL('a , b ( c ) ''d'' ; ',$);#2=IFCWALL(#1);ENDSEC;"
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (gzip.compress(b"ISO-10303-21;" * 9, mtime=0), "packed"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(range(200)), "packed"),
        (b'{"type":"ifcJSON","data":[]}', "ifc_json"),
        (b"\xef\xbb\xbf[{}]", "ifc_json"),
        (b"<?xml version='1.0'?><ex:iso_10303_28/>", "ifc_xml"),
        (b"<!DOCTYPE html><html><title>ISO</title></html>", "web_page"),
        (b"\xd0\xcf\x11\xe0" + bytes(range(200)), "other_format"),
        (b"once upon a time", "no_ifc"),
    ],
    ids=("gzip", "7z", "json", "json_bom", "xml", "html", "ole", "text"),
)
def test_other_formats_are_named(reread, data, code):
    report = reread(data)
    assert report.status is ReadStatus.FAILED
    assert [reason.code for reason in report.reasons] == [code]


def test_the_other_models_of_a_zip_are_named(text, tmp_path, read):
    path = tmp_path / "two.ifczip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.ifc", text)
        archive.writestr("b.ifc", text.replace(b"House", b"H"))
        archive.writestr("__MACOSX/._a.ifc", text * 2)
    report = read(path)
    assert area(report) == pytest.approx(80.0, abs=0.1)
    (warning,) = (w for w in report.warnings if w.code == "zip_more_models")
    assert (warning.values["count"], warning.values["others"]) == (2, "b.ifc")
    result = load(LoadRequest(files=(str(path),), workers=1))
    assert any("b.ifc" in str(message) for message in result.messages)


def test_a_zip_of_another_format_says_which(tmp_path, read):
    path = tmp_path / "xml.ifczip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model.ifcxml", "<ifcXML/>")
    assert [reason.code for reason in read(path).reasons] == ["ifc_xml"]

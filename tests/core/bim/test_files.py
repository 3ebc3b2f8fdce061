"""What is found in a folder, and what is told of files that are not what they seem."""

from __future__ import annotations

import os
import re
import time
import zipfile
from pathlib import Path

import pytest

from twin_plugin.core.bim.discover import find_models
from twin_plugin.core.bim.model import ReadStatus
from twin_plugin.core.bim.numbering import renumbered
from twin_plugin.core.bim.source import open_model, readable_schema, undo_stars, unzip
from twin_plugin.core.common.errors import InputError, ResourceError


def test_folder_is_searched_in_depth_in_any_case(tmp_path):
    for name in ("a.ifc", "b.IFC", "区 1/c.ifcZIP", "区 1/notes.txt", "._a.ifc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [name for name, _ in find_models([], tmp_path)] == ["a.ifc", "b.IFC", "区 1/c.ifcZIP"]


def test_loop_of_links_is_walked_once(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.ifc").write_text("x")
    os.symlink(tmp_path, tmp_path / "sub" / "again", target_is_directory=True)
    assert [name for name, _ in find_models([], tmp_path)] == ["sub/a.ifc"]


def test_ids_do_not_depend_on_order_and_differ(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.ifc").write_text("x")
    files = [tmp_path / "x" / "a.ifc", tmp_path / "y" / "a.ifc", tmp_path / "x" / "a.ifc"]
    there, back = find_models(files, None), find_models(files[::-1], None)
    assert there == back
    assert len({model_id for model_id, _ in there}) == 2
    assert find_models(files[:1], None)[0][0] == "a.ifc"


def test_a_file_in_the_folder_is_read_once(tmp_path):
    (tmp_path / "a.ifc").write_text("x")
    assert len(find_models([tmp_path / "a.ifc"], tmp_path)) == 1


def test_nothing_to_read(tmp_path):
    with pytest.raises(InputError, match="No model is given"):
        find_models([], None)
    with pytest.raises(InputError, match="holds no"):
        find_models([], tmp_path)
    with pytest.raises(InputError, match="does not exist"):
        find_models([], tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\0" * 5000, "empty"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "LFS"),
        (os.urandom(64) + b"junk" * 500, "not an IFC file"),
        (b"<?xml version='1.0'?><ifcXML/>", "IFC-XML"),
        (b"ISO-10303-21;HEADER;FILE_SCHEMA(('IFC9X9'));ENDSEC;DATA;ENDSEC;END-ISO-10303-21;", "IFC9X9"),
        (b"ISO-10303-21;HEADER;ENDSEC;DATA;ENDSEC;END-ISO-10303-21;", "schema"),
        (b"PK\x03\x04 no zip at all", "zip"),
    ],
)
def test_broken_files_say_why(tmp_path, read, content, words):
    path = tmp_path / "房 x.ifc"
    path.write_bytes(content)
    report = read(path)
    assert report.status is ReadStatus.FAILED
    assert words in report.reason
    assert path.name in report.reason
    assert report.reason.endswith(".")


def test_missing_file_says_why(tmp_path, read):
    report = read(tmp_path / "gone.ifc")
    assert report.status is ReadStatus.FAILED
    assert "cannot be opened" in report.reason


def test_zip_is_read_and_a_bomb_refused(tmp_path, house, read):
    plain = house().write(tmp_path / "m.ifc")
    small = tmp_path / "m.ifcZIP"
    with zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, "m.ifc")
    assert read(small).status is ReadStatus.OK
    bomb = tmp_path / "bomb.ifczip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("m.ifc", b"\0" * 60_000_000)
    with pytest.raises(ResourceError, match="would expand"):
        unzip(bomb, 2_000_000_000)
    with pytest.raises(ResourceError, match="would expand"):
        unzip(small, 1000)
    empty = tmp_path / "empty.ifczip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert "without an .ifc" in read(empty).reason


def test_truncated_file_is_read_in_part(tmp_path, house, read):
    path = house().write(tmp_path / "m.ifc")
    text = path.read_text()
    path.write_text(text[: text.index("ENDSEC;\nEND-ISO")])
    report = read(path)
    assert report.status is ReadStatus.PARTIAL
    assert "truncated" in report.reason
    assert report.buildings


@pytest.mark.parametrize(
    ("named", "read_as"),
    [("IFC2X3", "IFC2X3"), ("IFC2X_FINAL", "IFC2X3"), ("IFC4", "IFC4"), ("IFC4X1", "IFC4X3_ADD2"),
     ("IFC4X3_RC4", "IFC4X3_ADD2"), ("IFC9", None), ("", None)],
)  # fmt: skip
def test_schemas(named, read_as):
    assert readable_schema(named) == read_as


def test_schema_is_rewritten(tmp_path, house):
    path = house(schema="IFC4X3_ADD2").write(tmp_path / "m.ifc")
    path.write_text(path.read_text().replace("IFC4X3_ADD2", "IFC4X3_RC1"))
    opened = open_model(path)
    assert opened.schema == "IFC4X3_RC1"
    assert opened.file.by_type("IfcBuilding")
    assert "was read as" in opened.warnings[0]


def test_stars_become_dollars_only_where_they_are_wrong():
    line = b"#1=IFCBUILDING('a*b''*',*,#2,*,(*));\n#2=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);\n"
    assert undo_stars(line) == b"#1=IFCBUILDING('a*b''*',$,#2,$,($));\n#2=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);\n"


def test_stars_are_sought_in_linear_time():
    line = b"#1=IFCBUILDING('" + b"it''s " * 5000 + b"',$,#2);\n"
    started = time.perf_counter()
    assert undo_stars(line * 20) == line * 20
    assert time.perf_counter() - started < 5.0


def test_without_project_metres_are_assumed(tmp_path, read):
    path = Path(tmp_path) / "bare.ifc"
    path.write_text("ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\nFILE_NAME('','',(''),(''),'','','');\n"
                    "FILE_SCHEMA(('IFC4'));\nENDSEC;\nDATA;\nENDSEC;\nEND-ISO-10303-21;\n")  # fmt: skip
    report = read(path)
    assert report.status is ReadStatus.PARTIAL
    assert any("IfcProject" in warning for warning in report.warnings)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "后海大厦 A"),
        ("gbk", "后海大厦一期"),
        ("gb18030", "深圳灣壹號"),
        ("shift_jis", "軒高屋根"),
        ("cp1251", "Жилой дом"),
        ("latin-1", "Bürogebäude"),
    ],
)
def test_raw_bytes_in_texts_are_read(tmp_path, house, read, encoding, name):
    path = house().write(tmp_path / "m.ifc")
    path.write_bytes(path.read_bytes().replace(b"House 1", name.encode(encoding)))
    report = read(path)
    assert report.buildings[0].name == name
    assert any("Texts stand in the file" in warning for warning in report.warnings)


def test_escaped_shift_jis_is_put_right(shared_data, read):
    (building,) = read(shared_data("ifc/vectorworks_sjis.ifc")).buildings
    assert [storey.name for storey in building.storeys] == ["1階 - Story", "2階 - Story", "屋根 - Story"]


@pytest.mark.parametrize("shift", [2_147_483_600, 10**12, 10**25])
def test_records_numbered_beyond_32_bits_are_read(house, tmp_path, read, shift):
    """ifcopenshell stops at such a number and drops what follows."""
    model = house()
    model.building.Name = "It's #4000000000"
    plain = read(model)
    text = model.f.to_string().encode()
    large = re.sub(rb"(?<!It''s )#(\d+)", lambda m: b"#%d" % (int(m.group(1)) + shift), text)
    path = tmp_path / "numbered.ifc"
    path.write_bytes(large)
    found = read(path)
    assert found.status is ReadStatus.OK
    assert found.buildings[0].name == "It's #4000000000"
    assert found.buildings[0].footprint.symmetric_difference(plain.buildings[0].footprint).area < 1e-6
    assert [o.id for o in found.buildings[0].openings] == [o.id for o in plain.buildings[0].openings]
    assert any("numbered anew" in text for text in found.warnings)
    assert not any("numbered anew" in text for text in plain.warnings)


def test_long_numbers_that_fit_stay(house):
    text = house().f.to_string().encode()
    assert renumbered(text + b"#" + b"9" * 9000) == text + b"#" + b"9" * 9000
    commented = b"DATA;/* it's #1 */#5000000000=IFCDIRECTION(());/* ' */#7=IFCWALL('#7',#5000000000);"
    assert renumbered(commented) == b"DATA;/* it's #1 */#2=IFCDIRECTION(());/* ' */#1=IFCWALL('#7',#2);"
    padded = re.sub(rb"#(\d+)", rb"#0000000\1", text)
    assert renumbered(text) is text
    assert renumbered(padded) is padded

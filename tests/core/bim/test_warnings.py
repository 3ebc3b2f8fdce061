"""The warnings and reasons of models: one table of templates, decisions by code, stored as text and as data."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

import twin_plugin
from twin_plugin.core.bim import warnings
from twin_plugin.core.bim.model import ReadStatus
from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.bim.warnings import GROUND_CODES, INCOMPLETE_CODES, TEMPLATES, ModelNotes, coded

SOURCES = sorted(Path(twin_plugin.__file__).parent.glob("*/bim/*.py"))


def cut(path):
    """The same file without its last line, as if its copy had been interrupted."""
    path.write_text(path.read_text().replace("END-ISO-10303-21;", ""))
    return path


def test_codes_are_unique_words_and_each_has_a_sentence_of_its_own():
    (table,) = (
        node.value
        for node in ast.parse(Path(warnings.__file__).read_text("utf-8")).body
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "TEMPLATES"
    )
    codes = [key.value for key in table.keys]
    assert len(set(codes)) == len(codes) == len(set(TEMPLATES.values()))
    assert all(re.fullmatch("[a-z][a-z0-9]*(_[a-z]+)*", code) for code in codes)
    assert set(TEMPLATES) >= GROUND_CODES | INCOMPLETE_CODES


def test_every_code_in_the_sources_has_a_sentence_and_every_sentence_is_used():
    texts = {
        node.value
        for path in SOURCES
        if path.name != "warnings.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    # Some codes are named in warnings.py, since several sources ask for them.
    names = {
        node.id
        for path in SOURCES
        if path.name != "warnings.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name)
    }
    texts |= {value for name, value in vars(warnings).items() if name in names and isinstance(value, str)}
    calls = [
        node.args[0].value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "coded" and isinstance(node.args[0], ast.Constant)
    ]
    assert len(calls) > 40
    assert set(calls) <= set(TEMPLATES)
    by_table = {f"most_{table}" for table in ("storeys", "openings", "underground", "rooms")}
    assert set(TEMPLATES) - texts == by_table


def test_texts_are_cleaned_and_cut_to_what_stores_keep():
    message = coded("not_parsed", name="caf\udce9\0.ifc", error="x" * 3000)
    message.encode("utf-8")
    assert message.startswith("caf\\x")
    assert len(message) < 1100
    assert message.endswith("Export it again.")


def test_a_building_called_elementary_is_no_reason(house, read, tmp_path):
    model = house()
    model.building.Name = "Neighbourhood elementary school"
    e = model.f.create_entity
    area = e("IfcQuantityArea", "GrossFloorArea", None, None, 500.0)
    group = e("IfcElementQuantity", model.guid(), None, "Qto_BuildingBaseQuantities", None, None, [area])
    e("IfcRelDefinesByProperties", model.guid(), None, None, None, [model.building], group)
    report = read(cut(model.write(tmp_path / "school.ifc")))
    assert report.status is ReadStatus.PARTIAL
    assert any("elementary" in text for text in report.warnings)
    assert [reason.code for reason in report.reasons] == ["file_truncated", "without_place"]


def test_spaces_instead_of_a_shell_are_no_reason(house, read, tmp_path):
    model = house()
    for product in model.f.by_type("IfcElement"):
        model.f.remove(product)
    model.box("IfcSpace", "Room", 0, 0, 0, 10, 8, 3)
    report = read(cut(model.write(tmp_path / "rooms.ifc")))
    assert report.buildings
    assert "spaces_used" in [warning.code for warning in report.warnings]
    assert [reason.code for reason in report.reasons] == ["file_truncated", "without_place"]


def test_a_row_holds_reason_and_warnings_as_text_and_as_data(house, read, tmp_path):
    model = house()
    model.conversion("EPSG:0", 504000.0, 2490000.0)
    report = read(cut(model.write(tmp_path / "cut.ifc")))
    row = place_model(report, "").report[0][1]
    truncated = "The file ends before END-ISO-10303-21: it is truncated, and what is there was read."
    assert row["reason"] == f"{truncated} It has no place on the map."
    assert row["warnings"].startswith("The map conversion names the CRS 'EPSG:0', which is not known; give SOURCE_CRS.")
    codes = ("file_truncated", "without_place")
    assert json.loads(row["notes"])["reason"] == [{"code": code, "values": {}} for code in codes]
    notes = ModelNotes.of_row(row)
    assert notes == report.notes
    assert [warning.code for warning in notes.warnings] == ["conversion_crs_unknown", "file_truncated"]
    assert notes.columns() == {name: row[name] for name in ("reason", "warnings", "notes")}


@pytest.mark.parametrize("notes", [None, "", "{", "[]"])
def test_a_row_of_an_older_version_keeps_its_texts(notes):
    row = {"reason": "Why {not}.", "warnings": "x" * 5000, "notes": notes}
    kept = ModelNotes.of_row(row)
    assert [message.code for message in (*kept.reasons, *kept.warnings)] == ["text", "text"]
    assert kept.columns() | {"notes": notes} == row
    assert ModelNotes.of_row(kept.columns()) == kept
    assert ModelNotes.of_row({"id": "a"}).columns() == {"reason": None, "warnings": None, "notes": None}

"""A zipped model with a wrong byte gives a sentence or the model itself, and never another model."""

from __future__ import annotations

import zipfile

import pytest

from tests.tiny import write_tiny_models
from twin_plugin.core.bim.read import ModelJob, read_model
from twin_plugin.core.bim.writeback import model_bytes, write_model
from twin_plugin.core.common.errors import TwinError


@pytest.fixture
def zipped(tmp_path):
    write_tiny_models(tmp_path / "models", 1)
    model = next((tmp_path / "models").rglob("*.ifc")).read_bytes()
    path = tmp_path / "model.ifczip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.ifc", model)
        archive.writestr("notes.txt", b"keep this " * 50)
    return path, model


def read_and_write(path, copy):
    """The model in a zip file, of which a copy is written; or the sentence why not."""
    try:
        data, member = model_bytes(path)
        write_model(copy, b"the new one", path, member)
    except TwinError as error:
        return error
    return data


@pytest.mark.parametrize("bits", [0x01, 0xFF])
def test_no_byte_can_be_wrong_without_a_word(zipped, tmp_path, bits):
    path, model = zipped
    whole = path.read_bytes()
    sentences = same = 0
    for place in range(0, len(whole), 5):
        damaged = bytearray(whole)
        damaged[place] ^= bits
        path.write_bytes(damaged)
        found = read_and_write(path, tmp_path / "copy.ifczip")
        if isinstance(found, TwinError):
            sentences += path.name in str(found)
        else:
            same += found == model  # times and attributes of the members have no sum
    assert sentences + same == len(range(0, len(whole), 5))
    assert sentences > 300
    assert same < 100


def test_the_report_of_a_damaged_one_says_so(zipped):
    path, _ = zipped
    content = bytearray(path.read_bytes())
    content[200] ^= 0xFF
    path.write_bytes(content)
    report = read_model(ModelJob("model.ifczip", str(path)))
    assert [reason.code for reason in report.reasons] == ["zip_damaged"]

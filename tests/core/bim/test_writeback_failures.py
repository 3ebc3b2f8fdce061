"""A write-back whose n-th write fails ends in one sentence with the file: the algorithm then leaves nothing of it."""

from __future__ import annotations

import errno
import random
import uuid
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.failing_writer.calls import every_failure
from tests.failing_writer.trial import sentence
from tests.tiny import write_tiny_models


def write_copy(output, source, member):
    """Write the copy of a model, in another process."""
    from twin_plugin.core.bim.writeback import write_model

    write_model(Path(output), random.Random(1).randbytes(200_000), Path(source), member)


def write_topics(output, model):
    """Write topics, in another process."""
    from twin_plugin.core.bim.bcf import BcfTopic, look
    from twin_plugin.core.bim.writeback import _write_topics
    from twin_plugin.core.bim.writeback_step import read_step

    camera = look((0.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    topics = [
        BcfTopic(uuid.UUID(int=number), f"Door {number}", "Water " * 200, "High", "0" * 22, camera)
        for number in range(40)
    ]
    text = read_step(Path(model).read_bytes(), "a.ifc")
    _write_topics(Path(output), topics, "a.ifc", text, datetime(2026, 1, 1, tzinfo=UTC))


def fail_all(child, folder, function, output, *arguments):
    failed = 0
    for failure in every_failure(child.watch, errno.ENOSPC):
        Path(output).unlink(missing_ok=True)
        said = sentence(child, function, output, *arguments, folder=folder, failure=failure)
        if said:
            assert output in said
            failed += 1
    return failed


@pytest.mark.parametrize("name", ["copy.ifc", "copy.ifczip"])
def test_a_copy_of_a_model(failing_child, tmp_path, name):
    source, folder = tmp_path / "model.ifczip", tmp_path / "watched"
    folder.mkdir()
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("model.ifc", b"the model")
        archive.writestr("texture.png", random.Random(2).randbytes(100_000))
    assert fail_all(failing_child, folder, write_copy, str(folder / name), str(source), "model.ifc") >= 3


def test_topics(failing_child, tmp_path):
    folder = tmp_path / "watched"
    folder.mkdir()
    write_tiny_models(tmp_path / "models", 1)
    model = next((tmp_path / "models").rglob("*.ifc"))
    assert fail_all(failing_child, folder, write_topics, str(folder / "topics.bcfzip"), str(model)) >= 3

"""A folder is complete or absent, and the user's files stay."""

from __future__ import annotations

import pytest

from twin_plugin.core.common.errors import InputError, ResourceError
from twin_plugin.core.common.new_folder import new_folder


def test_it_appears_when_done(tmp_path):
    target = tmp_path / "演示 district" / "deep"
    with new_folder(target) as work:
        (work / "a.txt").write_text("a")
        assert not target.exists()
    assert [p.name for p in target.iterdir()] == ["a.txt"]
    assert [p.name for p in target.parent.iterdir()] == ["deep"]


def test_an_empty_folder_is_used(tmp_path):
    target = tmp_path / "empty"
    target.mkdir()
    with new_folder(target) as work:
        (work / "a.txt").write_text("a")
    assert (target / "a.txt").exists()


def test_files_of_the_user_stay(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="already holds files"), new_folder(tmp_path):
        raise AssertionError("never reached")
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="not a folder"), new_folder(tmp_path / "file"):
        raise AssertionError("never reached")
    with pytest.raises(ResourceError, match="cannot be written"), new_folder(tmp_path / "file" / "below"):
        raise AssertionError("never reached")


def test_a_failure_leaves_nothing(tmp_path):
    def fail() -> None:
        with new_folder(tmp_path / "new") as work:
            (work / "half.txt").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []

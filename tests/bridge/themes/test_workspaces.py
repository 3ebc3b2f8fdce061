"""Files with workspaces from others: nothing is written outside the folders, nothing is replaced, limits hold."""

from __future__ import annotations

import zipfile

import pytest

from twin_plugin.bridge.themes import districts, documents, workspaces
from twin_plugin.core.common.errors import InputError

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.fixture
def own(tmp_path, monkeypatch):
    folder = tmp_path / "own"
    for module in (documents, districts, workspaces):
        monkeypatch.setattr(module, "own_folder", lambda kind: folder / kind)
    return folder


ELSEWHERE = [
    "../evil.json",
    "themes/../../evil.json",
    "/themes/evil.json",
    "data/a.gpkg",
    "themes/sub/a.json",
    "a.json",
]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_entries_elsewhere_are_refused(own, tmp_path, name):
    path = tmp_path / "work.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "{}")
    with pytest.raises(InputError, match="no workspace"):
        workspaces.take_over(path, lambda _: None)
    assert not own.exists()
    assert not (tmp_path / "evil.json").exists()


def test_a_bomb_is_not_unpacked(own, tmp_path, monkeypatch):
    monkeypatch.setattr(workspaces, "MOST_BYTES", 10_000)
    path = tmp_path / "work.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("themes/a.json", "x" * 20_000)
    with pytest.raises(InputError, match="too large"):
        workspaces.take_over(path, lambda _: None)
    assert not own.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 damaged", b"no zip at all"])
def test_what_is_no_zip_is_named(own, tmp_path, content):
    path = tmp_path / "work.zip"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"work\.zip"):
        workspaces.take_over(path, lambda _: None)


def test_a_wrong_document_stops_all_of_them(own, tmp_path):
    path = tmp_path / "work.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("districts/a.json", "{")
        archive.writestr("scenarios/b.json", "{}")
    with pytest.raises(InputError, match="was not taken over"):
        workspaces.take_over(path, lambda _: None)
    assert not own.exists()


def test_a_district_that_ships_goes_into_a_new_file_only(own, tmp_path):
    path = tmp_path / "houhai.zip"
    workspaces.export("houhai", path)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["districts/houhai.json"]
    before = path.read_bytes()
    with pytest.raises(InputError, match="exists already"):
        workspaces.export("houhai", path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("id_", ["mine", "MINE"])
def test_a_document_with_the_id_of_another_takes_not_its_place(own, tmp_path, id_):
    """Of two documents of one id the first by its file's name is read: a stranger's must not become that one."""
    (own / "scenarios").mkdir(parents=True)
    (own / "scenarios" / "mine.json").write_text('{"id": "mine"}')
    path = tmp_path / "work.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("scenarios/aaa.json", f'{{"id": "{id_}"}}')
    with pytest.raises(InputError, match=r"has the id mine, which 'mine\.json' has"):
        workspaces.take_over(path, lambda _: None)
    assert [file.name for file in own.rglob("*.json")] == ["mine.json"]


def test_two_documents_of_one_id_in_a_file_are_refused(own, tmp_path):
    path = tmp_path / "work.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("scenarios/a.json", '{"id": "x"}')
        archive.writestr("scenarios/b.json", '{"id": "x"}')
    with pytest.raises(InputError, match=r"has the id x, which 'a\.json' has"):
        workspaces.take_over(path, lambda _: None)
    assert not own.exists()

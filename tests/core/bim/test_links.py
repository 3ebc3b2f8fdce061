"""Links are not followed out of a folder of models; those that stay inside are, and loops end."""

from __future__ import annotations

import os
import stat
import zipfile

import pytest

from twin_plugin.core.bim.discover import find_models
from twin_plugin.core.bim.journal import JournalEntry, look, plan
from twin_plugin.core.bim.load import LoadRequest, load
from twin_plugin.core.bim.model import ReadStatus
from twin_plugin.core.bim.read import ModelJob, read_model
from twin_plugin.core.bim.source import unzip
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.links import leads_out

pytestmark = pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no symbolic links")


@pytest.fixture
def folder(tmp_path):
    """A folder of models with links inside it and out of it."""
    found = tmp_path / "models 模型"
    (found / "区").mkdir(parents=True)
    (found / "a.ifc").write_text("x")
    (found / "区" / "b.ifc").write_text("x")
    secret = tmp_path / "secret"
    (secret / "deep").mkdir(parents=True)
    (secret / "s.ifc").write_text("secret")
    (secret / "deep" / "t.ifc").write_text("secret")
    (found / "same.ifc").symlink_to(found / "a.ifc")
    (found / "relative.ifc").symlink_to("区/b.ifc")
    (found / "again").symlink_to(found, target_is_directory=True)
    (found / "out.ifc").symlink_to(secret / "s.ifc")
    (found / "up.ifc").symlink_to("../secret/s.ifc")
    (found / "outside").symlink_to(secret, target_is_directory=True)
    (found / "区" / "chain").symlink_to(found / "outside" / "deep", target_is_directory=True)
    (found / "models 模型 2").symlink_to(tmp_path / "models 模型 2", target_is_directory=True)
    return found


def test_links_that_lead_out_are_refused_and_others_followed(folder):
    refused = {}
    names = [name for name, _ in find_models([], folder, refused)]
    assert names == ["a.ifc", "relative.ifc", "same.ifc", "区/b.ifc"]
    told = {path.relative_to(folder).as_posix(): refusal.error for path, refusal in refused.items()}
    assert told == {"out.ifc": "", "up.ifc": "", "outside": "", "区/chain": ""}
    (sentence,) = {refusal.sentence("x") for refusal in refused.values()}
    assert "leads out of the folder" in sentence


def test_the_folder_itself_may_be_a_link_and_a_named_file_too(folder, tmp_path):
    there = tmp_path / "link to it"
    there.symlink_to(folder, target_is_directory=True)
    assert [name for name, _ in find_models([], there)] == ["a.ifc", "relative.ifc", "same.ifc", "区/b.ifc"]
    assert [name for name, _ in find_models([folder / "out.ifc"], None)] == ["out.ifc"]


def test_a_folder_of_a_longer_name_is_another_folder(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "ab").mkdir()
    assert leads_out(tmp_path / "ab", tmp_path / "a")
    assert not leads_out(tmp_path / "a", tmp_path / "a")
    assert not leads_out(tmp_path / "a" / "new", tmp_path / "a")
    assert not leads_out("/etc", "/")


def test_a_folder_of_nothing_but_links_out_says_so(tmp_path):
    (tmp_path / "secret.ifc").write_text("x")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "m.ifc").symlink_to(tmp_path / "secret.ifc")
    with pytest.raises(InputError, match=r"links that lead out of it \(1\)"):
        find_models([], tmp_path / "models")


def test_loading_counts_the_links_in_its_messages(folder):
    loaded = load(LoadRequest(folder=str(folder), workers=1))
    (text,) = (text for text in loaded.messages if "Links" in text)
    assert "not followed: 4, the first is" in text
    assert {values["id"] for _, values in loaded.rows.report} == {"a.ifc", "relative.ifc", "same.ifc", "区/b.ifc"}


def test_a_model_that_was_read_by_a_link_stays_in_the_base_as_it_was(folder):
    refused = {}
    models = find_models([], folder, refused)
    entries = {name: JournalEntry(name, str(folder / name), status="ok") for name in ("out.ifc", "outside/s.ifc")}
    made = plan(look(models, {}), entries, str(folder), [str(path) for path in refused])
    assert made.vanished == ()
    assert made.hidden == 2


def test_a_link_that_takes_the_place_of_a_model_is_not_followed(folder, tmp_path):
    job = ModelJob("a.ifc", str(folder / "a.ifc"), folder=str(folder))
    assert "not an IFC file" in read_model(job).reason
    (folder / "a.ifc").unlink()
    (folder / "a.ifc").symlink_to(tmp_path / "secret" / "s.ifc")
    report = read_model(job)
    assert (report.status, report.sha256) == (ReadStatus.FAILED, "")
    assert "leads out of the folder" in report.reason
    assert "not an IFC file" in read_model(ModelJob("a.ifc", job.path)).reason


def test_files_that_are_named_may_be_links_out_of_the_folder_too(folder):
    named = (str(folder / "out.ifc"), str(folder / "outside" / "deep" / "t.ifc"))
    loaded = load(LoadRequest(files=named, folder=str(folder), workers=1))
    reasons = {values["id"]: values["reason"] for _, values in loaded.rows.report}
    assert {"out.ifc", "t.ifc", "a.ifc"} <= set(reasons)
    assert not [reason for reason in reasons.values() if "leads out" in reason]


def test_a_zip_writes_nothing_and_its_links_are_no_models(tmp_path):
    path = tmp_path / "zips" / "m.ifczip"
    path.parent.mkdir()
    link = zipfile.ZipInfo("link.ifc")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd" * 100)
        archive.writestr("../../up.ifc", "ISO-10303-21;")
        archive.writestr("/absolute.ifc", "x")
    before = sorted(tmp_path.rglob("*"))
    assert unzip(path, 1_000_000) == b"ISO-10303-21;"
    assert sorted(tmp_path.rglob("*")) == before
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match=r"without an \.ifc"):
        unzip(path, 1_000_000)

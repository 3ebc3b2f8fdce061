"""The journal of the twin base: what is read again, what is left, what vanished, and what a kill or a cancel costs."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import replace

import pytest
from shapely.geometry import box

from twin_plugin.core.bim import journal, update
from twin_plugin.core.bim.discover import find_models
from twin_plugin.core.bim.journal import JournalEntry, Parts, settings_key, spread
from twin_plugin.core.bim.model import Building, Confidence, Georeference, LocalToMap, ReadStatus
from twin_plugin.core.bim.read import describe
from twin_plugin.core.bim.solids import Detail
from twin_plugin.core.bim.tables import BIM_MODEL
from twin_plugin.core.bim.warnings import coded
from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.common.text import plain

PLACE = Georeference(50, "map conversion", Confidence.SURE, LocalToMap("EPSG:4547", 500000, 2490000, 0), 1.0)


class Memory:
    """A store in memory that keeps only what was committed whole."""

    def __init__(self) -> None:
        self.crs = ""
        self.models: dict[str, dict] = {}
        self.buildings: dict[str, list[dict]] = {}
        self.commits: list[list[str]] = []
        self.ties: dict[str, dict] = {}

    def entries(self):
        rows = (row for key, row in self.models.items() if not key.endswith("/"))
        return {row["id"]: JournalEntry.of(row) for row in rows}

    def placements(self):
        return list(self.ties.values())

    def set_crs(self, crs):
        assert not self.crs
        self.crs = crs

    def mark(self, marks):
        self.ties |= {row["path"]: row for row in marks.placements}
        for key in marks.vanished:
            for row in (self.models[key], *self.buildings.get(key, ())):
                row["valid_to"] = marks.now
        for model in marks.touched:
            self.models[model.id] |= {"path": model.path, "size": model.size, "mtime_ns": model.mtime_ns}
            for row in (self.models[model.id], *self.buildings.get(model.id, ())):
                row["valid_to"] = None
        self.models = {key: row for key, row in self.models.items() if not key.endswith("/")} | dict(marks.refused)

    def write(self, models):
        self.commits.append([model.id for model in models])
        for model in models:
            assert model.known == (model.id in self.models)
            self.models[model.id] = model.values
            if not model.keep:
                self.buildings[model.id] = [values for _, values in model.rows.buildings]


class Reader:
    """Reads nothing: every file is a house, unless its text says otherwise; remembers what it was given."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.read: list[str] = []
        self.stop_after = stop_after

    def __call__(self, jobs, progress):
        for job in jobs:
            if self.stop_after is not None and len(self.read) >= self.stop_after:
                raise Cancelled
            self.read.append(job.id)
            with open(job.path, "rb") as stream:
                text = stream.read()
            known = replace(describe(job), sha256=hashlib.sha256(text).hexdigest(), status=ReadStatus.OK)
            if b"broken" in text:
                yield replace(known, status=ReadStatus.FAILED, reasons=(coded("no_ifc", name=job.id),))
                continue
            house = Building("G1", "House", "office", box(0, 0, 10, 8), box(0, 0, 10, 8), 0.0, 0.0, 3.0)
            place = replace(PLACE, confidence=Confidence.UNSURE) if b"guessed" in text else PLACE
            yield replace(known, buildings=(house,), georeference=Georeference() if b"lost" in text else place)


@pytest.fixture
def folder(tmp_path):
    """A folder of three files, in a path with a quote and 中文."""
    root = tmp_path / "it's 模型"
    for name in ("a.ifc", "b.ifc", "sub/c.ifc"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"house {name}")
    return root


@pytest.fixture
def run(folder):
    """A function that updates a store from the folder; returns (tally, ids read)."""

    def go(store, reader=None, where=folder, **options):
        reader = reader or Reader()
        return update.update(update.UpdateRequest(str(where), **options), store, reader), reader.read

    return go


def test_a_second_run_reads_nothing(run):
    store = Memory()
    tally, read = run(store)
    assert (tally.read, tally.unchanged, tally.failed, tally.vanished, tally.left) == (3, 0, 0, 0, 0)
    assert sorted(read) == ["a.ifc", "b.ifc", "sub/c.ifc"]
    assert store.crs == "EPSG:4547"
    before = {key: dict(row) for key, row in store.models.items()}
    tally, read = run(store)
    assert (tally.read, tally.unchanged, read) == (0, 3, [])
    assert store.models == before


def test_a_row_of_the_journal_has_every_column_but_its_end(run):
    store = Memory()
    run(store)
    assert {*store.models["a.ifc"]} == {*BIM_MODEL.names} - {"valid_to"}
    assert store.buildings["a.ifc"][0]["valid_from"] == store.models["a.ifc"]["valid_from"]


def test_an_entry_of_the_journal_is_made_by_column_names():
    row = {"mtime_ns": 3, "reason": "not the journal's", "id": "m.ifc", "size": None, "status": None}
    assert JournalEntry.of(row) == JournalEntry("m.ifc", mtime_ns=3)


def test_only_what_changed_is_read(run, folder):
    store = Memory()
    run(store)
    ids = [row["id"] for row in store.buildings["b.ifc"]]
    (folder / "b.ifc").write_text("another house")
    (folder / "new.ifc").write_text("a new house")
    tally, read = run(store)
    assert sorted(read) == ["b.ifc", "new.ifc"]
    assert (tally.read, tally.unchanged) == (2, 2)
    assert [row["id"] for row in store.buildings["b.ifc"]] == ids == ["b.ifc/G1"]


def test_content_decides_where_only_the_time_changed(run, folder):
    store = Memory()
    run(store)
    os.utime(folder / "a.ifc", (1, 1))
    (folder / "b.ifc").write_text("House B.ifc")  # as long as before
    _tally, read = run(store)
    assert read == ["b.ifc"]
    assert store.models["a.ifc"]["mtime_ns"] == 10**9


def test_what_vanished_is_marked_and_comes_back(run, folder):
    store = Memory()
    run(store)
    kept = (folder / "a.ifc").read_bytes()
    (folder / "a.ifc").unlink()
    tally, read = run(store)
    assert (tally.vanished, tally.unchanged, read) == (1, 2, [])
    assert store.models["a.ifc"]["valid_to"]
    assert store.buildings["a.ifc"][0]["valid_to"]
    assert run(store)[0].vanished == 0, "it vanished once"
    (folder / "a.ifc").write_bytes(kept)
    tally, read = run(store)
    assert read == []
    assert store.buildings["a.ifc"][0]["valid_to"] is None


def test_another_engine_or_setting_reads_again(run, monkeypatch):
    store = Memory()
    run(store)
    tie = {"path": "a.ifc", "x": 1.0, "y": 2.0, "crs": "EPSG:4547"}
    assert run(store, placements=(tie,))[1] == ["a.ifc"]
    assert run(store, placements=(tie,))[1] == []
    assert run(store)[1] == [], "a placement is kept"
    assert run(store, placements=({**tie, "x": 3.0},))[1] == ["a.ifc"]
    assert sorted(run(store, source_crs="EPSG:4547")[1]) == ["b.ifc", "sub/c.ifc"]
    monkeypatch.setattr(journal, "READER", 99)
    assert len(run(store, source_crs="EPSG:4547")[1]) == 3


def test_a_model_that_fails_leaves_what_was_there(run, folder):
    store = Memory()
    run(store)
    (folder / "a.ifc").write_text("broken by a copy that stopped")
    tally, _ = run(store)
    assert tally.failed == 1
    assert store.models["a.ifc"]["status"] == "failed"
    assert "keeps what it held" in store.models["a.ifc"]["reason"]
    assert len(store.buildings["a.ifc"]) == 1
    assert run(store)[1] == [], "a failure is not tried again by itself"
    assert run(store, retry=True)[1] == ["a.ifc"]


def test_a_cancel_keeps_what_was_read(run):
    store = Memory()
    run(store, crs="EPSG:4547", reader=Reader())
    whole = Memory()
    with pytest.raises(Cancelled):
        run(whole, crs="EPSG:4547", reader=Reader(stop_after=2))
    assert len(whole.models) == 2
    assert run(whole)[0].read == 1
    assert {k: v["sha256"] for k, v in whole.models.items()} == {k: v["sha256"] for k, v in store.models.items()}


def test_commits_are_batches(run, monkeypatch):
    monkeypatch.setattr(update, "BATCH_MODELS", 2)
    store = Memory()
    run(store, crs="EPSG:4547")
    assert [len(batch) for batch in store.commits] == [2, 1]


def test_a_moved_folder_is_the_same_one(run, folder, tmp_path):
    store = Memory()
    run(store)
    moved = tmp_path / "moved"
    folder.rename(moved)
    (moved / "a.ifc").unlink()
    tally, read = run(store, where=moved)
    assert (read, tally.unchanged, tally.vanished) == ([], 2, 1)
    assert store.models["b.ifc"]["path"] == str(moved / "b.ifc")


def test_another_folder_does_not_end_the_first_and_must_not_share_ids(run, folder, tmp_path):
    store = Memory()
    run(store)
    other = tmp_path / "other"
    other.mkdir()
    (other / "z.ifc").write_text("house z")
    tally, read = run(store, where=other)
    assert (read, tally.vanished) == (["z.ifc"], 0)
    shutil.copy(folder / "a.ifc", other / "a.ifc")
    with pytest.raises(InputError, match="already"):
        run(store, where=other)


def test_models_in_a_closed_folder_do_not_vanish(run, folder, monkeypatch):
    store = Memory()
    run(store)
    scan = os.scandir

    def refuse(path="."):
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    tally, read = run(store)
    assert (read, tally.vanished, tally.unchanged) == ([], 0, 2)
    assert store.models["sub/"]["status"] == "failed"
    assert "Permission denied" in store.models["sub/"]["reason"]
    assert any("sub/" in text for text in tally.messages)
    monkeypatch.undo()
    assert run(store)[0].unchanged == 3
    assert "sub/" not in store.models


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no symbolic links")
def test_a_loop_of_links_is_walked_once(folder):
    (folder / "sub" / "loop").symlink_to(folder, target_is_directory=True)
    assert [key for key, _ in find_models((), folder)] == ["a.ifc", "b.ifc", "sub/c.ifc"]


def test_a_base_without_places_gets_its_crs_later(run, folder):
    for path in folder.rglob("*.ifc"):
        path.write_text("lost " + path.name)
    store = Memory()
    tally, _ = run(store)
    assert (store.crs, tally.unplaced, tally.unsure) == ("", 3, 0)
    (folder / "a.ifc").write_text("placed at last")
    run(store)
    assert store.crs == "EPSG:4547"


def test_models_with_a_guessed_place_are_counted(run, folder):
    (folder / "a.ifc").write_text("guessed")
    (folder / "b.ifc").write_text("lost")
    tally, _ = run(Memory())
    assert (tally.read, tally.unplaced, tally.unsure) == (3, 1, 1)


def test_the_crs_stays(run):
    store = Memory()
    run(store)
    with pytest.raises(InputError, match="EPSG:4547"):
        run(store, crs="EPSG:32650")
    assert run(store, crs="EPSG:4547")[0].unchanged == 3


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are always Unicode")
def test_a_name_that_is_no_text(run, folder):
    raw = os.fsencode(folder) + b"/caf\xe9 '); DROP TABLE building; --.ifc"
    with open(raw, "w") as stream:
        stream.write("house")
    store = Memory()
    assert run(store)[0].read == 4
    assert all(key.encode("utf-8") for key in store.models)
    assert run(store)[0].unchanged == 4


def test_plain_text():
    assert plain("a\0b 楼") == "ab 楼"
    assert plain("caf\udce9").startswith("caf\\x")


def test_the_sample_is_spread_and_the_same_in_any_order():
    models = [journal.Present(f"{i:03d}", "", None, 0, 0, "") for i in range(200)]
    picked, rest = spread(models, 5)
    assert [model.id for model in picked] == ["000", "050", "100", "149", "199"]
    assert len(rest) == 195
    assert spread(reversed(models), 5) == (picked, rest)
    assert [model.id for model in spread(models, 1)[0]] == ["000"]
    assert [model.id for model in spread(models, 2)[0]] == ["000", "199"]
    assert spread(models, 200) == (models, [])


def test_remaining_time_is_told_only_when_there_is_something_to_go_by(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(update.time, "monotonic", lambda: clock[0])
    left = update._Remaining(1000, 10)
    clock[0] = 1.0
    assert left.done(100) == "1 of 10 models"
    clock[0] = 120.0
    assert left.done(100) == "2 of 10 models, about 8 min left"


def test_what_a_base_has_beside_buildings_is_found_by_the_marks_of_its_models():
    plain_mark = settings_key("", None)
    assert settings_key("", None, Parts()) == plain_mark
    with_both = settings_key("", None, Parts(True, Detail.LOD22))
    assert with_both == f"{plain_mark}+rooms+lod22"

    def known(*marks):
        return [JournalEntry(str(number), settings=mark) for number, mark in enumerate(marks)]

    assert Parts().with_known(known(plain_mark, "")) == Parts()
    assert Parts().with_known(known(plain_mark, f"{plain_mark}+rooms")) == Parts(True)
    both = known(with_both, f"{plain_mark}+lod12")
    assert Parts().with_known(both) == Parts(True, Detail.LOD22), "the finest, where a run was cancelled"
    assert Parts(shells=Detail.LOD12).with_known(both) == Parts(True, Detail.LOD12)

"""A catalogue whose n-th write fails, or that another program has locked: what it held stays, one sentence."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import threading
import time

import pytest

from tests.core.services.catalogue_writes import SOURCE, harvest, records
from tests.failing_writer.calls import Failure, every_failure
from tests.failing_writer.trial import sentence
from twin_plugin.core.common import sqlite_locks
from twin_plugin.core.common.errors import Cancelled, ResourceError
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.catalogue.store import Search

OLD, NEW = 12, 8


def looked_into(path):
    """The definitions of a catalogue, and (description, is it withdrawn) by id; its indexes hold every record."""
    database = sqlite3.connect(path)
    try:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = set(database.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
        found = {key: (text, bool(gone)) for key, text, gone in database.execute(
            "SELECT id, description, gone FROM service"
        )}  # fmt: skip
        (words,) = database.execute("SELECT count(*) FROM rtree_service_words").fetchone()
        assert words == len(found)
        return tables, found
    finally:
        database.close()


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("onwards", "step"), [(False, 1), (True, 4)])
@pytest.mark.parametrize("new", [True, False])
def test_every_write_that_fails(failing_child, tmp_path, onwards, step, new):
    start, whole, folder = tmp_path / "start.gpkg", tmp_path / "whole.gpkg", tmp_path / "watched"
    path = folder / "services.gpkg"
    folder.mkdir()
    harvest(start, OLD, "old")
    before = start.read_bytes()
    tables, old = looked_into(start)
    if not new:
        shutil.copyfile(start, whole)
    harvest(whole, NEW, "new")
    _, expected = looked_into(whole)
    committed = {**old, **{key: value for key, value in expected.items() if not value[1]}}
    sentences = []
    for failure in every_failure(failing_child.watch, errno.ENOSPC, onwards=onwards, step=step):
        for item in folder.iterdir():
            item.unlink()
        if not new:
            path.write_bytes(before)
        said = sentence(failing_child, harvest, str(path), NEW, "new", folder=folder, failure=failure)
        sentences.append(said)
        assert {item.name for item in folder.iterdir()} <= {path.name, *([f"{path.name}-journal"] if onwards else [])}
        if not path.exists():
            assert new, "it was deleted"
            assert said
            continue
        now, found = looked_into(path)
        assert now == tables, failure
        # What is harvested is written first, in one batch; then what was not found is marked as withdrawn.
        assert found in ([{}, expected] if new else [old, committed, expected]), failure
        assert said or found == expected, failure
    assert sum(map(bool, sentences)) > 15
    assert sentences[-1] == "", "without a failure it succeeds"


def test_the_first_reason_is_said_and_not_what_fails_later(failing_child, tmp_path):
    path = tmp_path / "services.gpkg"
    harvest(path, OLD, "old")
    failure = Failure(1, errno.ENOSPC, ("write",), onwards=True)
    said = sentence(failing_child, harvest, str(path), NEW, "new", folder=tmp_path, failure=failure)
    assert "database or disk is full" in said


@pytest.mark.parametrize("lock", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"])
def test_another_program_that_keeps_it_locked(tmp_path, monkeypatch, held, lock):
    path = tmp_path / "services.gpkg"
    harvest(path, OLD, "old")
    _, before = looked_into(path)
    holder = held(path, lock)
    monkeypatch.setattr(sqlite_locks, "WAIT_S", 0.6)
    with pytest.raises(ResourceError, match=r"services\.gpkg' is being written by another program.*try again"):
        harvest(path, NEW, "new")
    holder.communicate("")
    assert looked_into(path)[1] == before
    harvest(path, NEW, "new")
    assert looked_into(path)[1] != before, "it is written as soon as the other has ended"
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_a_reader_that_stays_delays_the_commit_and_the_records_stay_as_they_were(tmp_path, monkeypatch, held):
    """In a rollback journal a commit needs that nobody reads: the transaction is given up whole, and not left open."""
    path = tmp_path / "services.gpkg"
    harvest(path, OLD, "old")
    _, before = looked_into(path)
    holder = held(path, "BEGIN", "SELECT count(*) FROM service")
    monkeypatch.setattr(sqlite_locks, "WAIT_S", 0.6)
    catalogue = FileCatalogue(path, create=True)
    with pytest.raises(ResourceError, match="being written by another program"):
        catalogue.apply(records(NEW, description="new"), SOURCE)
    assert catalogue.search(Search(include_gone=True)).total == OLD, "it still answers"
    holder.communicate("")
    catalogue.apply(records(NEW, description="new"), SOURCE)
    catalogue.close()
    assert looked_into(path)[1] != before


def test_a_reader_in_write_ahead_mode_delays_nothing(tmp_path, held):
    path = tmp_path / "services.gpkg"
    harvest(path, OLD, "old")
    holder = held(path, "PRAGMA journal_mode = WAL", "BEGIN", "SELECT count(*) FROM service")
    harvest(path, NEW, "new")
    holder.communicate("")
    _, found = looked_into(path)
    assert sum(text == "new" and not gone for text, gone in found.values()) == NEW
    assert sum(gone for _, gone in found.values()) == OLD - NEW


@pytest.mark.parametrize("create", [True, False])
def test_a_cancel_ends_the_waiting(tmp_path, held, create):
    path = tmp_path / "services.gpkg"
    harvest(path, OLD, "old")
    held(path, "BEGIN EXCLUSIVE")
    asked = []

    def progress(fraction, text=""):
        asked.append(time.monotonic())
        return len(asked) < 3

    with pytest.raises(Cancelled):
        FileCatalogue(path, create, progress)
    assert len(asked) == 3


def test_two_harvests_at_once_lose_nothing(tmp_path):
    path = tmp_path / "services.gpkg"
    sources = [f"https://source{number}.example" for number in range(4)]

    def bring_in(source, failed):
        try:
            for _ in range(3):
                catalogue = FileCatalogue(path, create=True)
                catalogue.apply([*_records_of(source, 150)], source)
                catalogue.close()
        except ResourceError as error:
            failed.append(error)

    failed = []
    threads = [threading.Thread(target=bring_in, args=(source, failed)) for source in sources]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    catalogue = FileCatalogue(path)
    assert catalogue.search(Search()).total == 600
    catalogue.close()
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def _records_of(source, count):
    from dataclasses import replace

    from twin_plugin.core.services.record import record_id

    for one in records(count):
        url = f"{source}/{one.url.rsplit('/', 1)[-1]}"
        yield replace(one, url=url, id=record_id(one.protocol, url))

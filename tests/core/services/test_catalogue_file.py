"""The catalogue in a GeoPackage: it finds what it should, keeps what it must, and is never half a file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.catalogue_records import SEARCHES, answer, made_records
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import Cancelled, InputError, ResourceError
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.catalogue.sanitize import sanitized
from twin_plugin.core.services.catalogue.store import Facets, Probe, Search
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health, Link, ServiceRecord, record_id


@pytest.fixture
def path(tmp_path):
    return tmp_path / "the city's 目录" / "services 服务#1?.gpkg"


@pytest.fixture
def catalogue(path):
    found = FileCatalogue(path, create=True)
    yield found
    found.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    records = [sanitized(record)[0] for record in made_records()]
    found = FileCatalogue(tmp_path_factory.mktemp("catalogue") / "filled.gpkg", create=True)
    found.apply(records)
    yield found, records
    found.close()


def record(number=1, **values):
    url = f"https://gis.example/{number}"
    given = {"title": f"Rain gauges {number}", "protocol": ServiceProtocol.WFS, "url": url} | values
    return ServiceRecord(record_id(given["protocol"], given["url"]), **given)


@pytest.mark.parametrize("search", SEARCHES, ids=range(len(SEARCHES)))
def test_a_search_finds_what_a_plain_reading_finds(filled, search):
    catalogue, records = filled
    page = catalogue.search(search)
    expected = answer(records, search)
    assert page.total == len(expected)
    if search.order == "title":
        wanted = expected[search.offset : search.offset + search.limit] if search.limit else expected
        assert list(page.records) == wanted
    elif search.order == "added":
        assert list(page.records) == records[search.offset : search.offset + search.limit]
    else:
        assert {found.id for found in page.records} == {found.id for found in expected}


@pytest.mark.parametrize("search", SEARCHES, ids=range(len(SEARCHES)))
def test_facets_count_without_their_own_choice(filled, search):
    catalogue, records = filled

    def count(key, **without):
        found = {}
        for item in answer(records, replace(search, **without)):
            found[key(item)] = found.get(key(item), 0) + 1
        return found

    assert catalogue.facets(search) == Facets(
        count(lambda item: item.subdivision, subdivisions=()),
        count(lambda item: item.protocol, protocols=()),
        count(lambda item: item.health, health=(), alive=False),
        len(answer(records, search)),
    )


def test_the_searches_of_the_test_find_something_and_leave_something(filled):
    catalogue, records = filled
    counts = [catalogue.search(search).total for search in SEARCHES]
    assert sum(0 < count < len(records) for count in counts) > 40


def test_records_come_back_as_they_were(filled):
    catalogue, records = filled
    assert list(catalogue.records()) == records
    assert catalogue.get([records[0].id, "none"]) == {records[0].id: records[0]}
    with pytest.raises(InputError, match="no record 'none'"):
        catalogue.one("none")


def test_what_cannot_be_meant_is_refused(filled):
    for search in (
        Search(order="colour"),
        Search(offset=-1),
        Search(subdivisions=("x' OR 1",)),
        Search(box=BoundingBox(0, 10, 5, 0)),
        Search(box=BoundingBox(float("nan"), 0, 1, 1)),
    ):
        with pytest.raises(InputError):
            filled[0].search(search)


def test_a_harvest_adds_updates_marks_and_brings_back(catalogue):
    first = [record(n) for n in range(5)]
    changes = catalogue.apply(first, "https://gis.example")
    assert (changes.added, changes.changed, changes.gone) == (5, 0, 0)
    again = catalogue.apply(first, "https://gis.example")
    assert (again.added, again.changed, again.unchanged, again.gone) == (0, 0, 5, 0)
    changes = catalogue.apply([replace(first[0], title="New name"), *first[1:3]], "https://gis.example")
    assert (changes.changed, changes.unchanged, changes.gone) == (1, 2, 2)
    assert catalogue.search(Search()).total == 3
    assert catalogue.search(Search(text="New name")).total == 1
    assert catalogue.search(Search(text="gauges 0")).total == 0, "the index of words forgot the old title"
    assert catalogue.search(Search(include_gone=True)).total == 5
    assert catalogue.apply(first[3:], "https://gis.example", complete=False).changed == 2
    assert catalogue.search(Search()).total == 5


def test_another_sources_records_do_not_go(catalogue):
    catalogue.apply([record(1)], "https://one.example")
    assert catalogue.apply([record(2)], "https://two.example").gone == 0
    assert catalogue.apply([], "https://one.example").gone == 1


def test_a_guess_that_a_person_confirms_is_no_guess_any_more(catalogue):
    one = ServiceRecord(
        record_id(ServiceProtocol.WMS, "https://a/wms", "x"), "Roads 道路", ServiceProtocol.WMS, "https://a/wms", "x"
    )
    guessed = replace(one, subdivision="A06", subdivision_sure=0.4, edited=())
    catalogue.apply([guessed], complete=False)
    confirmed = catalogue.edit(one.id, {"subdivision": "A06"})
    assert (confirmed.edited, confirmed.subdivision_sure) == (("subdivision",), 1.0)
    catalogue.apply([replace(guessed, subdivision="B02", subdivision_sure=0.7)], complete=False)
    kept = catalogue.one(one.id)
    assert (kept.subdivision, kept.subdivision_sure) == ("A06", 1.0)


def test_what_a_person_edited_and_a_probe_found_stays(catalogue):
    one = record(1, subdivision="A06", subdivision_sure=0.4)
    catalogue.apply([one], "https://gis.example")
    edited = catalogue.edit(
        one.id, {"title": "Mine", "subdivision": "C03", "box": BoundingBox(170, 0, -170, 5), "auth": "city"}
    )
    assert edited.edited == ("auth", "box", "subdivision", "title")
    assert edited.subdivision_sure == 1.0
    catalogue.set_health([Probe(one.id, Health.DEAD, "no answer", 12.0), Probe("nobody", Health.ALIVE)])
    changes = catalogue.apply([replace(one, title="Theirs", description="new")], "https://gis.example")
    assert changes.changed == 1
    kept = catalogue.one(one.id)
    assert (kept.title, kept.subdivision, kept.subdivision_sure, kept.description) == ("Mine", "C03", 1.0, "new")
    assert (kept.box, kept.auth, kept.health, kept.latency_ms) == (
        BoundingBox(170, 0, -170, 5),
        "city",
        Health.DEAD,
        12.0,
    )
    assert catalogue.search(Search(box=BoundingBox(-175, 1, -174, 2))).total == 1
    assert catalogue.search(Search(box=BoundingBox(0, 1, 1, 2))).total == 0
    assert catalogue.edit(one.id, {"title": "Mine"}) == kept, "no change, no mark"
    for values in ({"url": "https://else.example"}, {"edited": ()}):
        with pytest.raises(InputError, match="cannot be edited"):
            catalogue.edit(one.id, values)


def test_a_fill_completes_records_and_double_ids_are_told(catalogue):
    changes = catalogue.apply([record(1), record(1)], fill=lambda item: replace(item, subdivision="C03"))
    assert changes.added == 1
    assert "came twice" in changes.notes[0]
    assert catalogue.facets(Search()).subdivision == {"C03": 1}


def test_a_cancelled_harvest_keeps_whole_batches_and_marks_nothing(catalogue):
    catalogue.apply([record(n) for n in range(3)], "https://gis.example")
    calls = []

    def stop(fraction, text):
        calls.append(text)
        return len(calls) < 2

    with pytest.raises(Cancelled):
        catalogue.apply((record(n) for n in range(10, 5_000)), "https://gis.example", progress=stop)
    assert catalogue.search(Search()).total == 2_003


def test_a_harvest_that_is_killed_leaves_whole_batches(path, tmp_path):
    script = """
import sys
from pathlib import Path
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord, record_id

def records():
    for number in range(100_000):
        if number == 2_500:
            print("half", flush=True)
            sys.stdin.read()
        url = f"https://gis.example/{number}"
        yield ServiceRecord(record_id(ServiceProtocol.WFS, url), f"Title {number}", ServiceProtocol.WFS, url)

FileCatalogue(Path(sys.argv[1]), create=True).apply(records(), "https://gis.example")
"""
    command = [sys.executable, "-c", script, str(path)]
    root = str(Path(__file__).parents[3])
    process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"half\n"
    process.kill()
    process.wait(30)
    found = FileCatalogue(path, create=True)
    assert found.search(Search()).total == 2_000
    assert found.search(Search(text="Title 1999")).total == 1
    assert found.apply([record(1)], "https://gis.example").gone == 2_000 - 1
    found.close()
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_an_error_of_the_source_rolls_back_nothing_that_was_written_and_marks_nothing(catalogue):
    def broken():
        yield from (record(n) for n in range(1_500))
        raise InputError("the source broke")

    catalogue.apply([record(9_000)], "https://gis.example")
    with pytest.raises(InputError):
        catalogue.apply(broken(), "https://gis.example")
    assert catalogue.search(Search()).total == 1_001


CANARY = "c4nary"


def test_no_secret_is_kept(catalogue, path):
    secrets = record(
        1, url=f"https://user:{CANARY}@gis.example/wfs?service=WFS&token={CANARY}", title=f"WFS https://x.example/?tk={CANARY}",
        links=(Link(f"https://gis.example/legend?ak={CANARY}&layer=1"),), description=f"password={CANARY}",
        source=f"https://gis.example/?apikey={CANARY}", health_reason=f"https://a:{CANARY}@gis.example failed",
    )  # fmt: skip
    changes = catalogue.apply([secrets])
    assert any("secrets" in note and CANARY not in note for note in changes.notes)
    kept = catalogue.one(secrets.id)
    assert kept.url == "https://gis.example/wfs?service=WFS"
    assert kept.links[0].href == "https://gis.example/legend?layer=1"
    dsn = record(2, protocol=ServiceProtocol.POSTGIS, url=f"host=db password={CANARY}")
    assert catalogue.apply([dsn]).added == 0
    catalogue.close()
    assert CANARY.encode() not in path.read_bytes()


def test_hostile_texts_stay_texts(catalogue):
    title = "Robert'); DROP TABLE service;--\x00\ud800"
    catalogue.apply([record(1, title=title, keywords=('"',), layer="a" * 50_000)])
    kept = catalogue.search(Search(text="Robert');")).records[0]
    assert kept.title == "Robert'); DROP TABLE service;--"
    assert len(kept.layer) == 20_000
    assert catalogue.search(Search(text=kept.layer[:300] + "b")).total == 0


def test_a_strange_box_is_left_out_and_told(catalogue):
    changes = catalogue.apply(
        [record(1, box=BoundingBox(0, 95, 1, 96)), record(2, box=BoundingBox(0, float("inf"), 1, 1))]
    )
    assert len(changes.notes) == 2
    assert all(item.box is None for item in catalogue.records())


def test_one_writer_at_a_time_and_readers_meanwhile(path, catalogue, monkeypatch):
    from twin_plugin.core.common import sqlite_locks

    monkeypatch.setattr(sqlite_locks, "WAIT_S", 0.05)
    catalogue.apply([record(1)])
    other = FileCatalogue(path, create=True)
    with catalogue._transaction():
        catalogue._write([record(2)], [])
        assert other.search(Search()).total == 1
        with pytest.raises(ResourceError, match="being written"):
            other.apply([record(3)])
    assert other.search(Search(text="gauges")).total == 2, "another's changes are seen"
    other.close()


def test_a_search_can_be_interrupted(filled, monkeypatch):
    catalogue, _ = filled
    catalogue._database.set_progress_handler(lambda: catalogue.interrupt() or 0, 10)
    try:
        with pytest.raises(Cancelled):
            catalogue.search(Search(text="南山", limit=0))
    finally:
        catalogue._database.set_progress_handler(None, 0)
    assert catalogue.search(Search(text="南山", limit=0)).total > 0


def test_files_that_are_no_catalogue(tmp_path, path):
    missing = tmp_path / "missing.gpkg"
    with pytest.raises(InputError, match="no catalogue"):
        FileCatalogue(missing)
    junk = tmp_path / "junk.gpkg"
    junk.write_bytes(b"x" * 1000)
    with pytest.raises(InputError, match="no GeoPackage"):
        FileCatalogue(junk, create=True)
    assert junk.read_bytes() == b"x" * 1000
    FileCatalogue(path, create=True).close()
    with sqlite3.connect(path) as database:
        database.execute("UPDATE service_catalogue SET value = '99'")
    database.close()
    with pytest.raises(InputError, match="newer version"):
        FileCatalogue(path)
    damaged = tmp_path / "damaged.gpkg"
    damaged.write_bytes(path.read_bytes()[:6_000])
    with pytest.raises((ResourceError, InputError)):
        FileCatalogue(damaged)
    assert not list(tmp_path.rglob(".twin-*"))


def test_a_catalogue_that_is_only_read_cannot_be_written(path):
    FileCatalogue(path, create=True).close()
    reader = FileCatalogue(path)
    with pytest.raises(ResourceError, match="read-only"):
        reader.apply([record(1)])
    reader.close()


def test_what_works_comes_first_and_what_is_synthetic_last(catalogue):
    kinds = {
        "a synthetic": {"made": True}, "b offline": {"health": Health.DEAD}, "c locked": {"health": Health.DENIED},
        "d unknown": {}, "e slow": {"health": Health.SLOW}, "F online": {"health": Health.ALIVE},
        "g unknown": {}, "h synthetic": {"made": True, "health": Health.ALIVE},
    }  # fmt: skip
    records = [record(number, title=title, **more) for number, (title, more) in enumerate(kinds.items())]
    catalogue.apply(records)
    catalogue.set_health([Probe(item.id, item.health) for item in records if item.health is not Health.UNKNOWN])
    ranked = ["e slow", "F online", "d unknown", "g unknown", "b offline", "c locked", "a synthetic", "h synthetic"]
    assert [found.title for found in catalogue.search(Search(order="live")).records] == ranked
    assert [found.title for found in catalogue.search(Search(text="online", order="live")).records] == ["F online"]
    assert [found.title for found in catalogue.search(Search(order="live", offset=2, limit=3)).records] == ranked[2:5]

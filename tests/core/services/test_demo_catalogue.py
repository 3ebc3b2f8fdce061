"""The made catalogue: big enough, over the whole taxonomy, the same every time, and never to be taken for real."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services import demo_catalogue, publish
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.catalogue.store import Search
from twin_plugin.core.services.catalogue.taxonomy import read_taxonomy
from twin_plugin.core.services.protocol_table import ServiceProtocol

TABLES = Path(__file__).parents[3] / "resources" / "tables"
BOX = BoundingBox(113.92, 22.50, 113.94, 22.52)


@pytest.fixture(scope="module")
def topics():
    return demo_catalogue.read_topics(TABLES / "demo_topics.csv")


@pytest.fixture(scope="module")
def records(topics):
    return list(demo_catalogue.synthetic_records(topics, BOX, 1))


def test_thousands_over_every_subdivision_and_protocol(records):
    assert len(records) >= 4000
    assert len({record.id for record in records}) == len(records)
    taxonomy = read_taxonomy(TABLES / "taxonomy.csv")
    counts = Counter(record.subdivision for record in records)
    assert set(counts) == {row.code for row in taxonomy.rows.values() if row.parent}
    assert min(counts.values()) > 100
    live = list(demo_catalogue.live_records(BOX))
    assert {record.protocol for record in (*records, *live)} == set(ServiceProtocol)


def test_nothing_made_can_be_taken_for_real_or_reaches_anybody(records):
    for record in records:
        assert record.made
        assert "synthetic" in record.title
        assert "演示" in record.title
        assert "there is no such service" in record.description
        assert "://" not in record.url or ".invalid/" in record.url


def test_every_box_lies_in_the_district(records):
    for record in records:
        assert BOX.west <= record.box.west < record.box.east <= BOX.east
        assert BOX.south <= record.box.south < record.box.north <= BOX.north


def test_equal_seeds_give_equal_records_and_others_differ(topics, records):
    assert list(demo_catalogue.synthetic_records(topics, BOX, 1)) == records
    others = list(demo_catalogue.synthetic_records(topics, BOX, 2))
    assert [record.title for record in others] == [record.title for record in records]
    assert others != records


def test_live_records_are_on_loopback_at_the_ports_of_the_servers():
    live = list(demo_catalogue.live_records(BOX, 9100))
    assert not any(record.made for record in live)
    assert len({record.id for record in live}) == len(live)
    roots = {publish.address(server, 9100) for server in publish.SERVERS}
    assert {record.url for record in live} == roots
    assert all("live demo" in record.title for record in live)


def test_a_catalogue_of_them_is_found_by_chinese_words_and_place(records, tmp_path):
    store = FileCatalogue(tmp_path / "services.gpkg", create=True)
    try:
        changes = store.apply(records, complete=False)
        assert (changes.added, changes.notes) == (len(records), ())
        assert store.search(Search(made=False)).total == 0
        found = store.search(Search(text="雨量站", limit=0))
        assert found.total == 35
        assert all(record.subdivision == "C03" for record in found.records)
        corner = BoundingBox(BOX.west, BOX.south, BOX.west + 1e-4, BOX.south + 1e-4)
        expected = sum(r.box.west <= corner.east and r.box.south <= corner.north for r in records)
        assert store.search(Search(box=corner)).total == expected
    finally:
        store.close()


def test_a_table_of_topics_that_is_none_is_told(tmp_path):
    for text in ("code,zh,en,kind\n", "code,zh,en,kind\nA01,街,Street,wooden\n", "a,b\n1,2\n"):
        path = tmp_path / "topics.csv"
        path.write_text(text, "utf-8")
        with pytest.raises(InputError, match="table of topics"):
            demo_catalogue.read_topics(path)

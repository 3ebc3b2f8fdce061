"""A source into the catalogue: new, changed, gone, and what a person edited."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.catalogue.harvest import bring_in, source_of
from twin_plugin.core.services.catalogue.store import Search
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord, record_id
from twin_plugin.core.web.fetch import Trouble, WebError

URL = "https://h/ows?map=a"


def record(layer, protocol=ServiceProtocol.WMS, url=URL, **values):
    return ServiceRecord(record_id(protocol, url, layer), f"Layer {layer}", protocol, url, layer, **values)


@pytest.fixture
def catalogue(tmp_path):
    with closing(FileCatalogue(tmp_path / "the city's 目录.gpkg", create=True)) as opened:
        yield opened


@pytest.fixture
def harvest(catalogue):
    """A function that harvests given records (an error among them breaks the source off) and gives its changes."""

    def run(*given, protocols=(ServiceProtocol.WMS,), auth="", **more):
        def source(url, auth, fetch, progress):
            for item in given:
                if isinstance(item, Exception):
                    raise item
                yield item

        return bring_in(catalogue, URL, protocols, auth, None, lambda protocol: source, **more)

    return run


def counts(done):
    changes = done[0].changes
    return changes.added, changes.changed, changes.gone, changes.unchanged


def test_new_changed_and_gone(catalogue, harvest):
    assert counts(harvest(record("a"), record("b"), record("c"))) == (3, 0, 0, 0)
    assert counts(harvest(record("a"), record("b", description="new"))) == (0, 1, 1, 1)
    assert catalogue.one(record("c").id).gone
    assert counts(harvest(record("a"), record("b", description="new"), record("c"))) == (0, 1, 0, 2)
    assert not catalogue.one(record("c").id).gone


def test_what_a_person_edited_stays(catalogue, harvest):
    harvest(record("a"))
    catalogue.edit(record("a").id, {"title": "雨量", "subdivision": "C03"})
    harvest(record("a", description="new", keywords=("rain",)), fill=lambda r: replace(r, subdivision="A02"))
    kept = catalogue.one(record("a").id)
    assert (kept.title, kept.subdivision, kept.subdivision_sure, kept.description) == ("雨量", "C03", 1.0, "new")


def test_a_source_that_breaks_off_marks_nothing_as_gone(catalogue, harvest):
    harvest(record("a"), record("b"), record("c"))
    done = harvest(record("a"), record("d"), WebError("It broke.", Trouble.SERVER))
    assert counts(done) == (1, 0, 0, 1)
    assert "It broke." in done[0].changes.notes[0]


def test_a_source_that_gives_nothing_changes_nothing(catalogue, harvest):
    harvest(record("a"))
    with pytest.raises(WebError, match="No answer"):
        harvest(WebError("No answer.", Trouble.UNREACHABLE))
    assert not catalogue.one(record("a").id).gone


def test_a_source_that_is_empty_now_has_all_gone(catalogue, harvest):
    harvest(record("a"))
    assert counts(harvest()) == (0, 0, 1, 0)


def test_services_at_one_address_do_not_disturb_each_other(catalogue, harvest):
    harvest(record("a"))
    assert counts(harvest(record("a", ServiceProtocol.WFS), protocols=(ServiceProtocol.WFS,))) == (1, 0, 0, 0)
    assert catalogue.search(Search()).total == 2


def test_one_protocol_that_fails_does_not_stop_the_others(catalogue):
    def harvests(protocol):
        def source(url, auth, fetch, progress):
            if protocol is ServiceProtocol.WFS:
                raise WebError("Broken.", Trouble.SERVER)
            yield record("a", protocol)

        return source

    done = bring_in(catalogue, URL, (ServiceProtocol.WFS, ServiceProtocol.WMS), "", None, harvests)
    assert [item.protocol for item in done] == [ServiceProtocol.WMS]
    assert "Broken." in done[0].changes.notes


def test_the_configuration_is_named_for_its_own_origin_only(catalogue, harvest):
    away = record("x", url="https://other/wms")
    harvest(record("a"), away, auth="City")
    assert catalogue.one(record("a").id).auth == "City"
    assert catalogue.one(away.id).auth == ""


def test_a_cancel_changes_nothing(catalogue, harvest):
    with pytest.raises(Cancelled):
        harvest(*(record(str(n)) for n in range(500)), progress=lambda fraction, text="": False)
    assert catalogue.search(Search()).total == 0


def test_sources_are_named_without_what_does_not_tell_them_apart():
    assert (
        source_of("https://h/ows?map=a&REQUEST=GetCapabilities&version=1.3.0", ServiceProtocol.WMS)
        == "https://h/ows?map=a&SERVICE=WMS"
    )
    assert source_of("https://h/api?f=json", ServiceProtocol.OGC_FEATURES) == "https://h/api"
    assert source_of("/data/服务", ServiceProtocol.FILE) == "/data/服务"

"""Records as a catalogue keeps them: what is removed, what is cut, and what is reported."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.services.catalogue.sanitize import sanitized, usable
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Link, ServiceRecord

PLAIN = ServiceRecord("id", "Wells", ServiceProtocol.WFS, "https://city.example/wfs")
CANARY = "-".join(("Kanarienvogel", "gelb", "4711"))
SECRET = f"?service=WFS&token={CANARY}"


@pytest.mark.parametrize(
    ("box", "is_one"),
    [
        ((-180, -90, 180, 90), True),
        ((170, -10, -170, 10), True),  # over the 180th meridian
        ((1, 2, 1, 2), True),
        ((0, 0, 1, 90.5), False),
        ((0, -90.5, 1, 0), False),
        ((0, 1, 1, 0), False),
        ((-180.5, 0, 1, 1), False),
        ((0, 0, 180.5, 1), False),
        ((0, 0, 1, math.nan), False),
        ((-math.inf, 0, 1, 1), False),
    ],
)
def test_boxes(box, is_one):
    assert usable(BoundingBox(*box)) == is_one
    kept, notes = sanitized(replace(PLAIN, box=BoundingBox(*box)))
    assert (kept.box is not None) == is_one
    assert bool(notes) != is_one


def test_a_good_record_stays_as_it_is():
    record = replace(
        PLAIN, description="深圳 wells\nand more", keywords=("water", "水"), crs=("EPSG:4547",), latency_ms=12.5,
        subdivision_sure=0.25, links=(Link("https://city.example/doc", "describedby", "text/html", "Page"),),
    )  # fmt: skip
    assert sanitized(record) == (record, [])


@pytest.mark.parametrize("change", [{"id": ""}, {"url": ""}, {"url": "  "}])
def test_without_id_or_address_there_is_no_record(change):
    kept, (told,) = sanitized(replace(PLAIN, **change))
    assert kept is None
    assert "'Wells' has no id or no address" in told


def test_a_data_source_with_a_password_is_no_name_of_a_connection():
    source = f"dbname=city user=twin password={CANARY}"
    kept, (told,) = sanitized(replace(PLAIN, protocol=ServiceProtocol.POSTGIS, url=source))
    assert kept is None
    assert CANARY not in told
    assert sanitized(replace(PLAIN, protocol=ServiceProtocol.POSTGIS, url="City base"))[0].url == "City base"


def test_secrets_leave_every_address_and_are_named_once():
    record = replace(PLAIN, url=PLAIN.url + SECRET, source=PLAIN.url + SECRET, links=(Link(PLAIN.url + SECRET),))
    kept, (told,) = sanitized(record)
    assert CANARY not in repr(kept)
    assert kept.url.endswith("?service=WFS")
    assert told.count("token") == 1
    assert "(token)" in told


def test_controls_go_and_long_texts_are_cut():
    kept, _ = sanitized(replace(PLAIN, title="a\0b\x1f\ud800", description="x" * 20_001, layer="y" * 20_000))
    assert kept.title == "ab"
    assert len(kept.description) == 20_000
    assert kept.description.endswith("x…")
    assert kept.layer == "y" * 20_000
    kept, _ = sanitized(replace(PLAIN, cadence="c" * 201, keywords=(" a  b ", "", "\0"), themes=("t",) * 501))
    assert kept.cadence == "c" * 200
    assert kept.keywords == ("a b",)
    assert len(kept.themes) == 500


@pytest.mark.parametrize(("given", "kept"), [(math.inf, None), (math.nan, None), (None, None), (0.0, 0.0)])
def test_times_are_finite(given, kept):
    assert sanitized(replace(PLAIN, latency_ms=given))[0].latency_ms == kept


@pytest.mark.parametrize(("given", "kept"), [(-0.5, 0.0), (0.5, 0.5), (1.5, 1.0)])
def test_shares_lie_between_0_and_1(given, kept):
    assert sanitized(replace(PLAIN, subdivision_sure=given))[0].subdivision_sure == kept


def test_links_are_at_most_500_and_have_an_address():
    links = (Link(" "), *(Link(f"https://city.example/{number}") for number in range(600)))
    kept, _ = sanitized(replace(PLAIN, links=links))
    assert [link.href for link in kept.links] == [f"https://city.example/{number}" for number in range(499)]

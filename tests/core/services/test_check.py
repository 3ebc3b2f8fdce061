"""Probing many services: each once, hosts in turn, and a cancel that ends it."""

from __future__ import annotations

import threading
import time
from collections import Counter

import pytest

from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.services.adapter import State
from twin_plugin.core.services.check import by_turns, check_all, shared
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health, ServiceRecord, record_id
from twin_plugin.core.web.fetch import Reply, Request, Trouble, WebError


def record(url, layer="", protocol=ServiceProtocol.WMS, **values):
    return ServiceRecord(record_id(protocol, url, layer), f"{url} {layer}", protocol, url, layer, **values)


class Probe:
    """An adapter that asks its record's address once."""

    def probe(self, record, fetch):
        if record.layer == "none":
            raise InputError("No such adapter; see https://h/?" + "&".join(("token=abc", "x=1")))
        try:
            reply = fetch(Request(record.url))
        except WebError as error:
            return State(Health.DEAD, None, str(error))
        return State(Health.ALIVE, reply.seconds * 1000)


def test_each_record_gets_its_state():
    def fetch(request):
        assert request.time_limit_s == 3
        if "dead" in request.url:
            raise WebError("It is dead.", Trouble.UNREACHABLE)
        return Reply(request.url, 200, b"", seconds=0.5)

    records = [record(f"http://h{n % 7}/{n}") for n in range(200)]
    records += [record("http://dead/x"), record("http://h/x", made=True), record("http://h/y", "none")]
    states = {one.id: state for one, state in check_all(records, lambda protocol: Probe(), fetch, time_limit_s=3)}
    assert len(states) == 203
    assert Counter(state.health for state in states.values()) == {Health.ALIVE: 200, Health.DEAD: 2, Health.UNKNOWN: 1}
    assert states[records[0].id].latency_ms == 500
    assert "dead" in states[records[200].id].reason
    assert "abc" not in states[records[202].id].reason


def test_hosts_take_turns():
    records = [record(f"http://a/{n}") for n in range(5)] + [
        record("http://b/1"),
        record("/data/x", "", ServiceProtocol.FILE),
    ]
    order = [one.url for one in by_turns(records)]
    assert sorted(order) == sorted(one.url for one in records)
    assert {"http://a/0", "http://b/1", "/data/x"} == set(order[:3])


def test_layers_of_one_service_share_its_answer():
    asked = []

    def fetch(request):
        asked.append(request.url)
        time.sleep(0.02)
        return Reply(request.url, 200, b"x")

    records = [record("http://h/wms", f"layer {n}") for n in range(50)]
    assert len(list(check_all(records, lambda protocol: Probe(), fetch))) == 50
    assert asked == ["http://h/wms"]


def test_errors_are_shared_and_other_requests_are_not():
    asked = []

    def fetch(request):
        asked.append(request)
        raise WebError("No.", Trouble.SERVER)

    once = shared(fetch)
    for request in (
        Request("http://h/"),
        Request("http://h/"),
        Request("http://h/", auth="x"),
        Request("http://h/", "POST"),
    ):
        with pytest.raises(WebError):
            once(request)
    assert len(asked) == 3


def test_many_are_asked_at_once_and_not_too_many():
    lock, now, most = threading.Lock(), [0], [0]

    def fetch(request):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.02)
        with lock:
            now[0] -= 1
        return Reply(request.url, 200, b"")

    records = [record(f"http://h{n}/") for n in range(60)]
    assert len(list(check_all(records, lambda protocol: Probe(), fetch, workers=6))) == 60
    assert 1 < most[0] <= 6


def test_a_cancel_ends_it():
    seen = []

    def fetch(request):
        return Reply(request.url, 200, b"")

    records = [record(f"http://h/{n}") for n in range(4000)]

    def check():
        for one, _ in check_all(records, lambda protocol: Probe(), fetch, lambda f, t="": len(seen) < 20):
            seen.append(one)

    with pytest.raises(Cancelled):
        check()
    assert 20 <= len(seen) < 100


def test_nothing_to_check():
    assert list(check_all([], lambda protocol: Probe(), None)) == []


def test_files_and_databases_are_probed_in_the_callers_thread():
    threads = set()

    class Here:
        def probe(self, record, fetch):
            threads.add(threading.current_thread())
            return State(Health.ALIVE)

    records = [record(f"/data/{n}", "", ServiceProtocol.FILE) for n in range(30)]
    assert len(list(check_all(records, lambda protocol: Here(), None))) == 30
    assert threads == {threading.current_thread()}

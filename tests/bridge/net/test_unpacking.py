"""Replies that come in crumbs, or as packed nothing, cost no more than their bytes."""

from __future__ import annotations

import gzip
import tracemalloc

from twin_plugin.bridge.net.unpacking import Unpacker


def peak_of(call):
    """Megabytes that a call takes at most."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def test_a_reply_of_single_bytes_takes_its_bytes():
    unpacker = Unpacker(1_000_000)
    unpacker.begin("")
    crumbs = [bytes((number % 256,)) for number in range(256)]

    def feed():
        for number in range(300_000):
            assert unpacker.feed(crumbs[number % 256])

    assert peak_of(feed) < 1
    assert unpacker.body()[:258] == bytes(range(256)) + b"\0\1"
    assert len(unpacker.body()) == 300_000


def test_packed_members_without_content_end():
    unpacker = Unpacker(100_000)
    unpacker.begin("gzip")
    nothing = gzip.compress(b"") * 100
    fed = 0
    while unpacker.feed(nothing) and fed < 1_000_000:
        fed += len(nothing)
    assert fed <= 100_000
    assert not unpacker.body()

"""THREADS 0 of a simulation: few threads where many would wait for each other."""

from __future__ import annotations

import os

import pytest

from twin_plugin.bridge.kernel import runtime


@pytest.mark.parametrize(
    ("asked", "desktop", "cells", "load", "expected"),
    [
        (0, False, 3600, 0.0, 1),
        (0, False, 1_000_000, 0.0, 8),
        (0, True, 1_000_000, 0.0, 7),
        (0, False, 1_000_000, 3.2, 5),
        (0, False, 1_000_000, 30.0, 1),
        (4, False, 3600, 30.0, 4),
        (99, False, 3600, 0.0, 8),
    ],
)
def test_threads_follow_the_size_and_the_load(monkeypatch, asked, desktop, cells, load, expected):
    monkeypatch.setattr(runtime, "default_workers", lambda: 8)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0))
    assert runtime.solver_threads(asked, desktop, cells) == expected


def test_a_system_without_a_load_uses_all_cores(monkeypatch):
    monkeypatch.setattr(runtime, "default_workers", lambda: 8)
    monkeypatch.delattr(os, "getloadavg")
    assert runtime.solver_threads(0, False, 1_000_000) == 8

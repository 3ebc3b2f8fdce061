"""What is the machine's or the data's ends in a sentence; mistakes in code keep their traceback."""

from __future__ import annotations

import errno
import sqlite3
from concurrent.futures.process import BrokenProcessPool

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.library_errors import explained

gdal = pytest.importorskip("osgeo.gdal")


def raised(call):
    try:
        call()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return error
    raise AssertionError("nothing was raised")


def broken_raster():
    before = gdal.GetUseExceptions()
    gdal.UseExceptions()
    try:
        gdal.Open("/nowhere/at all.tif")
    finally:
        if not before:
            gdal.DontUseExceptions()


def nowhere():
    with open("/nowhere/at all.txt", encoding="utf-8"):
        pass


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: np.empty(1 << 60, np.uint8), "not enough memory for this run"),
        (nowhere, "'/nowhere/at all.txt' cannot be used (No such file or directory)"),
        (lambda: sqlite3.connect("/nowhere/at all.db"), "A database cannot be used (unable to open database file)"),
        (broken_raster, "GDAL stopped the run ("),
    ],
    ids=["memory", "system", "sqlite", "gdal"],
)
def test_errors_of_system_and_libraries_are_sentences(call, words):
    sentence = str(explained(raised(call)))
    assert words in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_errors_without_a_file_name_the_reason():
    assert "No space left on device" in str(explained(OSError(errno.ENOSPC, "No space left on device")))
    assert "a worker died" in str(explained(BrokenProcessPool("a worker died")))


def test_numba_and_pebble_have_errors_of_their_own():
    numba_errors = pytest.importorskip("numba.core.errors")
    pebble = pytest.importorskip("pebble")
    assert "numba stopped the run (no cache)" in str(explained(numba_errors.NumbaError("no cache")))
    assert explained(pebble.ProcessExpired("it died")) is not None


def our_own():
    raise RuntimeError("our mistake")


@pytest.mark.parametrize(
    "call",
    [
        our_own,
        lambda: {}["x"],
        lambda: 1 / 0,
        lambda: int("x"),
        lambda: None.x,
        lambda: our_own(1),
        lambda: [].index(1),
    ],
)
def test_mistakes_in_code_propagate(call):
    assert explained(raised(call)) is None


def test_recursion_and_what_is_not_implemented_are_mistakes():
    assert explained(RecursionError("too deep")) is None
    assert explained(NotImplementedError("later")) is None


def test_our_sentences_stay():
    error = InputError("The grid {name} is empty.", name="x")
    assert explained(error) is error

"""GDAL's errors as exceptions, in several threads at once."""

from __future__ import annotations

import threading

import pytest
from osgeo import gdal, ogr

from twin_plugin.bridge.kernel.gdal_basics import GdalExceptions

MISSING = "/nowhere/nothing.gpkg"


def is_on():
    """Whether a failing call of gdal and one of ogr raise."""
    with pytest.raises(RuntimeError):
        gdal.Open(MISSING)
    with pytest.raises(RuntimeError):
        ogr.GetDriverByName("GPKG").CreateDataSource(MISSING)


def test_they_are_off_again_after_the_block():
    with GdalExceptions():
        is_on()
    assert gdal.Open(MISSING) is None
    assert ogr.GetDriverByName("GPKG").CreateDataSource(MISSING) is None


def test_blocks_of_two_threads_overlap():
    """The first thread leaves its block while the second is inside, which must not switch the exceptions off there."""
    second_is_in, first_is_out = threading.Event(), threading.Event()
    trouble = []

    def second():
        try:
            with GdalExceptions():
                second_is_in.set()
                assert first_is_out.wait(20)
                is_on()
        except BaseException as error:  # noqa: BLE001 - told in the main thread
            trouble.append(error)

    thread = threading.Thread(target=second)
    with GdalExceptions():
        thread.start()
        assert second_is_in.wait(20)
    first_is_out.set()
    thread.join()
    assert not trouble
    assert gdal.Open(MISSING) is None


def test_many_threads_at_once():
    trouble = []

    def work():
        try:
            for _ in range(200):
                with GdalExceptions(), pytest.raises(RuntimeError):
                    gdal.Open(MISSING)
        except BaseException as error:  # noqa: BLE001 - told in the main thread
            trouble.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not trouble
    assert gdal.Open(MISSING) is None


def test_what_another_program_has_switched_on_stays_on():
    gdal.UseExceptions()
    try:
        with GdalExceptions():
            is_on()
        with pytest.raises(RuntimeError):
            gdal.Open(MISSING)
    finally:
        gdal.DontUseExceptions()

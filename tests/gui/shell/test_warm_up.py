"""The desktop compiles the kernels ahead, says so in the Home dock, and stops when it is unloaded."""

from __future__ import annotations

import time

import pytest
from qgis.PyQt.QtCore import QLockFile

from twin_plugin.bridge.kernel import kernels
from twin_plugin.core.common.kernel_version import kernel_version

pytest.importorskip("numba")


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """The folder of an empty cache."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def compiling_elsewhere(cache):
    """A function that ends what seems to be another process that compiles."""
    cache.mkdir()
    locks = [QLockFile(str(cache / f"{domain}.lock")) for domain in kernels.DOMAINS]
    assert all(lock.tryLock(0) for lock in locks)

    def end():
        for domain in kernels.DOMAINS:
            (cache / f"{domain}-{kernel_version()}.compiled").touch()
        for lock in locks:
            lock.unlock()

    return end


def test_home_says_that_it_compiles_until_it_is_done(make_desktop, compiling_elsewhere, wait_for):
    desktop = make_desktop()
    notice = desktop.docks["home"].packages
    assert notice.isHidden()
    desktop.warm_up.start()
    assert desktop.warm_up.running
    assert not notice.isHidden()
    assert "compiled in the background" in notice.text.text()
    compiling_elsewhere()
    wait_for(lambda: not desktop.warm_up.running)
    assert notice.isHidden()
    desktop.warm_up.start()
    assert not desktop.warm_up.running, "what is compiled is not compiled again"


def test_unloading_stops_it(make_desktop, cache, wait_for):
    desktop = make_desktop()
    desktop.warm_up.start()
    wait_for(lambda: (cache / "flood.lock").exists())
    started = time.monotonic()
    desktop.remove()
    assert time.monotonic() - started < 4.0
    wait_for(lambda: not (cache / "flood.lock").exists())
    assert not kernels.compiled("flood")


def test_it_begins_by_itself_a_little_after_the_start(make_desktop, compiling_elsewhere, monkeypatch, wait_for):
    from twin_plugin.gui.shell import warm_up

    monkeypatch.setattr(warm_up, "DELAY_MS", 50)
    desktop = make_desktop()
    assert not desktop.warm_up.running
    wait_for(lambda: desktop.warm_up.running)


def test_it_begins_when_the_packages_were_installed(make_desktop, compiling_elsewhere):
    desktop = make_desktop()
    desktop.installer.finished.emit("")
    assert desktop.warm_up.running


def test_removing_the_packages_stops_it_and_it_can_start_again(make_desktop, compiling_elsewhere, wait_for):
    desktop = make_desktop()
    desktop.warm_up.start()
    desktop.installer.removing.emit()
    assert not desktop.warm_up.running
    desktop.warm_up.start()
    assert desktop.warm_up.running
    compiling_elsewhere()
    wait_for(lambda: not desktop.warm_up.running)

"""Removing packages, caches and settings from the profile: all of ours, nothing else, and later what is in use."""

from __future__ import annotations

import os
import sys
import time

import pytest
from qgis.core import QgsSettings

from twin_plugin.bridge.kernel import dependencies, removal, runtime


@pytest.fixture
def profile(qgis_app, tmp_path, monkeypatch):
    """A profile with packages, a cache, a catalogue and files of others."""
    folder = tmp_path / "a profile 配置"
    monkeypatch.setattr(runtime, "profile_folder", lambda: folder)
    for name, size in {
        "python/twin_deps/pebbles_of_ours/__init__.py": 1000,
        "python/twin_deps/big.so": 2000,
        "cache/twin_numba/kernel.nbi": 300,
        "city_twin/services.gpkg": 40,
        "python/plugins/other/__init__.py": 5,
        "python/startup.py": 5,
        "cache/other": 5,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"#" * size)
    return folder


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


OTHERS = {"python/plugins/other/__init__.py", "python/startup.py", "cache/other"}


def test_packages_and_cache_are_removed_and_nothing_else(profile):
    assert removal.remove_packages() == removal.Freed(3300)
    assert files(profile) == OTHERS | {"city_twin/services.gpkg"}
    assert removal.remove_packages() == removal.Freed(0)


def test_everything_is_removed_with_the_settings(profile):
    store = QgsSettings()
    store.setValue("city_twin/services/stars", "[]")
    store.setValue("city_twin_of_somebody_else/x", 1)
    try:
        assert removal.remove_everything() == removal.Freed(3340)
        assert files(profile) == OTHERS
        assert not [key for key in store.allKeys() if key.startswith("city_twin/")]
        assert store.value("city_twin_of_somebody_else/x") is not None
    finally:
        store.remove("city_twin_of_somebody_else")


def test_what_a_link_leads_to_stays(profile, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("x")
    (profile / "python" / "twin_deps" / "link").symlink_to(elsewhere, target_is_directory=True)
    cache = profile / "cache" / "twin_numba"
    (cache / "kernel.nbi").unlink()
    cache.rmdir()
    cache.symlink_to(elsewhere, target_is_directory=True)
    removal.remove_packages()
    assert (elsewhere / "precious").exists()
    assert [path.name for path in (profile / "cache").iterdir()] == ["other"]
    assert files(profile) == OTHERS | {"city_twin/services.gpkg"}


def test_what_is_in_use_is_removed_at_the_next_start(profile, monkeypatch):
    def in_use(source, target):
        raise PermissionError(13, "in use", source)

    with monkeypatch.context() as windows:
        windows.setattr(os, "replace", in_use)
        freed = removal.remove_packages()
    assert freed == removal.Freed(0, later=True)
    assert (profile / "python" / "twin_deps" / "big.so").exists()
    removal.finish()
    assert files(profile) == OTHERS | {"city_twin/services.gpkg"}
    (profile / "python" / "twin_deps").mkdir()
    removal.finish()
    assert (profile / "python" / "twin_deps").exists()


def test_packages_that_are_installed_after_a_removal_stay(profile, monkeypatch):
    def in_use(source, target):
        raise PermissionError(13, "in use", source)

    with monkeypatch.context() as windows:
        windows.setattr(os, "replace", in_use)
        removal.remove_packages()
    install = dependencies.prepare_install()
    (install.staging / "packages").mkdir()
    (install.staging / "packages" / "new.py").write_text("x")
    dependencies.finish_install(install)
    removal.finish()
    assert files(profile / "python" / "twin_deps") == {"new.py"}


def test_what_a_killed_installation_left_is_removed_after_a_day(profile):
    install = dependencies.prepare_install()
    removal.finish()
    assert install.staging.exists()
    day_ago = time.time() - 25 * 3600
    os.utime(install.staging, (day_ago, day_ago))
    removal.finish()
    assert not install.staging.exists()
    assert (profile / "python" / "twin_deps" / "big.so").exists()


def test_a_removed_package_is_missing_though_it_is_loaded(profile, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    runtime.prepare()
    import pebbles_of_ours  # noqa: F401

    assert dependencies.found("pebbles_of_ours")
    removal.remove_packages()
    assert not dependencies.found("pebbles_of_ours")


def test_unloading_leaves_the_search_path_as_it_was(profile, monkeypatch):
    before = list(sys.path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    runtime.prepare()
    runtime.prepare()
    assert sys.path == [*before, str(profile / "python" / "twin_deps")]
    runtime.release()
    assert sys.path == before

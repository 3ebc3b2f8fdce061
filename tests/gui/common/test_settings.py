"""The settings page stores what it shows, and settings take effect."""

from __future__ import annotations

import logging

import pytest

from twin_plugin.bridge.kernel import runtime
from twin_plugin.core.common import leftovers
from twin_plugin.gui.common import run_outputs, settings
from twin_plugin.gui.shell import options
from twin_plugin.gui.shell.dependencies import Installer
from twin_plugin.gui.shell.options import OptionsPage


@pytest.fixture(autouse=True)
def defaults(qgis_app):
    settings.save(settings.Settings())
    yield
    settings.save(settings.Settings())


def test_the_page_round_trips(monkeypatch):
    monkeypatch.setattr(options, "default_workers", lambda: 4)
    wanted = settings.Settings(3, 90, 2, "/data/a 中", False, "everything", "/t 分类.csv", "/w.csv")
    settings.save(wanted)
    page = OptionsPage(Installer())
    settings.save(settings.Settings())
    page.apply()
    assert settings.load() == wanted


def test_the_page_offers_no_more_workers_and_threads_than_there_are_cores():
    page = OptionsPage(Installer())
    cores = runtime.threads(10_000, desktop=True)
    assert page.workers.maximum() == page.threads.maximum() == cores


def test_nonsense_in_the_store_becomes_the_default(qgis_app):
    from qgis.core import QgsSettings

    QgsSettings().setValue("city_twin/workers", "many")
    QgsSettings().setValue("city_twin/log_level", "loud")
    assert settings.load() == settings.Settings()


def test_the_log_follows():
    settings.save(settings.Settings(log_level="quiet"))
    assert logging.getLogger("twin_plugin").level == logging.WARNING


def test_numbers_replace_only_what_was_left_at_the_default(qgis_plugin):
    from qgis.core import QgsApplication

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:loadbim")
    values = {"WORKERS": 3, "TIMEOUT": 60, "NOT_THERE": 5}
    assert run_outputs.with_settings(algorithm, {"WORKERS": 2}, values) == {"WORKERS": 2, "TIMEOUT": 60}
    assert run_outputs.with_settings(algorithm, {}, dict.fromkeys(values, 0)) == {}


def test_results_go_where_the_settings_say(qgis_new_project, tmp_path):
    settings.save(settings.Settings(results_folder=str(tmp_path)))
    folder = run_outputs.new_folder("Flood · P50 2 h · 后海 / x")
    assert folder.parent == tmp_path
    assert "/" not in folder.name
    assert "后海" in folder.name


def test_what_a_killed_run_left_is_removed_before_the_next(qgis_new_project, results, monkeypatch):
    monkeypatch.setattr(leftovers, "_owner", lambda: f"{leftovers._host()}-4194300-0-0123abcd")  # no such process
    dead = leftovers.name("depth_max.tif")
    monkeypatch.undo()
    alive = leftovers.name("depth_max.tif")
    empty, kept, other = (results / name for name in ("2026-01-01_120000_Flood", "2026-01-01_130000_Flood", "mine"))
    for folder in (empty, kept, other):
        folder.mkdir(parents=True)
        (folder / dead).touch()
    for name in ("depth_max.tif", alive):
        (kept / name).touch()
    run_outputs.new_folder("Flood")
    assert not empty.exists()
    assert sorted(path.name for path in kept.iterdir()) == sorted(["depth_max.tif", alive])
    assert (other / dead).exists()


def test_confirmed_servers_are_forgotten_by_a_button(qgis_app):
    from twin_plugin.bridge.kernel import schedulers
    from twin_plugin.bridge.net import login_servers

    login_servers.confirm("abc1234", "https://h.example/")
    schedulers.Scheduler("tls://h:1").keep()
    page = OptionsPage(Installer())
    page.forget.click()
    assert login_servers.confirmed("abc1234") == []
    assert schedulers.Scheduler("tls://h:1").is_new()
    assert not page.forget.isEnabled()

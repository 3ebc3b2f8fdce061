"""Warnings about ground floors in a base: found by their codes, whatever language or wording they were written in."""

from __future__ import annotations

import shutil
import sqlite3
import string
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsCoordinateTransformContext, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from twin_plugin.bridge.bim import ground_check, model_tables
from twin_plugin.bridge.bim.geopackage_store import FileBase
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.bridge.kernel.translation import localized
from twin_plugin.core.bim import warnings
from twin_plugin.core.bim.warnings import TEMPLATES, coded
from twin_plugin.core.common.grid import Grid

TRANSLATIONS = Path(__file__).parents[3] / "i18n"


@pytest.fixture(scope="module")
def filled(run_algorithm, made_models, tmp_path_factory):
    path = tmp_path_factory.mktemp("filled") / "base.gpkg"
    run_algorithm("twin:updatetwinbase", {"FOLDER": str(made_models), "TWIN_BASE": str(path)})
    return path


@pytest.fixture
def path(filled, tmp_path):
    return Path(shutil.copy(filled, tmp_path / "base 库.gpkg"))


@pytest.fixture
def check(path, tmp_path):
    """A function that compares a base with a level terrain (m) and gives the messages."""

    def run(level_m):
        terrain = tmp_path / f"{level_m:.0f}.tif"
        write_grid(Grid(np.full((100, 100), level_m, np.float32), 450_000.0, 2_540_000.0, 1000.0, "EPSG:4547"), terrain)
        base = FileBase(path)
        try:
            return ground_check.check(base, QgsRasterLayer(str(terrain), "terrain"), QgsCoordinateTransformContext())
        finally:
            base.close()

    return run


@pytest.fixture
def chinese(qgis_app):
    """The plugin in Chinese, until the function is called."""
    translator = QTranslator()
    assert translator.load(str(TRANSLATIONS / "twin_zh_CN.qm")), "run tools/translations.sh compile"
    QCoreApplication.installTranslator(translator)
    yield lambda: QCoreApplication.removeTranslator(translator)
    QCoreApplication.removeTranslator(translator)


def texts(path):
    with sqlite3.connect(path) as database:
        return {row[0]: row[1] or "" for row in database.execute("SELECT id, warnings FROM bim_model")}


def shown(path):
    """What the dock shows, by model."""
    tables = model_tables.file_tables(str(path))
    return {row.id: row.warnings for rows in model_tables.read_models(tables, lambda: True) for row in rows}


def level_of(path):
    with sqlite3.connect(path) as database:
        return database.execute("SELECT avg(ground_floor_elev_m) FROM building").fetchone()[0]


@pytest.mark.parametrize(("shown", "rest"), [(6, ""), (5, "1 more ground floors"), (2, "4 more ground floors")])
def test_many_warnings_are_counted_in_one(path, check, monkeypatch, shown, rest):
    monkeypatch.setattr(ground_check, "MOST_MESSAGES", shown)
    messages = check(level_of(path) + 50)
    assert ["below the terrain" in text for text in messages[:shown]] == [True] * shown
    assert len(messages) == shown + bool(rest)
    assert not rest or messages[-1].startswith(rest)


def test_a_reworded_sentence_is_found_and_replaced(path, check, monkeypatch):
    before = texts(path)
    right = level_of(path)
    assert len(check(right + 50)) == 6
    assert all("below the terrain" in text for text in texts(path).values())
    for code in warnings.GROUND_CODES:
        monkeypatch.setitem(TEMPLATES, code, "Check the level of {name}, {distance_m:.0f} m off.")
    check(right - 50)
    assert all(text.count("Check the level of") == 1 for text in texts(path).values())
    assert not any("below the terrain" in text for text in texts(path).values())
    assert check(right) == []
    assert texts(path) == before


def test_a_sentence_that_wants_other_values_breaks_nothing(path, check, monkeypatch):
    before = texts(path)
    right = level_of(path)
    check(right + 50)
    with monkeypatch.context() as patch:
        patch.setitem(TEMPLATES, "floor_below_terrain", "{name} lies in {district}.")
        assert all("floor_below_terrain: name" in text for text in shown(path).values())
    assert check(right) == []
    assert texts(path) == before


def test_a_base_written_in_chinese_is_brought_up_to_date_in_english(path, check, chinese):
    before = texts(path)
    right = level_of(path)
    messages = check(right + 50)
    assert all("低于地形" in text for text in texts(path).values())
    assert all("低于地形" in text for text in shown(path).values())
    assert "below the terrain" in messages[0]
    assert "低于地形" in localized(messages[0])
    chinese()
    assert all("低于地形" in text for text in texts(path).values()), "text stays as it was written"
    assert all("below the terrain" in text for text in shown(path).values()), "the dock shows the user's language"
    check(right + 50)
    assert all("低于地形" in text for text in texts(path).values()), "the same warnings are not written again"
    assert check(right) == []
    assert texts(path) == before


def test_a_base_of_an_older_version_keeps_its_texts(path, check):
    old = "An older note. The ground floor of A at 1.00 m lies 9.0 m above the terrain: check its place."
    with sqlite3.connect(path) as database:
        database.execute("UPDATE bim_model SET notes = NULL, warnings = ?", (old,))
    assert set(shown(path).values()) == {old}
    right = level_of(path)
    check(right + 50)
    assert all(text.startswith(f"{old} The ground floor of") for text in texts(path).values())
    assert shown(path) == texts(path)
    assert check(right) == []
    assert set(texts(path).values()) == {old}


def holders(text):
    return sorted(f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(text) if name)


def test_every_warning_has_its_chinese_with_the_same_values(chinese):
    for code, template in TEMPLATES.items():
        translated = QCoreApplication.translate("Core", template)
        assert translated != template or code == "text", template
        assert holders(translated) == holders(template), template


def test_a_chinese_session_stores_and_shows_chinese(chinese):
    message = coded("floor_area_differs", name="楼 1", storeys_m2=80.4, stated_m2=120.0)
    assert "80 m²" in localized(message)
    assert "总建筑面积" in localized(message)


def test_the_dock_names_the_source_of_a_georeference_in_the_users_language(path, chinese):
    with sqlite3.connect(path) as database:
        database.execute("UPDATE bim_model SET georef_source = 'latitude, longitude and true north'")
    tables = model_tables.file_tables(str(path))
    (rows,) = model_tables.read_models(tables, lambda: True)
    assert {row.georef_source for row in rows} == {"纬度、经度和真北"}

"""The page of a scene in Chromium: from layers through twin:exportscene to what the browser shows."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tests.browser import browsing
from tests.memory_layers import written_layer
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

X, Y = 492_700.0, 2_491_000.0
EVIL = "</script><script>document.title='taken'</script>\u2028乙楼"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with browsing(tmp_path_factory.mktemp("profile")) as page:
        page.size(1000, 700)
        yield page


@pytest.fixture
def exported(run_algorithm, tmp_path):
    """A page of nine towers with storeys, of which one has a hostile name, on a terrain; and two schemes."""
    buildings, storeys = [], []
    for number in range(9):
        x, y = X + 40 * (number % 3), Y + 40 * (number // 3)
        shape, name = shapely.box(x, y, x + 20, y + 15).wkt, EVIL if number == 4 else f"Tower {number}"
        buildings.append((shape, {"id": f"t{number}", "name": name, "use": "office", "base_elev_m": 4, "height_m": 30}))
        storeys += [
            (shape, {"building_id": f"t{number}", "number": level, "elev_m": 4 + 3 * level, "height_m": 3})
            for level in range(-1, 10)
        ]
    plan = [(shapely.box(X + 40, Y + 40, X + 62, Y + 58).wkt, {"id": "P", "base_elev_m": 4, "height_m": 90})]
    write_grid(Grid(np.full((100, 100), 4.0, np.float32), X - 40, Y + 160, 2.0, "EPSG:4547"), str(tmp_path / "d.tif"))
    page = tmp_path / "场景 page.html"
    run_algorithm("twin:exportscene", {
        "BUILDINGS": written_layer(tmp_path / "b.gpkg", "building", buildings),
        "STOREYS": written_layer(tmp_path / "s.gpkg", "storey", storeys),
        "SCHEME_A": written_layer(tmp_path / "a.gpkg", "a", plan), "NAME_A": "<img src=x onerror=alert(1)>",
        "DTM": str(tmp_path / "d.tif"), "TITLE": EVIL, "LANGUAGE": "zh", "HTML": str(page),
    })  # fmt: skip
    return page


def test_the_page_opens_from_a_file_and_asks_for_nothing(browser, exported):
    browser.open(exported)
    browser.until("window.cityTwinScene && window.cityTwinScene.ready")
    assert browser.errors == []
    assert browser.requests == [exported.resolve().as_uri()]
    assert browser.run("document.title").startswith("</script>")
    assert browser.run("document.documentElement.lang")[:2] == "zh"
    assert browser.run("document.querySelectorAll('script').length") == 3
    assert browser.run("document.querySelectorAll('img').length") == 0
    stats = browser.run("window.cityTwinScene.stats()")
    assert 0 < stats["calls"] < 10
    shown = browser.pixels().astype(int)
    assert len(np.unique(shown[:, 400:].reshape(-1, 3), axis=0)) > 50


def test_a_building_with_a_hostile_name_is_shown_as_text(browser, exported):
    browser.open(exported, "picked=t4")
    browser.until("window.cityTwinScene && window.cityTwinScene.ready")
    facts = browser.run("window.cityTwinScene.facts(4)")
    assert (facts["height"], facts["storeys"]) == (30, 10)
    assert "taken" not in browser.run("document.title").replace(EVIL, "")
    assert browser.run("document.body.textContent").count(EVIL) >= 1
    assert browser.errors == []

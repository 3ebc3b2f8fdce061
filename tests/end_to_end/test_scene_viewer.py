"""The viewer of 3D scenes in a browser: a town of the tests is drawn, cut, lit, and asked by keys and mouse."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests import browser, scene_town
from twin_plugin.core.common.sun_position import SunDay

READY = "cityTwinScene.ready"
BUILDINGS = 81


@pytest.fixture(scope="module")
def town() -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    return scene_town.town(BUILDINGS)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Page]:
    with browser.browsing(tmp_path_factory.mktemp("browser")) as page:
        page.size(900, 560)
        yield page


@pytest.fixture(scope="module")
def file(town: tuple[dict[str, Any], dict[str, np.ndarray]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a scene 场景") / "the town #1 小区.html"
    path.write_text(scene_town.page(*town), encoding="utf-8", newline="")
    return path


@pytest.fixture
def opened(pages: browser.Page, file: Path) -> Callable[[str], browser.Page]:
    def show(fragment: str = "") -> browser.Page:
        pages.open(file, fragment)
        pages.until("typeof cityTwinScene !== 'undefined'")
        assert pages.run(READY) is True
        return pages

    return show


def state(page: browser.Page) -> dict[str, Any]:
    found: dict[str, Any] = page.run("cityTwinScene.state()")
    return found


def scene(page: browser.Page) -> np.ndarray:
    """The picture without the panel."""
    return page.pixels()[:, 312:].astype(int)


def test_a_scene_opens_without_requests_or_errors_in_few_calls(opened: Callable[[str], browser.Page]) -> None:
    page = opened("underground=1&pipes=1&ground=0.35&section=0.5&shadows=1")
    assert page.requests == [page.run("location.href.split('#')[0]")]
    assert page.errors == []
    stats = page.run("cityTwinScene.stats()")
    assert 6 <= stats["calls"] < 10, stats
    assert stats["caps"] > 50
    policy = page.run("document.querySelector('meta[http-equiv]').content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    picture = scene(page)
    assert picture.reshape(-1, 3).std(axis=0).min() > 15, "the picture is of one colour"


def test_a_script_of_another_is_not_run(pages: browser.Page, file: Path, tmp_path: Path) -> None:
    text = file.read_text(encoding="utf-8").replace(
        "</body>", "<script>window.planted = 1</script><img src=x onerror='window.planted = 2'></body>"
    )
    other = tmp_path / "planted.html"
    other.write_text(text, encoding="utf-8", newline="")
    pages.open(other)
    pages.until("typeof cityTwinScene !== 'undefined'")
    pages.run(READY)
    assert pages.run("window.planted === undefined")
    assert any("Content Security Policy" in error for error in pages.errors)


def test_names_stay_text(
    opened: Callable[[str], browser.Page], town: tuple[dict[str, Any], dict[str, np.ndarray]]
) -> None:
    page = opened(f"picked={town[0]['ids'][0]}")
    assert page.run("document.getElementById('card-name').textContent") == scene_town.HOSTILE
    assert page.run("document.getElementById('card').querySelectorAll('script, img').length") == 0
    page.run("document.getElementById('find').value = '<script>'")
    page.run("document.getElementById('find').dispatchEvent(new Event('input'))")
    assert page.run("document.getElementById('found').textContent") == scene_town.HOSTILE
    assert page.errors == []


def test_the_sun_stands_where_planning_review_puts_it(opened: Callable[[str], browser.Page]) -> None:
    page = opened("")
    day = SunDay(date(2026, 1, 20), 22.55, 114.06)
    for clock_h in (8.5, 10.0, 12.5, 15.25, 17.0):
        expected = day.at(day.tst_h(clock_h, 8.0))
        text = f"2026-01-20T{int(clock_h):02d}:{round(clock_h % 1 * 60):02d}"
        page.run(f"cityTwinScene.set({{sun: '{text}'}})")
        sun = page.run("cityTwinScene.sun()")
        assert sun["altitude"] == pytest.approx(float(expected.altitude_deg[0]), abs=0.01)
        assert sun["azimuth"] == pytest.approx(float(expected.azimuth_deg[0]), abs=0.01)


def test_the_sun_equals_pvlib(opened: Callable[[str], browser.Page]) -> None:
    solar = pytest.importorskip("pvlib.solarposition")
    pandas = pytest.importorskip("pandas")
    page = opened("")
    for text in ("2026-01-20T09:00", "2026-03-21T07:10", "2026-06-21T12:00", "2026-12-21T15:45"):
        page.run(f"cityTwinScene.set({{sun: '{text}'}})")
        sun = page.run("cityTwinScene.sun()")
        moment = datetime.fromisoformat(text + "+08:00").astimezone(UTC)
        row = solar.get_solarposition(pandas.DatetimeIndex([moment]), 22.55, 114.06).iloc[0]
        assert sun["altitude"] == pytest.approx(row["elevation"], abs=0.02)
        if row["elevation"] < 80:
            assert sun["azimuth"] == pytest.approx(row["azimuth"], abs=0.05)


def test_shadows_move_with_the_hour_and_only_then_are_drawn_again(opened: Callable[[str], browser.Page]) -> None:
    page = opened("colour=plain&storeys=0&water=off")
    pictures = {}
    for hour in ("09:00", "15:30"):
        page.run(f"cityTwinScene.set({{sun: '2026-01-20T{hour}'}})")
        page.run("cityTwinScene.look({tilt: 90, bearing: 0, distance: 420})")
        pictures[hour] = scene(page)
    drawn = page.run("cityTwinScene.stats()")["shadowDraws"]
    page.run("cityTwinScene.look({bearing: 20})")
    page.run("cityTwinScene.set({section: true, cut: 0.3})")
    page.run("cityTwinScene.set({section: false, underground: true})")
    assert page.run("cityTwinScene.stats()")["shadowDraws"] == drawn
    morning, afternoon = (pictures[hour].sum(axis=2) for hour in pictures)
    assert (np.abs(morning - afternoon) > 90).mean() > 0.1
    page.run("cityTwinScene.set({shadows: false, underground: false})")
    page.run("cityTwinScene.look({bearing: 0})")
    without = scene(page).sum(axis=2)
    dark = np.abs(without - afternoon) > 60
    assert dark.mean() > 0.05, "shadows darken nothing"


def test_one_box_throws_the_shadow_that_its_height_and_the_sun_ask_for(pages: browser.Page, tmp_path: Path) -> None:
    """A wall 30 m high; seen from straight above, its shadow's end lies 30 m / tan(altitude) away from the sun."""
    town = scene_town.Town()
    plan = town.plan(np.array([[-40.0, -1.0], [40, -1], [40, 1], [-40, 1]]))
    town.body(plan, 0, 0, 30, 0)
    far = town.plan(np.array([[-100.0, -100.0], [-99, -100], [-99, -99], [-100, -99]]))
    town.body(far, 1, 0, 1, 0)
    other = town.plan(np.array([[99.0, 99.0], [100, 99], [100, 100], [99, 100]]))
    town.body(other, 2, 0, 1, 0)
    header, _ = scene_town.town(4, schemes=False)
    header |= {
        "names": ["wall", "a", "b"],
        "uses": [""] * 3,
        "ids": ["w", "a", "b"],
        "sets": [{"name": "today", "first": 0, "count": 3}],
    }
    header |= {"terrain": None, "water": None, "pipes": None, "stages": None}
    path = tmp_path / "wall.html"
    path.write_text(scene_town.page(header, town.arrays()), encoding="utf-8", newline="")
    pages.open(path, "sun=2026-01-20T12:35&colour=plain")
    pages.until("typeof cityTwinScene !== 'undefined'")
    pages.run(READY)
    pages.run("cityTwinScene.look({x: 0, y: 20, z: 0, tilt: 90, bearing: 0, distance: 200})")
    sun = pages.run("cityTwinScene.sun()")
    assert sun["azimuth"] == pytest.approx(180, abs=1.0)
    picture = scene(pages)
    metre = 2 * np.tan(np.radians(19)) * 200 / 560
    column = picture[:, picture.shape[1] // 2].sum(axis=1)
    shaded = np.flatnonzero(column < np.median(column[:100]) * 0.8)
    north_end = (280 - shaded.min()) * metre + 20
    assert north_end == pytest.approx(1 + 30 / np.tan(np.radians(sun["altitude"])), abs=1.5)


def test_cuts_are_closed(opened: Callable[[str], browser.Page]) -> None:
    page = opened("section=0.5&underground=1&pipes=1&water=120")
    for turn, cut, storeys in ((180, 0.5, True), (90, 0.51, False), (215, 0.5, True)):
        page.run(f"cityTwinScene.set({{turn: {turn}, cut: {cut}, storeys: {json.dumps(storeys)}}})")
        page.run("cityTwinScene.faceCut()")
        for tilt in (5, 35):
            page.run(f"cityTwinScene.look({{tilt: {tilt}}})")
            page.run("cityTwinScene.caps(false)")
            assert page.run("cityTwinScene.backs()") > 1000
            page.run("cityTwinScene.caps(true)")
            assert page.run("cityTwinScene.backs()") == 0, (turn, tilt)


def test_stages_show_what_stands(
    opened: Callable[[str], browser.Page], town: tuple[dict[str, Any], dict[str, np.ndarray]]
) -> None:
    header, arrays = town
    page = opened("stage=2025-03-01")
    day = (date(2025, 3, 1) - date(2024, 1, 1)).days
    expected = dict.fromkeys((*scene_town.STAGES, "noStage", "notYet"), 0)
    for building in range(BUILDINGS):
        own = arrays["stage_owner"] == building
        holds = own & (arrays["stage_from"] <= day) & (day < arrays["stage_to"])
        name = (
            "noStage"
            if not own.any()
            else "notYet"
            if not holds.any()
            else scene_town.STAGES[int(arrays["stage_kind"][holds][0])]
        )
        expected[name] += 1
    assert page.run("cityTwinScene.counts()") == expected
    assert len([name for name, count in expected.items() if count]) >= 4
    early = scene(page)
    page.run("cityTwinScene.set({stage: '2027-10-01'})")
    assert (np.abs(scene(page) - early).sum(axis=2) > 40).mean() > 0.01
    assert header["stages"]["first"] == "2024-01-01"


def test_schemes_stand_side_by_side_and_are_swiped(opened: Callable[[str], browser.Page]) -> None:
    page = opened("view=side&left=1&right=2")
    assert page.run("cityTwinScene.stats()")["views"] == 2
    assert page.run("document.getElementById('tag-left').textContent") == "Scheme A"
    assert page.run("document.getElementById('tag-right').textContent") == "Scheme B"
    both = scene(page)
    half = both.shape[1] // 2
    assert (
        np.abs(both[60:500, 10 : half - 10] - both[60:500, half + 10 : 2 * half - 10]).sum(axis=2) > 60
    ).mean() > 0.01
    page.run("cityTwinScene.set({view: 'swipe', split: 0.5})")
    box = [312 + (900 - 312) / 2, 280]
    page.mouse("mouseMoved", *box)
    page.mouse("mousePressed", *box, button="left", buttons=1)
    page.mouse("mouseMoved", box[0] + 100, box[1], button="left", buttons=1)
    page.mouse("mouseReleased", box[0] + 100, box[1], button="left")
    assert state(page)["split"] == pytest.approx(0.5 + 100 / (900 - 312), abs=0.01)


def test_a_click_tells_what_stands_there(
    opened: Callable[[str], browser.Page], town: tuple[dict[str, Any], dict[str, np.ndarray]]
) -> None:
    header, arrays = town
    page = opened("")
    page.run("cityTwinScene.look({tilt: 90, bearing: 0, distance: 300, x: 0, y: 0})")
    middle = BUILDINGS // 2
    page.click(312 + 294, 280)
    assert state(page)["picked"] == middle
    own = (arrays["body_owner"] == middle) & (arrays["body_kind"] == 0)
    height = (arrays["body_top"][own][0] - arrays["body_base"][own][0]) / 100
    facts = page.run("document.getElementById('card-facts').textContent")
    assert f"{height:.1f} m" in facts
    assert header["ids"][middle] in facts
    page.key("Escape")
    assert state(page)["picked"] is None
    assert page.run("document.getElementById('card').hidden")
    # The half of the scene that is cut away is not met.
    page.run("cityTwinScene.set({section: true, turn: 90, cut: 0.6})")
    assert page.run("cityTwinScene.pickAt(294, 280)") != middle


def test_every_control_has_a_name_and_the_keyboard_reaches_it(opened: Callable[[str], browser.Page]) -> None:
    page = opened("panel=1")
    page.run("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    nameless = page.run("""
      [...document.querySelectorAll('button, input, select, canvas, aside')].filter((element) => {
        const label = (element.closest('label') ?? element).textContent || element.getAttribute('aria-label');
        return !label.trim();
      }).map((element) => element.id || element.outerHTML)""")
    assert nameless == []
    seen = set()
    for _ in range(60):
        page.key("Tab")
        seen.add(page.run("document.activeElement.id || document.activeElement.name || document.activeElement.tagName"))
    wanted = {
        "canvas",
        "home",
        "storeys",
        "underground",
        "ground",
        "colour",
        "sun-date",
        "sun-hour",
        "shadows",
        "play",
        "step",
        "section",
        "cut",
        "turn",
        "stage-on",
        "stage-day",
        "view",
        "left",
        "find",
        "help",
        "save",
        "language",
        "compass",
    }
    assert wanted <= seen, wanted - seen


def test_arrow_keys_move_sliders_and_the_camera(opened: Callable[[str], browser.Page]) -> None:
    page = opened("section=0.5&sun=2026-01-20T09:00")
    page.run("document.getElementById('section-part').open = true")
    for slider, key, before, after in (
        ("cut", "cut", 0.5, 0.505),
        ("sun-hour", "sun", "2026-01-20T09:00", "2026-01-20T09:05"),
    ):
        page.run(f"document.getElementById('{slider}').focus()")
        assert state(page)[key] == before
        page.key("ArrowRight")
        assert state(page)[key] == pytest.approx(after) if isinstance(after, float) else state(page)[key] == after
    page.run("document.getElementById('canvas').focus()")
    pose = state(page)["camera"]
    page.key("ArrowUp")
    assert (state(page)["camera"]["x"], state(page)["camera"]["y"]) != (pose["x"], pose["y"])
    page.key("+")
    assert state(page)["camera"]["distance"] < pose["distance"]
    page.key("ArrowLeft", shift=True)
    assert state(page)["camera"]["bearing"] != pose["bearing"]
    for key, name in (("u", "underground"), ("c", "section"), ("s", "storeys")):
        before = state(page)[name]
        page.key(key)
        assert state(page)[name] is not before
    page.key("?")
    assert page.run("document.getElementById('keys').open")
    page.key("Escape")
    assert not page.run("document.getElementById('keys').open")


def test_both_languages_say_everything(opened: Callable[[str], browser.Page]) -> None:
    page = opened("lang=zh")
    assert page.run("document.documentElement.lang") == "zh-CN"
    assert page.run("document.querySelector('#sun-part summary').textContent") == "日照与阴影"
    page.run("document.getElementById('language').click()")
    assert page.run("document.documentElement.lang") == "en"
    assert page.run("document.querySelector('#sun-part summary').textContent") == "Sun and shadows"
    source = (Path(__file__).parents[2] / "viewer" / "src" / "texts.js").read_text(encoding="utf-8")
    english, chinese = (
        re.findall(r'(?:^|[,{]\s)\s*"?([\w ]+?)"?: "', part, re.M) for part in source.split("const zh = {")[:2]
    )
    assert len(english) > 100
    assert english == chinese


def test_the_address_holds_the_state(opened: Callable[[str], browser.Page]) -> None:
    page = opened(
        "underground=1&section=0.25&turn=90&sun=2026-06-21T07:30&colour=stage&view=swipe&split=0.3&stage=2026-01-01"
        "&camera=10,20,5,300,45,30"
    )
    found = state(page)
    assert (
        found
        | {"underground": True, "section": True, "cut": 0.25, "turn": 90, "sun": "2026-06-21T07:30", "colour": "stage"}
        == found
    )
    assert found | {"view": "swipe", "split": 0.3, "stage": "2026-01-01"} == found
    assert found["camera"] == {"x": 10, "y": 20, "z": 5, "distance": 300, "bearing": 45, "tilt": 30}
    page.until("location.hash.includes('camera=10.0')")
    fragment = page.run("location.hash.slice(1)")
    again = opened(fragment)
    assert state(again) == found
    wrong = opened("section=up&sun=yesterday&view=upside&left=99&camera=1,2&picked=nobody&stage=never")
    assert state(wrong)["view"] == "single"
    assert wrong.errors == []


def test_what_the_scene_lacks_is_not_offered(pages: browser.Page, tmp_path: Path) -> None:
    header, arrays = scene_town.town(9, schemes=False)
    header |= {"terrain": None, "water": None, "pipes": None, "stages": None}
    kept = {name: values for name, values in arrays.items() if name.startswith(("plan", "ring", "body"))}
    path = tmp_path / "plain.html"
    path.write_text(scene_town.page(header, kept), encoding="utf-8", newline="")
    pages.open(path)
    pages.until("typeof cityTwinScene !== 'undefined'")
    pages.run(READY)
    assert pages.errors == []
    for part in ("water-part", "stage-part", "scheme-part", "pipes-row", "water-row"):
        assert pages.run(f"document.getElementById('{part}').hidden"), part


def test_an_empty_scene_opens(pages: browser.Page, tmp_path: Path) -> None:
    header, _ = scene_town.town(4, schemes=False)
    header |= {
        "names": [],
        "uses": [],
        "ids": [],
        "sets": [{"name": "today", "first": 0, "count": 0}],
        "water": None,
        "terrain": None,
    }
    header |= {"stages": None, "pipes": None}
    names = (
        "plan_xy:int32",
        "ring_size:uint16",
        "plan_rings:uint16",
        "body_plan:uint32",
        "body_owner:uint32",
        "body_base:int32",
    )
    kinds = dict(name.split(":") for name in (*names, "body_top:int32", "body_kind:uint8", "body_number:int8"))
    path = tmp_path / "empty.html"
    path.write_text(
        scene_town.page(header, {name: np.zeros(0, kind) for name, kind in kinds.items()}), encoding="utf-8", newline=""
    )
    pages.open(path, "section=0.5&underground=1")
    pages.until("typeof cityTwinScene !== 'undefined'")
    assert pages.run(READY) is True
    assert pages.errors == []


@pytest.mark.parametrize("kind", ["cut short", "no gzip", "wrong length", "no header"])
def test_damaged_data_end_in_a_sentence(pages: browser.Page, file: Path, tmp_path: Path, kind: str) -> None:
    text = file.read_text(encoding="utf-8")
    data = re.search(r'id="data">([^<]*)<', text)
    assert data is not None
    changed = {
        "cut short": lambda: text.replace(data[1], data[1][: len(data[1]) // 2 // 4 * 4]),
        "no gzip": lambda: text.replace(data[1], "AAAA" * 50),
        "wrong length": lambda: re.sub(
            r'("name": "body_base", "type": "int32", "length": )\d+', r"\g<1>999999999", text
        ),
        "no header": lambda: text.replace('"format": 1', '"format": 9'),
    }[kind]()
    path = tmp_path / "damaged.html"
    path.write_text(changed, encoding="utf-8", newline="")
    pages.open(path)
    pages.until("!document.getElementById('message').hidden")
    assert "damaged" in pages.run("document.getElementById('message').textContent")
    assert pages.run(f"{READY}.then(() => 'drawn', () => 'not drawn')") == "not drawn"


def test_without_webgl_there_is_a_sentence(file: Path, tmp_path: Path) -> None:
    with browser.browsing(tmp_path / "profile", ["--disable-3d-apis"]) as page:
        page.open(file, "lang=zh")
        page.until("!document.getElementById('message').hidden")
        assert "WebGL" in page.run("document.getElementById('message').textContent")


def test_a_browser_that_cannot_unpack_says_so(file: Path, tmp_path: Path) -> None:
    with browser.browsing(tmp_path / "profile") as page:
        page.call("Page.addScriptToEvaluateOnNewDocument", source="delete window.DecompressionStream")
        page.open(file)
        page.until("!document.getElementById('message').hidden")
        assert "too old" in page.run("document.getElementById('message').textContent")


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1920, 1080)])
def test_nothing_overflows_at_small_and_large_widths(
    opened: Callable[[str], browser.Page], width: int, height: int
) -> None:
    page = opened("")
    page.size(width, height)
    try:
        page.run("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        for language in ("en", "zh"):
            page.run(f"cityTwinScene.set({{language: '{language}'}})")
            over = page.run("""
              [...document.querySelectorAll('#panel *')].filter((element) =>
                element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 &&
                !element.closest('.unseen') &&
                getComputedStyle(element).overflowX === 'visible' && getComputedStyle(element).display !== 'inline'
              ).map((element) => element.id || element.className || element.tagName)""")
            assert over == []
            assert page.run("document.documentElement.scrollWidth") <= width
    finally:
        page.size(900, 560)


def test_the_water_plays_and_pauses(opened: Callable[[str], browser.Page]) -> None:
    page = opened("water=10")
    first = state(page)["step"]
    page.run("document.getElementById('play').click()")
    assert page.run("document.getElementById('play').getAttribute('aria-pressed')") == "true"
    page.until(f"cityTwinScene.state().then((state) => state.step > {first})")
    page.run("document.getElementById('play').click()")
    assert page.run("document.getElementById('play').getAttribute('aria-pressed')") == "false"
    page.run("cityTwinScene.set({step: 15})")
    wet = scene(page)
    page.run("cityTwinScene.set({water: false})")
    blue = wet[..., 2] - wet[..., 0] > 40
    assert (blue & (np.abs(wet - scene(page)).sum(axis=2) > 30)).mean() > 0.02
    assert page.errors == []


def test_two_fingers_zoom_and_one_turns(opened: Callable[[str], browser.Page]) -> None:
    page = opened("")
    before = state(page)["camera"]

    def touch(kind: str, *points: tuple[float, float]) -> None:
        listed = [{"x": x, "y": y, "id": place} for place, (x, y) in enumerate(points)]
        page.call("Input.dispatchTouchEvent", type=kind, touchPoints=listed)

    touch("touchStart", (560, 280))
    touch("touchMove", (600, 280))
    touch("touchEnd")
    turned = state(page)["camera"]
    assert turned["bearing"] != before["bearing"]
    assert turned["distance"] == before["distance"]
    touch("touchStart", (560, 280), (640, 280))
    touch("touchMove", (540, 280), (660, 280))
    touch("touchEnd")
    assert state(page)["camera"]["distance"] < turned["distance"]
    assert page.errors == []


def test_the_camera_does_not_fly_where_less_motion_is_wanted(opened: Callable[[str], browser.Page]) -> None:
    page = opened("camera=0,0,5,90,45,20")
    page.media(prefers_reduced_motion="reduce")
    try:
        page.run("document.getElementById('top').click()")
        assert state(page)["camera"]["tilt"] == 90
    finally:
        page.media()


def test_a_picture_is_saved(opened: Callable[[str], browser.Page], tmp_path: Path) -> None:
    page = opened("")
    page.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.run("document.getElementById('save').click()")
    deadline = time.monotonic() + 30
    while not (found := list(tmp_path.glob("*.png"))) and time.monotonic() < deadline:
        page.run("new Promise((resolve) => setTimeout(resolve, 100))")
    picture = np.asarray(Image.open(found[0]).convert("RGB"))
    assert picture.shape[:2] == (560, 900 - 312)
    assert picture.reshape(-1, 3).std(axis=0).min() > 15
    assert page.errors == []


def test_true_north_turns_the_sun(pages: browser.Page, tmp_path: Path) -> None:
    """Where true north lies 20 degrees clockwise of the grid's, the sun of noon stands at 200 degrees of the grid."""
    header, arrays = scene_town.town(9, schemes=False)
    vectors = {}
    for north in (0.0, 20.0):
        path = tmp_path / f"north {north}.html"
        path.write_text(scene_town.page(header | {"north_deg": north}, arrays), encoding="utf-8", newline="")
        pages.open(path, "sun=2026-01-20T12:34")
        pages.until("typeof cityTwinScene !== 'undefined'")
        pages.run(READY)
        vectors[north] = pages.run("cityTwinScene.light()")
    bearings = {north: np.degrees(np.arctan2(x, y)) % 360 for north, (x, y, _) in vectors.items()}
    assert bearings[20.0] - bearings[0.0] == pytest.approx(20)
    assert bearings[0.0] == pytest.approx(180, abs=1.5)

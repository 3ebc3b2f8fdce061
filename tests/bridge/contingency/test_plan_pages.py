"""The PDF and the HTML of a plan as people read them, in both languages."""

from __future__ import annotations

import dataclasses
import math
import re
import shutil
import subprocess

import numpy as np
import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

from tests.core.contingency.plans import RED, YELLOW, closure, hit, level, plan
from twin_plugin.core.common.errors import ResourceError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.contingency.evacuation import Evacuation
from twin_plugin.core.contingency.hits import district_sums
from twin_plugin.core.contingency.timeline import events_of

pytestmark = pytest.mark.usefixtures("qgis_plugin")


@pytest.fixture
def layers():
    """A function from a plan to layers for its maps: a depth, and a line for each closure."""
    from twin_plugin.bridge.contingency.plan_layers import LevelLayers, PlanLayers

    def made(of):
        depth = Grid(np.full((20, 20), 0.4, np.float32), -50.0, 150.0, 10.0, "EPSG:4547")
        line = bytes(QgsGeometry.fromPolylineXY([QgsPointXY(0, 0), QgsPointXY(80, 40)]).asWkb())
        return PlanLayers(
            tuple(LevelLayers(depth, None, {road.id: line for road in part.closures}) for part in of.levels)
        )

    return made


def pdf(path, of, layers, languages=("en",)) -> str:
    from twin_plugin.bridge.contingency.plan_pdf import write_pdf

    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed: the text of the pages cannot be read")
    write_pdf(of, layers, str(path), languages)
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True).stdout


def whole(of=RED, **rows):
    part = level(of, **rows)
    return dataclasses.replace(part, events=events_of(part, (), 60.0, 120.0))


def test_the_pages_have_the_numbers_of_the_plan_and_their_own(layers, tmp_path):
    of = plan(whole(YELLOW), whole())
    text = pdf(tmp_path / "p.pdf", of, layers(of))
    pages = text.count("\f")
    for number in range(1, pages + 1):
        assert f"Page {number} of {pages}" in text
    for sentence in (
        "50 mm in 6 h",
        "100 mm in 3 h",
        "Roads to close: 1",
        "People without a place: 10",
        "the shelters are full",
        "endorses no depth",
        "0.40 m of water",
        "Call the teams",
    ):
        assert sentence in text
    assert "[%" not in text


@pytest.mark.slow
def test_a_long_table_flows_over_pages_with_its_headings_and_loses_no_row(layers, tmp_path):
    names = [f"r{number:03}" for number in range(130)]
    part = whole(closures=[closure(name, number) for number, name in enumerate(names)])
    of = plan(dataclasses.replace(part, events=()))
    text = pdf(tmp_path / "p.pdf", of, layers(of))
    for name in names:
        assert f"Road {name}" in text
    pages = [page for page in text.split("\f") if "Road r" in page]
    assert len(pages) > 2
    assert all("Closes (h:min)" in page for page in pages)


def test_no_row_reaches_the_foot_of_a_page(layers, tmp_path):
    from twin_plugin.bridge.kernel.page_flow import BOTTOM

    of = plan(whole(closures=[closure(f"r{number}", number) for number in range(60)]))
    pdf(tmp_path / "p.pdf", of, layers(of))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "p.pdf"), "-"], capture_output=True, check=True, text=True
    ).stdout
    lowest = [float(found) * 25.4 / 72 for found in re.findall(r'yMax="([\d.]+)"', boxes)]
    assert lowest
    assert not [at for at in lowest if BOTTOM + 1 < at < 284]


def test_the_chinese_pages_have_no_english_sentence(layers, tmp_path):
    of = dataclasses.replace(plan(whole(YELLOW), whole()), settings={"EVACUATE_FROM": "3"})
    text = pdf(tmp_path / "p.pdf", of, layers(of), ("zh",))
    assert "需封闭道路：1" in text
    assert "无处安置的人员：10 人" in text
    assert "第 1 页" in text
    # Names, and what the fixture itself says in English.
    for known in (
        "the shelters are full",
        "of water",
        "buildings without people",
        "House b1",
        "House b2",
        "Road r1",
        "School",
        "Hall",
        "deepest",
    ):
        text = text.replace(known, "")
    assert not re.findall(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", text)


def test_two_languages_stand_in_one_file(layers, tmp_path):
    of = plan(whole())
    text = pdf(tmp_path / "p.pdf", of, layers(of), ("zh", "en"))
    assert text.index("需封闭道路：1") < text.index("Roads to close: 1")


def test_a_plan_without_anything_is_written_and_says_so(tmp_path):
    from twin_plugin.bridge.contingency.plan_layers import PlanLayers

    empty = dataclasses.replace(level(hits=(), closures=()), evacuation=Evacuation(), actions=(), measures=())
    text = pdf(tmp_path / "p.pdf", plan(empty), PlanLayers())
    assert "There is no map" in text
    assert "No road closes at this level." in text


def test_an_expression_in_a_name_is_not_evaluated(layers, tmp_path):
    of = plan(whole(closures=[dataclasses.replace(closure("r"), name="[% 6 * 7 %] <b>x</b>")]))
    text = pdf(tmp_path / "p.pdf", of, layers(of))
    assert "[% 6 * 7 %] <b>x</b>" in text


def test_a_district_has_a_page_with_its_buildings(layers, tmp_path):
    districts = QgsVectorLayer("Polygon?crs=EPSG:4547&field=name:string", "d", "memory")
    feature = QgsFeature(districts.fields())
    feature.setAttributes(["后海片区"])
    feature.setGeometry(QgsGeometry.fromWkt("POLYGON((-10 -10,90 -10,90 90,-10 90,-10 -10))"))
    districts.dataProvider().addFeatures([feature])
    hits = (hit("b1", district="后海片区"),)
    part = dataclasses.replace(whole(hits=hits), districts=district_sums(hits, [math.nan] * len(hits)))
    of = plan(part)
    given = dataclasses.replace(layers(of), districts=districts, district_field="name")
    text = pdf(tmp_path / "p.pdf", of, given)
    [page] = [page for page in text.split("\f") if "Greatest depth of the water in 后海片区" in page]
    assert "Who goes where: 30 people" in page  # map, figures and both tables fill one page and no more
    assert "House b1" in page


def test_the_pages_can_be_edited_in_a_project_that_needs_no_other_file(layers, tmp_path):
    from qgis.core import QgsLayoutItemMap, QgsLayoutItemPicture, QgsProject

    from twin_plugin.bridge.contingency.plan_pdf import write_pdf

    risk = QgsVectorLayer(
        "Polygon?crs=EPSG:4547&field=fid:string&field=risk_class:integer&field=name:string", "risk", "memory"
    )
    feature = QgsFeature(risk.fields())
    feature.setAttributes(["no number", 3, "楼 [% 1 + 1 %]"])
    feature.setGeometry(QgsGeometry.fromWkt("POLYGON((0 0,9 0,9 9,0 9,0 0))"))
    risk.dataProvider().addFeatures([feature])
    of = plan(whole(YELLOW), whole())
    given = layers(of)
    given = dataclasses.replace(given, levels=tuple(dataclasses.replace(x, buildings=risk) for x in given.levels))
    written, moved = tmp_path / "a" / "p.qgz", tmp_path / "b" / "预案 plan.qgz"
    for path in (written, moved):
        path.parent.mkdir()
    write_pdf(of, given, "", ("zh",), project=str(written))
    assert list(written.parent.iterdir()) == [written]  # no PDF was asked for
    written.rename(moved)
    project = QgsProject()
    assert project.read(str(moved))
    groups = project.layerTreeRoot().children()
    assert [group.name() for group in groups] == ["红色", "黄色"]
    found = {layer.layer().name(): layer.layer() for layer in groups[0].findLayers()}
    assert all(layer.isValid() for layer in project.mapLayers().values())
    assert [row["name"] for row in found["建筑风险等级"].getFeatures()] == ["楼 [% 1 + 1 %]"]
    assert found["封闭道路"].featureCount() == 1
    layouts = project.layoutManager().layouts()
    items = [item for layout in layouts for item in layout.items()]
    assert len({layout.name() for layout in layouts}) == len(layouts) == 4  # title, two levels, annex
    assert all(item.layers() for item in items if isinstance(item, QgsLayoutItemMap))
    assert not [item for item in items if isinstance(item, QgsLayoutItemPicture) and item.isMissingImage()]


def test_the_html_has_maps_inside_and_both_languages(layers, tmp_path):
    from twin_plugin.bridge.contingency.plan_html import write_html

    of = plan(whole(YELLOW), whole())
    write_html(of, layers(of), str(tmp_path / "p.html"), ("zh", "en"))
    text = (tmp_path / "p.html").read_text("utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="zh-Hans">')
    assert text.count('<div class="map"><img src="data:image/png;base64,iVBOR') == 2
    assert '<span lang="zh-Hans">需封闭道路：1</span><span lang="en">Roads to close: 1</span>' in text
    assert '<span lang="zh-Hans">0.15 – 0.30 m' in text or "0.15 – 0.30 m" in text


def test_a_page_that_cannot_be_written_is_one_sentence(layers, tmp_path):
    from twin_plugin.bridge.contingency.plan_html import write_html

    of = plan(whole())
    with pytest.raises(ResourceError):
        write_html(of, layers(of), str(tmp_path / "missing" / "p.html"), ("en",))


@pytest.mark.parametrize("share", [0.1, 0.7])
def test_a_cancel_stops_between_two_pages(layers, tmp_path, share):
    from twin_plugin.bridge.contingency.plan_pdf import write_pdf
    from twin_plugin.core.common.errors import Cancelled

    of = plan(whole(YELLOW), whole())
    told = []

    def progress(fraction, text=""):
        told.append(fraction)
        return fraction < share

    with pytest.raises(Cancelled):
        write_pdf(of, layers(of), str(tmp_path / "p.pdf"), ("en",), progress)
    assert [fraction for fraction in told if fraction >= share] == told[-1:]

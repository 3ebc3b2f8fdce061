"""A report, its project and its pages show what files, models and people are called; nothing of it is evaluated."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from osgeo import ogr
from qgis.core import QgsLayoutItemLabel, QgsLayoutItemLegend, QgsProject

from tests.planted import PLANTED
from tests.processing.reports.test_floodreport import make_results, outputs, text_of

IN_TABLE = PLANTED[-8:]
"""As many as the table of the report has rows."""
CANARY = "canary-7f3a"
JOINER = "\u2060"
TITLE = "[% env('HOME') %] <b>&amp;</b> [%1+1%] 深圳"
DISTRICT = "[% eval('1+1') %] $CURRENT_DATE <img src='x.png'>"
AUTHOR = "[% env('HOME') %] <u>Li &amp; Wang</u>"
FILE = "[% env('HOME') %] [%3*3%] <i>&lt;"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text.replace(JOINER, ""))


@pytest.fixture
def planted_run(qgis_plugin, tmp_path, monkeypatch):
    """The parameters of a report about a run whose every name is planted."""
    monkeypatch.setenv("HOME", f"/{CANARY}")
    files = make_results(tmp_path / "results", risks=(4,) * len(IN_TABLE))
    source = ogr.Open(files["BUILDING_RISK"], 1)
    layer = source.GetLayer(0)
    for feature, text in zip(layer, IN_TABLE, strict=True):
        feature["name"], feature["reason"] = text, text
        layer.SetFeature(feature)
    del feature, layer, source
    for name in ("DTM", "BUILDING_RISK", "STORM"):
        old = tmp_path / "results" / files[name].rsplit("/", 1)[1]
        files[name] = str(old.rename(old.with_name(f"{FILE}{name}{old.suffix}")))
    return files | {"TITLE": TITLE, "DISTRICT": DISTRICT, "AUTHOR": AUTHOR} | outputs(tmp_path)


def labels(project: QgsProject) -> list[str]:
    """What the labels of a project's layouts show."""
    layouts = project.layoutManager().printLayouts()
    assert len(layouts) == 2
    return [item.currentText() for page in layouts for item in page.items() if isinstance(item, QgsLayoutItemLabel)]


def test_names_are_shown_as_they_are_in_report_and_project(planted_run, run_algorithm):
    run_algorithm("twin:floodreport", planted_run)
    project = QgsProject()
    assert project.read(planted_run["PROJECT"])
    shown = labels(project)
    assert shown.count(TITLE) == 2
    assert sum(text.startswith(DISTRICT) for text in shown) == 2
    for name in ("DTM", "BUILDING_RISK", "STORM"):
        assert sum(f"{FILE}{name}." in text for text in shown) == 1, "in the annex, and not on the page for the mayor"
    assert sum(text.startswith(AUTHOR) for text in shown) == 5, "on each page, and in the annex"
    # In the tree, in the title and in metadata the text looks the same; QGIS finds no expression in it.
    names = [project.title(), *(layer.name() for layer in project.mapLayers().values())]
    names += [group.name() for group in project.layerTreeRoot().findGroups()]
    names += [layer.metadata().abstract() for layer in project.mapLayers().values()]
    assert project.title().replace(JOINER, "") == TITLE
    assert sum(DISTRICT in name.replace(JOINER, "") for name in names) >= 5
    assert not [name for name in names if "[%" in name or re.search(r"<[a-z/]", name)]
    page = project.layoutManager().layoutByName("Flood report")
    legend = next(item for item in page.items() if isinstance(item, QgsLayoutItemLegend))
    legend.setAutoUpdateModel(True)  # as a technician may do: now it shows the names of the layers
    context = page.createExpressionContext()
    for node in legend.model().rootGroup().findLayers():
        (line,) = legend.legendSettings().evaluateItemText(node.name(), context)
        assert line == node.name()


def test_the_printed_page_shows_the_texts_and_no_value(planted_run, run_algorithm):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    run_algorithm("twin:floodreport", planted_run)
    text = text_of(planted_run["REPORT"])
    assert CANARY not in text
    printed = squeezed(text)
    assert squeezed(TITLE) in printed
    assert squeezed(DISTRICT) in printed
    assert squeezed(f"{FILE}DTM.tif") in printed
    cells = subprocess.run(
        ["pdftotext", "-raw", planted_run["REPORT"], "-"], capture_output=True, check=True, text=True
    ).stdout
    missing = [text for text in IN_TABLE if squeezed(text) not in squeezed(cells)]
    assert not missing, cells

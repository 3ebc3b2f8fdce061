"""A full disk, a locked file and a cancel while a plan is made: one sentence at most, and the plan of before stays."""

from __future__ import annotations

import errno
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsProject, QgsVectorFileWriter

from tests.failing_writer.child import run_algorithm as run_in_child
from tests.failing_writer.trial import Trial, state
from tests.processing.contingency.conftest import ID
from tests.processing.contingency.test_plan_ways import with_ways
from twin_plugin.bridge.kernel import publication, staging

LAYERS = ("CLOSURES", "ROUTES", "SHELTERS_USED", "BLOCKS", "EVENTS", "ACTIONS")
PAGES = {"PLAN": "plan.json", "REPORT": "计划 plan.pdf", "PROJECT": "plan.qgz", "PAGE": "plan.html"}


@pytest.fixture
def files(town, tmp_path):
    """The inputs of a plan as files, and an empty folder for what it writes."""
    given, out = tmp_path / "in", tmp_path / "out 结果"
    for folder in (given, out):
        folder.mkdir()

    def saved(layer):
        path, options = given / f"{len(list(given.iterdir()))}.gpkg", QgsVectorFileWriter.SaveVectorOptions()
        QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), QgsProject.instance().transformContext(), options)
        return str(path)

    named = with_ways(town)
    inputs = {
        "BUILDING_RISK": [saved(layer) for layer in named["BUILDING_RISK"]],
        "RESULTS": named["RESULTS"],
        "ROADS": saved(named["ROADS"]),
        "SHELTERS": saved(named["SHELTERS"]),
        "LEVEL_NAMES": named["LEVEL_NAMES"],
        "LANGUAGE": "en",
    }
    return inputs, out


def places(out, layers="gpkg"):
    """Destinations of all outputs; all layers in one GeoPackage."""
    tables = {name: f"ogr:dbname='{out}/plan.gpkg' table=\"{name.lower()}\"" for name in LAYERS}
    texts = {name: str(out / f"{name.lower()}.{layers}") for name in LAYERS}
    return {name: str(out / file) for name, file in PAGES.items()} | (tables if layers == "gpkg" else texts)


def undated(name, content):
    """Plans and pages say when they were made; a PDF and a project are only looked at whether they are whole."""
    if name == "plan.json":
        return {key: value for key, value in json.loads(content)["plan"].items() if key != "created"}
    if name.endswith(".html"):
        return re.sub(rb"20\d\d-\d\d-\d\d(.\d\d:\d\d(:\d\dZ?)?)?", b"", content)
    if name.endswith(".qgz"):
        return zipfile.ZipFile(io.BytesIO(content)).testzip()
    return content.rstrip().endswith(b"%%EOF") if name.endswith(".pdf") else content


@pytest.mark.slow
def test_a_full_disk(failing_child, files):
    inputs, out = files
    wanted = inputs | {name: str(out / PAGES[name]) for name in ("PLAN", "PAGE")}
    wanted |= {"EVENTS": str(out / "events.geojson"), "CLOSURES": str(out / "closures.gpkg")}
    failing_child.call(run_in_child, ID, wanted | {"EVACUATE_FROM": 4, "TITLE": "Before"})
    trial = Trial(failing_child, out, run_in_child, ID, wanted, ignore=undated)
    trial.count_through(errno.ENOSPC, step=13)
    assert trial.failed >= 5


@pytest.mark.slow
def test_a_full_disk_while_the_pages_are_printed(failing_child, files):
    inputs, out = files
    wanted = inputs | {name: str(out / PAGES[name]) for name in ("PLAN", "REPORT", "PROJECT")}
    trial = Trial(failing_child, out, run_in_child, ID, wanted, ignore=undated)
    trial.count_through(errno.ENOSPC, kinds=("write",), step=5)
    assert trial.failed >= 2


def test_a_locked_geopackage(run_algorithm, files, held, monkeypatch):
    inputs, out = files
    monkeypatch.setattr(staging, "BEFORE_S", 0.5)
    monkeypatch.setattr(publication, "PATIENCE_S", 0.5)
    run_algorithm(ID, inputs | places(out) | {"TITLE": "Before"})
    before = state(out)
    process = held(out / "plan.gpkg", "BEGIN EXCLUSIVE")
    try:
        with pytest.raises(QgsProcessingException, match=r"plan\.gpkg' is locked by another program") as caught:
            run_algorithm(ID, inputs | places(out))
    finally:
        process.kill()
        process.wait()
    assert "\n" not in str(caught.value)
    assert state(out) == before
    with closing(sqlite3.connect(out / "plan.gpkg")) as base:
        assert base.execute("SELECT count(*) FROM events").fetchone()[0] > 5


class CancelsAt(QgsProcessingFeedback):
    """Cancels when it is asked for the n-th time."""

    def __init__(self, number):
        super().__init__(False)
        self.left, self.asked = number, 0

    def setProgress(self, percent):
        self.asked += 1
        if self.asked >= self.left:
            self.cancel()


def test_a_cancel_in_the_middle(run_algorithm, files):
    """At the first report of progress, at some between, and at the last."""
    inputs, out = files
    wanted = inputs | places(out, "geojson") | {"ACTIONS": str(out / "actions.csv")}
    counting = CancelsAt(1_000_000)
    run_algorithm(ID, wanted | {"TITLE": "Before"}, counting)
    before = state(out)
    for number in sorted({1, *range(2, counting.asked, max(counting.asked // 6, 1)), counting.asked - 1}):
        feedback = CancelsAt(number)
        run_algorithm(ID, wanted, feedback)
        assert feedback.isCanceled()
        assert state(out) == before, number

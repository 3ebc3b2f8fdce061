"""The report of a comparison of schemes as PDF and HTML, in both languages."""

from __future__ import annotations

import subprocess

import pytest
from qgis.core import QgsProject, QgsVectorLayer

from tests.processing.planning.test_comparescheme import HIGH, OLD, PARCEL_FIELDS, PARCELS, A, B, layer, memory_layer

pytestmark = pytest.mark.usefixtures("qgis_plugin")


@pytest.fixture(autouse=True)
def emptied_project(qgis_app):
    yield
    QgsProject.instance().clear()


@pytest.fixture
def report(run_algorithm, tmp_path):
    def run(*schemes, **more):
        QgsProject.instance().addMapLayers(list(schemes), False)
        given = {
            "SCHEMES": [scheme.id() for scheme in schemes],
            "BUILDINGS": layer("buildings", *OLD),
            "PARCELS": memory_layer("Polygon", PARCELS, PARCEL_FIELDS, "plan"),
            "OUTPUT": "memory:",
            "REPORT": str(tmp_path / "方案 report.pdf"),
            "PAGE": str(tmp_path / "方案 page.html"),
        }
        results = run_algorithm("twin:comparescheme", given | more)
        text = subprocess.run(["pdftotext", "-layout", results["REPORT"], "-"], capture_output=True, check=True)
        with open(results["PAGE"], encoding="utf-8") as file:
            return text.stdout.decode("utf-8"), file.read()

    return run


def test_both_languages(report):
    pages, html = report(layer("甲 A", A), layer("乙 B", B), layer("C", HIGH), TITLE="Site 用地 [% 1 + 1 %] <b>")
    english = ("Comparison of schemes", "Hard rules", "Scheme 甲 A", "Annex")
    for said in (*english, "方案比选", "硬性规则", "方案 乙 B", "附录"):
        assert said in pages, said
        assert said in html, said
    assert "[% 1 + 1 %] <b>" in pages
    assert "<b>" not in html.split("<main>")[1].split("Site")[1][:40]
    assert html.count("data:image/png") >= 3  # a map for each scheme
    assert 'id="show-zh"' in html
    assert "Limits of the control plan that the scheme" in pages
    assert "方案突破的控规指标项数" in pages


def test_one_language_alone(report):
    pages, html = report(layer("A", A), layer("B", B), LANGUAGE="zh")
    assert "Hard rules" not in pages
    assert "硬性规则" in pages
    assert 'id="show-' not in html


def test_nothing_of_the_run_stays_in_the_project(report):
    report(layer("A", A), layer("B", B), LANGUAGE="en")
    assert all(isinstance(item, QgsVectorLayer) for item in QgsProject.instance().mapLayers().values())
    assert not QgsProject.instance().layoutManager().layouts()

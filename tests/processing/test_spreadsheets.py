"""Tables for spreadsheets that algorithms write hold no formula, and algorithms read what was written."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace

import pytest
from qgis.core import (
    QgsFeature,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
    QgsProject,
    QgsVectorLayer,
)

from tests.catalogue_records import made_records
from twin_plugin.bridge.services.catalogues import open_catalogue
from twin_plugin.core.services.catalogue.sanitize import sanitized
from twin_plugin.processing.algorithm import TwinAlgorithm
from twin_plugin.processing.inputs import table_rows

TITLES = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "'=quoted",
    "＝1+1",
    "-5",
    "of:=1+1",
    "深圳 'a' \"b\"",
)
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")


@pytest.fixture
def written(run_algorithm, qgis_plugin, tmp_path):
    """A function that writes a search whose titles look like formulas into a file."""
    catalogue = open_catalogue(str(tmp_path / "services.gpkg"), create=True)
    records = [sanitized(record)[0] for record in made_records(len(TITLES))]
    catalogue.apply([replace(record, title=title, gone="") for record, title in zip(records, TITLES, strict=True)])
    catalogue.close()

    def write(name: str) -> str:
        output = str(tmp_path / name)
        result = run_algorithm("twin:searchservices", {"CATALOGUE": str(tmp_path / "services.gpkg"), "OUTPUT": output})
        return result["OUTPUT"]

    return write


def test_a_table_holds_no_formula_and_its_numbers_are_numbers(written):
    with open(written("found 表.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(TITLES)
    cells = [(name, cell) for row in rows for name, cell in row.items()]
    wrong = [(name, cell) for name, cell in cells if cell.startswith(STARTS) and not is_number(cell)]
    assert wrong == []
    assert {"'=1+1", "'@SUM(A1)", "-5", "''=quoted"} <= {row["title"] for row in rows}


def is_number(cell: str) -> bool:
    try:
        return float(cell) == float(cell)
    except ValueError:
        return False


def test_an_open_document_holds_no_formula(written):
    content = zipfile.ZipFile(written("found.ods")).read("content.xml").decode()
    assert 'table:formula="of:=1+1"' not in content
    assert "<text:p>'of:=1+1</text:p>" in content
    assert "<text:p>=1+1</text:p>" in content  # a text there, without a mark


class Reading(TwinAlgorithm):
    """Reads a table as the plugin's algorithms do."""

    ID = "reading"
    GROUP_ID = "services"

    def title(self):
        return "Reading"

    def help_text(self):
        return ""

    def declare(self, configuration):
        self.add(QgsProcessingParameterFeatureSource("TABLE", "Table", [-1]), "")

    def execute(self, parameters, context, feedback):
        return {"ROWS": table_rows(self, parameters, "TABLE", context, feedback)}


@pytest.mark.parametrize("name", ["found.csv", "found.ods", "found.gpkg"])
def test_an_algorithm_reads_the_very_texts(written, name):
    layer = QgsVectorLayer(written(name), "found", "ogr")
    QgsProject.instance().addMapLayer(layer)
    layer.selectAll()
    for given in (layer.source(), layer.id(), QgsProcessingFeatureSourceDefinition(layer.id(), True)):
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        results, done = Reading().create().run({"TABLE": given}, context, QgsProcessingFeedback())
        assert done
        assert sorted(str(row["title"]) for row in results["ROWS"]) == sorted(TITLES)
    QgsProject.instance().removeMapLayer(layer)


def test_names_of_fields_are_guarded_too(qgis_plugin, tmp_path):
    from twin_plugin.bridge.kernel import spreadsheets

    layer = QgsVectorLayer("NoGeometry?field=a:string", "x", "memory")
    fields = layer.fields()
    fields.rename(0, "=1+1")
    assert spreadsheets.guarded_fields(fields, spreadsheets.starts("a.CSV")).names() == ["'=1+1"]
    assert spreadsheets.starts("a.gpkg") == ()
    assert QgsFeature(fields).fields().names() == ["=1+1"]

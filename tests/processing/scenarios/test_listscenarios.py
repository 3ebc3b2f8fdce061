"""twin:listscenarios: what runs, and what the others lack."""

from __future__ import annotations

import copy
import json
from dataclasses import replace

import pytest
from qgis.core import NULL, QgsProcessingException, QgsVectorLayer

from tests.catalogue_records import made_records
from twin_plugin.bridge.services.catalogues import open_catalogue
from twin_plugin.core.services.catalogue.sanitize import sanitized
from twin_plugin.core.services.catalogue.store import Search

ID = "twin:listscenarios"


@pytest.fixture
def listed(run_algorithm, district, tmp_path):
    """A function that writes documents and lists them; returns rows by id, and the results."""
    folder = tmp_path / "own 场景"
    folder.mkdir()

    def list_them(*scenarios, **more):
        for number, value in enumerate(scenarios):
            text = value if isinstance(value, str) else json.dumps(value)
            (folder / f"{number}.json").write_text(text, encoding="utf-8")
        table = tmp_path / "list.gpkg"
        parameters = {"FOLDER": str(district), "USER_FOLDER": str(folder), "OUTPUT": str(table), **more}
        results = run_algorithm(ID, parameters)
        layer = QgsVectorLayer(str(table), "", "ogr")
        names = layer.fields().names()
        rows = [dict(zip(names, feature.attributes(), strict=True)) for feature in layer.getFeatures()]
        return {row["id"]: row for row in rows}, results

    return list_them


def changed(scenario, name, **keys):
    return copy.deepcopy(scenario) | {"id": name} | keys


def test_a_scenario_runs_or_says_what_it_lacks(listed, scenario):
    data = copy.deepcopy(scenario["data"])
    data[0]["path"] = "district.gpkg|layername=schools"
    lost = changed(scenario, "OWN-2", data=data)
    unknown = changed(scenario, "OWN-3")
    unknown["steps"][0]["algorithm"] = "twin:skylines"
    rows, results = listed(scenario, lost, unknown)
    assert rows["OWN-1"]["state"] == "runs"
    assert rows["OWN-1"]["algorithms"] == "native:extractbyexpression > native:buffer > twin:designstorm"
    assert rows["OWN-1"]["subdivisions"] == "B07 (A02)"
    assert rows["OWN-2"]["state"] == "lacks data"
    assert "schools" in rows["OWN-2"]["lacks"]
    assert rows["OWN-2"]["search"] == "SUBDIVISION=B07 TEXT=places"
    assert rows["OWN-2"]["services_found"] == NULL
    assert rows["OWN-3"]["state"] == "lacks an algorithm"
    assert "twin:skylines" in rows["OWN-3"]["lacks"]
    own = [row for row in rows.values() if not row["shipped"]]
    assert len(own) == 3
    assert results["COUNT"] == len(rows)
    names = ("RUNS", "LACKS_DATA", "LACKS_ALGORITHM", "LACKS_PACKAGE", "INVALID")
    assert sum(results[name] for name in names) == results["COUNT"]


def test_the_catalogue_is_searched_for_what_is_missing(listed, scenario, tmp_path):
    path = tmp_path / "services.gpkg"
    catalogue = open_catalogue(str(path), create=True)
    catalogue.apply([replace(sanitized(record)[0], gone="") for record in made_records(60)])
    expected = catalogue.search(Search(subdivisions=("C07",))).total
    catalogue.close()
    assert expected > 0
    scenario["data"][0] |= {"path": "district.gpkg|layername=none", "search": "", "subdivision": "C07"}
    rows, _ = listed(scenario, CATALOGUE=str(path))
    assert rows["OWN-1"]["services_found"] == expected


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: s["steps"][1]["parameters"].update(DISTANSE=1), "DISTANSE"),
        (lambda s: s["steps"][1]["parameters"].update(SEGMENTS="many"), "SEGMENTS"),
        (lambda s: s["steps"][1]["parameters"].pop("INPUT"), "INPUT has no value"),
        (lambda s: s["steps"][2]["parameters"].update(ZONE="north pole"), "north pole"),
        (lambda s: s["steps"][1]["parameters"].update(INPUT={"step": "many", "output": "OUTPUTS"}), "OUTPUTS"),
        (lambda s: s["outputs"][0].update(file="reach.tif"), "reach.tif"),
        (lambda s: s["outputs"][0].update(style="nice"), "nice"),
        (lambda s: s["outputs"][0].update(file="provenance.json"), "a file of the run itself"),
        (lambda s: s["outputs"][1].update(output="TOTAL_MM"), "storm.csv"),
        (lambda s: s["data"][0].update(subdivision="B99"), "B99"),
        (lambda s: s["measures"][1].update(where="env('HOME') = ''"), "env"),
        (lambda s: s["measures"][4].update(statistic="sum"), "rain"),
        (lambda s: s["measures"][0].update(statistic="value"), "all"),
        (lambda s: s.update(question=""), "question"),
    ],
)
def test_mistakes_are_found_without_running(listed, scenario, change, words):
    change(scenario)
    rows, results = listed(scenario)
    row = next(row for row in rows.values() if not row["shipped"])
    assert row["state"] == "invalid"
    assert words in row["lacks"]
    assert results["INVALID"] >= 1


@pytest.mark.parametrize("text", ["{", "[" * 50, "{}", '{"id": 3}'])
def test_documents_that_cannot_be_read_are_rows_too(listed, scenario, text):
    rows, _ = listed(scenario, text)
    assert rows["1"]["state"] == "invalid"
    assert "1.json" in rows["1"]["lacks"]
    assert rows["OWN-1"]["state"] == "runs"


def test_domain_and_words_choose(listed, scenario):
    other = changed(scenario, "OWN-2", domain="rail", question="Where is the metro?")
    rows, _ = listed(scenario, other, DOMAIN="rail")
    assert "OWN-2" in rows
    assert "OWN-1" not in rows
    rows, _ = listed(scenario, other, TEXT="人多 设施")
    assert "OWN-1" in rows
    assert all(name != "OWN-2" for name in rows)  # its question has no Chinese


def test_an_own_scenario_never_replaces_another(listed, scenario):
    rows, results = listed(scenario, copy.deepcopy(scenario))
    assert results["INVALID"] >= 1
    assert rows["OWN-1"]["state"] in ("runs", "invalid")


def test_a_folder_named_twice_is_read_once(listed, scenario, tmp_path):
    from twin_plugin.bridge.scenarios import found

    listed(scenario)
    folder = tmp_path / "own 场景"
    assert [one.id for one in found.own_scenarios([folder, folder / ".." / folder.name])] == ["OWN-1"]


def test_without_a_folder_every_scenario_lacks_data(listed, scenario):
    rows, results = listed(scenario, FOLDER=None)
    assert rows["OWN-1"]["state"] == "lacks data"
    assert results["RUNS"] == 0


def test_a_catalogue_that_is_none(listed, scenario, tmp_path):
    with pytest.raises(QgsProcessingException, match="none"):
        listed(scenario, CATALOGUE=str(tmp_path / "none.gpkg"))

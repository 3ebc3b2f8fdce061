"""Shipped scenarios on a synthetic district: quick ones of several kinds run, and each check notices wrong results."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from qgis.core import QgsProcessingContext, QgsVectorLayer

from twin_plugin.bridge.scenarios.found import find_scenarios
from twin_plugin.bridge.scenarios.measures import measured
from twin_plugin.core.scenarios.checks import judge, names_in

QUICK = (
    "WAT-04", "WAT-18", "WAT-32", "TRA-09", "TRA-14", "TRA-26", "POW-07", "PLA-14", "HEA-01", "HEA-03", "HOU-07",
    "SAF-08",
)  # fmt: skip
"""Those that need neither a flood nor an algorithm of QGIS's plugin Processing, which tests do not load."""
WRONG = (lambda value: value * 1.2 + 1, lambda value: value * 0.8 - 1, lambda value: -value - 1)


@pytest.fixture(autouse=True)
def no_library():
    """With the scenarios that ship, unlike the other tests of this folder."""


@pytest.fixture(scope="module")
def district(run_algorithm, tmp_path_factory):
    """A synthetic district of 20 buildings; its path has a space and 中文."""
    folder = tmp_path_factory.mktemp("library") / "the district 片区"
    run_algorithm("twin:createdemodistrict", {"BUILDINGS": 20, "FOLDER": str(folder)})
    return folder


@pytest.fixture(scope="module")
def shipped():
    return {found.id: found.scenario for found in find_scenarios() if found.shipped}


@pytest.fixture(scope="module")
def ran(run_algorithm, district, tmp_path_factory):
    """A function from an id to the folder with the results; each scenario runs once."""
    done = {}

    def run(name):
        if name not in done:
            out = tmp_path_factory.mktemp("results") / name
            parameters = {"SCENARIO": name, "FOLDER": str(district), "OUTPUT_FOLDER": str(out)}
            results = run_algorithm("twin:runscenario", parameters)
            done[name] = out, results
        return done[name]

    return run


def kept(folder):
    return json.loads((folder / "provenance.json").read_text("utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("name", QUICK)
def test_it_runs_and_its_checks_hold(ran, shipped, name):
    folder, results = ran(name)
    assert results["STATE"] == "ok", [row for row in kept(folder)["checks"] if not row["holds"]]
    assert {output.file for output in shipped[name].outputs} <= {path.name for path in folder.iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("name", QUICK)
def test_wrong_results_fail_its_checks(ran, shipped, name):
    """Wrong values are planted into every measure that a check names, one at a time: one of them must fail it."""
    measures = {row["id"]: row["value"] for row in kept(ran(name)[0])["measures"] if row["value"] is not None}
    for check in shipped[name].checks:
        names = {one for side in (check.left, check.right) if isinstance(side, str) for one in names_in(side)}
        planted = [{**measures, one: wrong(measures[one])} for one in names for wrong in WRONG]
        assert not all(judge(check, values).holds for values in planted), f"{check.left} {check.relation} {check.right}"


def column(path, name):
    """The values of a column of the only table of a GeoPackage."""
    layer = QgsVectorLayer(str(path), "kept", "ogr")
    return [feature[name] for feature in layer.getFeatures()]


@pytest.mark.slow
def test_what_is_counted_equals_sql(ran, district):
    """Residents beside a substation, and the energy that critical buildings lack, counted without QGIS."""
    with closing(sqlite3.connect(district / "district.gpkg")) as base:
        (people,) = base.execute("SELECT sum(residents) FROM planned_buildings").fetchone()
        (missing,) = base.execute(
            "SELECT sum(p_kw * (4 - backup_h)) FROM critical_buildings WHERE backup_h < 4"
        ).fetchone()
    folder, _ = ran("SAF-08")
    measures = {row["id"]: row["value"] for row in kept(folder)["measures"]}
    inside, outside = (column(folder / f"{name}.gpkg", "residents") for name in ("inside", "outside"))
    assert min(len(inside), len(outside)) > 0
    assert (measures["inside"], measures["outside"]) == (len(inside), len(outside))
    assert (measures["people_inside"], measures["people_outside"]) == (sum(inside), people - sum(inside))
    folder, _ = ran("POW-07")
    assert sum(column(folder / "short_reserve.gpkg", "missing_kwh")) == pytest.approx(missing, abs=1)


@pytest.mark.slow
def test_a_layer_that_lost_a_row_fails(ran, shipped, tmp_path):
    """A building is taken out of a copy of the results: the check that all buildings are counted no longer holds."""
    folder, _ = ran("SAF-08")
    path = tmp_path / "outside.gpkg"
    shutil.copyfile(folder / "outside.gpkg", path)
    layer = QgsVectorLayer(str(path), "outside", "ogr")
    assert layer.dataProvider().deleteFeatures([next(layer.getFeatures()).id()])
    scenario = shipped["SAF-08"]
    spoilt = next(measure for measure in scenario.measures if measure.id == "outside")
    value = measured(spoilt, str(path), "", QgsProcessingContext(), lambda *_: True).value
    measures = {row["id"]: row["value"] for row in kept(folder)["measures"]}
    assert value == measures["outside"] - 1
    assert [judge(check, measures).holds for check in scenario.checks] == [True] * len(scenario.checks)
    assert not all(judge(check, {**measures, "outside": value}).holds for check in scenario.checks)

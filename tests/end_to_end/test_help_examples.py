"""The examples of the help pages run as they stand, one after the other in one folder, from models to the report."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from osgeo import gdal

from tests.help_examples import example

FEW = "3"
COARSE_M = 8.0
"""Cells of the terrain: the district's own would take a minute."""


@pytest.mark.slow
def test_they_lead_from_models_to_a_report(run_algorithm, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_algorithm("twin:createdemodistrict", {**example("createdemodistrict"), "BUILDINGS": FEW})
    os.symlink("houhai/models", "models")
    gdal.Translate("terrain.tif", "houhai/dtm.tif", xRes=COARSE_M, yRes=COARSE_M, resampleAlg="average")
    for name in ("loadbim", "designstorm", "simulateflood", "buildingrisk", "floodreport"):
        parameters = example(name)
        assert run_algorithm(f"twin:{name}", parameters)
        written = {"loadbim": "BUILDINGS", "simulateflood": "RESULT", "floodreport": "REPORT"}.get(name, "OUTPUT")
        assert Path(parameters[written]).stat().st_size > 0
    assert {"depth.tif", "risk.gpkg", "report.pdf", "flood.qgz"} <= set(os.listdir())

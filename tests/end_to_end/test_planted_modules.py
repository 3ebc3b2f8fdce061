"""Code that lies beside the models does not run when they are read from that folder by real worker processes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.core.common.test_isolation import plant
from tests.tiny import tiny_model

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.slow
@pytest.mark.end_to_end
def test_loadbim_and_updatetwinbase_run_no_code_beside_the_models(tmp_path):
    folder, canary = tmp_path / "models", tmp_path / "canary"
    plant(folder, canary)
    for number in range(2):
        (folder / f"{number}.ifc").write_bytes(tiny_model(number))
    own = {name: value for name, value in os.environ.items() if not name.startswith("QGIS_")}
    # The shell that starts QGIS stands in the folder of the models.
    settings = subprocess.run(
        [ROOT / "tools" / "env.sh", "env", "-0"], env=own, capture_output=True, text=True, check=True
    ).stdout
    environment = dict(line.split("=", 1) for line in settings.split("\0") if line)
    for tool, *more in (
        ("loadbim", *(f"--{name}={tmp_path / name}.gpkg" for name in ("BUILDINGS", "STOREYS", "OPENINGS", "REPORT"))),
        ("updatetwinbase", f"--TWIN_BASE={tmp_path / 'base.gpkg'}"),
    ):
        done = subprocess.run(
            ["qgis_process", "--json", "run", f"twin:{tool}", "--FOLDER=.", "--WORKERS=2", *more],
            cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=200,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        results = json.loads(done.stdout)["results"]
        assert results.get("READ", 2) == 2, results
        assert not canary.exists(), f"{tool} ran code of the folder"
    assert os.listdir(folder)

"""Children of the plugin run no code of the current folder, of the models' folder or of a foreign path."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from twin_plugin.core.common import interpreter

ROOT = Path(__file__).resolve().parents[3]
MODULES = (
    "multiprocessing",
    "encodings",
    "sitecustomize",
    "usercustomize",
    "numpy",
    "ifcopenshell",
    "shapely",
    "pebble",
)


def plant(folder: Path, canary: Path) -> None:
    """Modules that leave a canary when they are imported, as files and as packages, and a database of PROJ."""
    folder.mkdir(parents=True)
    code = f"import os\nos.close(os.open({str(canary)!r}, os.O_CREAT | os.O_WRONLY))\nraise ImportError('planted')\n"
    for name in MODULES:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(code, encoding="utf-8")
    (folder / "proj.db").write_bytes(b"no database")
    for name in ("pickle", "resource", "json", "threading"):
        (folder / f"{name}.py").write_text(code, encoding="utf-8")


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """A folder full of planted modules as the current folder and on PYTHONPATH, and the canary that they leave."""
    folder, canary = tmp_path / "models", tmp_path / "canary"
    plant(folder, canary)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(("", ".", str(folder))))
    monkeypatch.setenv("PYTHONUSERBASE", str(folder))
    return folder, canary


def test_the_planted_modules_work(planted):
    """The trap itself: Python as it starts by default imports what lies there."""
    _, canary = planted
    subprocess.run([sys.executable, "-c", "import ifcopenshell"], check=False, capture_output=True)
    assert canary.exists()


def test_workers_and_the_resource_tracker_import_nothing_planted(planted, tmp_path):
    folder, canary = planted
    program = tmp_path / "run.py"
    program.write_text(RUN, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-P", str(program), str(ROOT), *sys.path],
        env=clean,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not canary.exists()
    facts = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert facts["folder"] == str(interpreter.ISOLATED_FOLDER)
    assert facts["PYTHONPATH"] == "None"
    assert facts["relative"] == "[]"
    assert facts["safe"] == "True"


RUN = """
import os, sys

root, *path = sys.argv[1:]
sys.path[:] = [*path, root]
import tests.core.common.worker_facts as worker_facts
from twin_plugin.core.common.processes import run_jobs
import pebble
from collections import deque

# From here on this process looks into the current folder first, as some consoles do, and its environment is foreign.
sys.path.insert(0, "")
os.environ["PYTHONPATH"] = os.pathsep.join(("", ".", os.getcwd()))
os.environ["PYTHONUSERBASE"] = os.getcwd()
for ended in run_jobs(worker_facts.facts, deque([1, 2]), 2, lambda job: (job,), lambda: None, lambda job: 60.0):
    if ended.error:
        raise ended.error
print(*ended.value, sep="\\n")
"""


def test_the_question_for_the_version_imports_nothing_planted(planted):
    _, canary = planted
    assert interpreter.find()
    assert not canary.exists()


def test_an_isolated_environment_names_no_other_code(monkeypatch):
    monkeypatch.setenv("PYTHONSTARTUP", "x.py")
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONHOME", "/home/of/python")
    monkeypatch.setenv("CITY", "Shenzhen")
    found = interpreter.isolated_environment()
    assert found["CITY"] == "Shenzhen"
    assert found["PYTHONHOME"] == "/home/of/python"
    assert {"PYTHONSTARTUP", "PYTHONPATH"}.isdisjoint(found)
    assert found["PYTHONSAFEPATH"] == "1"


def test_pyproj_reads_no_data_of_the_current_folder(tmp_path):
    """Where the environment names no data, pyproj 3.4 looks for them in the current folder first."""
    (tmp_path / "proj.db").write_bytes(b"no database")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PROJ_", "PYTHON"))}
    program = "import sys; sys.path[:] = sys.argv[1:]\n" + TRANSFORM
    for given in ({}, {"PROJ_DATA": ""}, {"PROJ_DATA": "."}):
        done = subprocess.run(
            [sys.executable, "-P", "-c", program, str(ROOT), *sys.path],
            env=clean | given, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        x, y = map(float, done.stdout.split())
        assert (x, y) == pytest.approx((500_000.0, 2_543_664.0), abs=1000.0)


TRANSFORM = """
import numpy as np
from twin_plugin.core.common import crs
print(*crs.transform("EPSG:4326", "EPSG:4547", np.array([[114.0, 23.0]]))[0])
"""

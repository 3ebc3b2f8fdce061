"""Where the packages of requirements.txt are missing, the plugin still loads, and each algorithm says what it needs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from twin_plugin.processing.provider import algorithms

from .module_imports import ROOT, modules, packages, reached

STARTS = {
    "the plugin": ["twin_plugin.plugin", *modules("twin_plugin/processing")],
    "the desktop": modules("twin_plugin/gui"),
}
REQUIRED = re.findall(r"^[a-z0-9-]+", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
BROUGHT_BY_QGIS = {"qgis", "osgeo", "processing", "numpy"}

SCRIPT = """
import json, os, sys
sys.dont_write_bytecode = True
exec(open("tests/hidden_packages.py", encoding="utf-8").read())
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback
app = QgsApplication([], False)
app.initQgis()
from twin_plugin.plugin import CityTwinPlugin
plugin = CityTwinPlugin(None)
plugin.initProcessing()
from twin_plugin.bridge.kernel import dependencies


def said(algorithm):
    # As in qgis_process, which does not ask canExecute.
    feedback = QgsProcessingFeedback(False)
    try:
        algorithm.run({}, QgsProcessingContext(), feedback, {}, False)
    except QgsProcessingException as error:
        return str(error)
    return feedback.textLog()


answer = {
    "runs": {a.id(): said(a) for a in plugin.provider.algorithms() if not a.canExecute()[0] and a.group() != "Models"},
    "missing": [requirement.name for requirement in dependencies.missing()],
    "algorithms": {a.id(): list(a.canExecute()) for a in plugin.provider.algorithms()},
}
print("ANSWER" + json.dumps(answer), flush=True)
os._exit(0)
"""


def test_the_plugin_loads_and_says_what_is_missing():
    environment = os.environ | {"HIDDEN_PACKAGES": " ".join([*REQUIRED, "llvmlite", "scipy", "swmm"])}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert "ANSWER" in done.stdout, done.stderr
    answer = json.loads(done.stdout.split("ANSWER")[1])
    assert answer["missing"] == REQUIRED
    for name in ("loadbim", "simulateflood", "buildingrisk", "createdemodistrict", "storm_to_buildings"):
        able, reason = answer["algorithms"][f"twin:{name}"]
        assert not able, name
        assert "needs Python packages that are missing" in reason
    for name in ("loadbim", "simulateflood", "buildingrisk", "createdemodistrict", "harvestservices", "floodreport"):
        said = answer["runs"][f"twin:{name}"].strip()
        assert "needs Python packages that are missing" in said, said
        assert len(said.splitlines()) == 1, said


@pytest.mark.parametrize("start", STARTS)
def test_no_module_that_is_loaded_at_the_start_imports_a_package(start):
    loaded = reached(STARTS[start], functions=False)
    assert {"twin_plugin.processing.provider", "twin_plugin.gui.shell.desktop"} & set(loaded)
    for name, importer in loaded.items():
        foreign = packages(name, functions=False) - set(sys.stdlib_module_names) - BROUGHT_BY_QGIS
        assert not foreign, f"{name}, which {importer} imports, imports {foreign} before anybody could install it"


NOT_RUN = {
    "designstorm": {"shapely"},
    "comparefloods": {"numba"},
    "exportdrains": {"numba"},
    "floodbalance": {"numba"},
    "floodwatch": {"numba"},
}
"""bridge.kernel.vectors needs shapely only where geometries are read, and processes need numba only where they run."""
OPTIONAL = {"av", "distributed", "pandapower", "psycopg2", "swmm"}
"""Each has a sentence of its own where it is missing."""
PART_OF_NUMBA = {"llvmlite"}


def used_packages(module: str) -> set[str]:
    """The packages that running a module may import."""
    used = set().union(*(packages(name, functions=True) for name in reached([module], functions=True)))
    return used - set(sys.stdlib_module_names) - BROUGHT_BY_QGIS - OPTIONAL - PART_OF_NUMBA


@pytest.mark.parametrize("algorithm", algorithms(), ids=lambda algorithm: algorithm.ID)
def test_an_algorithm_names_the_packages_that_its_code_imports(algorithm):
    # Every algorithm reaches the module of the worker processes, which also counts the cores.
    idle = used_packages("twin_plugin.processing.algorithm") | NOT_RUN.get(algorithm.ID, set())
    assert set(algorithm.PACKAGES) | idle == used_packages(algorithm.__module__) | idle
    assert set(algorithm.PACKAGES) <= set(REQUIRED)


def test_every_package_is_pinned_with_hashes_and_numpy_is_not():
    pins = (ROOT / "requirements-pinned.txt").read_text(encoding="utf-8")
    names = set(re.findall(r"^([a-z0-9-]+)==", pins, re.MULTILINE))
    assert set(REQUIRED) <= names
    assert "numpy" not in names
    for block in re.split(r"\n(?=[a-z])", pins)[1:]:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block


@pytest.mark.parametrize("page", ["docs/guide-desktop.md", "docs/dev/architecture.md", "tools/setup.sh"])
def test_documents_and_set_up_name_every_package(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [name for name in REQUIRED if name not in text] == []

"""Where the packages of requirements.txt are missing, the plugin still loads, and each algorithm says what it needs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from .module_imports import ROOT, modules, packages, reached

STARTS = {
    "the plugin": ["twin_plugin.plugin", *modules("twin_plugin/processing")],
    "the desktop": modules("twin_plugin/gui"),
}
BROUGHT_BY_QGIS = {"qgis", "osgeo", "processing", "numpy"}

SCRIPT = """
import json, os, sys
sys.dont_write_bytecode = True
BLOCKED = {"ifcopenshell", "shapely", "numba", "llvmlite", "pebble", "pyproj"}
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocker())
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name.split(".")[0] in BLOCKED else find(name, package)
from qgis.core import QgsApplication
app = QgsApplication([], False)
app.initQgis()
from twin_plugin.plugin import CityTwinPlugin
plugin = CityTwinPlugin(None)
plugin.initProcessing()
from twin_plugin.bridge.kernel import dependencies
answer = {
    "missing": [requirement.name for requirement in dependencies.missing()],
    "algorithms": {a.id(): list(a.canExecute()) for a in plugin.provider.algorithms()},
}
print("ANSWER" + json.dumps(answer), flush=True)
os._exit(0)
"""


def test_the_plugin_loads_and_says_what_is_missing():
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert "ANSWER" in done.stdout, done.stderr
    answer = json.loads(done.stdout.split("ANSWER")[1])
    assert answer["missing"] == ["ifcopenshell", "shapely", "numba", "pebble", "pyproj"]
    for name in ("loadbim", "simulateflood", "buildingrisk", "createdemodistrict"):
        able, reason = answer["algorithms"][f"twin:{name}"]
        assert not able, name
        assert "needs the Python packages" in reason


@pytest.mark.parametrize("start", STARTS)
def test_no_module_that_is_loaded_at_the_start_imports_a_package(start):
    loaded = reached(STARTS[start], functions=False)
    assert {"twin_plugin.processing.provider", "twin_plugin.gui.shell.desktop"} & set(loaded)
    for name, importer in loaded.items():
        foreign = packages(name, functions=False) - set(sys.stdlib_module_names) - BROUGHT_BY_QGIS
        assert not foreign, f"{name}, which {importer} imports, imports {foreign} before anybody could install it"

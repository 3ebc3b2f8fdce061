"""The zip in an empty profile of the real QGIS desktop, where no Python package of the plugin is installed."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr

from tests.catalogue_records import made_records
from tests.gui.bim.model_layers import write_base

HERE = Path(__file__).parent
HIDDEN = "ifcopenshell shapely numba llvmlite pebble pyproj scipy swmm jsonschema"
"""A minimal QGIS: Debian's own brings pyproj, scipy and jsonschema."""
SETTINGS = """\
[PythonPlugins]
twin_plugin=true
processing=true
[qgis]
checkVersion=false
newsFeed\\disabled=true
showTips=false
[app]
askToSaveMemoryLayers=false
"""

DOCKS = {"home", "buildings", "services", "flood", "plan", "themes", "planning", "lifecycle"}


def write_terrain(path: Path) -> None:
    raster = gdal.GetDriverByName("GTiff").Create(str(path), 20, 20, 1, gdal.GDT_Float32)
    raster.SetGeoTransform((500000, 5, 0, 2490100, 0, -5))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4547)
    raster.SetProjection(crs.ExportToWkt())
    raster.GetRasterBand(1).WriteArray(np.add.outer(np.arange(20.0), np.arange(20.0)).astype(np.float32))


def write_catalogue(path: Path) -> None:
    from twin_plugin.bridge.services.catalogues import open_catalogue
    from twin_plugin.core.services.catalogue.sanitize import sanitized

    catalogue = open_catalogue(str(path), create=True)
    catalogue.apply([replace(sanitized(record)[0], gone="") for record in made_records(60)])
    catalogue.close()


@pytest.fixture(scope="module")
def report(archive, qgis_app, tmp_path_factory):
    """What the driver in the desktop saw."""
    folder = tmp_path_factory.mktemp("a bare desktop 桌面")
    profile = folder / "profiles" / "default"
    for name in ("python/plugins", "QGIS"):
        (profile / name).mkdir(parents=True)
    with zipfile.ZipFile(archive) as content:
        content.extractall(profile / "python" / "plugins")
    (profile / "QGIS" / "QGIS3.ini").write_text(SETTINGS, encoding="utf-8")
    (folder / "run").mkdir(mode=0o700)
    inputs = {
        "OPEN_CATALOGUE": folder / "services.gpkg",
        "OPEN_BASE": folder / "base.gpkg",
        "OPEN_TERRAIN": folder / "dtm.tif",
    }
    write_catalogue(inputs["OPEN_CATALOGUE"])
    write_base(inputs["OPEN_BASE"])
    write_terrain(inputs["OPEN_TERRAIN"])
    # Nothing of the test's environment: QGIS's own Python, without .venv.
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "PYQGIS_STARTUP": str(HERE.parent / "hidden_packages.py"),
        "HIDDEN_PACKAGES": HIDDEN,
        "REPORT": str(folder / "report.json"),
        **{name: str(path) for name, path in inputs.items()},
    }
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x900x24", "qgis", "--nologo", "--noversioncheck"]
    command += ["--profiles-path", str(folder), "--profile", "default", "--code", str(HERE / "open_everything.py")]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=300)
    assert Path(environment["REPORT"]).exists(), done.stdout + done.stderr
    return json.loads(Path(environment["REPORT"]).read_text(encoding="utf-8"))


pytestmark = pytest.mark.slow


def test_the_message_says_what_is_missing_and_offers_to_install_it(report):
    [[short, buttons]] = report["bar"]
    assert short == "Python packages are missing: 120 MB to download."
    assert buttons == ["Details…", "Install"]
    text = report["home"]
    assert text.startswith(
        "Missing Python packages: ifcopenshell, shapely, numba, pebble, pyproj, swmm-toolkit, jsonschema."
    )
    assert "120 MB" in text
    assert "420 MB" in text
    assert os.path.join("profiles", "default", "python", "twin_deps") in text
    assert report["details"] == [text]


def test_every_dock_dialog_and_button_works_or_says_which_packages_it_needs(report):
    assert not report["errors"], "\n".join(report["errors"])
    assert {line.split(":")[0] for line in report["pressed"]} == DOCKS
    for name in ("home: Create the demo district", "services: Check all", "services: Import…", "buildings: Report"):
        assert name in report["pressed"]
    assert "City Twin: guide" in report["dialogs"]
    assert any(title.startswith("Options") for title in report["dialogs"])
    needs = {sentence for sentence in report["notices"] if "Python package" in sentence}
    assert any("shapely" in sentence and "numba" in sentence for sentence in needs), report["notices"]
    assert any("This needs the Python package shapely" in sentence for sentence in needs), report["notices"]


def test_it_unloads_and_leaves_no_widget_and_no_folder_on_the_search_path(report):
    assert report["unloaded"]
    assert not [name for name in report["left"] if name.startswith("CityTwin")]
    assert not [entry for entry in report["path"] if "twin_deps" in entry]


def test_it_can_be_loaded_again_as_after_an_update(report):
    first, second = report["algorithms"]
    assert "twin:simulateflood" in first
    assert second == first

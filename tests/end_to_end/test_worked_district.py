"""The commands of the worked district run as they stand, and give the figures that its page names."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from osgeo import gdal, ogr
from qgis.PyQt.QtGui import QImageReader

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "worked-district.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """The folder after all commands, and the outputs that they printed, by name, in order."""
    for package in ("numba", "ifcopenshell"):
        pytest.importorskip(package)
    folder = tmp_path_factory.mktemp("worked") / "my district 城区"
    folder.mkdir()
    own = {name: value for name, value in os.environ.items() if not name.startswith("QGIS_")}  # not pytest-qgis's
    ran = subprocess.run(
        ["bash", "-c", "\n".join(("set -e -o pipefail", *COMMANDS))], cwd=folder, env={**own, "CHECKOUT": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=1700,
    )  # fmt: skip
    assert ran.returncode == 0, (ran.stdout + ran.stderr)[-2000:]
    results = ran.stdout.split("\nResults\n")[1:]
    return folder, [dict(re.findall(r"^([A-Z_0-9]+):\t(.*)$", text, re.MULTILINE)) for text in results]


def named(pattern):
    """The number that the page names in a sentence."""
    return float(re.search(pattern, PAGE)[1].replace(",", ""))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_figures_are_those_of_the_page(done):
    folder, results = done
    terrain, low, storm, models, flood, risk = results[1:7]
    assert int(terrain["COUNT"]) == named(r"COUNT = (\d+)")
    assert int(low["COUNT"]) == named(r"finds (\d+) low places")
    assert round(float(storm["TOTAL_MM"]), 1) == named(r"TOTAL_MM = ([\d.]+)")
    assert int(models["MODELS_OK"]) == named(r"(\d+) models give")
    for table, pattern in (("buildings", r"models give (\d+) buildings"), ("openings", r"buildings and (\d+) doors")):
        source = ogr.Open(str(folder / f"{table}.gpkg"))
        assert source.GetLayer(0).GetFeatureCount() == named(pattern)
    assert round(float(flood["WET_AREA_M2"]) / 1e4, 1) == named(r"([\d.]+) ha were wet")
    assert round(float(flood["PEAK_VOLUME_M3"])) == pytest.approx(named(r"at most ([\d,]+) m³"), rel=1e-3)
    assert abs(float(flood["MASS_ERROR"])) < 1e-6
    said = [int(re.search(rf"^    CLASS_{number}: (\d+)", PAGE, re.MULTILINE)[1]) for number in range(5)]
    assert [int(risk[f"CLASS_{number}"]) for number in range(5)] == said
    assert sum(said[2:]) == named(r"about (\d+) of 24")


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_what_is_handed_over_is_there(done):
    folder, _ = done
    frames = named(r"a film of (\d+) frames")
    assert QImageReader(str(folder / "film.gif")).imageCount() == frames
    assert gdal.Open(str(folder / "frames" / "depth.tif")).RasterCount == frames
    for name in ("flood.qgz", "map.png", "report.pdf"):
        assert (folder / name).stat().st_size > 1000

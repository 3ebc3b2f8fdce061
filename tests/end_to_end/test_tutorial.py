"""The commands of the tutorial with one's own data run as they stand, and give the figures that it names."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from osgeo import ogr

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tutorial-own-data.md").read_text(encoding="utf-8")
CHAIN, LOOP, MODEL, PRACTICE = re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL)
ALL_YEARS, YEARS = "5 10 20 50 100", ("20", "50")
"""The loop's, and those that the test runs."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with blanks and Chinese characters, with the practice data in it."""
    pytest.importorskip("ifcopenshell")
    made = tmp_path_factory.mktemp("own") / "my data 数据"
    made.mkdir()
    run(made, "")
    return made


def run(folder, commands):
    """Run commands of the page after those that define qgis_process; gives what they printed."""
    define, rest = PRACTICE.split("\n", 1)
    script = "\n".join(("set -e -o pipefail", define, commands or rest))
    own = {name: value for name, value in os.environ.items() if not name.startswith("QGIS_")}  # not pytest-qgis's
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env={**own, "CHECKOUT": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]
    return done.stdout


def counts(text):
    """The numbers of buildings in the last run of an output."""
    return [int(re.findall(rf"^CLASS_{number}:\s+(\d+)", text, re.MULTILINE)[-1]) for number in range(5)]


def classes(path):
    dataset = ogr.Open(str(path))
    found = [row["risk_class"] for row in dataset.GetLayer(0)]
    return [found.count(number) for number in range(5)]


@pytest.mark.slow
def test_the_chain_and_the_model_give_the_classes_of_the_page(folder):
    said = counts(PAGE.replace("    CLASS", "CLASS"))
    assert counts(run(folder, CHAIN)) == said
    for name in ("flood.qgz", "map.png", "report.pdf"):
        assert (folder / "out" / name).stat().st_size > 1000
    run(folder, MODEL)
    assert classes(folder / "model" / "risk.gpkg") == said


@pytest.mark.slow
def test_the_loop_gives_the_table_of_the_page(folder):
    assert ALL_YEARS in LOOP
    text = run(folder, LOOP.replace(ALL_YEARS, " ".join(YEARS)))
    rain = re.findall(r"TOTAL_MM:\s+([\d.]+)", text)
    wet = re.findall(r"WET_AREA_M2:\s+([\d.]+)", text)
    for number, years in enumerate(YEARS):
        row = re.search(rf"^\| {years} \| (.+) \|$", PAGE, re.MULTILINE)[1].split(" | ")
        assert row[0] == f"{float(rain[number]):.1f}"
        assert row[1] == f"{float(wet[number]) / 1e4:.1f}"
        assert [int(value) for value in row[2:]] == classes(folder / f"P{years}" / "risk.gpkg")

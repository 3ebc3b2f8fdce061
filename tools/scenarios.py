"""Runs the scenarios of the library on a district, one after the other, and says which checks hold.

tools/env.sh python tools/scenarios.py DISTRICT [ID ...] [--out FOLDER]

DISTRICT is a folder such as twin:createdemodistrict writes. After each run wrong values are planted into its measures:
a check that holds for each of them is listed, since it would not notice a wrong result.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.append("/usr/share/qgis/python/plugins")
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProject

from twin_plugin.core.scenarios.checks import judge, names_in
from twin_plugin.core.scenarios.library import read_library
from twin_plugin.core.scenarios.scenario import Check, Scenario

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "resources" / "scenarios" / "scenarios.csv"
WRONG = (lambda value: value * 1.2 + 1, lambda value: value * 0.8 - 1, lambda value: -value - 1)


@dataclass(frozen=True)
class Run:
    """What came out of a scenario."""

    state: str
    seconds: float
    failed: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()


class Quiet(QgsProcessingFeedback):
    """Keeps what an algorithm reports."""

    def __init__(self) -> None:
        super().__init__(False)
        self.errors: list[str] = []

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N803
        """Keep an error."""
        self.errors.append(error)


def run(scenario: Scenario, district: Path, folder: Path) -> Run:
    """Run a scenario through twin:runscenario."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:runscenario")
    context, feedback, begin = QgsProcessingContext(), Quiet(), time.monotonic()
    context.setProject(QgsProject.instance())
    parameters = {
        "SCENARIO": scenario.id,
        "FOLDER": str(district),
        "CATALOGUE": str(district / "services.gpkg"),
        "OUTPUT_FOLDER": str(folder / scenario.id),
        "CONFIRM": True,
    }
    fits, message = algorithm.checkParameterValues(parameters, context)
    results, done = algorithm.run(parameters, context, feedback) if fits else ({}, False)
    seconds = time.monotonic() - begin
    if not done:
        return Run("failed", seconds, tuple(feedback.errors[-2:]) if fits else (message,))
    kept = json.loads((folder / scenario.id / "provenance.json").read_text("utf-8"))
    measures = {row["id"]: row["value"] for row in kept["measures"] if row["value"] is not None}
    judged = [judge(check, measures) for check in scenario.checks]
    failed = tuple(
        f"{r.check.left} {r.check.relation} {r.check.right}: {r.left:g}, {r.right:g}" for r in judged if not r.holds
    )
    return Run(str(results["STATE"]), seconds, failed, tuple(blind(scenario, measures)))


def blind(scenario: Scenario, measures: dict[str, float]) -> list[str]:
    """The checks that hold with every wrong value of every measure they name."""
    found = []
    for check in scenario.checks:
        names = {name for side in (check.left, check.right) if isinstance(side, str) for name in names_in(side)}
        planted = [{**measures, name: wrong(measures.get(name, 0.0))} for name in names for wrong in WRONG]
        if all(judge(check, values).holds for values in planted):
            found.append(written(check))
    return found


def written(check: Check) -> str:
    """A check as one would write it."""
    return f"{check.left} {check.relation} {check.right}"


def start() -> QgsApplication:
    """QGIS with its own algorithms and ours."""
    app = QgsApplication([], False)
    app.initQgis()
    from processing.core.Processing import Processing

    from twin_plugin.plugin import CityTwinPlugin

    Processing.initialize()
    app.plugin = CityTwinPlugin(None)
    app.plugin.initProcessing()
    return app


def main() -> int:
    """Run them; 1 when one that has its data does not end well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("district", type=Path)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    out = options.out or Path(tempfile.mkdtemp(prefix="scenarios-"))
    app = start()
    wrong = 0
    for scenario in read_library(TABLE).scenarios:
        if scenario.outline or (options.ids and scenario.id not in options.ids):
            continue
        done = run(scenario, options.district.absolute(), out)
        wrong += done.state != "ok"
        print(f"{scenario.id:<8}{done.state:<14}{done.seconds:6.1f} s  {len(scenario.checks)} checks", flush=True)
        for text in done.failed:
            print(f"        {text}")
        for text in done.blind:
            print(f"        holds for anything: {text}")
    print(f"{wrong} did not end well; results in {out}")
    del app
    return int(wrong > 0)


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)

"""Writes tests/conventions/contract.json: ids, parameters and outputs that stay once released. Run it after adding."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from qgis.analysis import QgsNativeAlgorithms
from qgis.core import QgsApplication

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "tests" / "conventions" / "contract.json"


def main() -> None:
    """Write the list, refusing to drop what is in it."""
    app = QgsApplication([], False)
    app.initQgis()
    registry = QgsApplication.processingRegistry()
    registry.addProvider(QgsNativeAlgorithms(registry))  # steps of the models
    from twin_plugin.plugin import CityTwinPlugin

    plugin = CityTwinPlugin(None)
    plugin.initProcessing()
    now = {
        algorithm.id(): {
            "parameters": [p.name() for p in algorithm.parameterDefinitions()],
            "outputs": [o.name() for o in algorithm.outputDefinitions()],
        }
        for algorithm in sorted(plugin.provider.algorithms(), key=lambda a: a.id())
    }
    before = json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else {}
    lost = [
        f"{name} {kind} {entry}"
        for name, contract in before.items()
        for kind, entries in contract.items()
        for entry in entries
        if entry not in now.get(name, {}).get(kind, [])
    ]
    if lost and "--drop" not in sys.argv:
        print("These were frozen and are gone:", *lost, sep="\n  ")
    else:
        TARGET.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
        print(f"{TARGET.relative_to(ROOT)}: {len(now)} algorithms")
    sys.stdout.flush()
    os._exit(1 if lost and "--drop" not in sys.argv else 0)


if __name__ == "__main__":
    main()

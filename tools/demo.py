"""The main job from end to end, through qgis_process: a synthetic district, a storm, its buildings, a map and a report.

make demo      or      tools/env.sh python tools/demo.py [--buildings 60] [--minutes 120] [--folder build/demo]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from osgeo import ogr

ROOT = Path(__file__).parent.parent
MARK = "made-by-city-twin-demo"
RESULTS = {
    "buildings": "buildings.gpkg",
    "storeys": "storeys.gpkg",
    "openings": "openings.gpkg",
    "report": "models_report.gpkg",
    "storm": "storm.gpkg",
    "depth_max": "depth_max.tif",
    "level_max": "level_max.tif",
    "velocity_max": "velocity_max.tif",
    "hazard": "hazard.tif",
    "arrival": "arrival.tif",
    "duration_wet": "duration_wet.tif",
    "result": "result.nc",
    "summary": "summary.json",
    "risk": "building_risk.gpkg",
}
PAGES = {"PROJECT": "demo.qgz", "MAP": "flood-map.png", "REPORT": "flood-report.pdf"}
RUNNING = re.compile(r"^Running (.+) \[\d+/\d+\]")
TOOK = re.compile(r"OK\. Execution took ([\d.]+) s")

ogr.UseExceptions()


class Failed(Exception):
    """A step that failed."""


def run(algorithm: str, parameters: dict[str, object]) -> list[tuple[str, float]]:
    """Run an algorithm in a process of its own; returns the parts of it with their seconds.

    Raises
    ------
    Failed
        With the last lines of its output.
    """
    command = [
        "qgis_process",
        "--verbose",
        "run",
        algorithm,
        *(f"--{name}={value}" for name, value in parameters.items()),
    ]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    begin, parts, name, said = time.monotonic(), [], "", []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, errors="replace"
    ) as process:
        for line in process.stdout:
            said.append(line.rstrip())
            if found := RUNNING.match(line):
                name = found.group(1)
            elif name and (found := TOOK.search(line)):
                parts.append((name, float(found.group(1))))
    if process.returncode:
        raise Failed(f"{algorithm} failed:\n  " + "\n  ".join(line for line in said[-12:] if line))
    return parts or [(algorithm, time.monotonic() - begin)]


def fresh(folder: Path) -> None:
    """Empty the demo's own folder; one that holds other files is not touched."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise Failed(f"'{folder}' holds files that the demo did not write: choose another folder.")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "results").mkdir(parents=True)
    (folder / MARK).touch()


def rows(path: Path, fields: tuple[str, ...]) -> list[tuple]:
    """The values of some fields of a GeoPackage's only layer; a field that it lacks is None."""
    source = ogr.Open(str(path))
    layer = source.GetLayer(0)
    there = {
        layer.GetLayerDefn().GetFieldDefn(number).GetName() for number in range(layer.GetLayerDefn().GetFieldCount())
    }
    return [tuple(item.GetField(name) if name in there else None for name in fields) for item in layer]


def chain(options: argparse.Namespace) -> list[tuple[str, float]]:
    """District, model and report, one after the other."""
    folder: Path = options.folder
    district, results = folder / "district", {name: folder / "results" / file for name, file in RESULTS.items()}
    took = []

    def step(text: str, algorithm: str, parameters: dict[str, object]) -> None:
        print(f"{text} …", flush=True)
        took.extend(run(algorithm, parameters))

    step(
        f"Creating a synthetic district of {options.buildings} buildings",
        "twin:createdemodistrict",
        {"BUILDINGS": options.buildings, "FOLDER": district},
    )
    inputs = {
        "FOLDER": district / "models",
        "DTM": district / "dtm.tif",
        "ZONE": "central",
        "RETURN_PERIOD": 50,
        "DURATION": options.minutes,
        "ROUGHNESS_RASTER": district / "roughness.tif",
    }
    if options.cell:
        inputs["CELL_SIZE"] = options.cell
    step("Models and a storm in, flooded buildings out", "twin:storm_to_buildings", {**inputs, **results})
    step("Project, map and report", "twin:floodreport", {
        "DEPTH_MAX": results["depth_max"], "HAZARD": results["hazard"], "ARRIVAL": results["arrival"],
        "VELOCITY_MAX": results["velocity_max"], "RESULT": results["result"], "BUILDING_RISK": results["risk"],
        "LEVEL_MAX": results["level_max"], "DURATION_WET": results["duration_wet"],
        "MODEL_BUILDINGS": results["buildings"], "MODEL_STOREYS": results["storeys"],
        "MODEL_REPORT": results["report"], "CATALOGUE": district / "services.gpkg",
        "OPENINGS": results["openings"], "DTM": district / "dtm.tif",
        "ROADS": f"{district / 'district.gpkg'}|layername=roads",
        "WATER": f"{district / 'district.gpkg'}|layername=sea", "SUMMARY": results["summary"],
        "STORM": results["storm"], "TITLE": options.title, "DISTRICT": "Houhai (synthetic district)",
        "VERTICAL_DATUM": "invented, stands for the mean sea level",
        **{name: folder / file for name, file in PAGES.items()},
    })  # fmt: skip
    return took


def complete(folder: Path) -> None:
    """Stop when something that the steps should have written is not there."""
    names = [*(f"results/{file}" for file in RESULTS.values()), *PAGES.values()]
    if missing := [name for name in names if not (folder / name).exists()]:
        raise Failed(f"these were not written: {', '.join(missing)}")


def table(folder: Path, took: list[tuple[str, float]]) -> None:
    """Print the results."""
    results = folder / "results"
    models = rows(results / RESULTS["report"], ("status",))
    storm = rows(results / RESULTS["storm"], ("time_min", "depth_mm"))
    summary = json.loads((results / RESULTS["summary"]).read_text("utf-8"))
    names = ("name", "id", "risk_class", "depth_m", "reason")
    risk = rows(results / RESULTS["risk"], names)
    classes = [row[2] for row in risk]
    count = ", ".join(
        f"{name}: {classes.count(value)}"
        for value, name in ((4, "4"), (3, "3"), (2, "2"), (1, "1"), (0, "0"), (None, "unknown"))
    )
    read = sum(status != "failed" for (status,) in models)
    print(
        f"\nmodels read         {read} of {len(models)}, {len(rows(results / RESULTS['buildings'], ('id',)))} buildings"
    )
    print(f"storm               {sum(depth for _, depth in storm):.1f} mm in {max(end for end, _ in storm):g} min")
    print(f"mass error          {summary['mass_error']:.1e} of all the water")
    print(f"buildings by class  {count}")
    print("the worst five")
    for name, identifier, value, _, reason in sorted(risk, key=lambda row: (-(row[2] or 0), -(row[3] or 0)))[:5]:
        print(f"  {value if value is not None else '-'}  {name or identifier}: {reason}")
    print("seconds             " + ", ".join(f"{name} {seconds:.1f}" for name, seconds in took))
    print(f"written             {folder}: demo.qgz, flood-map.png, flood-report.pdf, results/, district/")


def main() -> int:
    """Run it; 1 when a step failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--buildings", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=120, help="duration of the storm")
    parser.add_argument("--cell", type=float, default=0, help="cell size in metres, default the terrain's")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "demo")
    parser.add_argument("--title", default="Flood at the doors")
    options = parser.parse_args()
    options.folder = options.folder.absolute()
    begin = time.monotonic()
    try:
        fresh(options.folder)
        took = chain(options)
        complete(options.folder)
        table(options.folder, took)
    except Failed as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    print(f"all                 {time.monotonic() - begin:.0f} s")
    print("next                make run opens the project in QGIS desktop")
    return 0


if __name__ == "__main__":
    sys.exit(main())

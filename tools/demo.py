"""The main job from end to end, through qgis_process: a synthetic district, a storm, its buildings, a report, a plan.

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
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from osgeo import ogr

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.bridge.kernel import kernels

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
RAIL = {
    "OPTIONS": "rail_options.gpkg",
    "CATCHMENTS": "rail_catchments.gpkg",
    "PROTECTION": "rail_protection.gpkg",
    "CONFLICTS": "rail_conflicts.gpkg",
    "ENTRANCE_LEVELS": "rail_entrance_levels.gpkg",
}
LEVELS = {"yellow": 5, "orange": 20, "red": 100}
"""Return period in years of the storm that stands for each warning level of the plan."""
PLAN_CELL_M = 4
"""The storms of the plan run on wider cells than the main one."""
AT_ONCE = 2
"""Storms of the plan that are simulated side by side: each takes a core and the process of its drains."""
PLAN = {
    "PLAN": "plan.json",
    "REPORT": "plan.pdf",
    "PAGE": "plan.html",
    "CLOSURES": "closures.gpkg",
    "ROUTES": "routes.gpkg",
    "SHELTERS_USED": "shelters.gpkg",
    "BLOCKS": "blocks.gpkg",
    "EVENTS": "events.gpkg",
    "ACTIONS": "actions.gpkg",
}
POWER = {
    "LINES": "power_lines.gpkg",
    "NODES_OUT": "power_nodes.gpkg",
    "BY_FEEDER": "power_feeders.gpkg",
    "BY_HOUR": "power_hours.gpkg",
}
POWER_IN_WATER = {"OUTPUT": "assets_risk.gpkg", "FAILURES": "assets_failures.gpkg", "SUPPLY": "power_supply.gpkg"}
"""What the power theme shows beside the district's own layers."""
PLANNING = {
    "SKYLINE": "skylines.gpkg",
    "PIECES": "skyline_pieces.gpkg",
    "BREAKERS": "skyline_breakers.gpkg",
    "CHART": "skyline.png",
    "POINTS": "sunlight_points.gpkg",
    "HOMES": "sunlight_buildings.gpkg",
    "PAIRS": "clearances.gpkg",
    "SCHEMES": "schemes.gpkg",
    "CRITERIA": "scheme_criteria.gpkg",
    "SENSITIVITY": "scheme_sensitivity.gpkg",
    "REPORT": "schemes.pdf",
    "PAGE": "schemes.html",
}
"""The reviews of scheme A, and the comparison of both schemes."""
THEMES = {"water": "water.qgz", "power": "power.qgz", "rail": "rail.qgz"}
SCENE = "scene.html"
PAGES = {"PROJECT": "demo.qgz", "MAP": "flood-map.png", "REPORT": "flood-report.pdf"}
RUNNING = re.compile(r"^Running (.+) \[\d+/\d+\]")
TOOK = re.compile(r"OK\. Execution took ([\d.]+) s")

ogr.UseExceptions()


class Failed(Exception):
    """A step that failed."""


Step = Callable[[str, str, dict[str, object]], None]
"""Runs an algorithm, with a line that says what it does."""


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
        *(
            f"--{name}={value}"
            for name, given in parameters.items()
            for value in (given if isinstance(given, list) else [given])
        ),
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


@contextmanager
def compiling() -> Iterator[None]:
    """Compile the kernels beside the first steps, as far as the cache lacks them; a step that needs some waits."""
    ended = threading.Event()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for domain in kernels.DOMAINS:
            pool.submit(kernels.compile_apart, domain, lambda done, text="": not ended.is_set())
        try:
            yield
        finally:
            ended.set()


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
    power(step, options, results)
    if options.plan:
        plan(step, options, results)
        planning(step, options, results)
        lifecycle(step, options)
        scene(step, options, results)
        themes(step, options)
    return took


def power(step: Step, options: argparse.Namespace, results: dict[str, Path]) -> None:
    """The load flow of the district's grid, and who has no power where the flood takes substations."""
    folder, district = options.folder / "results", options.folder / "district" / "district.gpkg"
    tables = {
        "NODES": "power_nodes", "FEEDERS": "feeders", "SUBSTATIONS": "substations", "LOADS": "load_by_hour",
        "STORAGE": "storage", "CRITICAL": "critical_buildings",
    }  # fmt: skip
    inputs = {name: f"{district}|layername={table}" for name, table in tables.items()}
    step("The grid of power by hour", "twin:powerflow", {
        **inputs, "STATION_KW": 1000, **{name: folder / file for name, file in POWER.items()},
    })  # fmt: skip
    wet = {name: folder / file for name, file in POWER_IN_WATER.items()}
    step("Substations and other assets in the flood", "twin:networkrisk", {
        "NETWORK": f"{district}|layername=assets", "DEPENDENCIES": f"{district}|layername=dependencies",
        "DEPTH": results["depth_max"], "RESULT": results["result"],
        "OUTPUT": wet["OUTPUT"], "FAILURES": wet["FAILURES"],
    })  # fmt: skip
    step("Who has no power then", "twin:powerflow", {
        **inputs, "FAILURES": wet["FAILURES"], "METHOD": "topology", "SUPPLY": wet["SUPPLY"],
        "LINES": "TEMPORARY_OUTPUT", "NODES_OUT": "TEMPORARY_OUTPUT",
    })  # fmt: skip


def plan(step: Step, options: argparse.Namespace, results: dict[str, Path]) -> None:
    """A storm for each warning level with the drains, the buildings in it, and the plan of all."""
    folder: Path = options.folder / "plan"
    folder.mkdir()
    district = options.folder / "district"

    def layer(name: str) -> str:
        return f"{district / 'district.gpkg'}|layername={name}"

    def assess(level: str) -> tuple[Path, Path]:
        """Simulate the storm of a level; its flood and the buildings in it."""
        storm, depth, level_max, flood, risk = (
            folder / f"{level}_{name}" for name in ("storm.gpkg", "depth.tif", "level.tif", "flood.nc", "risk.gpkg")
        )
        step(f"Storm of {LEVELS[level]} years for the level {level}", "twin:designstorm", {
            "ZONE": "central", "RETURN_PERIOD": LEVELS[level], "DURATION": options.minutes, "OUTPUT": storm,
        })  # fmt: skip
        # A first look, which chooses the scheme, takes as long as the run on such cells; the main storm has had it.
        step(f"Flood of the level {level} on cells of {PLAN_CELL_M} m, with the drains", "twin:simulateflood", {
            "DTM": district / "dtm.tif", "CELL_SIZE": PLAN_CELL_M, "BUILDINGS": results["buildings"], "RAIN": storm,
            "DURATION_MIN": options.minutes + 60, "ROUGHNESS_RASTER": district / "roughness.tif",
            "NODES": layer("drain_nodes"), "CONDUITS": layer("drain_conduits"), "SCHEME": scheme,
            "DEPTH_MAX": depth, "LEVEL_MAX": level_max, "RESULT": flood, "SUMMARY": folder / f"{level}_summary.json",
        })  # fmt: skip
        step(f"Buildings in the flood of the level {level}", "twin:buildingrisk", {
            "BUILDINGS": results["buildings"], "STOREYS": results["storeys"], "OPENINGS": results["openings"],
            "DEPTH": depth, "LEVEL": level_max, "RESULT": flood, "OUTPUT": risk,
        })  # fmt: skip
        return flood, risk

    scheme = json.loads(results["summary"].read_text("utf-8"))["scheme"]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        floods, risks = zip(*pool.map(assess, LEVELS), strict=True)
    step("The plan for all levels", "twin:contingencyplan", {
        "BUILDING_RISK": [*risks], "RESULTS": [*floods], "LEVEL_NAMES": "; ".join(LEVELS), "ROADS": layer("roads"),
        "SHELTERS": layer("shelters"), "ASSETS": layer("assets"), "DEPENDENCIES": layer("dependencies"),
        "DISTRICT": "Houhai (synthetic district)", "AUTHOR": "City Twin demo",
        **{name: folder / file for name, file in PLAN.items()},
    })  # fmt: skip
    rail(step, options)


def rail(step: Step, options: argparse.Namespace) -> None:
    """The options of the new metro line, against the flood of the highest level of the plan."""
    district, results = options.folder / "district" / "district.gpkg", options.folder / "results"
    step("Options of the new metro line", "twin:railoptions", {
        "ALIGNMENTS": f"{district}|layername=rail_lines", "STATIONS": f"{district}|layername=rail_stations",
        "ENTRANCES": f"{district}|layername=rail_entrances", "ROADS": f"{district}|layername=roads",
        "PEOPLE": f"{district}|layername=people_jobs", "UNDERGROUND": f"{district}|layername=underground",
        "WORKS": f"{district}|layername=rail_works",
        "FLOOD_LEVEL": options.folder / "plan" / f"{[*LEVELS][-1]}_level.tif",
        **{name: results / file for name, file in RAIL.items()},
    })  # fmt: skip


def planning(step: Step, options: argparse.Namespace, results: dict[str, Path]) -> None:
    """Scheme A against the skyline, the sun of its neighbours and what lies below ground; then both schemes."""
    folder, district = options.folder / "planning", options.folder / "district"
    folder.mkdir()
    files = {name: folder / file for name, file in PLANNING.items()}

    def layer(name: str) -> str:
        return f"{district / 'district.gpkg'}|layername={name}"

    city = {"BUILDINGS": results["buildings"], "DTM": district / "dtm.tif", "SITE": layer("scheme_site")}
    scheme = {**city, "SCHEME": layer("scheme_a")}
    below = {"BASEMENTS": layer("underground"), "PIPES": layer("pipes"), "TUNNELS": layer("metro_tunnel")}
    reviews = (
        ("Skylines with scheme A", "twin:skyline", {
            **scheme, "OBSERVERS": layer("viewpoints"), "TABLE": files["SKYLINE"], "PIECES": files["PIECES"],
            "BREAKERS": files["BREAKERS"], "CHART": files["CHART"],
        }),
        ("Sun of the homes around scheme A", "twin:sunlight", {
            **scheme, "SPACING": 2, "OUTPUT": files["POINTS"], "BUILDINGS_OUT": files["HOMES"],
        }),
        ("Clearances below scheme A", "twin:undergroundclearance", {
            **below, "DTM": city["DTM"], "SITE": city["SITE"], "SCHEME": layer("scheme_a_underground"),
            "PAIRS": files["PAIRS"],
        }),
        ("Scheme A and scheme B compared", "twin:comparescheme", {
            **city, "SCHEMES": [layer("scheme_a"), layer("scheme_b")], "PARCELS": layer("control_plan"),
            "GREEN": layer("green"), "OBSERVERS": layer("viewpoints"), "CORRIDORS": layer("view_corridors"),
            "LANDMARKS": layer("landmark"), **below,
            "SCHEME_BASEMENTS": [layer("scheme_a_underground"), layer("scheme_b_underground")],
            "TITLE": "Houhai (synthetic district)", "AUTHOR": "City Twin demo",
            "OUTPUT": files["SCHEMES"], "TABLE": files["CRITERIA"],
            "SENSITIVITY": files["SENSITIVITY"], "REPORT": files["REPORT"], "PAGE": files["PAGE"],
        }),
    )  # fmt: skip
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(lambda review: step(*review), reviews):
            pass


def lifecycle(step: Step, options: argparse.Namespace) -> None:
    """In which stage of its life each building is on the day of the demo data, and all stages over time."""
    folder, district = options.folder / "lifecycle", f"{options.folder / 'district' / 'district.gpkg'}|layername="
    folder.mkdir()
    step("Stages of the buildings", "twin:lifecyclestatus", {
        "OBJECTS": f"{district}planned_buildings", "ID_FIELD": "building_file",
        "STAGES": f"{district}lifecycle_stage", "AT": "2026-08-30T00:00:00",
        "OUTPUT": folder / "stages.gpkg", "HISTORY": folder / "history.gpkg",
    })  # fmt: skip


def scene(step: Step, options: argparse.Namespace, results: dict[str, Path]) -> None:
    """The district in 3D as one HTML file: storeys, basements, pipes, the flood, stages over time and both schemes."""
    district = options.folder / "district"

    def layer(name: str) -> str:
        return f"{district / 'district.gpkg'}|layername={name}"

    step("The district in 3D", "twin:exportscene", {
        "BUILDINGS": results["buildings"], "STOREYS": results["storeys"], "UNDERGROUND": layer("underground"),
        "DTM": district / "dtm.tif", "PIPES": layer("pipes"), "TUNNELS": layer("metro_tunnel"),
        "RESULT": results["result"], "STAGES": layer("lifecycle_stage"), "SCHEME_A": layer("scheme_a"),
        "NAME_A": "Scheme A, twin slabs", "SCHEME_B": layer("scheme_b"), "NAME_B": "Scheme B, terraced court",
        "SITE": layer("scheme_site"), "TITLE": "Houhai (synthetic district)",
        "VERTICAL_DATUM": "invented, stands for the mean sea level", "HTML": options.folder / SCENE,
    })  # fmt: skip


def themes(step: Step, options: argparse.Namespace) -> None:
    """One map each of water, power and rail, as projects beside the main one."""
    folder: Path = options.folder
    given = {"FOLDER": folder / "district", "RESULTS": folder / "results", "PLAN": folder / "plan"}

    def build(name: str, file: str) -> None:
        step(f"One map of {name}", "twin:onemap", {"THEME": name, **given, "OUTPUT": folder / file})

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(build, THEMES, THEMES.values()):
            pass


def complete(folder: Path, with_plan: bool) -> None:
    """Stop when something that the steps should have written is not there."""
    written = (*RESULTS.values(), *POWER.values(), *POWER_IN_WATER.values())
    names = [*(f"results/{file}" for file in written), *PAGES.values()]
    if with_plan:
        names += [*(f"plan/{file}" for file in PLAN.values()), *THEMES.values()]
        names += [f"results/{file}" for file in RAIL.values()]
        names += [f"planning/{file}" for file in PLANNING.values()]
        names.append(SCENE)
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
    made = folder / "plan" / PLAN["PLAN"]
    for level in json.loads(made.read_text("utf-8"))["plan"]["levels"] if made.exists() else ():
        placed, without = (sum(row["people"] for row in level["evacuation"][key]) for key in ("placements", "unplaced"))
        print(
            f"plan, {level['level']['id']:<14}{len(level['buildings'])} buildings in water, {len(level['closures'])} "
            f"roads closed, {placed:,} people to shelters, {without:,} without a place"
        )
    if (schemes := folder / "planning" / PLANNING["SCHEMES"]).exists():
        for name, score, broken in rows(schemes, ("scheme", "score", "broken")):
            alone = "keeps the hard rules; no score without another one that does"
            words = f"score {score:.2f}" if score is not None else f"breaks {broken}" if broken else alone
            print(f"scheme              {name}: {words}")
    print("seconds             " + ", ".join(f"{name} {seconds:.1f}" for name, seconds in took))
    projects = "".join(f"{file}, " for file in THEMES.values() if (folder / file).exists())
    projects += f"{SCENE}, " if (folder / SCENE).exists() else ""
    files = f"demo.qgz, {projects}flood-map.png, flood-report.pdf, results/, plan/, planning/, district/"
    print(f"written             {folder}: {files}")


def main() -> int:
    """Run it; 1 when a step failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--buildings", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=120, help="duration of the storm")
    parser.add_argument("--cell", type=float, default=0, help="cell size in metres, default the terrain's")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "demo")
    parser.add_argument(
        "--plan", action=argparse.BooleanOptionalAction, default=True, help="a plan for three levels too"
    )
    parser.add_argument("--title", default="Flood at the doors")
    options = parser.parse_args()
    options.folder = options.folder.absolute()
    begin = time.monotonic()
    try:
        fresh(options.folder)
        with compiling():
            took = chain(options)
        complete(options.folder, options.plan)
        table(options.folder, took)
    except Failed as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    print(f"all                 {time.monotonic() - begin:.0f} s")
    print("next                make run opens the project in QGIS desktop")
    if (options.folder / SCENE).exists():
        print(f"                    a browser opens the district in 3D: {options.folder / SCENE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

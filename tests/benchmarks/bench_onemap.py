"""What a theme of 40 layers costs: CPU seconds to build it into a project file, beside those of opening its sources.

tools/env.sh python tests/benchmarks/bench_onemap.py [LAYERS]

28 tables and 12 rasters are made, each with a style, 12 indicators, a layout. The goals are 4 CPU seconds, and three
times the seconds of opening the sources alone. Then the theme goes into the open project from a worker, as in the
desktop: the longest time for which the main thread's event loop did not turn, and the steps that held it; the goal is
50 ms. And five services that never answer: seconds by the clock, of which the goal is one time-out.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests import made_theme
from twin_plugin.bridge.kernel import main_thread
from twin_plugin.bridge.services.query_match import ask_all
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord
from twin_plugin.plugin import CityTwinPlugin

GOAL_CPU_S, GOAL_RATIO, TIME_OUT_S = 4.0, 3.0, 2.0
TRIES = 5


def indicators(layers: list[dict]) -> list[dict]:
    """An indicator for each of the first twelve tables."""
    names = [layer["id"] for layer in layers if layer["id"].startswith("v")][:12]
    steps = [{"value": 0, "colour": "#2a9d8f"}, {"value": 20, "colour": "#c1121f"}]
    return [
        {
            "id": f"i_{name}", "title": {"en": f"Sum of {name}"}, "unit": "m", "layer": name, "statistic": "sum",
            "expression": '"value"', "thresholds": steps,
        }
        for name in names
    ]  # fmt: skip


def bare(folder: Path, layers: list[dict]) -> float:
    """CPU seconds to open the sources and nothing more."""
    kept, start = [], time.process_time()
    for layer in layers:
        path, table = folder / layer["source"]["file"], layer["source"].get("table")
        made = QgsVectorLayer(f"{path}|layername={table}", "", "ogr") if table else QgsRasterLayer(str(path), "")
        if not made.isValid():
            raise SystemExit(f"{path} {table} cannot be opened")
        kept.append(made)
    return time.process_time() - start


def build(parameters: dict) -> float:
    """CPU seconds of a run of twin:onemap."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:onemap")
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    start = time.process_time()
    results, fine = algorithm.run(parameters, context, QgsProcessingFeedback(False), {}, False)
    spent = time.process_time() - start
    if not fine or results["LAYERS_MISSING"]:
        raise SystemExit(f"the theme was not built: {results}")
    return spent


def held(parameters: dict) -> list[tuple[float, str]]:
    """Times for which a step of a run in a worker held the main thread, the longest first."""
    found: list[tuple[float, str]] = []
    run = main_thread._Courier._run

    def timed(courier) -> None:
        name, start = getattr(getattr(courier.step, "func", courier.step), "__qualname__", "?"), time.perf_counter()
        run(courier)
        found.append((time.perf_counter() - start, name))

    main_thread._Courier._run = timed
    worker = threading.Thread(target=build, args=(parameters,))
    worker.start()
    last, gap = time.perf_counter(), 0.0
    while worker.is_alive():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        now = time.perf_counter()
        gap, last = max(gap, now - last), now
        time.sleep(0.001)
    worker.join()
    main_thread._Courier._run = run
    return [(gap, "longest gap of the event loop"), *sorted(found, reverse=True)]


def silent_services(count: int) -> float:
    """Seconds by the clock until services that take connections and never answer are given up."""
    listeners = []
    for _ in range(count):
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        listeners.append(listener)
    records = [
        ServiceRecord(f"s{n}", f"silent {n}", ServiceProtocol.WMS, f"http://127.0.0.1:{own.getsockname()[1]}/wms", "a")
        for n, own in enumerate(listeners)
    ]
    start = time.perf_counter()
    answers = ask_all(records, TIME_OUT_S, lambda fraction, text="": True)
    spent = time.perf_counter() - start
    if len(answers) != count:
        raise SystemExit("not all were asked")
    for listener in listeners:
        listener.close()
    return spent


def main() -> None:
    """Make, open, build, tell."""
    count = int(next((word for word in sys.argv[1:] if word.isdigit()), "40"))
    rasters = count * 3 // 10
    plugin = CityTwinPlugin(None)
    plugin.initProcessing()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        layers = made_theme.write_data(folder / "data", count - rasters, rasters)
        theme = made_theme.write_theme(folder / "made.json", layers, indicators=indicators(layers))
        parameters = {
            "THEME_FILE": theme, "DISTRICT_LAYER": made_theme.district_file(folder / "district.gpkg"),
            "FOLDER": str(folder / "data"), "LANGUAGE": "en",
        }  # fmt: skip
        build(parameters | {"OUTPUT": str(folder / "warm.qgz")})  # imports and caches
        opening = min(bare(folder / "data", layers) for _ in range(TRIES))
        building = min(build(parameters | {"OUTPUT": str(folder / f"map{n}.qgz")}) for n in range(TRIES))
        print(
            f"{count} layers: opening {opening:.2f} CPU s, building {building:.2f} CPU s (goal {GOAL_CPU_S:g}),",
            end=" ",
        )
        print(f"{building / opening:.2f} times opening (goal {GOAL_RATIO:g})")
        again = build(parameters | {"OUTPUT": str(folder / "map0.qgz")})
        print(f"a second run into the same file: {again:.2f} CPU s")
        for seconds, what in held(parameters)[:8]:
            print(f"main thread: {1000 * seconds:7.1f} ms  {what}")
        QgsProject.instance().clear()
    print(f"5 silent services: {silent_services(5):.2f} s, one time-out is {TIME_OUT_S:g} s")


if __name__ == "__main__":
    application = QgsApplication([], True)
    application.initQgis()
    main()
    sys.stdout.flush()
    os._exit(0)

"""How quick the list of the Buildings dock stays with 10,000 models: times, and the longest gaps of the event loop.

tools/env.sh python tests/benchmarks/bench_dock.py [MODELS]

A made twin base in a GeoPackage is listed by the dock's own loader and list; then it is sorted by each column, filtered
and scrolled. A gap is the time in which the event loop did not turn; the goal is 50 ms.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.bridge.bim import model_tables
from twin_plugin.bridge.bim.geopackage_store import FileBase
from twin_plugin.gui.bim.base_loader import Loader
from twin_plugin.gui.bim.model_list import ModelList


def make(path: Path, count: int) -> None:
    """A base with made rows of models."""
    FileBase(path).close()
    rows = []
    for number in range(count):
        status = "failed" if number % 50 == 0 else "partial" if number % 37 == 0 else "ok"
        reason = "The file is truncated: copy it again." if status != "ok" else None
        level = 0 if number % 23 == 0 else 50
        name = f"block {number // 100:03d}/model_{number:05d}.ifc"
        rows.append((name, f"/data/models/{name}", status, reason, 1, level, "IfcMapConversion", "sure"))
    with closing(sqlite3.connect(path)) as database, database:
        columns = "id, path, status, reason, buildings, georef_level, georef_source, confidence"
        database.executemany(f"INSERT INTO bim_model ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


class Watch:
    """Longest time between two turns of the event loop."""

    def __init__(self) -> None:
        self.last, self.longest = time.perf_counter(), 0.0
        self.timer = QTimer()
        self.timer.timeout.connect(self.tick)
        self.timer.start(1)

    def tick(self) -> None:
        """The loop has turned."""
        now = time.perf_counter()
        self.longest = max(self.longest, now - self.last)
        self.last = now

    def during(self, what: str, work: Callable[[], object], done: Callable[[], bool] = lambda: True) -> None:
        """Do something, let what follows happen, and tell."""
        self.tick()
        self.longest, start = 0.0, time.perf_counter()
        work()
        self.tick()
        while not done():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for _ in range(3):
            QCoreApplication.processEvents()
            self.tick()
        print(f"{what:34} {time.perf_counter() - start:6.3f} s   longest gap {1000 * self.longest:5.1f} ms")


def _again(models: ModelList, loader: Loader, tables: model_tables.ModelTables) -> None:
    models.begin()
    loader.load(tables)


def main() -> None:
    """Make, list, sort, filter, tell."""
    count = int(next((word for word in sys.argv[1:] if word.isdigit()), "10000"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.gpkg"
        make(path, count)
        models, loader, ended = ModelList(), Loader(), []
        models.resize(320, 500)
        models.show()
        loader.rows.connect(models.add)
        loader.ended.connect(lambda error: (models.end(), ended.append(error)))
        watch = Watch()
        end = time.perf_counter() + 0.5
        watch.during("nothing, for comparison", lambda: None, lambda: time.perf_counter() > end)
        tables = model_tables.file_tables(str(path))
        watch.during(f"list {count} models", lambda: loader.load(tables), lambda: bool(ended))
        ended.clear()
        again = partial(_again, models, loader, tables)
        watch.during("list them again", again, lambda: bool(ended))
        loader.stop()
        if ended != [""] or len(models.table.rows) != count:
            raise SystemExit(f"the list is not whole: {ended}")
        for column, name in enumerate(("model", "state", "place", "reason")):
            order = partial(models.view.sortByColumn, column, Qt.SortOrder.DescendingOrder)
            watch.during(f"sort by {name}", order)
        models.filter.setText("truncated 00")
        watch.during("filter by two words", models.apply_filter)
        models.filter.clear()
        watch.during("show all again", models.apply_filter)
        watch.during("scroll to the end", models.view.scrollToBottom)
        watch.during("select a model", lambda: models.select("block 050/model_05000.ifc", quiet=True))


if __name__ == "__main__":
    application = QgsApplication([], True)
    application.initQgis()
    main()
    sys.stdout.flush()
    os._exit(0)

"""A process that updates a twin base with reports that were read before, to be killed or starved by tests.

    python -m tests.bridge.writer REPORTS FOLDER BASE

BASE is a GeoPackage, or a data source of PostgreSQL and the name of a schema.

It says "go" before it touches the base and "done" at the end; FILE_LIMIT in the environment limits a file's bytes.
"""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path
from types import SimpleNamespace

from twin_plugin.core.bim import update
from twin_plugin.core.common.errors import TwinError

CRS = "EPSG:4547"
BATCH = 3


def open_base(place: list[str]):
    """The base, a GeoPackage or a schema."""
    if len(place) == 1:
        from twin_plugin.bridge.bim.geopackage_store import FileBase

        return lambda: FileBase(Path(place[0]))
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    from twin_plugin.bridge.bim import postgres_store

    # The connection of a profile that is not the test's.
    postgres_store.find = lambda _name: SimpleNamespace(uri=lambda: place[0])
    open_base.application = application
    return lambda: postgres_store.PostgresBase("test", place[1])


def main() -> int:
    """Update the base; 3 when it says what is wrong."""
    reports = {report.id: report for report in pickle.loads(Path(sys.argv[1]).read_bytes())}  # noqa: S301 - our own
    opened = open_base(sys.argv[3:])
    from twin_plugin.bridge.bim.store_tables import TwinStore

    update.BATCH_MODELS = BATCH
    if os.environ.get("FILE_LIMIT"):
        import resource

        size = int(os.environ["FILE_LIMIT"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    print("go", flush=True)
    try:
        base = opened()
        try:
            request, store = update.UpdateRequest(sys.argv[2], crs=CRS), TwinStore(base)
            update.update(request, store, lambda jobs, _: (reports[job.id] for job in jobs))
        finally:
            base.close()
    except TwinError as error:
        print(error, flush=True)
        return 3
    print("done", flush=True)
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # QGIS's own tear-down is not what is tested

"""What tests do with a twin base in another process: the functions that the failing writer runs."""

from __future__ import annotations

import pickle
from pathlib import Path

from twin_plugin.core.bim import update


def bring_up_to_date(path, reports, folder, batch=3):
    """Update a base from a folder of models whose reports were read before."""
    from twin_plugin.bridge.bim.geopackage_store import FileBase
    from twin_plugin.bridge.bim.store_tables import TwinStore

    read = {report.id: report for report in pickle.loads(Path(reports).read_bytes())}  # noqa: S301 - the test's own
    update.BATCH_MODELS = batch
    base = FileBase(Path(path))
    try:
        request = update.UpdateRequest(folder, crs="EPSG:4547")
        update.update(request, TwinStore(base), lambda jobs, _: (read[job.id] for job in jobs))
    finally:
        base.close()

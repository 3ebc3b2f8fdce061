"""A dask scheduler of our own with worker processes that know the plugin and no QGIS application, on loopback."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.servers.process import ROOT, Command, Unavailable, running, scratch

SCRIPT = """
import os, signal, sys, threading
from distributed import LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(
        n_workers=int(sys.argv[2]), threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    )
    with open(sys.argv[1] + ".new", "w") as stream:
        stream.write(cluster.scheduler_address)
    os.replace(sys.argv[1] + ".new", sys.argv[1])
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    ended.wait()
    cluster.close()
"""


@contextlib.contextmanager
def cluster(workers: int = 2, log: Path | None = None) -> Iterator[str]:
    """The address of a scheduler with so many worker processes in the with block."""
    if importlib.util.find_spec("distributed") is None:
        raise Unavailable("the package distributed is not installed (`make develop` installs it)")
    with scratch("dask") as folder:
        script, address = folder / "scheduler.py", folder / "address"
        script.write_text(SCRIPT, encoding="utf-8")
        search = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        command = Command([sys.executable, script, address, str(workers)], {"PYTHONPATH": search})
        with running([command], folder, address.exists, log):
            yield address.read_text(encoding="utf-8")

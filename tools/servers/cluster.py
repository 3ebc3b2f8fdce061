"""A dask scheduler of our own on loopback, by TLS, with worker processes that know the plugin but have no QGIS."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.servers.process import ROOT, Command, Unavailable, running, scratch

SCRIPT = """
import os, signal, sys, threading
from distributed import LocalCluster
from distributed.security import Security
if __name__ == "__main__":
    ca, cert, key = (os.path.join(sys.argv[3], name) for name in ("ca.pem", "cert.pem", "key.pem"))
    both = {f"tls_{role}_{kind}": path for role in ("scheduler", "worker", "client")
            for kind, path in (("cert", cert), ("key", key))}
    cluster = LocalCluster(
        n_workers=int(sys.argv[2]), threads_per_worker=1, host="127.0.0.1", dashboard_address=None, protocol="tls://",
        security=Security(require_encryption=True, tls_ca_file=ca, **both)
    )
    with open(sys.argv[1] + ".new", "w") as stream:
        stream.write(cluster.scheduler_address)
    os.replace(sys.argv[1] + ".new", sys.argv[1])
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    ended.wait()
    cluster.close()
"""


@dataclass(frozen=True)
class RunningScheduler:
    """Its address, and the folder of certificates that opens it."""

    address: str
    certificates: Path

    def parameters(self) -> dict[str, str]:
        """As twin:updatetwinbase takes it."""
        return {"SCHEDULER": self.address, "SCHEDULER_CERTIFICATES": str(self.certificates)}


def write_certificates(folder: Path) -> Path:
    """An authority of its own with one certificate, as docs/twin-base.md makes them: ca.pem, cert.pem and key.pem."""
    folder.mkdir(parents=True, exist_ok=True)
    new_key = ("-newkey", "rsa:2048", "-nodes", "-days", "2")
    for command in (
        ("req", "-x509", *new_key, "-subj", "/CN=cluster authority", "-keyout", "ca.key", "-out", "ca.pem"),
        ("req", *new_key[:3], "-subj", "/CN=cluster", "-keyout", "key.pem", "-out", "cert.csr"),
        ("x509", "-req", "-in", "cert.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
         "-out", "cert.pem"),
    ):  # fmt: skip
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True, timeout=60)
    return folder


@contextlib.contextmanager
def cluster(workers: int = 2, log: Path | None = None) -> Iterator[RunningScheduler]:
    """A scheduler with so many worker processes in the with block."""
    if importlib.util.find_spec("distributed") is None:
        raise Unavailable("the package distributed is not installed (`make develop` installs it)")
    with scratch("dask") as folder:
        script, address = folder / "scheduler.py", folder / "address"
        script.write_text(SCRIPT, encoding="utf-8")
        certificates = write_certificates(folder / "certificates 证书")
        search = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        command = Command([sys.executable, script, address, str(workers), certificates], {"PYTHONPATH": search})
        with running([command], folder, address.exists, log):
            yield RunningScheduler(address.read_text(encoding="utf-8"), certificates)

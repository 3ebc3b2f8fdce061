"""A SensorThings server: django-ogc-sensorthings on PostgreSQL or a SQLite file, served by waitress."""

from __future__ import annotations

import contextlib
import json
import secrets
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.servers.postgis import Postgis
from tools.servers.process import HOST, ROOT, Command, Failed, answers, free_port, running, scratch, venv_python


@dataclass(frozen=True)
class Feed:
    """A server that runs: its address (…/v1.1) and the ids of the data streams by name."""

    url: str
    streams: Mapping[str, str]


@contextlib.contextmanager
def sensorthings(
    stations: Sequence[Mapping[str, Any]],
    database: Postgis | None = None,
    log: Path | None = None,
    port: int = 0,
    deep: bool = False,
) -> Iterator[Feed]:
    """Serve stations with their series, as feed/load.py reads them; in a SQLite file where no database is given.

    `deep` makes up for what the server cannot answer QGIS's layers of sensors (feed/deep.py).
    """
    python = venv_python("api", "sensorthings")
    with scratch("feed") as folder:
        port = port or free_port()
        root = f"http://{HOST}:{port}/sensorthings"
        environment = {
            "DJANGO_SETTINGS_MODULE": "tools.servers.feed.settings", "PYTHONPATH": str(ROOT), "FEED_URL": root,
            "FEED_SECRET": secrets.token_hex(16), "PYTHONDONTWRITEBYTECODE": "1",
            **({"FEED_DEEP": "1"} if deep else {}),
            **(database.environment if database else {"FEED_SQLITE": str(folder / "feed.sqlite")}),
        }  # fmt: skip
        paper = folder / "stations.json"
        paper.write_text(json.dumps(list(stations)), "utf-8")
        done = subprocess.run(
            [python, "-m", "tools.servers.feed.load", paper], env={"PATH": "/usr/bin:/bin", **environment}, cwd=folder,
            capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip
        if done.returncode:
            raise Failed(f"the sensors could not be loaded: {done.stderr[-2000:]}")
        command = Command(
            [python, "-m", "waitress", f"--host={HOST}", f"--port={port}", "--threads=4",
             "tools.servers.feed.wsgi:application"],
            environment,
        )  # fmt: skip
        with running([command], folder, answers(f"{root}/v1.1", "Datastreams"), log):
            yield Feed(f"{root}/v1.1", json.loads(done.stdout))

"""Runs the demo district's data services on this machine, until Ctrl-C: nothing is left behind then.

make serve      or      tools/env.sh python tools/serve.py [--port 8090] [--folder build/demo] [--seconds 10]

Makes the district and its twin base where they are missing, publishes the base, and starts pygeoapi and QGIS Server
over it, a SensorThings feed of rain gauges and water levels, and tipg over PostGIS. What is not installed is named, and
left out.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from demo import MARK, Failed

from tools.servers import features, gauges, maps, postgis, process, sensorthings
from twin_plugin.core.services import demo_catalogue, publish
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.catalogue.store import Search

ROOT = Path(__file__).parent.parent
SCHEMA = "twin"
TITLE = "Demo Houhai (synthetic) 演示后海（虚构）"


def algorithm(name: str, parameters: dict[str, object]) -> None:
    """Run an algorithm in a process of its own.

    Raises
    ------
    Failed
        With the last lines of what it said.
    """
    done = subprocess.run(
        ["qgis_process", "--json", "run", name, "-"], input=json.dumps({"inputs": parameters}, default=str),
        capture_output=True, text=True, check=False, errors="replace",
    )  # fmt: skip
    if done.returncode:
        raise Failed(f"{name} failed:\n  " + "\n  ".join(done.stderr.strip().splitlines()[-8:]))


def prepare(folder: Path, buildings: int) -> None:
    """Make the district and its twin base where they are missing."""
    district, base = folder / "district", folder / "serve" / "base.gpkg"
    if not district.exists():
        if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
            raise Failed(f"'{folder}' holds something that the demo did not make: choose another folder.")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).touch()
        print(f"Making a district of {buildings} buildings …", flush=True)
        algorithm("twin:createdemodistrict", {"BUILDINGS": buildings, "FOLDER": district})
    if not (district / "services.gpkg").exists():
        raise Failed(f"The district in '{folder}' is of an older version: run 'make demo' again, or remove it.")
    base.parent.mkdir(exist_ok=True)
    print("Reading its models into the twin base …", flush=True)
    algorithm("twin:updatetwinbase", {"FOLDER": district / "models", "TWIN_BASE": base})


def catalogue(folder: Path, port: int) -> Path:
    """The district's catalogue; for other ports a copy whose live records name those."""
    original = folder / "district" / "services.gpkg"
    if port == publish.PORT:
        return original
    path = folder / "serve" / "services.gpkg"
    path.unlink(missing_ok=True)
    source, target = FileCatalogue(original), FileCatalogue(path, create=True)
    with contextlib.closing(source), contextlib.closing(target):
        live = next(iter(source.search(Search(made=False, limit=1)).records))
        target.apply(source.records(Search(made=True)), complete=False)
        target.apply(demo_catalogue.live_records(live.box, port), complete=False)
    return path


def publication(folder: Path, port: int, records: Path) -> Path:
    """Publish the base with the layers of the district; the folder of the publication."""
    published, layers = folder / "serve" / "published", folder / "district" / "district.gpkg"
    print("Publishing it …", flush=True)
    algorithm("twin:publishtwinbase", {
        "TWIN_BASE": folder / "serve" / "base.gpkg", "CATALOGUE": records, "FOLDER": published, "PORT": port,
        "LAYERS": [f"{layers}|layername={name}" for name in demo_catalogue.PUBLISHED], "TITLE": TITLE,
    })  # fmt: skip
    return published


def taken(port: int) -> bool:
    """Whether something listens on a port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((process.HOST, port))
        except OSError:
            return True
    return False


def start(
    stack: contextlib.ExitStack, folder: Path, published: Path, port: int
) -> tuple[dict[str, str], sensorthings.Feed | None]:
    """Start what is installed; the addresses by name, or why one does not run, and the feed."""
    logs = folder / "serve" / "logs"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir()
    stations = gauges.stations(gauges.read_gauges(folder / "district" / "district.gpkg"), datetime.now(UTC))
    at = {server: port + k for k, server in enumerate(publish.SERVERS)}
    configuration, project = published / "pygeoapi" / "pygeoapi.yml", published / "qgis-server" / "twin.qgz"
    made_by: dict[str, Callable[..., contextlib.AbstractContextManager]] = {
        "pygeoapi": lambda log: features.pygeoapi(configuration, at["pygeoapi"], log=log),
        "tipg": lambda log: on_postgis(folder, log, at["tipg"]),
        "qgis-server": lambda log: maps.qgis_server(project, log=log, port=at["qgis-server"]),
        "sensorthings": lambda log: sensorthings.sensorthings(stations, log=log, port=at["sensorthings"], deep=True),
    }
    says, running = {}, {}
    for server, make in made_by.items():
        try:
            running[server] = stack.enter_context(make(logs / f"{server}.log"))
            says[server] = publish.address(server, port)
        except process.Unavailable as missing:
            says[server] = f"not running: {missing}"
    return says, running.get("sensorthings")


@contextlib.contextmanager
def on_postgis(folder: Path, log: Path, port: int) -> Iterator[str]:
    """The base in a PostGIS of its own, and tipg over it."""
    process.venv_python("api", "tipg")
    with postgis.postgis(log.with_name("postgis.log")) as database:
        database.load(folder / "serve" / "base.gpkg", SCHEMA)
        with features.tipg(database, SCHEMA, log=log, port=port) as url:
            yield url


def observe(feed: sensorthings.Feed, district: Path, seconds: float, stop: threading.Event) -> None:
    """Add an observation to each stream every some seconds until it is stopped: the storm, one step after the other."""
    found, step = gauges.read_gauges(district), 0
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while not stop.wait(seconds):
        for gauge in found:
            body = json.dumps(gauges.observation(gauge, feed.streams[gauge.name], step, datetime.now(UTC)))
            request = urllib.request.Request(
                f"{feed.url}/Observations", body.encode(), {"Content-Type": "application/json"}
            )
            try:
                opener.open(request, timeout=30).close()
            except OSError as error:
                print(f"serve: an observation was not taken ({error})", file=sys.stderr, flush=True)
        step += 1


def main() -> int:
    """Run it; 1 when something failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "demo")
    parser.add_argument("--port", type=int, default=publish.PORT, help="of the first server; the others follow")
    parser.add_argument("--buildings", type=int, default=60, help="of a new district")
    parser.add_argument("--seconds", type=float, default=10, help="between two observations of a gauge")
    options = parser.parse_args()
    folder, stop = options.folder.absolute(), threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    try:
        for k in range(len(publish.SERVERS)):
            if taken(options.port + k):
                said = f"port {options.port + k} is taken: stop what uses it, or give another one with --port."
                raise Failed(said)  # noqa: TRY301
        prepare(folder, options.buildings)
        records = catalogue(folder, options.port)
        published = publication(folder, options.port, records)
        if stop.is_set():
            return 130
        with contextlib.ExitStack() as stack:
            print("Starting the servers …", flush=True)
            says, feed = start(stack, folder, published, options.port)
            for server, text in says.items():
                print(f"  {server:<14}{text}")
            print(f"  {'catalogue':<14}{records}")
            print("Ready. Ctrl-C stops it all.", flush=True)
            if feed is not None:
                observe(feed, folder / "district" / "district.gpkg", options.seconds, stop)
            stop.wait()
    except (Failed, process.Failed) as error:
        print(f"serve: {error}", file=sys.stderr)
        return 1
    print("Stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

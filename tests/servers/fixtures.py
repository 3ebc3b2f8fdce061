"""Real servers for tests, each started when a test first asks for it and stopped at the end of the session.

All serve the same made data (dataset.py), so that counts and geometries can be compared with it and with the database.
A server that is not installed skips the test and says what installs it; one that does not come up fails it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import configurations
from tests.servers.dataset import Dataset, make_dataset
from tools.servers import cluster, features, maps
from tools.servers import postgis as postgres
from tools.servers import sensorthings as feed
from tools.servers.process import Unavailable, free_port, venv_python


@contextlib.contextmanager
def _or_skip() -> Iterator[None]:
    try:
        yield
    except Unavailable as missing:
        if os.environ.get("CI"):
            pytest.fail(f"CI has all servers: {missing}")
        pytest.skip(str(missing))


def _entered(manager):
    """Enter a server's context, or skip; the caller yields and leaves it."""
    stack = contextlib.ExitStack()
    with _or_skip():
        server = stack.enter_context(manager)
    return stack, server


@pytest.fixture(scope="session")
def city(tmp_path_factory) -> Dataset:
    """The made data and its GeoPackage, in a path with a space and 中文."""
    folder = tmp_path_factory.mktemp("servers") / "made city 城"
    folder.mkdir()
    return make_dataset(folder)


@pytest.fixture(scope="session")
def postgis() -> Iterator[postgres.Postgis]:
    """PostgreSQL with PostGIS; empty. Make a schema or a database of your own in it."""
    stack, server = _entered(postgres.postgis())
    with stack:
        yield server


@pytest.fixture(scope="session")
def scheduler() -> Iterator[cluster.RunningScheduler]:
    """A dask scheduler with two worker processes and certificates."""
    stack, running = _entered(cluster.cluster(2))
    with stack:
        yield running


@pytest.fixture(scope="session")
def postgis_city(postgis, city) -> postgres.Postgis:
    """A database on the same server with the made data in the schema `city`."""
    database = postgis.new_database("city")
    database.sql("CREATE EXTENSION postgis")
    database.load(city.path, "city")
    return database


@pytest.fixture(scope="session")
def tipg(postgis_city) -> Iterator[str]:
    """Address of tipg (OGC API Features, CQL2) over `postgis_city`; collections city.wells, city.pipes, city.plots."""
    stack, url = _entered(features.tipg(postgis_city, "city"))
    with stack:
        yield url


@pytest.fixture(scope="session")
def pygeoapi(city, tmp_path_factory) -> Iterator[str]:
    """Address of pygeoapi: OGC API Features wells, pipes, plots over the GeoPackage, and Records in `records`."""
    port = free_port()
    paper = configurations.pygeoapi(city, tmp_path_factory.mktemp("pygeoapi"), port)
    stack, url = _entered(features.pygeoapi(paper, port))
    with stack:
        yield url


_GRID = """
import sys
import numpy as np
import pandas as pd
import xarray as xr
lat, lon = np.round(22.54 - 0.02 * np.arange(4), 2), np.round(113.92 + 0.02 * np.arange(4), 2)
time = pd.date_range("2024-06-01", periods=30, freq="h")
rain = np.arange(4 * 4 * 30, dtype=float).reshape(4, 4, 30)
rain[0, 0, -1] = np.nan
values = {"rain": (("lat", "lon", "time"), rain, {"units": "mm", "long_name": "Rain"})}
xr.Dataset(values, coords={"lat": lat, "lon": lon, "time": time}).to_netcdf(sys.argv[1])
"""


@pytest.fixture(scope="session")
def pygeoapi_edr(tmp_path_factory) -> Iterator[str]:
    """Address of pygeoapi with a grid of 4 x 4 places by 0.02 degrees and 30 hours as the EDR collection `rain`.

    Values count up by hour, then eastwards from 113.92, then southwards from 22.54; the very last hour of the first
    place is missing.
    """
    folder = tmp_path_factory.mktemp("edr")
    with _or_skip():
        python = venv_python("api", "xarray")
    subprocess.run([python, "-c", _GRID, folder / "rain.nc"], check=True, timeout=120, capture_output=True)
    port = free_port()
    stack, url = _entered(features.pygeoapi(configurations.edr(folder / "rain.nc", folder, port), port))
    with stack:
        yield url


@pytest.fixture(scope="session")
def qgis_server(city, tmp_path_factory) -> Iterator[str]:
    """Address of QGIS Server's WMS and WFS over the GeoPackage; add ?SERVICE=…"""
    with _or_skip():
        maps.program(maps.QGIS_SERVER, package="qgis-server")
    project = tmp_path_factory.mktemp("qgis-server") / "city.qgs"
    # Not this process: a fixture must not start QGIS for tests of core.
    subprocess.run(
        [sys.executable, Path(__file__).with_name("make_project.py"), city.path, project],
        check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    stack, url = _entered(maps.qgis_server(project))
    with stack:
        yield url


@pytest.fixture(scope="session")
def mapserver(city, tmp_path_factory) -> Iterator[str]:
    """Address of MapServer's WMS and WFS over the GeoPackage; add ?SERVICE=…"""
    stack, url = _entered(maps.mapserver(configurations.mapfile(city, tmp_path_factory.mktemp("mapserver"))))
    with stack:
        yield url


@pytest.fixture(scope="session")
def pycsw(city) -> Iterator[str]:
    """Address of a CSW 2.0.2 with the made records."""
    stack, url = _entered(features.pycsw(configurations.csw(city.records)))
    with stack:
        yield url


@dataclass(frozen=True)
class SensorThings:
    """A SensorThings server: its address, the ids of its data streams by name, and the database behind it."""

    url: str
    streams: dict[str, str]
    database: postgres.Postgis | None = None


def stations_of(city: Dataset, growing: bool = False) -> list[dict[str, object]]:
    """The made sensors as the feed takes them; of "growing" ones the server does not say from when to when they are."""
    return [
        {
            "name": sensor.name, "description": f"{sensor.name}, made", "kind": sensor.kind,
            "definition": f"http://example.org/{sensor.kind}", "unit": sensor.unit, "unit_symbol": sensor.unit,
            "x": sensor.x, "y": sensor.y, "properties": {"district": "南山"}, "stream": sensor.name,
            "series": [[time.isoformat(), value] for time, value in sensor.series], "growing": growing,
        }
        for sensor in city.sensors
    ]  # fmt: skip


@pytest.fixture(scope="session")
def sensorthings(postgis, city) -> Iterator[SensorThings]:
    """A SensorThings 1.1 server with the made sensors; a data stream is named as its sensor."""
    database = postgis.new_database("feed")
    stack, server = _entered(feed.sensorthings(stations_of(city), database))
    with stack:
        yield SensorThings(server.url, dict(server.streams), database)


@pytest.fixture(scope="session")
def live_sensors(city) -> Iterator[SensorThings]:
    """The same sensors from a server that can answer QGIS's own layers of sensors, as the demo's does."""
    stack, server = _entered(feed.sensorthings(stations_of(city, growing=True), deep=True))
    with stack:
        yield SensorThings(server.url, dict(server.streams))

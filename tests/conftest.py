"""Fixtures that every test may use."""

from __future__ import annotations

import contextlib
import functools
import os
import subprocess
import sys
from pathlib import Path

import pytest

# QGIS starts with the first test that needs it, and finds no screen on most machines.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# As the plugin does: parallel kernels in two threads, and threads that wait without burning the cores of other tests.
os.environ.setdefault("NUMBA_THREADING_LAYER", "omp")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

pytest_plugins = ["tests.servers.fixtures", "tests.schedule", "tests.crashes"]

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"

MARKS = {
    "servers": ("servers/",),
    "end_to_end": ("end_to_end/",),
    "desktop": ("gui/",),
    "spawn": (
        "core/bim/test_hostile.py",
        "core/bim/test_limits.py",
        "core/bim/test_load.py",
        "bridge/bim/test_dask_reader.py",
        "bridge/bim/test_model_tables.py",
        "bridge/bim/test_postgres_store.py",
        "bridge/bim/test_store",
        "processing/bim/",
    ),
}
SERVER_FIXTURES = {
    "postgis", "postgis_city", "tipg", "pygeoapi", "pygeoapi_edr", "qgis_server", "mapserver", "pycsw", "sensorthings",
    "live_sensors", "scheduler",
}  # fmt: skip

_status = pytest.StashKey[int]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark tests by where they lie, and those that ask for a real server, so that -m can choose among them."""
    for item in items:
        place = item.path.relative_to(ROOT / "tests").as_posix()
        for mark, places in MARKS.items():
            if place.startswith(places):
                item.add_marker(mark)
        if not SERVER_FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("servers")


def pytest_sessionfinish(session, exitstatus):
    session.config.stash[_status] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    """Leave at once when all is told: QGIS's own tear-down after Python's sometimes crashes a run that has passed."""
    if _status in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[_status])


@pytest.fixture(scope="session")
def shared_data():
    """A function from a name below the shared data to its path; skips the test where it is absent."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"the shared test data is not here: {path}")
        return path

    return find


@pytest.fixture(scope="session")
def synthetic_district():
    """A function from a number of buildings and a seed to their district, created once for the session."""
    from twin_plugin.core.demo.district import make_district

    return functools.cache(lambda count, seed: make_district(count, seed))


@pytest.fixture(scope="session")
def district_models(synthetic_district, tmp_path_factory):
    """A function from a number of buildings and a seed to a folder of their IFC models in EPSG:4547.

    The models are written once for the session: a test that changes them copies them. The path has a space, a quote and
    中文.
    """
    from twin_plugin.core.demo.district import write_models

    @functools.cache
    def write(count, seed):
        folder = tmp_path_factory.mktemp("district") / "the district's 模型"
        write_models(synthetic_district(count, seed), folder)
        return folder

    return write


@pytest.fixture(autouse=True)
def gdal_without_exceptions():
    """GDAL without exceptions after each test, as it begins: modules of QGIS's plugin Processing switch them on."""
    yield
    modules = [sys.modules[name] for name in ("osgeo.osr", "osgeo.ogr", "osgeo.gdal") if name in sys.modules]
    for _ in modules:  # the last one that was switched on must go first, and none says which that is
        for module in modules:
            with contextlib.suppress(RuntimeError):
                if module.GetUseExceptions():
                    module.DontUseExceptions()


@pytest.fixture(scope="session")
def qgis_plugin(qgis_app):
    """The plugin's provider, registered once for the session: a second one of the same id would delete it."""
    from qgis.analysis import QgsNativeAlgorithms

    from twin_plugin.plugin import CityTwinPlugin

    registry = qgis_app.processingRegistry()
    if registry.providerById("native") is None:  # a model's steps may be QGIS's own algorithms
        registry.addProvider(QgsNativeAlgorithms(registry))
    plugin = CityTwinPlugin(None)
    plugin.initProcessing()
    yield plugin
    plugin.unload()


@pytest.fixture(scope="session")
def run_algorithm(qgis_plugin):
    """A function that runs an algorithm by id with parameters: run_algorithm('twin:designstorm', {...}) -> results.

    Raises QgsProcessingException as Processing does; `feedback` may be given to look at messages or to cancel.
    """
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProject

    def run(algorithm_id: str, parameters: dict, feedback=None, context=None):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(algorithm_id)
        assert algorithm is not None, f"no algorithm {algorithm_id}"
        if context is None:
            context = QgsProcessingContext()
            context.setProject(QgsProject.instance())
        feedback = feedback or QgsProcessingFeedback(False)
        fits, message = algorithm.checkParameterValues(parameters, context)
        assert fits, message
        results, _ = algorithm.run(parameters, context, feedback, {}, False)
        return results

    return run


@pytest.fixture(scope="session")
def failing_child(tmp_path_factory):
    """A PyQGIS process whose calls that change files a test counts and fails: `tests/failing_writer`."""
    from tests.failing_writer import seccomp
    from tests.failing_writer.child import Child

    if not seccomp.usable():
        pytest.skip("system calls can be handed over on Linux on x86-64 only")
    child = Child(tmp_path_factory.mktemp("failing_child"))
    yield child
    child.close()


@pytest.fixture
def disk(tmp_path):
    """A function that leaves so many kB free on a small disk; its attributes say where the disk is and its size."""
    folder, filler = tmp_path / "small disk", tmp_path / "small disk" / "filler"
    folder.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    size_kb = 2048
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size_kb}k", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"this machine mounts nothing: {mounted.stderr}")

    def leave(kilobytes):
        filler.unlink(missing_ok=True)
        space = os.statvfs(folder)
        filler.write_bytes(bytes(max(0, space.f_bavail * space.f_frsize - 1024 * kilobytes)))

    leave.folder, leave.size_kb = folder, size_kb
    yield leave
    subprocess.run(["umount", "--lazy", folder], check=True)


HOLDER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
for text in sys.argv[2:]:
    database.execute(text).fetchall()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def held():
    """A function that lets another program run statements on a SQLite file, and hold what they lock until its end."""
    processes = []

    def start(path, *statements):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(path), *statements],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def guide():
    """The guide's pages, written as `make guide` does."""
    subprocess.run([sys.executable, str(ROOT / "tools" / "guide.py")], check=True)


@pytest.fixture(scope="session")
def canary():
    """A password that may appear nowhere."""
    return "-".join(("Kanarienvogel", "gelb", "4711"))


@pytest.fixture
def credentials(qgis_app, canary):
    """A function that stores user "twin" with the canary as password in QGIS, and gives the configuration's name."""
    from qgis.core import QgsApplication, QgsAuthMethodConfig

    from tests.bridge.names import UNLOCKING_PHRASE
    from twin_plugin.bridge.net import login_servers

    manager = QgsApplication.authManager()
    manager.setMasterPassword(UNLOCKING_PHRASE, True)
    stored = []

    def store(name="City's services 市", method="Basic", resource="", **values):
        config = QgsAuthMethodConfig(method)
        config.setName(name)
        config.setUri(resource)
        for key, value in (values or {"username": "twin", "password": canary}).items():
            config.setConfig(key, value)
        done = manager.storeAuthenticationConfig(config)
        assert done[0] if isinstance(done, tuple) else done
        stored.append(config.id())
        return name

    yield store
    for identifier in stored:
        manager.removeAuthenticationConfig(identifier)
    login_servers.forget()


@pytest.fixture
def login_for(credentials):
    """A function that stores a login as `credentials` does, confirms it for a server's address, and gives its name."""
    from twin_plugin.bridge.net import auth

    def store(url, *arguments, **values):
        name = credentials(*arguments, **values)
        auth.confirm(name, url)
        return name

    return store

"""Runs that are killed at random moments, or whose disk is full or closed: what is there is whole, and goes on."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from qgis.core import QgsDataSourceUri

from tests.tiny import JUNK_EVERY, write_tiny_models
from twin_plugin.core.bim.pool import read_models
from twin_plugin.core.bim.read import ModelJob
from twin_plugin.core.bim.tables import TABLES

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")

ROOT = Path(__file__).parents[3]
COUNT = 40
ROUNDS = 3


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Forty tiny models in a folder with a quote and 中文."""
    folder = tmp_path_factory.mktemp("kills") / "it's 模型"
    write_tiny_models(folder, COUNT)
    return folder


@pytest.fixture(scope="module")
def reports(models, tmp_path_factory):
    """A file with what reading them gives, so that writing is all that a run does."""
    jobs = [ModelJob(path.relative_to(models).as_posix(), str(path)) for path in models.rglob("*.ifc")]
    file = tmp_path_factory.mktemp("reports") / "reports"
    file.write_bytes(pickle.dumps(list(read_models(jobs, 2))))
    return file


@pytest.fixture
def writer(models, reports):
    """A function that starts a process which updates a base."""
    started = []

    def start(*place, prefix=(), **environment):
        command = [*prefix, sys.executable, "-m", "tests.bridge.writer", reports, models, *place]
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def begun(process):
    """Wait until the process is about to touch the base."""
    for line in process.stdout:
        if line.strip() == "go":
            return
    raise AssertionError("the writer did not begin")


def finished(process):
    """How a process ended: its status and the last line it said."""
    said = process.stdout.read().splitlines()
    return process.wait(120), said[-1] if said else ""


def undisturbed(writer, *place):
    """Run to the end; returns the seconds from beginning to end."""
    process = writer(*place)
    begun(process)
    started = time.monotonic()
    assert finished(process) == (0, "done")
    return time.monotonic() - started


def killed(writer, after_s, *place):
    """Kill a run so many seconds after it begins; whether it was still running."""
    process = writer(*place)
    begun(process)
    time.sleep(after_s)
    process.send_signal(signal.SIGKILL)
    status, _ = finished(process)
    assert status in (0, -signal.SIGKILL)
    return status != 0


def check_whole(found):
    """Every model that is there is there with all its rows, and none without its model."""
    standing = {row["id"] for row in found["bim_model"].values() if row["status"] != "failed"}
    assert {row["model_id"] for row in found["building"].values()} == standing
    for table, counted in (("storey", "storeys"), ("opening", "openings")):
        for model in found["bim_model"].values():
            rows = [row for row in found[table].values() if row["building_id"].startswith(model["id"] + "/")]
            # Where no door is modelled the number is not told.
            assert model[counted] in (len(rows), None), (table, model["id"])


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_geopackage_killed_at_random_moments(writer, content, tmp_path):
    whole = tmp_path / "whole.gpkg"
    seconds = undisturbed(writer, whole)
    expected = content(whole)
    for seed in range(ROUNDS):
        dice, path = random.Random(seed), tmp_path / f"killed {seed} 库.gpkg"
        # The first one likes the beginning, where the file and its tables are made.
        moments = (dice.uniform(0.0, seconds) * dice.random(), dice.uniform(0.0, seconds))
        for moment in moments:
            killed(writer, moment, path)
            if path.exists():
                with sqlite3.connect(path) as database:
                    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                database.close()
                check_whole(content(path))
        undisturbed(writer, path)
        assert content(path) == expected, f"killed after {moments} of {seconds:.2f} s"
    names = ["whole.gpkg", *(f"killed {seed} 库.gpkg" for seed in range(ROUNDS))]
    assert sorted(item.name for item in tmp_path.iterdir()) == sorted(names), "nothing else is left"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_postgis_schema_killed_at_random_moments(writer, connection, content, tmp_path):
    uri = QgsDataSourceUri(connection.uri()).connectionInfo(True)
    undisturbed(writer, tmp_path / "whole.gpkg")
    expected = content(tmp_path / "whole.gpkg")
    seconds = undisturbed(writer, uri, "undisturbed")
    assert content(f"PG:{uri} schemas=undisturbed") == expected
    for seed in range(ROUNDS):
        schema, dice = f"killed_{seed}", random.Random(seed)
        moments = (dice.uniform(0.0, seconds) * dice.random(), dice.uniform(0.0, seconds))
        for moment in moments:
            killed(writer, moment, uri, schema)
            _released(connection)
            tables = connection.executeSql(f"SELECT 1 FROM pg_tables WHERE schemaname = '{schema}'")  # noqa: S608
            assert len(tables) in (0, len(TABLES)), "the tables come together or not at all"
            if tables:
                check_whole(content(f"PG:{uri} schemas={schema}"))
        undisturbed(writer, uri, schema)
        assert content(f"PG:{uri} schemas={schema}") == expected, f"killed after {moments} of {seconds:.2f} s"


def _released(connection):
    """Wait until the server has noticed that a client is gone."""
    for _ in range(200):
        if connection.executeSql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == [[0]]:
            return
        time.sleep(0.05)
    raise AssertionError("the lock of a killed run was not released")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_qgis_process_killed_while_its_workers_read(run_algorithm, content, tmp_path):
    """The whole of it: workers end with their parent, and the next run goes on."""
    folder, path, whole = tmp_path / "models", tmp_path / "killed.gpkg", tmp_path / "whole.gpkg"
    write_tiny_models(folder, 400)
    parameters = {"FOLDER": str(folder), "CRS": "EPSG:4547"}
    command = [ROOT / "tools" / "env.sh", "qgis_process", "run", "twin:updatetwinbase", f"--TWIN_BASE={path}"]
    process = subprocess.Popen(
        [*command, *(f"--{key}={value}" for key, value in parameters.items())],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # The profile of this test run is not that of the project's environment.
        env={name: value for name, value in os.environ.items() if not name.startswith("QGIS_")},
    )
    family = []
    for _ in range(6000):
        assert process.poll() is None, "it ended before it could be killed"
        parent = psutil.Process(process.pid)
        family = [parent, *parent.children(recursive=True)]
        if _committed(path) >= 100:
            break
        time.sleep(0.05)
    process.kill()
    process.wait()
    _gone, alive = psutil.wait_procs(family, timeout=30)
    assert not alive
    kept = _committed(path)
    assert 100 <= kept < 400
    check_whole(content(path))
    results = run_algorithm("twin:updatetwinbase", {**parameters, "TWIN_BASE": str(path)})
    failed = sum(1 for n in range(400) if n % JUNK_EVERY == JUNK_EVERY - 1)
    assert results["UNCHANGED"] == kept
    assert results["READ"] + results["FAILED"] == 400 - kept
    run_algorithm("twin:updatetwinbase", {**parameters, "TWIN_BASE": str(whole)})
    assert content(path) == content(whole)
    assert sum(row["status"] == "failed" for row in content(path)["bim_model"].values()) == failed


def _committed(path):
    if not path.exists():
        return 0
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)
        try:
            return database.execute("SELECT count(*) FROM bim_model").fetchone()[0]
        finally:
            database.close()
    except sqlite3.OperationalError:
        return 0


def test_a_full_disk_leaves_whole_models(writer, content, tmp_path):
    """A limit on the size of files, which every user has: nothing appears, or what appears is whole and goes on."""
    path, whole = tmp_path / "full.gpkg", tmp_path / "whole.gpkg"
    undisturbed(writer, whole)
    status, said = finished(writer(path, FILE_LIMIT="50000"))
    assert (status, list(tmp_path.iterdir())) == (3, [whole]), said
    assert "free some space" in said
    for limit in (_empty_bytes(tmp_path) + 20_000, whole.stat().st_size - 50_000):
        status, said = finished(writer(path, FILE_LIMIT=str(limit)))
        assert status == 3, said
        assert "what was committed is kept" in said, said
        check_whole(content(path))
    assert 0 < len(content(path)["bim_model"]) < COUNT
    undisturbed(writer, path)
    assert content(path) == content(whole)


def _empty_bytes(folder):
    from twin_plugin.bridge.bim.geopackage_store import FileBase

    path = folder / "empty.gpkg"
    FileBase(path).close()
    size = path.stat().st_size
    path.unlink()
    return size


MOUNTED = """
mount -t tmpfs -o size=$1k tmpfs "$2" || exit 77
shift; folder=$1; shift
"$@"; echo "first $?"
cp "$folder"/base.gpkg "$OUT"/first.gpkg
mount -o remount,size=100m "$folder" || exit 77
"$@"; echo "second $?"
cp "$folder"/base.gpkg "$OUT"/second.gpkg
ls -A "$folder"
"""


def test_a_full_file_system(models, reports, writer, content, tmp_path):
    """No space left on a small file system, which only root can make."""
    if not (shutil.which("unshare") and os.getuid() == 0):
        pytest.skip("only root can mount a small file system")
    whole, small = tmp_path / "whole.gpkg", tmp_path / "small"
    undisturbed(writer, whole)
    small.mkdir()
    size = (_empty_bytes(tmp_path) + whole.stat().st_size) // 2 // 1024
    command = [sys.executable, "-m", "tests.bridge.writer", reports, models, small / "base.gpkg"]
    shell = ["unshare", "-m", "sh", "-c", MOUNTED, "sh", size, small, *command]
    done = subprocess.run(
        [str(part) for part in shell],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OUT": str(tmp_path)},
    )
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip(f"this machine mounts nothing: {done.stderr}")
    said = done.stdout.splitlines()
    assert "first 3" in said, done.stdout + done.stderr
    assert "full" in done.stdout or "space" in done.stdout.lower() or "disk" in done.stdout
    assert "second 0" in said
    assert said[-1] == "base.gpkg", "nothing else is left there"
    first = content(tmp_path / "first.gpkg")
    check_whole(first)
    assert len(first["bim_model"]) < COUNT
    assert content(tmp_path / "second.gpkg") == content(whole)


@pytest.fixture
def ordinary():
    """What to put before a command so that it has no more rights than an ordinary user."""
    if os.getuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and setpriv is not here to take that away")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-dac_override")


def test_a_folder_that_is_read_only(writer, ordinary, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    try:
        status, said = finished(writer(folder / "base.gpkg", prefix=ordinary))
        assert (status, list(folder.iterdir())) == (3, [])
        assert "Permission denied" in said
        assert "choose another" in said
    finally:
        folder.chmod(0o755)


def test_a_base_that_is_read_only(writer, ordinary, tmp_path):
    path = tmp_path / "base.gpkg"
    undisturbed(writer, path)
    before = path.read_bytes()
    path.chmod(0o444)
    status, said = finished(writer(path, prefix=ordinary))
    path.chmod(0o644)
    assert status == 3
    assert "permissions" in said
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["base.gpkg"]

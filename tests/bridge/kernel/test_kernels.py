"""Kernels are compiled once, by one process, and a compiler that is stopped or has company leaves a good cache."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from qgis.PyQt.QtCore import QLockFile

from twin_plugin.bridge.kernel import kernels, runtime
from twin_plugin.core.common import interpreter, kernel_compiler
from twin_plugin.core.common.errors import Cancelled, ResourceError
from twin_plugin.core.common.kernel_version import kernel_version
from twin_plugin.core.common.spawn import search_path

pytest.importorskip("numba")

KERNELS = [
    "_cover",
    "_fill",
    "_highest",
    "_nearest",
    "_rings",
    "_spread",
    "add_depth",
    "add_up",
    "add_weighted",
    "allocate",
    "cell_speeds",
    "count_pits",
    "curve",
    "evaluate",
    "exchange",
    "fill_driven",
    "fill_earliest",
    "fill_latest",
    "fill_least",
    "green_ampt",
    "horizons",
    "horton",
    "keep_state",
    "look",
    "look_at_facades",
    "measure",
    "measure_spells",
    "number_areas",
    "pour_in",
    "reached_by",
    "rise",
    "settle",
    "sweep",
    "sweep",
    "sweep_shadows",
]
"""What Python calls of the kernels, a sweep for each scheme; what these call has no entry of its own."""
ROOT = Path(__file__).parent.parent.parent.parent
PATIENCE_S = 900
"""A busy machine compiles that long: a compiler stands back behind everything else."""


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """The folder of an empty cache, which this process has."""
    folder = tmp_path / "a cache 缓存"
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(folder))
    return folder


def compiler(domain: str, cache: Path) -> subprocess.Popen:
    """A process that compiles, started without the lock that keeps others away."""
    cache.mkdir(exist_ok=True)
    names = (json.dumps(search_path()), kernel_compiler.__name__, f"twin_plugin.core.{domain}.warm_up")
    return subprocess.Popen(
        [sys.executable, "-P", "-c", kernel_compiler.PROGRAM, *names],
        stdin=subprocess.PIPE,
        env={**os.environ, "NUMBA_CACHE_DIR": str(cache)},
    )


def polite(pid: int) -> bool:
    """Whether a process stands back behind this one."""
    return psutil.Process(pid).nice() >= min(19, psutil.Process().nice() + 10)


def used(cache: Path) -> str:
    """What using every kernel says about the cache."""
    command = [sys.executable, "-m", "tests.kernel_use"]
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.timeout(2 * PATIENCE_S)
def test_the_cache_then_has_all_that_runs_need_although_compilers_met_and_were_killed(cache):
    killed = compiler("risk", cache)
    end = time.monotonic() + 120
    while not list(cache.rglob("*.nbc")) and time.monotonic() < end:
        time.sleep(0.05)
    killed.kill()
    assert killed.wait() != 0
    together = [compiler("risk", cache) for _ in range(2)]
    assert [process.wait(PATIENCE_S) for process in together] == [0, 0]
    for domain in kernels.DOMAINS:
        kernels.compile_apart(domain)
        assert kernels.compiled(domain)
    kernels_used, new = used(cache).splitlines()
    assert kernels_used.split() == KERNELS
    assert new == "new: []"


def test_the_compiler_ends_with_the_process_that_waits_for_it(cache):
    process = compiler("flood", cache)
    end = time.monotonic() + 20
    while not polite(process.pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert polite(process.pid), "it takes the processor from what the user does meanwhile"
    time.sleep(1.0)
    assert process.poll() is None
    process.stdin.close()
    assert process.wait(10) == 1


def test_one_compiles_and_the_others_wait(cache):
    cache.mkdir()
    lock = QLockFile(str(cache / "risk.lock"))
    assert lock.tryLock(0)
    texts = []
    waiting = threading.Thread(
        target=kernels.compile_apart, args=("risk", lambda _, text="": texts.append(text) or True)
    )
    waiting.start()
    end = time.monotonic() + 20
    while len(texts) < 20 and time.monotonic() < end:
        time.sleep(0.05)
    assert waiting.is_alive()
    assert not list(cache.rglob("*.nb?"))
    (cache / f"risk-{kernel_version()}.compiled").touch()
    lock.unlock()
    waiting.join(20)
    assert not waiting.is_alive()
    assert texts[0].startswith("First run: compiling the risk assessment")
    assert not list(cache.rglob("*.nb?"))


def test_cancel_is_asked_ten_times_a_second(cache):
    started, asked = time.monotonic(), []

    def progress(fraction, text=""):
        asked.append(time.monotonic())
        return asked[-1] - started < 2.0

    with pytest.raises(Cancelled):
        kernels.compile_apart("flood", progress)
    assert len(asked) >= 20
    assert not kernels.compiled("flood")


FALLBACK = """
import os, sys, time
import numba
from qgis.core import QgsApplication
app = QgsApplication([], False)
app.initQgis()
sys.prefix = sys.exec_prefix = sys.base_prefix = "/nowhere"
sys.executable = ""
from twin_plugin.bridge.kernel import kernels, runtime
from twin_plugin.core.common.errors import Cancelled
started, texts, end = time.monotonic(), [], float("inf")
def progress(fraction, text=""):
    texts.append(text)
    return time.monotonic() < end
end = started + 1.0
try:
    kernels.ready("risk", progress)
except Cancelled:
    print("cancelled after", time.monotonic() - started)
end = float("inf")
kernels.ready("risk", progress)
folder = runtime.profile_folder() / "cache" / "twin_numba"
print("texts", [text for text in texts if text])
print("files", len(list(folder.glob("*/risk_*/*.nbc"))), len(list(folder.glob("*/risk-*.compiled"))))
sys.stdout.flush()
os._exit(0)
"""


@pytest.mark.slow
def test_where_no_process_can_be_started_this_one_compiles_and_can_be_cancelled(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    environment["QGIS_CUSTOM_CONFIG_PATH"] = str(tmp_path / "qgis")
    done = subprocess.run(
        [sys.executable, "-c", FALLBACK], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE_S
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 3, done.stderr
    assert 1.0 <= float(lines[0].removeprefix("cancelled after ")) < 6.0
    assert "compiling the risk assessment" in lines[1]
    assert lines[2] == "files 8 1"


FULL = """
import os, resource, sys
from twin_plugin.bridge.kernel import kernels
from twin_plugin.core.common.errors import ResourceError
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    kernels.ready("risk")
except ResourceError as error:
    print(error, flush=True)
os._exit(0)
"""


@pytest.mark.slow
def test_a_cache_that_cannot_be_written_is_a_sentence(cache):
    done = subprocess.run([sys.executable, "-c", FULL], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.stdout == f"'{cache}' cannot be written (File too large): choose another place or free some space.\n"
    assert not kernels.compiled("risk")


def test_a_compiler_that_fails_is_not_taken_for_one_that_succeeded(cache, monkeypatch):
    monkeypatch.setattr(kernel_compiler, "PROGRAM", "raise SystemExit(3)")
    kernels.compile_apart("risk")
    assert not kernels.compiled("risk")


def test_an_interpreter_that_cannot_be_started_is_no_error(cache, monkeypatch):
    monkeypatch.setattr(interpreter, "find", lambda: Path("/nowhere/python3"))
    kernels.compile_apart("risk")
    assert not kernels.compiled("risk")


def test_caches_of_versions_not_used_for_long_are_removed(tmp_path, monkeypatch):
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setattr(runtime, "profile_folder", lambda: tmp_path)
    versions = tmp_path / "cache" / "twin_numba"
    for day, name in enumerate(("oldest", "older", "old", "recent")):
        (versions / name / "flood_x").mkdir(parents=True)
        os.utime(versions / name, (86400 * day, 86400 * day))
    assert kernels.prepare() == versions / kernel_version()
    monkeypatch.delenv("NUMBA_CACHE_DIR")  # as prepare set it
    assert {folder.name for folder in versions.iterdir()} == {kernel_version(), "recent", "old"}


def test_what_killed_compilers_were_writing_is_removed_but_not_what_others_write_now(cache):
    folder = cache / "risk_x"
    folder.mkdir(parents=True)
    files = [folder / f"ring._fill-1.py311.{name}" for name in ("1.nbc.tmp.old", "1.nbc.tmp.new", "1.nbc")]
    for file in files:
        file.touch()
    os.utime(files[0], (time.time() - 7200,) * 2)
    os.utime(files[2], (time.time() - 7200,) * 2)
    end = time.monotonic() + 1.0
    with pytest.raises(Cancelled):
        kernels.compile_apart("risk", lambda fraction, text="": time.monotonic() < end)
    assert [file.exists() for file in files] == [False, True, True]


def test_the_compiler_runs_no_code_of_the_current_folder(cache, tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('planted')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    end = time.monotonic() + 2.0
    with pytest.raises(Cancelled):  # it would have ended long before
        kernels.compile_apart("risk", lambda fraction, text="": time.monotonic() < end)


def test_numba_takes_no_settings_from_the_current_folder(cache, tmp_path, monkeypatch):
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / ".numba_config.yaml").write_text(f"chrome_trace: {tmp_path / 'trace.json'}\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    with pytest.raises(ResourceError, match="start QGIS in another folder"):
        kernels.ready("risk")

"""Kernels that are ready to run: compiled once by a process of their own, and loaded without making cancel wait."""

from __future__ import annotations

import json
import logging
import math
import os
import shutil

# The interpreter was found, not given by a user, and the arguments are a list, never a shell.
import subprocess  # nosec B404
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from qgis.PyQt.QtCore import QCoreApplication, QLockFile

from ...core.common import interpreter, kernel_compiler
from ...core.common.errors import Cancelled, ResourceError, unwritable
from ...core.common.kernel_version import kernel_version
from ...core.common.progress import Progress, advance, silent
from ...core.common.spawn import search_path
from . import runtime

log = logging.getLogger(__name__)

DOMAINS = ("flood", "risk", "contingency", "planning")
"""The folders of core that have kernels, each with a module warm_up."""
POLL_S = 0.05
LEFT_OVER_S = 3600.0
"""Half-written files of numba that are older were left by a process that was killed."""
KEPT_VERSIONS = 3
"""Caches that stay: QGIS may be open twice, before and after an update of the plugin."""

SETTINGS = ".numba_config.yaml"
"""Numba reads it in the current folder, which may be one of somebody else's models."""

Value = TypeVar("Value")


def prepare() -> Path:
    """Let numba keep its cache where this version of the kernels has its own; call before numba is imported.

    Returns
    -------
    Path
        The folder of the cache: in the profile, or what NUMBA_CACHE_DIR of the environment says.
    """
    folder = os.environ.get("NUMBA_CACHE_DIR")
    if not folder:
        versions = runtime.numba_cache()
        folder = os.environ["NUMBA_CACHE_DIR"] = str(versions / kernel_version())
        _remove_old(versions, Path(folder))
        if "numba" in sys.modules:  # another plugin may have imported it
            sys.modules["numba"].config.reload_config()
    return Path(folder)


def ready(domain: str, progress: Progress = silent) -> None:
    """Make the kernels of a domain ready in this process: compiled where they are not, and loaded.

    All that takes long happens in another process or thread, so that a cancel is answered at once; what was compiled
    until then is kept. Where no other process can be started, this one compiles.

    Raises
    ------
    Cancelled
        When `progress` answers False.
    ResourceError
        When the cache cannot be written, or numba would take settings from the current folder.
    """
    if (settings := Path(SETTINGS).absolute()).is_file():
        raise ResourceError(
            "'{settings}' would change how the kernels are compiled, and which files numba writes: start QGIS in "
            "another folder, or remove it.",
            settings=settings,
        )
    compile_apart(domain, progress)
    try:
        _meanwhile(lambda: import_module(_module(domain)).compile_kernels(), progress)
    except OSError as error:
        raise unwritable(prepare(), error) from error
    _mark(domain)


def compiled(domain: str) -> bool:
    """Whether the cache has the kernels of a domain."""
    return _marker(domain).exists()


def compile_apart(domain: str, progress: Progress = silent) -> None:
    """Fill the cache with the kernels of a domain in another process, or wait for the one that does so already.

    Raises
    ------
    Cancelled
        When `progress` answers False; the other process has ended then.
    """
    folder = prepare()
    if compiled(domain):
        return
    names = {
        "flood": QCoreApplication.translate("Kernels", "First run: compiling the flood solver once, up to a minute"),
        "risk": QCoreApplication.translate("Kernels", "First run: compiling the risk assessment once, up to a minute"),
        "contingency": QCoreApplication.translate(
            "Kernels", "First run: compiling the search for routes once, up to a minute"
        ),
        "planning": QCoreApplication.translate(
            "Kernels", "First run: compiling the planning review once, up to a minute"
        ),
    }
    if not progress(math.nan, names[domain]):
        raise Cancelled
    try:
        folder.mkdir(parents=True, exist_ok=True)
        program = _meanwhile(interpreter.find, progress)
    except (OSError, ResourceError) as error:
        log.info("The kernels are compiled in QGIS itself: %s", error)
        return
    lock = QLockFile(str(folder / f"{domain}.lock"))
    lock.setStaleLockTime(0)
    while not lock.tryLock(0):
        # An error that is not a lock is one of the folder: without a lock two processes compile the same.
        if lock.error() != QLockFile.LockError.LockFailedError:
            break
        advance(progress, math.nan)
        time.sleep(POLL_S)
    _remove_leftovers(folder)
    try:
        if not compiled(domain) and _run(program, domain, folder, progress):
            _mark(domain)
    except OSError as error:
        log.info("The kernels are compiled in QGIS itself: %s", error)
    finally:
        lock.unlock()


def _run(program: Path, domain: str, folder: Path, progress: Progress) -> bool:
    """Compile in another process; whether it succeeded. OSError where none can be started."""
    names = (json.dumps(search_path()), kernel_compiler.__name__, _module(domain))
    # On Windows, and only there: no window, and a low priority from the start.
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # nosec B603
            [str(program), *interpreter.OPTIONS, "-c", kernel_compiler.PROGRAM, *names],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=interpreter.ISOLATED_FOLDER,
            env={**interpreter.isolated_environment(), "NUMBA_CACHE_DIR": str(folder)},
            creationflags=flags,
        )
        with process:
            try:
                while process.poll() is None:
                    advance(progress, math.nan)
                    time.sleep(POLL_S)
            finally:
                process.kill()
        output.seek(0)
        if process.returncode:
            words = output.read().decode("utf-8", "replace")[-2000:]
            log.warning("Compiling the kernels ended with %s: %s", process.returncode, words)
        return process.returncode == 0


def _meanwhile(work: Callable[[], Value], progress: Progress) -> Value:
    """The result of some work in another thread; a cancel does not wait for it."""
    executor = ThreadPoolExecutor(1, "twin-kernels")
    try:
        future = executor.submit(work)
        while not wait([future], POLL_S).done:
            advance(progress, math.nan)
        return future.result()
    finally:
        executor.shutdown(wait=False)


def _module(domain: str) -> str:
    """The module of core that compiles the kernels of a domain."""
    return f"{__package__.rsplit('.', 2)[0]}.core.{domain}.warm_up"


def _marker(domain: str) -> Path:
    return prepare() / f"{domain}-{kernel_version()}.compiled"


def _mark(domain: str) -> None:
    """Note that the cache has the kernels of a domain; without the note they are looked for again."""
    with suppress(OSError):
        _marker(domain).touch()


def _remove_old(versions: Path, current: Path) -> None:
    """Remove the caches of other versions, except those used last."""
    with suppress(OSError):
        current.mkdir(parents=True, exist_ok=True)
        os.utime(current)
        used = sorted(versions.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
        for folder in used[KEPT_VERSIONS:]:
            shutil.rmtree(folder, ignore_errors=True)


def _remove_leftovers(folder: Path) -> None:
    """Remove what killed processes were writing."""
    with suppress(OSError):
        for file in folder.glob("*/*.tmp.*"):
            if time.time() - file.stat().st_mtime > LEFT_OVER_S:
                file.unlink()

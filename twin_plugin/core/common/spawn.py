"""Starts worker processes with the right interpreter, and without running the program that started this one again.

Nor does a worker run code that lies beside the models: it searches neither the current folder nor what the environment
names for modules, but the folders of this process (see `search_path`).
"""

from __future__ import annotations

# What is started is the interpreter that `find` found, with multiprocessing's own arguments.
import subprocess  # nosec B404
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import context as mp_context
from multiprocessing import resource_tracker, spawn, util
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from .interpreter import ISOLATED_FOLDER, OPTIONS, find, isolated_environment

PLUGIN_PARENT = Path(__file__).resolve().parents[3]
_LOCK = threading.RLock()


@contextmanager
def _prepared(executable: str) -> Iterator[None]:
    """While a process is started: the interpreter is `executable`, isolated, and ``__main__`` stays out of it.

    In QGIS the executable is QGIS, and ``__main__`` is whatever QGIS made of it: a worker that tried to import it again
    would fail or open a second window. What is changed in multiprocessing is put back at once.
    """
    with _LOCK:
        old_executable, old_data = spawn.get_executable(), spawn.get_preparation_data
        old_options, old_start = util._args_from_interpreter_flags, util.spawnv_passfds  # type: ignore[attr-defined]

        def data(name: str) -> dict[str, Any]:
            found = dict(old_data(name))
            for key in ("init_main_from_name", "init_main_from_path"):
                found.pop(key, None)
            found["sys_path"] = search_path()
            found["sys_argv"] = [""]
            found["dir"] = found["orig_dir"] = str(ISOLATED_FOLDER)
            return found

        spawn.set_executable(executable)
        spawn.get_preparation_data = data
        util._args_from_interpreter_flags = lambda: _options(old_options())  # type: ignore[attr-defined]
        util.spawnv_passfds = _start  # type: ignore[assignment]
        try:
            yield
        finally:
            spawn.get_preparation_data = old_data
            util._args_from_interpreter_flags, util.spawnv_passfds = old_options, old_start  # type: ignore[attr-defined]
            if old_executable:
                spawn.set_executable(old_executable)


def _options(own: list[str]) -> list[str]:
    """The interpreter's options of a child, given those that multiprocessing would pass on.

    Only POSIX systems let `_start` choose the environment; elsewhere Python ignores what concerns it.
    """
    isolated = [*OPTIONS, "-E"] if sys.platform == "win32" else OPTIONS
    return [*own, *(option for option in isolated if option not in own)]


def _start(path: str, arguments: list[str], descriptors: Iterable[int]) -> int:
    """Start a program as `multiprocessing.util.spawnv_passfds` does, but in an environment and a folder of its own."""
    process = subprocess.Popen(  # nosec B603
        arguments,
        executable=path,
        pass_fds=tuple(descriptors),
        restore_signals=False,
        env=isolated_environment(),
        cwd=ISOLATED_FOLDER,
    )
    process.returncode = 0  # multiprocessing waits for the child: subprocess must not, nor warn that it still runs
    return process.pid


def search_path() -> list[str]:
    """Where workers look for modules: where this process does, and where the plugin itself is.

    Relative entries, among them "" for the current folder, are left out: they name whatever folder QGIS was started in.
    """
    parent = str(PLUGIN_PARENT)
    found = [entry for entry in sys.path if Path(entry).is_absolute()]
    return found if parent in found else [*found, parent]


class Worker(mp_context.SpawnProcess):
    """A spawned process that knows its interpreter."""

    executable: str = ""

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:
        with _prepared(getattr(process_obj, "executable", "")):
            return mp_context.SpawnProcess._Popen(process_obj)  # type: ignore[attr-defined]


class WorkerContext(mp_context.SpawnContext):
    """A spawn context whose processes are `Worker`."""

    def __init__(self, executable: str) -> None:
        super().__init__()
        self.executable = executable

    def Process(self, *args: Any, **options: Any) -> Worker:  # type: ignore[override]
        worker = Worker(*args, **options)
        worker.executable = self.executable
        return worker


def _windowless(program: Path) -> Path:
    """On Windows the interpreter that opens no console window."""
    quiet = program.with_name("pythonw.exe")
    return quiet if sys.platform == "win32" and quiet.is_file() else program


def spawn_context() -> mp_context.SpawnContext:
    """A multiprocessing context whose processes run the interpreter that matches this one.

    Raises
    ------
    ResourceError
        When no such interpreter is found.
    """
    program = str(_windowless(find()))
    with _prepared(program):
        if hasattr(resource_tracker, "ensure_running") and sys.platform != "win32":
            resource_tracker.ensure_running()
    return WorkerContext(program)

"""Starts worker processes with the right interpreter, and without running the program that started this one again."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import context as mp_context
from multiprocessing import resource_tracker, spawn
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from .interpreter import find

PLUGIN_PARENT = Path(__file__).resolve().parents[3]
_LOCK = threading.RLock()


@contextmanager
def _prepared(executable: str) -> Iterator[None]:
    """While a worker is started: the interpreter is `executable`, and ``__main__`` stays out of it.

    In QGIS the executable is QGIS, and ``__main__`` is whatever QGIS made of it: a worker that tried to import it again
    would fail or open a second window. What is changed in multiprocessing is put back at once.
    """
    with _LOCK:
        old_executable, old_data = spawn.get_executable(), spawn.get_preparation_data

        def data(name: str) -> dict[str, Any]:
            found = dict(old_data(name))
            for key in ("init_main_from_name", "init_main_from_path"):
                found.pop(key, None)
            found["sys_path"] = search_path()
            found["sys_argv"] = [""]
            return found

        spawn.set_executable(executable)
        spawn.get_preparation_data = data
        try:
            yield
        finally:
            spawn.get_preparation_data = old_data
            if old_executable:
                spawn.set_executable(old_executable)


def search_path() -> list[str]:
    """Where workers look for modules: where this process does, and where the plugin itself is."""
    parent = str(PLUGIN_PARENT)
    return [*sys.path, parent] if parent not in sys.path else list(sys.path)


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

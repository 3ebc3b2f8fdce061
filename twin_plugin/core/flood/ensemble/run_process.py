"""A child process that computes runs one after the other: a crash costs one run, and a cancel ends it at once.

It is no child of multiprocessing's, so that workers of dask, which may have none, can start it, and so that it may have
children itself. It ends as soon as its standard input is closed, so that it never outlives whoever waits for it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal

# The interpreter was found, not given by a user, and the arguments are a list, never a shell.
import subprocess  # nosec B404
import sys
import tempfile
import threading
from collections.abc import Mapping
from queue import Empty, SimpleQueue
from typing import Any

from ...common import interpreter
from ...common.errors import ResourceError
from ...common.spawn import search_path

PROGRAM = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from importlib import import_module
import_module(sys.argv[2]).serve()
"""
"""For ``python -c``: its arguments are the search path as JSON and the module that serves."""
WORDS = 2000
"""Characters of what a child said last that are kept for the log."""

Answer = dict[str, Any]


class LostProcessError(ResourceError):
    """A child process ended while it computed a run."""


class RunProcess:
    """A child process; `send` it a run and `look` for its answer.

    Parameters
    ----------
    module : str
        What the child imports; its `serve` reads settings, then runs, each a line of JSON, and answers in lines of
        JSON: {"progress": share} and at last {"done": answer}.
    settings : mapping
        For its start, as JSON.

    Raises
    ------
    ResourceError
        When no process can be started.

    Attributes
    ----------
    progress : float
        Share of the run that is done.
    """

    def __init__(self, module: str, settings: Mapping[str, Any]) -> None:
        self.progress = 0.0
        self._answers: SimpleQueue[Answer | None] = SimpleQueue()
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        arguments = [str(interpreter.find()), *interpreter.OPTIONS, "-c", PROGRAM, json.dumps(search_path()), module]
        try:
            self._process = subprocess.Popen(  # nosec B603
                arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._words,
                cwd=interpreter.ISOLATED_FOLDER,
                env={**interpreter.isolated_environment(), "QT_QPA_PLATFORM": "offscreen"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                start_new_session=sys.platform != "win32",
            )
        except OSError as error:
            raise ResourceError("No process can be started for a run ({reason}).", reason=error) from error
        threading.Thread(target=self._listen, daemon=True).start()
        with contextlib.suppress(OSError):  # a child that ended at once is found by `look`
            self._write(settings)

    def send(self, job: Mapping[str, Any]) -> None:
        """Have it compute a run."""
        self.progress = 0.0
        with contextlib.suppress(OSError):
            self._write(job)

    def look(self) -> Answer | None:
        """The answer to the run that was sent; None while it computes.

        Raises
        ------
        LostProcessError
            When the process has ended.
        """
        while True:
            try:
                answer = self._answers.get_nowait()
            except Empty:
                return None
            if answer is None:
                raise LostProcessError(
                    "The process of the run ended with {code}: {words}",
                    code=self._process.wait(),
                    words=self._last_words() or "-",
                )
            if "done" in answer:
                self.progress = 1.0
                return dict(answer["done"])
            self.progress = float(answer.get("progress", self.progress))

    def close(self) -> None:
        """End it, with the children that it started, whatever it does."""
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with contextlib.suppress(OSError):  # what was not sent yet cannot be
            if self._process.stdin is not None:
                self._process.stdin.close()
        self._words.close()

    def _write(self, values: Mapping[str, Any]) -> None:
        stream = self._process.stdin
        if stream is not None:
            stream.write(json.dumps(values).encode("ascii") + b"\n")
            stream.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        if stream is not None:
            with stream:
                for line in stream:
                    with contextlib.suppress(ValueError):
                        self._answers.put(json.loads(line))
        self._answers.put(None)

    def _last_words(self) -> str:
        self._words.seek(0)
        lines = self._words.read()[-WORDS:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""

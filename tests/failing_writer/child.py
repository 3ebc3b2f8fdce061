"""A PyQGIS process under watch that runs functions of the tests; started as a module it is that process."""

from __future__ import annotations

import importlib
import json
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.failing_writer import seccomp
from tests.failing_writer.calls import Call, Failure, Watch

ROOT = Path(__file__).parent.parent.parent
LONGEST_S = 120.0


class ChildError(Exception):
    """What a function raised in the child.

    Attributes
    ----------
    kind : str
        Name of the exception's class.
    trace : str
        Its traceback.
    """

    def __init__(self, kind: str, message: str, trace: str) -> None:
        super().__init__(message)
        self.kind, self.trace = kind, trace


class Child:
    """The process, from the side of the test.

    Parameters
    ----------
    folder : Path
        For its profile and its log; not below what is watched.
    qgis : bool
        Start QGIS with the plugin's provider in it.
    """

    def __init__(self, folder: Path, qgis: bool = True) -> None:
        self._folder, self._qgis = folder, qgis
        self.log = folder / "child.log"
        here, there = socket.socketpair()
        environment = os.environ | {"QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", __spec__.name, str(there.fileno()), "qgis" if qgis else "plain"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, pass_fds=[there.fileno()], stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment
            )
        there.close()
        here.settimeout(LONGEST_S)
        _, (listener,), _, _ = socket.recv_fds(here, 1, 1)
        self.watch = Watch(listener)
        self._stream = here.makefile("rwb")
        assert self._answer() == "ready", self.log.read_text()

    def call(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        folder: Path | None = None,
        failure: Failure | Callable[[Call], int] | None = None,
    ) -> Any:
        """Run a function of a module that the child can import; arguments and result travel as JSON.

        Parameters
        ----------
        folder : Path, optional
            Where calls are counted and failed.
        failure : Failure or callable, optional
            What fails; a callable gets each call before it happens and returns an errno or 0.

        Raises
        ------
        ChildError
            What the function raised.
        """
        place = Path(function.__code__.co_filename).relative_to(ROOT).with_suffix("")
        self._stream.write(json.dumps([".".join(place.parts), function.__name__, arguments]).encode() + b"\n")
        if folder is not None:
            self.watch.begin(folder, failure)
        self._stream.flush()
        try:
            return self._answer()
        finally:
            self.watch.end()

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        with suppress(BrokenPipeError):
            self._stream.close()

    def restart(self) -> None:
        """Start a new process after one that has ended."""
        self.close()
        self.__init__(self._folder, self._qgis)  # type: ignore[misc]

    def _answer(self) -> Any:
        line = self._stream.readline()
        if not line:
            raise ChildError("Ended", f"the child ended with {self.process.wait()}", self.log.read_text()[-4000:])
        answer = json.loads(line)
        if "error" in answer:
            raise ChildError(*answer["error"])
        return answer["result"]


def run_algorithm(identifier: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Run an algorithm as Processing does; what it raises is what a user's program gets."""
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProject

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(identifier)
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    fits, message = algorithm.checkParameterValues(parameters, context)
    if not fits:
        raise ValueError(message)
    results, succeeded = algorithm.run(parameters, context, QgsProcessingFeedback(False), {}, False)
    assert succeeded
    return {key: _plain(value) for key, value in results.items()}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _start_qgis() -> list[Any]:
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    from twin_plugin.plugin import CityTwinPlugin

    plugin = CityTwinPlugin(None)
    plugin.initProcessing()
    return [application, plugin]


def _serve(stream: Any) -> None:
    for line in stream:
        module, name, arguments = json.loads(line)
        try:
            answer = {"result": getattr(importlib.import_module(module), name)(*arguments)}
        except Exception as error:  # noqa: BLE001 - the test asks what was raised
            answer = {"error": [type(error).__name__, str(error), traceback.format_exc()]}
        stream.write(json.dumps(answer).encode() + b"\n")
        stream.flush()


def main() -> None:
    """Hand this process's calls over, then run what comes over the socket."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    listener = seccomp.install()
    socket.send_fds(channel, [b"x"], [listener])
    os.close(listener)
    kept = _start_qgis() if sys.argv[2] == "qgis" else []
    stream = channel.makefile("rwb")
    stream.write(b'{"result": "ready"}\n')
    stream.flush()
    _serve(stream)
    del kept
    os._exit(0)


if __name__ == "__main__":
    main()

"""A RESULT written in a process of its own: HDF5 crashes where it cannot close a file, and must not take QGIS along."""

from __future__ import annotations

import logging
import signal
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from ....core.common.errors import ResourceError, TwinError, unwritable
from ....core.common.messages import Message
from ....core.common.spawn import spawn_context
from .mesh_file import MeshFile, MeshLayout

END_S = 10.0
"""How long the process may take to end after its last answer."""

_LOG = logging.getLogger(__name__)


class NoProcess(Exception):
    """The process cannot be started, or cannot write NetCDF."""


def open_file(path: str | Path, layout: MeshLayout) -> MeshFile | MeshProcess:
    """A RESULT in a process of its own, or in this one where no process can be started.

    Raises
    ------
    ResourceError
        When the file cannot be written, with the reason.
    """
    try:
        return MeshProcess(path, layout)
    except NoProcess as error:
        _LOG.warning("RESULT is written in QGIS's own process (%s).", error)
        return MeshFile(path, layout)


class MeshProcess:
    """A `MeshFile` in another process, with the same methods.

    Raises
    ------
    NoProcess
    ResourceError
        What a `MeshFile` raises, and when the process ends before its time.
    """

    def __init__(self, path: str | Path, layout: MeshLayout) -> None:
        self._path = Path(path)
        self._failure: TwinError | None = None
        try:
            context = spawn_context()
            self._channel, there = context.Pipe()
            self._process = context.Process(target=serve, args=(there,), daemon=True)
            self._process.start()
            there.close()
            able = self._channel.recv()
        except (ResourceError, OSError, EOFError) as error:
            raise NoProcess(str(error) or type(error).__name__) from error
        if not able:
            self._end()
            raise NoProcess("GDAL has no NetCDF there")
        try:
            self._ask("open", str(path), layout)
        except BaseException:
            self._end()
            raise

    def write(self, frame: Sequence[np.ndarray]) -> None:
        """Write the next frame; see `MeshFile.write`."""
        self._ask("write", [np.ascontiguousarray(values, np.float32) for values in frame])

    def describe(self, name: str, text: str) -> None:
        """Add an attribute of the file; see `MeshFile.describe`."""
        self._ask("describe", name, text)

    def close(self) -> None:
        """Close the file; what goes wrong there comes out in `check`."""
        if self._channel.closed or self._failure is not None:
            return
        try:
            self._ask("close")
        except TwinError as error:
            self._failure = error

    def check(self) -> None:
        """Read the closed file again; see `MeshFile.check`. It ends the process."""
        try:
            if self._failure is not None:
                raise self._failure
            self._ask("check")
        finally:
            self._end()

    def discard(self) -> None:
        """Let go of a file that is not wanted any more."""
        self._end()

    def _ask(self, what: str, *arguments: Any) -> None:
        """Have something done there; raises what it raises there."""
        try:
            self._channel.send((what, arguments))
            answer = self._channel.recv()
        except (EOFError, OSError) as error:
            self._end()
            reason = Message("the process that writes it ended with {code}", code=self._process.exitcode)
            raise unwritable(self._path, reason) from error
        if answer is not None:
            raise answer

    def _end(self) -> None:
        with suppress(OSError):
            self._channel.close()
        self._process.join(END_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def serve(channel: Connection) -> None:
    """Write a file as the other side asks, until it lets go: the process that `MeshProcess` starts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the side that asks is told of it
    channel.send(gdal.GetDriverByName("netCDF") is not None)
    file: MeshFile | None = None
    while True:
        try:
            what, arguments = channel.recv()
        except EOFError:
            if file is not None:
                file.discard()
            return
        try:
            if what == "open":
                file = MeshFile(*arguments)
            else:
                getattr(file, what)(*arguments)
        except TwinError as error:
            channel.send(error)
        else:
            channel.send(None)

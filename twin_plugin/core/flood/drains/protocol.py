"""How a run and the process that runs SWMM talk: requests and replies over a pipe, numbers as raw float64."""

from __future__ import annotations

import json
import struct
from enum import Enum
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
_HEAD = struct.Struct("<cI")


class Request(bytes, Enum):
    """What SWMM is asked to do; `Engine` has a method of the same name for each."""

    OPEN = b"o"
    BEGIN = b"b"
    STEP = b"s"
    TOTALS = b"t"
    SAVE = b"h"
    STATISTICS = b"e"


class Reply(bytes, Enum):
    """What a reply holds."""

    NUMBERS = b"n"
    TEXT = b"j"
    BYTES = b"y"
    FAILED = b"x"
    """An error of SWMM, as text."""


def send(pipe: BinaryIO, kind: Request | Reply, body: bytes) -> None:
    """Write a message."""
    pipe.write(_HEAD.pack(kind.value, len(body)) + body)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[bytes, bytes]:
    """Kind and body of the next message.

    Raises
    ------
    EOFError
        When the other side has ended.
    """
    kind, size = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    return kind, _exactly(pipe, size)


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    found = pipe.read(size)
    if len(found) < size:
        raise EOFError
    return found


def numbers(body: bytes) -> Vector:
    """A body as float64 numbers."""
    return np.frombuffer(body, np.float64)


def text(value: Any) -> bytes:
    """A value as the body of a message."""
    return json.dumps(value).encode()

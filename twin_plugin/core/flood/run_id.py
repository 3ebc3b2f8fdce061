"""The id of a flood run, by which its results know each other: a fingerprint of all that the run starts from."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import numpy as np

from .setup import FloodSetup

LETTERS = 12
"""Digits of an id: two of a million runs share one with a probability of 0.2 %."""
_WITHOUT_EFFECT = ("threads", "most_threads", "skip_dry", "keep_state", "read_mm")
"""Settings that change no bit of the results; what `read_mm` gives is in a digest beside it."""


def run_id(setup: FloodSetup) -> str:
    """The id of the run that a setup describes: the same for the same inputs, else another one.

    Parameters
    ----------
    setup : FloodSetup

    Returns
    -------
    str
        Hexadecimal digits.
    """
    digest = hashlib.blake2b(digest_size=LETTERS // 2)
    _feed(digest, setup)
    return digest.hexdigest()


def _feed(digest: Any, value: Any) -> None:
    """Add a value with its kind and size, so that no two values are written alike."""
    if is_dataclass(value) and not isinstance(value, type):
        digest.update(f"({type(value).__name__}".encode())
        for field in fields(value):
            if field.name not in _WITHOUT_EFFECT:
                digest.update(f"|{field.name}=".encode())
                _feed(digest, getattr(value, field.name))
    elif isinstance(value, np.ndarray):
        digest.update(f"[{value.dtype.str}{value.shape}".encode())
        digest.update(np.ascontiguousarray(value).data)
    elif isinstance(value, dict):
        digest.update(f"{{{len(value)}".encode())
        for key in sorted(value):
            _feed(digest, key)
            _feed(digest, value[key])
    elif isinstance(value, (list, tuple)):
        digest.update(f"<{len(value)}".encode())
        for item in value:
            _feed(digest, item)
    elif isinstance(value, Enum):
        digest.update(f"!{value.name}".encode())
    elif value is None or isinstance(value, (str, bool, int, float, np.number, np.bool_)):
        digest.update(f"'{type(value).__name__}{value!r}'".encode())
    else:
        raise TypeError(f"A run's setup holds a {type(value).__name__}, which its id does not know.")

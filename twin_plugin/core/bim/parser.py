"""Runs ifcopenshell's parser and reads from its log that memory ran out, or that it stopped half-way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ..common.errors import InputError
from ..common.warnings import CodedMessage
from .warnings import coded

OUT_OF_MEMORY = "Parsing terminated"
"""In the log when an allocation failed: a path reports it as a syntax error, a text not at all."""

STOPPED = re.compile(r"at offset (\d+) invalid (?:instance name|valid token)")
"""In the log when a statement without a number, or a value that is none, ended the parsing, and undid the references of
all that stand before; a text that is parsed half-way so gives a model without a word."""

ERROR = "[error]"
"""In the log for whatever the parser found wrong."""

MOST_DAMAGES = 5
"""Damaged statements that are left out; what stands behind one more is given up."""


def parse(path: Path, data: bytes | None) -> tuple[Any, list[CodedMessage]]:
    """The model in `data`, or in the file where that is None, and what was left out of it.

    Raises
    ------
    InputError
        When nothing can be made of it.
    MemoryError
        When it takes more memory than this process may use.
    """
    model, why, log = _attempt(path, data)
    damages, cut = 0, False
    while stop := STOPPED.search(log):
        if data is None:
            data = path.read_bytes()
            model, why, log = _attempt(path, data)
            continue
        data, cut = _without(data, int(stop.group(1)), damages >= MOST_DAMAGES)
        damages += 1
        model, why, log = _attempt(path, data)
    if OUT_OF_MEMORY in log:
        raise MemoryError(f"the parser ran out of memory over {path.name}")
    if model is None:
        raise InputError(coded("not_parsed", name=path.name, error=why))
    if damages and next(iter(model), None) is None:
        raise InputError(coded("all_statements_damaged", name=path.name))
    if cut:
        return model, [coded("rest_left_out")]
    return model, [coded("statements_left_out", count=damages)] if damages else []


def parse_clean(path: Path, data: bytes) -> Any | None:
    """The model in `data`; None where the parser found anything wrong in it."""
    model, _, log = _attempt(path, data)
    return None if ERROR in log or OUT_OF_MEMORY in log else model


def _without(data: bytes, offset: int, rest: bool) -> tuple[bytes, bool]:
    """The text without the statement at an offset, or without all that follows, and whether that was cut off."""
    text = data.decode("latin-1").encode()  # what the parser saw, by which it counts
    start = text.rfind(b";", 0, offset + 1) + 1
    end = text.find(b";", max(offset, start))
    if rest or end < 0 or not start:
        return text[:start].decode().encode("latin-1"), True
    return (text[:start] + text[end + 1 :]).decode().encode("latin-1"), False


def _attempt(path: Path, data: bytes | None) -> tuple[Any, str, str]:
    """A model or None, what ifcopenshell said, and its log."""
    import ifcopenshell

    ifcopenshell.get_log()  # forgets what other files left there
    model, why = None, ""
    try:
        model = ifcopenshell.open(str(path)) if data is None else ifcopenshell.file.from_string(data.decode("latin-1"))
    except (ifcopenshell.Error, ifcopenshell.SchemaError, OSError, RuntimeError) as error:
        why = str(error).strip() or type(error).__name__
    return model, why, str(ifcopenshell.get_log())

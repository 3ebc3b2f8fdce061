"""Says where a worker crashed: its last calls, which xdist's report of the crash leaves out."""

from __future__ import annotations

import faulthandler
import os
import sys
import tempfile
import traceback
from functools import partial
from pathlib import Path

import pytest

_folder = pytest.StashKey[str]()
_RUNNER = ("/pluggy/", "/_pytest/", "/xdist/", "/execnet/", "Extension modules:", "<string>")
"""Calls that every test has above it."""


def _trace(folder: str, worker: str) -> Path:
    return Path(folder) / f"{worker}.txt"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Tell a worker where to leave the calls of a crash."""
    stash = node.config.stash
    if _folder not in stash:
        stash[_folder] = tempfile.mkdtemp(prefix="city-twin-crashes-")
    node.workerinput["crashes"] = stash[_folder]


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session):
    """In a worker: have Python write there what every thread calls when the process is killed by a fault."""
    given = getattr(session.config, "workerinput", None)
    if given:
        session.config.stash[_folder] = given["crashes"]
        file = _trace(given["crashes"], given["workerid"]).open("w", encoding="utf-8")
        session.config.crash_file = file  # open as long as the worker lives
        faulthandler.enable(file)
        sys.excepthook = partial(_note, file)


def _note(file, kind, value, trace):
    """Write an exception that nobody caught, and end: in a slot of Qt it does so anyway, and its text was lost."""
    traceback.print_exception(kind, value, trace, file=file)
    file.flush()
    os.abort()


def pytest_terminal_summary(terminalreporter, config):
    """Print what workers that crashed have left."""
    folder = config.stash.get(_folder, "")
    for path in sorted(Path(folder).glob("*.txt")) if folder else ():
        lines = path.read_text("utf-8", "replace").splitlines()
        told = [line for line in lines if not any(part in line for part in _RUNNER)]
        if told:
            terminalreporter.section(f"the calls of {path.stem} when it crashed")
            terminalreporter.write_line("\n".join(told[:40]))

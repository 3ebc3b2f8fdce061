"""What becomes of a crashed worker: its last calls, which xdist's report leaves out, and another run of its test.

A test that crashes does so again, unless the cause lies in another thread or in an earlier test. Then the crash and its
calls stand at the end of the output, for a developer to find the cause. A second crash of a run is a failure.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from functools import partial
from pathlib import Path

import pytest

_folder = pytest.StashKey[str]()
_crashed = pytest.StashKey[list[str]]()
_RUNNER = ("/pluggy/", "/_pytest/", "/xdist/", "/execnet/", "Extension modules:", "<string>", "/python(", "/python[")
"""Calls that every test has above it, and those of the interpreter."""


def may_run_again(config, test):
    """Whether a test that crashed its worker is run again: the first of a run."""
    crashed = config.stash.setdefault(_crashed, [])
    crashed.append(test)
    return len(crashed) == 1


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
        _add_native_calls(file.fileno(), Path(given["crashes"]) / f"{given['workerid']}.so")
        sys.excepthook = partial(_note, file)


def _add_native_calls(descriptor, library):
    """Have the calls of C++ written too, where there is a compiler: a fault in Qt's events shows none of Python's."""
    compiler = shutil.which("cc")
    if compiler is None:
        return
    source = Path(__file__).with_name("native_trace.c")
    done = subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source)], capture_output=True)
    if done.returncode == 0:
        ctypes.CDLL(str(library)).start(descriptor)


def _readable(lines):
    """The lines with the names of C++ as in the source."""
    program = shutil.which("c++filt")
    if program is None:
        return lines
    done = subprocess.run([program], input="\n".join(lines), capture_output=True, text=True)
    return done.stdout.splitlines() if done.returncode == 0 else lines


def _note(file, kind, value, trace):
    """Write an exception that nobody caught, and end: in a slot of Qt it does so anyway, and its text was lost."""
    traceback.print_exception(kind, value, trace, file=file)
    file.flush()
    os.abort()


def pytest_terminal_summary(terminalreporter, config):
    """Print what workers that crashed have left."""
    folder = config.stash.get(_folder, "")
    for test in config.stash.get(_crashed, [])[:1]:
        terminalreporter.section("a worker crashed")
        terminalreporter.write_line(f"{test} crashed its worker and was run again. Find the cause: the calls follow.")
    for path in sorted(Path(folder).glob("*.txt")) if folder else ():
        lines = path.read_text("utf-8", "replace").splitlines()
        told = [line for line in lines if not any(part in line for part in _RUNNER)]
        if told:
            terminalreporter.section(f"the calls of {path.stem} when it crashed")
            terminalreporter.write_line("\n".join(_readable(told[:120])))

"""Keeps some programs running until whoever started it is gone: then it stops them and removes their folder.

    python watch.py SPEC.json

The starter holds the other end of standard input: when that closes, also because the starter was killed, all is
stopped. It ends by itself when one of the programs does. The specification is written by process.py.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE_S = 10.0
PR_SET_PDEATHSIG = 1


def _dies_with_us(stop: int) -> Callable[[], None]:
    """Should this watcher itself be killed, the kernel tells the program to stop."""
    libc = ctypes.CDLL(None, use_errno=True)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, stop)


def launch(command: dict, log: object) -> subprocess.Popen:
    options = {}
    if command.get("user"):
        options = {"user": command["user"], "group": command["user"], "extra_groups": []}
    return subprocess.Popen(
        command["argv"],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd=command["folder"],
        env=command["environment"],
        start_new_session=True,
        preexec_fn=_dies_with_us(command["stop"]),
        **options,
    )


def end(process: subprocess.Popen, stop: int) -> None:
    """Ask a program to stop, wait, then kill what is left of its group."""
    if process.poll() is None:
        process.send_signal(stop)
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            pass
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    process.wait()


def main() -> int:
    """Run until a signal; 1 when a program ended by itself."""
    specification = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    told = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, frame: told.append(number))
    running: list[tuple[subprocess.Popen, int]] = []
    failed = False
    try:
        with open(specification["log"], "ab", buffering=0) as log:
            for command in specification["commands"]:
                # One by one: what was started must be stopped when a later one cannot start.
                running.append((launch(command, log), command["stop"]))  # noqa: PERF401
            while not told and not failed:
                ready, _, _ = select.select([0], [], [], 0.2)
                if ready and not os.read(0, 64):
                    break
                failed = any(process.poll() is not None for process, _ in running)
    finally:
        for process, stop in reversed(running):
            end(process, stop)
        if specification["remove"] and not failed:
            _remove(Path(specification["remove"]))
    return int(failed)


def _remove(folder: Path) -> None:
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())

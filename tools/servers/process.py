"""Starts programs as servers on loopback and stops them for sure, also when the process that started them is killed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
# A worktree that borrows the environment of another checkout by a link borrows the servers' as well.
VENVS = next(
    (path for path in (ROOT / ".venv-servers", (ROOT / ".venv").resolve().parent / ".venv-servers") if path.exists()),
    ROOT / ".venv-servers",
)
READY_S = 60.0
HOST = "127.0.0.1"


class Unavailable(Exception):
    """A server that is not installed here; the text says what installs it."""


class Failed(Exception):
    """A server that did not come up, with the end of its log."""


@dataclass(frozen=True)
class Command:
    """A program to keep running: `stop` is the signal that ends it well, `folder` where it works (default scratch)."""

    argv: Sequence[str | Path]
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str = ""
    stop: int = signal.SIGTERM
    folder: Path | None = None


def free_port() -> int:
    """A port of loopback that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def program(*places: str, package: str) -> Path:
    """The first of the programs that is there."""
    for place in places:
        found = shutil.which(place)
        if found:
            return Path(found)
    raise Unavailable(f"{places[0]} is not installed (Debian: {package}; `make develop` installs it)")


def venv_python(name: str, module: str) -> Path:
    """The Python of one of the servers' own environments."""
    python = VENVS / name / "bin" / "python"
    if not python.exists() or not list((VENVS / name).glob(f"lib/python3*/site-packages/{module}")):
        raise Unavailable(f"{module} is not in {VENVS / name} (`make develop` installs it)")
    return python


@contextlib.contextmanager
def scratch(name: str) -> Iterator[Path]:
    """A new folder that other users may pass through; removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"twin-{name}-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(
    commands: Sequence[Command], folder: Path, ready: Callable[[], bool], log: Path | None = None, remove: bool = True
) -> Iterator[Path]:
    """Keep programs running in the with block; gives the path of their log.

    Parameters
    ----------
    commands : sequence of Command
        Started in this order, stopped in the other.
    folder : Path
        Their working folder; removed at the end with `remove`, also when this process is killed.
    ready : callable
        Asked again and again until it says True.

    Raises
    ------
    Failed
        When a program ends, or is not ready in time.
    """
    log = log or folder / "server.log"
    inherited = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    specification = {
        "log": str(log),
        "remove": str(folder) if remove else "",
        "commands": [
            {
                "argv": [str(part) for part in command.argv],
                "environment": {**inherited, **command.environment},
                "user": command.user,
                "stop": int(command.stop),
                "folder": str(command.folder or folder),
            }
            for command in commands
        ],
    }
    paper = folder / "watch.json"
    # It may hold a password of a scratch database.
    with open(os.open(paper, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(specification, file)
    watcher = subprocess.Popen(
        [_plain_python(), "-I", Path(__file__).with_name("watch.py"), paper],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
    try:
        _wait(watcher, ready, log)
        yield log
    finally:
        watcher.stdin.close()
        watcher.wait(60)


def _plain_python() -> str:
    return "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys.executable


def _wait(watcher: subprocess.Popen, ready: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + READY_S
    while not ready():
        if watcher.poll() is not None or time.monotonic() > end:
            told = log.read_text("utf-8", "replace").splitlines()[-25:] if log.exists() else []
            why = "it ended" if watcher.poll() is not None else f"not ready after {READY_S:g} s"
            raise Failed(f"a server did not come up ({why}):\n  " + "\n  ".join(told))
        time.sleep(0.1)


def answers(url: str, contains: str = "") -> Callable[[], bool]:
    """A question for `running`: does the address answer with 200, and with this text in it?"""

    def ask() -> bool:
        try:
            with _opener.open(url, timeout=5) as reply:
                return reply.status == 200 and contains.encode() in reply.read(1 << 20)
        except (OSError, urllib.error.URLError):
            return False

    return ask


# Loopback is never asked for through a proxy.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

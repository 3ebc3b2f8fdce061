"""Names of unfinished files and folders that tell whose they are, so that those of a killed run can be removed."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import sys
import uuid
from functools import lru_cache
from pathlib import Path
from typing import Any

from . import move_journal

PREFIX = ".twin-"
NAME_BYTES = 255
"""What a name may have on the usual file systems; a few of them are kept for what SQLite appends."""
_RESERVED = len("-journal")
_NAME = re.compile(
    r"\.twin-(?P<aside>old-)?(?P<host>[0-9a-f]{8})-(?P<pid>\d+)-(?P<start>[0-9a-f]+)-[0-9a-f]{8}(?:-(?P<tail>.*))?",
    re.DOTALL,
)


def name(ending: str = "") -> str:
    """A new name, for something unfinished in the folder of its destination.

    Parameters
    ----------
    ending : str
        The name of the destination, where its ending must be right already; a long one is cut, its suffix is kept.

    Returns
    -------
    str
        ``.twin-HOST-PID-START-RANDOM`` or ``.twin-HOST-PID-START-RANDOM-ENDING``.
    """
    head = f"{PREFIX}{_owner()}"
    if not ending:
        return head
    room = NAME_BYTES - _RESERVED - len(head) - 1
    return f"{head}-{_cut(ending, room)}"


def aside(destination: str) -> str:
    """A new name for a file or folder of the user's while its replacement takes its place.

    A run that is killed in between leaves the destination without its file: `clean` puts it back.
    """
    return f"{PREFIX}old-{_owner()}-{destination}"


def tail(file_name: str) -> str:
    """The name that a name of this module was given for; another name is returned as it is."""
    match = _NAME.fullmatch(file_name)
    return match["tail"] or "" if match else file_name


def clean(folder: Path) -> int:
    """Remove what killed runs of this machine left in a folder; returns how many files and folders.

    A file that was set `aside` goes back to its place if that is empty; what a `move_journal` names is taken back as a
    whole. Whatever has another name, comes from another machine or belongs to a process that still runs is not touched.
    What cannot be removed stays: the next run tries again.
    """
    try:
        found = [entry for entry in os.scandir(folder) if entry.name.startswith(PREFIX)]
    except OSError:
        return 0
    journals_first = sorted(found, key=lambda entry: not entry.name.endswith(f"-{move_journal.ENDING}"))
    return sum(_clear(Path(entry.path)) for entry in journals_first)


def _clear(path: Path) -> bool:
    match = _NAME.fullmatch(path.name)
    if match is None or match["host"] != _host() or _start(int(match["pid"])) == match["start"]:
        return False
    try:
        if match["tail"] == move_journal.ENDING and not match["aside"]:
            move_journal.take_back(path)
        elif match["aside"] and not os.path.lexists(place := path.with_name(match["tail"])):
            path.rename(place)
        elif path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError:
        return False
    return True


def _owner() -> str:
    return f"{_host()}-{os.getpid()}-{_start(os.getpid())}-{uuid.uuid4().hex[:8]}"


def _cut(text: str, room: int) -> str:
    suffix = Path(text).suffix
    stem = os.fsencode(text[: len(text) - len(suffix)])[: max(0, room - len(os.fsencode(suffix)))]
    return stem.decode("utf-8", "ignore") + suffix


@lru_cache(maxsize=1)
def _host() -> str:
    """This machine and, on Linux, its space of process ids: a number of a container means nothing outside of it."""
    try:
        space = os.readlink("/proc/self/ns/pid")
    except OSError:
        space = ""
    return hashlib.sha256(f"{platform.node()} {space}".encode()).hexdigest()[:8]


def _start(pid: int) -> str:
    """When a process was started, as hexadecimal digits; another value once it has ended and its number is used again.

    Where the system does not tell the time, "0" for every process that runs. "" for none.
    """
    if sys.platform == "linux":
        return _start_linux(pid)
    if sys.platform == "win32":
        return _start_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except OSError:
        pass  # it runs, as another user's
    return "0"


def _start_linux(pid: int) -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")[:8]
        # The name of the program, in brackets, may hold anything.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    state, ticks = fields[0], int(fields[19])
    return "" if state in "ZX" else f"{boot}{ticks:x}"


def _start_windows(pid: int) -> str:
    import ctypes
    from ctypes import wintypes

    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.OpenProcess.restype = wintypes.HANDLE
    query_limited, access_denied, still_active = 0x1000, 5, 259
    process = kernel.OpenProcess(query_limited, False, pid)
    if not process:
        return "0" if ctypes.get_last_error() == access_denied else ""  # type: ignore[attr-defined]
    try:
        code = wintypes.DWORD()
        times = [wintypes.FILETIME() for _ in range(4)]
        kernel.GetExitCodeProcess(wintypes.HANDLE(process), ctypes.byref(code))
        if code.value != still_active:
            return ""
        kernel.GetProcessTimes(wintypes.HANDLE(process), *(ctypes.byref(time) for time in times))
        return f"{times[0].dwHighDateTime:x}{times[0].dwLowDateTime:08x}"
    finally:
        kernel.CloseHandle(wintypes.HANDLE(process))

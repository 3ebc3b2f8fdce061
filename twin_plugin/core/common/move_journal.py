"""What a run is about to move in a folder, so that the next run can take it back when the first is killed halfway.

Whoever can put files into the folder can put a journal there as well. So it is read as data from outside: it names
files of its own folder and nothing else.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

ENDING = "moves"
"""How the name of a journal ends; the rest of it is one of `leftovers.name`."""


def note(journal: Path, target: Path, new: Path | None, old: Path | None) -> None:
    """Write down a move before it happens.

    Parameters
    ----------
    journal : Path
        In the folder of the target.
    target : Path
        The place.
    new : Path or None
        The file that takes it; None where one is only taken away.
    old : Path or None
        Where the file goes that is there now; None where there is none.
    """
    entry = {"target": target.name, "old": old.name if old else None, "new": _mark(new) if new else None}
    with journal.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(entry) + "\n")


def take_back(journal: Path) -> None:
    """Undo the moves of a run that was killed, the last first, and remove its journal.

    What somebody has changed or removed since then stays as it is now.
    """
    is_file = stat.S_ISREG(os.lstat(journal).st_mode)  # a pipe would never end, a link leads elsewhere
    for line in reversed(journal.read_text("utf-8", errors="replace").splitlines() if is_file else []):
        # The last line may be half written: then its move did not begin.
        with suppress(ValueError, RecursionError, OSError):
            _take_back(journal.parent, json.loads(line))
    journal.unlink()


def _take_back(folder: Path, entry: Any) -> None:
    if not isinstance(entry, dict):
        raise ValueError(entry)  # noqa: TRY004 (it is what json raises)
    new = entry.get("new")
    place = folder / _plain(entry.get("target"))
    aside = None if entry.get("old") is None else folder / _plain(entry["old"])
    moved = os.path.lexists(place) and _mark(place) == new
    if aside is not None and aside.exists():
        if moved or not os.path.lexists(place):
            os.replace(aside, place)
    elif aside is None and moved:
        place.unlink()


def _plain(name: Any) -> str:
    """The name of a file in the folder, and no way out of it."""
    if not isinstance(name, str) or name in ("", "..") or Path(name).name != name:
        raise ValueError(name)
    return name


def _mark(path: Path) -> list[int]:
    """What tells a file from another one and from itself after a change; renaming leaves it."""
    found = os.lstat(path)
    return [found.st_ino, found.st_size, found.st_mtime_ns]

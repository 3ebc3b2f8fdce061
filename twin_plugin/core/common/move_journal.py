"""What a run is about to move in a folder, so that the next run can take it back when the first is killed halfway."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

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
    for line in reversed(journal.read_text("utf-8").splitlines()):
        with suppress(ValueError, OSError):  # the last line may be half written: then its move did not begin
            _take_back(journal.parent, **json.loads(line))
    journal.unlink()


def _take_back(folder: Path, target: str, old: str | None, new: list[int] | None) -> None:
    place, aside = folder / target, folder / old if old else None
    moved = os.path.lexists(place) and _mark(place) == new
    if aside is not None and aside.exists():
        if moved or not os.path.lexists(place):
            os.replace(aside, place)
    elif aside is None and moved:
        place.unlink()


def _mark(path: Path) -> list[int]:
    """What tells a file from another one and from itself after a change; renaming leaves it."""
    found = os.lstat(path)
    return [found.st_ino, found.st_size, found.st_mtime_ns]

"""Waits for a SQLite file that another program has locked: for a while, and not when the user cancels."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from typing import TypeVar

from .errors import ResourceError
from .patience import POLL_S, wait_until
from .progress import Progress

WAIT_S = 10.0
"""How long a run waits until another program lets go of a file."""
Result = TypeVar("Result")


def patiently(database: sqlite3.Connection, action: Callable[[], Result], progress: Progress) -> Result:
    """Do what needs a lock as soon as no other program has it.

    Parameters
    ----------
    database : sqlite3.Connection
        Whose own time-out is `WAIT_S`, for what is done without this function.
    action : callable
        A statement such as BEGIN IMMEDIATE or COMMIT, which can be tried again when it was refused a lock.
    progress : Progress
        Asked whether to go on while it waits.

    Raises
    ------
    sqlite3.OperationalError
        When the lock does not come in time; see `is_locked`.
    Cancelled
        When `progress` says so.
    """
    results: list[Result] = []
    refusals: list[sqlite3.OperationalError] = []

    def done() -> bool:
        try:
            results.append(action())
        except sqlite3.OperationalError as error:
            if not is_locked(error):
                raise
            refusals.append(error)
        return bool(results)

    database.execute(f"PRAGMA busy_timeout = {int(1000 * POLL_S)}")
    try:
        if not wait_until(done, WAIT_S, lambda: progress(math.nan, "")):
            raise refusals[-1]
    finally:
        database.execute(f"PRAGMA busy_timeout = {int(1000 * WAIT_S)}")
    return results[0]


def damage(database: sqlite3.Connection) -> str:
    """What SQLite's quick check finds wrong with a file first; "" for nothing. It reads the whole file.

    Texts are not compared with anything: a letter that was changed is not found.
    """
    kept, database.text_factory = database.text_factory, bytes
    try:
        (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
    finally:
        database.text_factory = kept
    text = str(found.decode("utf-8", "replace"))
    return "" if text == "ok" else text


def is_locked(error: sqlite3.Error) -> bool:
    """Whether a statement failed because another program, or another connection, has the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def locked(name: str) -> ResourceError:
    """The error for a database that another program keeps locked; `name` says which, as the subject of a sentence."""
    return ResourceError(
        "{name} is being written by another program: save or end editing there, and try again.", name=name
    )

"""Another program that has a GeoPackage open, as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROGRAM = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
for command in sys.argv[2:]:
    base.execute(command).fetchall()
print("locked", flush=True)
sys.stdin.read()
"""

WAYS = {
    "exclusive": ["BEGIN EXCLUSIVE"],
    "immediate": ["BEGIN IMMEDIATE"],
    "reader": ["BEGIN", "SELECT * FROM gpkg_contents"],
    "wal writer": ["PRAGMA journal_mode = wal", "BEGIN IMMEDIATE"],
    "wal reader": ["PRAGMA journal_mode = wal", "BEGIN", "SELECT * FROM gpkg_contents"],
}


@contextmanager
def locked(path: Path, way: str) -> Iterator[subprocess.Popen]:
    """Hold a lock inside a with block; closing the process's stdin ends it sooner."""
    command = [sys.executable, "-c", _PROGRAM, str(path), *WAYS[way]]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"locked\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        if not process.stdin.closed:
            process.stdin.close()

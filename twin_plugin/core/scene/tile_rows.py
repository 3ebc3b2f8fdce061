"""The buildings of a tile as bytes: what a worker is sent, and what tells whether a tile has to be made again."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.prisms import Prisms
from .scene import Buildings

Floats = NDArray[np.float64]
BUILDING, BODY, STOREY, ROOM = range(4)
_BUILDING = struct.Struct("<BIII")
_BODY = struct.Struct("<BIiddI")
MOST_HELD = 64_000_000
"""Bytes that a spool holds before it writes them."""


def building_row(identity: str, name: str, use: str) -> bytes:
    """A building; the first of a tile is its number 0."""
    texts = [text.encode("utf-8", "replace") for text in (identity, name, use)]
    return b"".join([_BUILDING.pack(BUILDING, *map(len, texts)), *texts])


def body_row(kind: int, owner: int, number: int, bottom_m: float, top_m: float, outline: bytes) -> bytes:
    """A body, storey or room below ground of a building of the tile; the outline is WKB."""
    return _BODY.pack(kind, owner, number, bottom_m, top_m, len(outline)) + outline


def decode(data: bytes) -> Buildings:
    """The buildings of a tile."""
    texts: list[tuple[str, ...]] = []
    bodies: dict[int, list[tuple[int, int, float, float, bytes]]] = defaultdict(list)
    at = 0
    while at < len(data):
        if data[at] == BUILDING:
            _, *sizes = _BUILDING.unpack_from(data, at)
            at += _BUILDING.size
            found = []
            for size in sizes:
                found.append(data[at : at + size].decode("utf-8"))
                at += size
            texts.append(tuple(found))
        else:
            kind, owner, number, bottom, top, size = _BODY.unpack_from(data, at)
            at += _BODY.size
            bodies[kind].append((owner, number, bottom, top, data[at : at + size]))
            at += size
    ids, names, uses = zip(*texts, strict=True) if texts else ((), (), ())
    prisms = {kind: _prisms(bodies[kind], ids, names) for kind in (BODY, STOREY, ROOM)}
    numbers = np.array([row[1] for row in bodies[STOREY]], np.int64)
    return Buildings(prisms[BODY], tuple(uses), prisms[STOREY], numbers, prisms[ROOM])


def _prisms(rows: list[tuple[int, int, float, float, bytes]], ids: tuple[str, ...], names: tuple[str, ...]) -> Prisms:
    outlines = np.empty(len(rows), object)
    outlines[:] = shapely.from_wkb([row[4] for row in rows])
    owner = np.array([row[0] for row in rows], np.int64)
    bottom, top = (np.array([row[k] for row in rows], np.float64) for k in (2, 3))
    return Prisms(outlines, bottom, top, owner, ids, names)


class Spool:
    """Rows by tile in a folder, so that the memory needs not hold those of a city."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[int, list[bytes]] = defaultdict(list)
        self._size = 0

    def add(self, tile: int, rows: Iterable[bytes]) -> None:
        """Add rows of a tile after those that it has; raises OSError."""
        for row in rows:
            self._held[tile].append(row)
            self._size += len(row)
        if self._size > MOST_HELD:
            self.flush()

    def flush(self) -> None:
        """Write what is held; raises OSError."""
        for tile, rows in self._held.items():
            with self._path(tile).open("ab") as stream:
                stream.write(b"".join(rows))
        self._held.clear()
        self._size = 0

    def read(self, tile: int) -> bytes:
        """All rows of a tile; raises OSError."""
        path = self._path(tile)
        return (path.read_bytes() if path.exists() else b"") + b"".join(self._held.get(tile, []))

    def _path(self, tile: int) -> Path:
        return self._folder / f"{tile}.rows"

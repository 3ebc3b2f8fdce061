"""The buildings of a tile as bytes: what a worker is sent, and what tells whether a tile has to be made again."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.errors import Cancelled
from ..common.patience import GoOn
from ..common.prisms import Prisms
from ..common.solid import Solid
from .scene import Buildings

Floats = NDArray[np.float64]
BUILDING, BODY, STOREY, ROOM, SHELL = range(5)
_BUILDING = struct.Struct("<BIII")
_BODY = struct.Struct("<BIiddI")
_SHELL = struct.Struct("<BIII")
BATCH = 5_000
"""Rows between two looks whether to go on."""
MOST_HELD = 64_000_000
"""Bytes that a spool holds before it writes them."""


def building_row(identity: str, name: str, use: str) -> bytes:
    """A building; the first of a tile is its number 0."""
    texts = [text.encode("utf-8", "replace") for text in (identity, name, use)]
    return b"".join([_BUILDING.pack(BUILDING, *map(len, texts)), *texts])


def body_row(kind: int, owner: int, number: int, bottom_m: float, top_m: float, outline: bytes) -> bytes:
    """A body, storey or room below ground of a building of the tile; the outline is WKB."""
    return _BODY.pack(kind, owner, number, bottom_m, top_m, len(outline)) + outline


def shell_row(owner: int, shell: Solid) -> bytes:
    """The closed shell of a building of the tile."""
    arrays = (shell.points.astype("<f8"), shell.counts.astype("<u4"), shell.faces.astype("<u4"))
    head = _SHELL.pack(SHELL, owner, len(shell.points), len(shell.counts))
    return b"".join([head, *(array.tobytes() for array in arrays)])


def _shell(data: bytes, at: int) -> tuple[int, Solid, int]:
    """The owner and the shell of a row, and where the next row begins."""
    _, owner, corners, rings = _SHELL.unpack_from(data, at)
    at += _SHELL.size
    points = np.frombuffer(data, "<f8", 3 * corners, at).reshape(-1, 3)
    at += points.nbytes
    counts, faces = (np.frombuffer(data, "<u4", rings, at + k * 4 * rings).astype(np.int64) for k in range(2))
    return owner, Solid(points.astype(np.float64), counts, faces), at + 8 * rings


class RowSorter:
    """Gives the rows of each tile.

    Parameters
    ----------
    leaves : sequence of ndarray of int64
        The buildings of each tile.
    count : int
        Of all buildings.
    """

    def __init__(self, leaves: Sequence[NDArray[np.int64]], count: int) -> None:
        self._leaves = leaves
        self._leaf, self._place = np.zeros(count, np.int64), np.zeros(count, np.int64)
        for number, members in enumerate(leaves):
            self._leaf[members], self._place[members] = number, np.arange(len(members))

    def buildings(self, ids: Sequence[str], names: Sequence[str], uses: Sequence[str]) -> Iterator[tuple[int, bytes]]:
        """The number of a tile and the row of each building: these come first."""
        for number, members in enumerate(self._leaves):
            for k in members.tolist():
                yield number, building_row(ids[k], names[k], uses[k])

    def prisms(
        self, kind: int, prisms: Prisms, numbers: NDArray[np.int64] | None = None
    ) -> Iterator[tuple[int, bytes]]:
        """Of each body, storey or room below ground."""
        if not len(prisms):
            return
        outlines = shapely.to_wkb(prisms.outlines, output_dimension=2, byte_order=1)
        own = np.zeros(len(prisms), np.int64) if numbers is None else numbers
        columns = (self._leaf[prisms.owner], self._place[prisms.owner], own, prisms.bottom_m, prisms.top_m, outlines)
        for tile, owner, number, bottom, top, outline in zip(*(column.tolist() for column in columns), strict=True):
            yield tile, body_row(kind, owner, number, bottom, top, outline)

    def shells(self, shells: Mapping[int, Solid]) -> Iterator[tuple[int, bytes]]:
        """Of each shell, by the place of its building."""
        for k, shell in sorted(shells.items()):
            yield int(self._leaf[k]), shell_row(int(self._place[k]), shell)


def rows_by_tile(city: Buildings, leaves: Sequence[NDArray[np.int64]]) -> list[bytes]:
    """The rows of all tiles of buildings that are in memory."""
    sorter = RowSorter(leaves, len(city))
    rows: list[list[bytes]] = [[] for _ in leaves]
    for tile, row in chain(
        sorter.buildings(city.bodies.ids, city.bodies.names, city.uses),
        sorter.prisms(BODY, city.bodies),
        sorter.prisms(ROOM, city.underground),
        sorter.shells(city.shells),
        sorter.prisms(STOREY, city.storeys, city.storey_numbers),
    ):
        rows[tile].append(row)
    return [b"".join(own) for own in rows]


def decode(data: bytes) -> Buildings:
    """The buildings of a tile."""
    texts: list[tuple[str, ...]] = []
    bodies: dict[int, list[tuple[int, int, float, float, bytes]]] = defaultdict(list)
    shells: dict[int, Solid] = {}
    at = 0
    while at < len(data):
        if data[at] == SHELL:
            owner, shell, at = _shell(data, at)
            shells.setdefault(owner, shell)
        elif data[at] == BUILDING:
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
    return Buildings(prisms[BODY], tuple(uses), prisms[STOREY], numbers, prisms[ROOM], shells)


def _prisms(rows: list[tuple[int, int, float, float, bytes]], ids: tuple[str, ...], names: tuple[str, ...]) -> Prisms:
    outlines = np.empty(len(rows), object)
    outlines[:] = shapely.from_wkb([row[4] for row in rows])
    owner = np.array([row[0] for row in rows], np.int64)
    bottom, top = (np.array([row[k] for row in rows], np.float64) for k in (2, 3))
    return Prisms(outlines, bottom, top, owner, ids, names)


class Spool:
    """Rows by tile in a folder, so that the memory needs not hold those of a city."""

    def __init__(self, folder: Path, go_on: GoOn = lambda: True) -> None:
        """`go_on` is asked now and then: where it says no, `add` and `read` raise Cancelled."""
        self._folder, self._go_on, self._count = folder, go_on, 0
        self._held: dict[int, list[bytes]] = defaultdict(list)
        self._size = 0

    def add(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """Add rows, each with its tile, after those that it has; raises OSError."""
        for tile, row in rows:
            self._held[tile].append(row)
            self._size += len(row)
            self._count += 1
            if self._count % BATCH == 0:
                self._ask()
                if self._size > MOST_HELD:
                    self.flush()

    def _ask(self) -> None:
        if not self._go_on():
            raise Cancelled

    def flush(self) -> None:
        """Write what is held; raises OSError."""
        for tile, rows in self._held.items():
            with self._path(tile).open("ab") as stream:
                stream.write(b"".join(rows))
        self._held.clear()
        self._size = 0

    def read(self, tile: int) -> bytes:
        """All rows of a tile; raises OSError."""
        self._ask()
        path = self._path(tile)
        return (path.read_bytes() if path.exists() else b"") + b"".join(self._held.get(tile, []))

    def _path(self, tile: int) -> Path:
        return self._folder / f"{tile}.rows"

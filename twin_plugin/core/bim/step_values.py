"""Values of a STEP file's records, read from the text in bulk: what records refer to, coordinates, placements."""

from __future__ import annotations

import warnings

import numpy as np

from .model import Floats
from .step_table import Flags, Ints, StepTable, kinds_of, ranges

OPEN, CLOSE = ord("("), ord(")")
DEEPEST = 64
"""Placements that hang on more others than this are left to ifcopenshell, which knows what to make of a loop."""

SMALL = 1e-9
ASLANT = 1e-3
"""The sine of an angle between axes, below which they count as parallel."""

SHARING, SPARE = 4, 1_000_000
"""What records that are shared add up to may be so many times what is written, and so much more."""


class TooMuch(Exception):
    """Shared records would unfold to many times what is written; a file of a megabyte could fill any memory."""


class Values:
    """Bulk access to a table's records.

    A result comes with flags of what is as expected; what is not belongs to a parser. Lengths are in metres, each
    multiplied by the project's unit before anything is computed with it, as kernels do.
    """

    def __init__(self, table: StepTable, schema: str, unit_m: float, angle_rad: float = 1.0) -> None:
        self.table, self.schema, self.unit_m, self.angle_rad = table, schema, unit_m, angle_rad
        self.counts: Ints = np.diff(table.first)
        self._view = np.frombuffer(table.data, np.uint8)
        self._kinds = {name: number for number, name in enumerate(kinds_of(schema).names)}
        self._chosen: dict[tuple[str, ...], Flags] = {}

    def kind(self, name: str) -> int:
        """The number of a class; -1 where the schema lacks it."""
        return self._kinds.get(name, -1)

    def is_kind(self, records: Ints, *names: str) -> Flags:
        """Whether records are of exactly one of these classes; those that are missing (-1) are not."""
        chosen = self._chosen.get(names)
        if chosen is None:
            chosen = self._chosen[names] = np.zeros(len(self._kinds) + 1, dtype=np.bool_)
            chosen[[self._kinds[name] for name in names if name in self._kinds]] = True
        return (records >= 0) & chosen[self.table.kinds[records]]

    def kind_name(self, record: int) -> str:
        """The class of a record; "" for one that the schema lacks."""
        names, number = kinds_of(self.schema).names, int(self.table.kinds[record])
        return names[number] if number < len(names) else ""

    def expand(self, records: Ints) -> tuple[Ints, Ints]:
        """What records refer to: the place in `records` of each reference, and the record it leads to (-1: none)."""
        counts = self.counts[records]
        if counts.sum() > SHARING * len(self.table.targets) + SPARE:
            raise TooMuch
        edges = ranges(self.table.first[records], counts)
        return np.repeat(np.arange(len(records)), counts), self.table.targets[edges]

    def reference(self, records: Ints, number: int) -> Ints:
        """The record that the reference of this number leads to; -1 where there is none."""
        table = self.table
        there = (records >= 0) & (self.counts[records] > number)
        at = np.minimum(table.first[records] + number, max(len(table.targets) - 1, 0))
        found = table.targets[at] if len(table.targets) else np.full(len(records), -1)
        return np.where(there, found, -1)

    def arguments(self, record: int) -> list[bytes]:
        """The values of a record that has no texts with commas and no lists, as they are written."""
        table = self.table
        inside = table.data[table.opens[record] + 1 : table.ends[record] - 1].rstrip().removesuffix(b")")
        return [part.strip() for part in inside.split(b",")]

    def last(self, record: int, count: int) -> list[bytes]:
        """The last values of a record, as they are written; none where another number stands before them.

        A record with a value too many is read from its beginning by a parser, which it is left to.
        """
        table = self.table
        written = table.data[table.opens[record] + 1 : table.ends[record] - 1].rstrip()[:-1]
        head, *parts = written.rsplit(b",", count)
        before = head[head.rfind(b",") + 1 :].strip()
        return parts if len(parts) == count and before[:1] in (b"#", b"$") else []

    def flags(self, records: Ints) -> tuple[Flags, Flags]:
        """The last value of records, a truth value, and whether it is one."""
        letter = self._view[self.table.ends[records] - 4]
        dotted = self._view[self.table.ends[records] - 3] == ord(".")
        return letter == ord("T"), dotted & ((letter == ord("T")) | (letter == ord("F")))

    def coordinates(self, records: Ints) -> tuple[Floats, Ints]:
        """Points or directions as they are written, and the number of their dimensions.

        Parameters
        ----------
        records : ndarray, shape (n,)
            Of classes whose only value is a list of numbers.

        Returns
        -------
        ndarray, shape (n, 3)
            The third is 0 where it is not given.
        ndarray, shape (n,)
            2 or 3; 0 for what is written in an unusual way.
        """
        found, sizes = np.zeros((len(records), 3)), np.zeros(len(records), dtype=np.int64)
        numbers, begins, counts = self.numbers(records)
        rows = np.flatnonzero((counts == 2) | (counts == 3))
        found[rows, 0], found[rows, 1] = numbers[begins[rows]], numbers[begins[rows] + 1]
        deep = rows[counts[rows] == 3]
        found[deep, 2] = numbers[begins[deep] + 2]
        sizes[rows] = counts[rows]
        return found, sizes

    def numbers(self, records: Ints) -> tuple[Floats, Ints, Ints]:
        """Lists of numbers, the only value of their records.

        Returns
        -------
        ndarray
            The numbers of all records, NaN behind each.
        ndarray, ndarray, shape (n,)
            Where each record's numbers begin, and how many it has; 0 for what is written in an unusual way.
        """
        table, view = self.table, self._view
        begins, counts = np.zeros(len(records), dtype=np.int64), np.zeros(len(records), dtype=np.int64)
        first, last = table.opens[records] + 2, table.ends[records] - 3
        plain = (view[first - 1] == OPEN) & (view[last] == CLOSE) & (view[last + 1] == CLOSE) & (first < last)
        rows = np.flatnonzero(plain)
        if (last[rows] - first[rows]).sum() > SHARING * len(table.data) + SPARE:
            raise TooMuch
        pieces = [table.data[a:b] for a, b in zip(first[rows].tolist(), last[rows].tolist(), strict=True)]
        numbers = parse_numbers(b",nan,".join(pieces) + b",nan") if pieces else None
        if numbers is None:
            return np.zeros(0), begins, counts
        stops = np.flatnonzero(np.isnan(numbers))
        if len(stops) == len(rows):
            begins[rows] = np.concatenate([[0], stops[:-1] + 1])
            counts[rows] = stops - begins[rows]
        return numbers, begins, counts

    def axes(self, records: Ints) -> tuple[Floats, Flags]:
        """Placements (IfcAxis2Placement3D) as 4 x 4 matrices."""
        own = self.is_kind(records, "IfcAxis2Placement3D")
        place, axis, side = (self.reference(records, number) for number in range(3))
        for row in np.flatnonzero(own & (self.counts[records] == 2)):
            if self.arguments(int(records[row]))[1] == b"$":
                axis[row], side[row] = -1, axis[row]
        matrices, fine = self._frames(place, axis, side, np.array([0.0, 0.0, 1.0]))
        return matrices, own & fine

    def flat_axes(self, records: Ints) -> tuple[Floats, Flags]:
        """Placements in a plane (IfcAxis2Placement2D) as 4 x 4 matrices."""
        own = self.is_kind(records, "IfcAxis2Placement2D")
        place, side = self.reference(records, 0), self.reference(records, 1)
        matrices, fine = self._frames(place, np.full(len(records), -1), side, np.array([0.0, 0.0, 1.0]), 2)
        return matrices, own & fine

    def _frames(self, place: Ints, axis: Ints, side: Ints, up: Floats, size: int = 3) -> tuple[Floats, Flags]:
        """Frames from a point, a direction of z and one near x, made as kernels make them."""
        points, sizes = self.points(place)
        fine = sizes == size
        z, of_z = self.directions(axis, up)
        x, of_x = self.directions(side, np.array([1.0, 0.0, 0.0]))
        fine &= of_z & of_x
        x = x - (x * z).sum(axis=1)[:, None] * z
        length = np.linalg.norm(x, axis=1)
        # Where x is not given and z is along it, kernels must say what x is.
        fine &= length > np.where(side >= 0, SMALL, ASLANT)
        x = x / np.where(length > SMALL, length, 1.0)[:, None]
        matrices = np.zeros((len(place), 4, 4))
        matrices[:, :3, 0], matrices[:, :3, 1], matrices[:, :3, 2] = x, np.cross(z, x), z
        matrices[:, :3, 3], matrices[:, 3, 3] = points, 1.0
        return matrices, fine

    def directions(self, records: Ints, default: Floats) -> tuple[Floats, Flags]:
        """Directions of unit length; `default` where there is no record."""
        found, sizes = self.looked_up(records)
        given = records >= 0
        length = np.linalg.norm(found, axis=1)
        fine = ~given | ((sizes >= 2) & (length > SMALL) & self.is_kind(records, "IfcDirection"))
        unit = found / np.where(length > SMALL, length, 1.0)[:, None]
        return np.where(given[:, None], unit, default), fine

    def points(self, records: Ints) -> tuple[Floats, Ints]:
        """Points in metres that recur and may be missing (-1), and their dimensions; 0 for what is no point."""
        found, sizes = self.looked_up(records)
        return found * self.unit_m, np.where(self.is_kind(records, "IfcCartesianPoint"), sizes, 0)

    def looked_up(self, records: Ints) -> tuple[Floats, Ints]:
        """Coordinates of records that recur and may be missing (-1), each read once."""
        some, where = np.unique(records, return_inverse=True)
        missing = int(np.searchsorted(some, 0))
        found, sizes = self.coordinates(some[missing:])
        found = np.concatenate([np.zeros((missing, 3)), found])
        sizes = np.concatenate([np.zeros(missing, dtype=np.int64), sizes])
        return found[where], sizes[where]

    def placements(self, records: Ints) -> tuple[Floats, Flags]:
        """Object placements, with all they hang on, as 4 x 4 matrices."""
        every, front = [np.unique(records[records >= 0])], records
        for _ in range(DEEPEST):
            above = self.reference(front, 0)
            front = np.setdiff1d(above[self.is_kind(above, "IfcLocalPlacement")], np.concatenate(every))
            if not len(front):
                break
            every.append(front)
        known = np.unique(np.concatenate(every))
        first, second = self.reference(known, 0), self.reference(known, 1)
        hangs = self.counts[known] == 2
        local, fine = self.axes(np.where(hangs, second, first))
        fine &= self.is_kind(known, "IfcLocalPlacement") & (self.counts[known] <= 2)
        fine &= ~hangs | self.is_kind(first, "IfcLocalPlacement")
        world, done = local.copy(), fine & ~hangs
        at = np.clip(np.searchsorted(known, first), 0, max(len(known) - 1, 0))
        for _ in range(DEEPEST):
            ready = np.flatnonzero(fine & ~done & done[at])
            if not len(ready):
                break
            world[ready] = world[at[ready]] @ local[ready]
            done[ready] = True
        where = np.clip(np.searchsorted(known, records), 0, max(len(known) - 1, 0))
        if not len(known):
            return np.tile(np.eye(4), (len(records), 1, 1)), np.zeros(len(records), dtype=np.bool_)
        return world[where], done[where] & (records >= 0)


def parse_numbers(text: bytes) -> Floats | None:
    """Numbers between commas; None where something else stands there."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return np.fromstring(text, dtype=np.float64, sep=",")
        except (DeprecationWarning, ValueError):
            return None

"""Values of a STEP file's records, read from the text in bulk: what records refer to, coordinates, placements."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property

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


FEW_POINTS = 5000
"""Where a file has no more points and directions they are read in one go: a call for each few costs more than them."""

MOST_REFERENCES = 8
"""The references of a record that are asked for by their numbers."""


class TooMuch(Exception):
    """Shared records would unfold to many times what is written; a file of a megabyte could fill any memory."""


@dataclass(frozen=True)
class _Coordinates:
    """All points and directions of a file: a row for each of its records, and one behind them for no record (-1).

    Attributes
    ----------
    written : ndarray, shape (n + 1, 3)
        As they are written; 0 for what is neither, and where the third is not given.
    sizes : ndarray, shape (n + 1,)
        2 or 3; 0 for what is neither, or written in an unusual way.
    metres, point_sizes : ndarray, shape (n + 1, 3) and (n + 1,)
        Those of the points alone.
    units, fine : ndarray, shape (n + 1, 3) and (n + 1,)
        Directions of unit length, and which records are such.
    lengths : ndarray, shape (n + 1,)
        The bytes in which each is written.
    """

    written: Floats
    sizes: Ints
    metres: Floats
    point_sizes: Ints
    units: Floats
    fine: Flags
    lengths: Ints


class Values:
    """Bulk access to a table's records.

    A result comes with flags of what is as expected; what is not belongs to a parser. Lengths are in metres, each
    multiplied by the project's unit before anything is computed with it, as kernels do.
    """

    def __init__(self, table: StepTable, schema: str, unit_m: float, angle_rad: float = 1.0) -> None:
        self.table, self.schema, self.unit_m, self.angle_rad = table, schema, unit_m, angle_rad
        self.counts: Ints = table.first[1:] - table.first[:-1]
        self._view = np.frombuffer(table.data, np.uint8)
        self._kinds = kinds_of(schema).number
        self._chosen: dict[tuple[str, ...], Flags] = {}
        # A missing record (-1) is the last of these, of no class and without references.
        self._kind_of = np.append(table.kinds, len(self._kinds))
        self._count_of = np.append(self.counts, 0)
        self._targets = np.concatenate([table.targets, np.full(MOST_REFERENCES, -1)])

    def kind(self, name: str) -> int:
        """The number of a class; -1 where the schema lacks it."""
        return self._kinds.get(name, -1)

    def is_kind(self, records: Ints, *names: str) -> Flags:
        """Whether records are of exactly one of these classes; those that are missing (-1) are not."""
        chosen = self._chosen.get(names)
        if chosen is None:
            chosen = self._chosen[names] = np.zeros(len(self._kinds) + 1, dtype=np.bool_)
            chosen[[self._kinds[name] for name in names if name in self._kinds]] = True
        return chosen[self._kind_of[records]]

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
        return np.where(self._count_of[records] > number, self._targets[self.table.first[records] + number], -1)

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
        known = self._known
        if known is not None:
            self._bound(int(known.lengths[records].sum()))
            return known.written[records], known.sizes[records]
        return self._coordinates(records)

    def _coordinates(self, records: Ints) -> tuple[Floats, Ints]:
        """The same, read from the text."""
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
        self._bound(int((last[rows] - first[rows]).sum()))
        pieces = [table.data[a:b] for a, b in zip(first[rows].tolist(), last[rows].tolist(), strict=True)]
        numbers = parse_numbers(b",nan,".join(pieces) + b",nan") if pieces else None
        if numbers is None:
            return np.zeros(0), begins, counts
        stops = np.flatnonzero(np.isnan(numbers))
        if len(stops) == len(rows):
            begins[rows] = np.concatenate([[0], stops[:-1] + 1])
            counts[rows] = stops - begins[rows]
        return numbers, begins, counts

    def _bound(self, length: int) -> None:
        """Refuse to read so many bytes, records that are shared counted each time."""
        if length > SHARING * len(self.table.data) + SPARE:
            raise TooMuch

    @cached_property
    def _known(self) -> _Coordinates | None:
        """All points and directions; None where there are many, or one is written in an unusual way."""
        table, total = self.table, len(self.table.ids)
        of_points, of_directions = (self.kind(name) for name in ("IfcCartesianPoint", "IfcDirection"))
        some = np.flatnonzero((table.kinds == of_points) | (table.kinds == of_directions))
        if len(some) > FEW_POINTS:
            return None
        found, sizes = self._coordinates(some)
        if not sizes.all():
            return None
        every, every_size = np.zeros((total + 1, 3)), np.zeros(total + 1, dtype=np.int64)
        every[some], every_size[some] = found, sizes
        lengths = np.zeros(total + 1, dtype=np.int64)
        lengths[some] = table.ends[some] - table.opens[some] - 5
        units, fine = _units(every, every_size, self._kind_of == of_directions)
        point_sizes = np.where(self._kind_of == of_points, every_size, 0)
        return _Coordinates(every, every_size, every * self.unit_m, point_sizes, units, fine, lengths)

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
        length = _lengths(x)
        # Where x is not given and z is along it, kernels must say what x is.
        fine &= length > np.where(side >= 0, SMALL, ASLANT)
        x = x / np.where(length > SMALL, length, 1.0)[:, None]
        matrices = np.zeros((len(place), 4, 4))
        matrices[:, :3, 0], matrices[:, :3, 1], matrices[:, :3, 2] = x, _across(z, x), z
        matrices[:, :3, 3], matrices[:, 3, 3] = points, 1.0
        return matrices, fine

    def directions(self, records: Ints, default: Floats) -> tuple[Floats, Flags]:
        """Directions of unit length; `default` where there is no record."""
        given, known = records >= 0, self._known
        if known is not None:
            units, fine = known.units[records], known.fine[records]
        else:
            found, sizes = self._looked_up(records)
            units, fine = _units(found, sizes, self.is_kind(records, "IfcDirection"))
        return np.where(given[:, None], units, default), fine | ~given

    def points(self, records: Ints) -> tuple[Floats, Ints]:
        """Points in metres that recur and may be missing (-1), and their dimensions; 0 for what is no point."""
        if self._known is not None:
            return self._known.metres[records], self._known.point_sizes[records]
        found, sizes = self._looked_up(records)
        return found * self.unit_m, np.where(self.is_kind(records, "IfcCartesianPoint"), sizes, 0)

    def _looked_up(self, records: Ints) -> tuple[Floats, Ints]:
        """Coordinates of records that recur and may be missing (-1), each read once."""
        some, where = np.unique(records, return_inverse=True)
        missing = int(np.searchsorted(some, 0))
        found, sizes = self.coordinates(some[missing:])
        found = np.concatenate([np.zeros((missing, 3)), found])
        sizes = np.concatenate([np.zeros(missing, dtype=np.int64), sizes])
        return found[where], sizes[where]

    def placements(self, records: Ints) -> tuple[Floats, Flags]:
        """Object placements, with all they hang on, as 4 x 4 matrices."""
        reached, front = np.zeros(len(self.table.ids) + 1, dtype=np.bool_), records
        reached[records] = True
        for _ in range(DEEPEST):
            above = self.reference(front, 0)
            fresh = above[self.is_kind(above, "IfcLocalPlacement") & ~reached[above]]
            if not len(fresh):
                break
            reached[fresh] = True
            front = np.unique(fresh)
        known = np.flatnonzero(reached[:-1])
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


def _units(vectors: Floats, sizes: Ints, are_directions: Flags) -> tuple[Floats, Flags]:
    """Vectors (n, 3) at unit length, and which are directions that have one."""
    length = _lengths(vectors)
    has_length = length > SMALL
    return vectors / np.where(has_length, length, 1.0)[:, None], (sizes >= 2) & has_length & are_directions


def _lengths(vectors: Floats) -> Floats:
    """The lengths of vectors (n, 3)."""
    return np.asarray(np.sqrt((vectors * vectors).sum(axis=1)))


def _across(one: Floats, other: Floats) -> Floats:
    """The cross products of vectors (n, 3); for few of them numpy's own takes ten times as long."""
    (a, b, c), (x, y, z) = one.T, other.T
    return np.column_stack([b * z - c * y, c * x - a * z, a * y - b * x])


def parse_numbers(text: bytes) -> Floats | None:
    """Numbers between commas; None where something else stands there."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return np.fromstring(text, dtype=np.float64, sep=",")
        except (DeprecationWarning, ValueError):
            return None

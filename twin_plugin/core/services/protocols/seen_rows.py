"""Which rows of a page are new: by their ids, or by all that they hold where a service gives one id to several."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

Row = TypeVar("Row")


class SeenRows(Generic[Row]):
    """The rows that came so far, a hash for each: half the memory of ids, and one in 10^7 that a million lose one.

    Two rows of one page with one id that differ otherwise are two features: their ids do not identify them. From there
    on a row has come before where it is equal to one that came.

    Parameters
    ----------
    key : callable
        From a row to its id; None where nothing identifies it, which makes it always new.
    content : callable
        From a row to a hash of all that it holds.
    """

    def __init__(self, key: Callable[[Row], object], content: Callable[[Row], int]) -> None:
        self._key = key
        self._content = content
        self._marks: set[int] = set()
        self.has_shared_ids = False
        """Whether several features were found to have one id."""

    def take(self, rows: Iterable[Row]) -> list[Row]:
        """The rows that are new, which have been seen then."""
        rows = list(rows)
        self.has_shared_ids = self.has_shared_ids or self._share_ids(rows)
        return self._new(rows, self._marks)

    def has_new(self, rows: Iterable[Row]) -> bool:
        """Whether any of the rows would be new."""
        return bool(self._new(rows, set(self._marks)))

    def _new(self, rows: Iterable[Row], marks: set[int]) -> list[Row]:
        found = []
        for row in rows:
            key = self._key(row)
            if key is not None:
                mark = hash(key if isinstance(key, (str, int)) else str(key))
                if self.has_shared_ids:
                    mark = hash((mark, self._content(row)))
                if mark in marks:
                    continue
                marks.add(mark)
            found.append(row)
        return found

    def _share_ids(self, rows: list[Row]) -> bool:
        """Whether rows of a page that differ have one id; what they hold is looked at only where ids come twice."""
        first: dict[object, Row] = {}
        for row in rows:
            key = self._key(row)
            if key is None:
                continue
            key = key if isinstance(key, (str, int)) else str(key)
            if key in first and self._content(first[key]) != self._content(row):
                return True
            first.setdefault(key, row)
        return False

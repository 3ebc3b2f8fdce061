"""Kernel that joins runs of cells in neighbouring rows."""

from __future__ import annotations

from numba import njit


@njit(nogil=True, cache=True)
def _root(parent, x):  # type: ignore[no-untyped-def]
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


@njit(nogil=True, cache=True)
def join_rows(row, first, last, corners, parent):  # type: ignore[no-untyped-def]
    """Give each run the number of the first run of its region; `corners` is 1 where cells join at corners, else 0."""
    above = 0
    for i in range(row.shape[0]):
        while above < i and (
            row[above] < row[i] - 1 or (row[above] == row[i] - 1 and last[above] + corners <= first[i])
        ):
            above += 1
        j = above
        while j < i and row[j] == row[i] - 1 and first[j] < last[i] + corners:
            a, b = _root(parent, i), _root(parent, j)
            if a < b:
                parent[b] = a
            else:
                parent[a] = b
            j += 1
    for i in range(row.shape[0]):
        parent[i] = _root(parent, i)

"""What ground and drains take out of a row of cells, in the sweep of every scheme."""

from __future__ import annotations

from numba import njit

from .bits import ZERO, two_sum


@njit(forceinline=True, error_model="numpy")
def lose(h2, low, k, a, n, loss):  # type: ignore[no-untyped-def]
    """Take up to `loss` metres out of each pervious cell (k above 0); the metres taken, summed in float64."""
    taken = 0.0
    for i in range(n):
        v = h2[a + i]
        part = loss if v > loss else v
        part = part if k[a + i] > ZERO and part > ZERO else ZERO
        s, e = two_sum(v, -part)
        rest = low[a + i] + e
        v = s + rest
        low[a + i] = rest - (v - s)
        h2[a + i] = v
        taken += part  # type: ignore[assignment]
    return taken

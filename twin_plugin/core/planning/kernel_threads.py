"""How many threads the parallel kernels of a review use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kernel_threads(number: int) -> Iterator[None]:
    """So many threads for numba's parallel kernels that this thread calls meanwhile; 0 leaves it as it is."""
    import numba

    before = numba.get_num_threads()
    numba.set_num_threads(min(number, numba.config.NUMBA_NUM_THREADS) if number > 0 else before)
    try:
        yield
    finally:
        numba.set_num_threads(before)

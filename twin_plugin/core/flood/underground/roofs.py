"""Which cells of a bed are blocks that a run raised for its buildings, where the buildings are not known any more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CLIFF_M = 4.9
"""A block stands 5 m above the highest ground under it (`terrain.ROOF_ABOVE_M`); a little less for rounding."""


def raised_cells(bed_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Cells of flat blocks with a cliff beside them.

    Parameters
    ----------
    bed_m : array, shape (rows, columns)
        Metres above datum; NaN where there is no cell.

    Returns
    -------
    bool array, shape (rows, columns)
        Cells that stand `CLIFF_M` above a neighbour, and cells of equal height that touch one of these.
    """
    found = np.zeros(bed_m.shape, np.bool_)
    pairs = [
        (here, there)
        for axis in (0, 1)
        for here, there in (
            (_cut(axis, slice(None, -1)), _cut(axis, slice(1, None))),
            (_cut(axis, slice(1, None)), _cut(axis, slice(None, -1))),
        )
    ]
    with np.errstate(invalid="ignore"):
        for here, there in pairs:
            found[here] |= bed_m[here] - bed_m[there] >= CLIFF_M
        known = -1
        while (count := int(found.sum())) != known:
            known = count
            for here, there in pairs:
                found[here] |= found[there] & (bed_m[here] == bed_m[there])
    return found


def _cut(axis: int, cut: slice) -> tuple[slice, slice]:
    return (cut, slice(None)) if axis == 0 else (slice(None), cut)

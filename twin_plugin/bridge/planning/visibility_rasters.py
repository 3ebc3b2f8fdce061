"""The rasters of twin:visibility."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..kernel.raster_kinds import KIND_ITEM
from ..kernel.raster_writer import Band, write_bands
from .visibility_run import VisibilityResult

NO_BYTE = 255
"""No data of bytes, as the writer has it."""
_TITLES = {
    "CUMULATIVE": "Observers that see the cell",
    "CUMULATIVE_BEFORE": "Observers that saw the cell before the scheme",
    "CHANGE": "More observers than before the scheme",
    "VISIBLE": "Seen",
}


def write_view_rasters(result: VisibilityResult, names: Sequence[str], paths: Mapping[str, str]) -> dict[str, str]:
    """Write the rasters that are asked for; returns their paths.

    Without a scheme the state before is that of now, and nothing changes.

    Parameters
    ----------
    names : sequence of str
        Of the observers, for the bands of VISIBLE.
    paths : mapping of str to str
        Of the outputs that are wanted.

    Raises
    ------
    ResourceError
        Where one cannot be written.
    """
    now, before = result.now, result.before or result.now
    for name, path in paths.items():
        bands = [Band(lambda: result.counts(now).values, _TITLES[name])]
        if name == "CUMULATIVE_BEFORE":
            bands = [Band(lambda: result.counts(before).values, _TITLES[name])]
        elif name == "CHANGE":
            bands = [Band(lambda: result.counts(now).values - result.counts(before).values, _TITLES[name])]
        elif name == "VISIBLE":
            bands = [Band(_seen(result, n), observer) for n, observer in enumerate(names)]
        write_bands(result.place, path, bands, {KIND_ITEM: f"VIEW_{name}"})
    return dict(paths)


def _seen(result: VisibilityResult, observer: int) -> Callable[[], NDArray[np.uint8]]:
    """The band of one observer, made when its turn comes."""

    def band() -> NDArray[np.uint8]:
        seen = result.now.band(observer)
        seen[np.isnan(result.place.values)] = NO_BYTE
        return seen

    return band

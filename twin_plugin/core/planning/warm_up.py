"""Compiles every kernel of planning review, or loads it from numba's cache, by a small district."""

from __future__ import annotations

import functools

import numpy as np

from ..common.grid import Grid


@functools.cache
def compile_kernels() -> None:
    """Call every kernel once in a process."""
    _ground()


def _ground() -> None:
    """Shadows, hours of sun and sky view on a raster."""
    from .ground_sun import Counting, ground_sun_hours
    from .sky_view import sky_view
    from .sun_position import SunPath

    surface = Grid(np.eye(4), 0.0, 0.0, 1.0)
    path = SunPath(np.array([9.0, 12.0]), np.array([30.0, 40.0]), np.array([100.0, 180.0]), 1.0)
    ground_sun_hours(surface, path, Counting(1))
    sky_view(surface, 4)

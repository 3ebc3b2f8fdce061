"""Small scenes and eyes for tests of views."""

from __future__ import annotations

import numpy as np

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.planning.observers import Observers
from twin_plugin.core.planning.surface_model import SurfaceModel


def eyes(*places):
    """Observers at (x, y, eye_m)."""
    x, y, eye = np.array(places, np.float64).T
    names = tuple(f"o{n}" for n in range(len(places)))
    return Observers(x, y, eye, np.full(len(places), np.nan), names, names)


def scene(ground, roofs=None, cell_m=1.0):
    """A surface from arrays: the terrain, and the roofs, NaN where there is none; its south-west corner is 0, 0."""
    grid = Grid(np.asarray(ground, np.float32), 0.0, len(ground) * cell_m, cell_m)
    roofs = np.full(grid.values.shape, np.nan) if roofs is None else roofs
    built = ~np.isnan(roofs)
    top = grid.with_values(np.where(built, roofs, ground).astype(np.float64))
    return SurfaceModel(grid, top, np.where(built, 0, -1).astype(np.int32))


def hills(size, seed, roughness=2.2, amplitude=40.0):
    """A random terrain."""
    random = np.random.default_rng(seed)
    frequency = np.fft.fftfreq(size)
    radius = np.hypot(*np.meshgrid(frequency, frequency))
    radius[0, 0] = 1.0
    z = np.real(np.fft.ifft2(np.fft.fft2(random.normal(size=(size, size))) * radius**-roughness))
    return ((z - z.mean()) / z.std() * amplitude).astype(np.float32).astype(np.float64)

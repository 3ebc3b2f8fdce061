"""Compiles every kernel of planning review, or loads it from numba's cache, by a small district."""

from __future__ import annotations

import functools
from datetime import date

import numpy as np
import shapely

from ..common.grid import Grid


@functools.cache
def compile_kernels() -> None:
    """Call every kernel once in a process."""
    _ground()
    _windows()
    _skylines()
    _visibility()


def _ground() -> None:
    """Shadows, hours of sun and sky view on a raster."""
    from ..common.sun_position import SunPath
    from .ground_sun import Counting, ground_sun_hours
    from .sky_view import sky_view

    surface = Grid(np.eye(4), 0.0, 0.0, 1.0)
    path = SunPath(np.array([9.0, 12.0]), np.array([30.0, 40.0]), np.array([100.0, 180.0]), 1.0)
    ground_sun_hours(surface, path, Counting(1))
    sky_view(surface, 4)


def _windows() -> None:
    """Sunlight at a window."""
    from ..common.prisms import Prisms
    from ..common.sun_position import SunDay
    from .sun_points import SunPoints
    from .sun_rules import SunRule
    from .sunlight import find_sunlight

    nothing = np.zeros(1)
    box = Prisms.of_shapes([shapely.box(-5.0, -20.0, 5.0, -10.0)], nothing, nothing + 9.0, nothing.astype(int), ["a"])
    window = SunPoints(nothing, nothing, nothing, nothing + 180.0, nothing, np.zeros(1, np.int64), ("a",), ("",))
    rule = SunRule("a", {}, 1, 20, 8.0, 16.0, 1.0, 0, 0.0, 0.0, 0.0, False, 0.9, 5.0)
    find_sunlight(window, box, SunDay(date(2001, 1, 20), 22.5, 114.0), rule)


def _skylines() -> None:
    """The skyline of two boxes before a hill, and its measures."""
    from ..common.prisms import Prisms
    from .observers import Observers
    from .skyline import SkylineScene, SkylineSight
    from .skyline_measures import AzimuthWindow, measure

    boxes = [shapely.box(1.0, 5.0, 3.0, 6.0), shapely.box(2.0, 7.0, 4.0, 8.0)]
    prisms = Prisms.of_shapes(boxes, np.zeros(2), np.array([3.0, 5.0]), np.arange(2), ["a", "b"])
    one = np.zeros(1)
    terrain = Grid(np.eye(24, dtype=np.float32) * 9.0, -12.0, 12.0, 1.0)
    scene = SkylineScene.of(prisms, None, terrain, SkylineSight())
    seen = scene.see(Observers(one, one, one + 1.0, one, ("a",), ("a",)), 0)
    measure(seen.present, scene.present, AzimuthWindow())


def _visibility() -> None:
    """Views over a raster, and of facades past bodies, with a terrain and without one."""
    from ..common.prisms import Prisms
    from .facades import look_at, make_facades
    from .observers import Observers
    from .surface_model import stand_on
    from .viewshed import Sight
    from .visibility import see_ground

    place, nothing = np.full(1, 2.0), np.full(1, np.nan)
    observers = Observers(place, place, place, nothing, ("a",), ("a",))
    prisms = Prisms.of_shapes([shapely.box(5.0, 5.0, 7.0, 7.0)], np.zeros(1), np.full(1, 9.0), np.zeros(1, int), "b")
    ground = Grid(np.zeros((8, 8)), 0.0, 8.0, 1.0)
    kinds = np.ones((8, 8), np.uint8)
    see_ground(stand_on(ground, prisms, np.full((8, 8), -1, np.int32)), observers, Sight(), kinds, 1)
    facades = make_facades(prisms, np.zeros(1, np.int64), ground, 1.0)
    for terrain in (ground, None):
        list(look_at(facades, prisms, terrain, observers, Sight()))

"""Terrain and pipes of a scene as triangles, for formats that hold one model of everything."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..common.grid import Grid
from .grids import coarser, factor_for
from .meshes import Mesh
from .scene import Pipes

Floats = NDArray[np.float64]
MOST_CELLS = 250_000
"""Of a terrain; more are averaged."""
SIDES = 8
"""Of a pipe, which has the section's area."""


def terrain_mesh(grid: Grid, shade: int, owner: int) -> Mesh:
    """The surface through the middles of cells, looking up; cells without data are holes."""
    grid = coarser(grid, factor_for(grid.rows, grid.columns, MOST_CELLS))
    x = grid.west + (np.arange(grid.columns) + 0.5) * grid.cell_m
    y = grid.north - (np.arange(grid.rows) + 0.5) * grid.cell_m
    z = grid.values.astype(np.float64)
    number = np.arange(z.size).reshape(z.shape)
    north_west, north_east = number[:-1, :-1].ravel(), number[:-1, 1:].ravel()
    south_west, south_east = number[1:, :-1].ravel(), number[1:, 1:].ravel()
    triangles = np.concatenate(
        [
            np.column_stack([north_west, south_west, south_east]),
            np.column_stack([north_west, south_east, north_east]),
        ]
    )
    known = np.isfinite(z.ravel())
    triangles = triangles[known[triangles].all(axis=1)]
    used, triangles = np.unique(triangles, return_inverse=True)
    points = np.column_stack([np.tile(x, len(y)), np.repeat(y, len(x)), z.ravel()])[used]
    return Mesh(points, triangles.reshape(-1, 3), np.full(len(used), owner), np.full(len(used), shade))


def pipe_mesh(pipes: Pipes, shade: int, owner: int) -> Mesh:
    """Each straight piece of a pipe as a prism of eight sides with its ends, one after the other."""
    starts = [path[:-1] for path in pipes.paths]
    if not sum(map(len, starts)):
        return Mesh.none()
    start = np.concatenate(starts)
    end = np.concatenate([path[1:] for path in pipes.paths])
    radius = np.repeat(pipes.radius_m, [len(path) - 1 for path in pipes.paths])
    length = np.linalg.norm(end - start, axis=1)
    some = (length > 1e-6) & (radius > 0)
    start, end, radius, length = start[some], end[some], radius[some], length[some]
    along = (end - start) / length[:, None]
    up = np.where(np.abs(along[:, 2:]) > 0.9, [[1.0, 0.0, 0.0]], [[0.0, 0.0, 1.0]])
    right = np.cross(along, up)
    right /= np.linalg.norm(right, axis=1)[:, None]
    up = np.cross(right, along)
    # A polygon of that outer radius has the area of the circle.
    outer = radius * np.sqrt(2 * np.pi / (SIDES * np.sin(2 * np.pi / SIDES)))
    angle = 2 * np.pi * np.arange(SIDES) / SIDES
    spokes = np.cos(angle)[:, None] * right[:, None, :] + np.sin(angle)[:, None] * up[:, None, :]
    ring = outer[:, None, None] * spokes
    near, far = start[:, None, :] + ring, end[:, None, :] + ring
    turned = np.roll(np.arange(SIDES), -1)
    # Seen along the axis the ring turns clockwise, since right, up and along are left-handed.
    walls = np.stack([near, far, far[:, turned], near[:, turned]], axis=2)
    quads = 4 * np.arange(len(start) * SIDES)[:, None]
    first = SIDES * np.arange(len(start))[:, None, None]
    fan = np.array([[0, k, k + 1] for k in range(1, SIDES - 1)])[None]
    parts = [
        (walls.reshape(-1, 3), np.concatenate([quads + np.array([0, 1, 2]), quads + np.array([0, 2, 3])])),
        (near.reshape(-1, 3), (first + fan).reshape(-1, 3)),
        (far.reshape(-1, 3), (first + fan[:, :, ::-1]).reshape(-1, 3)),
    ]
    return Mesh.join(
        [
            Mesh(points, triangles, np.full(len(points), owner), np.full(len(points), shade))
            for points, triangles in parts
        ]
    )

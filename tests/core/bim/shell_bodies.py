"""Buildings of plain bodies, whose volumes can be reckoned by hand."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, box

from twin_plugin.core.bim.element_triangles import ElementTriangles
from twin_plugin.core.bim.mesh import Mesh
from twin_plugin.core.bim.shells import ShellMaker, ShellPlans


def at(z):
    """A level plane."""
    return lambda x, y: z + 0 * x


def body(ring, low, high):
    """The mesh of what stands over a convex ring between two planes."""
    ring = np.asarray(ring, float)
    n = len(ring)
    x, y = ring.T
    bottom, top = (np.column_stack([ring, z(x, y)]) for z in (low, high))
    faces = [(0, i + 1, i) for i in range(1, n - 1)] + [(n, n + i, n + i + 1) for i in range(1, n - 1)]
    for i in range(n):
        j = (i + 1) % n
        faces += [(i, j, n + j), (i, n + j, n + i)]
    return Mesh(np.concatenate([bottom, top]), np.array(faces, np.int32))


def block(west, south, east, north, low, high):
    """A box."""
    return body([(west, south), (east, south), (east, north), (west, north)], at(low), at(high))


def walls(west, south, east, north, low, high, thick=0.3):
    """Four walls inside a rectangle."""
    return [
        block(west, south, east, south + thick, low, high),
        block(west, north - thick, east, north, low, high),
        block(west, south, west + thick, north, low, high),
        block(east - thick, south, east, north, low, high),
    ]


def room(west, south, east, north, low, high):
    """Walls with a floor and a flat roof, both 0.2 m thick."""
    return [
        *walls(west, south, east, north, low, high),
        block(west, south, east, north, low, low + 0.2),
        block(west, south, east, north, high - 0.2, high),
    ]


def turned(meshes, degrees, away=(0.0, 0.0)):
    """Meshes turned about zero and moved."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return [
        Mesh(np.column_stack([mesh.vertices[:, :2] @ turn + away, mesh.vertices[:, 2]]), mesh.faces) for mesh in meshes
    ]


def plan_of(meshes, low=-np.inf, high=np.inf):
    """What meshes that reach between two heights cover."""
    some = [m for m in meshes if m.vertices[:, 2].max() > low and m.vertices[:, 2].min() < high]
    shapes = [shapely.convex_hull(shapely.multipoints(mesh.vertices[:, :2])) for mesh in some]
    whole = shapely.union_all(shapes)
    parts = shapely.get_parts(whole)
    return MultiPolygon(list(parts))


def maker(meshes, ground=0.0, shift=(0.0, 0.0)):
    """What makes the shell of meshes; walls are cut 1 m above each metre."""
    near = [Mesh(mesh.vertices - (*shift, 0.0), mesh.faces) for mesh in meshes]
    top = max(mesh.vertices[:, 2].max() for mesh in near)
    footprint = MultiPolygon([Polygon(p.exterior) for p in plan_of(near, ground + 0.9, ground + 1.1).geoms])
    sections = [plan_of(near, z, z + 0.1) for z in np.arange(ground + 1, top, 1.0)]
    plans = ShellPlans(plan_of(near), footprint, sections, ground, top)
    return ShellMaker(ElementTriangles.of_meshes(near, np.zeros(2)), plans)


def gable():
    """12 x 8 m, eaves at 4 m, ridge at 7 m along x."""

    def roof(side):
        return lambda x, y: 7 - 0.75 * np.abs(y - 4) if side is None else 7 - 0.75 * side * (y - 4)

    def under(side, thick=0.25):
        return lambda x, y: roof(side)(x, y) - thick

    south, north = [(0, 0), (12, 0), (12, 4), (0, 4)], [(0, 4), (12, 4), (12, 8), (0, 8)]
    ends = []
    for x in (0, 11.7):
        ends.append(body([(x, 0), (x + 0.3, 0), (x + 0.3, 4), (x, 4)], at(3.0), under(-1, 0.1)))
        ends.append(body([(x, 4), (x + 0.3, 4), (x + 0.3, 8), (x, 8)], at(3.0), under(1, 0.1)))
    return [
        *walls(0, 0, 12, 8, 0, 3.9),
        block(0, 0, 12, 8, -0.2, 0.0),
        body(south, under(-1), roof(-1)),
        body(north, under(1), roof(1)),
        *ends,
    ], 12 * 8 * 4 + 0.5 * 8 * 3 * 12


def hip():
    """12 x 8 m, eaves at 3 m, slopes of 45 degrees, so that the ridge at 7 m is 4 m long."""
    corners = np.array([(0, 0, 3), (12, 0, 3), (12, 8, 3), (0, 8, 3), (4, 4, 7), (8, 4, 7)], float)
    faces = [(0, 1, 5), (0, 5, 4), (1, 2, 5), (2, 3, 4), (2, 4, 5), (3, 0, 4), (0, 2, 1), (0, 3, 2)]
    roof = Mesh(corners, np.array(faces, np.int32))
    return [*walls(0, 0, 12, 8, 0, 3), roof], 12 * 8 * 3 + 8 * 4 / 6 * (2 * 12 + 4)


def parapet():
    """10 x 10 m, roof at 6 m, a parapet of 0.3 x 1 m on its edge."""
    return [*room(0, 0, 10, 10, 0, 6), *walls(0, 0, 10, 10, 5, 7)], 600 + (100 - 9.4**2) * 1


def two_heights():
    """An L of 10 x 10 m and 9 m, and 10 x 5 m and 4 m."""
    return [*room(0, 0, 10, 10, 0, 9), *room(10, 0, 20, 5, 0, 4)], 10 * 10 * 9 + 10 * 5 * 4


def overhang():
    """An upper floor of 12 x 8 x 3 m that reaches 2 m beyond the lower one."""
    return [*room(0, 0, 10, 8, 0, 3), *room(0, 0, 12, 8, 3, 6)], 10 * 8 * 3 + 12 * 8 * 3


def courtyard():
    """A ring 5 m wide about a yard of 10 x 10 m, 6 m high."""
    rooms = [*room(0, 0, 20, 5, 0, 6), *room(0, 15, 20, 20, 0, 6)]
    rooms += [*room(0, 5, 5, 15, 0, 6), *room(15, 5, 20, 15, 0, 6)]
    return rooms, (400 - 100) * 6


def tower(sides=24, rings=6):
    """A round tower of 5 m and 12 m with a dome, as facets."""
    angle = np.arange(sides) * 2 * np.pi / sides
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    drum = body(5 * circle, at(0.0), at(12.0))
    rows = [
        np.column_stack([5 * np.cos(t) * circle, np.full(sides, 12 + 5 * np.sin(t))])
        for t in np.linspace(0, np.pi / 2, rings + 1)[:-1]
    ]
    vertices = np.concatenate([*rows, [(0, 0, 17.0)], [(0, 0, 12.0)]])
    faces, last = [], sides * rings
    for r in range(rings):
        for i in range(sides):
            j, low, high = (i + 1) % sides, r * sides, (r + 1) * sides
            if r == rings - 1:
                faces.append((low + i, low + j, last))
            else:
                faces += [(low + i, low + j, high + j), (low + i, high + j, high + i)]
    faces += [((i + 1) % sides, i, last + 1) for i in range(sides)]
    dome = Mesh(vertices, np.array(faces, np.int32))
    corners = dome.vertices[dome.faces] - (0, 0, 12.0)
    inside = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    return [drum, dome], 12 * sides / 2 * 25 * np.sin(2 * np.pi / sides) + inside


def hillside():
    """A house whose lower wing begins 2 m below the ground floor: only what is above that counts."""
    return [*room(0, 0, 10, 8, 0, 6), *room(10, 0, 15, 8, -2, 3)], 10 * 8 * 6 + 5 * 8 * 3


def terraces():
    """A house of two heights whose upper roof reaches 1 m over the lower one, with 3 m of air between them."""
    upper = [*room(6, 0, 10, 8, 0, 9), block(5, 0, 10, 8, 9.0, 9.2)]
    return [*room(0, 0, 6, 8, 0, 6), *upper], 6 * 8 * 6 + 4 * 8 * 9 + 5 * 8 * 0.2


def roofless():
    """Four walls."""
    return walls(0, 0, 10, 8, 0, 3), 0.0


SQUARE = box(0, 0, 1, 1)
BODIES = {f.__name__: f for f in (gable, hip, parapet, two_heights, overhang, courtyard, tower, hillside, terraces)}

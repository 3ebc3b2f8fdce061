"""Small scenes for the tests of city formats."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.solid import Solid
from twin_plugin.core.scene.scene import Buildings, Scene

EAST, NORTH = 120_000.0, 480_000.0
CRS = "EPSG:28992"
TITLE = 'A <script> & "中文"'


def square(x: float, y: float, width: float, depth: float) -> shapely.Polygon:
    return shapely.box(EAST + x, NORTH + y, EAST + x + width, NORTH + y + depth)


def gable(x: float, y: float, width: float, depth: float, base: float, eave: float, ridge: float) -> Solid:
    """A house whose ridge runs along y: volume width * depth * ((eave - base) + (ridge - eave) / 2)."""
    w, d, x, y = width, depth, EAST + x, NORTH + y
    a, b, c, e = (x, y), (x + w, y), (x + w, y + d), (x, y + d)
    low = [np.array([*p, base]) for p in (a, b, c, e)]
    high = [np.array([*p, eave]) for p in (a, b, c, e)]
    front, back = np.array([x + w / 2, y, ridge]), np.array([x + w / 2, y + d, ridge])
    faces = [
        [low[3], low[2], low[1], low[0]],
        [low[0], low[1], high[1], front, high[0]],
        [low[2], low[3], high[3], back, high[2]],
        [low[1], low[2], high[2], high[1]],
        [low[3], low[0], high[0], high[3]],
        [high[1], high[2], back, front],
        [high[3], high[0], front, back],
    ]
    return Solid.from_faces([[np.array(face)] for face in faces])


def village() -> Buildings:
    """Six buildings: a courtyard, three parts, a gable with storeys, basement and rooms, a flat one, bad ids."""
    yard = shapely.Polygon(square(0, 0, 30, 20).exterior, [square(10, 5, 10, 10).exterior])
    ids = ("yard", "parts/$1", "3rd <house>", "flat", "nul\x00&'\"", "中文")
    names = ("Courtyard", "Three & parts", "<script>alert('x')</script>", "Flat", "a\x00b\ud7ff", "商住楼")
    shapes = [
        yard, square(50, 0, 10, 10), square(60, 0, 10, 10), square(75, 0, 5, 5), square(100, 0, 10, 8),
        square(120, 0, 5, 5), square(140, 0, 4, 4), square(144, 0, 4, 4),
    ]  # fmt: skip
    owner = np.array([0, 1, 1, 1, 2, 3, 4, 5])
    base = np.array([1.0, 2, 2, 3, 0, 5, -3.5, -3.5])
    top = np.array([13.0, 12, 8, 6, 6, 5, 10, 10])
    bodies = Prisms(np.array(shapes, object), base, top, owner, ids, names)
    house = square(100, 0, 10, 8)
    storeys = Prisms.of_shapes([house] * 2, [0.0, 3.0], [3.0, 6.0], [2, 2], ids)
    cellar = Prisms.of_shapes([square(101, 1, 8, 6)], [-3.0], [0.0], [2], ids)
    rooms = Prisms.of_shapes([square(100, 0, 5, 8), square(105, 0, 5, 8)], [0.0, 0.0], [2.7, 2.7], [2, 2], ids)
    return Buildings(
        bodies,
        ("office", "", "residential", "", "", "商业"),
        storeys,
        np.array([0, 1]),
        cellar,
        {2: gable(100, 0, 10, 8, 0, 6, 9)},
        {"people": [10, None, np.int64(4), 0, 1, 2], "ratio": [0.5, float("nan"), np.float64(1), 1, 1, 1],
         "note": ["a<b", None, "x", "x", "tab\tline\n", "备注"], "listed": [True, False, None, None, None, None]},
        rooms,
        {"id": ["r1", "r1"], "name": ["Kitchen", "Bad & room"], "use": ["kitchen", None]},
    )  # fmt: skip


def scene(buildings: Buildings | None = None, **more: Any) -> Scene:
    values: dict[str, Any] = {"crs": CRS, "vertical": "NAP height", "title": TITLE, **more}
    return Scene(
        values["title"],
        values["crs"],
        values["vertical"],
        5.0,
        52.0,
        0.0,
        village() if buildings is None else buildings,
    )


def random_city(count: int, seed: int = 3) -> Buildings:
    """Buildings with corners at arbitrary places, some with a yard, some turned."""
    rng = np.random.default_rng(seed)
    shapes = []
    for number in range(count):
        x, y = (number % 30) * 60.0 + rng.uniform(0, 9), (number // 30) * 60.0 + rng.uniform(0, 9)
        shape = square(x, y, rng.uniform(8, 40), rng.uniform(8, 40))
        if number % 5 == 0:
            shape = shape.difference(shapely.affinity.scale(shape, 0.4, 0.3))
        if number % 3 == 0:
            shape = shapely.affinity.rotate(shape, rng.uniform(0, 90))
        shapes.append(shape)
    base = rng.uniform(-5, 50, count)
    bodies = Prisms.of_shapes(
        shapes, base, base + rng.uniform(3, 120, count), np.arange(count), [f"b{n}" for n in range(count)]
    )
    return Buildings.of_bodies(bodies)

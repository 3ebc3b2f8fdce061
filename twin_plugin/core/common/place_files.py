"""The files that ArcGIS reads beside a model for its place: .prj names the CRS, .wld3 leads points to the map.

A .wld3 has two lines, each with a point of the model and the point of the map where it lies: `x,y,z X,Y,Z`.
https://pro.arcgis.com/en/pro-app/latest/help/data/revit/world-files-for-cad-data.htm
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import crs as crs_names
from .errors import InputError
from .text import clip

PRJ, WLD3 = ".prj", ".wld3"
ANY_MODEL = "esri_cad.prj"
"""The .prj of all models of a folder that have none of their own."""
ARM_M = 100.0
"""How far the second point lies from the first."""
MOST_BYTES = 100_000
NEAR_M = 1e-6
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
Point = tuple[float, float, float]


@dataclass(frozen=True)
class PlaceLinks:
    """Two points of a model, and where they lie on the map.

    Attributes
    ----------
    source, target : tuple of two points
        x, y, z; in the units of the model and of the CRS.
    """

    source: tuple[Point, Point]
    target: tuple[Point, Point]

    @property
    def scale(self) -> float:
        """Units of the map in one unit of the model, in plan."""
        return _plan(*self.target) / _plan(*self.source)

    @property
    def turn_rad(self) -> float:
        """How far the model is turned, counter-clockwise."""
        return _angle(*self.target) - _angle(*self.source)


def place_text(origin: Sequence[float], turn_rad: float = 0.0, scale: float = 1.0) -> str:
    """The .wld3 of a model whose zero point lies at `origin`, turned counter-clockwise.

    Parameters
    ----------
    origin : sequence of float
        x, y, z on the map.
    turn_rad : float
    scale : float
        Units of the map in one unit of the model.
    """
    x, y, z = origin
    arm = ARM_M / scale
    far = (x + ARM_M * math.cos(turn_rad), y + ARM_M * math.sin(turn_rad), z)
    lines = (((0.0, 0.0, 0.0), (x, y, z)), ((arm, 0.0, 0.0), far))
    return "".join(f"{_point(source)} {_point(target)}\n" for source, target in lines)


def prj_text(crs: str) -> str:
    """The .prj of a CRS, in the WKT that ArcGIS reads; "" where it has none."""
    found = crs_names.parse(crs)
    if found is None:
        return ""
    try:
        return str(crs_names.horizontal(found).to_wkt("WKT1_ESRI") or "")
    except crs_names.CRSError:
        return ""


def read_links(path: Path) -> PlaceLinks:
    """The points of a .wld3.

    Raises
    ------
    InputError
        When it does not have two different points, each with where it lies.
    OSError
    """
    text = path.read_bytes()[:MOST_BYTES].decode("utf-8-sig", "replace")
    lines = [line for line in text.splitlines() if line.strip()]
    rows = [[float(number) for number in _NUMBER.findall(line)] for line in lines]
    fits = len(rows) == 2 and all(len(row) == 6 and all(map(math.isfinite, row)) for row in rows)
    if fits:
        sources, targets = ([(row[k], row[k + 1], row[k + 2]) for row in rows] for k in (0, 3))
        if min(_plan(*sources), _plan(*targets)) > NEAR_M:
            return PlaceLinks((sources[0], sources[1]), (targets[0], targets[1]))
    raise InputError(
        "'{file}' has not two different points, each as 'x,y,z X,Y,Z' on a line of its own: write it again in ArcGIS, "
        "or remove it.",
        file=clip(path.name, 80),
    )


def read_prj(path: Path) -> str:
    """The CRS of a .prj as a code or WKT; "" where it names none that is known.

    Raises
    ------
    OSError
    """
    text = path.read_bytes()[:MOST_BYTES].decode("utf-8-sig", "replace").strip()
    found = crs_names.parse(text)
    return crs_names.label(found) if found is not None else ""


def _plan(a: Point, b: Point) -> float:
    return math.hypot(b[0] - a[0], b[1] - a[1])


def _angle(a: Point, b: Point) -> float:
    return math.atan2(b[1] - a[1], b[0] - a[0])


def _point(point: Sequence[float]) -> str:
    return ",".join(f"{value:.6f}" for value in point)

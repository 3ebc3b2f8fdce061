"""The faces of a closed shell on a lattice, each with what it is: roof, wall or ground."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from ..common.solid import Solid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ring = list[int]

WALL_DEG = 5.0
"""A face that is nearer to upright than this is a wall."""
GROUND_M = 0.5
"""A face that looks down and lies at most this much above the lowest corner is ground."""


class Surface(Enum):
    """The semantic surfaces of CityGML and CityJSON; values are their names there."""

    GROUND = "GroundSurface"
    ROOF = "RoofSurface"
    WALL = "WallSurface"
    CEILING = "OuterCeilingSurface"


@dataclass(frozen=True, eq=False)
class ShellFaces:
    """A shell by the places of its corners.

    Attributes
    ----------
    faces : list of faces, each a list of rings
        Counter-clockwise seen from outside, the outline first.
    surfaces : list of Surface, one for each face
    closed : bool
        Whether each edge belongs to two faces that run along it in opposite directions.
    volume_m3 : float
        Of a closed one, else NaN.
    """

    faces: list[list[Ring]]
    surfaces: list[Surface]
    closed: bool
    volume_m3: float


def shell_faces(solid: Solid, places: Ints, corners: Ints, step_m: float) -> ShellFaces | None:
    """The faces of a solid whose points have places among the corners of a lattice.

    Parameters
    ----------
    solid : Solid
    places : ndarray of int64, shape (points of the solid,)
    corners : ndarray of int64, shape (n, 3)
        In steps.
    step_m : float

    Returns
    -------
    ShellFaces or None
        Turned inside out where the solid was. None without a face.
    """
    ends = np.cumsum(solid.counts)
    faces: list[list[Ring]] = [[] for _ in range(solid.faces_count)]
    for ring, face in zip(np.split(places, ends[:-1]), solid.faces.tolist(), strict=True):
        clean = _without_repeats(ring.tolist())
        if len(clean) > 2:
            faces[face].append(clean)
    faces = [face for face in faces if face and len(face[0]) > 2]
    if not faces:
        return None
    closed = _is_closed(faces)
    normals = np.array([face_normal(face, corners) for face in faces])
    volume = _volume_m3(faces, normals, corners, step_m)
    if volume < 0:
        faces = [[ring[::-1] for ring in face] for face in faces]
        normals = -normals
    lowest = min(float(corners[face[0], 2].min()) for face in faces)
    surfaces = [
        _surface(normal, float(corners[face[0], 2].max() - lowest) * step_m)
        for face, normal in zip(faces, normals, strict=True)
    ]
    return ShellFaces(faces, surfaces, closed, abs(volume) if closed else math.nan)


def face_normal(face: list[Ring], corners: Ints) -> Floats:
    """Twice the area of a face as a vector that looks outwards (Newell), in steps squared."""
    whole = np.zeros(3)
    for ring in face:
        points = (corners[ring] - corners[ring[0]]).astype(np.float64)
        whole += np.cross(points, np.roll(points, -1, axis=0)).sum(axis=0)
    return whole


def _without_repeats(ring: Ring) -> Ring:
    """A ring without corners that repeat the one before, nor ways there and back."""
    clean: Ring = []
    for corner in ring:
        if clean and clean[-1] == corner:
            continue
        if len(clean) > 1 and clean[-2] == corner:
            clean.pop()
            continue
        clean.append(corner)
    while len(clean) > 1 and clean[0] == clean[-1]:
        clean.pop()
    while len(clean) > 2 and clean[1] == clean[-1]:
        clean = clean[1:-1] if len(clean) > 4 else []
    return clean


def _is_closed(faces: list[list[Ring]]) -> bool:
    seen: set[tuple[int, int]] = set()
    for face in faces:
        for ring in face:
            for edge in zip(ring, ring[1:] + ring[:1], strict=True):
                if edge in seen:
                    return False
                seen.add(edge)
    return all((end, start) in seen for start, end in seen)


def _volume_m3(faces: list[list[Ring]], normals: Floats, corners: Ints, step_m: float) -> float:
    """By the divergence theorem: a third of the sum of each face's vector area times a corner of it."""
    zero = corners[faces[0][0][0]]
    anchors = np.array([corners[face[0][0]] - zero for face in faces], np.float64)
    return float((anchors * normals).sum() / 6.0 * step_m**3)


def _surface(normal: Floats, above_m: float) -> Surface:
    length = float(np.linalg.norm(normal))
    up = float(normal[2]) / length if length else 0.0
    if abs(up) < math.sin(math.radians(WALL_DEG)):
        return Surface.WALL
    if up > 0:
        return Surface.ROOF
    return Surface.GROUND if above_m <= GROUND_M else Surface.CEILING

"""Strict checks of bodies made of polygons in space, apart from the code that makes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

Ring = Sequence[Sequence[float]]
Face = Sequence[Ring]


def normal(face: Face) -> np.ndarray:
    """Twice the area of a face with its holes, as a vector."""
    whole = np.zeros(3)
    for ring in face:
        points = np.array(ring, float) - np.array(ring[0], float)
        whole += np.cross(points, np.roll(points, -1, axis=0)).sum(axis=0)
    return whole


def volume(faces: Sequence[Face]) -> float:
    """Signed volume by the divergence theorem; positive where faces look outwards."""
    zero = np.array(faces[0][0][0], float)
    return float(sum(np.dot(np.array(face[0][0], float) - zero, normal(face)) for face in faces)) / 6.0


def faults(faces: Sequence[Face]) -> list[str]:
    """What is wrong with a body: repeated corners, bent faces, holes wound like outlines, edges without a partner."""
    found = []
    edges: Counter[tuple[tuple[float, ...], tuple[float, ...]]] = Counter()
    for number, face in enumerate(faces):
        outward = normal(face)
        length = np.linalg.norm(outward)
        if length < 1e-7:
            found.append(f"face {number} has no area")
            continue
        unit = outward / length
        for place, ring in enumerate(face):
            points = [tuple(float(v) for v in point) for point in ring]
            if len(points) < 3 or len(set(points)) != len(points):
                found.append(f"face {number} repeats a corner")
            distance = np.abs((np.array(points) - np.array(face[0][0], float)) @ unit).max()
            if distance > 1e-3:
                found.append(f"face {number} is bent by {distance} m")
            if (np.dot(normal([ring]), unit) > 0) != (place == 0):
                found.append(f"ring {place} of face {number} runs the wrong way")
            edges.update(zip(points, points[1:] + points[:1], strict=True))
    for (start, end), count in edges.items():
        if count != 1 or edges[(end, start)] != 1:
            found.append(f"edge {start} {end}: {count} times, back {edges[(end, start)]} times")
    if volume(faces) <= 0:
        found.append("the faces look inwards")
    return found

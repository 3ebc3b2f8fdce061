"""The triangles of elements in one array, each with the element that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .mesh import Mesh
from .model import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ElementTriangles:
    """ElementTriangles of elements.

    Attributes
    ----------
    corners : ndarray of float64, shape (n, 3, 3)
        x and y in a frame near zero, z in model metres.
    owner : ndarray of int64, shape (n,)
        The element of each.
    """

    corners: Floats
    owner: Ints

    @classmethod
    def of_meshes(cls, meshes: Sequence[Mesh], shift: Floats) -> ElementTriangles:
        """The triangles of meshes less `shift` (2,) in plan."""
        away = np.append(shift, 0.0)
        parts = [(mesh.vertices - away)[mesh.faces] for mesh in meshes]
        owner = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        return cls(np.concatenate([np.zeros((0, 3, 3)), *parts]), owner)

    @property
    def twice_plan_m2(self) -> Floats:
        """Twice the area of each in plan, negative for those that look down."""
        a, b, c = (self.corners[:, i, :2] for i in range(3))
        return np.asarray((b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0]))

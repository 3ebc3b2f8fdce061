"""Solids of the element classes of a building, for 3D views: its walls, its slabs, its roofs, each as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..common.solid import Solid
from .footprint import cover
from .mesh import Mesh
from .model import Floats
from .solids import Detail, extrude, shell_faces
from .storeys import Piece

THINNEST_M = 0.01
"""What is flat is drawn this high."""


@dataclass(frozen=True)
class Part:
    """An element of the shell: its class, a number for its storey (0: none), its plan with its heights, its mesh."""

    ifc_class: str
    storey: int
    piece: Piece
    mesh: Mesh


def class_solids(parts: Iterable[Part], detail: Detail, shift: Floats, owner: str = "") -> tuple[Solid, ...]:
    """The solid of each class, by the classes' names.

    Parameters
    ----------
    parts : iterable of Part
        Plans less `shift`, meshes in model coordinates.
    detail : Detail
        FOOTPRINT: every element drawn up from its lowest point to its highest. STOREYS: the same for all elements of a
        storey as one. SHELL: the faces.
    shift : ndarray, shape (2,)
        The origin of the plans in model coordinates.
    owner : str
        The id of the building.

    Returns
    -------
    tuple of Solid
        In model coordinates; without classes of which nothing can be seen from above, or without faces.
    """
    classes: dict[str, list[Part]] = {}
    for part in parts:
        classes.setdefault(part.ifc_class, []).append(part)
    solids = []
    for name, of in sorted(classes.items()):
        is_shell = detail is Detail.SHELL
        solid = shell_faces([part.mesh for part in of], shift) if is_shell else _blocks(of, detail, shift)
        if solid is not None:
            solids.append(replace(solid, kind=name, owner=owner, elements=len(of)))
    return tuple(solids)


def _blocks(parts: Sequence[Part], detail: Detail, shift: Floats) -> Solid | None:
    groups: dict[int, list[Piece]] = {}
    for number, part in enumerate(parts):
        groups.setdefault(part.storey if detail is Detail.STOREYS else number, []).append(part.piece)
    blocks: list[Solid] = []
    for pieces in groups.values():
        plan = cover(piece.plan for piece in pieces)
        if plan.is_empty:
            continue
        low, high = min(piece.low for piece in pieces), max(piece.high for piece in pieces)
        blocks.append(extrude(plan, low, max(high, low + THINNEST_M)))
    if not blocks:
        return None
    away = np.array([float(shift[0]), float(shift[1]), 0.0])
    return Solid.join(blocks).transformed(lambda points: points + away)

"""The geometry of city objects as GML."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .city_model import STEP_M
from .shell_faces import Ring

Faces = list[list[Ring]]


class GmlShapes:
    """Makes GML of faces whose corners are places in a table.

    Parameters
    ----------
    corners : ndarray of int64, shape (n, 3)
        Steps from the origin.
    origin : tuple of float
        In whole metres.
    shell : str
        The element for the boundary of a solid: a shell, in GML 3.1 a composite surface.
    """

    def __init__(
        self, corners: NDArray[np.int64], origin: tuple[float, float, float], shell: str = "gml:Shell"
    ) -> None:
        self._corners, self._shell = corners, shell
        self._zero = tuple(round(value / STEP_M) for value in origin)
        self._texts: dict[int, str] = {}

    def solid(self, faces: Faces) -> str:
        """A solid with its faces."""
        return self._solid("".join(_member(self._polygon(face)) for face in faces))

    def linked(self, name: str, count: int) -> str:
        """A solid of faces that stand elsewhere, with the ids that `surface` gives them."""
        return self._solid("".join(f'<gml:surfaceMember xlink:href="#{face_id(name, i)}"/>' for i in range(count)))

    def surface(self, faces: Faces, name: str = "", numbers: list[int] | None = None) -> str:
        """A multi surface; with a name its faces have ids by their numbers."""
        ids = [f' gml:id="{face_id(name, number)}"' for number in numbers or ()] or [""] * len(faces)
        members = "".join(_member(self._polygon(face, own)) for face, own in zip(faces, ids, strict=True))
        return f"<gml:MultiSurface>{members}</gml:MultiSurface>"

    def _solid(self, members: str) -> str:
        return f"<gml:Solid><gml:exterior><{self._shell}>{members}</{self._shell}></gml:exterior></gml:Solid>"

    def _polygon(self, face: list[Ring], own: str = "") -> str:
        sides = ("exterior", *["interior"] * (len(face) - 1))
        rings = "".join(
            f"<gml:{side}><gml:LinearRing><gml:posList>{self._positions(ring)}</gml:posList></gml:LinearRing>"
            f"</gml:{side}>"
            for side, ring in zip(sides, face, strict=True)
        )
        return f"<gml:Polygon{own}>{rings}</gml:Polygon>"

    def _positions(self, ring: Ring) -> str:
        return " ".join(self._text(corner) for corner in [*ring, ring[0]])

    def _text(self, corner: int) -> str:
        text = self._texts.get(corner)
        if text is None:
            point = zip(self._corners[corner].tolist(), self._zero, strict=True)
            text = self._texts[corner] = " ".join(f"{(value + zero) * STEP_M:.4f}" for value, zero in point)
        return text


def face_id(name: str, number: int) -> str:
    """The id of a face of a shell."""
    return f"{name}.f{number}"


def _member(polygon: str) -> str:
    return f"<gml:surfaceMember>{polygon}</gml:surfaceMember>"

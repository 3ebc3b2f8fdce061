"""The colours of exported buildings: those of their uses, a little darker for odd storeys, and one for basements."""

from __future__ import annotations

from collections.abc import Sequence

from .gltf import Material
from .meshes import Shades
from .use_colours import UseColour, use_colours

UNDERGROUND = Material("Below ground", "#8e79b0")
_ODD = 0.9


def palette(groups: Sequence[UseColour] | None = None) -> tuple[Shades, tuple[Material, ...]]:
    """The numbers of colours by use, and a material for each of them."""
    rows = use_colours() if groups is None else groups
    classes = {use: number for number, row in enumerate(rows[:-1]) for use in row.uses}
    materials = [
        material
        for row in rows
        for material in (Material(row.name_en, row.colour), Material(f"{row.name_en}, odd storeys", darker(row.colour)))
    ]
    return Shades(classes, len(rows) - 1), (*materials, UNDERGROUND)


def darker(colour: str) -> str:
    """A colour '#rrggbb' a little darker."""
    return "#" + "".join(f"{round(int(colour[k : k + 2], 16) * _ODD):02x}" for k in (1, 3, 5))

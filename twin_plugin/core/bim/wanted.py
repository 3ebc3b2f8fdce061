"""What is read of a model beside its buildings, only where somebody asks for it: reading without it takes no longer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StatedProperty:
    """A property or quantity that is asked for: the set that it stands in ("" for any), and its name.

    `MATERIAL` as the name asks for the materials of a thing.
    """

    group: str
    name: str

    @property
    def label(self) -> str:
        """As it is written in the parameter."""
        return f"{self.group}.{self.name}" if self.group else self.name


MATERIAL = StatedProperty("", "material")
"""Asks for materials, with their thicknesses, instead of a property."""


@dataclass(frozen=True)
class Wanted:
    """What of a model is asked for.

    Attributes
    ----------
    rooms : bool
        The spaces of buildings.
    properties : tuple of StatedProperty
    terrain : bool
        The surfaces of terrains.
    alignments : bool
        The axes of roads, railways and bridges.
    outlines : bool
        Footprints, outlines and roofs as surfaces (LoD 0.2, 0.3 and 0.4).
    quantities : bool
        Areas and volumes of the envelope by kind of surface.
    """

    rooms: bool = False
    properties: tuple[StatedProperty, ...] = ()
    terrain: bool = False
    alignments: bool = False
    outlines: bool = False
    quantities: bool = False

    @property
    def shells(self) -> bool:
        """Whether closed shells are needed, though none are drawn."""
        return self.outlines or self.quantities

    @property
    def material(self) -> bool:
        """Whether materials are asked for."""
        return MATERIAL in self.properties


NOTHING = Wanted()

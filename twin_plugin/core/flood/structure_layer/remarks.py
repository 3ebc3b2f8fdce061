"""What a user must know of the structures of a layer, in a sentence for each kind of remark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ...common.grid import Grid
from ...common.messages import Message
from ..analysis.line_cells import cut_at_cells
from ..structures.kinds import Kind
from ..structures.links import Link
from ..structures.walls import Wall, lies_in_noise
from .features import StructureFeature
from .link_parts import Ends

NAMED = 5
"""So many are named in a sentence."""
NARROW = 0.1
"""Share by which the opening of a bridge may be narrower than asked for."""
DEEP_M = 0.5
"""An invert so far from the ground of its cell is reported."""


@dataclass
class Remarks:
    """Names of the structures of which something must be said."""

    outside: list[str] = field(default_factory=list)
    together: list[str] = field(default_factory=list)
    below_ground: list[str] = field(default_factory=list)
    in_noise: list[str] = field(default_factory=list)
    off_ground: list[str] = field(default_factory=list)
    uphill: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    narrow: list[str] = field(default_factory=list)
    walls: int = 0
    unused: set[str] = field(default_factory=set)

    def add_wall(self, wall: Wall, grid: Grid) -> None:
        """Whether a wall stands above its ground, and above the noise of that."""
        self.walls += 1
        if not len(wall.rows):
            self.below_ground.append(wall.name)
        elif wall.kind is Kind.KERB and lies_in_noise(wall, grid):
            self.in_noise.append(wall.name)

    def add_link(self, link: Link, ends: Ends, feature: StructureFeature, stood: Grid) -> None:
        """Whether a link fits its ground; `stood` is the terrain with walls."""
        numbers = link.passages[0].numbers
        if link.kind is Kind.CULVERT:
            if max(abs(numbers[3] - ends.start_m), abs(numbers[4] - ends.end_m)) > DEEP_M:
                self.off_ground.append(link.name)
            if numbers[4] > numbers[3]:
                self.uphill.append(link.name)
        elif link.kind in (Kind.WEIR, Kind.GATE, Kind.ORIFICE):
            line = cut_at_cells(feature.parts, stood.cells)
            heights = stood.values.ravel()[line.cells()]
            if float(np.nanmax(heights)) <= numbers[0]:
                self.beside.append(link.name)

    def add_bridge(self, link: Link, width_m: float) -> None:
        """Whether the ground below a bridge has room for its opening, `width_m` without piers."""
        if sum(passage.numbers[3] for passage in link.passages) < (1.0 - NARROW) * width_m:
            self.narrow.append(link.name)

    def notes(self, cell_m: float) -> Iterator[Message]:
        """The sentences."""
        yield from self._left_out(cell_m)
        yield from self._walls(cell_m)
        yield from self._links()
        if self.unused:
            yield Message(
                "Fields that the kind of a structure does not read have values and no effect: {fields}.",
                fields=", ".join(sorted(self.unused)),
            )

    def _left_out(self, cell_m: float) -> Iterator[Message]:
        if names := self.outside:
            yield Message(
                "Structures left out: {n}, because a line or an end of it lies outside the terrain, where that has no "
                "data, or more than two cells inside a building or wall ({names}). Move them; a pump that moves water "
                "out of the area is a point.",
                n=len(names),
                names=_shown(names),
            )
        if names := self.together:
            yield Message(
                "Structures left out: {n}, because both ends lie in the same cells of {cell:g} m ({names}). Draw them "
                "longer, or choose a smaller CELL_SIZE.",
                n=len(names),
                names=_shown(names),
                cell=cell_m,
            )

    def _walls(self, cell_m: float) -> Iterator[Message]:
        if self.walls:
            yield Message(
                "{n} walls, kerbs and levees stand as rows of whole cells, {cell:g} m wide, whatever their own width.",
                n=self.walls,
                cell=cell_m,
            )
        if names := self.below_ground:
            yield Message(
                "Walls, kerbs and levees without effect: {n}, as their crest is nowhere above the ground ({names}).",
                n=len(names),
                names=_shown(names),
            )
        if names := self.in_noise:
            yield Message(
                "Kerbs lower than the ground differs from cell to cell: {n} ({names}). What they hold back is not "
                "reliable.",
                n=len(names),
                names=_shown(names),
            )

    def _links(self) -> Iterator[Message]:
        if names := self.off_ground:
            yield Message(
                "Culverts whose bottom is more than {deep:g} m above or below the ground of the cell at an end: {n} "
                "({names}). Check inlet_invert_m and outlet_invert_m, and whether the terrain has the ditches.",
                n=len(names),
                names=_shown(names),
                deep=DEEP_M,
            )
        if names := self.uphill:
            yield Message(
                "Culverts that rise from the start of the line to its end: {n} ({names}). Check that the line is drawn "
                "from the inlet to the outlet.",
                n=len(names),
                names=_shown(names),
            )
        if names := self.narrow:
            yield Message(
                "Bridges with less ground below the soffit than their opening is wide: {n} ({names}). The opening "
                "counts only where the ground is lower: check width_m, soffit_m and the line.",
                n=len(names),
                names=_shown(names),
            )
        if names := self.beside:
            yield Message(
                "Weirs, gates and orifices with no ground or wall between their ends that is higher than they are: {n} "
                "({names}). Water passes there over the terrain as well: draw a wall across.",
                n=len(names),
                names=_shown(names),
            )


def _shown(names: list[str]) -> str:
    """The first of some names."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" (+{more})" if more > 0 else "")

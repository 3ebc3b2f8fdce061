"""From the features of a layer to the structures of a run and the terrain on which walls stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ...common.errors import InputError
from ...common.grid import Grid
from ...common.messages import Message
from ..processes.structures import Structures
from ..structures.kinds import RAISING, Kind, StructureTables
from ..structures.links import Link
from ..structures.walls import Wall, raised
from ..surface import Surface
from .bridges import Deck, bridge, deck_cells, read_deck
from .features import Reader, StructureFeature, unused_fields
from .link_parts import MAKERS, find_ends
from .placement import Ground
from .remarks import Remarks
from .wall_lines import wall_of

_WIDTHS = {Kind.CULVERT: "diameter_m", Kind.ORIFICE: "diameter_m"}
"""The field of a round structure that is its width."""


@dataclass(frozen=True)
class StructurePlan:
    """What a layer of structures makes of a run.

    Attributes
    ----------
    structures : Structures
    surface : Surface
        With the walls on it.
    notes : list of Message
        What a user must know.
    read, left_out, guessed : int
        Features; guessed are those for which a field was completed.
    why : list of Message
        Of the line in the table of inputs.
    """

    structures: Structures
    surface: Surface
    notes: list[Message]
    read: int
    left_out: int
    guessed: int
    why: list[Message]


@dataclass
class _Planner:
    """Collects walls and links."""

    surface: Surface
    reader: Reader
    remarks: Remarks = field(default_factory=Remarks)
    walls: list[Wall] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    guessed: int = 0

    def add_walls(self, features: Iterable[StructureFeature]) -> list[tuple[StructureFeature, Deck]]:
        """Raise walls and the decks of bridges, which are returned."""
        grid, decks = self.surface.bed, []
        for feature in features:
            if feature.kind not in (*RAISING, Kind.BRIDGE):
                continue
            self._require_line(feature)
            before = self.reader.guessed.total()
            deck = read_deck(feature, grid, self.reader) if feature.kind is Kind.BRIDGE else None
            wall = deck_cells(feature, deck, grid) if deck else wall_of(feature, grid, self.reader)
            self.guessed += self.reader.guessed.total() > before
            if wall is None:
                self.remarks.outside.append(feature.name)
            elif deck is not None:
                self.walls.append(wall)
                decks.append((feature, deck))
            else:
                self.walls.append(wall)
                self.remarks.add_wall(wall, grid)
        return decks

    def add_links(self, features: Iterable[StructureFeature], ground: Ground, stood: Grid) -> None:
        """Place what has two ends."""
        for feature in features:
            if feature.kind not in MAKERS:
                continue
            outside = feature.kind is Kind.PUMP and (len(feature.line) == 1 or self.reader.flag(feature, "to_outside"))
            if not outside or len(feature.parts) > 1:
                self._require_line(feature)
            ends = find_ends(ground, feature.line, self._width_m(feature), outside)
            if ends is None:
                self.remarks.outside.append(feature.name)
                continue
            if ends.together:
                self.remarks.together.append(feature.name)
                continue
            before = self.reader.guessed.total()
            link = MAKERS[feature.kind](feature, ends, self.reader)
            self.guessed += self.reader.guessed.total() > before
            self.links.append(replace(link, path=_path(feature, self.surface.bed, outside)))
            self.remarks.add_link(link, ends, feature, stood)

    def add_bridges(self, decks: Iterable[tuple[StructureFeature, Deck]], ground: Ground) -> None:
        """Open the decks."""
        for feature, deck in decks:
            link = bridge(feature, deck, ground)
            if link is None:
                self.remarks.outside.append(feature.name)
            else:
                self.remarks.add_bridge(link, deck.width_m - deck.piers_m)
                self.links.append(replace(link, path=_path(feature, self.surface.bed, False)))

    def _width_m(self, feature: StructureFeature) -> float:
        """Width over which the ends of a structure spread."""
        name = _WIDTHS.get(feature.kind, "width_m")
        if not self.reader.given(feature, name):
            name = "width_m"
        if not self.reader.given(feature, name):
            return 0.0
        barrels = "barrels" in self.reader.tables.fields[feature.kind] and self.reader.given(feature, "barrels")
        width_m = self.reader.number(feature, name)
        return width_m * (self.reader.number(feature, "barrels") if barrels else 1.0)

    def _require_line(self, feature: StructureFeature) -> None:
        raising = feature.kind in RAISING
        if len(feature.line) < 2 or (len(feature.parts) > 1 and not raising):
            raise InputError(
                "Structure {name} ({kind}) needs one line: along the crest of a wall, kerb or levee, from abutment to "
                "abutment of a bridge, from the inlet to the outlet of all others. Only a pump may be a point.",
                name=feature.name,
                kind=feature.kind.value,
            )


def plan_structures(features: Sequence[StructureFeature], surface: Surface, tables: StructureTables) -> StructurePlan:
    """The structures of a run, and its terrain with the walls on it.

    Walls, kerbs and levees raise the cells of their lines. Ends of links stand beside walls, buildings and decks.

    Parameters
    ----------
    features : sequence of StructureFeature
    surface : Surface
        Without structures.
    tables : StructureTables

    Raises
    ------
    InputError
        For the first feature with a value that cannot be used, or when no feature lies on the terrain.
    """
    planner = _Planner(surface, Reader(tables))
    grid = surface.bed
    for feature in features:
        planner.remarks.unused.update(unused_fields(feature, tables))
    decks = planner.add_walls(features)
    stood = raised(grid, planner.walls)
    blocked = ~np.isfinite(grid.values) | ~surface.free
    for wall in planner.walls:
        blocked[wall.rows, wall.columns] = True
    ground = Ground(grid, blocked)
    planner.add_links(features, ground, stood)
    planner.add_bridges(decks, ground)
    remarks, used = planner.remarks, {link.name for link in planner.links} | {wall.name for wall in planner.walls}
    left_out = len(remarks.outside) + len(remarks.together)
    if features and not used and not remarks.together:
        raise InputError(
            "No structure lies on the terrain, or their ends lie under buildings or where it has no data: check the "
            "CRS of both layers, the extent and the ends."
        )
    structures = Structures(tuple(planner.links), tuple(planner.walls), grid.cell_m)
    why = list(_reasons(structures, planner.reader.guessed, grid))
    notes = list(remarks.notes(grid.cell_m))
    return StructurePlan(
        structures, replace(surface, bed=stood), notes, len(features) - left_out, left_out, planner.guessed, why
    )


def _path(feature: StructureFeature, grid: Grid, outside: bool) -> tuple[tuple[float, float], ...]:
    """The line on the map; for a point that pumps out one of a cell's length towards the nearest edge."""
    if len(feature.line) > 1:
        return tuple((float(x), float(y)) for x, y in feature.line)
    x, y = (float(value) for value in feature.line[0])
    east, south = grid.west + grid.columns * grid.cell_m, grid.north - grid.rows * grid.cell_m
    ways = ((x - grid.west, -1, 0), (east - x, 1, 0), (y - south, 0, -1), (grid.north - y, 0, 1))
    _, dx, dy = min(ways)
    return (x, y), (x + dx * grid.cell_m, y + dy * grid.cell_m)


def _reasons(structures: Structures, guessed: Counter[tuple[Kind, str]], grid: Grid) -> Iterator[Message]:
    for kind, number in structures.settings()["structures"].items():
        yield Message("{kind}: {n}", kind=kind, n=number)
    for (kind, name), number in guessed.items():
        yield Message("{field} of {n} {kind} by default", field=name, n=number, kind=kind.value)
    cells = sum(len(wall.rows) for wall in structures.walls)
    if cells:
        yield Message("raised cells: {cells:,}, {area:,.0f} m²", cells=cells, area=cells * grid.cell_m**2)

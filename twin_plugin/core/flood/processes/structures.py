"""Structures on the surface: culverts, bridges, weirs, gates, orifices and pumps, which move water between two places.

Walls, levees and kerbs are in the terrain of the setup; what is kept of them here is for the first look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..process import Domain, Process, ProcessField, Role, RunningProcess, WiderCells
from ..structures.kinds import Kind
from ..structures.links import Link, Passage
from ..structures.records import StructureOutcome
from ..structures.walls import Wall


@dataclass(frozen=True)
class Structures(Process):
    """All structures of a run.

    Attributes
    ----------
    cell_m : float
        Width of the cells that links and walls are given in.
    """

    links: Sequence[Link] = ()
    walls: Sequence[Wall] = ()
    cell_m: float = 0.0

    FIELDS = (
        ProcessField("structures", "", Role.READS, "how many there are of each kind"),
        ProcessField("pumped_out_m3", "m³", Role.TAKES, "water that pumps moved out of the area"),
    )
    SOURCE = (
        "Culverts: FHWA HDS-5 (2012); weirs: Villemonte (1947); gates: Swamee (1992), "
        "doi:10.1061/(ASCE)0733-9437(1992)118:1(56); bridges: HEC-RAS Hydraulic Reference Manual."
    )

    def settings(self) -> dict[str, Any]:
        kinds = [wall.kind for wall in self.walls] + [link.kind for link in self.links]
        return {"structures": dict(Counter(kind.value for kind in kinds))}

    def coarsened(self, wide: WiderCells) -> Structures:
        """Walls raise the wide cells that they cross; kerbs, bridges and links within one wide cell are left out.

        The decks of bridges, which no water could pass there, are taken out of the mean heights.
        """
        if not self.cell_m:
            return self
        factor = round(wide.grid.cell_m / self.cell_m)
        heights = wide.grid.values
        for wall in sorted(self.walls, key=lambda wall: wall.kind is not Kind.BRIDGE):
            place = wall.rows // factor, wall.columns // factor
            if wall.kind is Kind.BRIDGE:
                deck_m = (wall.crest_m - wall.ground_m) / factor**2
                np.subtract.at(heights, place, deck_m.astype(heights.dtype))
            elif wall.kind is not Kind.KERB:
                np.fmax.at(heights, place, wall.crest_m.astype(heights.dtype))
        spanned = (link for link in self.links if link.kind is not Kind.BRIDGE)
        links = [kept for link in spanned if (kept := _wider(link, factor, wide)) is not None]
        return replace(self, links=links, walls=(), cell_m=wide.grid.cell_m)

    def start(self, domain: Domain) -> RunningProcess | None:
        walls = [wall for wall in self.walls if wall.kind is not Kind.BRIDGE]
        if not self.links:
            return StandingWalls(walls) if walls else None
        from ..structures.running import RunningStructures

        return RunningStructures(self.links, domain, walls)


class StandingWalls(RunningProcess):
    """Walls without links: they stand in the terrain, and are only told of at the end."""

    def __init__(self, walls: Sequence[Wall]) -> None:
        self._walls = walls

    def outcome(self) -> StructureOutcome:
        return StructureOutcome(walls=self._walls)


def _wider(link: Link, factor: int, wide: WiderCells) -> Link | None:
    """A link between wide cells; None where nothing is left of it."""
    passages = []
    for passage in link.passages:
        start, end = passage.start.wider(factor), passage.end.wider(factor)
        here, there = (set(zip(p.rows.tolist(), p.columns.tolist(), strict=True)) for p in (start, end))
        if here & there or not _known(wide, start) or not (link.outside or _known(wide, end)):
            continue
        cells = np.zeros(wide.grid.values.shape, np.bool_)
        cells[start.rows, start.columns] = cells[end.rows, end.columns] = True
        wide.clear(cells)
        passages.append(Passage(start, end, passage.numbers))
    return replace(link, passages=tuple(passages)) if passages else None


def _known(wide: WiderCells, pool: Any) -> bool:
    return bool(np.isfinite(wide.grid.values[pool.rows, pool.columns]).all())

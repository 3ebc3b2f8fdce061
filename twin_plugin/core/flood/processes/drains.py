"""Drains as a network: street water enters by inlets, flows in pipes and may come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...common.errors import InputError
from ...common.messages import Message
from ..drains.coupling import Coupling, RunningDrains
from ..drains.network import DrainNetwork
from ..drains.sea_levels import WaterLevel, levels_at_outfalls
from ..process import Domain, Process, ProcessField, Role, RunningProcess, WiderCells
from ..surface import Surface
from .boundaries import Boundaries, Boundary, BoundaryKind, MovingLevel


@dataclass(frozen=True)
class DrainSettings(Process):
    """A network of drains and how it is coupled with the terrain.

    Attributes
    ----------
    network : DrainNetwork or None
        None: no network.
    coupling_step_s : float
        Time between two exchanges with the network; 0: chosen by the network.
    blocked_share : float
        Of all inlets, beside their own: 0 clear, 1 blocked.
    outfall_level_m : float or None
        Water level at all outfalls to the outside; None: as the network says.
    outfall_levels : mapping of str to WaterLevel
        Levels over time at outfalls, by their ids, where outfall_level_m is None.
    """

    network: DrainNetwork | None = None
    coupling_step_s: float = 0.0
    blocked_share: float = 0.0
    outfall_level_m: float | None = None
    outfall_levels: Mapping[str, WaterLevel] = field(default_factory=dict)

    FIELDS = (
        ProcessField("drain_nodes", "", Role.READS, "nodes of the network"),
        ProcessField("drain_nodes_coupled", "", Role.READS, "nodes that exchange water with the terrain"),
        ProcessField("captured_m3", "m³", Role.TAKES, "street water that entered the network"),
        ProcessField("surcharged_m3", "m³", Role.ADDS, "water that came back from the network to the street"),
        ProcessField("outfall_m3", "m³", Role.ADDS, "water that outfalls brought onto the terrain"),
    )
    SOURCE = (
        "Pipes by EPA SWMM 5.2 (Rossman 2017, EPA/600/R-17/111); inlets by weir and orifice as in HEC-22 (FHWA 2009)."
    )

    def __post_init__(self) -> None:
        if not 0 <= self.blocked_share <= 1:
            raise InputError(
                "The blocked share of the inlets must be from 0 to 100 %, not {share:g} %.",
                share=100 * self.blocked_share,
            )
        if not self.coupling_step_s >= 0:
            raise InputError("The coupling step must not be negative (s).")

    def check(self, surface: Surface) -> None:
        if self.network is None:
            return
        cells = surface.bed.values.size
        if any(node.cell >= cells for node in self.network.nodes):
            raise InputError("A node of the drains lies outside the terrain of the run.")

    def warnings(self, surface: Surface) -> Iterator[Message]:
        """What was changed or guessed of the network."""
        if self.network is None:
            return
        yield from self.network.notes
        if self.outfall_levels and self.outfall_level_m is None:
            yield Message(
                "{n} outfalls of '{source}' lie at an edge with a level, and have that level outside.",
                n=len(self.outfall_levels),
                source=self.network.source,
            )
        if not _has_slot(self.network.text):
            yield Message(
                "Full pipes of '{source}' are computed with SURCHARGE_METHOD SLOT, which loses less water than EXTRAN.",
                source=self.network.source,
            )

    def beside(self, boundaries: Boundaries, surface: Surface) -> DrainSettings:
        """These settings with outfalls at the level of the water beside the edges where they open."""
        if self.network is None:
            return self
        sides = {side: _level(edge) for side, edge in boundaries.sides.items() if edge.kind is BoundaryKind.LEVEL}
        return replace(self, outfall_levels=levels_at_outfalls(self.network, sides, surface.bed))

    def settings(self) -> dict[str, Any]:
        nodes = () if self.network is None else self.network.nodes
        coupled = () if self.network is None else self.network.coupled
        return {"drain_nodes": len(nodes), "drain_nodes_coupled": len(coupled)}

    def coarsened(self, wide: WiderCells) -> Process | None:
        """None: the look on wide cells does not run the network."""
        return None

    def start(self, domain: Domain) -> RunningProcess | None:
        """What runs the network in a process of its own; None without a network."""
        if self.network is None:
            return None
        levels = self.outfall_levels if self.outfall_level_m is None else {}
        options = Coupling(self.coupling_step_s, self.blocked_share, self.outfall_level_m, levels)
        return RunningDrains(self.network, options, domain)


def _level(edge: Boundary) -> WaterLevel:
    """The level of an edge that has one."""
    if isinstance(edge, MovingLevel):
        return WaterLevel(edge.times_s, edge.levels_m)
    return WaterLevel((0.0,), (edge.level_m,))


def _has_slot(text: str) -> bool:
    """Whether a network's text itself asks for Preissmann's slot."""
    words = (line.upper().split() for line in text.splitlines() if "SURCHARGE_METHOD" in line.upper())
    return ["SURCHARGE_METHOD", "SLOT"] in words

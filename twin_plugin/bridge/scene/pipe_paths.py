"""Pipes and tunnels of a scene: axes with radii, from layers of lines."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from qgis.core import QgsFeatureSource

from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.planning.bodies import BuriedBody
from ...core.planning.clearance_rules import Rules, read_rules
from ...core.scene.scene import Pipes
from ..kernel import resources
from ..kernel.metric_layers import Reader
from ..kernel.pipe_layers import PipeChoices, read_pipes
from .scene_layers import SceneLog


@dataclass
class PathBuilder:
    """Collects pipes as paths; one with a rectangular section becomes a round one of the same area."""

    items: list[BuriedBody] = field(default_factory=list)
    paths: list[np.ndarray] = field(default_factory=list)
    radius_m: list[float] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    boxes: int = 0

    def add(self, body: BuriedBody) -> int:
        """An object; its place."""
        self.items.append(body)
        return len(self.items) - 1

    def add_tube(self, axis: np.ndarray, radius_m: float, owner: int) -> None:
        """A round pipe about an axis of shape (vertices, 3)."""
        self.paths.append(axis)
        self.radius_m.append(radius_m)
        self.owner.append(owner)

    def add_box(self, axis: np.ndarray, width_m: float, below_m: float, above_m: float, owner: int) -> None:
        """A rectangular one, from `below_m` below its line to `above_m` above."""
        self.boxes += 1
        radius = math.sqrt(width_m * (below_m + above_m) / math.pi)
        self.add_tube(axis + np.array([0.0, 0.0, (above_m - below_m) / 2]), radius, owner)


def shipped_rules() -> Rules:
    """The tables of kinds below the ground and of clearances."""
    return read_rules(resources.table("underground_kinds"), resources.table("clearance_rules"))


def read_scene_pipes(
    sources: list[tuple[str, QgsFeatureSource]],
    reader: Reader,
    terrain: Grid | None,
    choices: PipeChoices,
    log: SceneLog,
) -> Pipes | None:
    """The pipes and tunnels of some layers, by parameter (PIPES, TUNNELS); None where there are none.

    Raises
    ------
    InputError
        Where lines have no levels.
    """
    if not sources:
        return None
    builder, rules = PathBuilder(), shipped_rules()
    for parameter, source in sources:
        read = read_pipes(source, parameter, reader, terrain, rules, choices, builder)
        log.notes += read.notes
        log.entries.append(read.entry)
    if builder.boxes:
        log.notes.append(
            Message(
                "{n} lines have a rectangular section: the scene shows round ones of the same area.", n=builder.boxes
            )
        )
    items = [builder.items[owner] for owner in builder.owner]
    return Pipes(
        tuple(item.id for item in items),
        tuple(builder.paths),
        np.array(builder.radius_m, np.float64),
        tuple(item.kind for item in items),
    )

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
from ..kernel.input_table import Entry
from ..kernel.metric_layers import Reader
from ..kernel.pipe_layers import PipeChoices, read_pipes
from .scene_layers import SceneLog
from .water_layers import Box

FAR_M, REACH_M = 10_000.0, 200_000.0
"""Lines that lie so far beside the buildings, or reach so far, are of another place."""


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
    box: Box,
    is_extent: bool,
) -> Pipes | None:
    """The pipes and tunnels of some layers, by parameter (PIPES, TUNNELS); None where there are none.

    Those that do not touch an extent are left out, and where `box` is none but the buildings and what is around them,
    those that lie farther than `FAR_M` from it or reach beyond `REACH_M`.

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
    stays = _near(builder.paths, box, is_extent)
    _tell(len(builder.paths), stays, is_extent, log)
    items = [builder.items[builder.owner[k]] for k in stays]
    return Pipes(
        tuple(item.id for item in items),
        tuple(builder.paths[k] for k in stays),
        np.array([builder.radius_m[k] for k in stays], np.float64),
        tuple(item.kind for item in items),
    )


def _near(paths: list[np.ndarray], box: Box, is_extent: bool) -> list[int]:
    """The places of the paths that a scene shows."""
    found = []
    for place, path in enumerate(paths):
        (west, south), (east, north) = path[:, :2].min(axis=0), path[:, :2].max(axis=0)
        if is_extent:
            inside = west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1]
        else:
            apart = max(box[0] - east, box[1] - north, west - box[2], south - box[3])
            reach = max(box[0] - west, box[1] - south, east - box[2], north - box[3])
            inside = apart <= FAR_M and reach <= REACH_M
        if inside:
            found.append(place)
    return found


def _tell(every: int, stays: list[int], is_extent: bool, log: SceneLog) -> None:
    """What the log says of lines that are left out for their place."""
    lost = every - len(stays)
    if is_extent:
        log.entries.append(Entry(Message("Lines within EXTENT"), len(stays), lost))
    elif lost:
        log.notes.append(
            Message(
                "{n} of {all} lines of PIPES and TUNNELS lie more than {far:g} km from the buildings, or reach "
                "{reach:g} km beyond, and are left out: check the CRS of the layers.",
                n=lost,
                all=every,
                far=FAR_M / 1000,
                reach=REACH_M / 1000,
            )
        )

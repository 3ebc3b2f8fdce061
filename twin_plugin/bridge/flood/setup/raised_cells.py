"""Nodes of drains and openings of rooms below ground that stand on cells which walls and kerbs have raised."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ....core.common.cells import IntArray
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.drains.network import NO_CELL, DrainNetwork
from ....core.flood.surface import Surface
from .class_layer import names_of

LEAST_M = 0.01
"""A cell that stands so far above the terrain has a wall."""


def raised_nodes(network: DrainNetwork, grid: Grid, surface: Surface) -> Message | None:
    """A sentence where nodes that exchange water stand on walls, so that none reaches them."""
    raised = _raised(grid, surface).ravel()
    names = [node.id for node in network.nodes if node.cell != NO_CELL and raised[node.cell]]
    if not names:
        return None
    return Message(
        "{n} nodes of the drains stand in cells that walls, kerbs or levees of STRUCTURES raise ({names}): water "
        "reaches their inlets only over the crest. Draw the lines beside them, or choose a smaller CELL_SIZE.",
        n=len(names),
        names=names_of(names),
    )


def raised_openings(
    names: Sequence[str], places: Sequence[tuple[IntArray, IntArray]], grid: Grid, surface: Surface
) -> Message | None:
    """A sentence where openings take their water from cells on which walls stand.

    Parameters
    ----------
    names : sequence of str
    places : sequence of (rows, columns)
        Cells of each opening.
    """
    raised = _raised(grid, surface)
    found = [name for name, (rows, columns) in zip(names, places, strict=True) if raised[rows, columns].any()]
    if not found:
        return None
    return Message(
        "{n} openings of rooms below ground take their water from cells that walls, kerbs or levees of STRUCTURES "
        "raise ({names}): there it enters only over the crest. Draw the lines beside them, or choose a smaller "
        "CELL_SIZE.",
        n=len(found),
        names=names_of(found),
    )


def _raised(grid: Grid, surface: Surface) -> np.ndarray:
    """Which free cells stand above the terrain; buildings are no free cells."""
    with np.errstate(invalid="ignore"):
        return np.asarray(surface.free & (surface.bed.values - grid.values > LEAST_M))

"""Bridges: a deck that stands across the flow, with an opening below it, in strips of a cell's width."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ...common.cells import FloatArray
from ...common.errors import InputError
from ...common.grid import Grid
from ..structures.links import Link, Passage
from ..structures.walls import Wall
from .features import Reader, StructureFeature
from .link_parts import FAR_M
from .placement import Ground, strips
from .wall_lines import cells_near, connected_cells

ABOVE_DECK_M = 5.0
"""The cells below a deck stand so far above it: all water passes through the bridge's own formulas."""
SLUICE, FULL, OVER_DECK = 0.5, 0.8, 1.45
"""Coefficients of an opening under pressure with a free outlet, of one that is full (HEC-RAS Hydraulic Reference
Manual 6, chapter 5), and of the deck as a broad crest, m^0.5/s (2.6 in feet, the same manual)."""


@dataclass(frozen=True)
class Deck:
    """The levels and widths of a bridge, metres."""

    soffit_m: float
    deck_m: float
    width_m: float
    piers_m: float
    invert_m: float
    deck_width_m: float
    coefficient: float


def read_deck(feature: StructureFeature, grid: Grid, reader: Reader) -> Deck:
    """The fields of a bridge.

    Raises
    ------
    InputError
        Where the deck is not above the soffit or the piers fill the opening.
    """
    names = ("soffit_m", "deck_m", "width_m", "piers_m", "invert_m", "deck_width_m", "coefficient")
    deck = Deck(*(reader.number(feature, name) for name in names))
    if not deck.soffit_m < deck.deck_m:
        raise InputError(
            "Structure {name} (bridge): soffit_m ({soffit:g}) must be below deck_m ({deck:g}).",
            name=feature.name,
            soffit=deck.soffit_m,
            deck=deck.deck_m,
        )
    width_m = feature.length_m if math.isnan(deck.width_m) else deck.width_m
    if not deck.piers_m < width_m:
        raise InputError(
            "Structure {name} (bridge): the piers ({piers:g} m) fill the opening of {width:g} m. Give width_m, or "
            "mend piers_m.",
            name=feature.name,
            piers=deck.piers_m,
            width=width_m,
        )
    deck_width_m = grid.cell_m if math.isnan(deck.deck_width_m) else deck.deck_width_m
    return Deck(deck.soffit_m, deck.deck_m, width_m, deck.piers_m, deck.invert_m, deck_width_m, deck.coefficient)


def deck_cells(feature: StructureFeature, deck: Deck, grid: Grid) -> Wall | None:
    """The cells that the deck closes; None where it lies outside the terrain."""
    numbers = connected_cells(feature.parts, grid.cells, grid.values)
    if deck.deck_width_m > grid.cell_m:
        near = [cells_near(part, grid.cells, 0.5 * deck.deck_width_m) for part in feature.parts]
        numbers = np.unique(np.concatenate([numbers, *near]))
    ground = grid.values.ravel()[numbers].astype(np.float64)
    numbers, ground = numbers[np.isfinite(ground)], ground[np.isfinite(ground)]
    if not len(numbers):
        return None
    if min(abs(deck.deck_m - float(ground.min())), abs(deck.deck_m - float(ground.max()))) > 2.0 * FAR_M:
        raise InputError(
            "Structure {name} (bridge): deck_m is {deck:g} m, but the ground below the line is at {low:g} to {high:g} "
            "m. Give the levels in metres above the terrain's datum.",
            name=feature.name,
            deck=deck.deck_m,
            low=float(ground.min()),
            high=float(ground.max()),
        )
    rows, columns = np.divmod(numbers, grid.columns)
    crest_m = np.maximum(ground, deck.deck_m + ABOVE_DECK_M)
    return Wall(feature.name, feature.kind, rows, columns, crest_m, ground)


def bridge(feature: StructureFeature, deck: Deck, ground: Ground) -> Link | None:
    """The link of a bridge; None where no strip has a free cell on both sides.

    The opening takes the lowest strips, up to its width; the deck is as long as all strips.

    Raises
    ------
    InputError
        Where the ground is nowhere below the soffit.
    """
    pieces = list(strips(ground, feature.line, deck.deck_width_m))
    if not pieces:
        return None
    beds = [max(ground.height_m(piece.left), ground.height_m(piece.right)) for piece in pieces]
    inverts = np.maximum(beds, -math.inf if math.isnan(deck.invert_m) else deck.invert_m)
    if float(inverts.min()) >= deck.soffit_m:
        raise InputError(
            "Structure {name} (bridge): the ground on its sides, {low:g} m and more, is not below its soffit_m of "
            "{soffit:g} m. Mend soffit_m, or draw the line across the channel.",
            name=feature.name,
            low=float(inverts.min()),
            soffit=deck.soffit_m,
        )
    opened = _openings([piece.length_m for piece in pieces], inverts, deck)
    passages = []
    for piece, invert_m, width_m in zip(pieces, inverts.tolist(), opened, strict=True):
        shape = invert_m, deck.soffit_m, deck.deck_m, width_m, piece.length_m
        numbers = (*shape, deck.coefficient, SLUICE, FULL, OVER_DECK)
        passages.append(Passage(piece.left, piece.right, numbers))
    return Link(feature.name, feature.kind, tuple(passages))


def _openings(lengths: list[float], inverts: FloatArray, deck: Deck) -> list[float]:
    """Width of the opening in each strip, without piers: the lowest strips, of equal ones those in the middle."""
    middle = 0.5 * (len(lengths) - 1)
    order = sorted(range(len(lengths)), key=lambda i: (float(inverts[i]), abs(i - middle), i))
    left, result = deck.width_m, [0.0] * len(lengths)
    clear = 1.0 - deck.piers_m / deck.width_m
    for i in order:
        if inverts[i] < deck.soffit_m:
            result[i] = min(lengths[i], max(left, 0.0)) * clear
            left -= lengths[i]
    return result

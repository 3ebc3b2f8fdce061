"""Rules: which cells of the water count for a building, and how their values become one."""

from __future__ import annotations

from enum import Enum


class Rule(Enum):
    """How a building's water is taken from the cells.

    RING takes the greatest value of the cells outside the footprint, the others look at the cells under it. TOUCHED is
    the mean of the wet cells that the footprint touches, to 0.01 m, whose damage is multiplied by their share. MEAN and
    GREATEST go by the cells whose centre lies in the footprint, or, where there are fewer than two, by all that it
    covers in part, weighted by the area covered. AREA weights every cell by the area covered, CENTROID takes one.
    """

    RING = "ring"
    TOUCHED = "touched"
    MEAN = "mean"
    GREATEST = "greatest"
    AREA = "area"
    CENTROID = "centroid"


RULES = tuple(rule.value for rule in Rule)

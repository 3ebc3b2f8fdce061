"""From soils and land covers on the cells to the classes of ground of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from .ground_infiltration import GroundClass, GroundInfiltration
from .methods import Antecedent, CurveNumber, GreenAmpt, Horton, Loss, Method, curve_number
from .tables import LandCover, Soil


@dataclass(frozen=True)
class GroundNumbers:
    """What holds for all ground, and for cells without a land cover.

    Attributes
    ----------
    empty_share : float
        Of the pores at the start, 0 (saturated) to 1 (dry).
    drying_days : float
        Horton and scs: time in which wet ground dries. Green-Ampt follows from the conductivity.
    antecedent : Antecedent
        Moisture for curve numbers.
    impervious : float
        Share of the area without a land cover, 0 to 1.
    number : float
        Curve number of average moisture without a land cover.
    horton : tuple of float
        Initial and final capacity (mm/h), decay (1/h) without a land cover.
    """

    empty_share: float = 0.5
    drying_days: float = 7.0
    antecedent: Antecedent = Antecedent.AVERAGE
    impervious: float = 0.0
    number: float = 80.0
    horton: tuple[float, float, float] = (76.2, 12.7, 4.0)

    def __post_init__(self) -> None:
        if not 0 <= self.empty_share <= 1:
            raise InputError(
                "The empty share of the pores must be from 0 (saturated) to 1 (dry), not {share:g}.",
                share=self.empty_share,
            )


def combine(
    method: Method, soils: Sequence[Soil], soil_cells: NDArray[np.int32],
    covers: Sequence[LandCover | None], cover_cells: NDArray[np.int32], numbers: GroundNumbers,
) -> GroundInfiltration:  # fmt: skip
    """The ground of a run: a class for each pair of soil and land cover that occurs.

    Parameters
    ----------
    method : Method
        Not constant.
    soils, covers : sequences
        A cover of None has what `numbers` says.
    soil_cells, cover_cells : int arrays, shape (rows, columns)
        Places in them; every cell has one.
    numbers : GroundNumbers
    """
    pairs, inverse = np.unique(soil_cells.astype(np.int64) * len(covers) + cover_cells, return_inverse=True)
    classes = []
    for pair in pairs.tolist():
        soil, cover = soils[pair // len(covers)], covers[pair % len(covers)]
        impervious = numbers.impervious if cover is None else cover.impervious
        if method is Method.CURVE_NUMBER:
            impervious = 0.0  # which is in the curve number
        classes.append(GroundClass(part_name(soil.name), _loss(method, soil, cover, numbers), 1.0 - impervious))
    return GroundInfiltration(tuple(classes), inverse.reshape(soil_cells.shape).astype(np.int32))


def _loss(method: Method, soil: Soil, cover: LandCover | None, numbers: GroundNumbers) -> Loss:
    if method is Method.GREEN_AMPT:
        return GreenAmpt(soil.conductivity_mm_h, soil.suction_mm, soil.porosity * numbers.empty_share)
    if method is Method.HORTON:
        return Horton(*(numbers.horton if cover is None else cover.horton), numbers.drying_days)
    average = numbers.number if cover is None else cover.curve_numbers[soil.group]
    return CurveNumber(curve_number(average, numbers.antecedent), numbers.drying_days)


def part_name(name: str) -> str:
    """The name of a soil as the account and the columns of BALANCE have it."""
    return "_".join(name.casefold().split())

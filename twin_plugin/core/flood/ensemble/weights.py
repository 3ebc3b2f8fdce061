"""How much each run of an ensemble counts when probabilities are added up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ...common.errors import InputError
from ...common.messages import Message
from .run_table import RunRow

SLACK = 1e-6
"""Probabilities in tables are rounded: their sum may be so much above 1."""


class WeightKind(Enum):
    """Where the weights come from."""

    PROBABILITIES = "probability"
    RETURN_PERIODS = "return_period_a"
    EQUAL = "equal"


@dataclass(frozen=True)
class Weights:
    """The weight of each run by name, and where they come from.

    Weights of probabilities and return periods are per year; equal ones are shares of the runs.
    """

    kind: WeightKind
    by_name: dict[str, float]

    @property
    def total(self) -> float:
        """Sum of the weights."""
        return math.fsum(self.by_name.values())

    def note(self) -> Message:
        """What the bands of EXCEEDANCE mean with these weights."""
        n = len(self.by_name)
        if self.kind is WeightKind.PROBABILITIES:
            return Message("{n} runs by their probabilities, {total:.4g} in all", n=n, total=self.total)
        if self.kind is WeightKind.RETURN_PERIODS:
            return Message(
                "{n} runs by their return periods: the probability in a year, at most {total:.4g}",
                n=n,
                total=self.total,
            )
        return Message("{n} runs with equal weights: the share of the runs, no probability in a year", n=n)


def weights_of(runs: Sequence[RunRow]) -> Weights:
    """The weights of runs, all by the column `probability`, or all by `return_period_a`, or all equal.

    A run of return period T stands for the events from T to the next longer return period T' of the runs: its weight
    is 1/T - 1/T', that of the longest 1/T. The sum over the runs that flood a cell is then 1 over the shortest return
    period that floods it, the annual exceedance probability as a step function. Runs of one return period share its
    weight.

    Raises
    ------
    InputError
        When only some of the runs have a probability or a return period, or the probabilities add up to more than 1.
    """
    probable = [run for run in runs if math.isfinite(run.probability)]
    periodic = [run for run in runs if math.isfinite(run.return_period_a)]
    if probable:
        _require_all(probable, runs, "probability")
        weights = Weights(WeightKind.PROBABILITIES, {run.name: run.probability for run in runs})
        if weights.total > 1 + SLACK:
            raise InputError(
                "The probabilities of RUNS add up to {total:.4g}, more than 1: correct the column probability.",
                total=weights.total,
            )
        return weights
    if periodic:
        _require_all(periodic, runs, "return_period_a")
        return Weights(WeightKind.RETURN_PERIODS, _by_return_period(runs))
    return Weights(WeightKind.EQUAL, {run.name: 1.0 / len(runs) for run in runs})


def _by_return_period(runs: Sequence[RunRow]) -> dict[str, float]:
    periods = sorted({run.return_period_a for run in runs})
    rates = [1.0 / period for period in periods] + [0.0]
    share = {period: rates[at] - rates[at + 1] for at, period in enumerate(periods)}
    count = {period: sum(run.return_period_a == period for run in runs) for period in periods}
    return {run.name: share[run.return_period_a] / count[run.return_period_a] for run in runs}


def _require_all(some: Sequence[RunRow], runs: Sequence[RunRow], column: str) -> None:
    if len(some) < len(runs):
        lacking = next(run for run in runs if run not in some)
        raise InputError(
            "The run '{name}' has no {column}, others have: give all runs one, or none.",
            name=lacking.name,
            column=column,
        )

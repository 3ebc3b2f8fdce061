"""Water that SWMM's routing creates or loses, and how the exchange with the street makes up for it.

SWMM solves the level of a node with the water surface at the end of its step, and takes the volume of a pipe from the
mean of the depths at its ends. The two do not agree in pipes that fill up or run empty: up to a third of what a dry
pipe holds when it is full comes from nowhere, however short the steps are. So the error is found at each coupling step,
as what is in the network less what SWMM let in and out, and paid within a minute by the street water on its way into
the network: what SWMM created is taken from it, and what SWMM lost is added to it. Without street water nothing is
changed, and the network does what SWMM alone does.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

DELAY_S = 30.0
"""Within so long 63 % of what is due is paid: most of the error of a wave in the pipes goes with the wave by itself."""


class RoutingError:
    """The error of SWMM's routing in a run.

    Parameters
    ----------
    step_s : float
        The coupling step.
    nodes : int
        Number of coupled nodes.

    Attributes
    ----------
    made_m3 : float
        Created (above 0) or lost by SWMM since the start, and what a run before this one has left due.
    paid_m3 : float
        The part of it that was made up for.
    kept_m3 : array
        What each node paid: it gets that first where SWMM loses water later, as behind a wave.
    """

    def __init__(self, step_s: float, nodes: int) -> None:
        self.made_m3 = self.paid_m3 = self._earlier_m3 = 0.0
        self.kept_m3 = np.zeros(nodes)
        self._part = -math.expm1(-step_s / DELAY_S)

    @property
    def due_m3(self) -> float:
        """What is still to be made up for: taken from the street's water where above 0, else added to it."""
        return self.made_m3 - self.paid_m3

    def take_up(self, due_m3: float, kept_m3: Vector) -> None:
        """Go on from a run that left so much due, and had kept so much back at each node."""
        self.made_m3 = self._earlier_m3 = due_m3
        self.kept_m3 = kept_m3.copy()

    def left_m3(self, waiting_m3: Vector) -> float:
        """What is due beyond the water that pays for it: what is on its way into each node, or was kept back there."""
        waits_m3 = float(np.maximum(waiting_m3, 0.0).sum())
        back_m3 = waits_m3 + float(np.maximum(self.kept_m3, 0.0).sum())
        return self.due_m3 - min(max(self.due_m3, -back_m3), waits_m3)

    def pay(self, created_m3: float, waiting_m3: Vector, accepted_m3: Vector) -> None:
        """Take a part of what SWMM created from the water that waits, or add a part of what it lost.

        Parameters
        ----------
        created_m3 : float
            Created (above 0) or lost by SWMM since its start.
        waiting_m3 : array
            Street water on its way into each node; changed in place.
        accepted_m3 : array
            What the network took of it in the last coupling step: nodes get of what was lost in proportion to it, where
            nothing was kept back before.
        """
        self.made_m3 = created_m3 + self._earlier_m3
        if self.due_m3 > 0:
            sign, most_m3 = 1.0, np.maximum(waiting_m3, 0.0)
        else:
            kept_m3 = np.maximum(self.kept_m3, 0.0)
            sign, most_m3 = -1.0, kept_m3 if kept_m3.any() else np.maximum(accepted_m3, 0.0)
        total_m3 = float(most_m3.sum())
        if total_m3 > 0:
            change = sign * min(self._part * abs(self.due_m3) / total_m3, 1.0) * most_m3
            waiting_m3 -= change
            self.kept_m3 += change
            self.paid_m3 += float(change.sum())

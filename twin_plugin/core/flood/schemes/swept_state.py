"""The moving water of a scheme that writes each step beside the state that it reads."""

from __future__ import annotations

from .array_layout import F32, ArrayLayout
from .scheme import Numerics


class SweptState:
    """Depth and motion of now and of the next step, on the ground of a run; what `Scheme` asks of arrays.

    Parameters
    ----------
    layout : ArrayLayout
    bed_m, friction : float32 arrays, flat
        Bed relative to a height near it, walls at 1e6; g n², negative where nothing infiltrates.
    cell_m : float
    numerics : Numerics
    """

    def __init__(self, layout: ArrayLayout, bed_m: F32, friction: F32, cell_m: float, numerics: Numerics) -> None:
        self.layout = layout
        self.bed_m = bed_m
        self.friction = friction
        self.courant = numerics.courant
        self.low_m = layout.zeros()
        self._cell_m = cell_m
        self._numerics = numerics
        self._now = [layout.zeros() for _ in range(3)]
        self._next = [layout.zeros() for _ in range(3)]

    @property
    def depth_m(self) -> F32:
        """Current depth."""
        return self._now[0]

    @property
    def motion_x(self) -> F32:
        """What moves to the east; see `Scheme`."""
        return self._now[1]

    @property
    def motion_y(self) -> F32:
        """What moves to the south; see `Scheme`."""
        return self._now[2]

    def _advance(self) -> None:
        """What was written becomes the state."""
        self._now, self._next = self._next, self._now

"""People and jobs in catchments: points count whole, polygons by the share of their area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.cells import FloatArray


@dataclass(frozen=True)
class People:
    """Where people live and work; arrays of shape (n,).

    Attributes
    ----------
    shapes : array of shapely points or polygons
        None where there is none.
    people, jobs : float64 arrays
        NaN where they are unknown: they count as none.
    """

    shapes: NDArray[np.object_]
    people: FloatArray
    jobs: FloatArray

    def inside(self, area: shapely.Geometry | None) -> tuple[float, float]:
        """People and jobs in an area, each counted once whatever parts the area has."""
        if area is None or not len(self.shapes):
            return 0.0, 0.0
        near = np.sort(self._tree.query(area, predicate="intersects"))
        shapes, share = self.shapes[near], np.ones(len(near))
        cut = np.flatnonzero(shapely.get_dimensions(shapes) == 2)
        cut = cut[~shapely.covers(area, shapes[cut])]
        whole = shapely.area(shapes[cut])
        part = shapely.area(shapely.intersection(shapes[cut], area))
        share[cut] = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
        return float(share @ np.nan_to_num(self.people[near])), float(share @ np.nan_to_num(self.jobs[near]))

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)

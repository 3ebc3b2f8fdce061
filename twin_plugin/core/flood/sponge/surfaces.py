"""The sponge surfaces of a run as a process: which of them lies on each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.messages import Message
from ..process import Domain, Process, ProcessField, Role, RunningProcess, WiderCells
from ..surface import Surface
from .running import RunningSurfaces
from .surface import TAKEN, SpongeSurface, part_name


@dataclass(frozen=True)
class SpongeSurfaces(Process):
    """All sponge surfaces of a run.

    Attributes
    ----------
    labels : int32 array, shape (rows, columns), or None
        Number of the surface on each cell, 1 for the first, 0 for none.
    surfaces : sequence of SpongeSurface
    """

    labels: NDArray[np.int32] | None = None
    surfaces: tuple[SpongeSurface, ...] = ()

    FIELDS = (
        ProcessField("sponge_surfaces", "", Role.READS, "number of sponge surfaces"),
        ProcessField(TAKEN, "m³", Role.TAKES, "water that sponge surfaces took up"),
    )
    SOURCE = (
        "One storage with a limited uptake, seepage and underdrain: the LID storage of SWMM without its soil layer "
        "(Rossman, Huber 2016, EPA/600/R-16/093)."
    )

    def check(self, surface: Surface) -> None:
        if self.labels is not None and self.labels.shape != surface.bed.values.shape:
            raise InputError("The cells of sponge surfaces must be those of the terrain.")
        if self.labels is not None and int(self.labels.max(initial=0)) > len(self.surfaces):
            raise InputError("A cell has the number of a sponge surface that does not exist.")

    def warnings(self, surface: Surface) -> Iterator[Message]:
        """Catchments that are larger than the terrain."""
        area_m2 = float(np.isfinite(surface.bed.values).sum()) * surface.bed.cell_m**2
        drained_m2 = sum(sponge.catchment_m2 for sponge in self.surfaces)
        if drained_m2 > area_m2:
            yield Message(
                "The catchments of the sponge surfaces are {catchments:,.0f} m² in all, more than the terrain with "
                "{area:,.0f} m²: make sure that catchment_m2 is in m². It changes no water, but capture_pct.",
                catchments=drained_m2,
                area=area_m2,
            )

    def settings(self) -> dict[str, Any]:
        return {"sponge_surfaces": len(self.surfaces)}

    def parts(self) -> Mapping[str, Iterable[str]]:
        kinds = dict.fromkeys(surface.kind for surface in self.surfaces)
        return {TAKEN: [part_name(kind) for kind in kinds]} if kinds else {}

    def coarsened(self, wide: WiderCells) -> Process | None:
        """None: the first look has more water without them, so that it errs to the side of faster flow."""
        return None

    def start(self, domain: Domain) -> RunningProcess | None:
        if self.labels is None or not self.surfaces:
            return None
        return RunningSurfaces(self.labels, self.surfaces, domain)

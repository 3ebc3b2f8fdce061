"""What twin:skyview joins: the surface of a district before and after a scheme, sky view and horizons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from qgis.core import QgsApplication

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part, silent
from ...core.planning.sky_view import azimuths_of, horizon, sky_view
from ...core.planning.surface_model import SurfaceModel
from ..kernel import runtime
from ..kernel.input_table import Entry
from ..kernel.raster_kinds import KIND_ITEM
from ..kernel.raster_writer import Band, write_bands
from ..kernel.rasters import write_grid
from .surface import build_surface, surface_notes

if TYPE_CHECKING:
    from .city import City


@dataclass(frozen=True)
class SkyChoices:
    """How many azimuths are looked at, and cells of another size than the terrain's."""

    azimuths: int = 64
    cell_m: float | None = None


@dataclass(frozen=True, eq=False)
class SkyResult:
    """Sky view of a district.

    Attributes
    ----------
    surface : SurfaceModel
        With the scheme, where there is one.
    share, before : Grid, Grid or None
        From 0 to 1.
    azimuths : int
    numbers : dict
    notes, entries : list
    """

    surface: SurfaceModel
    share: Grid
    before: Grid | None
    azimuths: int
    numbers: dict[str, float]
    notes: list[Message]
    entries: list[Entry]

    def write(self, path: str) -> None:
        """Write the sky view as a raster."""
        write_grid(self.share, path, description="Sky view", metadata={KIND_ITEM: "SKY_VIEW"})

    def write_change(self, path: str) -> None:
        """Write the sky view with the scheme less that of today; where there is no scheme, nothing."""
        if self.before is None:
            return
        change = self.share.with_values(self.share.values - self.before.values)
        write_grid(change, path, description="Change of the sky view", metadata={KIND_ITEM: "SKY_VIEW_CHANGE"})

    def write_horizons(self, path: str, progress: Progress = silent) -> None:
        """Write the angle of the horizon as a raster with a band for each azimuth."""
        angles, threads = azimuths_of(self.azimuths), _threads()

        def values(number: int) -> np.ndarray:
            advance(progress, number / len(angles), Message("Horizons"))
            return horizon(self.surface.top, float(angles[number]), threads=threads).values

        bands = [
            Band(partial(values, number), f"{angle:g}°", "deg", {"AZIMUTH": f"{angle:g}"})
            for number, angle in enumerate(angles)
        ]
        write_bands(self.share, path, bands, {KIND_ITEM: "HORIZON"})


def sky_over_city(city: City, choices: SkyChoices, progress: Progress = silent) -> SkyResult:
    """Sky view of a district, and today's where it has a scheme.

    Raises
    ------
    InputError
        Where there is no terrain.
    """
    if city.terrain is None:
        raise InputError("The sky is seen from a terrain: choose one for DTM.")
    surface = build_surface(city.terrain, city.prisms, choices.cell_m)
    share = 1.0 if city.future is None else 0.5
    found = sky_view(surface.top, choices.azimuths, part(progress, 0.0, share), _threads())
    before, ground = None, np.isfinite(found.values) & ~surface.built
    if city.future is not None:
        today = build_surface(city.terrain, city.present, choices.cell_m)
        before = sky_view(today.top, choices.azimuths, part(progress, share, 1.0), _threads())
        ground &= ~today.built
    numbers = {"SKY_VIEW_MEAN": _mean(found, ground)}
    if before is not None:
        numbers["SKY_VIEW_MEAN_BEFORE"] = _mean(before, ground)
    notes = surface_notes(surface, city.prisms)
    return SkyResult(surface, found, before, choices.azimuths, numbers, notes, city.entries)


def _mean(share: Grid, ground: np.ndarray) -> float:
    """The mean on open ground; 0 where there is none."""
    return float(share.values[ground].mean(dtype=np.float64)) if ground.any() else 0.0


def _threads() -> int:
    return runtime.threads(0, QgsApplication.platform() == "desktop")

"""The volume capture ratio of one storm, and what each sponge surface did in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...common.tables import columns

if TYPE_CHECKING:
    from .running import SurfaceVolumes

COLUMNS = columns("""
    surface integer Number of the surface: its place in the layer SURFACES
    kind text Kind of the surface
    area_m2 real Its area on the terrain, m²
    storage_m3 real Water that it holds when full, m³
    rain_m3 real Rain that fell on it, m³
    taken_m3 real Water that it took up: rain and what flowed over it, m³
    drained_m3 real What it passed on to the ground and through its underdrain, m³
    to_drains_m3 real What of this went through the underdrain, m³
    stored_m3 real What it holds at the end, m³
    overflow_min real Minutes from the start until it was full and overflowed; empty where it never was
    capture_pct real Water taken up and not passed on to drains, of the rain on it and its catchment, %
""")


def capture_figures(summary: Mapping[str, Any], volumes: SurfaceVolumes | None) -> dict[str, Any]:
    """What sponge surfaces passed on, and the volume capture ratio of the run, as SUMMARY has them.

    The volume capture ratio is the share of the rain, in percent, that was kept where it fell: infiltrated, held back
    on roofs, or taken up by sponge surfaces and not passed on by their underdrains. The ratio of the Chinese guide
    (Ministry of Housing and Urban-Rural Development 2014) is that of the rain of an average year, with evaporation:
    the one of a storm is lower, the larger the storm is. Without rain it is None.

    Parameters
    ----------
    summary : mapping
        The figures of the run.
    volumes : SurfaceVolumes or None
        None: there are no sponge surfaces.
    """
    rain_m3 = summary["rain_m3"]
    to_ground_m3 = 0.0 if volumes is None else float(volumes.to_ground_m3.sum())
    to_drains_m3 = 0.0 if volumes is None else float(volumes.to_drains_m3.sum())
    kept_m3 = summary["infiltration_m3"] + summary["surfaces_m3"] - to_drains_m3 + summary.get("roofs_stored_m3", 0.0)
    return {
        "surfaces_to_ground_m3": to_ground_m3,
        "surfaces_to_drains_m3": to_drains_m3,
        "volume_capture_pct": 100.0 * kept_m3 / rain_m3 if rain_m3 > 0 else None,
    }


def capture_pct(volumes: SurfaceVolumes) -> NDArray[np.float64]:
    """Water that each surface took up and did not pass on to drains, as percent of the rain on it and its catchment.

    NaN where no rain fell. Above 100 where it takes water from an area that its catchment does not have.
    """
    catchment_m2 = np.array([surface.catchment_m2 for surface in volumes.surfaces])
    with np.errstate(divide="ignore", invalid="ignore"):
        offered_m3 = volumes.rain_m3 * (volumes.area_m2 + catchment_m2) / volumes.area_m2
        return np.where(offered_m3 > 0, 100.0 * (volumes.taken_m3 - volumes.to_drains_m3) / offered_m3, np.nan)


def surface_rows(volumes: SurfaceVolumes) -> Iterator[dict[str, Any]]:
    """The values of COLUMNS for each surface."""
    captured = capture_pct(volumes)
    drained_m3 = volumes.to_ground_m3 + volumes.to_drains_m3
    full_min = np.where(np.isfinite(volumes.full_s), volumes.full_s / 60.0, np.nan)
    for i, surface in enumerate(volumes.surfaces):
        yield {
            "surface": surface.number,
            "kind": surface.kind,
            "area_m2": float(volumes.area_m2[i]),
            "storage_m3": float(volumes.capacity_m3[i]),
            "rain_m3": float(volumes.rain_m3[i]),
            "taken_m3": float(volumes.taken_m3[i]),
            "drained_m3": float(drained_m3[i]),
            "to_drains_m3": float(volumes.to_drains_m3[i]),
            "stored_m3": float(volumes.stored_m3[i]),
            "overflow_min": float(full_min[i]),
            "capture_pct": float(captured[i]),
        }

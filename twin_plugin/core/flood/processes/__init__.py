"""The processes of a flood run. A new one is a module here and a row of `PROCESSES`."""

from __future__ import annotations

from ..ground.ground_infiltration import GroundInfiltration
from ..process import Process
from ..sponge.surfaces import SpongeSurfaces
from .boundaries import Boundaries
from .drainage import Drainage
from .drains import DrainSettings
from .infiltration import Infiltration
from .inflows import Inflows
from .interiors import Interiors
from .porosity import BuildingPorosity
from .rain import Rain
from .roofs import Roofs
from .spatial_rain import SpatialRain
from .structures import Structures
from .underground import UndergroundWater

PROCESSES: tuple[type[Process], ...] = (
    Rain, SpatialRain, BuildingPorosity, Inflows, SpongeSurfaces, Roofs, Boundaries, Infiltration, GroundInfiltration,
    Drainage, DrainSettings, Structures, UndergroundWater, Interiors,
)  # fmt: skip
"""In the order in which they act in each part of a step, and in which the water account adds them up."""

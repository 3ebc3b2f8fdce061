"""Parameters that have a value and no effect, since what they belong to is not given."""

from __future__ import annotations

from collections.abc import Iterator

from ....core.common.messages import Message
from .parameters import Parameters

NETWORK = ("DRAINS", "NODES")
RAIN_OF_PLACES = ("GAUGES", "RAIN_RASTERS")
NEEDED = {
    "DRAINS_CRS": ("DRAINS",),
    "DRAINS_RAIN": NETWORK,
    "DRAIN_FIELDS": ("NODES", "DRAIN_INLETS"),
    "DRAIN_TOLERANCE_M": ("NODES",),
    "DRAINS_OTHER_NODES": NETWORK,
    "DRAINS_OUTFALLS": NETWORK,
    "COUPLING_STEP_S": NETWORK,
    "BLOCKED_PCT": NETWORK,
    "OUTFALL_LEVEL_M": NETWORK,
    "DRAIN_ZONE": ("DRAIN_RETURN_PERIOD", "DRAIN_AREAS"),
    "DRAIN_RUNOFF_SHARE": ("DRAIN_RETURN_PERIOD", "DRAIN_AREAS"),
    "DRAIN_CONCENTRATION_MIN": ("DRAIN_RETURN_PERIOD", "DRAIN_AREAS"),
    "GAUGE_METHOD": ("GAUGES",),
    "RAIN_START": RAIN_OF_PLACES,
    "RAIN_RASTER_STEP_MIN": ("RAIN_RASTERS",),
    "RAIN_RASTER_TIME": ("RAIN_RASTERS",),
    "RAIN_UNIT": ("RAIN_RASTERS",),
    "START_CLOCK": ("START",),
    "UNDERGROUND_FILL_SHARE": ("UNDERGROUND",),
    "STRUCTURE_FLOWS": ("STRUCTURES",),
    "STRUCTURE_SERIES": ("STRUCTURES",),
}
"""What each parameter belongs to: it has an effect where one of these is given."""


def without_effect(parameters: Parameters) -> Iterator[Message]:
    """A sentence for each parameter with another value than its default that nothing reads."""
    for name, needed in NEEDED.items():
        if parameters.changed(name) and not any(parameters.given(other) for other in needed):
            yield Message("{name} has no effect without {needed}.", name=name, needed=_any_of(needed))
    if parameters.changed("BUILDING_POROSITY") and parameters.text("BUILDINGS_AS") != "porosity":
        yield Message("BUILDING_POROSITY has no effect: choose porosity in BUILDINGS_AS.")


def _any_of(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else Message("{first} or {second}", first=names[0], second=names[1])

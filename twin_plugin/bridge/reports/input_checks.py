"""Whether the inputs of a report are what they are given for, as far as their values and their CRS say so."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import QgsRasterLayer

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ..kernel.raster_kinds import TERRAIN, depth_warning, require_own_unit, require_terrain, require_water
from ..kernel.raster_units import scale_note
from ..kernel.rasters import require_metres
from .one_run import RASTERS, RESULTS
from .report_figures import RunLayers

HIGHEST_HAZARD = 6
"""AIDR's classes go from H1 to H6; 0 is dry."""


def require_inputs(results: RunLayers) -> None:
    """Check what a report would otherwise draw or count as something else.

    Raises
    ------
    InputError
        When a raster holds something else than what it is given for, is in another unit than the map's classes, or
        is in no CRS in metres.
    """
    for name in RASTERS:
        layer = results.get(name)
        if not isinstance(layer, QgsRasterLayer):
            continue
        extremes = require_water(layer, name, name)
        require_own_unit(layer, name)
        if name == "DEPTH_MAX":
            require_metres(layer)  # its wet cells are summed up in m²
        if name == "HAZARD" and extremes is not None and extremes[1] > HIGHEST_HAZARD:
            raise InputError(
                "The raster '{layer}' cannot be used for {name}: its values go up to {high:g}, and classes of hazard "
                "to {most}. Choose the output {name} of 'Simulate flood'.",
                layer=layer.name(),
                name=name,
                high=extremes[1],
                most=HIGHEST_HAZARD,
            )
    terrain = results.get(TERRAIN)
    if isinstance(terrain, QgsRasterLayer):
        require_terrain(terrain)


def doubts(results: RunLayers) -> Iterator[Message]:
    """That a report has no results, and what looks wrong in a raster of depths that can be used."""
    if not results.summary and all(results.get(name) is None for name in (*RESULTS, "STORM")):
        yield Message("The report is empty: choose results of 'Simulate flood', or the output of 'Building risk'.")
    layer = results.get("DEPTH_MAX")
    if isinstance(layer, QgsRasterLayer):
        found = depth_warning(layer, require_water(layer, "DEPTH_MAX", "DEPTH_MAX"), True), scale_note(layer)
        yield from (message for message in found if message is not None)

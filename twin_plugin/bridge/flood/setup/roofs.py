"""Roofs: what they hold back, and downpipes from a layer of points."""

from __future__ import annotations

from collections import Counter

import numpy as np

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.processes.roofs import Roofs
from ....core.flood.roofs.runoff import Downpipe
from ....core.flood.surface import Surface
from ...kernel.input_table import Entry, reasons
from .building_points import FIELD, REACH_M, building_of, labels_by_id, place_of
from .parameters import Parameters


def read_roofs(parameters: Parameters, grid: Grid, surface: Surface) -> Roofs:
    """ROOF_STORAGE_MM and DOWNPIPES.

    Raises
    ------
    InputError
        When there are downpipes and no buildings, or none of them belongs to one.
    """
    storage_mm = parameters.number("ROOF_STORAGE_MM") or 0.0
    source = parameters.source("DOWNPIPES")
    if source is None:
        return Roofs(storage_mm)
    if surface.buildings is None:
        raise InputError("DOWNPIPES lead the rain of buildings: choose BUILDINGS, or leave DOWNPIPES empty.")
    table = parameters.features(source, grid, FIELD)
    labels = labels_by_id(parameters, grid) if FIELD in table.columns else {}
    pipes, left_out = [], Counter[str]()
    for point, said in zip(table.geometries, table.get(FIELD), strict=True):
        place = place_of(point, grid)
        building = building_of(said, labels, point, grid, surface)
        reason = "outside" if place is None else "stray" if not building else ""
        if reason or place is None or not building:
            left_out[reason] += 1
        else:
            pipes.append(Downpipe(building, *place))
    if len(table) and not pipes:
        raise InputError(
            "No downpipe of '{layer}' belongs to a building on the terrain: move the points to within {reach:g} m of "
            "one, or check the CRS.",
            layer=source.sourceName(),
            reach=REACH_M,
        )
    _report(parameters, source.sourceName(), pipes, left_out, surface)
    return Roofs(storage_mm, tuple(pipes))


def _report(
    parameters: Parameters, layer: str, pipes: list[Downpipe], left_out: Counter[str], surface: Surface
) -> None:
    if left_out.total():
        parameters.warn(
            [
                Message(
                    "{count:,} downpipes of '{layer}' lie outside the terrain or belong to no building within "
                    "{reach:g} m, and have no effect.",
                    count=left_out.total(),
                    layer=layer,
                    reach=REACH_M,
                )
            ]
        )
    served = len({pipe.building for pipe in pipes})
    buildings = len(np.unique(surface.buildings[surface.buildings > 0])) if surface.buildings is not None else 0
    why = [
        Message("outside: {n}", n=left_out["outside"]) if left_out["outside"] else None,
        Message("of no building: {n}", n=left_out["stray"]) if left_out["stray"] else None,
        Message("{n} of {all} buildings have one, the others let rain run off beside them", n=served, all=buildings),
    ]
    parameters.entries.append(Entry(Message("Downpipes"), len(pipes), left_out.total(), 0, reasons(why)))

"""What is out of service: ids that the user names, assets that fail by water, and sources in buildings in water."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.power.network import Network
from ...core.power.outages import known_ids
from ..kernel.input_table import Entry
from ..kernel.line_layers import first_field, id_text
from ..kernel.number_fields import NumberFields
from ..kernel.vectors import FeatureTable

NEAR_M = 15.0
"""A source belongs to a building in water that is so near."""
ENTERED = 2
"""Risk class from which water stands above a sill."""


def read_failures(table: FeatureTable, layer: str, network: Network) -> tuple[dict[str, float], list[Entry]]:
    """The parts of a network among the assets that fail, with the minute.

    Raises
    ------
    InputError
        Where the table has no field asset.
    """
    own = first_field(table, ("asset", "asset_id"))
    if not own:
        raise InputError(
            "The table '{layer}' of FAILURES has no field 'asset': choose FAILURES of 'Network risk'.", layer=layer
        )
    minutes = NumberFields(table)("minute")
    known, failed = known_ids(network), dict[str, float]()
    for value, minute in zip(table.columns[own], minutes.tolist(), strict=True):
        name = id_text(value)
        if name in known:
            failed[name] = float(np.fmin(minute, failed.get(name, math.nan)))
    rest = len(table) - len(failed)
    why = Message("no source, cable or node of the network: {n}", n=rest) if rest else ""
    return failed, [Entry(Message("Rows of FAILURES"), len(failed), rest, 0, why)]


def sources_in_water(
    buildings: FeatureTable, layer: str, places: Sequence[shapely.Geometry | None], ids: Sequence[str], metre: float
) -> tuple[dict[str, float], list[Entry]]:
    """Sources whose nearest building, at most 15 m away, has water above a sill, with the minute.

    Parameters
    ----------
    places : sequence of geometries
        Of the sources, in the CRS of the buildings; None where there is none.
    metre : float
        Units of that CRS in a metre.

    Raises
    ------
    InputError
        Where the layer has no risk classes.
    """
    field = first_field(buildings, ("risk_class",))
    if not field:
        raise InputError(
            "The layer '{layer}' of WATER has no field 'risk_class': choose OUTPUT of 'Building risk'.", layer=layer
        )
    classes = [_risk_class(value, field, layer) for value in buildings.columns[field]]
    minutes = NumberFields(buildings)("ingress_time_min")
    there = [row for row, shape in enumerate(buildings.geometries) if shape is not None and not shape.is_empty]
    tree = shapely.STRtree(buildings.geometries[there])
    wet, far = dict[str, float](), 0
    for name, place in zip(ids, places, strict=True):
        near = None if place is None else tree.query_nearest(place, max_distance=NEAR_M * metre)
        if near is None or not len(near):
            far += 1
            continue
        row = there[int(near[0])]
        if classes[row] >= ENTERED:
            wet[name] = float(minutes[row])
    why = Message("no building within {m:g} m: {n}", m=NEAR_M, n=far) if far else ""
    return wet, [Entry(Message("Sources beside buildings of WATER"), len(ids) - far, far, 0, why)]


def _risk_class(value: object, field: str, layer: str) -> float:
    """A risk class, NaN where it is unknown."""
    try:
        return math.nan if value is None else float(str(value))
    except ValueError as error:
        raise InputError(
            "The field '{field}' of '{layer}' has '{value}', which is no risk class from 0 to 4: choose OUTPUT of "
            "'Building risk'.",
            field=field,
            layer=layer,
            value=str(value)[:40],
        ) from error

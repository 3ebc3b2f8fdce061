"""What a run tells of its drains, as tables of nodes and conduits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from ...common.messages import Message
from ...common.tables import Table, columns
from .network import NO_CELL, DrainNetwork, DrainOutcome, Uncoupled

NODES = Table(
    "drain_nodes",
    columns("""
    id text Node of the network
    kind text junction, outfall, storage or divider
    invert_m real Elevation of the bottom, m above datum
    rim_m real Elevation of the rim, m above datum
    ground_m real Terrain in the node's cell, m above datum
    coupled boolean Whether it exchanges water with the terrain
    why text Why it does not
    depth_max_m real Largest depth of water above the bottom, m
    level_max_m real Highest water level, m above datum
    time_max_min real Time of the highest level, minutes from the start of the run
    below_rim_m real Rim minus the highest level, m; negative where water stood above the rim
    captured_m3 real Street water that entered, m³
    surcharged_m3 real Water that came back to the street, m³
    lost_m3 real Water that left to the outside, m³
    flooded_min real How long water stood above the rim, minutes
    """),
    "Point",
)
CONDUITS = Table(
    "drain_conduits",
    columns("""
    id text Link of the network
    kind text conduit, pump, orifice, weir or outlet
    from_node text Node at its start
    to_node text Node at its end
    shape text Cross-section, as SWMM calls it
    height_m real Height of the cross-section, m
    length_m real Length, m
    flow_max_m3s real Largest flow, m³/s
    velocity_max_ms real Largest velocity, m/s
    filling_max real Largest depth as a share of the height, 0 to 1
    time_max_min real Time of the largest flow, minutes from the start of the run
    """),
    "LineString",
)

_WHY = {
    Uncoupled.NO_COORDINATES: Message("without coordinates"),
    Uncoupled.OUTSIDE: Message("outside the terrain"),
    Uncoupled.NO_DATA: Message("where the terrain has no data"),
    Uncoupled.BUILDING: Message("under a building"),
    Uncoupled.CLOSED: Message("without an inlet"),
    Uncoupled.OUTFALL: Message("an outfall to the outside"),
}


def reason(why: Uncoupled) -> Message:
    """Why a node does not exchange water with the terrain, as a sentence's part."""
    return _WHY[why]


def node_rows(network: DrainNetwork, outcome: DrainOutcome) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Point and values of each node; None where it has no coordinates."""
    import shapely

    for number, node in enumerate(network.nodes):
        level_m = float(outcome.level_max_m[number])
        yield (
            None if math.isnan(node.x) else shapely.Point(node.x, node.y),
            {
                "id": node.id,
                "kind": node.kind.value,
                "invert_m": node.invert_m,
                "rim_m": node.rim_m,
                "ground_m": node.ground_m,
                "coupled": node.cell != NO_CELL,
                "why": "" if node.uncoupled is None else reason(node.uncoupled),
                "depth_max_m": float(outcome.depth_max_m[number]),
                "level_max_m": level_m,
                "time_max_min": float(outcome.depth_max_time_s[number]) / 60.0,
                "below_rim_m": node.rim_m - level_m,
                "captured_m3": float(outcome.captured_m3[number]),
                "surcharged_m3": float(outcome.surcharged_m3[number]),
                "lost_m3": float(outcome.lost_m3[number]),
                "flooded_min": float(outcome.flooded_s[number]) / 60.0,
            },
        )


def link_rows(network: DrainNetwork, outcome: DrainOutcome) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Line and values of each link; None where an end has no coordinates."""
    import shapely

    for number, link in enumerate(network.links):
        yield (
            shapely.LineString(link.path) if link.path else None,
            {
                "id": link.id,
                "kind": link.kind.value,
                "from_node": link.start,
                "to_node": link.end,
                "shape": link.shape,
                "height_m": link.height_m,
                "length_m": link.length_m,
                "flow_max_m3s": float(outcome.flow_max_m3s[number]),
                "velocity_max_ms": float(outcome.velocity_max_m_s[number]),
                "filling_max": float(outcome.filling_max[number]),
                "time_max_min": float(outcome.flow_max_time_s[number]) / 60.0,
            },
        )

"""What twin:powerflow joins: layers of a network, what is out, core's search and load flow, the rows of outputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from qgis.core import QgsFeatureSource, QgsProcessingContext, QgsProcessingFeedback

from ...core.common.errors import InputError, ResourceError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part
from ...core.power.cables import read_cable_types
from ...core.power.flow import Flow, parts, solve
from ...core.power.network import Loads, Network
from ...core.power.outages import Outages, switch
from ...core.power.pandapower_flow import has_pandapower, solve_pandapower
from ...core.power.spare import Spare, SpareLimits, find_spare
from ...core.power.supply import Supply, find_supply
from ..kernel import resources
from ..kernel.crs_scale import crs_unit_m
from ..kernel.input_table import Entry, table_lines
from ..kernel.line_layers import axis_metres
from ..kernel.vectors import FeatureTable, read_table
from . import loads, network_layers, outages
from .output_rows import Computed, Output, feeder_rows, hour_rows, line_output, node_output, supply_rows

Rows = Iterable[tuple[Any, Mapping[str, Any]]]
METHODS = ("auto", "pandapower", "builtin", "topology")


@dataclass(frozen=True)
class PowerLayers:
    """The layers of a run; the first three must be there."""

    nodes: QgsFeatureSource
    feeders: QgsFeatureSource
    substations: QgsFeatureSource
    loads: QgsFeatureSource | None = None
    storage: QgsFeatureSource | None = None
    critical: QgsFeatureSource | None = None
    failures: QgsFeatureSource | None = None
    water: QgsFeatureSource | None = None


@dataclass(frozen=True)
class PowerChoices:
    """What the user decides.

    Attributes
    ----------
    hour : int, optional
        None for all.
    method : str
        One of `METHODS`.
    off, on : tuple of str
        Ids out of service, and cables that are switched on.
    station_kw : float, optional
        Of a station that is to fit.
    """

    hour: int | None
    method: str
    off: tuple[str, ...]
    on: tuple[str, ...]
    station_kw: float | None
    limits: SpareLimits


@dataclass(frozen=True)
class PowerResult:
    """The results: layers with their fields, rows of tables, numbers, and what the user must know."""

    lines: Output
    nodes: Output
    supply: Rows
    by_feeder: Rows
    by_hour: Rows
    numbers: dict[str, float]
    warnings: list[Message]
    table: list[Message]


def run_power(
    layers: PowerLayers,
    choices: PowerChoices,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    progress: Progress,
) -> PowerResult:
    """Who has power, and what cables, transformers and nodes carry.

    Raises
    ------
    InputError
        Where the layers make no network, or an id or an hour is not there.
    """
    tables = {name: _table(source, feedback) for name, source in vars(layers).items()}
    nodes, feeders, substations = (_required(tables, name) for name in ("nodes", "feeders", "substations"))
    crs = layers.feeders.sourceCrs()
    metres = axis_metres(crs, _middle_y(feeders))
    names = tuple(source.sourceName() for source in (layers.nodes, layers.feeders, layers.substations))
    read = network_layers.read_network(
        network_layers.Layers(nodes, feeders, substations, (names[0], names[1], names[2]), metres),
        read_cable_types(resources.table("cable_types")),
    )
    taken = loads.read_loads(tables["loads"], _name(layers.loads), read, nodes)
    storage, storage_notes, storage_entries = loads.read_storage(tables["storage"], _name(layers.storage), read.network)
    critical, critical_notes, critical_entries = loads.read_critical(
        tables["critical"], _name(layers.critical), read.network
    )
    water, water_entries = _by_water(layers, tables, read, context, feedback)
    network = switch(read.network, Outages(choices.off, water, choices.on))
    advance(progress, 0.1)
    supply, hours = find_supply(network), loads.choose_hour(taken.loads, choices.hour)
    notes = [*read.notes, *taken.notes, *storage_notes, *critical_notes]
    flow, spare, flow_notes, by = _flow(network, supply, hours, choices, part(progress, 0.1, 0.95))
    found = Computed(read, network, supply, hours, flow, spare, storage, critical, water, choices.off)
    return PowerResult(
        line_output(found, layers.feeders.fields(), feeders),
        node_output(found, layers.nodes.fields(), nodes, choices.station_kw),
        supply_rows(found),
        feeder_rows(found),
        hour_rows(found),
        found.numbers(),
        [*notes, *flow_notes, *_findings(found)],
        [by, *table_lines([*read.entries, *taken.entries, *storage_entries, *critical_entries, *water_entries])],
    )


def _table(source: QgsFeatureSource | None, feedback: QgsProcessingFeedback) -> FeatureTable | None:
    return None if source is None else read_table(source, feedback)


def _name(source: QgsFeatureSource | None) -> str:
    return "" if source is None else str(source.sourceName())


def _required(tables: Mapping[str, FeatureTable | None], name: str) -> FeatureTable:
    table = tables[name]
    if table is None or not len(table):
        raise InputError("The layer of {parameter} has no features.", parameter=name.upper())
    return table


def _middle_y(table: FeatureTable) -> float:
    import shapely

    bounds = shapely.total_bounds([shape for shape in table.geometries if shape is not None])
    return float(np.nan_to_num((bounds[1] + bounds[3]) / 2.0, nan=0.0))


def _by_water(
    layers: PowerLayers,
    tables: Mapping[str, FeatureTable | None],
    read: network_layers.NetworkRead,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> tuple[dict[str, float], list[Entry]]:
    """Ids that water puts out of service, with the minute, NaN where unknown."""
    wet, entries = dict[str, float](), list[Entry]()
    if (failures := tables["failures"]) is not None:
        failed, lines = outages.read_failures(failures, _name(layers.failures), read.network)
        wet, entries = wet | failed, entries + lines
    if layers.water is not None and (buildings := tables["water"]) is not None:
        crs = layers.water.sourceCrs()
        moved = read_table(layers.substations, feedback, crs, transform_context=context.transformContext())
        places = [moved.geometries[row] for row in read.source_rows]
        unit_m = crs_unit_m(crs)
        metre = 1.0 / unit_m if unit_m > 0 else 1.0 / 111_320.0
        found, lines = outages.sources_in_water(buildings, _name(layers.water), places, read.network.sources.ids, metre)
        wet, entries = wet | {name: minute for name, minute in found.items() if name not in wet}, entries + lines
    return wet, entries


def _flow(
    network: Network, supply: Supply, hours: Loads, choices: PowerChoices, progress: Progress
) -> tuple[Flow | None, Spare | None, list[Message], Message]:
    """The load flow by the method that is chosen or there, and what nodes can take in addition."""
    if choices.method == "topology":
        return None, None, [], Message("Search of the graph only, without a load flow.")
    all_parts, load = parts(network, supply), hours.net_mva
    share = part(progress, 0.0, 0.4)
    flow, notes = None, list[Message]()
    if all_parts and (choices.method == "pandapower" or (choices.method == "auto" and _suits_pandapower(network))):
        try:
            flow = solve_pandapower(network, load, share)
        except ResourceError as error:
            if choices.method == "pandapower":
                raise
            notes = [Message("{reason} The built-in load flow is used.", reason=error.message)]
    by = Message("Load flow by pandapower; spare power by the built-in load flow.")
    if flow is None:
        flow, by = solve(network, all_parts, load, share), Message("Built-in load flow.")
    spare = find_spare(network, all_parts, load, choices.limits, part(progress, 0.4, 1.0))
    return flow, spare, notes, by


def _suits_pandapower(network: Network) -> bool:
    """Whether pandapower is installed and takes the network: it needs transformers."""
    return has_pandapower() and bool((network.sources.mva > 0).all())


def _findings(found: Computed) -> list[Message]:
    """What the user must know of the results."""
    notes, flow = [], found.flow
    loops = int(np.maximum(found.supply.loops, 0).sum())
    if loops:
        notes.append(
            Message(
                "{n} cables close a loop or join two sources: open a switch where feeders are run as trees.", n=loops
            )
        )
    dark = int((~found.supply.reached).sum())
    if dark:
        notes.append(Message("{n} of {all} nodes have no power.", n=dark, all=len(found.network.ids)))
    if flow is not None and not flow.solved.all():
        hours = [found.loads.hours[k] for k in np.flatnonzero(~flow.solved)]
        notes.append(
            Message(
                "In {n} hours, such as {hour}, the load flow has no solution: a part of the network asks for more than "
                "its cables can carry.",
                n=len(hours),
                hour=hours[0],
            )
        )
    if found.spare is not None and found.spare.left_out:
        notes.append(
            Message("{n} nodes of large parts of the network have no spare power: the search would take too long.",
                    n=found.spare.left_out)
        )  # fmt: skip
    return notes

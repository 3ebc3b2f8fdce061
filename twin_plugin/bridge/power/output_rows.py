"""Rows of the outputs of twin:powerflow from what was computed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from qgis.core import QgsField, QgsFields

from ...core.common.messages import Message
from ...core.common.tables import Column
from ...core.power import tables
from ...core.power.flow import Flow
from ...core.power.network import Loads, Network
from ...core.power.outages import first_minute
from ...core.power.spare import Spare
from ...core.power.supply import Supply
from ..kernel.columns import make_fields
from ..kernel.translation import localized
from ..kernel.vectors import FeatureTable
from .loads import Critical, Reserves
from .network_layers import NetworkRead

Rows = Iterable[tuple[Any, Mapping[str, Any]]]
OVERLOADED_PERCENT = 100.0


@dataclass(frozen=True)
class Output:
    """A layer: fields and rows."""

    fields: QgsFields
    rows: Rows


@dataclass(frozen=True)
class Computed:
    """What a run computed.

    Attributes
    ----------
    network : Network
        With what is out and switched on; `read` has the normal state.
    flow, spare : optional
        None with METHOD topology.
    water : mapping of str to float
        Ids that water puts out, with the minute.
    off : tuple of str
        Ids out of service otherwise.
    """

    read: NetworkRead
    network: Network
    supply: Supply
    loads: Loads
    flow: Flow | None
    spare: Spare | None
    storage: Reserves
    critical: Critical | None
    water: Mapping[str, float]
    off: tuple[str, ...]

    @cached_property
    def load_kw(self) -> np.ndarray:
        """Greatest load of each node."""
        return np.asarray(self.loads.p_kw.max(axis=1))

    @cached_property
    def peak(self) -> int:
        """Column of the hour with the greatest load of all."""
        return int(self.loads.p_kw.sum(axis=0).argmax())

    @cached_property
    def backup_min(self) -> np.ndarray:
        """How long the storage of a node carries its greatest load, minutes; NaN without storage."""
        energy, power = self.storage.energy_kwh, self.storage.power_kw
        with np.errstate(divide="ignore", invalid="ignore"):
            minutes = np.where(power >= self.load_kw, 60.0 * energy / self.load_kw, 0.0)
        return np.where((energy > 0) & (self.load_kw > 0), minutes, np.nan)

    @cached_property
    def since_min(self) -> float:
        """When the first part of the network is out by water, NaN where unknown."""
        return first_minute(list(self.water.values()))

    def reason(self, node: int) -> str:
        """Why a node has no power, in the user's language; "" where it has."""
        name = self.network.ids[node]
        if self.supply.reached[node]:
            return ""
        if name in self.water or self._busbar_in_water(node):
            return localized(Message("in water"))
        if not self.network.on[node]:
            return localized(Message("out of service"))
        sources = self.network.sources
        fed = [sources.ids[k] for k in self._normal_sources(node)]
        if out := [name for name in fed if name in self.water or name in self.off]:
            return localized(Message("without {names}", names=", ".join(out)))
        cut = [name for name in self.off if name not in sources.ids] + [n for n in self.water if n not in sources.ids]
        if cut and fed:
            return localized(Message("cut off from {names}", names=", ".join(fed)))
        return localized(Message("no closed way to a source that is in service"))

    def _busbar_in_water(self, node: int) -> bool:
        sources = self.network.sources
        return any(sources.ids[k] in self.water for k in np.flatnonzero(sources.node == node))

    @cached_property
    def _normal(self) -> Supply:
        from ...core.power.supply import find_supply

        return find_supply(self.read.network)

    def _normal_sources(self, node: int) -> list[int]:
        """The sources of the part that a node belongs to in the normal state."""
        part = self._normal.part[node]
        if part < 0:
            return []
        sources = self.read.network.sources
        return [k for k in range(len(sources.ids)) if sources.on[k] and self._normal.part[sources.node[k]] == part]

    def feeder(self, node: int) -> str:
        """Feeder of a node: that of its layer, or else that of the cable that brings its power."""
        if self.read.feeders[node]:
            return self.read.feeders[node]
        cable = int(self.supply.cable[node])
        return self.read.cable_feeders[cable] if cable >= 0 else ""

    def numbers(self) -> dict[str, float]:
        """The figures of the run."""
        dark = ~self.supply.reached
        found = {
            "WITHOUT_POWER": int(dark.sum()),
            "LOST_KW": float(self.loads.p_kw[dark].sum(axis=0).max()),
            "CRITICAL_WITHOUT_POWER": int(_dark_critical(self).sum()),
        }
        if self.flow is not None:
            found |= {
                "LOADING_MAX": _greatest(self.flow.cable_percent),
                "TRANSFORMER_MAX": _greatest(self.flow.source_percent),
                "VOLTAGE_MIN": -_greatest(-self.flow.voltage_pu),
                "OVERLOADED": int((_rows_max(self.flow.cable_percent) > OVERLOADED_PERCENT).sum()),
                "LOSSES_KW": 1000.0 * _greatest(self.flow.losses_mw),
            }
        return {name: value for name, value in found.items() if not math.isnan(value)}


def _greatest(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.max()) if known.size else math.nan


def _rows_max(values: np.ndarray) -> np.ndarray:
    """The greatest value of each row, NaN where all are unknown."""
    return np.where(np.isfinite(values), values, -np.inf).max(axis=1, initial=-np.inf) + np.where(
        np.isfinite(values).any(axis=1), 0.0, np.nan
    )


def _fields(own: QgsFields, columns: tuple[Column, ...]) -> QgsFields:
    """The fields of a layer and those of the results; one of the layer's of such a name gives way."""
    fields, results = QgsFields(), make_fields(columns)
    for field in own:
        if field.name().lower() != "fid" and results.lookupField(field.name()) < 0:
            fields.append(QgsField(field))
    for field in results:
        fields.append(field)
    return fields


def _rows(table: FeatureTable, rows: np.ndarray, results: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Any, Any]]:
    """The rows of a layer that were used, with their own values and results."""
    for row, values in zip(rows.tolist(), results, strict=True):
        yield table.geometries[row], {name: column[row] for name, column in table.columns.items()} | dict(values)


def line_output(found: Computed, own: QgsFields, table: FeatureTable) -> Output:
    """LINES: the cables with what they carry."""
    return Output(_fields(own, tables.LINES), _rows(table, found.read.cable_rows, _line_rows(found)))


def _line_rows(found: Computed) -> Iterator[dict[str, Any]]:
    network, flow = found.network, found.flow
    usable, cables = network.usable(), network.cables
    for k, name in enumerate(cables.ids):
        supplied = bool(usable[k] and found.supply.reached[cables.start[k]])
        out = (
            name in found.off or name in found.water or not (network.on[cables.start[k]] and network.on[cables.end[k]])
        )
        state = "out" if out else "open" if not cables.closed[k] else "in service" if supplied else "without power"
        row: dict[str, Any] = {"supplied": supplied, "state_now": state}
        if flow is not None and supplied and np.isfinite(flow.current_a[k]).any():
            worst = int(np.nanargmax(flow.current_a[k]))
            kva = math.sqrt(3.0) * network.kv[cables.start[k]]
            amperes = float(flow.current_a[k, worst])
            row |= {
                "loading_percent": float(flow.cable_percent[k, worst]),
                "current_a": amperes,
                "flow_kw": 1000.0 * float(flow.cable_mw[k, worst]),
                "loading_hour": found.loads.hours[worst],
                "spare_kva": max(0.0, kva * (float(cables.i_max_a[k]) - amperes)),
            }
        yield row


def node_output(found: Computed, own: QgsFields, table: FeatureTable, station_kw: float | None) -> Output:
    """NODES_OUT: the nodes with their power, voltage, reserve and what can be added."""
    return Output(_fields(own, tables.NODES), _rows(table, found.read.node_rows, _node_rows(found, station_kw)))


def _node_rows(found: Computed, station_kw: float | None) -> Iterator[dict[str, Any]]:
    supply, flow, spare = found.supply, found.flow, found.spare
    net_kw = 1000.0 * found.loads.net_mva[:, found.peak].real
    for k in range(len(found.network.ids)):
        reached = bool(supply.reached[k])
        row: dict[str, Any] = {
            "supplied": reached,
            "source": found.network.sources.ids[supply.source[k]] if reached else None,
            "cables": int(supply.steps[k]) if reached else None,
            "island": int(supply.part[k]) + 1 if reached else None,
            "load_kw": float(found.load_kw[k]),
            "net_kw": float(net_kw[k]),
            "backup_min": float(found.backup_min[k]),
            "reason": found.reason(k) or None,
        }
        if flow is not None and np.isfinite(flow.voltage_pu[k]).any():
            lowest = int(np.nanargmin(flow.voltage_pu[k]))
            row |= {
                "voltage_pu": float(flow.voltage_pu[k, lowest]),
                "voltage_max_pu": float(np.nanmax(flow.voltage_pu[k])),
                "voltage_hour": found.loads.hours[lowest],
            }
        if spare is not None and spare.kw[k] == spare.kw[k]:
            row |= {
                "spare_kw": float(spare.kw[k]),
                "spare_hour": found.loads.hours[spare.hour[k]],
                "spare_stop": localized(Message("voltage")) if spare.stop[k] == "voltage" else spare.stop[k] or None,
            }
        if station_kw is not None and spare is not None:
            row["fits"] = "yes" if spare.kw[k] >= station_kw else "no"
        yield row


def _dark_critical(found: Computed) -> np.ndarray:
    """Critical buildings whose node is known and has no power."""
    if found.critical is None:
        return np.zeros(0, np.bool_)
    node = found.critical.node
    return (node >= 0) & ~found.supply.reached[np.maximum(node, 0)]


def supply_rows(found: Computed) -> Iterator[tuple[None, dict[str, Any]]]:
    """SUPPLY: who is without power, nodes and then critical buildings."""
    since = found.since_min
    for k in np.flatnonzero(~found.supply.reached).tolist():
        backup = float(np.nan_to_num(found.backup_min[k], nan=0.0))
        yield (
            None,
            {
                "kind": "node",
                "id": found.network.ids[k],
                "name": found.read.names[k],
                "node": found.network.ids[k],
                "load_kw": float(found.load_kw[k]),
                "since_min": since,
                "backup_min": backup,
                "dark_min": since + backup,
                "reason": found.reason(k),
            },
        )
    critical = found.critical
    for k in np.flatnonzero(_dark_critical(found)).tolist() if critical is not None else ():
        node, backup = int(critical.node[k]), float(critical.backup_min[k])
        yield (
            None,
            {
                "kind": "critical building",
                "id": critical.ids[k],
                "name": critical.names[k],
                "node": found.network.ids[node],
                "load_kw": float(critical.p_kw[k]),
                "since_min": since,
                "backup_min": backup,
                "dark_min": since + backup,
                "reason": found.reason(node),
            },
        )


def feeder_rows(found: Computed) -> Iterator[tuple[None, dict[str, Any]]]:
    """BY_FEEDER: load, loading and spare power of each feeder."""
    members: dict[str, list[int]] = {}
    for k in range(len(found.network.ids)):
        if name := found.feeder(k):
            members.setdefault(name, []).append(k)
    cables: dict[str, list[int]] = {}
    for k, name in enumerate(found.read.cable_feeders):
        cables.setdefault(name, []).append(k)
    for name, nodes in sorted(members.items()):
        load = found.loads.p_kw[nodes].sum(axis=0)
        reached = found.supply.reached[nodes]
        sources = {found.network.sources.ids[found.supply.source[k]] for k in nodes if found.supply.reached[k]}
        row: dict[str, Any] = {
            "feeder": name,
            "source": ", ".join(sorted(sources)) or None,
            "nodes": len(nodes),
            "without_power": int((~reached).sum()),
            "load_kw": float(load.max()),
            "load_hour": found.loads.hours[int(load.argmax())],
        }
        if found.flow is not None:
            row["loading_percent"] = _greatest(found.flow.cable_percent[cables.get(name, [])])
            row["voltage_pu"] = -_greatest(-found.flow.voltage_pu[nodes])
        if found.spare is not None:
            row["spare_kw"] = _greatest(found.spare.kw[nodes])
            row["spare_least_kw"] = -_greatest(-found.spare.kw[nodes])
        yield None, row


def hour_rows(found: Computed) -> Iterator[tuple[None, dict[str, Any]]]:
    """BY_HOUR: the balance of the network in each hour."""
    reached, loads, flow = found.supply.reached, found.loads, found.flow
    for column, hour in enumerate(loads.hours):
        row: dict[str, Any] = {
            "hour": hour,
            "load_kw": float(loads.p_kw[reached, column].sum()),
            "generation_kw": float(loads.generation_kw[reached, column].sum()),
            "storage_kw": float(loads.storage_kw[reached, column].sum()),
            "lost_kw": float(loads.p_kw[~reached, column].sum()),
        }
        if flow is not None:
            row |= {
                "source_kw": 1000.0 * float(np.nansum(flow.source_mw[:, column])),
                "losses_kw": 1000.0 * float(flow.losses_mw[column]),
                "loading_percent": _greatest(flow.cable_percent[:, column]),
                "transformer_percent": _greatest(flow.source_percent[:, column]),
                "voltage_pu": -_greatest(-flow.voltage_pu[:, column]),
                "solved": bool(flow.solved[column]),
            }
        yield None, row

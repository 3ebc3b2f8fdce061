"""The columns of the outputs of twin:powerflow."""

from __future__ import annotations

from ..common.tables import columns

LINES = columns(
    """
    loading_percent real Greatest current as a share of i_max_a, percent; empty without power or without i_max_a
    current_a real Greatest current, A; empty without power
    flow_kw real Power from its start to its end in that hour, kW; negative the other way
    loading_hour integer Hour of the greatest current; empty without power
    spare_kva real What i_max_a leaves in that hour, kVA
    supplied boolean Whether it is closed and has power
    state_now text in service, open, out, or without power
    """
)
NODES = columns(
    """
    supplied boolean Whether it has power
    source text Source that reaches it by the fewest cables; empty without power
    cables integer Cables from there
    island integer Number of the connected part with power; empty without power
    voltage_pu real Lowest voltage, as a share of the rated one
    voltage_max_pu real Highest voltage
    voltage_hour integer Hour of the lowest voltage
    load_kw real Greatest load, kW; empty where LOADS has none
    net_kw real What it takes from the network in the hour of the greatest load of all, kW
    backup_min real How long its storage carries its load, minutes; 0 where it is too weak; empty without storage
    spare_kw real The most that can be added here before a limit is passed, kW; empty without power or load flow
    spare_hour integer Hour that allows no more
    spare_stop text What stops more: id of a cable or source, or voltage
    fits text yes or no: whether a station of STATION_KW fits; empty without STATION_KW
    reason text Why it has no power; empty where it has
    """
)
SUPPLY = columns(
    """
    kind text node or critical building
    id text Its id
    name text Its name
    node text Its node
    load_kw real Greatest load, kW; of a critical building its p_kw
    since_min real Minute of FAILURES or WATER from which its source is out; empty where no time is known
    backup_min real How long it goes on, minutes
    dark_min real Minute at which it has no power left; empty where no time is known
    reason text Why
    """
)
BY_FEEDER = columns(
    """
    feeder text Feeder
    source text Source; several where it has loops
    nodes integer Nodes
    without_power integer Nodes without power
    load_kw real Greatest load of all its nodes together, kW
    load_hour integer Hour of it
    loading_percent real Greatest loading of its cables
    voltage_pu real Lowest voltage of its nodes
    spare_kw real The most that can be added at the best of its nodes, kW
    spare_least_kw real The same at the worst
    """
)
BY_HOUR = columns(
    """
    hour integer Hour
    load_kw real Load of all nodes with power, kW
    generation_kw real Generation there, kW
    storage_kw real What storage gives there, kW; negative while it charges
    source_kw real What the sources feed in, kW
    losses_kw real Losses in cables and transformers, kW
    loading_percent real Greatest loading of a cable
    transformer_percent real Greatest loading of a source
    voltage_pu real Lowest voltage
    lost_kw real Load of all nodes without power, kW
    solved boolean Whether the load flow has a solution
    """
)

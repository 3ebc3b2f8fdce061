"""Layers of drains as a SWMM input that the engine has read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureSource, QgsUnitTypes

from ...core.common.errors import InputError, unwritable
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.flood.drains.engine_check import check_by_engine
from ...core.flood.drains.inp_copy import NetworkRain, run_copy
from ...core.flood.drains.inp_objects import InpNetwork, read_network
from ...core.flood.drains.inp_text import parse
from ...core.flood.drains.layer_network import LayerInput
from ...core.flood.drains.network import DrainNetwork
from ..kernel.input_table import Entry
from ..kernel.rasters import crs_text
from .setup.drains import read_layers
from .setup.ground import read_terrain
from .setup.parameters import Parameters


def export(parameters: Parameters, path: Path) -> LayerInput:
    """Write what NODES and CONDUITS describe as a SWMM input, after the engine has read it.

    Raises
    ------
    InputError
        For the first feature that cannot be used, and for what the engine refuses.
    ResourceError
        When the file cannot be written.
    """
    nodes, conduits = parameters.source("NODES"), parameters.source("CONDUITS")
    if nodes is None or conduits is None:
        raise InputError("Choose a layer of points in NODES and one of lines in CONDUITS.")
    grid = read_terrain(parameters) if parameters.given("DTM") else _no_terrain(nodes)
    layers = read_layers(parameters, grid, nodes, conduits)
    network = read_network(replace(parse(layers.text, nodes.sourceName()), numbered=False))
    check_by_engine(_for_the_engine(network))
    parameters.warn((*layers.notes, *network.notes))
    parameters.entries.append(Entry(Message("Nodes of the drains"), layers.nodes))
    parameters.entries.append(Entry(Message("Links of the drains"), layers.conduits, 0, layers.guessed))
    try:
        path.write_text(layers.text, "utf-8", newline="\n")
    except OSError as error:
        raise unwritable(path, error) from error
    return layers


def _no_terrain(nodes: QgsFeatureSource) -> Grid:
    """A grid without heights in the CRS of a layer, which must be in metres."""
    crs: QgsCoordinateReferenceSystem = nodes.sourceCrs()
    if crs.mapUnits() != QgsUnitTypes.DistanceUnit.DistanceMeters:
        raise InputError(
            "The layer '{layer}' is not in a projected CRS in metres, by which pipes have a length: choose a terrain "
            "in DTM, whose CRS is used, or reproject the layer.",
            layer=nodes.sourceName(),
        )
    return Grid(np.full((1, 1), np.nan, np.float32), 0.0, 0.0, 1.0, crs_text(crs))


def _for_the_engine(network: InpNetwork) -> DrainNetwork:
    copy = run_copy(network, 60.0, NetworkRain.TERRAIN)
    nodes = tuple(replace(node, name=copy.names.get(node.id, node.id)) for node in network.nodes)
    links = tuple(replace(link, name=copy.names.get(link.id, link.id)) for link in network.links)
    lines = {f"NODES {node.name}": 0 for node in nodes} | {f"LINKS {link.name}": 0 for link in links}
    return DrainNetwork(copy.text, nodes, links, network.units, copy.routing_step_s, network.text.source, lines)

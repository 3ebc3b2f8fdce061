"""A network of drains from a SWMM input or from layers, laid on the terrain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsFeatureSource

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.drains.inp_copy import NetworkRain
from ....core.flood.drains.inp_objects import InpNetwork, key, read_network
from ....core.flood.drains.inp_text import parse, read_inp
from ....core.flood.drains.layer_fields import CONDUIT_FIELDS, INLET_FIELDS, NODE_FIELDS, choose, chosen_fields, text_in
from ....core.flood.drains.layer_inlets import inlet_of
from ....core.flood.drains.layer_network import LayerInput, LayerRows, layer_input
from ....core.flood.drains.network import DrainLink, DrainNetwork, DrainNode, Inlet, Uncoupled
from ....core.flood.drains.outfalls import level_above_ground
from ....core.flood.drains.placement import OtherNodes, Outfalls, Placing, place
from ....core.flood.drains.result_tables import reason
from ....core.flood.processes.drains import DrainSettings
from ....core.flood.surface import Surface
from ...kernel.input_table import Entry, reasons
from ...kernel.vectors import FeatureTable
from .parameters import Parameters
from .rain import given_rain
from .raised_cells import raised_nodes

if TYPE_CHECKING:
    import shapely

Place = tuple[float, float]
DRAIN_OUTPUTS = ("DRAIN_NODES", "DRAIN_CONDUITS")


@dataclass(frozen=True)
class NetworkRead:
    """A network in its own coordinates, the CRS of these, and what layers say besides.

    Attributes
    ----------
    network : InpNetwork
    crs : QgsCoordinateReferenceSystem
    layers : LayerInput or None
        Where it comes from layers.
    """

    network: InpNetwork
    crs: QgsCoordinateReferenceSystem
    layers: LayerInput | None = None


def read_drains(parameters: Parameters, grid: Grid, surface: Surface, duration_s: float) -> DrainSettings:
    """The network of drains that DRAINS, or NODES and CONDUITS, describe; none where they are empty.

    Raises
    ------
    InputError
        For the first input that cannot be used.
    """
    read = read_input(parameters, grid)
    if read is None:
        _refuse_alone(parameters)
        return DrainSettings()
    rain = NetworkRain(parameters.text("DRAINS_RAIN"))
    if rain is NetworkRain.NETWORK and (names := given_rain(parameters)):
        raise InputError(
            "DRAINS_RAIN is network, where it rains on the subcatchments of the network only: leave {names} empty, or "
            "choose both.",
            names=", ".join(names),
        )
    inlets = {**(read.layers.inlets if read.layers is not None else {}), **_inlets(parameters, grid)}
    placing = Placing(
        duration_s,
        rain,
        OtherNodes(parameters.text("DRAINS_OTHER_NODES")),
        Outfalls(parameters.text("DRAINS_OUTFALLS")),
        inlets,
    )
    x, y, links = _on_terrain(parameters, read, grid)
    network = place(read.network, surface, placing, x, y, links)
    level_m = parameters.number("OUTFALL_LEVEL_M")
    parameters.warn(
        [_rate_note(parameters), raised_nodes(network, grid, surface), level_above_ground(network, level_m)]
    )
    if read.layers is not None:
        network = replace(network, notes=(*read.layers.notes, *network.notes))
    parameters.entries.extend(_entries(network, read.layers))
    return DrainSettings(
        network,
        parameters.number("COUPLING_STEP_S") or 0.0,
        (parameters.number("BLOCKED_PCT") or 0.0) / 100.0,
        level_m,
    )


def read_input(parameters: Parameters, grid: Grid) -> NetworkRead | None:
    """The network of the parameters, in its own coordinates; None where they name none."""
    path = parameters.text("DRAINS") if parameters.given("DRAINS") else ""
    nodes, conduits = parameters.source("NODES"), parameters.source("CONDUITS")
    if path and (nodes is not None or conduits is not None):
        raise InputError("DRAINS and layers of drains are both given: choose the .inp or NODES and CONDUITS.")
    terrain_crs = QgsCoordinateReferenceSystem(grid.crs)
    if path:
        own = parameters.algorithm.parameterAsCrs(parameters.values, "DRAINS_CRS", parameters.context)
        return NetworkRead(read_network(read_inp(Path(path))), own if own.isValid() else terrain_crs)
    if nodes is None and conduits is None:
        return None
    if nodes is None or conduits is None:
        raise InputError("Drains from layers need both NODES (points) and CONDUITS (lines): choose the other one, too.")
    layers = read_layers(parameters, grid, nodes, conduits)
    text = replace(parse(layers.text, nodes.sourceName()), numbered=False)
    return NetworkRead(read_network(text), terrain_crs, layers)


def read_layers(parameters: Parameters, grid: Grid, nodes: QgsFeatureSource, conduits: QgsFeatureSource) -> LayerInput:
    """The SWMM input of two layers, in the terrain's CRS."""
    chosen = chosen_fields(parameters.text("DRAIN_FIELDS"))
    node_rows = _rows(parameters, grid, nodes, {**NODE_FIELDS, **INLET_FIELDS}, chosen)
    conduit_rows = _rows(parameters, grid, conduits, CONDUIT_FIELDS, chosen)
    x, y = (np.array([place[0][axis] if place else np.nan for place in node_rows.places]) for axis in (0, 1))
    ground_m = np.asarray(grid.sample(x, y), np.float64)
    tolerance_m = parameters.number("DRAIN_TOLERANCE_M")
    return layer_input(node_rows, conduit_rows, ground_m.tolist(), tolerance_m or 0.0)


def _rows(
    parameters: Parameters,
    grid: Grid,
    source: QgsFeatureSource,
    fields: Mapping[str, tuple[str, ...]],
    chosen: Mapping[str, str],
) -> LayerRows:
    """The values of a layer by meaning, with its places; the log says which field gave what."""
    ours = {meaning: name for meaning, name in chosen.items() if meaning in fields}
    names = choose(source.fields().names(), fields, ours, source.sourceName())
    table = parameters.features(source, grid, *names.values())
    _tell_fields(parameters, source, names)
    if parted := sum(_several_parts(shape) for shape in table.geometries):
        note = Message(
            "{n} features of '{layer}' have several parts that do not meet: the longest counts.",
            n=parted,
            layer=source.sourceName(),
        )
        parameters.warn([note])
    return LayerRows(source.sourceName(), _by_meaning(table, names), [_places(shape) for shape in table.geometries])


def _by_meaning(table: FeatureTable, names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{meaning: row.get(name) for meaning, name in names.items()} for row in table.rows()] or [
        {} for _ in range(len(table))
    ]


def _tell_fields(parameters: Parameters, source: QgsFeatureSource, names: Mapping[str, str]) -> None:
    read = ", ".join(f"{name} ({meaning})" if name != meaning else name for meaning, name in names.items())
    note = Message("Fields read of '{layer}': {fields}.", layer=source.sourceName(), fields=read or "-")
    parameters.note([note])


def _places(shape: shapely.Geometry | None) -> Sequence[Place]:
    """Coordinates of a point or a line; of one in several parts that of the longest, where they do not meet."""
    import shapely

    if shape is None or shape.is_empty:
        return ()
    if shape.geom_type == "MultiPoint":
        shape = shape.geoms[0]
    if shape.geom_type == "MultiLineString":
        merged = shapely.line_merge(shape)
        shape = merged if merged.geom_type == "LineString" else max(merged.geoms, key=lambda part: part.length)
    if shape.geom_type not in ("Point", "LineString"):
        return ()
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(shape)]


def _several_parts(shape: shapely.Geometry | None) -> bool:
    """Whether a geometry has parts that do not meet, of which one counts."""
    import shapely

    if shape is None or shape.geom_type not in ("MultiPoint", "MultiLineString"):
        return False
    merged = shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape
    return hasattr(merged, "geoms") and len(merged.geoms) > 1


def _inlets(parameters: Parameters, grid: Grid) -> dict[str, Inlet]:
    """The inlets of DRAIN_INLETS by the keys of nodes."""
    source = parameters.source("DRAIN_INLETS")
    if source is None:
        return {}
    fields = {"id": NODE_FIELDS["id"], **INLET_FIELDS}
    chosen = {name: field for name, field in chosen_fields(parameters.text("DRAIN_FIELDS")).items() if name in fields}
    names = choose(source.fields().names(), fields, chosen, source.sourceName())
    if not {"id", "inlet"} <= set(names):
        raise InputError(
            "The table '{layer}' of inlets needs the fields id (of the node) and inlet (kind): add them, or name them "
            "in DRAIN_FIELDS.",
            layer=source.sourceName(),
        )
    table = parameters.plain_features(source, *names.values())
    result: dict[str, Inlet] = {}
    for row in _by_meaning(table, names):
        name = text_in(row["id"])
        inlet = inlet_of(row, name, source.sourceName())
        if name and inlet is not None:
            result[key(name)] = inlet
    why = Message("without a node or an inlet: {n}", n=len(table) - len(result))
    left_out = len(table) - len(result)
    parameters.entries.append(Entry(Message("Rows of DRAIN_INLETS"), len(result), left_out, 0, why if left_out else ""))
    return result


def _on_terrain(
    parameters: Parameters, read: NetworkRead, grid: Grid
) -> tuple[np.ndarray, np.ndarray, tuple[DrainLink, ...]]:
    """Coordinates of the nodes, and the links, in the terrain's CRS."""
    nodes, links = read.network.nodes, read.network.links
    x, y = (np.array([getattr(node, axis) for node in nodes], np.float64) for axis in ("x", "y"))
    terrain = QgsCoordinateReferenceSystem(grid.crs)
    if read.crs == terrain:
        return x, y, links
    transform = QgsCoordinateTransform(read.crs, terrain, parameters.context.transformContext())
    places = [_moved(transform, node, place) for node, place in zip(nodes, zip(x, y, strict=True), strict=True)]
    moved = tuple(replace(link, path=tuple(_moved(transform, link, place) for place in link.path)) for link in links)
    return np.array([place[0] for place in places]), np.array([place[1] for place in places]), moved


def _moved(transform: QgsCoordinateTransform, item: DrainNode | DrainLink, place: Place) -> Place:
    """A place in the terrain's CRS; NaN stays."""
    if place[0] != place[0]:
        return place
    try:
        point = transform.transform(float(place[0]), float(place[1]))
    except QgsCsException as error:
        raise InputError(
            "The coordinates of '{name}' cannot be transformed from {own} to {crs}: choose the CRS of the drains in "
            "DRAINS_CRS.",
            name=item.id,
            own=transform.sourceCrs().authid() or transform.sourceCrs().description(),
            crs=transform.destinationCrs().authid() or transform.destinationCrs().description(),
        ) from error
    return point.x(), point.y()


def _rate_note(parameters: Parameters) -> Message | None:
    """A sentence where a rate everywhere and a network take the same water."""
    names = [name for name in ("DRAIN_CAPACITY_MM_H", "DRAIN_RETURN_PERIOD") if parameters.number(name)]
    if not names:
        return None
    return Message(
        "{name} takes water from all wet cells beside the network of drains, so that its inlets count twice: leave it "
        "empty, or give DRAIN_AREAS where no network is.",
        name=names[0],
    )


def _refuse_alone(parameters: Parameters) -> None:
    """Refuse inlets and layers of results for a network that is not there."""
    if wanted := [name for name in DRAIN_OUTPUTS if parameters.values.get(name)]:
        raise InputError(
            "{names} tell of a network of drains, and the run has none: choose DRAINS, or NODES and CONDUITS, or leave "
            "them empty.",
            names=", ".join(wanted),
        )
    if parameters.given("DRAIN_INLETS"):
        raise InputError("DRAIN_INLETS belongs to a network: choose DRAINS, or NODES and CONDUITS, or leave it empty.")


def _entries(network: DrainNetwork, layers: LayerInput | None) -> list[Entry]:
    """Lines of the table: nodes by whether they are coupled and why not, and links."""
    why = Counter(node.uncoupled for node in network.nodes if node.uncoupled is not None)
    coupled = len(network.coupled)
    parts = [Message("{why}: {n}", why=reason(item), n=why[item]) for item in Uncoupled if why[item]]
    guessed = layers.guessed if layers is not None else 0
    return [
        Entry(Message("Nodes of the drains"), coupled, len(network.nodes) - coupled, 0, reasons(parts)),
        Entry(Message("Links of the drains"), len(network.links), 0, guessed, ""),
    ]

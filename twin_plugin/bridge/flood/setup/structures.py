"""STRUCTURES: walls, culverts, bridges, weirs, gates, orifices and pumps of a layer of lines and points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ....core.common.cells import FloatArray
from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.processes.structures import Structures
from ....core.flood.structure_layer.features import StructureFeature
from ....core.flood.structure_layer.plan import plan_structures
from ....core.flood.structures.kinds import StructureTables, read_structure_tables
from ....core.flood.surface import Surface
from ...kernel import resources
from ...kernel.input_table import Entry, reasons
from ...kernel.vectors import FeatureTable
from .parameters import Parameters

KIND, NAMES = "kind", ("id", "structure_id", "fid")
"""The field of the kind, and those of which the first that the layer has names a structure."""


def structure_tables() -> StructureTables:
    """The tables of the plugin."""
    return read_structure_tables(
        resources.table("structure_kinds"), resources.table("structure_fields"), resources.table("culvert_inlets")
    )


def read_structures(parameters: Parameters, grid: Grid, surface: Surface) -> tuple[Structures, Surface]:
    """The structures of STRUCTURES, and the surface with the walls on it.

    Raises
    ------
    InputError
        For the first structure with a value that cannot be used.
    """
    source = parameters.source("STRUCTURES")
    if source is None:
        return Structures(), surface
    tables = structure_tables()
    table = parameters.features(source, grid, KIND, *NAMES, *tables.field_names)
    if KIND not in table.columns:
        raise InputError(
            "The layer of structures '{source}' has no field kind: give the kind of each structure, such as wall, "
            "culvert or pump.",
            source=source.sourceName(),
        )
    features = list(_features(table, tables))
    missing = len(table) - len(features)
    plan = plan_structures(features, surface, tables)
    parameters.warn(plan.notes)
    without = Message("without geometry: {n}", n=missing) if missing else None
    why = reasons([*plan.why, without])
    parameters.entries.append(Entry(Message("Structures"), plan.read, plan.left_out + missing, plan.guessed, why))
    return plan.structures, plan.surface


def _features(table: FeatureTable, tables: StructureTables) -> Iterator[StructureFeature]:
    """The features that have a geometry; their names are unique."""
    seen: set[str] = set()
    for row, geometry, number in zip(table.rows(), table.geometries, table.ids.tolist(), strict=True):
        named = next((str(row[name]) for name in NAMES if row.get(name) not in (None, "")), str(number))
        if geometry is None or geometry.is_empty:
            continue
        name = named if named not in seen else f"{named} ({number})"
        seen.add(name)
        yield StructureFeature(name, tables.kind(row[KIND], name), _parts(geometry), row)


def _parts(geometry: Any) -> list[FloatArray]:
    """The lines or points of a geometry, lines that meet as one; the outline of a polygon."""
    import shapely

    flat = shapely.force_2d(geometry)
    if flat.geom_type in ("Polygon", "MultiPolygon"):
        flat = flat.boundary
    if flat.geom_type == "MultiLineString":
        flat = shapely.line_merge(flat)
    parts = [np.asarray(shapely.get_coordinates(part), np.float64) for part in shapely.get_parts(flat)]
    return [_without_repeats(part) for part in parts]


def _without_repeats(part: FloatArray) -> FloatArray:
    """A part without vertices that repeat the one before; a line of no length keeps two, so that it is no point."""
    kept = part[np.concatenate([[True], (np.diff(part, axis=0) != 0).any(axis=1)])]
    return part[:2] if len(kept) == 1 and len(part) > 1 else kept

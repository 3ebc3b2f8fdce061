"""Classes on the cells of a run, from polygons with fields or from a raster of class numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from qgis.core import QgsRasterLayer

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ...kernel.raster_kinds import require_output
from ...kernel.raster_units import bands_note
from ...kernel.rasterize import burn
from ...kernel.rasters import read_cells, require_crs
from ...kernel.resampling import resampling_words
from .parameters import Parameters

CODE = "code"
"""Key of a row's class number."""
MOST_CLASSES = 1000
NONE = -1


@dataclass(frozen=True)
class ClassCells:
    """What a layer says of its classes, and which class each cell has.

    Attributes
    ----------
    name : str
        Of the layer.
    rows : list of dict
        Values by field, or the class number by `CODE`.
    cells : int32 array, shape (rows, columns)
        Place of each cell's row; -1 outside the layer.
    notes : list of Message or None
        How it got onto the cells, and what was left out.
    """

    name: str
    rows: list[dict[str, Any]]
    cells: np.ndarray
    notes: list[Message | None]


def read_classes(
    parameters: Parameters, name: str, grid: Grid, fields: Sequence[str], cure: Message
) -> ClassCells | None:
    """The classes of a parameter that takes polygons or a raster; None where it is empty.

    Parameters
    ----------
    parameters : Parameters
    name : str
        Of the parameter.
    grid : Grid
        The terrain.
    fields : sequence of str
        Those of polygons that count; the layer must have one of them.
    cure : Message
        A sentence that says what the polygons need.

    Raises
    ------
    InputError
        When the layer cannot be read, does not overlap the terrain, or has none of the fields.
    """
    if not parameters.given(name):
        return None
    layer = parameters.algorithm.parameterAsLayer(parameters.values, name, parameters.context)
    if layer is None or not layer.isValid():
        raise InputError("The layer given for {name} cannot be read: choose another one, or leave it empty.", name=name)
    found = (
        _of_raster(parameters, layer, name, grid)
        if isinstance(layer, QgsRasterLayer)
        else _of_polygons(parameters, name, grid, fields, cure)
    )
    if not (found.cells[np.isfinite(grid.values)] >= 0).any():
        raise InputError(
            "The layer '{layer}' of {name} does not overlap the terrain: check its CRS and extent.",
            layer=found.name,
            name=name,
        )
    return found


def _of_raster(parameters: Parameters, layer: QgsRasterLayer, name: str, grid: Grid) -> ClassCells:
    require_output(layer, name, name)
    require_crs(layer)
    parameters.warn([bands_note(layer)])
    values = read_cells(layer, grid.cells, grid.crs, nearest=True)
    known = np.isfinite(values)
    whole = known & (values == np.round(values))
    notes = [resampling_words(layer, grid.cells, grid.crs, nearest=True)]
    if not whole.any() and known.any():
        raise InputError(
            "The raster '{layer}' of {name} has no class numbers but values such as {value:g}: choose a raster of "
            "classes, or polygons with the values in fields.",
            layer=layer.name(),
            name=name,
            value=float(values[known][0]),
        )
    if broken := int(known.sum() - whole.sum()):
        notes.append(Message("values that are no class numbers: {cells}", cells=broken))
    codes, inverse = np.unique(values[whole], return_inverse=True)
    if len(codes) > MOST_CLASSES:
        raise InputError(
            "The raster '{layer}' of {name} has {count} different values: choose a raster of classes, not of "
            "measurements.",
            layer=layer.name(),
            name=name,
            count=len(codes),
        )
    cells = np.full(grid.values.shape, NONE, np.int32)
    cells[whole] = inverse
    return ClassCells(layer.name(), [{CODE: int(code)} for code in codes], cells, notes)


def _of_polygons(parameters: Parameters, name: str, grid: Grid, fields: Sequence[str], cure: Message) -> ClassCells:
    source = parameters.source(name)
    if source is None:
        raise InputError("The layer given for {name} cannot be read: choose another one, or leave it empty.", name=name)
    table = parameters.features(source, grid, *fields)
    if not table.columns:
        raise InputError(
            "The layer '{layer}' of {name} has none of the fields that it needs. {cure}",
            layer=source.sourceName(),
            name=name,
            cure=cure,
        )
    labels = burn(list(table.geometries), grid)
    rows: list[dict[str, Any]] = []
    places: dict[tuple[Any, ...], int] = {}
    of_label = np.full(len(table) + 1, NONE, np.int32)
    for number, row in enumerate(table.rows(), 1):
        key = tuple(row.values())
        if key not in places:
            places[key] = len(rows)
            rows.append(row)
        of_label[number] = places[key]
    small = len(table) - len(np.unique(labels[labels > 0]))
    notes = [Message("polygons that hold no cell's centre: {n}", n=small) if small else None]
    return ClassCells(source.sourceName(), rows, of_label[labels], notes)


def names_of(values: Iterable[object], most: int = 5) -> str:
    """Some values as a text, in their order, "…" where there are more."""
    texts = [str(value) for value in values]
    return ", ".join(texts[:most]) + (" …" if len(texts) > most else "")

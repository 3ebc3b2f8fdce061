"""The drains of the synthetic district as a SWMM input, from the layers that users have as well."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...core.common.errors import unwritable
from ...core.demo import names

if TYPE_CHECKING:
    from ...core.demo.district import District
    from ...core.demo.layer import Layer


def write_drains(district: District, path: Path) -> None:
    """Write the drains of a district as a SWMM input.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """
    from ...core.demo.layers import drain_layers
    from ...core.flood.drains.layer_network import layer_input

    nodes, conduits = drain_layers(district)
    places = np.array([[point.x, point.y] for point, _ in nodes.rows if point is not None])
    ground_m = district.terrain.sample(places[:, 0], places[:, 1]).astype(np.float64).tolist()
    found = layer_input(_rows(nodes), _rows(conduits), ground_m, math.inf)
    text = found.text.replace("[TITLE]\n", f"[TITLE]\n{names.NOTE_EN}\n{names.NOTE_ZH}\n", 1)
    try:
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise unwritable(path, error) from error


def _rows(layer: Layer) -> Any:
    """A layer of the district as the simulation reads it."""
    import shapely

    from ...core.flood.drains.layer_network import LayerRows

    columns = [column.name for column in layer.fields]
    values = [dict(zip(columns, row, strict=True)) for _, row in layer.rows]
    lines = [[(float(x), float(y)) for x, y in shapely.get_coordinates(shape)] for shape, _ in layer.rows]
    return LayerRows(layer.name, values, lines)

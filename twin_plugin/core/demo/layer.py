"""A table of the synthetic district as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shapely

from ..common.tables import Column

Row = tuple[shapely.Geometry | None, tuple[Any, ...]]


@dataclass(frozen=True)
class Layer:
    """A table: geometry is Point, LineString, LineStringZ, (Multi)Polygon or "" for none; rows: geometry and values."""

    name: str
    geometry: str
    title: str
    fields: tuple[Column, ...]
    rows: tuple[Row, ...]

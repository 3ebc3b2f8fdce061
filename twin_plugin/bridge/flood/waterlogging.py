"""Depressions as layers: polygons of the basins that are shown, and the filled terrain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...core.common.grid import Grid
from ...core.common.progress import Progress, advance
from ..kernel.raster_kinds import KIND_ITEM
from ..kernel.rasterize import outlines
from ..kernel.rasters import write_grid

if TYPE_CHECKING:
    import shapely

    from ...core.flood.waterlogging.depression_table import Waterlogging


def feature_rows(
    found: Waterlogging, terrain: Grid, rain_mm: float | None, progress: Progress
) -> Iterator[tuple[shapely.Geometry | None, dict[str, Any]]]:
    """(polygons, values by column) of each basin that is shown; the outermost ones first, so that they lie below."""
    import shapely

    advance(progress, 0.0, "drawing the depressions")
    rows = list(found.rows(terrain, rain_mm))
    shapes = outlines(found.innermost, terrain)
    parts: dict[int, list[shapely.Geometry]] = {}
    for done, row in enumerate(reversed(rows)):  # those inside others come after them
        advance(progress, done / len(rows))
        number, parent = row["id"], row["parent_id"]
        if inner := parts.pop(number, []):
            whole = shapely.union_all([*inner, *([shapes[number]] if number in shapes else [])])
            shapes[number] = shapely.multipolygons(shapely.get_parts(whole))
        if parent is not None:
            parts.setdefault(parent, []).append(shapes[number])
    for row in rows:
        yield shapes[row["id"]], row


def write_filled(found: Waterlogging, terrain: Grid, path: str) -> None:
    """Write the terrain with every depression filled, also those that are not shown."""
    filled = terrain.with_values(found.basins.filled(terrain.values))
    write_grid(filled, path, description="Filled terrain", unit="m", metadata={KIND_ITEM: "FILLED"})

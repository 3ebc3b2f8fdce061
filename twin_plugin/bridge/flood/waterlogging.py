"""Depressions as layers: polygons of the basins that are shown, and the filled terrain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from osgeo import gdal, ogr

from ...core.common.grid import Grid
from ...core.common.progress import Progress, advance
from ..kernel.gdal_basics import GdalExceptions
from ..kernel.raster_kinds import KIND_ITEM
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
    shapes = polygons(found.innermost, terrain)
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


def polygons(labels: np.ndarray, grid: Grid) -> dict[int, shapely.Geometry]:
    """The outline of the cells of each label above 0, a multipolygon along their edges."""
    import shapely

    with GdalExceptions():
        raster = gdal.GetDriverByName("MEM").Create("", grid.columns, grid.rows, 1, gdal.GDT_Int32)
        raster.SetGeoTransform(grid.cells.geotransform)
        band = raster.GetRasterBand(1)
        band.WriteArray(labels)
        source = ogr.GetDriverByName("Memory").CreateDataSource("")
        layer = source.CreateLayer("polygons", None, ogr.wkbPolygon)
        layer.CreateField(ogr.FieldDefn("label", ogr.OFTInteger))
        gdal.Polygonize(band, band, layer, 0)
        pieces: dict[int, list[bytes]] = {}
        for feature in layer:
            pieces.setdefault(feature.GetField(0), []).append(bytes(feature.GetGeometryRef().ExportToWkb()))
    return {label: shapely.multipolygons(shapely.from_wkb(parts)) for label, parts in pieces.items()}


def write_filled(found: Waterlogging, terrain: Grid, path: str) -> None:
    """Write the terrain with every depression filled, also those that are not shown."""
    filled = terrain.with_values(found.basins.filled(terrain.values))
    write_grid(filled, path, description="Filled terrain", unit="m", metadata={KIND_ITEM: "FILLED"})

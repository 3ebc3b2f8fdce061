"""Polygons burnt onto the cells of a grid, and the outlines of cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from osgeo import gdal, ogr

from ...core.common.errors import Cancelled, ResourceError
from ...core.common.grid import Grid
from ...core.common.patience import GoOn
from .gdal_basics import GdalExceptions, spatial_reference

if TYPE_CHECKING:
    import shapely


def burn(geometries: Sequence[shapely.Geometry | None], grid: Grid, touched: bool = False) -> np.ndarray:
    """Label of the polygon on each cell: 1 for the first, 0 where there is none, the later one where they overlap.

    Parameters
    ----------
    geometries : sequence of shapely polygons, multipolygons or None
        In the CRS of the grid; None, empty ones and other kinds are left out.
    grid : Grid
        Gives the cells.
    touched : bool
        Take every cell that a polygon touches instead of those whose centre it holds.

    Returns
    -------
    int32 array, shape (rows, columns)
    """
    import shapely

    try:
        with GdalExceptions():
            raster = gdal.GetDriverByName("MEM").Create("", grid.columns, grid.rows, 1, gdal.GDT_Int32)
            raster.SetGeoTransform(grid.cells.geotransform)
            reference = spatial_reference(grid.crs) if grid.crs else None
            if reference is not None:
                raster.SetSpatialRef(reference)
            source = ogr.GetDriverByName("Memory").CreateDataSource("")
            layer = source.CreateLayer("polygons", reference, ogr.wkbUnknown)
            layer.CreateField(ogr.FieldDefn("label", ogr.OFTInteger))
            definition = layer.GetLayerDefn()
            for label, geometry in enumerate(geometries, 1):
                geometry = _with_area(geometry)
                if geometry is None:
                    continue
                feature = ogr.Feature(definition)
                feature.SetField(0, label)
                feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(shapely.to_wkb(shapely.force_2d(geometry))))
                layer.CreateFeature(feature)
            options = ["ATTRIBUTE=label"] + (["ALL_TOUCHED=TRUE"] if touched else [])
            gdal.RasterizeLayer(raster, [1], layer, options=options)
            return raster.ReadAsArray().astype(np.int32, copy=False)
    except RuntimeError as error:
        raise ResourceError(
            "The polygons could not be put on the grid ({error}): check their geometries.", error=error
        ) from error


def outlines(labels: np.ndarray, grid: Grid, go_on: GoOn = lambda: True) -> dict[int, shapely.Geometry]:
    """The outline of the cells of each label above 0, a multipolygon along their edges.

    Raises
    ------
    Cancelled
        When `go_on` says no.
    """
    import shapely

    going = [True]

    def look(*_: object) -> int:
        going[0] = go_on()
        return int(going[0])

    with GdalExceptions():
        raster = gdal.GetDriverByName("MEM").Create("", grid.columns, grid.rows, 1, gdal.GDT_Int32)
        raster.SetGeoTransform(grid.cells.geotransform)
        band = raster.GetRasterBand(1)
        band.WriteArray(labels)
        source = ogr.GetDriverByName("Memory").CreateDataSource("")
        layer = source.CreateLayer("polygons", None, ogr.wkbPolygon)
        layer.CreateField(ogr.FieldDefn("label", ogr.OFTInteger))
        try:
            gdal.Polygonize(band, band, layer, 0, callback=look)
        except RuntimeError:
            if going[0]:
                raise
        if not going[0]:
            raise Cancelled
        pieces: dict[int, list[bytes]] = {}
        for feature in layer:
            pieces.setdefault(feature.GetField(0), []).append(bytes(feature.GetGeometryRef().ExportToWkb()))
    return {label: shapely.multipolygons(shapely.from_wkb(parts)) for label, parts in pieces.items()}


def _with_area(geometry: shapely.Geometry | None) -> shapely.Geometry | None:
    """A geometry whose area is above 0; None for what has none. The two halves of a bow tie cancel each other."""
    import shapely

    if geometry is None or shapely.is_empty(geometry):
        return None
    if shapely.area(geometry) > 0:
        return geometry
    parts = shapely.get_parts(shapely.make_valid(geometry))
    parts = parts[shapely.area(parts) > 0]
    return shapely.MultiPolygon(list(parts)) if len(parts) else None

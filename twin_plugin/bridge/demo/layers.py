"""Writes the synthetic district's tables into a GeoPackage and its grids as GeoTIFF, each labelled as synthetic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from osgeo import ogr, osr

from ...core.common.errors import unwritable
from ...core.common.grid import Grid
from ...core.common.progress import Progress, advance, silent
from ...core.demo import names
from ...core.demo.street_plan import CRS
from ..kernel.columns import OGR_GEOMETRIES, ogr_field
from ..kernel.gdal_basics import GdalExceptions
from ..kernel.output_checks import check_table
from ..kernel.raster_kinds import KIND_ITEM
from ..kernel.rasters import write_grid

if TYPE_CHECKING:
    from ...core.demo.district import District
    from ...core.demo.layer import Layer


def write_synthetic_grid(grid: Grid, path: Path, output: str, description: str, unit: str) -> None:
    """Write a grid as GeoTIFF with the output that it is and the note that it is synthetic."""
    metadata = {"TIFFTAG_IMAGEDESCRIPTION": names.NOTE_EN, KIND_ITEM: output}
    write_grid(grid, path, description=description, unit=unit, metadata=metadata)


def write_layers(district: District, path: Path, progress: Progress = silent) -> None:
    """Write every table of the district into one GeoPackage, which must not exist yet.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    Cancelled
        When `progress` says so; the file is then incomplete.
    """
    from ...core.demo.layers import make_layers

    layers = make_layers(district)
    try:
        with GdalExceptions():
            dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
            dataset.SetMetadataItem("note", names.NOTE)
            for k, layer in enumerate(layers):
                advance(progress, k / len(layers))
                _write(dataset, layer)
            dataset.FlushCache()
            del dataset
        for layer in layers:
            check_table(path, layer.name, len(layer.rows))
    except (RuntimeError, OSError) as error:
        raise unwritable(path, error) from error


def _write(dataset: Any, layer: Layer) -> None:
    from shapely import to_wkb

    options = [f"IDENTIFIER={layer.title}", f"DESCRIPTION={layer.title}. {names.NOTE_EN}"]
    reference = None
    if layer.geometry:
        reference = osr.SpatialReference()
        reference.SetFromUserInput(CRS)
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    table = dataset.CreateLayer(layer.name, reference, OGR_GEOMETRIES[layer.geometry], options)
    table.SetMetadataItem("note", names.NOTE)
    for field in layer.fields:
        table.CreateField(ogr_field(field))
    table.StartTransaction()
    for geometry, values in layer.rows:
        feature = ogr.Feature(table.GetLayerDefn())
        for k, value in enumerate(values):
            if value is not None:
                feature.SetField(k, value)
        if geometry is not None:
            feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(to_wkb(geometry)))
        table.CreateFeature(feature)
    table.CommitTransaction()

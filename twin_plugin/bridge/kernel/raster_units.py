"""The units of a raster: its values' (its band's, or that of the heights in its compound CRS), and its CRS's scale."""

from __future__ import annotations

import math

from osgeo import gdal
from qgis.core import QgsRasterLayer

from ...core.common import units
from ...core.common.messages import Message
from .crs_scale import ground_metres

WANTED = {
    "DTM": "m",
    "DEPTH_MAX": "m",
    "LEVEL_MAX": "m",
    "VELOCITY_MAX": "m/s",
    "ARRIVAL": "min",
    "DURATION_WET": "min",
}
"""The unit that the plugin works in, by the output that a raster is or stands for."""
HEIGHTS = ("DTM", "LEVEL_MAX")
"""What counts from the datum of a compound CRS, and so in its unit."""


def bands_note(layer: QgsRasterLayer) -> Message | None:
    """A sentence where a raster has several bands of values, of which the first counts."""
    dataset = _dataset(layer)
    if dataset is None:
        return None
    bands = [dataset.GetRasterBand(number + 1) for number in range(dataset.RasterCount)]
    values = sum(band.GetColorInterpretation() != gdal.GCI_AlphaBand for band in bands)
    if values < 2:
        return None
    return Message(
        "The raster '{layer}' has {n} bands, of which the first counts{name}. Bring another one to the first place "
        "with 'Rearrange bands'.",
        layer=layer.name(),
        n=values,
        name=f" ({bands[0].GetDescription()})" if bands[0].GetDescription() else "",
    )


def unit_name(dataset: gdal.Dataset, output: str) -> str:
    """The unit of band 1 as the file names it; "" where it says none."""
    named = str(dataset.GetRasterBand(1).GetUnitType() or "").strip()
    reference = dataset.GetSpatialRef()
    if named or output not in HEIGHTS or reference is None or not reference.IsCompound():
        return named
    return str(reference.GetAttrValue("VERT_CS|UNIT") or "").strip()


def unit_factor(dataset: gdal.Dataset, output: str) -> float:
    """What the values of band 1 are multiplied by to be in the unit of an output; 1 where the unit is unknown."""
    wanted = WANTED.get(output)
    if wanted is None:
        return 1.0
    found = units.factor(unit_name(dataset, output), wanted)
    return 1.0 if found is None else found


def layer_factor(layer: QgsRasterLayer, output: str) -> float:
    """`unit_factor` of a layer; 1 for what comes from a service."""
    dataset = _dataset(layer)
    return 1.0 if dataset is None else unit_factor(dataset, output)


def unit_problem(dataset: gdal.Dataset, name: str, output: str) -> Message | None:
    """Why the unit of a raster says that it is something else."""
    wanted = WANTED.get(output)
    unit = "" if wanted is None else unit_name(dataset, output)
    if wanted is None or not unit or not units.measures_other(unit, wanted):
        return None
    return Message(
        "The values of the raster '{layer}' are in {unit}, and not lengths, times or speeds as {wanted} are: choose "
        "another raster, or correct the unit of its band.",
        layer=name,
        unit=unit,
        wanted=wanted,
    )


def unit_note(layer: QgsRasterLayer, output: str) -> Message | None:
    """What a user must know of the unit of a raster: that its values are converted, or that it is not understood."""
    dataset = _dataset(layer)
    wanted = WANTED.get(output)
    if dataset is None or wanted is None:
        return None
    unit = unit_name(dataset, output)
    found = units.factor(unit, wanted)
    if found == 1.0:
        return None
    if found is None:
        return Message(
            "The unit '{unit}' of the raster '{layer}' is not known: its values count as {wanted}.",
            unit=unit,
            layer=layer.name(),
            wanted=wanted,
        )
    return Message(
        "The values of the raster '{layer}' are in {unit}: they are converted to {wanted}.",
        unit=unit,
        layer=layer.name(),
        wanted=wanted,
    )


def _dataset(layer: QgsRasterLayer) -> gdal.Dataset | None:
    return gdal.Open(layer.dataProvider().dataSourceUri()) if layer.providerType() == "gdal" else None


def scale_note(layer: QgsRasterLayer) -> Message | None:
    """A warning where a metre of the raster's CRS is not one on the ground, as in Web Mercator; None where it is."""
    crs = layer.crs()
    true = ground_metres(crs, layer.extent().center())
    if true == 1.0 or math.isnan(true):
        return None
    return Message(
        "A metre of {crs}, the CRS of the raster '{layer}', is {true:.2f} m on the ground here, so slopes, areas and "
        "volumes are wrong: reproject the raster to the place's own projected CRS with 'Warp (reproject)'.",
        crs=crs.authid() or crs.description(),
        layer=layer.name(),
        true=true,
    )

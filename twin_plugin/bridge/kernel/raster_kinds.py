"""What a raster is: an output of the plugin, heights, or something that only looks like them."""

from __future__ import annotations

import math
import os
from functools import lru_cache

import numpy as np
from osgeo import gdal
from qgis.core import QgsRasterLayer

from ...core.common.errors import InputError
from ...core.common.messages import Message
from .gdal_calls import checked, damaged_raster
from .raster_units import WANTED, unit_factor, unit_problem

KIND_ITEM = "CITY_TWIN_OUTPUT"
"""Metadata item of a raster that the plugin writes: the name of the output."""
RANGE_ITEM = "CITY_TWIN_RANGE"
"""Metadata item of a raster of a flood run: its least and greatest value when it was written."""
RANGE_SLACK = 0.02
"""Share of the range that a smooth resampling overshoots it by."""
MENDED_ITEM = "CITY_TWIN_TERRAIN_CHECKED"
"""Metadata item of a terrain that 'Check terrain' wrote: what it was mended of, by codes with commas between."""
TERRAIN = "DTM"
TITLES = {
    "DEPTH_MAX": "Maximum depth",
    "LEVEL_MAX": "Maximum water level",
    "VELOCITY_MAX": "Maximum velocity",
    "HAZARD": "Hazard, AIDR class H1 to H6",
    "ARRIVAL": "First arrival",
    "DURATION_WET": "Time under water",
    "FROUDE_MAX": "Maximum Froude number",
    "LIMITED": "Share of time at a limit",
    "GOVERNING": "Time steps decided",
    "INFILTRATED": "Water that the ground took",
    "RAIN_TOTAL": "Rain that fell",
    "DIFFERENCE": "Difference of the maximum depths, B - A",
    "LEVEL_DIFFERENCE": "Difference of the maximum water levels, B - A",
    "ARRIVAL_DIFFERENCE": "Difference of the arrival times, B - A",
    "CHANGE": "Change of the flood from A to B",
    "EXCEEDANCE": "Probability that the depth exceeds a threshold",
}
"""Band descriptions of a flood's rasters, by which those without the item are known too."""
LOWEST_M, HIGHEST_M = -500.0, 9000.0
"""No dry land lies below the one or above the other."""
SHALLOWEST_M, DEEPEST_M = 1.0, 50.0
"""Depths whose least is above the one, or whose greatest is above the other, are rather heights or levels."""
LEAST_BELOW = 0.001
"""Depths, speeds and times so far below 0 are rounding of other engines."""
EXACT_CELLS = 100_000_000
"""Larger rasters are sampled for their least and greatest value."""

PICTURE = (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)


def output_of(layer: QgsRasterLayer) -> str:
    """The output of the plugin that a raster is; "" for any other raster."""
    return _header(*_place(layer))[0]


def mended_kinds(layer: QgsRasterLayer) -> str | None:
    """What a terrain was mended of by 'Check terrain', by codes; None for one that it did not write."""
    dataset = file_of(layer)
    return None if dataset is None else dataset.GetMetadataItem(MENDED_ITEM)


def require_terrain(layer: QgsRasterLayer) -> None:
    """Check that a raster can hold heights in metres.

    Raises
    ------
    InputError
        With the layer, the reason and the cure: an output of the plugin, a picture, classes, bytes, complex numbers, no
        data at all, or values that no land has.
    """
    dataset = file_of(layer)
    if dataset is None:
        return
    problem = _form_problem(dataset, layer.name()) or _value_problem(dataset, layer.name())
    if problem is not None:
        raise InputError(problem)


def require_heights(layer: QgsRasterLayer) -> None:
    """Check that a raster can hold heights by its header, whatever its values are.

    Raises
    ------
    InputError
        With the layer, the reason and the cure, as `require_terrain`.
    """
    dataset = file_of(layer)
    problem = None if dataset is None else _form_problem(dataset, layer.name())
    if problem is not None:
        raise InputError(problem)


def may_be_terrain(layer: QgsRasterLayer) -> bool:
    """Whether a raster can hold heights, as far as its header says; no cell is read."""
    return layer.isValid() and _header(*_place(layer))[1]


def require_output(layer: QgsRasterLayer, parameter: str, output: str) -> None:
    """Check that a raster given for a parameter is no other output of the plugin than the one meant.

    Raises
    ------
    InputError
    """
    found = output_of(layer)
    if found and found != output:
        raise InputError(
            "The raster '{layer}' cannot be used for {parameter}: it is the output {found} of City Twin. Choose its "
            "output {output}.",
            layer=layer.name(),
            parameter=parameter,
            found=found,
            output=output,
        )


def require_water(
    layer: QgsRasterLayer,
    parameter: str,
    output: str,
    below_is_dry: bool | None = None,
    opened: gdal.Dataset | None = None,
) -> tuple[float, float] | None:
    """Check that a raster given for a parameter can hold what an output of the plugin holds, in any known unit.

    Parameters
    ----------
    layer : QgsRasterLayer
    parameter : str
        What the message calls the input.
    output : str
        The output of the plugin that the raster stands for.
    below_is_dry : bool, optional
        Whether values below 0 mark dry cells, instead of being refused; None where the user has no such choice.
    opened : gdal.Dataset, optional
        The layer's file, where it is open already: GDAL keeps what it has decoded of it.

    Returns
    -------
    (float, float) or None
        Least and greatest value in the unit of the output; None where no cell has a value, or for a service.

    Raises
    ------
    InputError
        With the layer, the reason and the cure: another output, a unit of something else, depths, speeds or times below
        0, levels that no water has, or other values than the run wrote. A no data value that is not declared is among
        them.
    """
    require_output(layer, parameter, output)
    dataset = opened or file_of(layer)
    if dataset is None:
        return None
    if problem := unit_problem(dataset, layer.name(), output):
        raise InputError(problem)
    try:
        extremes = _extremes(dataset, output)
    except OSError as error:
        raise InputError(damaged_raster(layer.name(), error)) from error
    least, most = (LOWEST_M, HIGHEST_M) if output == "LEVEL_MAX" else (-LEAST_BELOW, math.inf)
    if extremes is None or (most >= extremes[1] and (below_is_dry or extremes[0] >= least)):
        if extremes is not None:
            _require_written(
                dataset, layer.name(), output, (max(extremes[0], 0.0), extremes[1]) if below_is_dry else extremes
            )
        return extremes
    facts = {
        "layer": layer.name(),
        "parameter": parameter,
        "low": extremes[0],
        "high": extremes[1],
        "unit": WANTED.get(output, ""),
    }
    if below_is_dry is False:
        raise InputError(
            "The raster '{layer}' cannot be used for {parameter}: its values go from {low:g} {unit} to {high:g} "
            "{unit}. If those below 0 mark dry cells, choose dry for NO_DATA, or set them as the no data value with "
            "'Translate (convert format)'; else choose another raster.",
            **facts,
        )
    raise InputError(
        "The raster '{layer}' cannot be used for {parameter}: its values go from {low:g} {unit} to {high:g} {unit}. If "
        "one of them marks cells without data or dry ones, set it as the no data value with 'Translate (convert "
        "format)'; else choose another raster.",
        **facts,
    )


def require_own_unit(layer: QgsRasterLayer, output: str) -> None:
    """Check that a raster that is drawn with a style of the plugin has the unit that the style's classes are in.

    Raises
    ------
    InputError
    """
    dataset = file_of(layer)
    if dataset is not None and unit_factor(dataset, output) != 1.0:
        raise InputError(
            "The values of the raster '{layer}' are in {unit}, and those of a map must be in {wanted}: convert them "
            "with the raster calculator.",
            layer=layer.name(),
            unit=dataset.GetRasterBand(1).GetUnitType(),
            wanted=WANTED[output],
        )


def depth_warning(layer: QgsRasterLayer, extremes: tuple[float, float] | None, gaps_are_dry: bool) -> Message | None:
    """A warning where a depth raster is rather a terrain or levels, or where its dry cells seem to have no data.

    Parameters
    ----------
    layer : QgsRasterLayer
    extremes : (float, float) or None
        Its least and greatest depth in m, as `require_water` gives them.
    gaps_are_dry : bool
        Whether cells without data, or with a value below 0, count as dry.
    """
    dataset = file_of(layer)
    if extremes is None or dataset is None:
        return None
    low, high = max(extremes[0], 0.0) if gaps_are_dry else extremes[0], extremes[1]
    if 0 < low <= SHALLOWEST_M and high <= DEEPEST_M:
        if gaps_are_dry or not _has_no_data(dataset):
            return None
        return Message(
            "No cell of the depths '{layer}' is 0 m, and some have no data: buildings there are of unknown class. If "
            "no data means dry, choose dry for NO_DATA.",
            layer=layer.name(),
        )
    if low < 0 or low > SHALLOWEST_M or high > DEEPEST_M:
        return Message(
            "The depths of '{layer}' go from {low:g} m to {high:g} m: make sure that it is neither a terrain nor a "
            "water level, and that its no data value is set.",
            layer=layer.name(),
            low=low,
            high=high,
        )
    return None


def _place(layer: QgsRasterLayer) -> tuple[str, int]:
    """What GDAL opens, and when it was changed; ("", 0) for what comes from a service."""
    if not layer.isValid() or layer.providerType() != "gdal":
        return "", 0
    uri = layer.dataProvider().dataSourceUri()
    try:
        return uri, os.stat(uri).st_mtime_ns
    except OSError:  # a raster inside a container
        return uri, 0


@lru_cache(maxsize=512)
def _header(uri: str, changed: int) -> tuple[str, bool]:
    """The output that a raster is, and whether its header allows heights: docks ask at every move of the mouse."""
    dataset = _open(uri)
    return ("", True) if dataset is None else (_output(dataset), _form_problem(dataset, uri) is None)


def file_of(layer: QgsRasterLayer) -> gdal.Dataset | None:
    """The file of a raster layer, opened; None for a service, or where it has no band."""
    return _open(_place(layer)[0])


def _open(uri: str) -> gdal.Dataset | None:
    dataset = gdal.Open(uri) if uri else None
    return dataset if dataset is not None and dataset.RasterCount else None


def _output(dataset: gdal.Dataset) -> str:
    named = dataset.GetMetadataItem(KIND_ITEM) or ""
    title = dataset.GetRasterBand(1).GetDescription()
    return named or next((output for output, known in TITLES.items() if known == title), "")


def _form_problem(dataset: gdal.Dataset, name: str) -> Message | None:
    """Why the header of a raster says that it holds no heights."""
    band, output = dataset.GetRasterBand(1), _output(dataset)
    if output and output != TERRAIN:
        return Message(
            "The raster '{layer}' is no terrain: it is the output {output} of City Twin. Choose a raster of heights.",
            layer=name,
            output=output,
        )
    colours = {dataset.GetRasterBand(number + 1).GetColorInterpretation() for number in range(dataset.RasterCount)}
    if dataset.RasterCount >= len(PICTURE) and colours.issuperset(PICTURE):
        return Message("The raster '{layer}' is no terrain: it is a picture. Choose a raster of heights.", layer=name)
    if band.GetColorTable() is not None or band.GetCategoryNames():
        return Message(
            "The raster '{layer}' is no terrain: its values are classes with names or colours. Choose a raster of "
            "heights.",
            layer=name,
        )
    if gdal.DataTypeIsComplex(band.DataType):
        return Message(
            "The raster '{layer}' is no terrain: its values are complex numbers. Choose a raster of heights.",
            layer=name,
        )
    scaled = (band.GetScale() or 1.0, band.GetOffset() or 0.0) != (1.0, 0.0)
    if gdal.GetDataTypeSize(band.DataType) == 8 and not scaled:
        return Message(
            "The raster '{layer}' is no terrain: its values are bytes, as those of pictures and classes. If they are "
            "heights in m, convert it to Float32 with 'Translate (convert format)'.",
            layer=name,
        )
    return unit_problem(dataset, name, TERRAIN)


def value_range(values: np.ndarray) -> str:
    """The text of `RANGE_ITEM` for some values; "" where none is a number."""
    known = values[np.isfinite(values)]
    return f"{known.min():.9g} {known.max():.9g}" if known.size else ""


def _require_written(dataset: gdal.Dataset, name: str, output: str, extremes: tuple[float, float]) -> None:
    """Check that a raster that says of which run it is has no values beyond those that the run wrote.

    One that was cut out or averaged has fewer of them. Raster calculators write neither item, so what they change on
    purpose can be used.
    """
    written = (dataset.GetMetadataItem(RANGE_ITEM) or "").split()
    if len(written) != 2:
        return
    try:
        low, high = (float(value) for value in written)
    except ValueError:
        return
    slack = RANGE_SLACK * (high - low) + 1e-3
    if extremes[0] >= low - slack and extremes[1] <= high + slack:
        return
    raise InputError(
        "The values of the raster '{layer}' go from {low:g} {unit} to {high:g} {unit}, and its run wrote {least:g} "
        "{unit} to {most:g} {unit}: choose the output as the run wrote it. If the change is meant, write the raster "
        "with the raster calculator, so that it no longer counts as a result of this run.",
        layer=name,
        low=extremes[0],
        high=extremes[1],
        least=low,
        most=high,
        unit=WANTED.get(output, ""),
    )


def _has_no_data(dataset: gdal.Dataset) -> bool:
    """Whether a cell of band 1 has no data, or NaN."""
    band, width = dataset.GetRasterBand(1), dataset.RasterXSize
    mask, step = band.GetMaskBand(), max(1, 4_000_000 // width)
    for row in range(0, dataset.RasterYSize, step):
        window = 0, row, width, min(step, dataset.RasterYSize - row)
        if not mask.ReadAsArray(*window).all() or np.isnan(band.ReadAsArray(*window)).any():
            return True
    return False


def _value_problem(dataset: gdal.Dataset, name: str) -> Message | None:
    """Why the values of a raster are no heights."""
    try:
        extremes = _extremes(dataset, TERRAIN)
    except OSError as error:
        return damaged_raster(name, error)
    if extremes is None:
        return Message(
            "The raster '{layer}' is no terrain: all its cells have no data. Choose a raster of heights.", layer=name
        )
    low, high = extremes
    if low < LOWEST_M or high > HIGHEST_M:
        return Message(
            "The raster '{layer}' is no terrain in m: its values go from {low:g} to {high:g}, and land lies between "
            "{lowest:g} m and {highest:g} m. Set its no data value, mend it with 'Check terrain', or choose a raster "
            "of heights.",
            layer=name,
            low=low,
            high=high,
            lowest=LOWEST_M,
            highest=HIGHEST_M,
        )
    return None


def _extremes(dataset: gdal.Dataset, output: str) -> tuple[float, float] | None:
    """Least and greatest value of band 1 in the unit of an output; None where no cell has a value. No file is written
    beside it.

    Raises OSError where the file cannot be read to its end.
    """
    band = dataset.GetRasterBand(1)
    sampled = dataset.RasterXSize * dataset.RasterYSize > EXACT_CELLS
    try:
        found = checked(band.ComputeRasterMinMax, sampled)
    except OSError as error:
        if "no valid pixels" in str(error):
            return None
        raise
    if found is None or not all(value == value for value in found):
        return None
    scale, offset, unit = band.GetScale() or 1.0, band.GetOffset() or 0.0, unit_factor(dataset, output)
    low, high = sorted(unit * (value * scale + offset) for value in found)
    return low, high

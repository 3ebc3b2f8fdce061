"""Observed water at gauges beside that of stored runs: the greatest level or depth at each place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeatureSource,
    QgsPointXY,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsWkbTypes,
)

from ....core.common.errors import Cancelled, InputError
from ....core.common.messages import Message
from ....core.flood.analysis.observed import DEPTH
from ....core.flood.watch.observed_rain import ObservedRain
from ...kernel.input_table import Entry, reasons
from ...kernel.vectors import read_table
from ..analysis.observed import id_field, read_observed
from .stored_runs import StoredRun

DEPTH_MAX, LEVEL_MAX = "depth_max.tif", "level_max.tif"
_DATED_MIN = 1e6
"""Larger times are minutes since 1970, not since the start of a storm."""


@dataclass(frozen=True)
class GaugedWater:
    """The greatest water observed at gauges since the rain began.

    Attributes
    ----------
    quantity : str
        level or depth.
    places : dict of str to QgsPointXY
    observed_m : dict of str to float
    crs : QgsCoordinateReferenceSystem
    """

    quantity: str
    places: dict[str, QgsPointXY]
    observed_m: dict[str, float]
    crs: QgsCoordinateReferenceSystem


@dataclass(frozen=True)
class ComparedWater:
    """Water at gauges, observed and of each run, m, and a line of the log.

    Attributes
    ----------
    observed_m : dict of str to float
        Levels at least those of the ground.
    runs_m : list of dict of str to float
    entry : Entry or None
    """

    observed_m: dict[str, float]
    runs_m: list[dict[str, float]]
    entry: Entry | None


def read_water(
    source: QgsFeatureSource,
    quantity: str,
    datum_m: float,
    rain: ObservedRain,
    longest_age_min: float,
    feedback: QgsProcessingFeedback,
) -> tuple[GaugedWater, list[Message]]:
    """The observations of LEVELS, and notes on them; gauges that end so much before the rain are named.

    Raises
    ------
    InputError
        When the layer has no points, or no value since the rain began.
    """
    name = source.sourceName()
    if QgsWkbTypes.geometryType(source.wkbType()) != QgsWkbTypes.GeometryType.PointGeometry:
        raise InputError(
            "The layer '{layer}' of LEVELS has no points: choose the gauges with their values.", layer=name
        )
    found = read_observed(source, feedback, quantity, datum_m, datetime(1970, 1, 1, tzinfo=UTC))
    key = id_field(source)
    table = read_table(source, feedback, fields=(key,))
    places: dict[str, QgsPointXY] = {}
    for gauge, shape in zip(table.columns[key], table.geometries, strict=True):
        if shape is not None and not shape.is_empty:
            point = shape.centroid
            places.setdefault(_text(gauge), QgsPointXY(point.x, point.y))
    observed: dict[str, float] = {}
    for gauge, series in found.series.items():
        pairs = [(t / 60.0, v) for t, v in zip(series.times_s, series.values, strict=True)]
        late = [v for t, v in pairs if not rain.times.dated or t < _DATED_MIN or t >= rain.start_min]
        if late and gauge in places:
            observed[gauge] = max(late)
    if not observed:
        raise InputError(
            "No gauge of '{layer}' has a place and a value since the rain began ({start}): check the times.",
            layer=name,
            start=rain.times.moment(rain.start_min),
        )
    last = {gauge: series.times_s[-1] / 60.0 for gauge, series in found.series.items() if gauge in observed}
    old = [gauge for gauge, minutes in last.items() if rain.end_min - minutes > longest_age_min]
    if old:
        found.notes.append(
            Message(
                "{n} gauges of water end more than {limit:g} min before the observed rain: {names}. Their water may "
                "have risen since.",
                n=len(old),
                limit=longest_age_min,
                names=", ".join(old[:8]),
            )
        )
    return GaugedWater(found.quantity, places, observed, source.sourceCrs()), found.notes


def water_of_runs(
    gauges: GaugedWater,
    runs: Sequence[StoredRun],
    transforms: QgsCoordinateTransformContext,
    feedback: QgsProcessingFeedback,
) -> ComparedWater:
    """The greatest water of each run at the gauges.

    A gauge that is dry in a run has there the level of its ground, which is known from the runs in which it is wet, and
    the observed level is then at least that; a gauge that is wet in no run is left out, as is one outside the rasters.
    """
    values = []
    for run in runs:
        if feedback.isCanceled():
            raise Cancelled
        values.append(_water_of(gauges, run, transforms))
    observed = gauges.observed_m
    if gauges.quantity == DEPTH:
        found = [{gauge: depth for gauge, (depth, _) in one.items()} for one in values]
    else:
        ground: dict[str, float] = {}
        for one in values:
            for gauge, (depth, level) in one.items():
                if not math.isnan(level):
                    ground.setdefault(gauge, level - depth)
        observed = {gauge: max(value, ground.get(gauge, value)) for gauge, value in observed.items()}
        found = [
            {g: ground[g] if math.isnan(level) else level for g, (_, level) in one.items() if g in ground}
            for one in values
        ]
    used = [gauge for gauge in observed if any(gauge in one for one in found)]
    lost = len(observed) - len(used)
    without = sum(not one for one in found)
    why = reasons(
        [
            Message("outside all runs, or dry in all: {n}", n=lost) if lost else None,
            Message("runs without a raster of depth or level there: {n}", n=without) if without else None,
        ]
    )
    entry = Entry(Message("Gauges of water"), len(used), lost, 0, why)
    return ComparedWater({gauge: observed[gauge] for gauge in used}, found, entry)


def _water_of(
    gauges: GaugedWater, run: StoredRun, transforms: QgsCoordinateTransformContext
) -> dict[str, tuple[float, float]]:
    """Depth and level by gauge; the level is NaN where it is dry, and gauges without data are left out."""
    if run.folder is None:
        return {}
    depths = _sampled(run.folder / DEPTH_MAX, gauges, transforms)
    levels = _sampled(run.folder / LEVEL_MAX, gauges, transforms)
    known = [gauge for gauge in gauges.observed_m if not math.isnan(depths.get(gauge, math.nan))]
    return {gauge: (depths[gauge], levels.get(gauge, math.nan)) for gauge in known}


def _sampled(path: Path, gauges: GaugedWater, transforms: QgsCoordinateTransformContext) -> Mapping[str, float]:
    """The value of a raster at each gauge; NaN without data, nothing where there is no raster."""
    layer = QgsRasterLayer(str(path), path.name, "gdal") if path.is_file() else None
    if layer is None or not layer.isValid():
        return {}
    transform = QgsCoordinateTransform(gauges.crs, layer.crs(), transforms)
    found = {}
    for gauge in gauges.observed_m:
        try:
            point = transform.transform(gauges.places[gauge])
        except QgsCsException:
            continue
        value, there = layer.dataProvider().sample(point, 1)
        found[gauge] = float(value) if there else math.nan
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()

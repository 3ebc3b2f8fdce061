"""Which flood run a result is of: every result carries the id of its run, and those of two runs are never mixed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import NULL, QgsFeatureRequest, QgsMapLayer, QgsMeshLayer, QgsRasterLayer, QgsVectorLayer

from ...core.common.errors import InputError
from .gdal_basics import GdalExceptions

RUN_ITEM = "CITY_TWIN_RUN"
"""Metadata item of the rasters, and attribute of RESULT."""
RUN_KEY = "run_id"
"""Key of SUMMARY."""
RUN_FIELD = "flood_run"
"""Field of an assessment of buildings."""


def run_of(layer: QgsMapLayer | None) -> str:
    """The id of the flood run that a layer is a result of; "" where it does not say so."""
    if isinstance(layer, QgsRasterLayer):
        return run_of_file(layer.dataProvider().dataSourceUri()) if layer.providerType() == "gdal" else ""
    if isinstance(layer, QgsMeshLayer):
        return run_of_file(layer.source())
    if isinstance(layer, QgsVectorLayer):
        return _run_of_table(layer)
    return ""


def run_of_file(path: str) -> str:
    """The id of the run that a raster or a RESULT is of; "" where it does not say so or cannot be read."""
    try:
        changed = os.stat(path).st_mtime_ns
    except OSError:  # a raster inside a container, or no file
        changed = 0
    return _read(path, changed)


def run_of_summary(summary: Mapping[str, Any]) -> str:
    """The id of the run that a SUMMARY is of; "" where it does not say so."""
    return str(summary.get(RUN_KEY) or "")


def require_one_run(runs: Mapping[str, str]) -> str:
    """Check that results are of one run, as far as they say of which.

    Parameters
    ----------
    runs : mapping of str to str
        Ids by what people know the results by, such as the names of parameters; "" where unknown.

    Returns
    -------
    str
        The id of the run; "" where none is known.

    Raises
    ------
    InputError
        When they are of two runs.
    """
    known = {name: run for name, run in runs.items() if run}
    first = next(iter(known), "")
    for name, run in known.items():
        if run != known[first]:
            raise InputError(
                "{first} and {other} are results of two flood runs ({run1} and {run2}): choose the results of one run.",
                first=first,
                other=name,
                run1=known[first],
                run2=run,
            )
    return known.get(first, "")


@lru_cache(maxsize=512)
def _read(path: str, changed: int) -> str:
    """From the header of a file; docks ask whenever something changes in the project."""
    try:
        with GdalExceptions():
            if Path(path).suffix.lower() != ".nc":
                return (gdal.Open(path).GetMetadataItem(RUN_ITEM) or "") if path else ""
            root = gdal.OpenEx(path, gdal.OF_MULTIDIM_RASTER).GetRootGroup()
            return next((str(item.Read()) for item in root.GetAttributes() if item.GetName() == RUN_ITEM), "")
    except RuntimeError:
        return ""


def _run_of_table(layer: QgsVectorLayer) -> str:
    """The first row stands for all: an assessment is of one flood."""
    field = layer.fields().lookupField(RUN_FIELD) if layer.isValid() else -1
    if field < 0:
        return ""
    request = QgsFeatureRequest().setLimit(1).setFlags(QgsFeatureRequest.Flag.NoGeometry)
    values = [feature[field] for feature in layer.getFeatures(request.setSubsetOfAttributes([field]))]
    return str(values[0]) if values and values[0] not in (None, NULL) else ""

"""Which flood run a result is of: every result carries the id of its run, and those of two runs are never mixed."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import NULL, QgsFeatureRequest, QgsMapLayer, QgsMeshLayer, QgsRasterLayer, QgsVectorLayer

from ...core.common.errors import InputError
from .gdal_basics import GdalExceptions
from .gdal_calls import fresh_spelling
from .raster_kinds import KIND_ITEM

RUN_ITEM = "CITY_TWIN_RUN"
"""Metadata item of the rasters, and attribute of RESULT."""
RUN_KEY = "run_id"
"""Key of SUMMARY."""
RAIN_ITEM = "CITY_TWIN_RAIN_MM"
"""Metadata item of the rasters, and attribute of RESULT: the rain of the run, as in SUMMARY."""
RAIN_KEY = "rain_mm"
"""Key of SUMMARY: the rain of the run, a mean over its cells."""
RAIN_STEPS = "rain_steps"
"""Key of SUMMARY: the rain over time, as end_min and depth_mm."""
RUN_FIELD = "flood_run"
"""Field of an assessment of buildings, and of BALANCE."""
MOST_FILES = 200
LARGEST_SUMMARY = 1_000_000
_RESULTS = (".tif", ".nc", ".json")


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
    return _item_of_file(path, RUN_ITEM)


def rain_of_file(path: str, run: str) -> float:
    """The rain of the run of a raster or a RESULT, mm; of older ones by the SUMMARY beside it; NaN where none says."""
    text: Any = _item_of_file(path, RAIN_ITEM)
    try:
        if not text and (summary := results_beside(path, run).get("SUMMARY", "")):
            text = read_summary(summary).get(RAIN_KEY)
        return math.nan if text in ("", None) else float(text)
    except (TypeError, ValueError):
        return math.nan


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


def read_summary(path: str) -> dict[str, Any]:
    """The summary of a simulation, or {} without a path.

    Raises
    ------
    InputError
        When the file is not there or is not the JSON object that simulateflood writes.
    """
    if not path:
        return {}
    try:
        content = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "The summary '{path}' cannot be read ({error}): choose the .json that the flood simulation wrote.",
            path=path,
            error=error,
        ) from error
    if not isinstance(content, dict):
        raise InputError(
            "The summary '{path}' holds no table of values: choose the .json of the flood simulation.", path=path
        )
    return content


def results_beside(path: str, run: str) -> dict[str, str]:
    """The rasters, the RESULT and the SUMMARY of a run in the folder of one of its results: their paths by output.

    At most `MOST_FILES` files are looked at, each by its header.
    """
    folder, found = Path(path).parent, {}
    if not run or not folder.is_dir():
        return found
    names = sorted(file for file in folder.iterdir() if file.suffix.lower() in _RESULTS)
    for file in names[:MOST_FILES]:
        output = _output_of_file(file, run)
        if output:
            found.setdefault(output, str(file))
    return found


def _item_of_file(path: str, item: str) -> str:
    """A text that the run has written into a raster or a RESULT; "" where there is none or it cannot be read."""
    try:
        changed = os.stat(path).st_mtime_ns
    except OSError:  # a raster inside a container, or no file
        changed = 0
    return _read(path, changed, item)


@lru_cache(maxsize=512)
def _read(path: str, changed: int, item: str) -> str:
    """From the header of a file; docks ask whenever something changes in the project."""
    try:
        with GdalExceptions():
            if Path(path).suffix.lower() != ".nc":
                return (gdal.Open(path).GetMetadataItem(item) or "") if path else ""
            root = gdal.OpenEx(fresh_spelling(path), gdal.OF_MULTIDIM_RASTER).GetRootGroup()
            return next((str(found.Read()) for found in root.GetAttributes() if found.GetName() == item), "")
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


def _output_of_file(file: Path, run: str) -> str:
    """Which output of a run a file is; "" for all others."""
    try:
        if file.suffix.lower() == ".json":
            small = file.stat().st_size <= LARGEST_SUMMARY
            return "SUMMARY" if small and run_of_summary(read_summary(str(file))) == run else ""
        if run_of_file(str(file)) != run:
            return ""
        if file.suffix.lower() == ".nc":
            return "RESULT"
        with GdalExceptions():
            return gdal.Open(str(file)).GetMetadataItem(KIND_ITEM) or ""
    except (InputError, OSError, RuntimeError):
        return ""

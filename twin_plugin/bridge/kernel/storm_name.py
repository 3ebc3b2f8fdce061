"""The one name of a storm, in docks, groups of layers, titles and reports."""

from __future__ import annotations

import math
import os
from functools import lru_cache

from qgis.core import NULL, QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

MOST_STEPS = 10_000


def storm_name(depth_mm: float, duration_min: float, period_years: float = math.nan) -> str:
    """A storm in a few words: '50-year storm, 146 mm in 2 h'.

    Parameters
    ----------
    depth_mm : float
        NaN where it is not known: then there is no name, ''.
    duration_min, period_years : float
        NaN where not known; a gauge's rain and an even rain have no return period.
    """
    translate = QCoreApplication.translate
    if not depth_mm > 0:
        return ""
    parts = []
    if period_years > 0:
        parts.append(translate("StormName", "{years}-year storm").format(years=f"{period_years:g}"))
    depth = f"{depth_mm:.0f}"
    if duration_min > 0:
        parts.append(translate("StormName", "{depth} mm in {time}").format(depth=depth, time=_span(duration_min)))
    else:
        parts.append(translate("StormName", "{depth} mm of rain").format(depth=depth))
    return translate("StormName", ", ").join(parts)


def run_name(storm: str, duration_s: float, cell_m: float) -> str:
    """What tells two runs apart, first the storm: '50-year storm, 146 mm in 2 h · 3 h simulated · 2 m cells'.

    Parameters
    ----------
    storm : str
        As `storm_name` gives it; may be empty.
    duration_s, cell_m : float
        Simulated time and cell size; NaN where not known.
    """
    translate = QCoreApplication.translate
    parts = [storm]
    if duration_s > 0:
        parts.append(translate("StormName", "{time} simulated").format(time=_span(duration_s / 60.0)))
    if cell_m > 0:
        parts.append(translate("StormName", "{cell} m cells").format(cell=f"{cell_m:.3g}"))
    return " · ".join(part for part in parts if part)


def _span(minutes: float) -> str:
    """A time span in hours or minutes: '2 h', '1.5 h', '40 min'."""
    translate = QCoreApplication.translate
    if minutes >= 60.0:
        return translate("StormName", "{n} h").format(n=f"{minutes / 60.0:.3g}")
    return translate("StormName", "{n} min").format(n=f"{minutes:.3g}")


def storm_of_table(source: str) -> str:
    """The name of the storm in a table as twin:designstorm writes it; '' where there is no such table."""
    path = source.split("|")[0]
    try:
        changed = os.stat(path).st_mtime_ns
    except OSError:
        return ""
    return _storm_of_table(source, changed)


def storm_of_rows(layer: QgsVectorLayer) -> tuple[list[tuple[float, float]], float]:
    """(end of the step in minutes, depth in mm) of a table of rain, and its return period; [] and NaN without them."""
    names = layer.fields().names() if layer is not None and layer.isValid() else []
    if not {"time_min", "depth_mm"} <= set(names):
        return [], math.nan
    rows, years = [], math.nan
    for feature in layer.getFeatures(QgsFeatureRequest().setLimit(MOST_STEPS)):
        if feature["time_min"] != NULL and feature["depth_mm"] != NULL:
            rows.append((float(feature["time_min"]), float(feature["depth_mm"])))
        if "return_period" in names and feature["return_period"] not in (NULL, None, ""):
            years = float(feature["return_period"])
    return sorted(rows), years


@lru_cache(maxsize=64)
def _storm_of_table(source: str, changed: int) -> str:
    rows, years = storm_of_rows(QgsVectorLayer(source, "storm", "ogr"))
    return storm_name(sum(depth for _, depth in rows), rows[-1][0], years) if rows else ""

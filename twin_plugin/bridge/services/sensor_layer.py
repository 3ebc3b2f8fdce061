"""Layers of observations: coloured by thresholds, and read as a series for a chart."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path

from osgeo import ogr
from qgis.core import (
    Qgis,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..kernel.lettering import text_format
from ..kernel.map_classes import CAUTION, CLOSED, INK, PAPER

SENSOR, VALUE, TIME, UNIT = "sensor_id", "value", "time", "unit"
_NORMAL, _NONE = "#1f5fa8", "#8d969f"


def dress(layer: QgsVectorLayer, caution: float | None, alarm: float | None) -> None:
    """Normal, caution, alarm and no value: each in its colour, shape and size, with the value beside it.

    Without thresholds every value is normal. A threshold itself belongs to the class above it.
    """
    value = f'"{VALUE}"'
    below = min((limit for limit in (caution, alarm) if limit is not None), default=None)
    rules = [
        (f"{value} >= {alarm!r}", "diamond", CLOSED, 5.0, QCoreApplication.translate("SensorLayer", "Alarm"))
        if alarm is not None else None,
        (
            f"{value} >= {caution!r}" + (f" and {value} < {alarm!r}" if alarm is not None else ""),
            "triangle", CAUTION, 4.2, QCoreApplication.translate("SensorLayer", "Caution"),
        ) if caution is not None else None,
        (
            f"{value} is not null" + (f" and {value} < {below!r}" if below is not None else ""),
            "circle", _NORMAL, 3.2, QCoreApplication.translate("SensorLayer", "Normal"),
        ),
        (f"{value} is null", "cross2", _NONE, 2.6, QCoreApplication.translate("SensorLayer", "No value")),
    ]  # fmt: skip
    root = QgsRuleBasedRenderer.Rule(None)
    for rule in rules:
        if rule is not None:
            condition, shape, colour, size, title = rule
            edge = PAPER if shape != "cross2" else colour
            symbol = QgsMarkerSymbol.createSimple(
                {"name": shape, "color": colour, "size": str(size), "outline_color": edge, "outline_width": "0.4"}
            )
            root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, title))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    label = QgsPalLayerSettings()
    label.fieldName = f"format_number({value}, 2) || coalesce(' ' || \"{UNIT}\", '')"
    label.isExpression = True
    label.placement = Qgis.LabelPlacement.AroundPoint
    label.dist = 1.0
    label.setFormat(text_format(7, INK, False, halo=True))
    layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
    layer.setLabelsEnabled(True)
    layer.triggerRepaint()


def series(path: Path, sensor: str) -> tuple[list[float], list[float], str]:
    """Times (seconds since 1970), values and the unit of a sensor in a file that twin:fetchobservations wrote.

    Rows without a number or a time are left out. Works in any thread.
    """
    source = ogr.Open(str(path))
    if source is None or source.GetLayerCount() == 0:
        return [], [], ""
    layer = source.GetLayer(0)
    names = [layer.GetLayerDefn().GetFieldDefn(n).GetName() for n in range(layer.GetLayerDefn().GetFieldCount())]
    times: list[float] = []
    values: list[float] = []
    unit = ""
    for feature in layer:
        if SENSOR in names and feature.GetField(SENSOR) not in (sensor, None):
            continue
        value = feature.GetField(VALUE) if VALUE in names else None
        moment = _seconds(feature, TIME) if TIME in names else None
        if value is None or moment is None or not math.isfinite(float(value)):
            continue
        times.append(moment)
        values.append(float(value))
        unit = unit or str((feature.GetField(UNIT) if UNIT in names else "") or "")
    return times, values, unit


def _seconds(feature: ogr.Feature, name: str) -> float | None:
    if not feature.IsFieldSetAndNotNull(name):
        return None
    year, month, day, hour, minute, second, zone = feature.GetFieldAsDateTime(name)
    if not year:
        return None
    moment = datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp() + float(second)
    # GDAL: 100 is UTC, each step a quarter of an hour; 0 and 1 say nothing.
    return moment - (zone - 100) * 900.0 if zone > 1 else moment

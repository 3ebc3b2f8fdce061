"""Indicators as expressions of QGIS's own functions, for labels of layouts that stay live without the plugin."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsExpression

from ...core.themes.district import District
from ...core.themes.indicator_values import CLOCK_LIMIT_S
from ...core.themes.theme import Indicator, Statistic
from ..kernel import limited_expressions
from ..kernel.rasters import crs_text
from .district_area import district_crs, outline
from .feature_values import in_true_metres, measures, quoted

_AGGREGATES = {
    Statistic.SUM: "sum",
    Statistic.MEAN: "mean",
    Statistic.MINIMUM: "min",
    Statistic.MAXIMUM: "max",
    Statistic.LATEST: "max",
}


def live_expression(
    indicator: Indicator,
    layer_id: str,
    layer_crs: QgsCoordinateReferenceSystem,
    district: District | None,
    has_geometry: bool = True,
) -> str:
    """An expression that gives the value of `compute` where the layer is in the project; NULL where there is none.

    QGIS looks for the layer in the project that is open: the expression is right there, and in no other project. "" for
    an indicator of a raster, whose cells no function of QGIS gathers within a district, and for lengths and areas in a
    CRS without true metres, which have no value.

    Raises
    ------
    InputError
        Where an expression of the indicator is not limited.
    """
    if indicator.statistic is Statistic.AREA_ABOVE or not (
        indicator.expression or indicator.statistic is Statistic.COUNT
    ):
        return ""
    asked = measures(indicator.expression) or measures(indicator.where)
    if asked and (layer_crs.isGeographic() or (district is not None and not in_true_metres(layer_crs, district))):
        return ""
    conditions = _conditions(indicator, layer_crs, district if has_geometry else None)
    if indicator.statistic is Statistic.COUNT:
        return _aggregate(layer_id, "count", "1", conditions)
    limited_expressions.check(indicator.expression)
    value, latest = f"({indicator.expression})", indicator.statistic is Statistic.LATEST
    if latest:
        time = _time(indicator)
        newest = _aggregate(layer_id, "max", time, [*conditions, f"{value} IS NOT NULL"])
        conditions = [*conditions, f"{time} = {newest}"]
    result = _aggregate(layer_id, _AGGREGATES[indicator.statistic], value, conditions)
    if indicator.statistic is not Statistic.SUM:
        return result
    # The sum of features none of which has a value is no 0.
    with_value = _aggregate(layer_id, "count", value, conditions)
    matched = _aggregate(layer_id, "count", "1", conditions)
    return f"CASE WHEN {with_value} > 0 THEN {result} WHEN {matched} = 0 THEN 0 END"


def live_age(
    indicator: Indicator,
    layer_id: str,
    layer_crs: QgsCoordinateReferenceSystem,
    district: District | None,
    has_geometry: bool = True,
) -> str:
    """An expression that gives the seconds since the newest data of `live_expression`, NULL where there are none; ""
    without a field of times.
    """
    if not indicator.time_field:
        return ""
    conditions = _conditions(indicator, layer_crs, district if has_geometry else None)
    return f"(epoch(now()) - epoch({_aggregate(layer_id, 'max', _time(indicator), conditions)})) / 1000.0"


def _conditions(indicator: Indicator, crs: QgsCoordinateReferenceSystem, district: District | None) -> list[str]:
    """What a feature must fulfil to count."""
    found = []
    if indicator.where:
        limited_expressions.check(indicator.where)
        found.append(f"({indicator.where})")
    if indicator.time_field:
        possible = f"now() + to_interval('{CLOCK_LIMIT_S:.0f} seconds')"
        found.append(f"coalesce({_time(indicator)} <= {possible}, TRUE)")
    if district is not None:
        own = district_crs(district)
        point = "point_on_surface($geometry)"
        if crs != own:
            point = f"transform({point}, {_text(crs_text(crs))}, {_text(crs_text(own))})"
        found.append(f"coalesce(intersects({point}, geom_from_wkt({_text(outline(district).asWkt(9))})), FALSE)")
    return found


def _time(indicator: Indicator) -> str:
    """The time of a feature; NULL for what is none."""
    return f"try(to_datetime({quoted(indicator.time_field)}))"


def _aggregate(layer_id: str, name: str, value: str, conditions: list[str]) -> str:
    chosen = f", filter:={' AND '.join(conditions)}" if conditions else ""
    return f"aggregate(layer:={_text(layer_id)}, aggregate:={_text(name)}, expression:={value}{chosen})"


def _text(text: str) -> str:
    return QgsExpression.quotedString(text)

"""The sun of a day at a place of the map."""

from __future__ import annotations

import math
from datetime import date

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsPointXY,
)

from ...core.common.cells import metres_per_degree
from ...core.common.errors import InputError
from ...core.common.sun_position import SunDay

STEP_M = 1000.0
"""The map's north is the direction to a point so far up on it."""


def sun_day(
    crs: QgsCoordinateReferenceSystem, x: float, y: float, day: date, latitude_deg: float | None = None
) -> SunDay:
    """The sun of a day at a place, whose azimuths count from the north of the map.

    Parameters
    ----------
    crs : QgsCoordinateReferenceSystem
        Of the map, in metres.
    x, y : float
    day : date
    latitude_deg : float, optional
        In the place of the true one, as rules for a whole city have it.

    Raises
    ------
    InputError
        Where nobody knows where on Earth the place is.
    """
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    transform = QgsCoordinateTransform(crs, degrees, QgsCoordinateTransformContext())
    try:
        here, ahead = (transform.transform(QgsPointXY(x, y + step)) for step in (0.0, STEP_M))
    except QgsCsException:
        here = ahead = QgsPointXY(math.nan, math.nan)
    if not math.isfinite(here.x() + here.y() + ahead.x() + ahead.y()) or abs(here.y()) >= 90.0:
        raise InputError(
            "The place {x:.0f}, {y:.0f} of {crs} has no latitude: set the CRS in which the layers are.",
            x=x,
            y=y,
            crs=crs.authid() or crs.description(),
        )
    along_row, along_column = metres_per_degree(here.y())
    east = (ahead.x() - here.x()) * along_row
    bearing = math.degrees(math.atan2(east, (ahead.y() - here.y()) * along_column))
    return SunDay(day, here.y() if latitude_deg is None else latitude_deg, here.x(), bearing)

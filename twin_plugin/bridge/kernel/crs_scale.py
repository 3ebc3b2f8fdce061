"""How long a unit of a CRS is on the ground at a place: lengths on a map in Web Mercator or in degrees are not true."""

from __future__ import annotations

import math

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsDistanceArea,
    QgsPointXY,
    QgsUnitTypes,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message

DISTORTED = 0.02
"""Lengths that a CRS stretches or shrinks by more make wrong slopes and areas; the CRS of a place stays below 0.1 %."""
STEP_M = 100.0


def crs_unit_m(crs: QgsCoordinateReferenceSystem) -> float:
    """Length of the CRS's unit in metres; NaN for degrees."""
    if crs.isGeographic():
        return math.nan
    return float(QgsUnitTypes.fromUnitToUnitFactor(crs.mapUnits(), Qgis.DistanceUnit.Meters))


def ground_metres(crs: QgsCoordinateReferenceSystem, at: QgsPointXY) -> float:
    """Metres on the ground in a metre of a projected CRS; 1 where it is true or not known, NaN for degrees."""
    unit_m = crs_unit_m(crs)
    if math.isnan(unit_m):
        return math.nan
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs, QgsCoordinateTransformContext())
    measure.setEllipsoid(crs.ellipsoidAcronym())
    step = STEP_M / unit_m
    east, north = (QgsPointXY(at.x() + x, at.y() + y) for x, y in ((step, 0.0), (0.0, step)))
    try:
        true = math.sqrt(measure.measureLine(at, east) * measure.measureLine(at, north)) / STEP_M
    except QgsCsException:
        return 1.0
    return true if math.isfinite(true) and abs(true - 1.0) > DISTORTED else 1.0


def map_note(crs: QgsCoordinateReferenceSystem, at: QgsPointXY) -> Message | None:
    """A warning that what is measured on the map of some outputs is not in true metres; None where it is.

    Parameters
    ----------
    crs : QgsCoordinateReferenceSystem
        Of the outputs.
    at : QgsPointXY
        A place of them.
    """
    true = ground_metres(crs, at)
    name = crs.authid() or crs.description()
    if math.isnan(true):
        return Message(
            "The outputs are in {crs}, which is in degrees: areas and lengths measured on their geometry are no "
            "metres, and solids are not drawn in proportion. The fields in m and m² are right. Choose a projected CRS "
            "of the place for CRS.",
            crs=name,
        )
    if true == 1.0:
        return None
    return Message(
        "A metre of {crs}, the CRS of the outputs, is {true:.2f} m on the ground here: areas and lengths that are "
        "measured on their geometry are wrong. The fields in m and m² are right. Choose the place's own projected CRS "
        "for CRS.",
        crs=name,
        true=true,
    )


def require_true_metres(crs: QgsCoordinateReferenceSystem, at: QgsPointXY) -> None:
    """Check that a model can be placed in a CRS: its axes take the CRS's units for metres on the ground.

    Raises
    ------
    InputError
    """
    true = ground_metres(crs, at)
    name = crs.authid() or crs.description()
    if math.isnan(true):
        raise InputError("{crs} is in degrees: choose a projected CRS of the place for CRS.", crs=name)
    if true != 1.0:
        raise InputError(
            "A metre of {crs} is {true:.2f} m on the ground at the place, so that the model would have another size "
            "there: choose the place's own projected CRS for CRS.",
            crs=name,
            true=true,
        )

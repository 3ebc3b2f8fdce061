"""The CRS of a scene: projected, in metres that are true on the ground."""

from __future__ import annotations

import math

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProcessingContext,
    QgsRectangle,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ..kernel.crs_scale import crs_unit_m, ground_metres

NORTHERNMOST, SOUTHERNMOST = 84.0, -80.0
"""Latitudes of UTM."""
HALF_DEG = 180.0


def is_true_metric(crs: QgsCoordinateReferenceSystem, at: QgsPointXY) -> bool:
    """Whether a metre of a CRS is a metre on the ground at a place of it."""
    return (
        crs.isValid() and not crs.isGeographic() and abs(crs_unit_m(crs) - 1.0) < 1e-6 and ground_metres(crs, at) == 1.0
    )


def choose_crs(
    chosen: QgsCoordinateReferenceSystem,
    candidates: list[tuple[QgsCoordinateReferenceSystem, QgsRectangle]],
    name: str,
    context: QgsProcessingContext,
    notes: list[Message],
) -> QgsCoordinateReferenceSystem:
    """The CRS that the user chose, else the first of some layers whose metres are true, else UTM.

    Parameters
    ----------
    candidates : list of CRS and extent
        Of the layers, those that count most first; the last one is that of the buildings.
    name : str
        Of the layer of the buildings.

    Raises
    ------
    InputError
        Where the chosen one is not in true metres, or nobody knows where the buildings are.
    """
    own, extent = candidates[-1]
    if not own.isValid():
        raise InputError("The layer '{source}' has no CRS: set it in the layer's properties.", source=name)
    if chosen.isValid():
        at = _middle(own, extent, chosen, context, name)
        if not is_true_metric(chosen, at):
            raise InputError(
                "The CRS {crs} cannot carry a scene: its unit is no metre on the ground there. Choose the projected "
                "CRS of the place.",
                crs=_words(chosen),
            )
        return chosen
    for crs, box in candidates:
        if is_true_metric(crs, box.center()):
            return crs
    place = _middle(own, extent, QgsCoordinateReferenceSystem("EPSG:4326"), context, name)
    if own.isGeographic() and extent.width() > HALF_DEG:
        raise InputError(
            "The layer '{name}' lies on both sides of the meridian of 180 degrees, or far apart: choose a projected "
            "CRS in metres for CRS.",
            name=name,
        )
    if not SOUTHERNMOST <= place.y() <= NORTHERNMOST:
        raise InputError(
            "The layer '{name}' lies beyond the latitudes of UTM: choose a projected CRS in metres for CRS.", name=name
        )
    zone = min(int((place.x() + 180.0) // 6.0) + 1, 60)
    crs = QgsCoordinateReferenceSystem(f"EPSG:{32600 + zone if place.y() >= 0 else 32700 + zone}")
    notes.append(
        Message(
            "The layer '{name}' is in {own}, whose unit is no metre on the ground: the scene is in {crs}. Choose "
            "another projected CRS for CRS where the place has its own.",
            name=name,
            own=_words(own),
            crs=_words(crs),
        )
    )
    return crs


def _words(crs: QgsCoordinateReferenceSystem) -> str:
    return f"{crs.authid()} ({crs.description()})" if crs.authid() else crs.description()


def _middle(
    own: QgsCoordinateReferenceSystem,
    extent: QgsRectangle,
    crs: QgsCoordinateReferenceSystem,
    context: QgsProcessingContext,
    name: str,
) -> QgsPointXY:
    """The middle of an extent in another CRS."""
    try:
        place = QgsCoordinateTransform(own, crs, context.transformContext()).transform(extent.center())
    except QgsCsException:
        place = QgsPointXY(math.nan, math.nan)
    if not math.isfinite(place.x() + place.y()):
        raise InputError(
            "The layer '{layer}' lies nowhere in {crs}: set the CRS that its coordinates are in, in the layer's "
            "properties.",
            layer=name,
            crs=_words(crs),
        )
    return place

"""The pieces of a skyline as PIECES has them, as azimuths and elevations around their observer."""

from __future__ import annotations

import math
from collections.abc import Iterator

from qgis.core import NULL, QgsExpression, QgsFeature, QgsFeatureRequest, QgsPoint, QgsVectorLayer

from .skyline_view import SkylinePart
from .symbol_colours import with_colours

STEP_DEG = 1.0
"""Edges are drawn with a place for each step of azimuth: a straight edge is no straight line over azimuth."""
MOST_OBSERVERS = 500


def observers(table: QgsVectorLayer) -> list[tuple[str, str, QgsPoint]]:
    """Id, name and eye of the observers of TABLE."""
    found = []
    for feature in table.getFeatures(QgsFeatureRequest().setLimit(MOST_OBSERVERS)):
        point = feature.geometry().constGet()
        if point is None or feature["eye_m"] == NULL:
            continue
        eye = QgsPoint(point.x(), point.y(), float(feature["eye_m"]))
        name = feature["name"]
        found.append((str(feature["observer"]), str(feature["observer"] if name in (None, NULL, "") else name), eye))
    return found


def parts(pieces: QgsVectorLayer, observer: str, eye: QgsPoint, state: str) -> list[SkylinePart]:
    """The pieces of one observer in a state ("present" or "scheme"), from north to north."""
    wanted, found = QgsFeatureRequest(), []
    wanted.setFilterExpression(QgsExpression.createFieldEqualityExpression("observer", observer))
    for feature, colour in with_colours(pieces, pieces.getFeatures(wanted)):
        if feature["state"] == state:
            found += [SkylinePart(colour, tuple(run)) for run in _runs(feature, eye)]
    return sorted(found, key=lambda part: part.places[0][0])


def _runs(feature: QgsFeature, eye: QgsPoint) -> Iterator[list[tuple[float, float]]]:
    """Azimuth and elevation along each edge; one through north in two runs."""
    for part in feature.geometry().constParts():
        run: list[tuple[float, float]] = []
        for x, y, z in _dense([(point.x(), point.y(), point.z()) for point in part.vertices()], eye):
            distance = math.hypot(x - eye.x(), y - eye.y())
            azimuth = math.degrees(math.atan2(x - eye.x(), y - eye.y())) % 360.0
            elevation = math.degrees(math.atan2(z - eye.z(), distance))
            if run and abs(azimuth - run[-1][0]) > 180.0:
                yield from _whole(run)
                run = []
            run.append((azimuth, elevation))
        yield from _whole(run)


def _whole(run: list[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    if len(run) > 1:
        yield run if run[0][0] <= run[-1][0] else run[::-1]


def _dense(vertices: list[tuple[float, float, float]], eye: QgsPoint) -> Iterator[tuple[float, float, float]]:
    """The vertices, and between them a place for each step of azimuth."""
    before = None
    for vertex in vertices:
        if before is not None:
            turn = abs(_azimuth(vertex, eye) - _azimuth(before, eye))
            number = max(1, math.ceil(min(turn, 360.0 - turn) / STEP_DEG))
            for k in range(1, number):
                share = k / number
                yield tuple(a + share * (b - a) for a, b in zip(before, vertex, strict=True))
        yield vertex
        before = vertex


def _azimuth(vertex: tuple[float, float, float], eye: QgsPoint) -> float:
    return math.degrees(math.atan2(vertex[0] - eye.x(), vertex[1] - eye.y()))

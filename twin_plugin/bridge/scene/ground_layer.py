"""The ground as a see-through surface: QGIS draws its own terrain opaque, so triangles of it stand in a layer."""

from __future__ import annotations

import math

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

CELLS = 120
"""Along the longer side: coarser than the terrain, fine enough to look through."""
SKIP_QUESTION = "skipMemoryLayersCheck"
"""Property of a layer in memory that QGIS may drop without asking."""


def ground_layer(
    project: QgsProject,
    terrain: QgsRasterLayer | None,
    crs: QgsCoordinateReferenceSystem,
    extent: QgsRectangle,
    level_m: float,
) -> QgsVectorLayer:
    """A layer in memory of the terrain's surface within an extent, or of a plane at a level where there is none."""
    layer = QgsVectorLayer(f"MultiPolygonZ?crs={crs.authid()}", "ground", "memory")
    layer.setCrs(crs)
    layer.setCustomProperty(SKIP_QUESTION, 1)
    x, y, z = _heights(project, terrain, crs, extent, level_m)
    features = []
    for row in range(len(y) - 1):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(_row(x, y[row : row + 2], z[row : row + 2])))
        if not feature.geometry().isEmpty():
            features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def _heights(
    project: QgsProject,
    terrain: QgsRasterLayer | None,
    crs: QgsCoordinateReferenceSystem,
    extent: QgsRectangle,
    level_m: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Corners from west to east and from south to north, and elevations there; NaN where there is none."""
    step = max(extent.width(), extent.height()) / (CELLS if terrain is not None else 1)
    x = np.linspace(extent.xMinimum(), extent.xMaximum(), max(math.ceil(extent.width() / step), 1) + 1)
    y = np.linspace(extent.yMinimum(), extent.yMaximum(), max(math.ceil(extent.height() / step), 1) + 1)
    z = np.full((len(y), len(x)), level_m)
    if terrain is None:
        return x, y, z
    z[:] = np.nan
    try:
        there = QgsCoordinateTransform(crs, terrain.crs(), project).transformBoundingBox(extent)
    except QgsCsException:
        return x, y, z
    block = terrain.dataProvider().block(1, there, 2 * len(x), 2 * len(y))
    known = np.array(
        [
            [np.nan if block.isNoData(row, column) else block.value(row, column) for column in range(block.width())]
            for row in range(block.height())
        ]
    )[::-1]
    rows = np.clip(np.round(np.linspace(0, len(known) - 1, len(y))).astype(int), 0, len(known) - 1)
    columns = np.clip(np.round(np.linspace(0, known.shape[1] - 1, len(x))).astype(int), 0, known.shape[1] - 1)
    return x, y, known[np.ix_(rows, columns)]


def _row(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> str:
    """Two triangles for each cell of a row whose corners are known, as WKT."""
    parts = []
    for column in range(len(x) - 1):
        corners = [
            (x[column + dx], y[dy], z[dy, column + dx]) for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1))
        ]  # fmt: skip
        if not all(math.isfinite(corner[2]) for corner in corners):
            continue
        a, b, c, d = (f"{cx:.2f} {cy:.2f} {cz:.2f}" for cx, cy, cz in corners)
        parts += [f"(({a}, {b}, {c}, {a}))", f"(({a}, {c}, {d}, {a}))"]
    return f"MultiPolygonZ ({', '.join(parts)})" if parts else "MultiPolygonZ EMPTY"

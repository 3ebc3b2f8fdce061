"""The only place with a branch on versions of QGIS or Python, and of what QGIS is built with."""

from __future__ import annotations

import sys

from qgis.core import Qgis
from qgis.PyQt.QtCore import QMetaType

TEXT = QMetaType.Type.QString
REAL = QMetaType.Type.Double
INTEGER = QMetaType.Type.Int
LONG = QMetaType.Type.LongLong
BOOLEAN = QMetaType.Type.Bool
DATE = QMetaType.Type.QDate
DATETIME = QMetaType.Type.QDateTime


def geos_lacks_measures() -> bool:
    """Whether shapely would call a GEOS of QGIS that knows no M values: in QGIS's programs on Linux, before 3.12."""
    return sys.platform == "linux" and Qgis.geosVersionInt() < 31200


def z_is_up_in_3d() -> bool:
    """Whether the axes of a 3D view are those of the map, from QGIS 3.42 on; before, y is up and z points south."""
    return Qgis.versionInt() >= 34200

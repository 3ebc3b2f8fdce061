"""The only place with a branch on versions of QGIS or Python."""

from __future__ import annotations

from qgis.PyQt.QtCore import QMetaType

TEXT = QMetaType.Type.QString
REAL = QMetaType.Type.Double
INTEGER = QMetaType.Type.Int
LONG = QMetaType.Type.LongLong
BOOLEAN = QMetaType.Type.Bool

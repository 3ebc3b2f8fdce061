"""Columns of a table as QGIS's fields."""

from __future__ import annotations

from qgis.core import QgsField, QgsFields

from ...core.common.tables import Column
from .compat import BOOLEAN, INTEGER, LONG, REAL, TEXT

_TYPES = {"text": TEXT, "real": REAL, "integer": INTEGER, "long": LONG, "boolean": BOOLEAN}


def make_fields(columns: tuple[Column, ...]) -> QgsFields:
    """The QgsFields of some columns, with their meaning as comment."""
    fields = QgsFields()
    for column in columns:
        item = QgsField(column.name, _TYPES[column.kind])
        item.setComment(column.meaning)
        fields.append(item)
    return fields

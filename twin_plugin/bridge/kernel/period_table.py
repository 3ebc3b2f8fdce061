"""Tables of stages over time, as the twin base has them, read from any layer."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsFeatureSource, QgsProcessingFeedback
from qgis.PyQt.QtCore import QDateTime, Qt

from ...core.lifecycle.periods import Period
from ...core.lifecycle.store import period
from ...core.lifecycle.tables import LIFECYCLE_STAGE
from .number_fields import column, require_field
from .vectors import read_table

_NEEDED = ("object_id", "stage", "valid_from")


def read_periods(source: QgsFeatureSource, feedback: QgsProcessingFeedback) -> list[Period]:
    """The records of a table lifecycle_stage."""
    table = read_table(source, feedback)
    for name in _NEEDED:
        require_field(table, name, source.sourceName())
    columns = [[_text(value) for value in column(table, name)] for name in LIFECYCLE_STAGE.names]
    return [period(*row) for row in zip(*columns, strict=True)]


def _text(value: Any) -> str:
    """A value of a table as text; QGIS gives dates and times as such where the column is one."""
    if value is None:
        return ""
    if hasattr(value, "toString"):
        given = value.toUTC() if isinstance(value, QDateTime) and value.timeSpec() != Qt.TimeSpec.LocalTime else value
        return str(given.toString(Qt.DateFormat.ISODate))
    return str(value).strip()

"""Dates of the life cycle as parameters."""

from __future__ import annotations

from datetime import UTC, datetime

from qgis.core import QgsProcessingContext
from qgis.PyQt.QtCore import Qt

from ..algorithm import TwinAlgorithm, Values


def read_time(algorithm: TwinAlgorithm, parameters: Values, name: str, context: QgsProcessingContext) -> datetime:
    """A date and time in UTC, what names no zone counts as UTC; now where it is empty."""
    given = algorithm.parameterAsDateTime(parameters, name, context)
    if not given.isValid():
        return datetime.now(UTC).replace(microsecond=0)
    if given.timeSpec() != Qt.TimeSpec.LocalTime:
        given = given.toUTC()
    date, time = given.date(), given.time()
    return datetime(date.year(), date.month(), date.day(), time.hour(), time.minute(), time.second(), tzinfo=UTC)

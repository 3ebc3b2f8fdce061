"""Writes layers column by column: many features at a time, which is several times as fast as row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from qgis.core import QgsFeature, QgsFeatureSink, QgsFields, QgsGeometry, QgsProcessingFeedback

from ...core.common.errors import Cancelled, ResourceError
from ...core.common.messages import Message
from .translation import localized

BATCH = 1000
"""Features between two looks whether to go on."""
_PLAIN = {int, str, bool, type(None), bytes}
"""Kinds of values that are written as they are."""


def write_columns(
    sink: QgsFeatureSink,
    fields: QgsFields,
    geometries: np.ndarray,
    columns: Mapping[str, Sequence[Any] | np.ndarray],
    feedback: QgsProcessingFeedback,
) -> int:
    """Write geometries and columns of one length into a sink and flush it; returns how many features were written.

    Missing and NaN values become NULL; numpy numbers become Python's; messages are in the user's language.

    Parameters
    ----------
    sink : QgsFeatureSink
    fields : QgsFields
    geometries : ndarray of shapely geometries, shape (n,)
        None where there is none.
    columns : mapping of str to sequence
        Values by field; fields without any are NULL.
    feedback : QgsProcessingFeedback

    Raises
    ------
    ResourceError
        When the sink refuses a feature, with its reason.
    Cancelled
        When the feedback was cancelled.
    """
    import shapely

    names, count = fields.names(), len(geometries)
    for low in range(0, count, BATCH):
        if feedback.isCanceled():
            raise Cancelled
        high = min(low + BATCH, count)
        blobs = shapely.to_wkb(geometries[low:high])
        values = [plain_values(columns[name][low:high]) if name in columns else [None] * (high - low) for name in names]
        features = []
        for blob, row in zip(blobs, zip(*values, strict=True), strict=True):
            feature = QgsFeature(fields)
            if blob is not None:
                shape = QgsGeometry()
                shape.fromWkb(blob)
                feature.setGeometry(shape)
            feature.setAttributes(list(row))
            features.append(feature)
        if not sink.addFeatures(features, QgsFeatureSink.Flag.FastInsert):
            raise ResourceError(
                "A feature could not be written: {sink}. Check the disk and the path.", sink=sink.lastError()
            )
    if not sink.flushBuffer():
        raise ResourceError(
            "The layer could not be written: {sink}. Check the disk and the path.", sink=sink.lastError()
        )
    return count


def plain_values(values: Sequence[Any] | np.ndarray) -> list[Any]:
    """Values as a sink takes them: Python's own, None for NaN, messages in the user's language."""
    given = values.tolist() if isinstance(values, np.ndarray) else list(values)
    kinds = set(map(type, given))
    if kinds <= _PLAIN:
        return given
    if kinds <= _PLAIN | {float}:
        return [None if value != value else value for value in given]
    return [plain(value) for value in given]


def plain(value: Any) -> Any:
    """A value as a sink takes it."""
    if isinstance(value, Message):
        return localized(value)
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and value != value else value

"""Stages of a scene's buildings over time, from a table lifecycle_stage as it is known now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from qgis.core import QgsFeatureSource

from ...core.common.messages import Message
from ...core.lifecycle.periods import faults, known
from ...core.scene.scene import Stages
from ..kernel.input_table import Entry
from ..kernel.metric_layers import Reader, why
from ..kernel.period_table import read_periods
from .building_layers import Places
from .scene_layers import SceneLog

MOST_FAULTS = 5


def read_stages(source: QgsFeatureSource, ids: Sequence[str], reader: Reader, log: SceneLog) -> Stages | None:
    """The spans of buildings that are on record and not superseded; None where there are none.

    Objects are found by their id, or by the model of a building.

    Raises
    ------
    InputError
        Where the table lacks a column, or a row cannot be read.
    """
    records = read_periods(source, reader.feedback)
    now = datetime.now(UTC)
    current = known([record for record in records if record.object_id], now)
    wrong = faults(current, now)
    log.notes += wrong[:MOST_FAULTS]
    if len(wrong) > MOST_FAULTS:
        log.notes.append(
            Message("{n} more objects have stages that overlap or end before they begin.", n=len(wrong) - MOST_FAULTS)
        )
    places = Places.of(ids)
    owner = np.array([places.find(record.object_id) for record in current], np.int64)
    found = owner >= 0
    ends = np.array([np.inf if span.valid_to is None else span.valid_to.timestamp() for span in current])
    starts = np.array([span.valid_from.timestamp() for span in current])
    lasting = ends > starts
    used = np.flatnonzero(found & lasting)
    strangers = len({record.object_id for record, there in zip(current, found, strict=True) if not there})
    if strangers:
        log.notes.append(
            Message(
                "{n} objects of '{layer}' with records of stages are no buildings of the scene.",
                n=strangers,
                layer=source.sourceName(),
            )
        )
    lost = [
        Message("superseded or recorded later: {n}", n=len(records) - len(current)),
        Message("of no building: {n}", n=int((~found).sum())),
        Message("ends before it begins: {n}", n=int((found & ~lasting).sum())),
    ]
    log.entries.append(Entry(Message("STAGES"), len(used), len(records) - len(used), 0, why(lost)))
    if not len(used):
        log.notes.append(
            Message("The table '{layer}' holds no stage of the scene's buildings.", layer=source.sourceName())
        )
        return None
    return Stages(owner[used], tuple(current[k].stage.value for k in used), starts[used], ends[used])

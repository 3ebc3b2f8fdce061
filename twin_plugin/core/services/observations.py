"""What sensors observed, as features ready for a point layer: the latest value of each, or a series."""

from __future__ import annotations

from types import ModuleType
from typing import cast

from ..common.errors import InputError
from ..common.progress import Progress, silent
from ..web.fetch import Fetch
from . import registry
from .adapter import Features, Query
from .protocols import sensorthings_observations
from .record import ServiceRecord

FIELDS = sensorthings_observations.FIELDS
"""The fields of every answer, whatever the protocol."""


def latest(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """The latest observation of each sensor.

    Parameters
    ----------
    record : ServiceRecord
        Of SensorThings or OGC API EDR.
    query : Query
        Its time limits what counts as the latest, its filter is on `FIELDS`.

    Returns
    -------
    Features
        One row for each sensor and property; a sensor that has observed nothing has a row whose values are None.

    Raises
    ------
    InputError
        Where the protocol has no observations.
    WebError
        The network's, also while the pages are read.
    """
    return cast(Features, _reader(record).latest(record, query, fetch, progress))


def series(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """All observations in the query's box and time, one row each; raises as `latest`."""
    return cast(Features, _reader(record).series(record, query, fetch, progress))


def _reader(record: ServiceRecord) -> ModuleType:
    module = registry.observations(record.protocol)
    if module is not None:
        return module
    raise InputError(
        "'{title}' is no service of observations ({value}): choose one of SensorThings or OGC API EDR, "
        "or query it as features.",
        title=record.title,
        value=record.protocol.value,
    )

"""What became of each layer of a theme when it was built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..common.tables import columns
from .theme import Need


class LayerState(StrEnum):
    """Whether a layer of a theme shows something."""

    LOADED = "loaded"
    EMPTY = "empty"
    OUTSIDE = "outside"
    MISSING = "missing"
    REMOVED = "removed"


LAYERS = columns(
    """
    id text Id of the layer in the theme
    title text Its title
    group text Title of its group
    need text M must, C when its condition holds, O optional
    state text loaded, empty (no rows), outside (not in the district), missing, or removed (by you)
    reason text Why it is not loaded, or what is in doubt
    source text File and table, or the service
    modified text When the file was last modified, ISO 8601 UTC; empty for services
    features long Rows that the layer has, with its filter
    seconds real Time to open and style it, s
    kept text What of the user's an update has kept: name, style, filter, visibility, place
    """
)


@dataclass(frozen=True)
class LayerReport:
    """A row of the report of layers, with the values of `LAYERS`."""

    id: str
    title: str
    group: str
    need: Need
    state: LayerState
    reason: str = ""
    source: str = ""
    modified: str = ""
    features: int | None = None
    seconds: float = 0.0
    kept: str = ""

    @property
    def is_missing_must(self) -> bool:
        """Whether the theme lacks what it must have."""
        return self.need is Need.MUST and self.state is LayerState.MISSING


def missing_must(reports: Iterable[LayerReport]) -> list[LayerReport]:
    """The layers that the theme must have and lacks."""
    return [report for report in reports if report.is_missing_must]

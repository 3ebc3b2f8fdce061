"""What layers say of the buildings whose sunlight is reviewed: their use, their ground floor and their storeys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ..kernel.line_layers import first_field
from ..kernel.metric_layers import AREAS, numbers_of, texts_of
from ..kernel.prism_layers import FLOOR, OWNER, STOREY_M, STOREYS
from .city import City
from .control_plan_layers import use_words
from .stock import NUMBER, USES

ALL = "*"
"""All uses."""


@dataclass(frozen=True)
class SunLayers:
    """The layers of a review of sunlight; buildings and scheme are those that the city was read from."""

    buildings: QgsFeatureSource | None = None
    scheme: QgsFeatureSource | None = None
    points: QgsFeatureSource | None = None


@dataclass(frozen=True, eq=False)
class SunObjects:
    """What the layers say of the objects of a city.

    Attributes
    ----------
    floor_m, storeys : ndarray of float64, shape (objects,)
        Elevation of the ground floor; number of storeys above ground, NaN where unknown.
    uses : list of str
        "" where unknown.
    by_storey : ndarray of bool, shape (objects,)
        Whether its bodies are storeys.
    """

    floor_m: np.ndarray
    storeys: np.ndarray
    uses: list[str]
    by_storey: np.ndarray

    def keep(self, rows: np.ndarray) -> SunObjects:
        """Some of them."""
        uses = [use for use, yes in zip(self.uses, rows, strict=True) if yes]
        return SunObjects(self.floor_m[rows], self.storeys[rows], uses, self.by_storey[rows])

    def joined(self, other: SunObjects) -> SunObjects:
        """These and others after them."""
        return SunObjects(
            np.concatenate([self.floor_m, other.floor_m]),
            np.concatenate([self.storeys, other.storeys]),
            self.uses + other.uses,
            np.concatenate([self.by_storey, other.by_storey]),
        )

    def of_use(self, uses: Sequence[str], notes: list[Message]) -> np.ndarray:
        """Which objects have one of some uses; all for `ALL`, and where none says its use, which is noted.

        Raises
        ------
        InputError
            Where none has such a use.
        """
        if ALL in uses or not any(self.uses):
            if ALL not in uses:
                notes.append(Message("No building says its use (field {field}): all are reviewed.", field=USES[0]))
            return np.ones(len(self.uses), bool)
        words = use_words()
        wanted = {words.use_of(use) or use.strip().lower() for use in uses}
        chosen = np.array([(words.use_of(use) or use.lower()) in wanted for use in self.uses], bool)
        if not chosen.any():
            raise InputError(
                "No building has the use {uses}: choose other USES (the layers have {known}), or * for all buildings.",
                uses=", ".join(uses),
                known=", ".join(sorted({use for use in self.uses if use})[:8]),
            )
        silent = sum(not use for use in self.uses)
        if silent:
            text = "{n} of {all} buildings say no use (field {field}): they are not reviewed. USES * reviews all."
            notes.append(Message(text, n=silent, all=len(self.uses), field=USES[0]))
        return chosen

    def levels(self, prisms: Prisms) -> tuple[list[np.ndarray], np.ndarray]:
        """The floors of each body above ground, and for which objects their number is guessed."""
        height = np.maximum(prisms.object_tops() - self.floor_m, 0.0)
        guessed = ~(self.storeys > 0) & ~self.by_storey
        number = np.where(self.storeys > 0, self.storeys, np.maximum(np.round(height / STOREY_M), 1)).astype(np.int64)
        levels = []
        for bottom, roof, owner in zip(prisms.bottom_m, prisms.top_m, prisms.owner, strict=True):
            floor = self.floor_m[owner]
            if self.by_storey[owner]:
                levels.append(np.array([bottom] if bottom >= floor - 0.01 else []))
                continue
            of = floor + np.arange(number[owner]) * height[owner] / number[owner]
            levels.append(of[(of >= bottom - 0.01) & (of < roof - 0.5)])
        return levels, guessed


def read_objects(city: City, layers: SunLayers) -> SunObjects:
    """What the layers say of the objects that are reviewed; numbers that were refused are noted with the city."""
    found = SunObjects(np.zeros(0), np.zeros(0), [], np.zeros(0, bool))
    if layers.buildings is not None:
        found = _of_layer(city, layers.buildings, "BUILDINGS", city.present, city.present_rows)
    if city.future is None or layers.scheme is None:
        return found
    planned = city.future.prisms.keep(city.future.planned)
    return found.keep(~city.future.replaced).joined(
        _of_layer(city, layers.scheme, "SCHEME", planned, city.planned_rows)
    )


def _of_layer(city: City, source: QgsFeatureSource, parameter: str, prisms: Prisms, rows: np.ndarray) -> SunObjects:
    table, refused = city.reader.table(source, parameter, AREAS), list[Message]()
    lowest = np.full(prisms.objects, np.inf)
    np.minimum.at(lowest, prisms.owner, prisms.bottom_m)
    floor, storeys = numbers_of(table, FLOOR, "elev_m", refused), numbers_of(table, STOREYS, "storeys_above", refused)
    number, uses = numbers_of(table, NUMBER, "number", refused), texts_of(table, USES)
    by_storey = bool(first_field(table, OWNER))
    used = rows >= 0
    above = used & np.isfinite(floor) & ~((number < 0) if by_storey else np.zeros(len(table), bool))
    floor_m, most = np.full(prisms.objects, np.inf), np.full(prisms.objects, np.nan)
    np.minimum.at(floor_m, rows[above], floor[above])
    np.fmax.at(most, rows[used], storeys[used])
    found = [""] * prisms.objects
    for row in np.flatnonzero(used):
        found[rows[row]] = found[rows[row]] or uses[row]
    floor_m = np.where(np.isfinite(floor_m), floor_m, lowest)
    return SunObjects(floor_m, most, found, np.full(prisms.objects, by_storey))

"""What twin:contingencyplan is given: layers, water and what the user decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureSource, QgsProcessingContext, QgsVectorLayer

from ...core.common.cells import Cells
from ...core.common.messages import Message
from ...core.common.progress import Progress
from ...core.contingency.levels import LevelAction, UseRules
from ...core.contingency.plan import Need, Plan, Source, WarningLevel
from ...core.risk.ingress import Water
from ..kernel.input_table import Entry

Bounds = tuple[float, float, float, float]


class ResultPort(Protocol):
    """A RESULT, as bridge.flood reads it."""

    path: str
    minutes: np.ndarray

    def water(self) -> Iterator[tuple[float, float, np.ndarray, np.ndarray]]:
        """For each time: share done, minutes, and of each face the depth and its water as a depth, m."""


class WaterPort(Protocol):
    """The water of a level, as bridge.flood reads it."""

    name: str
    crs: QgsCoordinateReferenceSystem
    run: str
    result: ResultPort

    def cells(self) -> Cells:
        """All its cells."""

    def read(self, bounds: Bounds, dry_m: float, context: QgsProcessingContext, progress: Progress) -> Water:
        """The water within some bounds."""

    def warnings(self) -> list[Message]:
        """What looks wrong."""

    def entries(self) -> Iterable[Entry]:
        """What was read of it, for the table at the end of the log."""


@dataclass(frozen=True)
class PlanInputs:
    """The layers of a plan; `buildings` and `waters` have one for each level, from the lowest; waters may be none."""

    buildings: Sequence[QgsVectorLayer]
    waters: Sequence[WaterPort] = ()
    roads: QgsFeatureSource | None = None
    shelters: QgsFeatureSource | None = None
    districts: QgsFeatureSource | None = None
    district_field: str = ""
    assets: QgsFeatureSource | None = None
    dependencies: QgsFeatureSource | None = None
    measures: QgsFeatureSource | None = None
    ranking: QgsFeatureSource | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class PlanChoices:
    """What the user decides.

    Attributes
    ----------
    levels : sequence of WarningLevel
        From the lowest, one for each layer of buildings.
    actions : sequence of LevelAction
    uses : UseRules
    needs : callable
        What a number of people in shelters needs.
    least_class : int
        From which risk class on people leave.
    depart_min : float, optional
        When they leave; None: when the warning of the level is given.
    closed_m, shelter_m : float
        Depth that closes a road, and that excludes a shelter.
    free_kmh, snap_m, reach_m : float
        Speed of roads without one; how far ends of roads may lie apart; how far a road may be from people and shelters.
    reopened : bool
        Whether roads may be used again after the water.
    people_field : str
    title, author, district, created : str
    settings : dict of str to str
        Parameters by name, for the annex.
    previous : Plan, optional
    """

    levels: Sequence[WarningLevel]
    actions: Sequence[LevelAction]
    uses: UseRules
    needs: Callable[[int], tuple[Need, ...]]
    least_class: int = 3
    depart_min: float | None = None
    closed_m: float = 0.30
    shelter_m: float = 0.15
    free_kmh: float = 30.0
    snap_m: float = 0.0
    reach_m: float = 200.0
    reopened: bool = False
    people_field: str = ""
    title: str = ""
    author: str = ""
    district: str = ""
    created: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    previous: Plan | None = None

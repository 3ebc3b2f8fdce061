"""A contingency plan as a document: what is known, who is hit, what is closed, who goes where, and who does what when.

Every text that people read in two languages is a `Message` (a sentence with named values), or comes in English and
Chinese from an editable table (`Words`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from ..common.words import Words
from .evacuation import Evacuation

EVENT_KINDS = (
    "warning",
    "action",
    "departure",
    "measure",
    "closure",
    "entry",
    "failure",
    "peak",
    "opening",
    "end",
)
"""Kinds of events, in the order in which those of one minute stand."""

VERSION = 1
"""Of the form of the document; it rises when a reader of the old form could not read the new one."""


@dataclass(frozen=True)
class WarningLevel:
    """A row of the editable table of warning levels.

    Attributes
    ----------
    id : str
        Such as yellow.
    name, response : Words
    colour : str
        #rrggbb of the signal.
    rain_mm, within_h : float
        Threshold of the rain, such as 50 mm in 6 h.
    lead_time_min : float
        How long before the start of the rain the warning is given.
    source : str
    """

    id: str
    name: Words
    response: Words
    colour: str
    rain_mm: float
    within_h: float
    lead_time_min: float
    source: str


@dataclass(frozen=True)
class Source:
    """A layer or file that the plan was made of.

    Attributes
    ----------
    role : str
        The parameter, such as ROADS.
    name : str
        Name of the layer or file, without its folder.
    run : str
        Id of the flood run; "" for what is not of a run.
    modified : str
        ISO 8601 UTC; "" where unknown.
    sha256 : str
        Of the file; "" where it has none.
    count : int
        Features or rows; -1 for rasters and results.
    """

    role: str
    name: str
    run: str = ""
    modified: str = ""
    sha256: str = ""
    count: int = -1


@dataclass(frozen=True)
class BuildingHit:
    """A building with water at it or in it (risk class 1 to 4); `entered_min` is NaN where no time is known."""

    id: str
    name: str
    use: str
    risk_class: int
    depth_m: float
    entered_min: float
    people: int
    critical: bool
    district: str
    reason: str
    x: float
    y: float


@dataclass(frozen=True)
class DistrictHit:
    """Sums of a district, or of all ("" as name)."""

    name: str
    buildings: int
    buildings_entered: int
    people: int
    critical: int
    damage: float
    currency: str = ""


@dataclass(frozen=True)
class Closure:
    """A road that the water closes; times are NaN where unknown, `opens_min` also where it stays closed.

    x and y are a place on it in the plan's CRS, `length_m` the length of the stretch that is closed.
    """

    id: str
    name: str
    road_class: str
    closes_min: float
    opens_min: float
    depth_m: float
    length_m: float
    x: float = math.nan
    y: float = math.nan


@dataclass(frozen=True)
class MeasurePlaced:
    """A pump, barrier or another mobile measure of the plan and where it goes."""

    kind: str
    name: str
    place: str
    by_min: float
    reason: str
    x: float
    y: float


@dataclass(frozen=True)
class Need:
    """What the people in the shelters of a level need of one thing, such as 450 litres of water a day."""

    item: Words
    unit: Words
    amount: float


@dataclass(frozen=True)
class Action:
    """A line of the check-list of a level: what, who, how long before or after the start of the rain."""

    what: Words
    who: Words
    at_min: float
    level: str


@dataclass(frozen=True)
class Event:
    """A moment of the time line.

    Attributes
    ----------
    minute : float
        From the start of the rain; negative before it.
    kind : str
        One of `EVENT_KINDS`.
    text : str
        A Message.
    object_id : str
        Id of the building, road, shelter or block; "" for none.
    x, y : float
        Where it happens, in the plan's CRS; NaN where it has no place.
    words : Words, optional
        The text in both languages, where it comes from an editable table.
    """

    minute: float
    kind: str
    text: str
    object_id: str = ""
    x: float = math.nan
    y: float = math.nan
    words: Words | None = None


@dataclass(frozen=True)
class LevelPlan:
    """The plan for one warning level; `run` is the id of the flood run that stands for it, `storm` its rain."""

    level: WarningLevel
    run: str
    storm: str
    rain_mm: float
    districts: tuple[DistrictHit, ...] = ()
    buildings: tuple[BuildingHit, ...] = ()
    closures: tuple[Closure, ...] = ()
    evacuation: Evacuation = field(default_factory=Evacuation)
    measures: tuple[MeasurePlaced, ...] = ()
    actions: tuple[Action, ...] = ()
    events: tuple[Event, ...] = ()
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A plan for several warning levels, from the lowest.

    Attributes
    ----------
    id : str
        The same plan made again from the same inputs has the same id.
    title, district, author, crs : str
        `crs` of all x and y, as authority:code or WKT.
    created : str
        ISO 8601 UTC.
    previous : str
        Id of the version before; "" for the first.
    levels : tuple of LevelPlan
    sources : tuple of Source
    settings : dict
        Parameters with their values, for the annex.
    warnings : tuple of str
        Messages: what is doubtful about the plan.
    version : int
        From 1; one more than that of the plan `previous`.
    """

    id: str
    title: str
    district: str
    author: str
    crs: str
    created: str
    previous: str
    levels: tuple[LevelPlan, ...]
    sources: tuple[Source, ...]
    settings: dict[str, str]
    warnings: tuple[str, ...] = ()
    version: int = 1

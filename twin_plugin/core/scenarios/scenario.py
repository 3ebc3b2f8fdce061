"""Application scenarios as values: a question, its data, its chain of algorithms, and the decision it serves."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..common.languages import Texts


class DataKind(StrEnum):
    """What a chain takes as input."""

    VECTOR = "vector"
    RASTER = "raster"
    TABLE = "table"
    FILE = "file"
    FOLDER = "folder"


@dataclass(frozen=True)
class DataNeed:
    """Data that a scenario needs.

    Attributes
    ----------
    name : str
        By which the chain refers to it, upper case.
    subdivision : str
        Code of the taxonomy, such as A02.
    path : str
        Where a district's folder has it, such as dtm.tif or district.gpkg|layername=roads; "" where only a catalogue
        or the user can name it.
    search : str
        Words for the catalogue's search where the district has none.
    geometry : str
        point, line or polygon where a vector layer must have it, "" for any.
    """

    name: str
    subdivision: str
    kind: DataKind
    path: str = ""
    must: bool = True
    search: str = ""
    title: Texts = field(default_factory=dict)
    geometry: str = ""


@dataclass(frozen=True)
class Setting:
    """A number, text or choice that the user may set before a run."""

    name: str
    title: Texts
    value: Any
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class FromData:
    """A parameter that takes a DataNeed."""

    name: str


@dataclass(frozen=True)
class FromSetting:
    """A parameter that takes a Setting."""

    name: str


@dataclass(frozen=True)
class FromStep:
    """A parameter that takes an output of an earlier step."""

    step: str
    output: str


ParameterValue = Any
"""A plain JSON value, FromData, FromSetting, FromStep, or a list of these."""


@dataclass(frozen=True)
class Step:
    """One algorithm of a chain, with its parameters by name; outputs that are not named go to temporary files."""

    id: str
    algorithm: str
    parameters: dict[str, ParameterValue]


@dataclass(frozen=True)
class ScenarioOutput:
    """An output of a step that the user keeps; `file` is its name in the output folder."""

    step: str
    output: str
    title: Texts
    file: str
    style: str = ""


@dataclass(frozen=True)
class Measure:
    """A number of the results: a number output of a step, or a statistic of a layer, table or raster.

    Attributes
    ----------
    step, output : str
        What it is read from; "" where it is read from `data`.
    data : str
        Name of the input that it is read from, "" for an output of a step.
    statistic : str
        value (a number output), count, distinct (different values of the field), sum, min, max, mean; a raster's are
        those of its valid cells.
    field : str
        Field of the layer, "" for value and count.
    where : str
        Features that count, in the limited expression language (`bridge/kernel/limited_expressions.py`).
    """

    id: str
    title: Texts
    unit: str
    step: str
    output: str
    statistic: str
    field: str = ""
    where: str = ""
    data: str = ""


@dataclass(frozen=True)
class Check:
    """A property of the result that must hold.

    Attributes
    ----------
    left, right : str or float
        Numbers, ids of measures, or sums of these such as "open + closed" (`checks.py`).
    relation : str
        <, <=, =, >= or >; = within `tolerance`.
    """

    left: str | float
    relation: str
    right: str | float
    reason: Texts
    tolerance: float = 0.0


@dataclass(frozen=True)
class Scenario:
    """One application scenario.

    Attributes
    ----------
    chain_id : str
        The chain document that it was made from, "" for none.
    outline : bool
        The chain is only a list of algorithms: the scenario says what it needs, and does not run.
    """

    id: str
    version: str
    name: Texts
    domain: str
    question: Texts
    users: Texts
    decision: Texts
    data: tuple[DataNeed, ...]
    chain: tuple[Step, ...]
    outputs: tuple[ScenarioOutput, ...] = ()
    settings: tuple[Setting, ...] = ()
    measures: tuple[Measure, ...] = ()
    checks: tuple[Check, ...] = ()
    theme: str = ""
    source: str = ""
    chain_id: str = ""
    outline: bool = False


class ScenarioState(StrEnum):
    """What a scenario lacks, or that it runs."""

    RUNS = "runs"
    LACKS_DATA = "lacks data"
    LACKS_ALGORITHM = "lacks an algorithm"
    LACKS_PACKAGE = "lacks a package"
    INVALID = "invalid"

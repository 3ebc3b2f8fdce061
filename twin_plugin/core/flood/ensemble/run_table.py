"""The table of an ensemble: a row for each run, with what differs from the common parameters."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...common.errors import InputError
from ...common.tables import columns

MOST_RUNS = 1000
"""More runs than this are rather a mistake than a wish: they would take weeks."""
LONGEST_NAME = 80
COLUMNS = columns(
    """
    name text Name of the run and of its folder; no two runs have the same
    measure text What is done against the water; empty where nothing is done
    cost real Cost of the measure, in any currency
    baseline text Name of the run that this one is compared with; empty: that of BASELINE
    probability real Probability of the run in a year, 0 to 1
    return_period_a real Return period in years: of the run, and of its design storm
    zone text Zone of the design storm: a storm is made where it is given
    storm_duration_min real Duration of the design storm, minutes
    pattern text Pattern of the design storm
    peak_ratio real Place of the peak in the design storm, 0 to 1
    """
)
"""Columns of the table besides those named like a parameter of twin:simulateflood."""
STORM = {
    "zone": "ZONE",
    "return_period_a": "RETURN_PERIOD",
    "storm_duration_min": "DURATION",
    "pattern": "PATTERN",
    "peak_ratio": "PEAK_RATIO",
}
"""Parameters of twin:designstorm by the columns that give them."""

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FOLDERS = ("changes", "inputs", "storms")
"""Names of the folders beside those of the runs."""


@dataclass(frozen=True)
class RunRow:
    """One run of an ensemble.

    Attributes
    ----------
    number : int
        Row of the table, from 1.
    name : str
    values : dict of str to str
        Parameters that differ from the common ones, by name.
    storm : dict of str to str
        Parameters of the design storm; empty where there is none.
    measure, baseline : str
        "" where the row has none.
    cost, probability, return_period_a : float
        NaN where the row has none.
    """

    number: int
    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    storm: Mapping[str, str] = field(default_factory=dict)
    measure: str = ""
    baseline: str = ""
    cost: float = math.nan
    probability: float = math.nan
    return_period_a: float = math.nan


def read_runs(names: Sequence[str], rows: Sequence[Sequence[Any]], parameters: Sequence[str]) -> list[RunRow]:
    """The runs of a table.

    Parameters
    ----------
    names : sequence of str
        The columns as they are called, in any case.
    rows : sequence of rows
        Texts, numbers or None, which stands for the common value as an empty text does.
    parameters : sequence of str
        Names of the parameters that a column may give.

    Raises
    ------
    InputError
        When there is no row or too many, a column is unknown or there twice, a name is missing, there twice or no name
        of a folder, or a number is none.
    """
    known = _known(names, parameters)
    if not rows:
        raise InputError("The table RUNS has no rows: give a row for each run.")
    if len(rows) > MOST_RUNS:
        raise InputError(
            "The table RUNS has {n:,} rows, more than {most:,}: split it into several.", n=len(rows), most=MOST_RUNS
        )
    runs = []
    for number, row in enumerate(rows, 1):
        texts = {column: text for column, value in zip(known, row, strict=True) if (text := _text(value))}
        runs.append(_run(number, texts, parameters))
    _require_names(runs)
    return runs


def _known(names: Sequence[str], parameters: Sequence[str]) -> list[str]:
    """The columns as this module and the parameters call them."""
    spelled = {name.lower(): name for name in (*(column.name for column in COLUMNS), *parameters)}
    found: list[str] = []
    for name in names:
        own = spelled.get(name.strip().lower())
        if own is None:
            raise _unknown(name, list(spelled.values()))
        if own in found:
            raise InputError("The table RUNS has the column '{name}' twice: remove one of them.", name=own)
        found.append(own)
    if "name" not in found:
        raise InputError(
            "The table RUNS has no column 'name': give each run a name. It has: {names}.", names=", ".join(names)
        )
    return found


def _unknown(name: str, known: list[str]) -> InputError:
    like = difflib.get_close_matches(name.strip().lower(), [item.lower() for item in known], 1)
    if not like:
        return InputError(
            "The table RUNS has the unknown column '{name}'. There are: {names}.", name=name, names=", ".join(known)
        )
    return InputError(
        "The table RUNS has the unknown column '{name}': do you mean '{like}'?",
        name=name,
        like=next(item for item in known if item.lower() == like[0]),
    )


def _run(number: int, texts: Mapping[str, str], parameters: Sequence[str]) -> RunRow:
    name = texts.get("name", "")
    if not name:
        raise InputError("Row {number} of RUNS has no name: give each run one.", number=number)
    if problem := _name_problem(name):
        raise InputError(
            "Row {number} of RUNS has the name '{name}', which cannot be that of a folder: {problem}.",
            number=number,
            name=name,
            problem=problem,
        )
    numbers = {column: _number(texts, column, name) for column in ("cost", "probability", "return_period_a")}
    if numbers["probability"] < 0 or numbers["probability"] > 1:
        raise InputError(
            "The run '{name}' has the probability {value:g}: give one from 0 to 1.",
            name=name,
            value=numbers["probability"],
        )
    if numbers["return_period_a"] <= 0 or numbers["cost"] < 0:
        raise InputError(
            "The run '{name}' has a return period or a cost that is not above 0: correct it in RUNS.", name=name
        )
    storm = {parameter: texts[column] for column, parameter in STORM.items() if column in texts}
    return RunRow(
        number,
        name,
        {parameter: texts[parameter] for parameter in parameters if parameter in texts},
        storm if "zone" in texts else {},
        texts.get("measure", ""),
        texts.get("baseline", ""),
        **numbers,
    )


def _require_names(runs: Sequence[RunRow]) -> None:
    """Names that are one on file systems that take capitals for small letters are one here too."""
    met: dict[str, RunRow] = {}
    for run in runs:
        other = met.setdefault(run.name.casefold(), run)
        if other is not run:
            raise InputError(
                "Rows {first} and {second} of RUNS have one name, '{name}': give each run its own.",
                first=other.number,
                second=run.number,
                name=run.name,
            )
    for run in runs:
        if run.baseline and run.baseline not in {other.name for other in runs}:
            raise InputError(
                "The run '{name}' is compared with '{baseline}', which is no run of RUNS.",
                name=run.name,
                baseline=run.baseline,
            )


def _name_problem(name: str) -> str:
    if _UNFIT.search(name):
        return '< > : " / \\ | ? *'
    if name.startswith(".") or name.endswith((".", " ")):
        return "."
    if _RESERVED.fullmatch(name) or name.lower() in _FOLDERS:
        return name
    return f"> {LONGEST_NAME}" if len(name) > LONGEST_NAME else ""


def _text(value: Any) -> str:
    """A cell as text; whole numbers without decimals, as tables hold them as either."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value).strip()


def _number(texts: Mapping[str, str], column: str, name: str) -> float:
    if column not in texts:
        return math.nan
    try:
        value = float(texts[column])
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(
            "The run '{name}' has '{text}' in the column {column}: give a number.",
            name=name,
            text=texts[column],
            column=column,
        )
    return value

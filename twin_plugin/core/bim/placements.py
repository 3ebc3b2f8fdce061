"""The CRS that the user names, and placements for models without a georeference, matched by their path."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from ..common.crs import horizontal, label, parse
from ..common.errors import InputError
from .georeference import Tie


def read_placements(rows: Iterable[Mapping[str, Any]], default_crs: str = "") -> dict[str, Tie]:
    """Placements by path, in which slashes stand for whatever the system writes.

    Parameters
    ----------
    rows : iterable of mappings
        With path, x, y and optionally z (0), bearing_deg (0) and crs; a row without x and y is not filled in yet and
        is passed over.
    default_crs : str
        CRS of rows that name none.

    Raises
    ------
    InputError
        For a row without a path or coordinates, or with an unknown CRS.
    """
    ties: dict[str, Tie] = {}
    for number, row in enumerate(rows, start=1):
        path = str(row.get("path") or "").strip()
        if not path:
            raise InputError(
                "Row {number} of PLACEMENTS has no path. Give the model's path, or delete the row.", number=number
            )
        if all(_is_empty(row.get(name)) for name in "xy"):
            continue
        x, y = (_number(row.get(name), number, name, None) for name in ("x", "y"))
        z, bearing = (_number(row.get(name), number, name, 0.0) for name in ("z", "bearing_deg"))
        crs = str(row.get("crs") or "").strip() or default_crs
        if parse(crs) is None:
            raise InputError(
                "Row {number} of PLACEMENTS ({path}) names the CRS '{crs}', which is not known. Give a code such "
                "as EPSG:4547.",
                number=number,
                path=path,
                crs=crs,
            )
        ties[_with_slashes(path)] = Tie(x, y, z, bearing, crs)
    return ties


def tie_for(placements: Mapping[str, Tie], model_id: str, path: str) -> Tie | None:
    """The placement of a model: by its full path, by its id, or by its file name."""
    for key in (_with_slashes(path), _with_slashes(model_id), PurePosixPath(_with_slashes(path)).name):
        if key in placements:
            return placements[key]
    return None


def target_crs(name: str, parameter: str) -> str:
    """The label of the horizontal CRS that a parameter names, "" where it is empty; InputError where it is unknown."""
    if not name:
        return ""
    crs = parse(name)
    if crs is None:
        raise InputError(
            "{parameter} is '{name}', which is not a known CRS. Give a code such as EPSG:4547.",
            parameter=parameter,
            name=name,
        )
    return label(horizontal(crs))


def _with_slashes(path: str) -> str:
    return path.replace("\\", "/")


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _number(value: Any, row: int, name: str, default: float | None) -> float:
    if value is None or value == "":
        if default is not None:
            return default
        raise InputError(
            "Row {row} of PLACEMENTS has no {name}. Give the coordinates of the model's zero point.", row=row, name=name
        )
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise InputError(
            "Row {row} of PLACEMENTS has '{value}' as {name}, which is no number.", row=row, value=value, name=name
        )
    return number

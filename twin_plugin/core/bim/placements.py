"""The CRS that the user names, and placements for models without a georeference, matched by their path."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from ..common.crs import horizontal, label, parse
from ..common.errors import InputError
from ..common.messages import Message
from .georeference import Tie

FULL_TURN_DEG = 360.0


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
        For a row without a path or coordinates, with a bearing beyond a full turn, an unknown CRS or one in degrees, or
        a path with two places.
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
        if abs(bearing) > FULL_TURN_DEG:
            raise InputError(
                "Row {number} of PLACEMENTS ({path}) has bearing_deg {bearing:g}: a bearing goes from 0 to 360 "
                "degrees, clockwise from grid north, or down to -360 against it. Correct it.",
                number=number,
                path=path,
                bearing=bearing,
            )
        crs = str(row.get("crs") or "").strip() or default_crs
        _check_crs(crs, number, path)
        key, tie = _with_slashes(path), Tie(x, y, z, bearing, crs)
        if ties.setdefault(key, tie) != tie:
            raise InputError(
                "Row {number} of PLACEMENTS gives {path} a second place. Leave one row for each model.",
                number=number,
                path=path,
            )
    return ties


def tie_for(placements: Mapping[str, Tie], model_id: str, path: str) -> Tie | None:
    """The placement of a model: by its full path, by its id, or by its file name."""
    key = _key_for(placements, model_id, path)
    return None if key is None else placements[key]


def placement_messages(placements: Mapping[str, Tie], models: Iterable[tuple[str, str]]) -> list[Message]:
    """What the user should know of placements: those of no model, and those that several models share.

    A table may have rows for more models than are read. So rows of no model matter only where a model has no row.

    Parameters
    ----------
    placements : mapping
        As from `read_placements`.
    models : iterable of (str, str)
        Id and path of each model.
    """
    used: dict[str, list[str]] = {}
    without = False
    for model_id, path in models:
        key = _key_for(placements, model_id, path)
        if key is None:
            without = True
        else:
            used.setdefault(key, []).append(model_id)
    messages = []
    unused = [path for path in placements if path not in used] if without else []
    if unused:
        messages.append(
            Message(
                "{count} rows of PLACEMENTS fit no model, the first is '{path}': a path is the model's full path, its "
                "id or its file name, in the same upper and lower case.",
                count=len(unused),
                path=unused[0],
            )
        )
    for path, ids in used.items():
        if len(ids) > 1:
            messages.append(
                Message(
                    "The row '{path}' of PLACEMENTS puts {count} models in the same place: {first}, {second} … Give "
                    "each its id as path.",
                    path=path,
                    count=len(ids),
                    first=ids[0],
                    second=ids[1],
                )
            )
    return messages


def _key_for(placements: Mapping[str, Tie], model_id: str, path: str) -> str | None:
    keys = (_with_slashes(path), _with_slashes(model_id), PurePosixPath(_with_slashes(path)).name)
    return next((key for key in keys if key in placements), None)


def _check_crs(name: str, number: int, path: str) -> None:
    """Refuse a CRS that is unknown, or whose coordinates are no lengths."""
    crs = parse(name)
    if crs is None:
        raise InputError(
            "Row {number} of PLACEMENTS ({path}) names the CRS '{crs}', which is not known. Give a code such "
            "as EPSG:4547.",
            number=number,
            path=path,
            crs=name,
        )
    if horizontal(crs).is_geographic:
        raise InputError(
            "Row {number} of PLACEMENTS ({path}) names the CRS '{crs}', which is in degrees: a model in metres cannot "
            "lie in it. Give x and y in a projected CRS, such as EPSG:4547.",
            number=number,
            path=path,
            crs=name,
        )


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

"""Inlets from the fields of a layer or table, by the nodes that they lead to."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...common.errors import InputError
from .layer_fields import is_true, number_in, text_in
from .network import COVER_M2, GrateType, Inlet, InletKind

GRATE_M = (0.75, 0.45)
"""Length and width of the usual cast-iron grate (16S518)."""
CURB_M = (0.75, 0.15)
"""Length and height of the usual curb opening."""
_WORDS = {
    InletKind.GRATE: ("grate", "平箅", "平箅式", "平篦", "平篦式", "箅式"),
    InletKind.CURB: ("curb", "kerb", "侧石", "侧石式", "立箅", "立箅式", "立式", "偏沟式"),
    InletKind.COMBINATION: ("combination", "combined", "联合", "联合式"),
    InletKind.SLOTTED: ("slotted", "slot", "缝隙式", "线性"),
    InletKind.TABLE: ("table", "rating", "曲线"),
    InletKind.OPEN: ("open", "manhole", "cover", "检查井", "井盖", "敞口"),
}
_NONE = ("", "none", "closed", "no", "无", "封闭")
_PAIR = re.compile(r"(-?\d+(?:\.\d+)?)\s*[:：,]\s*(-?\d+(?:\.\d+)?)")


def inlet_of(row: Mapping[str, Any], name: str, layer: str) -> Inlet | None:
    """The inlet that a row describes, with the usual sizes where it has none; None where it has no inlet.

    Raises
    ------
    InputError
        For a kind, grate or table that is none.
    """
    word = text_in(row.get("inlet")).lower()
    if word in _NONE:
        return None
    kind = next((kind for kind, words in _WORDS.items() if word in words), None)
    if kind is None:
        raise InputError(
            "The node '{name}' of '{layer}' has the inlet '{word}', which is no kind: choose one of {kinds}.",
            name=name,
            layer=layer,
            word=word,
            kinds=", ".join(item.value for item in InletKind),
        )
    inlet = Inlet(
        InletKind.OPEN,
        count=max(int(_given(row, "inlet_count", 1.0)), 1),
        blocked_share=_given(row, "blocked_pct", 0.0) / 100.0,
        most_m3s=_given(row, "most_m3s", 0.0),
        on_grade=is_true(row.get("on_grade")),
        area_m2=_given(row, "opening_m2", COVER_M2),
    )
    return replace(inlet, kind=kind, **_sizes(kind, row, name, layer))


def _sizes(kind: InletKind, row: Mapping[str, Any], name: str, layer: str) -> dict[str, Any]:
    """What an inlet of a kind has besides what all have."""
    if kind is InletKind.TABLE:
        return {"table": _table(row, name, layer)}
    sizes: dict[str, Any] = {}
    if kind in (InletKind.GRATE, InletKind.COMBINATION, InletKind.SLOTTED):
        sizes["length_m"] = _given(row, "grate_length_m", GRATE_M[0])
        sizes["width_m"] = _given(row, "grate_width_m", GRATE_M[1])
        sizes["grate"] = _grate(row, name, layer)
    if kind in (InletKind.CURB, InletKind.COMBINATION):
        sizes["curb_length_m"] = _given(row, "curb_length_m", CURB_M[0])
        sizes["opening_height_m"] = _given(row, "curb_height_m", CURB_M[1])
    return sizes


def _given(row: Mapping[str, Any], name: str, usual: float) -> float:
    value = number_in(row.get(name))
    return usual if math.isnan(value) else value


def _grate(row: Mapping[str, Any], name: str, layer: str) -> GrateType:
    word = text_in(row.get("grate_type")).upper() or GrateType.P_BAR_50.value
    try:
        return GrateType(word)
    except ValueError:
        raise InputError(
            "The node '{name}' of '{layer}' has the grate '{word}', which is none: choose one of {types}.",
            name=name,
            layer=layer,
            word=word,
            types=", ".join(item.value for item in GrateType),
        ) from None


def _table(row: Mapping[str, Any], name: str, layer: str) -> tuple[tuple[float, float], ...]:
    pairs = tuple((float(depth), float(flow)) for depth, flow in _PAIR.findall(text_in(row.get("rating"))))
    if len(pairs) < 2:
        raise InputError(
            "The node '{name}' of '{layer}' takes by a table: its field rating needs two pairs of depth (m) and flow "
            "(m³/s) or more, as 0:0 0.1:0.02 0.3:0.06.",
            name=name,
            layer=layer,
        )
    return pairs

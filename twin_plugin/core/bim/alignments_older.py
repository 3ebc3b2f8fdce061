"""Alignments of IFC4X1, IFC4X2 and the first candidates of IFC4X3, whose classes no parser of today knows.

Their records are few and plain, and are read from the text: IfcAlignment2DHorizontal with lines, arcs and transition
curves, IfcAlignment2DVertical with lines, circular and parabolic arcs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from .alignment_curves import PlanSegment, Profile, ProfileSegment
from .alignments import Layout
from .box_fallback import placement_of
from .encodings import mended

MARK = b"IFCALIGNMENT2DHORIZONTAL"
_RECORD = re.compile(
    rb"#(\d+)\s*=\s*(IFCALIGNMENT2D\w+|IFCALIGNMENTCURVE|IFCALIGNMENT|IFCLINESEGMENT2D|IFCCIRCULARARCSEGMENT2D"
    rb"|IFCTRANSITIONCURVESEGMENT2D|IFCCARTESIANPOINT)\s*\(((?:[^';]|'[^']*')*)\)\s*;",
    re.IGNORECASE,
)
_VALUE = re.compile(r"'((?:[^']|'')*)'|\(([^()]*)\)|([^,()]+)")
_TRANSITIONS = {
    "BIQUADRATICPARABOLA": "HELMERTCURVE",
    "BLOSSCURVE": "BLOSSCURVE",
    "CLOTHOIDCURVE": "CLOTHOID",
    "COSINECURVE": "COSINECURVE",
    "CUBICPARABOLA": "CUBIC",
    "SINECURVE": "SINECURVE",
}
Record = tuple[str, list[str]]


@dataclass(frozen=True)
class OlderAlignments:
    """The records of a file's alignments by their numbers."""

    records: dict[int, Record]

    def layouts(self, model: Any, unit_m: float, angle: float) -> Iterator[Layout]:
        """The alignments in metres; those whose records are damaged are left out."""
        for kind, values in self.records.values():
            if kind == "IFCALIGNMENT":
                try:
                    layout = self._layout(values, model, unit_m, angle)
                except (IndexError, KeyError, RuntimeError, TypeError, ValueError, ZeroDivisionError):
                    continue
                if layout is not None:
                    yield layout

    def _layout(self, values: list[str], model: Any, unit_m: float, angle: float) -> Layout | None:
        curve = next((self._of(text) for text in reversed(values) if self._kind(text) == "IFCALIGNMENTCURVE"), None)
        if curve is None:
            return None
        horizontal = self._of(curve[0])
        plan = [self._plan(self._of(text), unit_m, angle) for text in _list(horizontal[1])]
        profile: list[ProfileSegment] = []
        if len(curve) > 1 and self._kind(curve[1]) == "IFCALIGNMENT2DVERTICAL":
            profile = [self._profile(text, unit_m) for text in _list(self._of(curve[1])[0])]
        placement = next((text for text in values if text.startswith("#") and _is_placement(model, text)), "")
        place = np.array(placement_of(model.by_id(int(placement[1:]))) if placement else np.eye(4))
        place[:3, 3] *= unit_m
        station = 0.0 if horizontal[0] == "$" else float(horizontal[0]) * unit_m
        name = "" if values[2] == "$" else mended(values[2])
        profile.sort(key=lambda one: one.start)
        vertical = Profile(profile) if profile else None
        return Layout(values[0], name, plan, vertical, (), station, place)

    def _kind(self, text: str) -> str:
        found = self.records.get(int(text[1:])) if text.startswith("#") else None
        return found[0] if found is not None else ""

    def _of(self, text: str) -> list[str]:
        return self.records[int(text[1:])][1]

    def _plan(self, segment: list[str], unit_m: float, angle: float) -> PlanSegment:
        kind, values = self.records[int(segment[-1][1:])]
        x, y = (float(number) * unit_m for number in _list(self._of(values[0])[0])[:2])
        direction, length = float(values[1]) * angle, float(values[2]) * unit_m
        if kind == "IFCLINESEGMENT2D":
            return PlanSegment(x, y, direction, length)
        if kind == "IFCCIRCULARARCSEGMENT2D":
            bend = _sign(values[4]) / (float(values[3]) * unit_m)
            return PlanSegment(x, y, direction, length, bend, bend, "CIRCULARARC")
        start, end = (
            0.0 if radius == "$" or float(radius) == 0.0 else _sign(left) / (float(radius) * unit_m)
            for radius, left in ((values[3], values[5]), (values[4], values[6]))
        )
        law = _TRANSITIONS.get(values[7].strip("."), "CLOTHOID")
        return PlanSegment(x, y, direction, length, start, end, law)

    def _profile(self, text: str, unit_m: float) -> ProfileSegment:
        kind, values = self.records[int(text[1:])]
        start, length, height = (float(number) * unit_m for number in values[3:6])
        gradient = float(values[6])
        if kind.endswith("SEGLINE"):
            return ProfileSegment(start, length, height, gradient, gradient)
        # Convex is a crest in IFC4X1: the gradient falls.
        bend = (-1.0 if values[8] in (".T.", "T") else 1.0) / (float(values[7]) * unit_m)
        if kind.endswith("CIRCULARARC"):
            rise = math.sin(math.atan(gradient)) + length * bend
            return ProfileSegment(start, length, height, gradient, math.tan(math.asin(rise)), "CIRCULARARC")
        return ProfileSegment(start, length, height, gradient, gradient + length * bend, "PARABOLICARC")


def _is_placement(model: Any, text: str) -> bool:
    try:
        return bool(model.by_id(int(text[1:])).is_a("IfcObjectPlacement"))
    except RuntimeError:
        return False


def _sign(left: str) -> float:
    return 1.0 if left in (".T.", "T") else -1.0


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def older_alignments(data: bytes) -> OlderAlignments | None:
    """The alignments of a text in an older schema; None where it has none."""
    if MARK not in data and MARK not in data.upper():
        return None
    every: dict[int, Record] = {}
    for match in _RECORD.finditer(data):
        text = match.group(3).decode("latin-1")
        values = [
            (one.group(1) if one.group(1) is not None else one.group(2) or one.group(3) or "").strip()
            for one in _VALUE.finditer(text)
        ]
        every[int(match.group(1))] = (match.group(2).decode("ascii").upper(), values)
    return OlderAlignments(every)

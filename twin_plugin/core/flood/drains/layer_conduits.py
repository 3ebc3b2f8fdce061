"""Conduits and pumps of a layer: their ends, lengths, cross-sections and offsets, as lines of a SWMM input."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...common.errors import InputError
from ...common.messages import Message
from .inp_objects import key
from .layer_fields import SHAPES, is_true, kind_in, number_in, plain_name, sizes_in, text_in

USUAL_ROUGHNESS = 0.013
"""Manning's n of concrete pipes."""
USUAL_DIAMETER_M = 0.6
BANK_SLOPE = 1.5
"""Of a trapezoidal channel: run over rise."""
LENGTH_SHARE = 0.2
"""A length that differs by more from that of the line is reported."""
_PUMP = ("pump", "泵", "水泵", "泵站")


@dataclass
class Conduit:
    """A conduit or pump while it is read; levels NaN where unknown."""

    id: str
    start: str
    end: str
    path: Sequence[tuple[float, float]]
    length_m: float
    shape: str
    height_m: float
    width_m: float
    roughness: float
    barrels: int
    flap: bool
    invert_in_m: float
    invert_out_m: float
    offset_in_m: float
    offset_out_m: float
    is_pump: bool = False
    capacity_m3s: float = math.nan
    on_depth_m: float = 0.0
    off_depth_m: float = 0.0

    def settle(self, start_m: float, end_m: float) -> None:
        """Take the offsets above the bottoms of its nodes."""
        for name, level_m, bottom_m in (("in", self.invert_in_m, start_m), ("out", self.invert_out_m, end_m)):
            given_m = getattr(self, f"offset_{name}_m")
            above_m = level_m - bottom_m if not math.isnan(level_m) else given_m
            setattr(self, f"offset_{name}_m", 0.0 if math.isnan(above_m) else max(above_m, 0.0))

    def conduit_line(self) -> str:
        return (
            f"{self.id}  {self.start}  {self.end}  {self.length_m:.3f}  {self.roughness:g}  {self.offset_in_m:.4f}"
            f"  {self.offset_out_m:.4f}  0  0"
        )

    def section_line(self) -> str:
        slopes = f"{BANK_SLOPE:g}  {BANK_SLOPE:g}" if self.shape == "TRAPEZOIDAL" else "0  0"
        width_m = 0.0 if math.isnan(self.width_m) else self.width_m
        return f"{self.id}  {self.shape}  {self.height_m:.4f}  {width_m:.4f}  {slopes}  {self.barrels}"

    def pump_line(self) -> str:
        return f"{self.id}  {self.start}  {self.end}  {self.id}_curve  OFF  {self.on_depth_m:g}  {self.off_depth_m:g}"

    def curve_lines(self, deepest_m: float) -> list[str]:
        """The pump's curve: its capacity at every depth."""
        return [
            f"{self.id}_curve  PUMP4  0  {self.capacity_m3s:g}",
            f"{self.id}_curve  {max(deepest_m, 1.0):.3f}  {self.capacity_m3s:g}",
        ]


@dataclass
class ConduitReader:
    """Reads the conduits of a layer and counts what was missing.

    Parameters
    ----------
    layer : str
    nodes : mapping of str to (id, x, y)
        By their keys.
    tolerance_m : float
    """

    layer: str
    nodes: Mapping[str, tuple[str, float, float]]
    tolerance_m: float
    seen: set[str] = field(default_factory=set)
    count: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        places = list(self.nodes.values())
        self._ids = [place[0] for place in places]
        self._x, self._y = (np.array([place[axis] for place in places], np.float64) for axis in (1, 2))

    @property
    def guessed(self) -> int:
        """Conduits without a size."""
        return self.count.get("size", 0)

    def read(self, row: Mapping[str, Any], path: Sequence[tuple[float, float]]) -> Conduit:
        """A conduit from the values of its fields and its line."""
        name = self._name(row)
        start, end = (self._end(row, path, name, which) for which in ("from_node", "to_node"))
        if start == end:
            raise InputError(
                "The conduit '{name}' of '{layer}' starts and ends at the node '{node}': correct its ends.",
                name=name,
                layer=self.layer,
                node=start,
            )
        is_pump = text_in(row.get("kind")).lower() in _PUMP
        shape, height_m, width_m = ("", math.nan, math.nan) if is_pump else self._section(row, name)
        roughness = number_in(row.get("roughness"))
        if math.isnan(roughness) and not is_pump:
            self._note("roughness", name)
            roughness = USUAL_ROUGHNESS
        barrels = number_in(row.get("barrels"))
        conduit = Conduit(
            id=name,
            start=start,
            end=end,
            path=path,
            length_m=self._length(row, path, name, (start, end)),
            shape=shape,
            height_m=height_m,
            width_m=width_m,
            roughness=roughness,
            barrels=1 if math.isnan(barrels) else max(int(barrels), 1),
            flap=is_true(row.get("flap")),
            invert_in_m=number_in(row.get("invert_in_m")),
            invert_out_m=number_in(row.get("invert_out_m")),
            offset_in_m=number_in(row.get("offset_in_m")),
            offset_out_m=number_in(row.get("offset_out_m")),
            is_pump=is_pump,
        )
        return self._pump(conduit, row) if is_pump else conduit

    def sentences(self) -> list[Message]:
        """What is said of the conduits."""
        result = []
        for kind, count in self.count.items():
            values = {"n": count, "layer": self.layer, "name": self.first[kind], "far": self.tolerance_m}
            result.append(_sentence(kind, values))
        return result

    def _name(self, row: Mapping[str, Any]) -> str:
        name = plain_name(text_in(row.get("id"))) or f"C{len(self.seen) + 1}"
        if key(name) in self.seen:
            raise InputError(
                "The layer '{layer}' has two conduits '{name}': give each an id of its own.",
                layer=self.layer,
                name=name,
            )
        self.seen.add(key(name))
        return name

    def _end(self, row: Mapping[str, Any], path: Sequence[tuple[float, float]], name: str, which: str) -> str:
        """The node at an end: the one that the field names, else the nearest within the tolerance."""
        wanted = plain_name(text_in(row.get(which)))
        if wanted:
            if key(wanted) not in self.nodes:
                raise InputError(
                    "The conduit '{name}' of '{layer}' ends at the node '{node}', which the layer of nodes does not "
                    "have: add it, or correct the name.",
                    name=name,
                    layer=self.layer,
                    node=wanted,
                )
            return self.nodes[key(wanted)][0]
        if not path:
            raise InputError(
                "The conduit '{name}' of '{layer}' has neither a line nor nodes in from_node and to_node: add one.",
                name=name,
                layer=self.layer,
            )
        x, y = path[0] if which == "from_node" else path[-1]
        away_m = np.hypot(self._x - x, self._y - y)
        nearest = int(away_m.argmin())
        node = self._ids[nearest]
        if away_m[nearest] > self.tolerance_m:
            raise InputError(
                "The conduit '{name}' of '{layer}' ends {distance:.2f} m from the nearest node, '{node}': add a node "
                "there, or raise DRAIN_TOLERANCE_M above that.",
                name=name,
                layer=self.layer,
                distance=float(away_m[nearest]),
                node=node,
            )
        self._note("joined", name)
        return node

    def _length(
        self, row: Mapping[str, Any], path: Sequence[tuple[float, float]], name: str, ends: tuple[str, str]
    ) -> float:
        if not path:
            path = [self.nodes[key(end)][1:] for end in ends]
        steps = np.diff(np.asarray(path, np.float64), axis=0)
        line_m = float(np.hypot(steps[:, 0], steps[:, 1]).sum())
        given_m = number_in(row.get("length_m"))
        if given_m > 0:
            if abs(given_m - line_m) > LENGTH_SHARE * given_m:
                self._note("length", name)
            return given_m
        if not line_m > 0:
            raise InputError(
                "The conduit '{name}' of '{layer}' has no length: correct its line, or give it length_m.",
                name=name,
                layer=self.layer,
            )
        return line_m

    def _section(self, row: Mapping[str, Any], name: str) -> tuple[str, float, float]:
        """Shape, height and width."""
        height_m, width_m = number_in(row.get("height_m")), number_in(row.get("width_m"))
        sizes = sizes_in(row.get("diameter_mm")) or sizes_in(row.get("size"))
        diameter_m = number_in(row.get("diameter_m"))
        if math.isnan(height_m) and len(sizes) == 2:
            width_m, height_m = sizes
        elif math.isnan(height_m):
            height_m = diameter_m if diameter_m > 0 else (sizes[0] if sizes else math.nan)
        word = text_in(row.get("shape"))
        shape = kind_in(word, SHAPES)
        if not shape:
            if word:
                self._note("shape", name)
            shape = "RECT_CLOSED" if width_m > 0 else "CIRCULAR"
        if math.isnan(height_m):
            self._note("size", name)
            height_m = USUAL_DIAMETER_M
        if shape not in ("CIRCULAR", "EGG", "HORSESHOE") and not width_m > 0:
            width_m = height_m
        if not 0.05 <= height_m <= 20.0:
            raise InputError(
                "The conduit '{name}' of '{layer}' is {height:g} m high: give diameter_m or height_m in metres, or "
                "diameter_mm in millimetres.",
                name=name,
                layer=self.layer,
                height=height_m,
            )
        return shape, height_m, width_m

    def _pump(self, conduit: Conduit, row: Mapping[str, Any]) -> Conduit:
        for name in ("capacity_m3s", "on_depth_m", "off_depth_m"):
            setattr(conduit, name, number_in(row.get(name)))
        if not conduit.capacity_m3s > 0:
            raise InputError(
                "The pump '{name}' of '{layer}' has no capacity: give it capacity_m3s in m³/s.",
                name=conduit.id,
                layer=self.layer,
            )
        conduit.on_depth_m = 1.0 if math.isnan(conduit.on_depth_m) else conduit.on_depth_m
        conduit.off_depth_m = 0.5 * conduit.on_depth_m if math.isnan(conduit.off_depth_m) else conduit.off_depth_m
        return conduit

    def _note(self, kind: str, name: str) -> None:
        self.count[kind] = self.count.get(kind, 0) + 1
        self.first.setdefault(kind, name)


def _sentence(kind: str, values: Mapping[str, Any]) -> Message:
    """What is said of something that was counted."""
    if kind == "joined":
        return Message(
            "{n} ends of conduits of '{layer}' name no node and took the nearest, at most {far:g} m away, such as "
            "'{name}'.",
            **values,
        )
    if kind == "size":
        return Message(
            "{n} conduits of '{layer}' have no size: a diameter of 0.6 m is taken, as for '{name}'.", **values
        )
    if kind == "roughness":
        return Message("{n} conduits of '{layer}' have no roughness: n = 0.013 s/m^(1/3) is taken.", **values)
    if kind == "length":
        return Message(
            "{n} conduits of '{layer}' have a length that differs by more than 20 % from their line, such as '{name}': "
            "the field counts.",
            **values,
        )
    return Message(
        "{n} conduits of '{layer}' have a shape that is not known and count as round or, with a width, as boxes, such "
        "as '{name}'.",
        **values,
    )

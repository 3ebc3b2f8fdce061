"""Writes the page of a synthetic town from the contract (docs/dev/scene-page.md), apart from the plugin's writer."""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from pathlib import Path
from typing import Any

import numpy as np

VIEWER = Path(__file__).parents[1] / "resources" / "viewer"
HOSTILE = "<script>alert(1)</script>"
STAGES = ("planning", "design", "construction", "operation", "demolished")
USES = ("residential", "office", "retail", "school", "hospital", "industrial", "metro station", "")
PITCH_M = 46.0


def page(header: dict[str, Any], arrays: dict[str, np.ndarray]) -> str:
    """The HTML of a header and its arrays."""
    listed, parts, offset = [], [], 0
    for name, values in arrays.items():
        raw = np.ascontiguousarray(values).tobytes()
        listed.append({"name": name, "type": values.dtype.name, "length": int(values.size), "offset": offset})
        raw += b"\0" * (-len(raw) % 4)
        parts.append(raw)
        offset += len(raw)
    text = json.dumps({**header, "arrays": listed}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    filled = {
        "title": html.escape(header["title"]),
        "language": header["language"],
        "header": text,
        "data": base64.b64encode(gzip.compress(b"".join(parts), 9)).decode(),
        "program": (VIEWER / "scene.js").read_text(encoding="utf-8"),
    }
    template = (VIEWER / "scene.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda mark: filled[mark[1]], template)


def ground(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Elevation of the town's ground: a valley, in metres above the origin."""
    return 6 + 5 * np.sin(x / 700) * np.cos(y / 520) + 8 * (y / 1500) ** 2


class Town:
    """Buildings of a scene, column by column."""

    def __init__(self) -> None:
        self.plans: list[list[np.ndarray]] = []
        self.bodies: list[tuple[int, int, int, int, int, int]] = []
        self.names: list[str] = []
        self.uses: list[str] = []
        self.ids: list[str] = []

    def plan(self, *rings: np.ndarray) -> int:
        """Keep a plan (rings of corners in metres)."""
        self.plans.append([np.round(ring * 10).astype(np.int64) for ring in rings])
        return len(self.plans) - 1

    def body(self, plan: int, owner: int, base_m: float, top_m: float, kind: int, number: int = 0) -> None:
        """Keep a body."""
        self.bodies.append((plan, owner, round(base_m * 100), round(top_m * 100), kind, number))

    def arrays(self) -> dict[str, np.ndarray]:
        """The arrays of plans and bodies."""
        xy = [np.diff(ring, axis=0, prepend=0) for plan in self.plans for ring in plan]
        rows = np.array(self.bodies, np.int64).reshape(-1, 6)
        return {
            "plan_xy": np.concatenate(xy).astype(np.int32).ravel(),
            "ring_size": np.array([len(ring) for plan in self.plans for ring in plan], np.uint16),
            "plan_rings": np.array([len(plan) for plan in self.plans], np.uint16),
            "body_plan": rows[:, 0].astype(np.uint32),
            "body_owner": rows[:, 1].astype(np.uint32),
            "body_base": rows[:, 2].astype(np.int32),
            "body_top": rows[:, 3].astype(np.int32),
            "body_kind": rows[:, 4].astype(np.uint8),
            "body_number": rows[:, 5].astype(np.int8),
        }


def outline(kind: int, wide: float, deep: float, x: float, y: float, turn: float) -> list[np.ndarray]:
    """A rectangle, an L or a block with a yard, turned, round a point."""
    half = np.array([wide, deep]) / 2
    box = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    if kind == 1:
        box = np.array([[-1, -1], [1, -1], [1, 0], [0, 0], [0, 1], [-1, 1]]) * half
    rings = [box]
    if kind == 2:
        rings.append(np.array([[-0.45, -0.45], [-0.45, 0.45], [0.45, 0.45], [0.45, -0.45]]) * half)
    cos, sin = np.cos(turn), np.sin(turn)
    return [ring @ np.array([[cos, sin], [-sin, cos]]) + (x, y) for ring in rings]


def add_building(town: Town, rng: np.random.Generator, x: float, y: float, floors: int, name: str, use: str) -> int:
    """One building with its storeys, most with a basement; returns its place."""
    owner = len(town.names)
    kind = int(rng.choice([0, 0, 0, 1, 2]))
    rings = outline(kind, rng.uniform(18, 32), rng.uniform(16, 30), x, y, rng.choice([0, 0.12, -0.2]))
    foot = float(ground(np.float64(x), np.float64(y))) + 0.2
    storey = 4.5 if use in ("office", "retail") else 3.0
    plan = town.plan(*rings)
    roof = foot + floors * storey + (1.5 if owner % 3 else 0.0)
    town.body(plan, owner, foot, roof, 0)
    upper = plan
    if floors > 9 and kind == 0:
        middle = rings[0].mean(axis=0)
        upper = town.plan(middle + (rings[0] - middle) * 0.7)
    for number in range(floors):
        town.body(plan if number < 4 else upper, owner, foot + number * storey, foot + (number + 1) * storey, 1, number)
    if owner % 4:
        town.body(plan, owner, foot - 3.6 * (1 + owner % 3), foot, 2)
    town.names.append(name)
    town.uses.append(use)
    town.ids.append(f"model-{owner}/{owner:022d}")
    return owner


def town(
    buildings: int = 10_000, *, schemes: bool = True, seed: int = 7
) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Header and arrays of a town with everything the contract knows."""
    rng = np.random.default_rng(seed)
    made = Town()
    side = int(np.ceil(np.sqrt(buildings)))
    middle = (side - 1) / 2
    for k in range(buildings):
        x, y = (k % side - middle) * PITCH_M, (k // side - middle) * PITCH_M
        near = np.exp(-((x / (side * 9)) ** 2) - (y / (side * 9)) ** 2)
        floors = int(np.clip(rng.gamma(3, 3) * (0.55 + 1.6 * near) + 2, 1, 60))
        name = HOSTILE if k == 0 else f"Building {k}" if k % 2 else f"香蜜湖 {k} 号楼"
        add_building(
            made, rng, x, y, floors, name, USES[int(rng.choice(8, p=[0.5, 0.2, 0.1, 0.06, 0.03, 0.06, 0.02, 0.03]))]
        )
    sets = [{"name": "today", "first": 0, "count": buildings}]
    hides = []
    for place in (1, 2) if schemes else ():
        first = len(made.names)
        site = [k for k in range(buildings) if abs(k % side - middle) < side / 8 and abs(k // side - middle) < side / 8]
        hides += [(place, k) for k in site]
        for k in site[:: place + 1]:
            x, y = (k % side - middle) * PITCH_M, (k // side - middle) * PITCH_M
            add_building(
                made,
                rng,
                x,
                y,
                int(rng.uniform(18, 38) if place == 1 else rng.uniform(6, 12)),
                f"Tower {place}-{k}",
                "office",
            )
        sets.append({"name": f"Scheme {'AB'[place - 1]}", "first": first, "count": len(made.names) - first})
    reach = side * PITCH_M / 2 + 60
    columns = int(min(2 * reach / 10, 220))
    cell = 2 * reach / columns
    centres = -reach + (np.arange(columns) + 0.5) * cell
    xs, ys = np.meshgrid(centres, -centres)
    z = np.round(ground(xs, ys) * 100).astype(np.int64)
    rows = np.diff(z, axis=1, prepend=0)
    rows[1:, 0] = np.diff(z[:, 0])
    times = np.arange(24) * 10.0
    level = 3.2 + 4.4 * np.sin(np.pi * np.minimum(times / 150, 1.25) / 2)
    depth = np.clip(np.round((level[:, None, None] - ground(xs, ys)) / 0.05), 0, 254).astype(np.uint8)
    pipes = [
        np.array([[-reach + 30, y, 0.0], [0, y + 8, 0.0], [reach - 30, y, 0.0]])
        for y in np.linspace(-reach + 80, reach - 80, 9)
    ]
    for line in pipes:
        line[:, 2] = ground(line[:, 0], line[:, 1]) - 4
    days = {"planning": 0, "design": 181, "construction": 425, "operation": 989}
    spans = []
    for k in range(0, buildings, 3):
        late = float(rng.integers(-900, 500))
        starts = [days[name] + late for name in STAGES[:4]]
        spans += [(k, i, starts[i], starts[i + 1] if i < 3 else 1e30) for i in range(4)]
    owner, kind, start, end = (np.array(column) for column in zip(*spans, strict=True))
    grid = {"rows": columns, "columns": columns, "west": -reach, "north": reach, "cell": cell}
    header = {
        "format": 1,
        "title": "A town of the tests",
        "crs": "EPSG:4547",
        "vertical": "National Vertical Datum 1985",
        "sources": ["synthetic"],
        "origin": [500_000.0, 2_494_000.0, 0.0],
        "plan_unit": 0.1,
        "longitude": 114.06,
        "latitude": 22.55,
        "north_deg": 0.0,
        "time": "2026-01-20T01:00:00Z",
        "utc_offset_h": 8,
        "language": "en",
        "names": made.names,
        "uses": made.uses,
        "ids": made.ids,
        "sets": sets,
        "terrain": {**grid, "unit": 0.01},
        "water": {**grid, "times_min": times.tolist(), "scale": 0.05},
        "pipes": {"systems": ["storm"], "colours": ["#a5784f"]},
        "stages": {
            "names": list(STAGES),
            "dates": ["2024-01-01", "2025-03-01", "2026-09-15"],
            "first": "2024-01-01",
            "last": "2027-12-31",
        },
    }
    arrays = made.arrays() | {
        "set_hides": np.array(hides, np.uint32).ravel(),
        "terrain_z": rows.astype(np.int16).ravel(),
        "water_depth": np.diff(depth, axis=0, prepend=np.uint8(0)).ravel(),
        "pipe_points": np.concatenate([np.diff(np.round(line * 100), axis=0, prepend=0) for line in pipes])
        .astype(np.int32)
        .ravel(),
        "pipe_size": np.array([len(line) for line in pipes], np.uint16),
        "pipe_radius": np.full(len(pipes), 900, np.uint16),
        "pipe_system": np.zeros(len(pipes), np.uint8),
        "stage_owner": owner.astype(np.uint32),
        "stage_kind": kind.astype(np.uint8),
        "stage_from": start.astype(np.float32),
        "stage_to": end.astype(np.float32),
    }
    return header, arrays

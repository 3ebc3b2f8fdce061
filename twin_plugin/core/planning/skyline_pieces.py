"""The pieces of a skyline on a map: who stands behind which azimuths, how far, and the top edge that is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..common.prisms import Bools, Floats, Ints
from .skyline import Skyline, SkylineWalls
from .skyline_measures import AzimuthWindow, Strips

BUILDING, TERRAIN, NOTHING = "building", "terrain", "level"
"""What a piece shows; nothing rises above the level of the eye in the last."""
NEAR_M = 0.01
"""Pieces whose ends are nearer to each other go on in one line."""
FARTHER = 1.2
"""The terrain's horizon is one line from ray to ray unless it is so many times farther on one of them."""


@dataclass(frozen=True, eq=False)
class SkylineRun:
    """Azimuths behind which one object stands, or terrain, or nothing.

    Attributes
    ----------
    from_deg, to_deg : float
        Clockwise; 0 to 360.
    width_deg : float
    object : int
        Its place in the prisms' ids; -1 for none.
    kind : str
    most_deg, at_deg : float
        The greatest elevation and its azimuth.
    distance_m, top_m : float
        Of the edge at that azimuth; NaN where nothing rises.
    lines : list of ndarray, shape (points, 3)
        The edge that is seen.
    """

    from_deg: float
    to_deg: float
    width_deg: float
    object: int
    kind: str
    most_deg: float
    at_deg: float
    distance_m: float
    top_m: float
    lines: list[Floats]


@dataclass(frozen=True)
class Eye:
    """Where a skyline is seen from."""

    x: float
    y: float
    eye_m: float
    lowering_per_m: float


def runs_of(
    skyline: Skyline, walls: SkylineWalls, horizon_m: Floats, eye: Eye, window: AzimuthWindow
) -> Iterator[SkylineRun]:
    """The runs of a skyline within a window, clockwise from its beginning."""
    piece, start, end = _in_window(skyline, window)
    source = skyline.source[piece]
    behind = np.where(source >= 0, walls.object_of(source), -1)
    behind[source < -1] = -2
    new = np.flatnonzero(np.r_[True, behind[1:] != behind[:-1]])
    order = np.arange(len(piece))
    shift = int(new[1]) if window.closed and len(new) > 1 and behind[0] == behind[-1] else 0
    if shift:
        order = np.r_[order[shift:], order[:shift]]
        new = new[1:] - shift
        start = start + 2.0 * np.pi * (np.arange(len(start)) < shift)
        end = end + 2.0 * np.pi * (np.arange(len(end)) < shift)
    piece, start, end, source, behind = (values[order] for values in (piece, start, end, source, behind))
    distance = [_distance(walls, source, place, eye, horizon_m, skyline, piece) for place in (start, end)]
    points = [_points(skyline, piece, place, far, eye) for place, far in zip((start, end), distance, strict=True)]
    last = np.r_[new[1:], len(order)]
    for first, stop in zip(new.tolist(), last.tolist(), strict=True):
        rows = slice(first, stop)
        yield _run(skyline, piece[rows], start[rows], end[rows], int(behind[first]),
                   (walls, source[rows], horizon_m, eye), (points[0][rows], points[1][rows]))  # fmt: skip


def _in_window(skyline: Skyline, window: AzimuthWindow) -> tuple[Ints, Floats, Floats]:
    """The pieces within a window, with their ends in radians, rising."""
    low, high = np.radians(window.from_deg), np.radians(window.to_deg)
    turns = [skyline.azimuth[:-1], skyline.azimuth[:-1] + 2.0 * np.pi]
    cuts = np.unique(np.concatenate([*turns, [low, high]]))
    cuts = cuts[(cuts >= low) & (cuts <= high)]
    start, end = cuts[:-1], cuts[1:]
    wide = end - start > 1e-12
    start, end = start[wide], end[wide]
    return skyline.piece_at(np.mod((start + end) / 2.0, 2.0 * np.pi)), start, end


def _distance(
    walls: SkylineWalls, source: Ints, azimuth: Floats, eye: Eye, horizon_m: Floats, skyline: Skyline, piece: Ints
) -> Floats:
    """How far what is seen at an azimuth of each piece is; NaN where nothing rises."""
    found = np.full(len(source), np.nan)
    wall = source >= 0
    edge, at = source[wall], azimuth[wall]
    edges = walls.edges
    x0, y0 = edges.x0[edge] - eye.x, edges.y0[edge] - eye.y
    dx, dy = edges.x1[edge] - edges.x0[edge], edges.y1[edge] - edges.y0[edge]
    found[wall] = (x0 * dy - y0 * dx) / (np.sin(at) * dy - np.cos(at) * dx)
    ground = source < -1
    if ground.any():
        found[ground] = _horizon(-2 - source[ground], azimuth[ground], horizon_m, skyline, piece[ground])
    return found


def _horizon(ray: Ints, azimuth: Floats, horizon_m: Floats, skyline: Skyline, piece: Ints) -> Floats:
    """Distance between two rays: from one to the other, or the one of the higher ray where they differ much."""
    rays = len(horizon_m)
    here, there = horizon_m[ray], horizon_m[(ray + 1) % rays]
    step = 2.0 * np.pi / rays
    share = np.clip(np.mod(azimuth, 2.0 * np.pi) / step - ray, 0.0, 1.0)
    share = np.where((ray == rays - 1) & (np.mod(azimuth, 2.0 * np.pi) < step), 1.0, share)
    low, high = np.minimum(here, there), np.maximum(here, there)
    apart = high > FARTHER * low
    rise_here, rise_there = (skyline.tangent((ray + k) * step, piece) for k in (0, 1))
    one = np.where(rise_here >= rise_there, here, there)
    return np.where(apart, one, here + (there - here) * share)


def _points(skyline: Skyline, piece: Ints, azimuth: Floats, distance: Floats, eye: Eye) -> Floats:
    """Places in space of what is seen, shape (n, 3)."""
    rise = skyline.tangent(azimuth, piece) * distance + eye.lowering_per_m * distance**2
    return np.column_stack([eye.x + distance * np.sin(azimuth), eye.y + distance * np.cos(azimuth), eye.eye_m + rise])


def _run(
    skyline: Skyline, piece: Ints, start: Floats, end: Floats, behind: int,
    scene: tuple[SkylineWalls, Ints, Floats, Eye], points: tuple[Floats, Floats],
) -> SkylineRun:  # fmt: skip
    walls, source, horizon_m, eye = scene
    strips = Strips((skyline,), start, end, (piece,))
    most, at = strips.highest(0)
    top = int(np.argmax(most))
    one = np.array([top])
    distance = _distance(walls, source[one], at[one], eye, horizon_m, skyline, piece[one])
    place = _points(skyline, piece[one], at[one], distance, eye)[0]
    kind = BUILDING if behind >= 0 else TERRAIN if behind == -2 else NOTHING
    lines = [] if kind == NOTHING else list(_lines(*points))
    return SkylineRun(
        float(np.degrees(start[0]) % 360.0), float(np.degrees(end[-1]) % 360.0) or 360.0,
        float(np.degrees(end[-1] - start[0])), behind if behind >= 0 else -1, kind, float(np.degrees(most[top])),
        float(np.degrees(at[top]) % 360.0), float(distance[0]), float(place[2]), lines,
    )  # fmt: skip


def _lines(begin: Floats, finish: Floats) -> Iterator[Floats]:
    """The ends of pieces as lines, one for each stretch without a jump."""
    jump: Bools = np.abs(begin[1:] - finish[:-1]).max(axis=1, initial=0.0) > NEAR_M
    new = np.flatnonzero(np.r_[True, jump])
    for first, last in zip(new.tolist(), [*new[1:].tolist(), len(begin)], strict=True):
        line = np.vstack([begin[first:last], finish[last - 1 : last]])
        if np.hypot(*(line[-1] - line[0])[:2]) > 0 or len(line) > 2:
            yield line

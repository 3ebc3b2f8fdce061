"""The plan of the synthetic district: streets, blocks, lots, channel, rail, underpass and low places.

Everything is laid out in the district's own frame (u along the coast, v away from the sea, metres) and turned onto
the map by `Layout.to_map`, so that streets and coast do not follow the raster's rows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError

Floats = NDArray[np.float64]

CRS = "EPSG:4547"
CENTRE_X_M = 493_000.0
CENTRE_Y_M = 2_490_800.0
MOST_BUILDINGS = 10_000
CELL_M = 2.0

BLOCK_U_M, BLOCK_V_M = 88.0, 68.0
STREET_M, AVENUE_M = 16.0, 24.0
CHANNEL_M = 28.0
MARGIN_M = 40.0
PROMENADE_M = 24.0
BELT_M = 56.0
HILL_M = 130.0
SUPERBLOCK = 6
SPECIAL_FROM = 12
LOW_FROM = 40
"""Districts with so many buildings have their substations at low places, and pumps that keep their underpasses open."""
LOW_RIM_M = 41.7
"""A substation at a low place stands so far from its middle: with drains, water reaches it in rare storms only."""
PERMANENT = ("metro", "hospital", "school")


@dataclass(frozen=True)
class Street:
    """A street's centre line in the district's frame; `axis` is the one it runs along."""

    axis: str
    at_m: float
    width_m: float
    road_class: str


@dataclass(frozen=True)
class Block:
    """The land between four streets, kerb to kerb; kind is lots, metro, hospital, school, park or empty."""

    column: int
    row: int
    u0: float
    v0: float
    u1: float
    v1: float
    kind: str


@dataclass(frozen=True)
class Lot:
    """A place for one building, and the use it is given."""

    block: int
    u0: float
    v0: float
    u1: float
    v1: float
    use: str


@dataclass(frozen=True)
class Bowl:
    """A low place: the ground sinks by `depth_m` within `radius_m` of its middle."""

    u: float
    v: float
    radius_m: float
    depth_m: float


@dataclass(frozen=True)
class StreetPlan:
    """The whole plan. Lengths in metres in the district's frame; `angle_rad` turns u onto the map's east."""

    seed: int
    count: int
    streets_u: tuple[Street, ...]
    streets_v: tuple[Street, ...]
    channels_u: tuple[float, ...]
    blocks: tuple[Block, ...]
    lots: tuple[Lot, ...]
    bowls: tuple[Bowl, ...]
    width_m: float
    height_m: float
    coast_v: float
    rail_v: float
    hill_v: float
    angle_rad: float

    @property
    def has_low_substations(self) -> bool:
        """Whether its substations stand at low places, and its underpasses have large pumps."""
        return self.count >= LOW_FROM

    @property
    def avenues_u(self) -> tuple[float, ...]:
        return tuple(s.at_m for s in self.streets_u if s.road_class == "avenue")

    def to_map(self, u: Any, v: Any) -> tuple[Any, Any]:
        """Map easting and northing of points of the district's frame."""
        du, dv = np.asarray(u, float) - self.width_m / 2, np.asarray(v, float) - self.height_m / 2
        cos, sin = math.cos(self.angle_rad), math.sin(self.angle_rad)
        return CENTRE_X_M + du * cos - dv * sin, CENTRE_Y_M + du * sin + dv * cos

    def from_map(self, x: Any, y: Any) -> tuple[Any, Any]:
        """The inverse of `to_map`."""
        dx, dy = np.asarray(x, float) - CENTRE_X_M, np.asarray(y, float) - CENTRE_Y_M
        cos, sin = math.cos(self.angle_rad), math.sin(self.angle_rad)
        return dx * cos + dy * sin + self.width_m / 2, -dx * sin + dy * cos + self.height_m / 2


def corners(layout: StreetPlan) -> tuple[float, float, float, float]:
    """Least easting and northing of the district on the map, and greatest."""
    x, y = layout.to_map([0.0, layout.width_m, layout.width_m, 0.0], [0.0, 0.0, layout.height_m, layout.height_m])
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def random_stream(seed: int, *place: int) -> np.random.Generator:
    """A generator that depends only on the seed and on what it is for, never on the order of the calls."""
    return np.random.default_rng([seed, *place])


def make_layout(count: int, seed: int) -> StreetPlan:
    """Plan a district with `count` buildings.

    Raises
    ------
    InputError
        When `count` is not between 1 and 10,000 or the seed is negative.
    """
    if not 1 <= count <= MOST_BUILDINGS:
        raise InputError(
            "BUILDINGS must be between 1 and {most_buildings:,}, not {count}: choose a number in that range.",
            most_buildings=MOST_BUILDINGS,
            count=count,
        )
    if seed < 0:
        raise InputError("SEED must be 0 or more, not {seed}: choose another number.", seed=seed)
    columns, rows = _size(count)
    streets_u, channels = _streets_u(columns)
    coast = max(90.0, 0.15 * rows * (BLOCK_V_M + STREET_M))
    first = coast + PROMENADE_M + STREET_M / 2
    streets_v = tuple(
        Street("u", first + i * (BLOCK_V_M + STREET_M), STREET_M, "main" if i in (0, rows) else "street")
        for i in range(rows + 1)
    )
    rail = streets_v[-1].at_m + STREET_M / 2 + BELT_M
    hill = rail + BELT_M + STREET_M
    streets_v += (Street("u", rail + BELT_M, STREET_M, "street"),)
    width = streets_u[-1].at_m + streets_u[-1].width_m / 2 + MARGIN_M
    height = hill + max(HILL_M, 0.1 * rows * (BLOCK_V_M + STREET_M))
    blocks = _blocks(streets_u, streets_v[:-1], channels, count, seed)
    lots, bowls = _lots(blocks, channels, count, seed)
    return StreetPlan(
        seed=seed,
        count=count,
        streets_u=streets_u,
        streets_v=streets_v,
        channels_u=channels,
        blocks=blocks,
        lots=lots,
        bowls=bowls,
        width_m=width,
        height_m=height,
        coast_v=coast,
        rail_v=rail,
        hill_v=hill,
        angle_rad=math.radians(-7.0 * min(1.0, 900.0 / width)),
    )


def public_counts(count: int) -> dict[str, int]:
    """How many buildings of each public use a district of `count` has; none below 12 buildings."""
    if count < SPECIAL_FROM:
        return {}
    each = max(1, round(count / 60))
    rare = max(1, round(count / 120))
    return {"metro": each, "hospital": rare, "school": each, "substation": each, "charging": each, "pumping": rare}


def _whole_blocks(count: int) -> int:
    counts = public_counts(count)
    return sum(counts.get(kind, 0) for kind in PERMANENT)


def _parks(blocks: int) -> int:
    return max(1, blocks // 14)


def _size(count: int) -> tuple[int, int]:
    whole = _whole_blocks(count)
    need = whole + math.ceil((count - whole) / 4)
    need += _parks(need)
    columns = max(4, math.ceil(math.sqrt(need * 1.1)))
    return columns, max(2, math.ceil(need / columns))


def _streets_u(columns: int) -> tuple[tuple[Street, ...], tuple[float, ...]]:
    streets: list[Street] = []
    channels: list[float] = []
    u = MARGIN_M
    for j in range(columns + 1):
        avenue = j % SUPERBLOCK == 3
        wide = AVENUE_M if avenue else STREET_M
        streets.append(Street("v", u + wide / 2, wide, "avenue" if avenue else "street"))
        u += wide
        if j % SUPERBLOCK == 1 and j < columns:
            channels.append(u + CHANNEL_M / 2)
            u += CHANNEL_M
        u += BLOCK_U_M
    return tuple(streets), tuple(channels)


def _blocks(
    streets_u: tuple[Street, ...], streets_v: tuple[Street, ...], channels: tuple[float, ...], count: int, seed: int
) -> tuple[Block, ...]:
    columns, rows = len(streets_u) - 1, len(streets_v) - 1
    total = columns * rows
    order = random_stream(seed, 1).permutation(total)
    counts = public_counts(count)
    wanted = [kind for kind in PERMANENT for _ in range(counts.get(kind, 0))]
    wanted += ["park"] * _parks(total - 1)
    spare = total - len(wanted) - math.ceil((count - _whole_blocks(count)) / 4)
    wanted = wanted[: len(wanted) + min(0, spare)]
    kinds = {int(place): kind for place, kind in zip(order, wanted, strict=False)}
    blocks = []
    for i in range(rows):
        for j in range(columns):
            right = streets_u[j + 1]
            u1 = right.at_m - right.width_m / 2
            v0 = streets_v[i].at_m + STREET_M / 2
            kind = kinds.get(i * columns + j, "lots")
            blocks.append(Block(j, i, u1 - BLOCK_U_M, v0, u1, v0 + BLOCK_V_M, kind))
    return tuple(blocks)


def _lots(
    blocks: tuple[Block, ...], channels: tuple[float, ...], count: int, seed: int
) -> tuple[tuple[Lot, ...], tuple[Bowl, ...]]:
    whole = [
        Lot(i, b.u0 + 4, b.v0 + 4, b.u1 - 4, b.v1 - 4, b.kind) for i, b in enumerate(blocks) if b.kind in PERMANENT
    ]
    small: list[Lot] = []
    for i, b in enumerate(blocks):
        if b.kind != "lots":
            continue
        mid_u, mid_v = (b.u0 + b.u1) / 2, (b.v0 + b.v1) / 2
        for u0, u1 in ((b.u0 + 4, mid_u - 1.5), (mid_u + 1.5, b.u1 - 4)):
            for v0, v1 in ((b.v0 + 4, mid_v - 1.5), (mid_v + 1.5, b.v1 - 4)):
                small.append(Lot(i, u0, v0, u1, v1, ""))
    rng = random_stream(seed, 2)
    chosen = [small[k] for k in rng.permutation(len(small))[: count - len(whole)]]
    in_order = sorted([*whole, *chosen], key=_place)
    bowls = _bowls(blocks, tuple(in_order), channels, seed)
    uses = _uses(chosen, channels, bowls, count, rng)
    lots = whole + [Lot(lot.block, lot.u0, lot.v0, lot.u1, lot.v1, use) for lot, use in zip(chosen, uses, strict=True)]
    return tuple(sorted(lots, key=_place)), bowls


def _place(lot: Lot) -> tuple[float, float]:
    return lot.v0, lot.u0


def _uses(
    lots: list[Lot], channels: tuple[float, ...], bowls: tuple[Bowl, ...], count: int, rng: np.random.Generator
) -> list[str]:
    """Homes, offices and shops by chance; pumping stations go to the channel's mouth, substations of larger districts
    to the rim of a low place, the others anywhere.
    """
    uses = [str(use) for use in rng.choice(["home", "office", "shop"], size=len(lots), p=[0.62, 0.26, 0.12])]
    counts = public_counts(count)
    free = list(range(len(lots)))

    def distance(k: int) -> float:
        return lots[k].v0 + min(abs((lots[k].u0 + lots[k].u1) / 2 - u) for u in channels)

    for k in sorted(free, key=distance)[: counts.get("pumping", 0)]:
        uses[k] = "pumping"
        free.remove(k)
    substations, charging = counts.get("substation", 0), counts.get("charging", 0)
    anywhere = free[:substations]
    for k in free[substations : substations + charging]:
        uses[k] = "charging"
        free.remove(k)

    def from_rim(k: int) -> float:
        u, v = (lots[k].u0 + lots[k].u1) / 2, (lots[k].v0 + lots[k].v1) / 2
        return min(abs(math.hypot(u - bowl.u, v - bowl.v) - LOW_RIM_M) for bowl in bowls)

    for k in sorted(free, key=from_rim)[:substations] if count >= LOW_FROM else anywhere:
        uses[k] = "substation"
    return uses


def _bowls(
    blocks: tuple[Block, ...], lots: tuple[Lot, ...], channels: tuple[float, ...], seed: int
) -> tuple[Bowl, ...]:
    """One low place for about eight blocks, about junctions with buildings, away from channels and each other."""
    rng = random_stream(seed, 3)
    middles = np.array([((lot.u0 + lot.u1) / 2, (lot.v0 + lot.v1) / 2) for lot in lots])
    bowls: list[Bowl] = []
    for fewest in (6, 3, 0):
        for k in rng.permutation(len(blocks)):
            b = blocks[k]
            u, v = b.u0 - 8 + rng.uniform(-6, 6), b.v0 - 8 + rng.uniform(-6, 6)
            apart = all(math.hypot(u - o.u, v - o.v) > 210 for o in bowls)
            apart = apart and min(abs(u - c) for c in channels) > 85
            near = int((np.hypot(middles[:, 0] - u, middles[:, 1] - v) < 75).sum())
            if apart and near >= fewest and len(bowls) < math.ceil(len(blocks) / 8):
                bowls.append(Bowl(u, v, float(rng.uniform(85, 120)), float(rng.uniform(0.9, 1.25))))
    return tuple(bowls)

"""What the synthetic district takes from the grid and gives to it, hour by hour: demands, sun, storage, charging."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from .parts import BuildingPlan
from .street_plan import Floats, random_stream

HOURS = 24
SNAPSHOT_HOUR = 18
"""Layers show the state of this hour."""
PEAK_W_M2 = {"home": 18.0, "office": 45.0, "shop": 60.0, "school": 25.0, "hospital": 50.0, "substation": 2.0}
PEAK_KW = {"metro": 1500.0, "charging": 1920.0, "pumping": 470.0}
PUMP_KW_PER_M3S = 92.0
"""A pump lifts by 7 m with an efficiency of 0.75."""
POWER_FACTOR = {
    "home": 0.97, "office": 0.93, "shop": 0.92, "school": 0.95, "hospital": 0.93, "substation": 0.9, "metro": 0.92,
    "charging": 0.98, "pumping": 0.85, "underpass_pump": 0.85,
}  # fmt: skip
_DAY = {
    "home": "40 36 34 33 33 36 48 58 52 46 44 46 50 48 46 46 52 66 84 96 100 94 76 54",
    "office": "18 17 17 17 17 19 28 52 84 96 100 97 88 94 99 98 92 76 54 42 34 27 22 19",
    "shop": "14 12 12 12 12 14 20 32 50 74 86 92 94 90 88 88 90 96 100 98 90 70 38 20",
    "school": "12 12 12 12 12 14 28 70 95 100 98 94 82 92 98 92 70 46 32 26 22 18 14 12",
    "hospital": "62 60 60 60 60 62 70 84 96 100 100 98 94 96 97 95 90 84 80 78 76 72 68 64",
    "substation": "100",
    "metro": "22 10 8 8 14 44 78 100 98 80 70 68 70 70 72 78 92 100 96 82 70 60 48 36",
    "pumping": "12",
    "underpass_pump": "4",
}
"""Percent of the peak in each hour of a working day in summer without rain; one figure stands for all hours."""
PLUGGED = "6 6 5 5 4 4 5 7 9 11 12 13 14 13 12 12 13 15 18 20 21 19 14 9"
"""Vehicles at a charging station of 24 points."""
SUN_HOURS = 6.0, 19.0
SUN_SHARE = 0.8
"""What the roofs yield at noon of what they could."""
KWP_M2 = 0.11
"""Peak power of a square metre of roof, of which three fifths carry panels."""
EFFICIENCY = 0.95
MOST_SOC, START_SOC = 90.0, 30.0
CHARGING_HOURS, DISCHARGING_HOURS = range(6), range(17, 21)


@dataclass(frozen=True)
class Demand:
    """What one kind of use takes at its peak."""

    kind: str
    peak_kw: float


@dataclass(frozen=True)
class Battery:
    """A storage: energy in MWh, power in MW in both directions."""

    mwh: float
    mw: float


@dataclass(frozen=True)
class BatteryDay:
    """What a storage gives in each hour, kW, negative while it charges; its state of charge at the end, percent."""

    power_kw: Floats
    soc_pct: Floats


@dataclass(frozen=True)
class StationDay:
    """The day of a charging station.

    Attributes
    ----------
    power_kw : (points,) array
        Of each point.
    charging : (hours, points) array of bool
    plugged : (hours,) array of int
        Vehicles plugged in.
    broken : (points,) array of bool
    """

    power_kw: Floats
    charging: NDArray[np.bool_]
    plugged: NDArray[np.int64]
    broken: NDArray[np.bool_]

    @property
    def load_kw(self) -> Floats:
        """What the points take in each hour."""
        return self.charging.astype(float) @ self.power_kw


def peak_kw(kind: str, size: float) -> float:
    """The peak of a use: of a floor area in m², or of a pump in m³/s."""
    if kind == "underpass_pump":
        return round(PUMP_KW_PER_M3S * size, 1)
    return PEAK_KW[kind] if kind in PEAK_KW else round(PEAK_W_M2[kind] * size / 1000.0, 1)


def building_demand(plan: BuildingPlan) -> Demand:
    """What a building takes at its peak."""
    return Demand(plan.use, peak_kw(plan.use, plan.floor_area_m2))


def day(percents: str) -> Floats:
    """The share of the peak in each hour."""
    return np.resize(np.array(percents.split(), float), HOURS) / 100.0


def demand_by_hour(demands: Sequence[Demand], seed: int, node: int) -> tuple[Floats, Floats]:
    """Active and reactive power in kW and kvar by hour, of all but charging, which is counted point by point."""
    rng = random_stream(seed, 51, node)
    p, q = np.zeros(HOURS), np.zeros(HOURS)
    for demand in demands:
        if demand.kind != "charging":
            power = demand.peak_kw * day(_DAY[demand.kind]) * rng.uniform(0.94, 1.06, HOURS)
            p, q = p + power, q + power * reactive_share(demand.kind)
    return p, q


def reactive_share(kind: str) -> float:
    """Reactive power of a use as a share of the active one."""
    return math.tan(math.acos(POWER_FACTOR[kind]))


def sun_by_hour(kwp: float) -> Floats:
    """What roofs with panels give in the middle of each hour, kW, on a clear day."""
    rise, fall = SUN_HOURS
    turn = np.pi * (np.arange(HOURS) + 0.5 - rise) / (fall - rise)
    return kwp * SUN_SHARE * np.where((turn > 0) & (turn < np.pi), np.sin(turn), 0.0)


def roof_kwp(plan: BuildingPlan, seed: int) -> float:
    """Peak power of the panels on a building's roof, 0.0 where there are none."""
    rng = random_stream(seed, 52, plan.number)
    if plan.use not in ("home", "office", "shop", "school") or rng.random() > 0.4:
        return 0.0
    area_m2 = sum(shapely.Polygon(ring).area for ring in plan.footprint)
    return round(area_m2 * KWP_M2 * float(rng.uniform(0.7, 1.0)), 1)


def battery_day(battery: Battery) -> BatteryDay:
    """Charges in the hours after midnight and discharges in the evening, with equal power within its limits."""
    soc, power, state = START_SOC, np.zeros(HOURS), np.zeros(HOURS)
    for hour in range(HOURS):
        if hour in CHARGING_HOURS:
            room_mwh = battery.mwh * (MOST_SOC - soc) / 100.0 / EFFICIENCY
            taken = min(battery.mw, room_mwh / (CHARGING_HOURS.stop - hour))
            power[hour], soc = -1000.0 * taken, soc + 100.0 * taken * EFFICIENCY / battery.mwh
        elif hour in DISCHARGING_HOURS:
            store_mwh = battery.mwh * (soc - START_SOC) / 100.0 * EFFICIENCY
            given = min(battery.mw, store_mwh / (DISCHARGING_HOURS.stop - hour))
            power[hour], soc = 1000.0 * given, soc - 100.0 * given / EFFICIENCY / battery.mwh
        state[hour] = soc
    return BatteryDay(power, state)


def station_day(points: int, seed: int, station: int) -> StationDay:
    """Points by hour of a charging station: every third has 120 kW, the others 60 kW, and a few are out of order."""
    rng = random_stream(seed, 53, station)
    power = np.where(np.arange(points) % 3 == 0, 120.0, 60.0)
    order = rng.permutation(points)
    broken = np.zeros(points, bool)
    broken[order[: int(rng.integers(1, 3))]] = True
    usable = order[~broken[order]]
    plugged = np.array(PLUGGED.split(), int) * points // 24
    plugged = np.clip(plugged + rng.integers(-1, 2, HOURS), 0, len(usable))
    charging = np.zeros((HOURS, points), bool)
    for hour in range(HOURS):
        charging[hour, usable[: math.ceil(0.7 * plugged[hour])]] = True
    return StationDay(power, charging, plugged.astype(np.int64), broken)

"""A made feed of gauges: the demo district's recorded storm over and over, as rain and as water levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from osgeo import ogr, osr

STEP = timedelta(minutes=5)
DRY_STEPS = 60
"""Steps without rain after each storm."""
HISTORY_CYCLES = 3
LOW_ROADS = 6
RAIN, LEVEL = "Rainfall", "Water level"


@dataclass(frozen=True)
class Gauge:
    """A station: what it measures, where (degrees), and its values over one storm and the dry time after it."""

    name: str
    kind: str
    unit: str
    x: float
    y: float
    cycle: tuple[float, ...]

    def value(self, step: int) -> float:
        """What it measures in a step; 0 is the first of a storm, negative ones lie before."""
        return self.cycle[step % len(self.cycle)]


def read_gauges(district: Path) -> list[Gauge]:
    """The rain gauges of a made district, and water levels in its channels, underpasses and lowest streets.

    A level rises with the rain of the middle gauge and falls by a share of itself in each step.
    """
    dataset = ogr.Open(str(district))
    change = _to_degrees(dataset.GetLayerByName("rain_gauges").GetSpatialRef())
    storms: dict[str, list[float]] = {}
    for row in dataset.GetLayerByName("gauge_rain"):
        storms.setdefault(row["site"], []).append(row["depth_mm"])
    gauges = []
    for row in dataset.GetLayerByName("rain_gauges"):
        cycle = (*storms[row["site"]], *([0.0] * DRY_STEPS))
        gauges.append(Gauge(row["name"], RAIN, "mm", *_point(row, change), cycle))
    middle = gauges[len(gauges) // 2].cycle
    for name, (x, y), rise, left in _wet_places(dataset, change):
        gauges.append(Gauge(f"Demo water level {name}", LEVEL, "m", x, y, _levels(middle, rise, left)))
    return gauges


def _wet_places(dataset: ogr.DataSource, change: Any) -> Iterator[tuple[str, tuple[float, float], float, float]]:
    """Name, place, rise in metres for a millimetre of rain, and the share of the level that is left a step later."""
    for row in dataset.GetLayerByName("channel"):
        yield row["name"], _point(row, change), 0.035, 0.94
    for row in dataset.GetLayerByName("underpass"):
        yield row["name"], _point(row, change), 0.028, 0.9
    roads = sorted(dataset.GetLayerByName("roads"), key=lambda row: row["lowest_elev_m"])
    for number, row in enumerate(roads[:LOW_ROADS], 1):
        yield f"{row['name_en']} {row['name_zh']} {number}", _point(row, change), 0.01, 0.88


def _levels(rain: tuple[float, ...], rise: float, left: float) -> tuple[float, ...]:
    level, levels = 0.0, []
    # Twice: the second time it starts from what the first left.
    for depth in (*rain, *rain):
        level = level * left + depth * rise
        levels.append(round(level, 3))
    return tuple(levels[len(rain) :])


def stations(gauges: list[Gauge], now: datetime) -> list[Mapping[str, Any]]:
    """The gauges with their history up to `now`, as feed/load.py reads them."""
    found = []
    for gauge in gauges:
        steps = range(-HISTORY_CYCLES * len(gauge.cycle), 0)
        found.append({
            "name": gauge.name, "description": f"{gauge.name}: synthetic, not real. 演示数据，并非真实。",
            "kind": gauge.kind,
            "definition": f"urn:city-twin:demo:{gauge.kind.lower().replace(' ', '-')}", "unit": gauge.unit,
            "unit_symbol": gauge.unit, "x": gauge.x, "y": gauge.y, "properties": {"made": True}, "stream": gauge.name,
            "growing": True,
            "series": [[(now + (step + 1) * STEP).isoformat(), gauge.value(step)] for step in steps],
        })  # fmt: skip
    return found


def observation(gauge: Gauge, stream: str, step: int, now: datetime) -> dict[str, Any]:
    """What is posted for a gauge: the value of a step, observed now."""
    time = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "phenomenonTime": time, "resultTime": time, "result": gauge.value(step), "Datastream": {"@iot.id": stream},
    }  # fmt: skip


def _to_degrees(source: osr.SpatialReference) -> osr.CoordinateTransformation:
    target = osr.SpatialReference()
    target.ImportFromEPSG(4326)
    source = source.Clone()
    for reference in (source, target):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return osr.CoordinateTransformation(source, target)


def _point(row: ogr.Feature, change: osr.CoordinateTransformation) -> tuple[float, float]:
    middle = row.GetGeometryRef().Centroid()
    middle.Transform(change)
    return round(middle.GetX(), 6), round(middle.GetY(), 6)

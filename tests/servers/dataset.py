"""The data behind every test server: the same made points, lines and polygons, records, sensors and observations."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from osgeo import ogr, osr

WEST, SOUTH, EAST, NORTH = 113.92, 22.48, 113.98, 22.54
START = datetime(2024, 6, 1, tzinfo=UTC)
COUNTS = {"wells": 8000, "pipes": 1200, "plots": 800}
KINDS = ("雨水井", "污水井", "检查井", "雨水口", "阀门 valve")
TOPICS = (
    *("雨量", "水位", "道路", "地铁", "建筑", "规划", "充电站", "人口", "避难场所", "排水管网", "影像", "地形", "地名"),
    *("行政区划", "桥梁", "绿地", "土地", "地质", "工程", "路灯", "变电站", "停车", "空气质量", "视频", "应急"),
)
# A quote, a percent sign and an underscore: what careless SQL and LIKE stumble over.
PLACES = ("南山", "后海", "光明", "O'Brien", "100%_")
STATES = ("正常", "堵塞", "维修中", None)

# name, OGR type, subtype
FIELDS = (
    ("code", ogr.OFTString, ogr.OFSTNone),
    ("name", ogr.OFTString, ogr.OFSTNone),
    ("kind", ogr.OFTString, ogr.OFSTNone),
    ("state", ogr.OFTString, ogr.OFSTNone),
    ("depth_m", ogr.OFTReal, ogr.OFSTNone),
    ("level", ogr.OFTInteger, ogr.OFSTNone),
    ("is_open", ogr.OFTInteger, ogr.OFSTBoolean),
    ("updated", ogr.OFTDateTime, ogr.OFSTNone),
)
GEOMETRIES = {"wells": ogr.wkbPoint, "pipes": ogr.wkbLineString, "plots": ogr.wkbPolygon}


@dataclass(frozen=True)
class Row:
    """A feature: its number from 1, geometry as WKT in degrees (longitude first), values by field name."""

    fid: int
    wkt: str
    values: dict[str, Any]

    @property
    def centre(self) -> tuple[float, float]:
        """A point of it: the point itself, the first vertex of a line or polygon."""
        pair = self.wkt[self.wkt.index("(") :].strip("()").split(",")[0].split()
        return float(pair[0]), float(pair[1])


def _values(table: str, number: int, stream: random.Random) -> dict[str, Any]:
    return {
        "code": f"{table[0].upper()}{number:05d}",
        "name": f"{stream.choice(PLACES)}{table}{number}号",
        "kind": stream.choice(KINDS),
        "state": stream.choice(STATES),
        "depth_m": None if number % 17 == 0 else round(stream.uniform(0.2, 9.0), 2),
        "level": None if number % 23 == 0 else stream.randrange(0, 6),
        "is_open": None if number % 29 == 0 else stream.random() < 0.5,
        "updated": None if number % 31 == 0 else START + timedelta(minutes=10 * number),
    }


def _geometry(table: str, stream: random.Random) -> str:
    x, y = round(stream.uniform(WEST, EAST - 0.002), 6), round(stream.uniform(SOUTH, NORTH - 0.002), 6)
    if table == "wells":
        return f"POINT ({x:.6f} {y:.6f})"
    dx, dy = round(stream.uniform(0.0002, 0.0015), 6), round(stream.uniform(0.0002, 0.0015), 6)
    if table == "pipes":
        return f"LINESTRING ({x:.6f} {y:.6f}, {x + dx:.6f} {y:.6f}, {x + dx:.6f} {y + dy:.6f})"
    corners = [(x, y), (x + dx, y), (x + dx, y + dy), (x, y + dy), (x, y)]
    return "POLYGON ((" + ", ".join(f"{a:.6f} {b:.6f}" for a, b in corners) + "))"


def make_rows(table: str) -> list[Row]:
    """The features of a table, the same every time."""
    stream = random.Random(f"twin {table}")
    return [Row(k, _geometry(table, stream), _values(table, k, stream)) for k in range(1, COUNTS[table] + 1)]


@dataclass(frozen=True)
class Sensor:
    """A gauge with what it measured: (time, value) by ten minutes, oldest first."""

    name: str
    kind: str
    unit: str
    x: float
    y: float
    series: tuple[tuple[datetime, float], ...]


def make_sensors(count: int = 40, steps: int = 150) -> list[Sensor]:
    """Rain gauges and water levels; with 150 observations each a series takes two pages of 100."""
    stream = random.Random("twin sensors")
    sensors = []
    for k in range(count):
        rain = k % 2 == 0
        phase = stream.uniform(0, 6)
        series = []
        for step in range(steps):
            wave = math.exp(-(((step - 60 - phase) / 20) ** 2))
            value = round(12 * wave * stream.uniform(0.8, 1.2), 2) if rain else round(0.4 + 1.8 * wave, 3)
            series.append((START + timedelta(minutes=10 * step), value))
        name = f"雨量站 {k:03d}" if rain else f"水位站 {k:03d}"
        x, y = round(stream.uniform(WEST, EAST), 6), round(stream.uniform(SOUTH, NORTH), 6)
        sensors.append(Sensor(name, "rain" if rain else "level", "mm" if rain else "m", x, y, tuple(series)))
    return sensors


@dataclass(frozen=True)
class Record:
    """What the catalogue servers say of a service."""

    id: str
    title: str
    abstract: str
    keywords: tuple[str, ...]
    box: tuple[float, float, float, float]
    href: str = ""


def make_records(count: int = 250) -> list[Record]:
    """Catalogue records with Chinese titles; 25 topics, ten of each."""
    stream = random.Random("twin records")
    records = []
    for k in range(count):
        topic = TOPICS[k % len(TOPICS)]
        x, y = stream.uniform(WEST, EAST - 0.02), stream.uniform(SOUTH, NORTH - 0.02)
        box = (round(x, 4), round(y, 4), round(x + 0.015, 4), round(y + 0.015, 4))
        title = f"南山区{topic}服务 {k + 1:03d} & <demo>"
        abstract = f"Made record {k + 1} about {topic}, for tests."
        href = f"http://127.0.0.1:9/wms/{k + 1}?service=WMS"
        records.append(Record(f"urn:twin:record:{k + 1:04d}", title, abstract, (topic, "南山", "made"), box, href))
    return records


@dataclass
class Dataset:
    """All of it, and the GeoPackages that hold the features: plots in EPSG:4547, or all in degrees."""

    path: Path
    degrees: Path
    rows: dict[str, list[Row]] = field(default_factory=dict)
    sensors: list[Sensor] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    def within(self, table: str, west: float, south: float, east: float, north: float) -> list[Row]:
        """The features that meet a box, computed here and not by a server."""
        box = ogr.CreateGeometryFromWkt(
            f"POLYGON (({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))"
        )
        return [row for row in self.rows[table] if ogr.CreateGeometryFromWkt(row.wkt).Intersects(box)]


def make_dataset(folder: Path) -> Dataset:
    """Write the GeoPackages: wells and pipes in EPSG:4326, plots in EPSG:4547 as a Chinese city keeps them."""
    rows = {table: make_rows(table) for table in COUNTS}
    made = Dataset(folder / "city.gpkg", folder / "degrees.gpkg", rows, make_sensors(), make_records())
    _write(made.path, rows, 4547)
    _write(made.degrees, rows, 4326)
    return made


def _write(path: Path, tables: dict[str, list[Row]], plots: int) -> None:
    target = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    for table, rows in tables.items():
        reference = _reference(plots if table == "plots" else 4326)
        change = osr.CoordinateTransformation(_reference(4326), reference)
        layer = target.CreateLayer(table, reference, GEOMETRIES[table], ["FID=fid", "GEOMETRY_NAME=geom"])
        for name, kind, subtype in FIELDS:
            definition = ogr.FieldDefn(name, kind)
            definition.SetSubType(subtype)
            layer.CreateField(definition)
        layer.StartTransaction()
        for row in rows:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetFID(row.fid)
            for name, value in row.values.items():
                if isinstance(value, datetime):
                    feature.SetField(name, value.strftime("%Y/%m/%d %H:%M:%S+00"))
                elif value is not None:
                    feature.SetField(name, value)
            geometry = ogr.CreateGeometryFromWkt(row.wkt)
            if table == "plots":
                geometry.Transform(change)
            feature.SetGeometry(geometry)
            layer.CreateFeature(feature)
        layer.CommitTransaction()
    target.FlushCache()
    del target


def _reference(code: int) -> osr.SpatialReference:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference

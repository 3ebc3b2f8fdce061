"""A synthetic catalogue of the demo district: services that `make serve` runs, and thousands that only show the scale.

Everything else than the first is marked as synthetic, says so in its title and description, and has an address below
".invalid", which nobody can own (RFC 2606): nothing is asked of a stranger's server.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..common.bbox import BoundingBox
from ..common.csv_table import read_rows
from ..common.errors import InputError
from ..common.messages import Message
from . import publish
from .protocol_table import ServiceProtocol
from .record import Offset, ServiceRecord, record_id

NOTE = "Synthetic, for the demonstration: there is no such service. 演示数据：该服务并不存在。"
LIVE_NOTE = "Runs on this machine with `make serve`; its data are synthetic. 本机演示服务，数据为虚构。"
SYNTHETIC_TIME = "2026-01-01T00:00:00Z"
"""When records are said to have been harvested: a catalogue that is written again is the same."""
GRID = 5
"""The district is cut into so many columns and rows of areas."""

KINDS = frozenset(kind for protocol in ServiceProtocol for kind in protocol.definition.demo_kinds)
"""What topics of the demo catalogue may be about; each protocol's definition row names those that it serves."""
_STAGES = ("planning", "design", "construction", "operation")
_CADENCES = {"sensor": "PT5M", "coverage": "PT1H", "scenes": "P1M"}
_PARTS_ZH = ("西南", "南", "东南", "西", "中", "东", "西北", "北", "东北")
_PARTS_EN = ("south-west", "south", "south-east", "west", "centre", "east", "north-west", "north", "north-east")


@dataclass(frozen=True)
class ServiceTopic:
    """What services of a subdivision are about; `kind` says what they give."""

    code: str
    zh: str
    en: str
    kind: str


@dataclass(frozen=True)
class Area:
    """A part of the district that services are cut to."""

    zh: str
    en: str
    box: BoundingBox


def read_topics(path: Path) -> list[ServiceTopic]:
    """The table of topics.

    Raises
    ------
    InputError
        When it cannot be read or names a kind that is not known.
    """
    rows = read_rows(path, ("code", "zh", "en", "kind"), Message("The table of topics"))
    topics = [ServiceTopic(row["code"], row["zh"], row["en"], row["kind"]) for row in rows]
    if any(topic.kind not in KINDS for topic in topics):
        raise InputError("The table of topics '{path}' has an unknown kind: install the plugin again.", path=path)
    return topics


def areas_of(box: BoundingBox) -> list[Area]:
    """The district, its nine parts, and the cells of a grid, each with its box."""
    whole = Area("全区", "whole district", box)
    parts = [Area(f"{zh}片区", f"{en} part", cell) for zh, en, cell in
             zip(_PARTS_ZH, _PARTS_EN, _cells(box, 3), strict=True)]  # fmt: skip
    cells = [Area(f"第{k}单元", f"unit {k}", cell) for k, cell in enumerate(_cells(box, GRID), 1)]
    return [whole, *parts, *cells]


def _cells(box: BoundingBox, count: int) -> list[BoundingBox]:
    """Columns and rows of a box, from the south-west."""
    width, height = (box.east - box.west) / count, (box.north - box.south) / count
    return [
        BoundingBox(round(box.west + i * width, 6), round(box.south + j * height, 6),
            round(box.west + (i + 1) * width, 6), round(box.south + (j + 1) * height, 6))
        for j in range(count) for i in range(count)
    ]  # fmt: skip


def synthetic_records(topics: Sequence[ServiceTopic], box: BoundingBox, seed: int) -> Iterator[ServiceRecord]:
    """A record for each topic in each area, all marked as synthetic; equal arguments give equal records.

    With the table that ships, 151 topics over all 25 subdivisions in 35 areas: 5,285 records.
    """
    for topic in topics:
        for area in areas_of(box):
            # Made data that must come out the same again, not a secret.
            yield _record(topic, area, random.Random(f"{seed} {topic.code} {topic.en} {area.en}"))  # noqa: S311  # nosec B311


def _record(topic: ServiceTopic, area: Area, stream: random.Random) -> ServiceRecord:
    protocol = stream.choice(_protocols(topic.kind))
    name = publish.table_name(f"{topic.en} {area.en}")
    url, layer = _place(protocol, topic, name)
    stage = stream.choice(_STAGES) if topic.code.startswith("B0") else "operation"
    year = stream.randrange(2016, 2026)
    shifted = protocol in (ServiceProtocol.XYZ, ServiceProtocol.WMTS) and stream.random() < 0.4
    return ServiceRecord(
        id=record_id(protocol, url, layer),
        title=f"{area.zh}{topic.zh}（演示） {topic.en}, {area.en} (synthetic)",
        protocol=protocol,
        url=url,
        layer=layer,
        description=NOTE,
        keywords=(topic.zh, topic.en, "演示", "synthetic"),
        subdivision=topic.code,
        subdivision_sure=1.0,
        crs=("EPSG:3857",) if shifted else ("EPSG:4490", "EPSG:4547", "EPSG:4326")[: stream.randrange(1, 4)],
        coord_offset=stream.choice((Offset.GCJ02, Offset.BD09)) if shifted else Offset.NONE,
        harvested=SYNTHETIC_TIME,
        box=area.box,
        time_start=f"{year}-01-01T00:00:00Z",
        time_end="" if topic.kind == "sensor" else f"{year}-12-31T23:59:59Z",
        lifecycle_stage=stage,
        cadence=_CADENCES.get(topic.kind, "P1Y"),
        source="made",
        made=True,
    )


@cache
def _protocols(kind: str) -> tuple[ServiceProtocol, ...]:
    """The protocols of a kind of topic, as often and in the order in which they are drawn."""
    rows = ((place, one) for one in ServiceProtocol for place in one.definition.demo_kinds.get(kind, ()))
    return tuple(protocol for _, protocol in sorted(rows))


def _place(protocol: ServiceProtocol, topic: ServiceTopic, name: str) -> tuple[str, str]:
    """Address and layer as the protocol has them."""
    host = f"https://{topic.code.lower()}.demo.invalid"
    url, layer = (text.format(host=host, name=name, topic=topic.en) for text in protocol.definition.demo_address)
    return url, layer


def live_records(box: BoundingBox, port: int = publish.PORT) -> Iterator[ServiceRecord]:
    """The services that `make serve` runs over the demo district: real ones, with synthetic data in them.

    The tables of the twin base and the layers beside it, by OGC API Features, WMS and WFS, those of the base also from
    PostGIS where that is installed; the layers of themes by WFS; the catalogue; and the feed of gauges.

    Parameters
    ----------
    box : BoundingBox
        The district.
    port : int
        Of the first server.
    """
    api, maps = publish.address("pygeoapi", port), publish.address("qgis-server", port)
    tables = [publish.PublishedTable(name, title, keywords=words) for name, (title, words) in publish.BASE.items()]
    tables += [
        publish.PublishedTable(name, title, keywords=tuple(title.rsplit(" ", 1))) for name, title in TITLES.items()
    ]
    for table in tables:
        yield _live(ServiceProtocol.OGC_FEATURES, api, table.name, table, box, "pygeoapi")
        # Models have no geometry in the base: only the copy gives them one.
        if table.name == "bim_model":
            continue
        yield _live(ServiceProtocol.WMS, maps, table.name, table, box, "WMS")
        yield _live(ServiceProtocol.WFS, maps, table.name, table, box, "WFS")
        if table.name in publish.BASE:
            tipg = publish.address("tipg", port)
            yield _live(ServiceProtocol.OGC_FEATURES, tipg, f"twin.{table.name}", table, box, "PostGIS")
    for name, (title, code) in THEME_LAYERS.items():
        table = publish.PublishedTable(name, title, keywords=tuple(title.rsplit(" ", 1)))
        yield _live(ServiceProtocol.WFS, maps, name, table, box, "WFS", code)
    about = publish.PublishedTable(publish.RECORDS, "Catalogue of services 服务目录", "", ("catalogue", "目录"), None)
    yield _live(ServiceProtocol.OGC_RECORDS, api, publish.RECORDS, about, box, "Records")
    feed = publish.address("sensorthings", port)
    for name, zh, code in FEED:
        table = publish.PublishedTable(
            name, f"{name} {zh}", f"{name} of synthetic gauges, a new value every few seconds", (name, zh)
        )
        yield _live(ServiceProtocol.SENSORTHINGS, feed, name, table, box, "SensorThings", code)


FEED = (("Rainfall", "雨量监测", "C03"), ("Water level", "水位监测", "C07"))
"""What the SensorThings feed observes: name in English and Chinese, subdivision."""

_SUBDIVISIONS = {
    "building": "A05", "storey": "A05", "opening": "A05", "underground": "A09", "bim_model": "A05", "roads": "A06",
    "shelters": "B08", "assets": "B05", "rain_gauges": "C03", "population": "B07", "channel": "A07",
    "underpass": "A06", "district": "A01",
}  # fmt: skip
TITLES = {
    "district": "District boundary 街区边界", "population": "Population by block 街坊人口", "roads": "Roads 道路",
    "channel": "Drainage channel 排洪渠", "underpass": "Underpasses 下穿通道", "rain_gauges": "Rain gauges 雨量站",
    "shelters": "Emergency shelters 应急避难场所", "assets": "Critical assets 重要设施",
}  # fmt: skip
"""The layers of the demo district that are published beside its twin base."""
THEME_LAYERS = {
    "rain_now": ("Rain of the last hour 近一小时雨量", "C03"),
    "warning_in_force": ("Rainstorm warning 暴雨预警信号", "C03"),
    "water_levels": ("Water levels 监测水位", "C07"), "pumps": ("Drainage pumps 排水泵", "B04"),
    "gates": ("Sluices and gates 水闸闸门", "B04"), "waterlogging_points": ("Waterlogging points 积水点", "B08"),
    "crews": ("Emergency crews 抢险队伍", "B08"), "drainage_districts": ("Drainage districts 排水分区", "B04"),
    "drain_nodes": ("Drain manholes 排水检查井", "A09"), "drain_conduits": ("Drain pipes 排水管道", "A09"),
    "sea": ("Sea 海域", "A07"),
    "substations": ("Substations 变电站", "B05"), "feeders": ("Feeder cables 配电馈线", "B05"),
    "power_nodes": ("Power nodes 配电节点", "B05"), "charging_stations": ("Charging stations 充电站", "B05"),
    "charging_points": ("Charging points 充电桩", "B05"), "storage": ("Energy storage 储能设施", "B05"),
    "pv_roofs": ("Solar roofs 光伏屋顶", "B05"), "critical_buildings": ("Critical buildings 重要建筑", "B05"),
    "rail_lines": ("Rail lines 轨道线路", "B06"), "rail_stations": ("Rail stations 轨道车站", "B06"),
    "rail_entrances": ("Station entrances 车站出入口", "B06"), "rail_works": ("Rail works 轨道工程", "B02"),
    "planned_buildings": ("Planned buildings 规划建筑", "B01"),
}  # fmt: skip
"""Layers of the water, power and rail themes, with title and subdivision: WFS says of which type their fields are."""
PUBLISHED = (*TITLES, *THEME_LAYERS)
"""The layers of the demo district that `make serve` publishes."""


def _live(
    protocol: ServiceProtocol,
    url: str,
    layer: str,
    table: publish.PublishedTable,
    box: BoundingBox,
    by: str,
    code: str = "",
) -> ServiceRecord:
    return ServiceRecord(
        id=record_id(protocol, url, layer),
        title=f"{table.title} ({by}, live demo 演示实时服务)",
        protocol=protocol,
        url=url,
        layer=layer,
        description=f"{table.description or table.title}. {LIVE_NOTE}",
        keywords=(*table.keywords, "demo", "演示", "live"),
        subdivision=code or _SUBDIVISIONS.get(table.name, ""),
        subdivision_sure=1.0 if code or table.name in _SUBDIVISIONS else 0.0,
        crs=("EPSG:4326", "EPSG:4547", "EPSG:4490"),
        box=table.box or box,
        harvested=SYNTHETIC_TIME,
        lifecycle_stage="operation",
        source=url,
    )

"""Records and searches for the tests of both stores of a catalogue, and an independent answer to a search."""

from __future__ import annotations

import random

from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.services.catalogue.store import Search
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health, Link, Offset, ServiceRecord, record_id

TITLES = (
    "南山区积水点水位实时监测",
    "福田区道路中心线",
    "Rain gauges, real time",
    "储能电站",
    "Éclairage public 路灯",
    "100% cover_of 'sky' \"x\"",
    "南山",
    "后海",
    "GM 光明",
    "Waterlogging points",
    "地铁9号线",
    "DEM 2 m",
    "",
    "深圳市行政区划",
    "charging piles 充电桩",
    "Zebra",
    "apple",
)
BOXES = (
    None,
    BoundingBox(113.9, 22.5, 113.95, 22.55),
    BoundingBox(-180, -90, 180, 90),
    BoundingBox(170, -20, -170, -10),
    BoundingBox(114.0, 22.6, 114.0, 22.6),
    BoundingBox(113.7, 22.4, 114.7, 22.9),
    BoundingBox(-179, -20, -171, -12),
    BoundingBox(0, 0, 10, 10),
)
TIMES = (
    ("", ""),
    ("2020-01-01", ""),
    ("2020-01-01", "2020-12-31"),
    ("", "2019-06-30T12:00:00Z"),
    ("2024-06-01T00:00:00Z",) * 2,
)


def made_records(count: int = 300) -> list[ServiceRecord]:
    """Records of every kind, in an order of no meaning."""
    chance, records = random.Random(3), []
    kinds, states, codes = list(ServiceProtocol), list(Health), ("", "A05", "B04", "C03", "C07")
    for number in range(count):
        protocol = kinds[number % len(kinds)]
        url = f"https://gis{number % 4}.sz.example/{number}"
        title = TITLES[number % len(TITLES)]
        start, end = TIMES[chance.randrange(len(TIMES))]
        records.append(
            ServiceRecord(
                record_id(protocol, url),
                f"{title} {number}" if number % 2 and title else title,
                protocol,
                url,
                layer=f"城:layer_{number}" if number % 3 else "",
                description=chance.choice(TITLES) * (number % 3),
                keywords=tuple(chance.sample(TITLES[:12], number % 4)),
                themes=("theme;1", 'a "theme"')[: number % 3],
                subdivision=chance.choice(codes),
                subdivision_sure=chance.random(),
                crs=("EPSG:4490", "EPSG:4547")[: number % 3],
                coord_offset=list(Offset)[number % 3],
                box=chance.choice(BOXES),
                time_start=start,
                time_end=end,
                lifecycle_stage=("", "operation")[number % 2],
                cadence="PT5M",
                auth=("", "city 城")[number % 2],
                links=(Link(f"{url}/legend.png", "legend", "image/png", "图例", ""),) * (number % 2),
                source=f"https://gis{number % 4}.sz.example",
                harvested="2026-01-01T00:00:00Z",
                gone=("", "2026-01-02T00:00:00Z")[number % 7 == 0],
                health=states[number % len(states)],
                health_time="2026-01-01T00:00:00Z",
                latency_ms=(None, 12.5)[number % 2],
                made=number % 5 == 0,
            )
        )
    chance.shuffle(records)
    return records


SEARCHES = (
    Search(),
    Search(limit=0),
    Search(offset=40, limit=25),
    Search(offset=10_000),
    *(
        Search(text=text, limit=0)
        for text in (
            "南山",
            "水",
            "积水点水位",
            "waterLOGGING",
            "gm",
            "G",
            "南山 监测",
            "rain 实时",
            "cover_of",
            "%",
            "_",
            "'sky'",
            '"x"',
            '"',
            "*",
            "a OR b",
            "NOT",
            "ÉCLAIRAGE",
            "nothing at all",
            "layer_1",
            "  ",
            "\\",
            "')",
            "点",
            "2 m",
            "1 1",
            "城",
            "后海",
        )
    ),
    *(
        Search(box=box, limit=0)
        for box in (
            *BOXES[1:],
            BoundingBox(175, -15, -175, -5),
            BoundingBox(-90, -5, -80, 5),
            BoundingBox(114, 22.6, 114, 22.6),
        )
    ),
    Search(box=BOXES[3], text="南山", limit=0),
    *(Search(subdivisions=codes, limit=0) for codes in (("C07",), ("C",), ("-",), ("A", "C03", "-"), ("B99",))),
    Search(protocols=(ServiceProtocol.WFS, ServiceProtocol.WMS), limit=0),
    Search(health=(Health.DEAD,), limit=0),
    Search(alive=True, subdivisions=("C",), text="南山", limit=0),
    *(
        Search(time_start=a, time_end=b, limit=0)
        for a, b in (
            ("2021-01-01", ""),
            ("", "2019-12-31"),
            ("2020-12-31T10:00:00Z", ""),
            ("2024-06-01", "2024-06-01"),
            ("2019-06-30", "2019-06-30"),
        )
    ),
    Search(stage="operation", include_gone=True, limit=0),
    Search(source="https://gis1.sz.example", limit=0),
    Search(made=True, limit=0),
    Search(made=False, text="rain", limit=0),
    Search(include_gone=True, order="newest", limit=0),
    Search(include_gone=True, order="live", limit=0),
    Search(include_gone=True, order="added", limit=7, offset=3),
)


def answer(records: list[ServiceRecord], search: Search) -> list[ServiceRecord]:
    """What a search finds, by the plainest reading of its meaning; by title."""
    found = [record for record in records if _wanted(record, search)]
    found.sort(key=lambda record: (_folded(record.title), record.id))
    return found


def _wanted(record: ServiceRecord, search: Search) -> bool:
    texts = (record.title, record.description, *record.keywords, record.layer)
    for word in search.text.split():
        if not any(word.lower() in text.lower() for text in texts):
            return False
    box_holds = search.box is None or (record.box is not None and _meet(record.box, search.box))
    start, end = record.time_start, record.time_end
    time_holds = (not search.time_start or not end or _last(end) >= search.time_start) and (
        not search.time_end or not start or start <= _last(search.time_end)
    )
    code = record.subdivision
    return (
        box_holds
        and time_holds
        and (not search.subdivisions or (code or "-") in search.subdivisions or code[:1] in search.subdivisions)
        and (not search.protocols or record.protocol in search.protocols)
        and (not search.health or record.health in search.health)
        and (not search.alive or record.health in (Health.ALIVE, Health.SLOW))
        and (not search.stage or record.lifecycle_stage == search.stage)
        and (not search.source or record.source == search.source)
        and (search.include_gone or not record.gone)
        and (search.made is None or record.made is search.made)
    )


def _meet(one: BoundingBox, other: BoundingBox) -> bool:
    def spans(box: BoundingBox) -> list[tuple[float, float]]:
        return [(box.west, box.east)] if box.west <= box.east else [(box.west, 180), (-180, box.east)]

    if one.south > other.north or other.south > one.north:
        return False
    return any(a <= d and c <= b for a, b in spans(one) for c, d in spans(other))


def _last(time: str) -> str:
    return f"{time}T23:59:59Z" if len(time) == 10 else time


def _folded(text: str) -> str:
    """Latin letters without case, as both stores order them."""
    return "".join(character.lower() if character.isascii() else character for character in text)


def by_use(record):
    """The place of a record in the dock's list: what works first, synthetic ones last, each by title."""
    places = {Health.ALIVE: 0, Health.SLOW: 0, Health.UNKNOWN: 1, Health.DENIED: 2, Health.DEAD: 2}
    return 3 if record.made else places[record.health], _folded(record.title), record.id

"""Configurations of the servers that publish a twin base, without secrets and without paths.

pygeoapi reads YAML, of which JSON is a part: as JSON every text stands in quotes, so that no title of a layer is taken
for a variable, a date or a structure. Addresses are on loopback; who offers them to others puts a proxy in front.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..common.bbox import BoundingBox
from ..common.errors import InputError
from .catalogue import record_json
from .protocol_table import LayerPlace
from .record import ServiceRecord

HOST = "127.0.0.1"
PORT = 8090
"""Of pygeoapi by default; the other servers follow it in the order of `SERVERS`."""
SERVERS = ("pygeoapi", "tipg", "qgis-server", "sensorthings")
RECORDS = "records"
BASE = {
    "building": ("Buildings 建筑", ("building", "建筑", "BIM")),
    "storey": ("Storeys 楼层", ("storey", "楼层", "building", "建筑")),
    "opening": ("Openings and sills 门窗洞口", ("opening", "door", "门窗", "building", "建筑")),
    "underground": ("Underground parts 地下部分", ("underground", "地下空间")),
    "bim_model": ("BIM models BIM模型", ("BIM", "model", "模型")),
}
"""The tables of a twin base that are published, with title and keywords.

Rooms, shells, outlines and placements by hand are left out.
"""
PROVIDER = "twin_records.TwinRecords"
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
_WORLD = BoundingBox(-180.0, -90.0, 180.0, 90.0)
_NAME = re.compile(r"[^a-z0-9_]+")
# Line ends to YAML, though not to JSON.
_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


@dataclass(frozen=True)
class PublishedTable:
    """A table that is published: its name in file and address, and what people read of it."""

    name: str
    title: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    box: BoundingBox | None = None


def address(server: str, port: int = PORT) -> str:
    """Where a server of `SERVERS` is found when the first one listens on `port`."""
    path = {"qgis-server": "/ows/", "sensorthings": "/sensorthings/v1.1"}.get(server, "")
    return f"http://{HOST}:{port + SERVERS.index(server)}{path}"


def table_name(text: str, taken: Iterable[str] = ()) -> str:
    """A name of Latin letters, figures and underscores that is not among `taken`; "layer" where nothing is left.

    It is put into SQL by pygeoapi without quotes and into addresses: other characters are left out.
    """
    name = _NAME.sub("_", text.lower()).strip("_")[:50] or "layer"
    if not name[0].isalpha():
        name = f"layer_{name}"
    used, number, unique = {*taken, RECORDS}, 2, name
    while unique in used:
        unique, number = f"{name}_{number}", number + 1
    return unique


def json_text(value: object) -> str:
    """JSON that YAML reads as the same."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return _LINE_ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def pygeoapi_configuration(
    title: str, tables: Sequence[PublishedTable], data: str, crs: Sequence[str], records: str, port: int = PORT
) -> str:
    """The configuration of pygeoapi: each table as OGC API Features, the catalogue as OGC API Records.

    Parameters
    ----------
    title : str
        Of the whole.
    tables : sequence of Table
        In the GeoPackage `data`, in WGS 84: in a CRS with northing first pygeoapi looks for boxes in the wrong place.
    data : str
        Path of the GeoPackage from the folder where pygeoapi is started.
    crs : sequence of str
        Codes such as "EPSG:4547" in which features may be asked for as well.
    records : str
        Path of the file of records, "" for none.
    port : int
    """
    offered = [
        _CRS84,
        *dict.fromkeys(f"{_EPSG}{code}" for code in map(_epsg, (*crs, "EPSG:4326", "EPSG:4490")) if code),
    ]
    resources: dict[str, Any] = {}
    for table in tables:
        provider = {"type": "feature", "name": "SQLiteGPKG", "data": data, "id_field": "fid", "table": table.name,
                    "crs": offered, "storage_crs": _CRS84}  # fmt: skip
        resources[table.name] = _resource(table, provider)
    if records:
        about = PublishedTable(
            RECORDS, f"{title}: catalogue of services 服务目录", "The data services that are known.", ("catalogue",)
        )
        provider = {"type": "record", "name": PROVIDER, "data": records, "id_field": "id", "title_field": "title"}
        resources[RECORDS] = _resource(about, provider)
    base = address("pygeoapi", port)
    return json_text({
        "server": {
            "bind": {"host": HOST, "port": port}, "url": base, "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8", "language": "en-US", "gzip": False, "pretty_print": False, "admin": False,
            "map": {"url": "", "attribution": ""}, "limits": {"default_items": 100, "max_items": 2000},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {"title": title, "description": f"{title}, published by City Twin", "keywords": ["twin"],
                               "keywords_type": "theme", "terms_of_service": "none", "url": base},
            "license": {"name": "none", "url": base}, "provider": {"name": title, "url": base},
            "contact": {"name": title},
        },
        "resources": resources,
    })  # fmt: skip


def _resource(table: PublishedTable, provider: Mapping[str, Any]) -> dict[str, Any]:
    box = table.box or _WORLD
    spatial = {"bbox": [box.west, box.south, box.east, box.north], "crs": _CRS84}
    return {
        "type": "collection", "title": table.title, "description": table.description or table.title,
        "keywords": list(table.keywords) or [table.name], "links": [], "extents": {"spatial": spatial},
        "providers": [provider],
    }  # fmt: skip


def _epsg(code: str) -> str:
    name, _, number = code.partition(":")
    return number if name.upper() == "EPSG" and number.isdigit() else ""


def tipg_environment(host: str, port: str, database: str, schema: str, title: str) -> str:
    """The environment file of tipg: which database and schema, and where the password is to come from.

    Raises
    ------
    InputError
        When a value cannot stand in such a file.
    """
    values = {
        "POSTGRES_HOST": host or HOST, "POSTGRES_PORT": port or "5432", "POSTGRES_DBNAME": database,
        "TIPG_NAME": title, "TIPG_DB_SCHEMAS": json.dumps([schema]), "TIPG_DB_EXCLUDE_FUNCTION_SCHEMAS": '["public"]',
        "TIPG_DB_FUNCTIONS": "[]",
    }  # fmt: skip
    lines = [
        "# Settings of tipg, which are not secret. POSTGRES_USER and POSTGRES_PASS are to be in the environment of the",
        "# process that starts it: a user of the database who may only read.",
    ]
    for name, value in values.items():
        if "'" in value or any(ord(letter) < 32 for letter in value):
            raise InputError(
                "{name} of tipg cannot hold a quote or a line end: rename '{value}'.", name=name, value=value
            )
        lines.append(f"{name}='{value}'")
    return "\n".join(lines) + "\n"


def record_lines(records: Iterable[ServiceRecord]) -> Iterator[str]:
    """Records as lines of JSON, each a feature of OGC API Records.

    What is only of use on this machine is left out: files, database connections, names of authentication
    configurations, what probes found and where a record was harvested.
    """
    for record in records:
        if record.protocol.definition.published_as and not record.gone:
            yield json.dumps(record_feature(record), ensure_ascii=True, allow_nan=False)


def record_feature(record: ServiceRecord) -> dict[str, Any]:
    """A record as a feature of OGC API Records Part 1."""
    concepts = [{"id": text} for text in (record.subdivision, *record.themes) if text]
    properties: dict[str, Any] = {"language": {"code": "zh"}}
    if concepts:
        properties["themes"] = [{"scheme": "urn:city-twin:taxonomy", "concepts": concepts}]
    if record.made:
        properties["made"] = True
    return record_json.feature(record, properties, [_link(record)])


def _link(record: ServiceRecord) -> dict[str, str]:
    href = record.url
    definition = record.protocol.definition
    if record.layer and definition.layer_place in (LayerPlace.COLLECTION, LayerPlace.NUMBER):
        href = href.rstrip("/") + definition.layer_place.value.format(layer=record.layer)
    # The name of a layer stands in the title, as catalogues have it.
    title = record.layer or record.title
    return {"rel": "item", "href": href, "protocol": definition.published_as, "title": title}


def readme(title: str, port: int, with_tipg: bool, with_records: bool) -> str:
    """How to start the servers, and what to mind."""
    features = "Features and Records" if with_records else "Features"
    parts = [
        f"{title}\n{'=' * len(title)}\n",
        "Written by City Twin for QGIS, algorithm twin:publishtwinbase. It holds no password. All servers listen on",
        "this machine only, and only read. To offer them to others, put a web server with TLS and access rules in",
        "front of them.\n",
        f"pygeoapi: OGC API {features}, {address('pygeoapi', port)}",
        "  features.gpkg is a copy of the base in WGS 84: publish again when the base has changed.",
        "    python3 -m venv venv && venv/bin/pip install pygeoapi waitress",
        "    apt-get install libsqlite3-mod-spatialite      (or what else brings mod_spatialite)",
        "    cd pygeoapi",
        "    export PYGEOAPI_CONFIG=pygeoapi.yml PYGEOAPI_OPENAPI=openapi.yml PYTHONPATH=.",
        "    ../venv/bin/pygeoapi openapi generate $PYGEOAPI_CONFIG --output-file $PYGEOAPI_OPENAPI",
        f"    ../venv/bin/waitress-serve --listen={HOST}:{port} pygeoapi.flask_app:APP\n",
        f"QGIS Server: WMS, WFS and OGC API Features, {address('qgis-server', port)}",
        "    qgis_mapserver -p qgis-server/twin.qgz "
        + f"{HOST}:{port + SERVERS.index('qgis-server')}      (to try it)",
        "  or qgis_mapserv.fcgi with QGIS_PROJECT_FILE set, under spawn-fcgi behind nginx or Apache.",
    ]
    if with_tipg:
        parts += [
            "  Its layers are in PostGIS: PGUSER and PGPASSWORD are to be in the environment of qgis_mapserver, and",
            "  FastCGI parameters behind a web server.\n",
            f"tipg: OGC API Features with CQL2 and vector tiles on PostGIS, {address('tipg', port)}",
            "    set -a; . tipg/tipg.env; set +a",
            "    export POSTGRES_USER=… POSTGRES_PASS=…      (a user who may only read)",
            f"    uvicorn tipg.main:app --host {HOST} --port {port + SERVERS.index('tipg')}",
        ]
    return "\n".join(parts) + "\n"

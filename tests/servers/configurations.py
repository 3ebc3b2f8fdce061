"""What each server is told to publish, over the tests' GeoPackage and records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.servers.dataset import COUNTS, EAST, NORTH, SOUTH, WEST, Dataset, Record

_BOX = [WEST, SOUTH, EAST, NORTH]


def pygeoapi(made: Dataset, folder: Path, port: int) -> Path:
    """Features of every table, and the records in a TinyDB; JSON, which is YAML as well."""
    catalogue = folder / "records.tinydb"
    documents = {str(k): _feature(record) for k, record in enumerate(made.records, 1)}
    catalogue.write_text(json.dumps({"_default": documents}, ensure_ascii=False), "utf-8")
    resources = {table: _table(made, table) for table in COUNTS}
    resources["records"] = _resource("Made catalogue 目录", {
        "type": "record", "name": "TinyDBCatalogue", "data": str(catalogue), "id_field": "externalId",
        "time_field": "updated", "title_field": "title",
    })  # fmt: skip
    return _paper(resources, folder, port)


def _paper(resources: dict, folder: Path, port: int) -> Path:
    """The configuration of a pygeoapi with these resources."""
    configuration = {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port}, "url": f"http://127.0.0.1:{port}",
            "mimetype": "application/json; charset=UTF-8", "encoding": "utf-8", "language": "en-US",
            "gzip": False, "pretty_print": False, "map": {"url": "", "attribution": ""},
            "limits": {"default_items": 10, "max_items": 1000},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {"title": "Made city 城", "description": "For tests", "keywords": ["made"],
                               "keywords_type": "theme", "terms_of_service": "none", "url": "http://127.0.0.1/"},
            "license": {"name": "none", "url": "http://127.0.0.1/"},
            "provider": {"name": "City Twin", "url": "http://127.0.0.1/"}, "contact": {"name": "Nobody"},
        },
        "resources": resources,
    }  # fmt: skip
    path = folder / "pygeoapi.yml"
    path.write_text(json.dumps(configuration, ensure_ascii=False, indent=1), "utf-8")
    return path


def edr(data: Path, folder: Path, port: int) -> Path:
    """A grid of NetCDF as the collection `rain` of OGC API EDR."""
    provider = {
        "type": "edr", "name": "xarray-edr", "data": str(data),
        "x_field": "lon", "y_field": "lat", "time_field": "time",
        "format": {"name": "netcdf", "mimetype": "application/x-netcdf"},
    }  # fmt: skip
    resource = _resource("Rain 雨", provider)
    return _paper({"rain": resource}, folder, port)


def _resource(title: str, provider: dict) -> dict:
    crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    extents = {"spatial": {"bbox": _BOX, "crs": crs84}}
    return {"type": "collection", "title": title, "description": f"{title}, made", "keywords": ["made"], "links": [],
            "extents": extents, "providers": [provider]}  # fmt: skip


def _table(made: Dataset, table: str) -> dict:
    # Not in EPSG:4547: pygeoapi 0.21 turns a box into northing and easting there and finds nothing.
    offered = [f"http://www.opengis.net/def/crs/EPSG/0/{code}" for code in (4326, 4490, 4547)]
    offered.append("http://www.opengis.net/def/crs/OGC/1.3/CRS84")
    provider = {"type": "feature", "name": "SQLiteGPKG", "data": str(made.degrees), "id_field": "fid", "table": table,
                "crs": offered}  # fmt: skip
    return _resource(f"{table} 演示", provider)


def _feature(record: Record) -> dict:
    west, south, east, north = record.box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "id": record.id, "type": "Feature", "conformsTo": ["http://www.opengis.net/spec/ogcapi-records-1/1.0/req/record-core"],
        "geometry": {"type": "Polygon", "coordinates": [ring]}, "time": None,
        "properties": {
            "externalId": record.id, "type": "service", "title": record.title, "description": record.abstract,
            "keywords": list(record.keywords), "updated": "2024-06-01T00:00:00Z",
            "_metadata-anytext": f"{record.title} {record.abstract} {' '.join(record.keywords)}",
        },
        "links": [{"rel": "item", "type": "OGC:WMS", "title": record.title, "href": record.href}],
    }  # fmt: skip


def csw(records: Sequence[Record]) -> list[str]:
    """csw:Record documents."""
    return [_csw_record(record) for record in records]


def _csw_record(record: Record) -> str:
    west, south, east, north = record.box
    subjects = "".join(f"<dc:subject>{escape(word)}</dc:subject>" for word in record.keywords)
    return (
        '<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dct="http://purl.org/dc/terms/" xmlns:ows="http://www.opengis.net/ows">'
        f"<dc:identifier>{escape(record.id)}</dc:identifier><dc:title>{escape(record.title)}</dc:title>"
        f"<dc:type>service</dc:type>{subjects}"
        f'<dct:references scheme="OGC:WMS">{escape(record.href)}</dct:references>'
        f"<dct:modified>2024-06-01</dct:modified><dct:abstract>{escape(record.abstract)}</dct:abstract>"
        f'<ows:BoundingBox crs="urn:x-ogc:def:crs:EPSG:6.11:4326"><ows:LowerCorner>{south} {west}</ows:LowerCorner>'
        f"<ows:UpperCorner>{north} {east}</ows:UpperCorner></ows:BoundingBox></csw:Record>"
    )


def mapfile(made: Dataset, folder: Path) -> Path:
    """A mapfile with WMS and WFS for every table."""
    layers = "\n".join(_map_layer(made, table, kind) for table, kind in
                       (("plots", "POLYGON"), ("pipes", "LINE"), ("wells", "POINT")))  # fmt: skip
    path = folder / "city.map"
    path.write_text(
        f"""MAP
  NAME "city"
  EXTENT {WEST} {SOUTH} {EAST} {NORTH}
  SIZE 400 400
  MAXSIZE 4096
  UNITS DD
  PROJECTION "init=epsg:4326" END
  SYMBOL NAME "dot" TYPE ELLIPSE POINTS 1 1 END FILLED TRUE END
  OUTPUTFORMAT
    NAME "geojson" DRIVER "OGR/GEOJSON" MIMETYPE "application/json; subtype=geojson"
    FORMATOPTION "STORAGE=stream" FORMATOPTION "FORM=SIMPLE"
  END
  WEB METADATA
    "ows_title" "Made city 城" "ows_encoding" "UTF-8" "ows_enable_request" "*"
    "ows_srs" "EPSG:4326 EPSG:4490 EPSG:4547 EPSG:3857" "wfs_maxfeatures" "20000"
  END END
{layers}
END
""",
        "utf-8",
    )
    return path


def _map_layer(made: Dataset, table: str, kind: str) -> str:
    symbol = 'SYMBOL "dot" SIZE 4' if kind == "POINT" else "WIDTH 1"
    return f'''  LAYER
    NAME "{table}"
    TYPE {kind}
    STATUS ON
    CONNECTIONTYPE OGR
    CONNECTION "{made.path}"
    DATA "{table}"
    TEMPLATE "none"
    PROJECTION "init=epsg:{4547 if table == "plots" else 4326}" END
    METADATA "ows_title" "{table} 演示" "gml_include_items" "all" "gml_featureid" "code" "ows_include_items" "all"
      "wfs_getfeature_formatlist" "geojson" END
    CLASS NAME "{table}" STYLE COLOR 30 110 180 {symbol} END END
  END'''

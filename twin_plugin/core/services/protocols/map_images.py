"""Image services, XYZ, 3D Tiles and OGC API Tiles among them: they can be probed and described, not queried."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from ...common.errors import InputError
from ...common.messages import Message
from ...common.progress import Progress, silent
from ...web.address import Address
from ...web.decode import rows_of
from ...web.fetch import Fetch, Request, Trouble, WebError
from ..adapter import Description, Features, Query, State
from ..record import Health, ServiceRecord
from . import service_metadata
from .json_client import Client, answered, bad, probed, state_of, template_of
from .ogc_features import collection_url

_PLACE = re.compile(r"\{([^}]*)\}")


class ImageAdapter:
    """Base of the adapters of image services (WMS, WMTS, WCS and tiles), which have no features to query."""

    def count(self, record: ServiceRecord, query: Query, fetch: Fetch) -> int | None:
        """Nothing to count."""
        return None

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """Raises InputError: there are no features."""
        raise InputError(
            "'{title}' shows pictures only: it has no features to ask for. Add it to the map.", title=record.title
        )

    def _described(self, record: ServiceRecord) -> Description:
        return Description(
            title=record.title,
            abstract=record.description,
            geometry="",
            crs=record.crs,
            box=record.box,
            time_start=record.time_start,
            time_end=record.time_end,
            queryable=False,
        )


class Xyz(ImageAdapter):
    """The adapter of `ServiceProtocol.XYZ`: `url` is a template with {z}, {x} and {y} or {-y}, or {q}."""

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """One tile in the middle of the record's box is asked for."""
        try:
            url = replace(record, url=tile_url(record)).address()
            kinds = ("image", "octet-stream", "mvt", "protobuf")
            reply = fetch(Request(url=url, kinds=kinds, auth=record.auth, given=record.given))
            if not reply.body:
                raise bad(url, "is empty")
        except WebError as error:
            if error.trouble is Trouble.NOT_FOUND and record.box is None:
                # Nothing may be there; the server is.
                return State(
                    Health.ALIVE, None, Message("No tile was found at the corner asked for: the record has no extent.")
                )
            return state_of(error)
        return answered(reply)

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """What the record says; a template says nothing."""
        return self._described(record)


class Tiles3d(ImageAdapter):
    """The adapter of `ServiceProtocol.TILES_3D`: `url` is a tileset.json."""

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """The tileset is asked for."""
        return probed(record, fetch, record.url, {"root": dict, "asset": dict})

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """What the record says, with the box of the tileset's region where it has one."""
        document = Client.of(record, fetch).json(record.url)
        volume = service_metadata.mapping(service_metadata.mapping(document.get("root")).get("boundingVolume"))
        region = volume.get("region")
        box = None
        if isinstance(region, list) and len(region) == 6:
            corners = [service_metadata.number(value) for value in region[:4]]
            if all(value is not None for value in corners):
                box = service_metadata.box_of([math.degrees(value) for value in corners if value is not None])
        described = self._described(record)
        version = service_metadata.text(service_metadata.mapping(document.get("asset")).get("version"), 50)
        crs = described.crs or ("EPSG:4978",)
        return replace(described, crs=crs, box=box or described.box, extra={"version": version})


class OgcTiles(ImageAdapter):
    """The adapter of `ServiceProtocol.OGC_TILES`: `url` is the landing page, `layer` the collection."""

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """The collection's list of tile sets is asked for."""
        return probed(record, fetch, collection_url(record).with_path("tiles"))

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """What the collection says; `extra` has the template of its first vector or picture tiles."""
        client = Client.of(record, fetch)
        document = client.json(collection_url(record))
        described = service_metadata.described(document, record.title)
        return replace(described, queryable=False, extra=tile_template(client, record))


def tile_template(client: Client, record: ServiceRecord) -> dict[str, str]:
    """Address and media type of a collection's tiles in Web Mercator as an XYZ template; empty where it has none."""
    base = collection_url(record).with_path("tiles")
    listed = client.json(base)
    for row in rows_of(listed, "tilesets"):
        # tipg names the set only in the title and the links.
        stated = " ".join(
            str(row.get(name, "")) for name in ("tileMatrixSetURI", "tileMatrixSet", "tileMatrixSetId", "title")
        )
        if "WebMercatorQuad" not in stated:
            continue
        found = _template(row, base)
        if not found:
            own = service_metadata.link_to(row, base, "self", "tileset")
            found = _template(client.json(own), own) if own else {}
        if found:
            return found
    return _template(listed, base)


def _template(document: dict[str, object], base: Address) -> dict[str, str]:
    """The first templated link `item` of a tile set, with XYZ's names for its variables."""
    for row in rows_of(document, "links"):
        href, kind = row.get("href"), service_metadata.text(row.get("type"), 100)
        if row.get("rel") not in ("item", "tile") or not isinstance(href, str) or "{" not in href:
            continue
        for theirs, ours in (("tileMatrixSetId", "WebMercatorQuad"), ("tileMatrix", "{z}"), ("tileRow", "{y}")):
            href = href.replace("{" + theirs + "}", ours)
        href = href.replace("{tileCol}", "{x}")
        if set(_PLACE.findall(href)) == {"z", "x", "y"} and (full := template_of(base, href)):
            return {"template": full, "type": kind}
    return {}


def tile_url(record: ServiceRecord) -> str:
    """The address of one tile of a template: in the middle of the record's box, at a zoom that shows it whole."""
    zoom, lon, lat = 0, 0.0, 0.0
    if record.box is not None:
        box = record.box
        lon, lat = (box.west + box.east) / 2, max(min((box.south + box.north) / 2, 85.0), -85.0)
        span = max(abs(box.east - box.west), abs(box.north - box.south), 1e-3)
        zoom = max(0, min(int(math.log2(360.0 / span)), 16))
    number = 2**zoom
    x = min(int((lon + 180.0) / 360.0 * number), number - 1)
    y = min(int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * number), number - 1)
    key = "".join(str(((x >> bit) & 1) + 2 * ((y >> bit) & 1)) for bit in range(zoom - 1, -1, -1))
    values = {"z": zoom, "x": x, "y": y, "-y": number - 1 - y, "q": key, "s": "a", "a-c": "a", "switch:a,b,c": "a"}
    return _PLACE.sub(lambda found: str(values.get(found[1], found[1].partition(":")[2].partition(",")[0])), record.url)

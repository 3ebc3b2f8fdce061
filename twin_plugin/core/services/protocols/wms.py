"""WMS 1.1.1 and 1.3.0: layers found in the capabilities, tried with a small map, described with their legend."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ...common.bbox import BoundingBox
from ...common.box_in_degrees import box_in_degrees
from ...common.crs_registry import CRS84, CrsRegistry, swapped_in_wms
from ...common.progress import Progress, advance, silent
from ...web.decode import Element
from ...web.fetch import Fetch, Reply
from ..adapter import Description, State
from ..protocol_table import ServiceProtocol
from ..record import ServiceRecord, record_id
from . import ows, service_metadata, times
from .json_client import tried
from .map_images import ImageAdapter
from .ows import Service

VERSIONS = ("1.3.0", "1.1.1")
_ROOTS = ("WMS_Capabilities", "WMT_MS_Capabilities")
_PIXELS = 16
_PREFERRED = ("EPSG:4326", "OGC:CRS84", "EPSG:3857")


@dataclass(frozen=True)
class _Layer:
    """A layer of the capabilities, with what it has from the groups above it."""

    element: Element
    crs: tuple[str, ...] = ()
    box: BoundingBox | None = None
    time: str = ""
    groups: tuple[str, ...] = ()
    keywords: tuple[str, ...] = field(default_factory=tuple)

    @property
    def name(self) -> str:
        return ows.text(self.element, "Name")


def harvest(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """A record for each layer that has a name."""
    service = Service.at(url, auth, fetch)
    found = service.capabilities("WMS", VERSIONS, _ROOTS)
    version = found.get("version") or VERSIONS[0]
    for number, layer in enumerate(_layers(found, version)):
        if number % 500 == 0:
            advance(progress, math.nan, "{number:,} layers", number=number)
        if layer.name:
            yield _record(layer, service, version, url)


def _record(layer: _Layer, service: Service, version: str, source: str) -> ServiceRecord:
    start, end = span_of(layer.time)
    links = [*ows.legend(layer.element, service.base)]
    for address_of in ows.children(layer.element, "MetadataURL"):
        links += ows.link_of(address_of, service.base, "describedby", ows.text(address_of, "Format"))
    return ServiceRecord(
        id=record_id(ServiceProtocol.WMS, service.base, layer.name),
        title=ows.title(layer.element, layer.name),
        protocol=ServiceProtocol.WMS,
        url=service.base,
        layer=layer.name,
        description=ows.text(layer.element, "Abstract"),
        keywords=layer.keywords,
        themes=layer.groups,
        crs=layer.crs,
        box=layer.box,
        time_start=start,
        time_end=end,
        links=tuple(links[: service_metadata.LINKS_LIMIT]),
        source=source,
    )


def _layers(capabilities: Element, version: str) -> Iterator[_Layer]:
    """All layers, groups before what is in them; names of CRSs, boxes and times are inherited."""
    top = ows.children(capabilities, "Capability", "Layer")
    waiting = [_Layer(element) for element in reversed(top)]
    while waiting:
        above = waiting.pop()
        layer = _completed(above, version)
        yield layer
        name = ows.title(layer.element, layer.name)
        groups = (*layer.groups, name) if name else layer.groups
        inside = [replace(layer, element=element, groups=groups) for element in ows.children(layer.element, "Layer")]
        waiting.extend(reversed(inside))


def _completed(layer: _Layer, version: str) -> _Layer:
    own = [
        *(part.text or "" for part in ows.children(layer.element, "CRS")),
        *(part.text or "" for part in ows.children(layer.element, "SRS")),
    ]
    crs = tuple(dict.fromkeys((*ows.crs_names(own), *layer.crs)))[: ows.CRS_LIMIT] if own else layer.crs
    words = ows.texts(layer.element, "KeywordList", "Keyword")
    keywords = tuple(dict.fromkeys((*words, *layer.keywords)))[: ows.WORDS_LIMIT] if words else layer.keywords
    return replace(
        layer,
        crs=crs,
        box=_box(layer.element, crs, version, layer.box),
        time=_time(layer.element) or layer.time,
        keywords=keywords,
    )


def _box(layer: Element, crs: tuple[str, ...], version: str, inherited: BoundingBox | None) -> BoundingBox | None:
    """The box in degrees, in metres too where servers write these there; else by those in other CRSs."""
    what = ows.title(layer, ows.text(layer, "Name"))
    box = ows.child(layer, "EX_GeographicBoundingBox")
    names = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
    written = ows.floats([ows.text(box, name) for name in names]) or ows.sides(ows.child(layer, "LatLonBoundingBox"))
    if written and (found := box_in_degrees(written, (CRS84, *crs), what)) is not None:
        return found
    inner = [(part.get("CRS") or part.get("SRS") or "", part) for part in ows.children(layer, "BoundingBox")]
    parts = ((sides, name, swapped_in_wms(name, version)) for name, part in inner if (sides := ows.sides(part)))
    return ows.box_by_parts(parts, crs, what, inherited)


def _time(layer: Element) -> str:
    for name in ("Dimension", "Extent"):
        for part in ows.children(layer, name):
            if (part.get("name") or "").lower() == "time" and (part.text or "").strip():
                return (part.text or "").strip()
    return ""


def span_of(text: str) -> tuple[str, str]:
    """First and last instant of a time dimension: instants and start/end/step, with commas between."""
    items = text.split(",", 100_000)
    return times.reach(times.instant(part) for item in items for part in item.strip().split("/")[:2])


class Wms(ImageAdapter):
    """The adapter of `ServiceProtocol.WMS`."""

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """A map of 16 by 16 pixels of the layer; the capabilities where the record has no extent."""

        def ask() -> Reply:
            service = Service.of(record, fetch)
            if record.box is not None:
                return _small_map(service, record, record.box)
            parameters = {"SERVICE": "WMS", "REQUEST": "GetCapabilities"}
            reply = service.get(parameters, ows.XML_KINDS)
            ows.xml_of(reply, service.url(parameters))
            return reply

        return tried(ask)

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """What the capabilities say of the layer; `extra` has version, formats and styles."""
        service = Service.of(record, fetch)
        found = service.capabilities("WMS", VERSIONS, _ROOTS)
        version = found.get("version") or VERSIONS[0]
        layer = next((item for item in _layers(found, version) if item.name == record.layer), None)
        if layer is None:
            raise ows.gone(service.base, record.layer)
        start, end = span_of(layer.time)
        legend = next((link.href for link in ows.legend(layer.element, service.base)), "")
        formats = ows.texts(found, "Capability", "Request", "GetMap", "Format")
        styles = [ows.text(style, "Name") for style in ows.children(layer.element, "Style")]
        request = ows.child(found, "Capability", "Request")
        asks = request is not None and ows.child(request, "GetLegendGraphic") is not None
        if not legend and asks:
            legend = service.url(
                {"SERVICE": "WMS", "VERSION": version, "REQUEST": "GetLegendGraphic", "LAYER": layer.name,
                 "FORMAT": "image/png"}
            )  # fmt: skip
        return Description(
            title=ows.title(layer.element, layer.name),
            abstract=ows.text(layer.element, "Abstract"),
            geometry="",
            crs=layer.crs,
            box=layer.box,
            time_start=start,
            time_end=end,
            queryable=False,
            legend=legend,
            extra={
                "version": version,
                "formats": " ".join(formats),
                "format": "image/png" if "image/png" in formats else next(iter(formats), "image/png"),
                "styles": ",".join(name for name in styles if name),
                "time": layer.time[:1000],
            },
        )


def _small_map(service: Service, record: ServiceRecord, box: BoundingBox) -> Reply:
    """A map of the layer, asked in 1.3.0 and, where that is refused, in 1.1.1."""
    crs = next((name for name in _PREFERRED if name in record.crs), next(iter(record.crs), "EPSG:4326"))
    west = box.west if box.west <= box.east else -180.0
    bounds = CrsRegistry().bounds(_widened(BoundingBox(west, box.south, box.east, box.north)), crs)

    def ask(version: str) -> Reply:
        low = bounds[1::-1] if swapped_in_wms(crs, version) else bounds[:2]
        high = bounds[3:1:-1] if swapped_in_wms(crs, version) else bounds[2:]
        key = "CRS" if version == "1.3.0" else "SRS"
        name = {"OGC:CRS84": "CRS:84"}.get(crs, crs)
        parameters = {
            "SERVICE": "WMS", "VERSION": version, "REQUEST": "GetMap", "LAYERS": record.layer, "STYLES": "",
            key: name, "BBOX": ",".join(f"{value:.10g}" for value in (*low, *high)), "WIDTH": _PIXELS,
            "HEIGHT": _PIXELS, "FORMAT": "image/png",
        }  # fmt: skip
        return ows.picture(service.get(parameters), service.url(parameters))

    return ows.first_answered(VERSIONS, ask)


def _widened(box: BoundingBox) -> BoundingBox:
    """The box, or one of 0.001 degrees around a box that is a point or a line."""
    least = 1e-3
    x = max(0.0, least - (box.east - box.west)) / 2
    y = max(0.0, least - (box.north - box.south)) / 2
    return BoundingBox(box.west - x, max(-89.99, box.south - y), box.east + x, min(89.99, box.north + y))

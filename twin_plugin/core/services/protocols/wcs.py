"""WCS 1.0.0 to 2.0.1: coverages found and described; loading one is left to QGIS's own provider."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ...common.bbox import BoundingBox
from ...common.box_in_degrees import box_in_degrees
from ...common.crs_registry import CRS84, canonical, swapped
from ...common.errors import InputError
from ...common.progress import Progress, advance, silent
from ...web.decode import Element
from ...web.fetch import Fetch, Reply
from ..adapter import Description, Features, Field, Query, State
from ..protocol_table import ServiceProtocol
from ..record import ServiceRecord, record_id
from . import ows, times
from .gml import local
from .json_client import tried
from .map_images import ImageAdapter
from .ows import Service

LAYER_KEYS = {"2.0.1": "COVERAGEID", "1.1.1": "IDENTIFIERS", "1.0.0": "COVERAGE"}
"""The parameter of DescribeCoverage that names the coverage, by version, the best first."""
VERSIONS = tuple(LAYER_KEYS)
_ROOTS = ("Capabilities", "WCS_Capabilities")
_BANDS_LIMIT = 500


def harvest(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """A record for each coverage."""
    service = Service.at(url, auth, fetch)
    found = service.capabilities("WCS", VERSIONS, _ROOTS)
    for number, coverage in enumerate(_coverages(found)):
        if number % 500 == 0:
            advance(progress, math.nan, "{number:,} coverages", number=number)
        name = _name(coverage)
        if name:
            yield ServiceRecord(
                id=record_id(ServiceProtocol.WCS, service.base, name),
                title=documents_title(coverage, name),
                protocol=ServiceProtocol.WCS,
                url=service.base,
                layer=name,
                description=ows.text(coverage, "Abstract") or ows.text(coverage, "description"),
                keywords=ows.texts(coverage, "Keywords", "Keyword") or ows.texts(coverage, "keywords", "keyword"),
                crs=_crs(coverage),
                box=_box(coverage),
                source=url,
            )


def documents_title(coverage: Element, name: str) -> str:
    """The coverage's title, which 1.0.0 calls its label."""
    return ows.title(coverage, ows.text(coverage, "label"), name)


def _coverages(capabilities: Element) -> list[Element]:
    return ows.children(capabilities, "Contents", "CoverageSummary") or ows.children(
        capabilities, "ContentMetadata", "CoverageOfferingBrief"
    )


def _name(coverage: Element) -> str:
    return next(filter(None, (ows.text(coverage, key) for key in ("CoverageId", "Identifier", "name"))), "")


def _crs(coverage: Element) -> tuple[str, ...]:
    return ows.crs_names([part.text or "" for part in ows.children(coverage, "SupportedCRS")])


def _box(coverage: Element) -> BoundingBox | None:
    older = ows.children(coverage, "lonLatEnvelope", "pos")
    if len(older) == 2:
        found = ows.floats([value for part in older for value in (part.text or "").split()[:2]])
        return box_in_degrees(found, (CRS84, *_crs(coverage)), _name(coverage))
    domains = [*ows.children(coverage, "Domain", "SpatialDomain"), coverage]  # Where a description of 1.1 has it.
    return ows.whole_box(domains[0], _crs(coverage), _name(coverage))


class Wcs(ImageAdapter):
    """The adapter of `ServiceProtocol.WCS`."""

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """The coverage's own description."""
        return tried(lambda: _first_description(record, fetch)[0])

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """What the coverage's description says; `fields` are its bands, `extra` has the version and the grid."""
        return _first_description(record, fetch)[1]

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """Raises InputError: a coverage is a grid and has no features."""
        raise InputError("'{title}' is a grid and has no features to ask for. Add it to the map.", title=record.title)


def _first_description(record: ServiceRecord, fetch: Fetch) -> tuple[Reply, Description]:
    """The coverage in the first version in which the service describes it; else the error of the first try."""
    service = Service.of(record, fetch)

    def ask(way: tuple[str, str]) -> tuple[Reply, Description]:
        version, key = way
        asked = {"SERVICE": "WCS", "VERSION": version, "REQUEST": "DescribeCoverage", key: record.layer}
        reply = service.get(asked, ows.XML_KINDS, ows.CAPABILITIES_LIMIT)
        return reply, _described(ows.xml_of(reply, service.url(asked)), record, version)

    return ows.first_answered(LAYER_KEYS.items(), ask)


def _described(root: Element, record: ServiceRecord, version: str = "") -> Description:
    # The reply to version 1.0 is itself called CoverageDescription, around its CoverageOffering.
    names = ("CoverageOffering", "CoverageDescription")
    coverage = next((part for name in names for part in root.iter() if local(part) == name), None)
    if coverage is None:
        raise ows.gone(record.url, record.layer)
    envelope = next((part for part in coverage.iter() if local(part).startswith("Envelope")), None)
    crs = envelope.get("srsName", "") if envelope is not None else ""
    box = record.box
    start = end = ""
    if envelope is not None:
        low, high = ows.text(envelope, "lowerCorner"), ows.text(envelope, "upperCorner")
        found = ows.floats([*low.split()[:2], *high.split()[:2]])
        if found and canonical(crs):
            box = box_in_degrees(found, (crs,), record.title, y_first=swapped(crs)) or box
        moments = [times.instant(value.strip('"')) for value in (*low.split()[2:], *high.split()[2:])]
        start, end = times.reach(moments)
    size = next((part for part in coverage.iter() if local(part) == "GridEnvelope"), None)
    extra = {"version": version, "native_crs": canonical(crs)}
    if size is not None:
        extra["grid"] = f"{ows.text(size, 'low')} to {ows.text(size, 'high')}"
    own = [part.text or "" for part in coverage.iter() if local(part) in ("SupportedCRS", "requestResponseCRSs")]
    return Description(
        title=documents_title(coverage, record.title),
        abstract=ows.text(coverage, "Abstract") or ows.text(coverage, "description") or record.description,
        fields=_bands(coverage),
        geometry="",
        crs=ows.crs_names([crs, *own]) or record.crs,
        box=box or _box(coverage),
        time_start=start or record.time_start,
        time_end=end or record.time_end,
        queryable=False,
        extra=extra,
    )


def _bands(coverage: Element) -> tuple[Field, ...]:
    found = []
    for part in coverage.iter():
        if local(part) == "field" and part.get("name"):
            unit = next((item.get("code", "") for item in part.iter() if local(item) == "uom"), "")
            found.append(Field(part.get("name", ""), "real", unit=unit))
    return tuple(found[:_BANDS_LIMIT])

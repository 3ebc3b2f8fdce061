"""WFS 1.0.0 to 2.0.0: feature types found, tried, described, counted, and their features asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from ...common.crs_registry import canonical
from ...common.messages import Message
from ...common.progress import Progress, advance, silent
from ...web.fetch import Fetch, Reply, WebError
from ..adapter import Description, Features, Query, State
from ..protocol_table import ServiceProtocol
from ..record import ServiceRecord, record_id
from . import ows, wfs_schema
from .gml import local
from .json_client import tried
from .ows import Service
from .wfs_query import WfsRequest
from .wfs_reply import hits

_COLLECTIONS = ("FeatureCollection", "SimpleFeatureCollection")


def harvest(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """A record for each feature type."""
    service = Service.at(url, auth, fetch)
    found = service.capabilities("WFS", wfs_schema.VERSIONS, wfs_schema.ROOTS)
    for number, kind in enumerate(wfs_schema.feature_types(found)):
        if number % 500 == 0:
            advance(progress, math.nan, "{number:,} feature types", number=number)
        yield ServiceRecord(
            id=record_id(ServiceProtocol.WFS, service.base, kind.name),
            title=kind.title,
            protocol=ServiceProtocol.WFS,
            url=service.base,
            layer=kind.name,
            description=kind.abstract,
            keywords=kind.keywords,
            crs=kind.crs_names,
            box=kind.box,
            source=url,
        )


class Wfs:
    """The adapter of `ServiceProtocol.WFS`."""

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """One feature of the layer is asked for."""

        def ask(way: tuple[str, str, str]) -> Reply:
            service = Service.of(record, fetch)
            version, type_key, count_key = way
            asked = {"SERVICE": "WFS", "VERSION": version, "REQUEST": "GetFeature", type_key: record.layer,
                     count_key: 1}  # fmt: skip
            reply = service.get(asked, ows.XML_KINDS)
            if local(ows.xml_of(reply, service.url(asked))) not in _COLLECTIONS:
                raise ows.refused(service.base, Message("it sent no collection of features"))
            return reply

        ways = (("1.1.0", "TYPENAME", "MAXFEATURES"), ("2.0.0", "TYPENAMES", "COUNT"))
        return tried(lambda: ows.first_answered(ways, ask))

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """What capabilities and schema say, and how many features there are; `extra` has version and formats."""
        ask = WfsRequest.prepared(record, Query(), fetch)
        offer, kind, schema = ask.offer, ask.kind, ask.schema
        return Description(
            title=kind.title,
            abstract=kind.abstract,
            fields=schema.fields,
            geometry=schema.geometry,
            crs=kind.crs_names,
            box=kind.box or record.box,
            time_start=record.time_start,
            time_end=record.time_end,
            count=_counted(ask),
            extra={
                "version": offer.version,
                "formats": " ".join((*kind.formats, *offer.formats)),
                "geometry_name": schema.geometry_name,
                "native_crs": canonical(kind.crs[0]) if kind.crs else "",
                "typename": kind.name,
            },
        )

    def count(self, record: ServiceRecord, query: Query, fetch: Fetch) -> int | None:
        """What the service counts; None where a part of the query is left to do here."""
        ask = WfsRequest.prepared(record, query, fetch)
        if ask.client_side.condition is not None:
            return None
        found = _counted(ask)
        if found == 0 and ask.should_hold_something() and _counted(replace(ask, box_turned=True)):
            # The order of axes is in doubt: only the features themselves can tell.
            return None
        return found if found is None or query.limit <= 0 else min(found, query.limit)

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """The features asked for, in degrees."""
        return WfsRequest.prepared(record, query, fetch, progress).features()


def _counted(ask: WfsRequest) -> int | None:
    """The number of resultType=hits; None where the service does not count."""
    parameters = {**ask.parameters(), "RESULTTYPE": "hits"}
    try:
        return hits(ask.service.xml(parameters), ask.service.url(parameters))
    except WebError as error:
        if error.trouble not in ows.REFUSALS:
            raise
        return None

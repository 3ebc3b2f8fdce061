"""From a link of a catalogue's record to the service behind it: protocol, address and layer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ...common.remarks import remark
from ...web import address
from ...web.address import Address
from ...web.fetch import WebError
from ..protocol_table import LayerPlace, ServiceProtocol
from ..record import Link, ServiceRecord, record_id
from . import ows, service_metadata
from .json_client import own_parameters, plain


@dataclass(frozen=True)
class LinkTarget:
    """A service that a link leads to."""

    protocol: ServiceProtocol
    url: str
    layer: str = ""


_UNREAD = re.compile(
    r"(?<![A-Za-z])(SOS|WPS|SPS|WCPS|OpenLS|OPeNDAP|ImageServer|SceneServer|VectorTileServer|GPServer|GeocodeServer)"
    r"(?![A-Za-z])",
    re.IGNORECASE,
)
"""Services that catalogues name and that are not read."""

_ARCGIS_LAYER = re.compile(r"^(.*/(?:feature|map)server)(?:/(\d+)(?:/query)?)?/?$", re.IGNORECASE)
_COLLECTION = re.compile(r"^(.*)/collections/([^/?]+)")


def target_of(link: Link, base: str = "") -> LinkTarget | None:
    """The service that a link leads to; None where it is none, or holds what is no address of http or https.

    Parameters
    ----------
    link : Link
        Its protocol is looked at first, then its media type, then its address. A title or name is the layer of OGC web
        services where the address names none.
    base : str
        The address that a relative link counts from.
    """
    href, _ = address.stripped(link.href)
    template = "{" in href
    try:
        if template:
            Address(href.replace("{", "").replace("}", ""))
        else:
            href = Address(base).joined(plain(href)) if base else Address(plain(href))
    except WebError:
        return None
    protocol = _by_name(link.protocol) or _by_name(link.type) or _by_address(href)
    if protocol is None or (template and not protocol.definition.template):
        return None
    return _placed(protocol, href, link)


def targets_of(links: Iterable[Link], base: str = "") -> list[LinkTarget]:
    """The services of all links, each once."""
    found = [(link, target_of(link, base)) for link in links]
    for link, target in found:
        if target is None and (named := _UNREAD.search(link.protocol)):
            remark("Links to services of the kind {kind} were left out: they are not read.", kind=named[1])
    return list(dict.fromkeys(target for _, target in found if target is not None))


def records_of(
    links: Collection[Link], base: str, source: str, names: tuple[str, str], **known: Any
) -> Iterator[ServiceRecord]:
    """A record for each of the services that the links of a catalogue's record lead to.

    Parameters
    ----------
    links : collection of Link
    base : str
        The address that relative links count from.
    source : str
        What was harvested.
    names : tuple of str
        Title and id in the catalogue.
    known
        Further attributes, as the catalogue has them.
    """
    targets = targets_of(links, base)
    for target in targets:
        title = service_metadata.title(names[0], target.layer, names[1], target.url)
        yield ServiceRecord(
            id=record_id(target.protocol, target.url, target.layer),
            title=f"{title} ({target.protocol.value})" if len(targets) > 1 else title,
            protocol=target.protocol,
            url=target.url,
            layer=target.layer,
            links=service_metadata.without_secrets(links),
            source=source,
            **known,
        )


def each_once(by_record: Iterable[Iterable[ServiceRecord]]) -> Iterator[ServiceRecord]:
    """The services of the records of a catalogue, each once; a remark counts the records that lead to none."""
    seen: set[str] = set()
    total = without = 0
    for services in by_record:
        found = list(services)
        total, without = total + 1, without + (not found)
        for record in found:
            if record.id not in seen:
                seen.add(record.id)
                yield record
    if without:
        remark("{without:,} of {total:,} records lead to no service that is read.", without=without, total=total)


def _by_name(name: str) -> ServiceProtocol | None:
    name = re.sub(r"[^a-z0-9]", "", name.lower())
    if "esri" in name or "arcgis" in name:
        # The address says whether it has features.
        return None
    return next((one for one in ServiceProtocol if any(part in name for part in one.definition.link_names)), None)


def _by_address(href: str) -> ServiceProtocol | None:
    return next((protocol for protocol in ServiceProtocol if protocol.definition.has_link(href)), None)


def _placed(protocol: ServiceProtocol, href: str, link: Link) -> LinkTarget:
    """Address and layer apart, as the protocol keeps them."""
    own, bare = (own_parameters(href), address.path(href)) if isinstance(href, Address) else (None, href)
    pairs = {name.lower(): value for name, value in address.query_pairs(href)} if isinstance(href, Address) else {}
    definition = protocol.definition
    if definition.layer_place is LayerPlace.COLLECTION:
        found = _COLLECTION.match(bare)
        layer = address.unquoted(found[2]) if found else ""
        return LinkTarget(protocol, _at(own, found[1] if found else bare), layer)
    if definition.layer_place is LayerPlace.NUMBER:
        found = _ARCGIS_LAYER.match(bare)
        return LinkTarget(protocol, _at(own, found[1] if found else bare), found[2] or "" if found else "")
    if definition.link_end:
        return LinkTarget(protocol, _at(own, re.sub(definition.link_end, "", bare, flags=re.IGNORECASE)))
    if definition.layer_place is LayerPlace.PARAMETER and isinstance(href, Address):
        layer = next(
            (pairs[key] for key in ("layers", "layer", "typename", "typenames", "coverageid") if key in pairs), ""
        )
        return LinkTarget(protocol, ows.root(href), layer or _layer_name(link))
    return LinkTarget(protocol, href)


def _at(own: Address | None, path: str) -> str:
    """The address of a service at a path, with the parameters that it wants with every request; a template as it is."""
    return path if own is None else own.at_path(path)


def _layer_name(link: Link) -> str:
    """GeoNetwork and pycsw write the name of the layer as the link's title; a sentence is none."""
    return link.title if link.title and " " not in link.title and len(link.title) < 200 else ""

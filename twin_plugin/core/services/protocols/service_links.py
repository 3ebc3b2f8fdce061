"""From a link of a catalogue's record to the service behind it: protocol, address and layer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...web import address
from ...web.fetch import WebError
from ..record import Link, ServiceProtocol
from .json_client import plain


@dataclass(frozen=True)
class LinkTarget:
    """A service that a link leads to."""

    protocol: ServiceProtocol
    url: str
    layer: str = ""


# A kind of service by what catalogues write into a link's protocol or media type: letters and digits, first match.
_NAMES: tuple[tuple[str, ServiceProtocol], ...] = (
    ("ogcwmts", ServiceProtocol.WMTS),
    ("vndogcwmts", ServiceProtocol.WMTS),
    ("ogcwms", ServiceProtocol.WMS),
    ("vndogcwms", ServiceProtocol.WMS),
    ("ogcwfs", ServiceProtocol.WFS),
    ("vndogcwfs", ServiceProtocol.WFS),
    ("ogcwcs", ServiceProtocol.WCS),
    ("vndogcwcs", ServiceProtocol.WCS),
    ("ogccsw", ServiceProtocol.CSW),
    ("ogcapifeatures", ServiceProtocol.OGC_FEATURES),
    ("oapif", ServiceProtocol.OGC_FEATURES),
    ("ogcapirecords", ServiceProtocol.OGC_RECORDS),
    ("ogcapiedr", ServiceProtocol.OGC_EDR),
    ("ogcapitiles", ServiceProtocol.OGC_TILES),
    ("sensorthings", ServiceProtocol.SENSORTHINGS),
    ("ogcsta", ServiceProtocol.SENSORTHINGS),
    ("stac", ServiceProtocol.STAC),
    ("3dtiles", ServiceProtocol.TILES_3D),
    ("xyz", ServiceProtocol.XYZ),
    ("tms", ServiceProtocol.XYZ),
)

# A kind of service by its address. First match counts.
_ADDRESSES: tuple[tuple[re.Pattern[str], ServiceProtocol], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), protocol)
    for pattern, protocol in (
        (r"[?&]service=wmts\b|/wmtscapabilities\.xml", ServiceProtocol.WMTS),
        (r"[?&]service=wms\b", ServiceProtocol.WMS),
        (r"[?&]service=wfs\b", ServiceProtocol.WFS),
        (r"[?&]service=wcs\b", ServiceProtocol.WCS),
        (r"[?&]service=csw\b", ServiceProtocol.CSW),
        (r"/featureserver(/\d+)?/?(\?|$)", ServiceProtocol.ARCGIS_FEATURES),
        (r"/mapserver(/\d+)?/?(\?|$)", ServiceProtocol.ARCGIS_MAP),
        (r"/(things|datastreams|observedproperties)/?(\?|$)", ServiceProtocol.SENSORTHINGS),
        (r"/sta/v1\.\d/?$|sensorthings[^?]*/v1\.\d/?$", ServiceProtocol.SENSORTHINGS),
        (r"\{z\}.*\{-?[xy]\}", ServiceProtocol.XYZ),
        (r"/tileset\.json(\?|$)", ServiceProtocol.TILES_3D),
        (r"/collections/[^/?]+/items/?(\?|$)", ServiceProtocol.OGC_FEATURES),
        (r"/collections/[^/?]+/(position|area|cube|locations|radius)/?(\?|$)", ServiceProtocol.OGC_EDR),
        (r"/collections/[^/?]+/(map/)?tiles/?(\?|$)", ServiceProtocol.OGC_TILES),
    )
)

_CAPABILITIES = (
    "service",
    "request",
    "version",
    "format",
    "acceptversions",
    "layers",
    "layer",
    "typename",
    "typenames",
)
_OGC_API = (
    ServiceProtocol.OGC_FEATURES,
    ServiceProtocol.OGC_RECORDS,
    ServiceProtocol.OGC_EDR,
    ServiceProtocol.OGC_TILES,
)
_ARCGIS_LAYER = re.compile(r"^(.*/(?:feature|map)server)(?:/(\d+))?/?$", re.IGNORECASE)
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
            address.allowed(href.replace("{", "").replace("}", ""))
        else:
            href = address.joined(base, plain(href)) if base else address.allowed(plain(href))
    except WebError:
        return None
    protocol = _by_name(link.protocol) or _by_name(link.type) or _by_address(href)
    if protocol is None or (template and protocol is not ServiceProtocol.XYZ):
        return None
    return _placed(protocol, href, link)


def targets_of(links: Iterable[Link], base: str = "") -> list[LinkTarget]:
    """The services of all links, each once."""
    found = [target_of(link, base) for link in links]
    return list(dict.fromkeys(target for target in found if target is not None))


def _by_name(told: str) -> ServiceProtocol | None:
    name = re.sub(r"[^a-z0-9]", "", told.lower())
    if "esri" in name or "arcgis" in name:
        # The address says whether it has features.
        return None
    return next((protocol for part, protocol in _NAMES if part in name), None) if name else None


def _by_address(href: str) -> ServiceProtocol | None:
    return next((protocol for pattern, protocol in _ADDRESSES if pattern.search(href)), None)


def _placed(protocol: ServiceProtocol, href: str, link: Link) -> LinkTarget:
    """Address and layer apart, as the protocol keeps them."""
    bare = address.without_query(href) if "{" not in href else href
    pairs = {name.lower(): value for name, value in address.query_pairs(href)} if "{" not in href else {}
    if protocol in _OGC_API:
        found = _COLLECTION.match(bare)
        return LinkTarget(protocol, found[1], address.unquoted(found[2])) if found else LinkTarget(protocol, bare)
    if protocol in (ServiceProtocol.ARCGIS_FEATURES, ServiceProtocol.ARCGIS_MAP):
        found = _ARCGIS_LAYER.match(bare)
        return LinkTarget(protocol, found[1], found[2] or "") if found else LinkTarget(protocol, bare)
    if protocol is ServiceProtocol.SENSORTHINGS:
        return LinkTarget(
            protocol, re.sub(r"/(things|datastreams|observedproperties)/?$", "", bare, flags=re.IGNORECASE)
        )
    if protocol in (
        ServiceProtocol.WMS,
        ServiceProtocol.WMTS,
        ServiceProtocol.WFS,
        ServiceProtocol.WCS,
        ServiceProtocol.CSW,
    ):
        layer = next(
            (pairs[key] for key in ("layers", "layer", "typename", "typenames", "coverageid") if key in pairs), ""
        )
        return LinkTarget(protocol, address.without_query(href, *_CAPABILITIES), layer or _layer_name(link))
    return LinkTarget(protocol, href)


def _layer_name(link: Link) -> str:
    """GeoNetwork and pycsw write the name of the layer as the link's title; a sentence is none."""
    return link.title if link.title and " " not in link.title and len(link.title) < 200 else ""

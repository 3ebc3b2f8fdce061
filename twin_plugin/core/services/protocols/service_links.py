"""From a link of a catalogue's record to the service behind it: protocol, address and layer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .. import address
from ..record import Link, Protocol
from ..web import WebError
from .ask import plain


@dataclass(frozen=True)
class Target:
    """A service that a link leads to."""

    protocol: Protocol
    url: str
    layer: str = ""


# A kind of service by what catalogues write into a link's protocol or media type: letters and digits, first match.
_NAMES: tuple[tuple[str, Protocol], ...] = (
    ("ogcwmts", Protocol.WMTS),
    ("vndogcwmts", Protocol.WMTS),
    ("ogcwms", Protocol.WMS),
    ("vndogcwms", Protocol.WMS),
    ("ogcwfs", Protocol.WFS),
    ("vndogcwfs", Protocol.WFS),
    ("ogcwcs", Protocol.WCS),
    ("vndogcwcs", Protocol.WCS),
    ("ogccsw", Protocol.CSW),
    ("ogcapifeatures", Protocol.OGC_FEATURES),
    ("oapif", Protocol.OGC_FEATURES),
    ("ogcapirecords", Protocol.OGC_RECORDS),
    ("ogcapiedr", Protocol.OGC_EDR),
    ("ogcapitiles", Protocol.OGC_TILES),
    ("sensorthings", Protocol.SENSORTHINGS),
    ("ogcsta", Protocol.SENSORTHINGS),
    ("stac", Protocol.STAC),
    ("3dtiles", Protocol.TILES_3D),
    ("xyz", Protocol.XYZ),
    ("tms", Protocol.XYZ),
)

# A kind of service by its address. First match counts.
_ADDRESSES: tuple[tuple[re.Pattern[str], Protocol], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), protocol)
    for pattern, protocol in (
        (r"[?&]service=wmts\b|/wmtscapabilities\.xml", Protocol.WMTS),
        (r"[?&]service=wms\b", Protocol.WMS),
        (r"[?&]service=wfs\b", Protocol.WFS),
        (r"[?&]service=wcs\b", Protocol.WCS),
        (r"[?&]service=csw\b", Protocol.CSW),
        (r"/featureserver(/\d+)?/?(\?|$)", Protocol.ARCGIS_FEATURES),
        (r"/mapserver(/\d+)?/?(\?|$)", Protocol.ARCGIS_MAP),
        (r"/(things|datastreams|observedproperties)/?(\?|$)", Protocol.SENSORTHINGS),
        (r"/sta/v1\.\d/?$|sensorthings[^?]*/v1\.\d/?$", Protocol.SENSORTHINGS),
        (r"\{z\}.*\{-?[xy]\}", Protocol.XYZ),
        (r"/tileset\.json(\?|$)", Protocol.TILES_3D),
        (r"/collections/[^/?]+/items/?(\?|$)", Protocol.OGC_FEATURES),
        (r"/collections/[^/?]+/(position|area|cube|locations|radius)/?(\?|$)", Protocol.OGC_EDR),
        (r"/collections/[^/?]+/(map/)?tiles/?(\?|$)", Protocol.OGC_TILES),
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
_OGC_API = (Protocol.OGC_FEATURES, Protocol.OGC_RECORDS, Protocol.OGC_EDR, Protocol.OGC_TILES)
_ARCGIS_LAYER = re.compile(r"^(.*/(?:feature|map)server)(?:/(\d+))?/?$", re.IGNORECASE)
_COLLECTION = re.compile(r"^(.*)/collections/([^/?]+)")


def target_of(link: Link, base: str = "") -> Target | None:
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
    if protocol is None or (template and protocol is not Protocol.XYZ):
        return None
    return _placed(protocol, href, link)


def targets_of(links: Iterable[Link], base: str = "") -> list[Target]:
    """The services of all links, each once."""
    found = [target_of(link, base) for link in links]
    return list(dict.fromkeys(target for target in found if target is not None))


def _by_name(told: str) -> Protocol | None:
    name = re.sub(r"[^a-z0-9]", "", told.lower())
    if "esri" in name or "arcgis" in name:
        # The address says whether it has features.
        return None
    return next((protocol for part, protocol in _NAMES if part in name), None) if name else None


def _by_address(href: str) -> Protocol | None:
    return next((protocol for pattern, protocol in _ADDRESSES if pattern.search(href)), None)


def _placed(protocol: Protocol, href: str, link: Link) -> Target:
    """Address and layer apart, as the protocol keeps them."""
    bare = address.without_query(href) if "{" not in href else href
    pairs = {name.lower(): value for name, value in address.query_pairs(href)} if "{" not in href else {}
    if protocol in _OGC_API:
        found = _COLLECTION.match(bare)
        return Target(protocol, found[1], address.unquoted(found[2])) if found else Target(protocol, bare)
    if protocol in (Protocol.ARCGIS_FEATURES, Protocol.ARCGIS_MAP):
        found = _ARCGIS_LAYER.match(bare)
        return Target(protocol, found[1], found[2] or "") if found else Target(protocol, bare)
    if protocol is Protocol.SENSORTHINGS:
        return Target(protocol, re.sub(r"/(things|datastreams|observedproperties)/?$", "", bare, flags=re.IGNORECASE))
    if protocol in (Protocol.WMS, Protocol.WMTS, Protocol.WFS, Protocol.WCS, Protocol.CSW):
        layer = next(
            (pairs[key] for key in ("layers", "layer", "typename", "typenames", "coverageid") if key in pairs), ""
        )
        return Target(protocol, address.without_query(href, *_CAPABILITIES), layer or _layer_name(link))
    return Target(protocol, href)


def _layer_name(link: Link) -> str:
    """GeoNetwork and pycsw write the name of the layer as the link's title; a sentence is none."""
    return link.title if link.title and " " not in link.title and len(link.title) < 200 else ""

"""What protocol an address speaks: told by the address itself, by what it answers, or by trying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..web import address, decode
from ..web.fetch import Fetch, Reply, Request, Trouble, WebError
from .record import ServiceProtocol

_TIME_LIMIT_S = 20.0
_BYTE_LIMIT = 32_000_000
_ACCEPT = "application/json, application/xml;q=0.9, */*;q=0.5"
_FINAL = (Trouble.DENIED, Trouble.UNREACHABLE, Trouble.TIMEOUT, Trouble.TLS)
_TEMPLATE = re.compile(r"\{(x|y|-y|z|q)\}", re.IGNORECASE)
_OGC_RELS = ("data", "conformance", "service-desc", "items", "queryables")

OWS = {
    "wms": ServiceProtocol.WMS,
    "wfs": ServiceProtocol.WFS,
    "wmts": ServiceProtocol.WMTS,
    "wcs": ServiceProtocol.WCS,
    "csw": ServiceProtocol.CSW,
}
"""The services of OGC's key-value kind by the value of their parameter SERVICE."""


def detect(url: str, auth: str, fetch: Fetch) -> tuple[ServiceProtocol, ...]:
    """The protocols that an address speaks; several where one address answers for several services.

    Parameters
    ----------
    url : str
        http or https.
    auth : str
        Name of an authentication configuration.

    Raises
    ------
    WebError
        Where it cannot be reached, denies access, or speaks nothing that is known.
    """
    base = address.checked(url)
    if told := by_address(base):
        return (told,)
    reply = _got(base, auth, fetch)
    if found := by_reply(base, reply):
        return (found,)
    several = tuple(protocol for name, protocol in OWS.items() if _speaks(base, name, auth, fetch))
    if several:
        return several
    for other in (address.with_query(base, {"f": "json"}), *(address.with_path(base, v) for v in ("v1.1", "v1.0"))):
        if found := by_reply(other, _got(other, auth, fetch)):
            return (found,)
    raise WebError(
        "'{base}' answers, but in none of the protocols that are known: choose its PROTOCOL, or give the "
        "address of the service itself.",
        Trouble.BAD_REPLY,
        base=address.redacted(base),
    )


def by_address(url: str) -> ServiceProtocol | None:
    """The protocol that the address names; None where it has to be asked."""
    if _TEMPLATE.search(address.unquoted(url)):
        return ServiceProtocol.XYZ
    for name, value in address.query_pairs(url):
        if name.lower() == "service" and value.lower() in OWS:
            return OWS[value.lower()]
    path = address.path(url).lower().rstrip("/")
    for pattern, protocol in (
        (r"/featureserver(/\d+)?$", ServiceProtocol.ARCGIS_FEATURES),
        (r"/mapserver(/\d+)?$", ServiceProtocol.ARCGIS_MAP),
        (r"/wmtscapabilities\.xml$", ServiceProtocol.WMTS),
        (r"/tileset\.json$", ServiceProtocol.TILES_3D),
    ):
        if re.search(pattern, path):
            return protocol
    return None


def by_reply(url: str, reply: Reply | None) -> ServiceProtocol | None:
    """The protocol of a reply, None for one that tells nothing."""
    if reply is None or not reply.body.strip():
        return None
    what = f"The reply of '{address.redacted(url)}'"
    try:
        if reply.body.lstrip()[:1] in (b"{", b"["):
            value = decode.json_of(reply, what)
            return _of_json(url, value) if isinstance(value, dict) else None
        return _of_xml(decode.xml_of(reply, what))
    except WebError:
        return None


def _of_json(url: str, value: Mapping[str, Any]) -> ServiceProtocol | None:
    if isinstance(value.get("stac_version"), str):
        return ServiceProtocol.STAC
    if "asset" in value and "root" in value:
        return ServiceProtocol.TILES_3D
    sets = [str(row.get("url", "")) for row in decode.rows_of(value, "value")]
    if "serverSettings" in value or any(entry.rstrip("/").endswith(("/Things", "/Datastreams")) for entry in sets):
        return ServiceProtocol.SENSORTHINGS
    if "currentVersion" in value and {"services", "folders", "layers", "tables"} & set(value):
        return ServiceProtocol.ARCGIS_MAP if "/mapserver" in url.lower() else ServiceProtocol.ARCGIS_FEATURES
    rels = {str(link.get("rel", "")).rpartition("/")[2] for link in decode.rows_of(value, "links")}
    if value.get("itemType") == "record" or (value.get("type") == "FeatureCollection" and "/items" in url and rels):
        return ServiceProtocol.OGC_RECORDS
    if isinstance(value.get("conformsTo"), list) or isinstance(value.get("collections"), list) or rels & {*_OGC_RELS}:
        return ServiceProtocol.OGC_FEATURES
    return None


def _of_xml(root: decode.Element) -> ServiceProtocol | None:
    space, _, name = root.tag.rpartition("}")
    if name in ("WMS_Capabilities", "WMT_MS_Capabilities"):
        return ServiceProtocol.WMS
    if name in ("WFS_Capabilities", "WCS_Capabilities"):
        return OWS[name[:3].lower()]
    if name in ("Capabilities", "CoverageDescriptions"):
        return _in(space.lower(), ("wmts", "wcs", "wfs", "csw", "cat/csw"))
    return None


def _in(space: str, names: Iterable[str]) -> ServiceProtocol | None:
    return next((OWS[name.rpartition("/")[2]] for name in names if f"/{name}/" in f"{space}/"), None)


def _speaks(url: str, service: str, auth: str, fetch: Fetch) -> bool:
    asked = address.with_query(url, {"SERVICE": service.upper(), "REQUEST": "GetCapabilities"})
    return by_reply(asked, _got(asked, auth, fetch)) is OWS[service]


def _got(url: str, auth: str, fetch: Fetch) -> Reply | None:
    """A reply, None for an error that says nothing about other addresses of the same server."""
    try:
        return fetch(Request(url, accept=_ACCEPT, auth=auth, byte_limit=_BYTE_LIMIT, time_limit_s=_TIME_LIMIT_S))
    except WebError as error:
        if error.trouble in _FINAL:
            raise
        return None

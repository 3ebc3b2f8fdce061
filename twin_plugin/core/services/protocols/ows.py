"""What OGC's services of the XML kind share: capabilities, their parts, and errors read into one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from ...common.bbox import BoundingBox, around, rectangles
from ...common.box_in_degrees import box_in_degrees
from ...common.crs_registry import CRS84, canonical, swapped
from ...common.messages import Message
from ...common.progress import Progress, silent
from ...common.remarks import collected
from ...web import address, decode, secrets
from ...web.address import Address
from ...web.decode import Element
from ...web.fetch import Fetch, Reply, Request, Trouble, WebError
from ..record import Link, ServiceRecord
from . import service_metadata
from .gml import local
from .json_client import plain, remark_narrowing, reply_of

XML_KINDS = ("xml", "text/plain", "text/html", "octet-stream")
"""Servers send errors and capabilities under many names; what is no XML is refused when it is read."""

CAPABILITIES_LIMIT = 64_000_000
WORDS_LIMIT = service_metadata.WORDS_LIMIT
CRS_LIMIT = 40

REFUSALS = (Trouble.BAD_REPLY, Trouble.SERVER, Trouble.NOT_FOUND)
"""Troubles after which another way to ask may do."""

Way = TypeVar("Way")
Answer = TypeVar("Answer")

_ERRORS = ("ServiceExceptionReport", "ExceptionReport", "Exception", "ServiceException")


@dataclass(frozen=True)
class Service:
    """A service that is asked: its address without parameters of OGC's kind, and the authentication of its origin.

    `given` is the address that a person gave, where `base` is a link of what was there.
    """

    fetch: Fetch
    base: Address
    auth: str = ""
    progress: Progress = silent
    given: str = ""

    @classmethod
    def of(cls, record: ServiceRecord, fetch: Fetch, progress: Progress = silent) -> Service:
        """The service of a record."""
        return cls(fetch, root(record.address()), record.auth, progress, record.given)

    @classmethod
    def at(cls, url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Service:
        """The service at an address as a person or a catalogue gives it: with or without REQUEST and its like."""
        given = Address.checked(url)
        remark_narrowing(given, _NARROWS)
        return cls(fetch, root(given), auth, progress)

    def url(self, parameters: Mapping[str, object]) -> Address:
        """The address of a request."""
        return self.base.with_query(parameters)

    def get(self, parameters: Mapping[str, object], kinds: tuple[str, ...] = (), byte_limit: int = 0) -> Reply:
        """The reply to a request, whatever it holds."""
        url, given = self.url(parameters), self.given or self.base
        return self.fetch(Request(url, accept="*/*", kinds=kinds, auth=self.auth, byte_limit=byte_limit, given=given))

    def post(self, url: str, body: str) -> Reply:
        """The reply to XML that is sent; the authentication goes along only on the service's origin."""
        auth, kind = self.base.auth_for(url, self.auth), "text/xml; charset=utf-8"
        given = self.given or self.base
        return self.fetch(Request(url, method="POST", body=body.encode(), content_type=kind, auth=auth, given=given))

    def xml(self, parameters: Mapping[str, object]) -> Element:
        """The root of an XML reply.

        Raises
        ------
        WebError
            As the network's; BAD_REPLY where the reply is no XML, or an error report, whose text is in the message.
        """
        return xml_of(self.get(parameters, XML_KINDS, CAPABILITIES_LIMIT), self.url(parameters))

    def capabilities(self, service: str, versions: tuple[str, ...], names: tuple[str, ...]) -> Element:
        """The capabilities, in the version that the server likes best of `versions`.

        Parameters
        ----------
        service : str
            Such as "WFS".
        versions : tuple of str
            Best first. The server chooses; where it errs on the list it is asked for each.
        names : tuple of str
            What the root may be called.
        """
        asked: dict[str, object] = {"SERVICE": service, "REQUEST": "GetCapabilities"}
        tries = [{**asked, "ACCEPTVERSIONS": ",".join(versions), "VERSION": versions[0]}, asked]
        tries += [{**asked, "VERSION": version} for version in versions[1:]]

        def described(parameters: dict[str, object]) -> Element:
            found = self.xml(parameters)
            if local(found) in names:
                return found
            raise WebError(
                "{parameters} is no description of a {service}: the service does not answer as it should.",
                Trouble.BAD_REPLY,
                parameters=reply_of(self.url(parameters)),
                service=service,
            )

        return first_answered(tries, described)


def first_answered(tries: Iterable[Way], ask: Callable[[Way], Answer]) -> Answer:
    """The answer to the first of several ways to ask that the service does not refuse.

    Raises
    ------
    WebError
        Of the first way, where all are refused; at once where none would be answered.
    """
    errors: list[WebError] = []
    for way in tries:
        try:
            return ask(way)
        except WebError as error:
            if error.trouble not in REFUSALS:
                raise
            errors.append(error)
    raise errors[0]


_NARROWS = ("bbox", "filter", "cql_filter", "featureid", "resourceid", "time", "elevation", "subset", "constraint")
_OURS = (
    *_NARROWS,
    *re.findall(
        r"\w+",
        """
    service request version acceptversions updatesequence layers layer typename typenames coverage coverageid
    identifier identifiers styles style crs srs srsname width height format outputformat transparent bgcolor
    exceptions count maxfeatures startindex resulttype propertyname sortby tilematrixset tilematrix tilerow
    tilecol query_layers info_format feature_count elementsetname outputschema startposition maxrecords
    """,
    ),
)


def root(url: Address) -> Address:
    """The address without the parameters of OGC's requests; others, such as MAP of MapServer, stay."""
    return url.without_query(*_OURS)


def xml_of(reply: Reply, url: str) -> Element:
    """The root of a reply, or the error that it reports as `WebError`."""
    found = decode.xml_of(reply, reply_of(url), CAPABILITIES_LIMIT)
    said = exception(found)
    if said is not None:
        raise refused(url, said)
    return found


def refused(url: str, said: str) -> WebError:
    """The error of a service that reported one itself, or of which `said`, a message, tells one."""
    if not isinstance(said, Message):
        said = address.redacted(secrets.without(" ".join(said.split())))[:300]
    reason = said or Message("no reason")
    return WebError("'{url}' refused the request: {reason}", Trouble.BAD_REPLY, url=address.host(url), reason=reason)


def exception(element: Element) -> str | None:
    """What an exception report says; None for what is none."""
    if local(element) not in _ERRORS:
        return None
    parts = []
    for part in element.iter():
        if local(part) in ("ServiceException", "ExceptionText", "Exception"):
            code = part.get("exceptionCode") or part.get("code") or ""
            words = " ".join((part.text or "").split())
            parts.append(": ".join(piece for piece in (code, words) if piece))
    return "; ".join(dict.fromkeys(piece for piece in parts if piece))


def child(element: Element | None, *path: str) -> Element | None:
    """The element at a path of local names; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((part for part in element if local(part) == name), None)
    return element


def children(element: Element | None, *path: str) -> list[Element]:
    """The elements with the last name of a path below the first of the others."""
    holder = child(element, *path[:-1])
    return [] if holder is None else [part for part in holder if local(part) == path[-1]]


def text(element: Element | None, *path: str) -> str:
    """The text at a path, "" for none."""
    found = child(element, *path)
    return service_metadata.text(found.text) if found is not None else ""


def texts(element: Element | None, *path: str) -> tuple[str, ...]:
    """The texts at a path, each once."""
    found = (service_metadata.text(part.text, service_metadata.TITLE_LIMIT) for part in children(element, *path))
    return tuple(dict.fromkeys(item for item in found if item))[:WORDS_LIMIT]


def title(element: Element | None, *others: str) -> str:
    """Its Title in one line, or the first of the others."""
    return service_metadata.title(text(element, "Title"), *others)


def href(element: Element | None) -> str:
    """The address in an element's xlink:href or that of the first element below that has one."""
    for part in element.iter() if element is not None else ():
        for name, value in part.attrib.items():
            if name.rpartition("}")[2] == "href" and value.strip():
                return value.strip()
    return ""


def link_of(element: Element | None, base: Address, rel: str, kind: str = "", name: str = "") -> Iterator[Link]:
    """A link without secrets for the address in an element; nothing where it is none of http or https."""
    target = href(element)
    if not target:
        return
    try:
        full, _ = address.stripped(base.joined(plain(target)))
    except WebError:
        return
    yield Link(full, rel, kind, name)


def legend(layer: Element, base: Address) -> tuple[Link, ...]:
    """The link to the first legend of a layer's styles; nothing where there is none."""
    found = next(iter(children(layer, "Style", "LegendURL")), None)
    kind = "" if found is None else text(found, "Format") or found.get("format", "")
    return tuple(link_of(found, base, "legend", kind))


def gone(url: str, layer: str) -> WebError:
    """The error of a layer that a service no longer has."""
    return WebError(
        "'{base}' has no layer '{layer}' any more: harvest the service again.",
        Trouble.NOT_FOUND,
        base=address.host(url),
        layer=layer,
    )


def crs_names(names: list[str]) -> tuple[str, ...]:
    """Canonical names, each once, those that are none left out."""
    found = dict.fromkeys(canonical(name) for item in names for name in item.split())
    return tuple(name for name in found if name)[:CRS_LIMIT]


def corners(element: Element | None) -> list[float]:
    """Four numbers of the LowerCorner and the UpperCorner of an element, without heights; nothing where it has none."""
    return floats([value for name in ("LowerCorner", "UpperCorner") for value in text(element, name).split()[:2]])


def sides(element: Element | None) -> list[float]:
    """West, south, east and north of a box of WMS or WFS 1.0, as they are written; nothing where it has none."""
    return [] if element is None else floats([element.get(name, "") for name in ("minx", "miny", "maxx", "maxy")])


def floats(texts: list[str]) -> list[float]:
    """Four numbers of texts; nothing where they are none."""
    try:
        found = [float(value) for value in texts]
    except ValueError:
        return []
    return found if len(found) == 4 else []


def whole_box(element: Element, crs: Iterable[str], what: str) -> BoundingBox | None:
    """The box around every ows:WGS84BoundingBox, else by those of ows:BoundingBox in CRSs that are known.

    Servers write the first in the CRS of the layer as well; `crs` are those that it may be in.
    """
    crs = tuple(crs)
    written = [found for part in children(element, "WGS84BoundingBox") if (found := corners(part))]
    boxes = (box_in_degrees(found, (CRS84, *crs), what) for found in written)
    if (whole := around(box for box in boxes if box is not None)) is not None:
        return whole
    parts = [(part.get("crs") or "", corners(part)) for part in children(element, "BoundingBox")]
    return box_by_parts(((found, name, swapped(name)) for name, found in parts if found), crs, what)


PARTS_LIMIT = 12
"""Boxes of a layer in different CRSs that are compared: each takes a tenth of a millisecond, and layers are many."""


def box_by_parts(
    parts: Iterable[tuple[list[float], str, bool]],
    crs: Iterable[str],
    what: str,
    inherited: BoundingBox | None = None,
) -> BoundingBox | None:
    """The box of a layer that has one in each of several CRSs.

    They are the same area as a rule: then the first is right. Where all together are far larger, each is a part, as of
    the zones of a country: then the box that the layer inherits counts, else the one around all.

    Parameters
    ----------
    parts : iterable
        Two corners, the name of their CRS as it is written, and whether y comes first.
    crs : iterable of str
        CRSs that a box may be in instead.
    """
    crs = tuple(crs)
    found: list[BoundingBox] = []
    for numbers, name, y_first in islice((part for part in parts if canonical(part[1])), PARTS_LIMIT):
        with collected() if found else nullcontext() as doubts:
            box = box_in_degrees(numbers, (name, *crs), what, y_first=y_first)
        # Of the others only those count that leave no doubt: servers write a box in CRSs that do not reach it.
        if box is not None and not (doubts and doubts.sentences):
            found.append(box)
    whole = around(found)
    if whole is None:
        return inherited
    return found[0] if _area(whole) <= 2 * _area(found[0]) + 1e-6 else inherited or whole


def _area(box: BoundingBox) -> float:
    """Square degrees."""
    return sum((east - west) * (north - south) for west, south, east, north in rectangles(box))


def operations(capabilities: Element) -> dict[str, dict[str, tuple[str, ...]]]:
    """Of ows:OperationsMetadata: the values of each operation's parameters by name in lower case."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for operation in children(capabilities, "OperationsMetadata", "Operation"):
        values: dict[str, tuple[str, ...]] = {}
        for parameter in (*children(operation, "Parameter"), *children(operation, "Constraint")):
            listed = texts(parameter, "AllowedValues", "Value") or texts(parameter, "Value")
            values[(parameter.get("name") or "").lower()] = listed or texts(parameter, "DefaultValue")
        found[operation.get("name") or ""] = values
    return found


def post_url(capabilities: Element, operation: str, base: Address) -> str:
    """Where an operation takes POST, "" where it does not say."""
    for found in children(capabilities, "OperationsMetadata", "Operation"):
        if found.get("name") == operation:
            for part in found.iter():
                if local(part) == "Post" and href(part):
                    try:
                        return base.joined(plain(href(part)))
                    except WebError:
                        return ""
    return ""


_ADDRESSES = ("href", "template")
# What stands in these is for people, or for programs that are sent there on purpose.
_NOT_ASKED = frozenset(
    (
        "Service", "ServiceIdentification", "ServiceProvider", "ServiceMetadataURL", "Attribution", "AuthorityURL",
        "MetadataURL", "DataURL", "FeatureListURL", "Metadata", "metadataLink", "Themes", "Keywords", "KeywordList",
    )
)  # fmt: skip


def sent_on(capabilities: Element, base: Address, ignored: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Servers other than that of `base` at which capabilities tell clients to ask, without the elements `ignored`.

    Our own requests all go to `base`. Other clients, QGIS's providers among them, take their login there.
    """
    found: dict[str, None] = {}
    waiting = [capabilities]
    while waiting:
        element = waiting.pop()
        if local(element) in _NOT_ASKED or local(element) in ignored:
            continue
        named = [value.strip() for name, value in element.attrib.items() if name.rpartition("}")[2] in _ADDRESSES]
        found |= dict.fromkeys(_host(url) for url in named if "://" in url and not base.same_origin(url))
        waiting.extend(element)
    return tuple(found)


def _host(url: str) -> str:
    try:
        return address.host(url)
    except ValueError:
        return address.redacted(url)[:80]


def picture(reply: Reply, url: str) -> Reply:
    """The reply where it is a picture.

    Raises
    ------
    WebError
        With what the server says instead.
    """
    if reply.content_type.lower().startswith("image/") and reply.body:
        return reply
    if reply.body.lstrip()[:1] == b"<":
        xml_of(reply, url)
    raise refused(url, Message("it sent no picture"))

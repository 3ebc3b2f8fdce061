"""Asking a service for JSON: every request of the JSON protocols goes through here."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self

from ...common.messages import Message
from ...common.progress import Progress, silent
from ...common.remarks import remark
from ...web import address, decode
from ...web.address import Address
from ...web.fetch import Fetch, Reply, Request, Trouble, WebError
from ...web.json_pieces import Compact, kept
from ..adapter import State
from ..record import Health, ServiceRecord

JSON_KINDS = ("json", "text/plain", "javascript")
"""Some servers, ArcGIS among them, send JSON as plain text."""

SLOW_MS = 3_000.0
"""A service that takes longer to answer a probe is called slow."""

_NOT_PLAIN = re.compile(r"[^\x21-\x7e]|[\"<>^`{|}]")


@dataclass(frozen=True)
class Client:
    """A service that is asked: its address, the authentication for its origin alone, the network, and who waits.

    `given` is the address that a person gave, where `base` is a link of what was there.
    """

    fetch: Fetch
    base: Address
    auth: str = ""
    progress: Progress = silent
    given: str = ""

    @classmethod
    def at(cls, url: str, auth: str, fetch: Fetch, what: str, progress: Progress = silent) -> Self:
        """The client of an address that is harvested; `what` is its name in an error."""
        return cls(fetch, Address.checked(url, what), auth, progress)

    @classmethod
    def of(cls, record: ServiceRecord, fetch: Fetch, progress: Progress = silent) -> Self:
        """The client of a record."""
        return cls(fetch, record.address(), record.auth, progress, record.given)

    def get(self, url: str, accept: str = "application/json", byte_limit: int = 0) -> Reply:
        """A reply to GET; authentication and the parameters of the service's address go along on its origin alone."""
        url = _with_own(self.base, url)
        auth = self.base.auth_for(url, self.auth)
        given = self.given or self.base
        return self.fetch(
            Request(url=url, accept=accept, kinds=JSON_KINDS, auth=auth, byte_limit=byte_limit, given=given)
        )

    def json(
        self, url: str, accept: str = "application/json", byte_limit: int = 0, compact: Compact = kept
    ) -> dict[str, Any]:
        """The object of a JSON reply; `compact` as in `decode.json_of`.

        Raises
        ------
        WebError
            As the network's, or BAD_REPLY where the reply is no JSON object.
        """
        return decode.mapping_of(self.get(url, accept, byte_limit), reply_of(url), compact)


# What an address asks, and not how its server wants to be asked.
_NARROWS = (
    "bbox", "datetime", "filter", "where", "geometry", "objectids", "time", "layerdefs", "layers", "$filter", "ids",
)  # fmt: skip
_ASKED = (
    *_NARROWS, "f", "format", "limit", "offset", "startindex", "filter-lang", "properties", "sortby", "resulttype",
    "crs", "bbox-crs", "page", "cursor", "next", "skip", "top", "geometrytype", "insr", "outsr", "spatialrel",
    "outfields", "returngeometry", "returncountonly", "returnidsonly", "resultoffset", "resultrecordcount",
    "orderbyfields",
)  # fmt: skip


def own_parameters(url: Address) -> Address:
    """An address with those of its parameters alone that its server wants with every request, such as api-version."""
    asked = [name for name, _ in address.query_pairs(url) if name.lower() in _ASKED or name.startswith("$")]
    return url.without_query(*asked) if asked else url


def harvested_address(url: Address) -> Address:
    """The same of an address that is harvested; a remark names what narrowed it down."""
    remark_narrowing(url, _NARROWS)
    return own_parameters(url)


def remark_narrowing(url: Address, names: Collection[str]) -> None:
    """Say that the parameters `names` of an address that is harvested were left out, where it has some."""
    narrowing = [name for name, value in address.query_pairs(url) if name.lower() in names and value]
    if narrowing:
        remark(
            "Parameters of the address were left out ({names}): all that the service has was read. Set them in a "
            "query.",
            names=", ".join(narrowing),
        )


def _with_own(base: Address, url: str) -> str:
    """An address with the parameters of the service's own, such as api-version, that it has not."""
    if "?" not in base or not base.same_origin(url):
        return url
    has = {name.lower() for name, _ in address.query_pairs(url)}
    own = [(name, value) for name, value in address.query_pairs(base) if name.lower() not in (*_ASKED, *has)]
    own = [pair for pair in own if not pair[0].startswith("$")]
    return Address(url).with_query(own) if own else url


def reply_of(url: str) -> Message:
    """How an error names the reply of an address."""
    return Message("The reply of '{url}'", url=address.redacted(url))


def plain(link: str) -> str:
    """A link whose spaces and letters beyond ASCII are written as a request writes them; servers often leave them."""
    return _NOT_PLAIN.sub(lambda found: address.quoted(found[0]), link.strip())


def template_of(base: Address, link: str) -> str:
    """A link with variables in braces as a full address; "" where it is none of http or https."""
    # Braces are no part of an address while it is joined.
    marked = link.strip().replace("{", "__o__").replace("}", "__c__")
    try:
        return base.joined(marked).replace("__o__", "{").replace("__c__", "}")
    except WebError:
        return ""


def optional(client: Client, url: str, accept: str = "application/json") -> dict[str, Any]:
    """What a service may say and need not: an empty object where it says nothing usable.

    Raises
    ------
    WebError
        Where the service cannot be reached at all or wants a password: nothing further would succeed.
    """
    try:
        return client.json(url, accept)
    except WebError as error:
        if error.trouble in (Trouble.UNREACHABLE, Trouble.DENIED, Trouble.TLS, Trouble.TIMEOUT):
            raise
        return {}


def probed(record: ServiceRecord, fetch: Fetch, url: str, proof: Mapping[str, type] | None = None) -> State:
    """Whether an address answers with a JSON object that has the keys of `proof`."""

    def ask() -> Reply:
        reply = Client.of(record, fetch).get(url)
        value = decode.mapping_of(reply, reply_of(url))
        for key, kind in (proof or {}).items():
            if not isinstance(value.get(key), kind):
                raise bad(url, "has no '{key}'", key=key)
        return reply

    return tried(ask)


def tried(ask: Callable[[], Reply]) -> State:
    """The state of a service by one request: alive or slow where it answers as it should."""
    try:
        return answered(ask())
    except WebError as error:
        return state_of(error)


def answered(reply: Reply) -> State:
    """The state of a service that answered as it should."""
    latency_ms = reply.seconds * 1000.0
    return State(Health.SLOW if latency_ms > SLOW_MS else Health.ALIVE, latency_ms)


def state_of(error: WebError) -> State:
    """The state that an error of a probe stands for."""
    return State(Health.DENIED if error.trouble == Trouble.DENIED else Health.DEAD, None, str(error))


def bad(url: str, reason: str, /, **values: object) -> WebError:
    """The error of a reply that is not what the protocol says; `reason` goes on after "The reply of ..."."""
    return decode.bad(reply_of(url), reason, **values)

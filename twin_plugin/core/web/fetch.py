"""What core asks of the network: a request, a reply, and the function between them, which bridge gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..common.errors import TwinError
from ..common.messages import Message
from . import secrets


class Trouble(StrEnum):
    """Why a request gave nothing; the values stand in catalogues as reasons."""

    REFUSED = "refused"  # not allowed by our own rules: scheme, redirect, size, type, depth
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TOO_LARGE = "too large"
    DENIED = "denied"  # 401, 403, 407
    NOT_FOUND = "not found"
    SERVER = "server error"
    BAD_REPLY = "bad reply"  # not what was asked for: type, encoding, structure
    TLS = "certificate"


class WebError(TwinError):
    """A request that gave nothing. The text is one sentence with the address, reason and cure, without secrets."""

    def __init__(self, template: str, trouble: Trouble, status: int = 0, /, **values: Any) -> None:
        super().__init__(secrets.without(Message(template, **values)))
        self.trouble = trouble
        self.status = status


@dataclass(frozen=True)
class Request:
    """One HTTP request.

    Attributes
    ----------
    url : str
        http or https, without secrets.
    accept : str
        Media types asked for; the reply's type is checked against `kinds`.
    kinds : tuple of str
        Parts of media types that are taken, such as "json" or "xml"; empty takes all.
    auth : str
        Name of an authentication configuration of QGIS.
    byte_limit, time_limit_s : int, float
        The reply is given up beyond these; 0 stands for the client's own.
    given : str
        The address that a person gave, where `url` is a link that a server or a record of it gave; empty where a person
        gave `url` itself. Links and redirects lead to this computer or the local network only from there (`places`).
    """

    url: str
    method: str = "GET"
    body: bytes | None = None
    content_type: str = ""
    accept: str = "*/*"
    kinds: tuple[str, ...] = ()
    auth: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    byte_limit: int = 0
    time_limit_s: float = 0.0
    given: str = ""


@dataclass(frozen=True)
class Reply:
    """What came back, after redirects. Header names are in lower case."""

    url: str
    status: int
    body: bytes
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0


Fetch = Callable[[Request], Reply]
"""Makes the request, or raises `WebError`, or `Cancelled` when the user does. Any status beyond 2xx is a `WebError`."""

"""Replies to values: JSON and XML from servers that nobody vouches for, within limits of size and depth."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element  # nosec B405

from ..common.messages import Message
from ..common.remarks import remark
from . import json_pieces, text_encoding, xml_tree
from .address import redacted
from .bad_reply import bad, too_many
from .fetch import Reply
from .json_pieces import Compact, kept
from .xml_tree import is_web_page

__all__ = [
    "DEPTH_LIMIT", "SIZE_LIMIT", "Element", "bad", "is_web_page", "json_of", "mapping_of", "rows_of", "utf8_of",
    "xml_of",
]  # fmt: skip

SIZE_LIMIT = 64_000_000
"""Bytes of a reply at most; its values take about ten times as much memory."""

DEPTH_LIMIT = 64
"""Levels of nesting at most; the deepest honest replies (capabilities, expanded sensors) have about 20."""

VALUES_LIMIT = 3_000_000
"""Lists and objects of a JSON document at most. Empty ones take 20 times the memory of their text."""

PARTS_LIMIT = 6_000_000
"""Values of a JSON document at most, counted by its commas: texts take ten times the memory of their bytes."""

_HUGE_EXPONENT = re.compile(rb"[eE]\+?\d{3}")
_LONG_RUN = b"0" * 300
_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*['\"]([A-Za-z0-9._-]{1,40})['\"][^>]{0,100}?\?>")
_TEXT_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,300}\?>")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)


def json_of(
    reply: Reply | bytes,
    what: str,
    size_limit: int = SIZE_LIMIT,
    depth_limit: int = DEPTH_LIMIT,
    compact: Compact = kept,
) -> Any:
    """The value of a JSON reply.

    NaN, Infinity and numbers beyond a float become None, which is remarked. Nesting deeper than `depth_limit` is
    refused, which is counted before anything is parsed. Of equal keys the last one counts. Halves of surrogate pairs
    become U+FFFD, since no database takes them.

    Parameters
    ----------
    reply : Reply or bytes
        What the server sent.
    what : str
        How the error names it, such as "The list of collections of 'https://host/path'".
    compact : callable
        What is kept of the entries of long lists, see `json_pieces.parsed`.

    Raises
    ------
    WebError
        TOO_LARGE or BAD_REPLY.
    """
    data = utf8_of(reply, what, size_limit)
    if not data.strip():
        raise bad(what, "is empty where JSON was expected")
    for found in json_pieces.measures(data):
        if found.depth > depth_limit:
            raise bad(what, "is nested deeper than {limit} levels", limit=depth_limit)
        if found.containers > VALUES_LIMIT:
            raise too_many(what, VALUES_LIMIT, Message("lists and objects"))
        if found.commas > PARTS_LIMIT:
            raise too_many(what, PARTS_LIMIT, Message("values"))
    loader = _Loader()
    try:
        value = json_pieces.parsed(data, loader.loaded, compact)
    except json_pieces.BrokenJsonError as error:
        if data.lstrip()[:1] == b"<":
            raise bad(what, "is a web page, not JSON") from None
        line = data.count(b"\n", 0, error.position) + 1
        raise bad(what, "is not valid JSON (line {line}: {error})", line=line, error=Message(str(error))) from None
    except (ValueError, RecursionError) as error:
        raise bad(what, "is not valid JSON ({error})", error=redacted(str(error))[:100]) from None
    if loader.no_numbers:
        remark(
            "{what} holds {count:,} numbers that are none or beyond all limits, such as NaN: they were left empty.",
            what=what,
            count=loader.no_numbers,
        )
    return value


class _Loader:
    """Parses pieces of JSON, and counts the numbers that are none."""

    def __init__(self) -> None:
        self.no_numbers = 0

    def loaded(self, piece: bytes) -> Any:
        """The value of a piece of JSON in UTF-8."""
        hook = self._finite if _has_huge_number(piece) else None
        value = json.loads(piece.decode("utf-8"), parse_constant=self._nothing, parse_float=hook)
        return _mended(value) if _SURROGATE.search(piece) else value

    def _nothing(self, name: str) -> None:
        self.no_numbers += 1

    def _finite(self, text: str) -> float | None:
        number = float(text)
        if number - number == 0:
            return number
        self._nothing(text)
        return None


def mapping_of(reply: Reply | bytes, what: str, compact: Compact = kept) -> dict[str, Any]:
    """The value of a JSON reply that must be an object; `compact` as in `json_of`."""
    value = json_of(reply, what, compact=compact)
    if not isinstance(value, dict):
        raise bad(what, "is not a JSON object")
    return value


def rows_of(value: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of the list `name` of an object; what is no list or no object is left out."""
    rows = value.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def xml_of(reply: Reply | bytes, what: str, size_limit: int = SIZE_LIMIT, depth_limit: int = DEPTH_LIMIT) -> Element:
    """The root element of an XML reply.

    Nothing outside is fetched, and entities are refused (`xml_tree`); the depth and the number of elements are limited
    while parsing.

    Raises
    ------
    WebError
        TOO_LARGE or BAD_REPLY.
    """
    data = utf8_of(reply, what, size_limit)
    data = _TEXT_DECLARATION.sub(b"", data, count=1).strip(b" \t\r\n\0")
    if not data:
        raise bad(what, "is empty where XML was expected")
    if is_web_page(data):
        raise bad(what, "is a web page, not XML")
    return xml_tree.root_of(data, what, depth_limit)


def utf8_of(reply: Reply | bytes, what: str, size_limit: int = SIZE_LIMIT) -> bytes:
    """The text of a reply in UTF-8, see `text_encoding.utf8`; XML declares its encoding itself, else the header does.

    Raises
    ------
    WebError
        TOO_LARGE or BAD_REPLY.
    """
    body = text_encoding.unpacked(reply.body if isinstance(reply, Reply) else reply, what, size_limit)
    found = _XML_DECLARATION.match(body[:400].removeprefix(b"\xef\xbb\xbf"))
    declared = found[1].decode("ascii") if found else ""
    if not text_encoding.codec_of(declared) and isinstance(reply, Reply):
        named = _CHARSET.search(reply.content_type)
        declared = named[1] if named else ""
    return text_encoding.utf8(body, what, declared)


def _has_huge_number(piece: bytes) -> bool:
    """Whether a number may be beyond what a float holds."""
    return _LONG_RUN in piece.translate(_DIGITS) or _HUGE_EXPONENT.search(piece) is not None


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value

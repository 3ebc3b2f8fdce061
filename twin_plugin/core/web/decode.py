"""Replies to values: JSON and XML from servers that nobody vouches for, within limits of size and depth."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

# The parser is only used with _Guard as its target, which refuses what makes it dangerous.
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser  # nosec B405

from ..common.messages import Message
from . import json_pieces
from .address import redacted
from .fetch import Reply, Trouble, WebError
from .json_pieces import Compact, kept

__all__ = ["DEPTH_LIMIT", "SIZE_LIMIT", "Element", "bad", "json_of", "mapping_of", "rows_of", "utf8_of", "xml_of"]

SIZE_LIMIT = 64_000_000
"""Bytes of a reply at most; its values take about ten times as much memory."""

DEPTH_LIMIT = 64
"""Levels of nesting at most; the deepest honest replies (capabilities, expanded sensors) have about 20."""

ELEMENTS_LIMIT = 2_000_000
"""Elements of an XML document at most."""

VALUES_LIMIT = 3_000_000
"""Lists and objects of a JSON document at most. Empty ones take 20 times the memory of their text."""

PARTS_LIMIT = 6_000_000
"""Values of a JSON document at most, counted by its commas: texts take ten times the memory of their bytes."""

ATTRIBUTES_LIMIT = 200
"""Attributes of an XML element at most; honest ones have about ten."""

ALL_ATTRIBUTES_LIMIT = 1_000_000
"""Attributes of an XML document at most."""

_PIECE_BYTES = 64 * 1024

# Between two '<' there is one tag and what follows it. A tag is read in one go, which takes a minute for millions of
# attributes, and nothing else runs meanwhile.
_TAG_BYTES = 100_000
_LONG_PART = re.compile(rb"<(?![!?])[^<]{100000,}")
_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*+|'[^']*'[^<>"']*+)*+""")

_HUGE_EXPONENT = re.compile(rb"[eE]\+?\d{3}")
_LONG_RUN = b"0" * 300
_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*['\"]([A-Za-z0-9._-]{1,40})['\"][^>]{0,100}?\?>")
_TEXT_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,300}\?>")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
# Names of encodings that servers give; those of GB 2312 and GBK are parts of GB18030.
_ENCODINGS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "euc-cn": "gb18030",
    "big5": "big5",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-15": "iso-8859-15",
    "windows-1251": "cp1251",
    "shift_jis": "cp932",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}


def json_of(
    reply: Reply | bytes,
    what: str,
    size_limit: int = SIZE_LIMIT,
    depth_limit: int = DEPTH_LIMIT,
    compact: Compact = kept,
) -> Any:
    """The value of a JSON reply.

    UTF-8 first, then what the reply declares, then GB18030. NaN, Infinity and numbers beyond a float are refused, as is
    nesting deeper than `depth_limit`, which is counted before anything is parsed. Of equal keys the last one counts.
    Halves of surrogate pairs become U+FFFD, since no database takes them.

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
            raise _too_many(what, VALUES_LIMIT, Message("lists and objects"))
        if found.commas > PARTS_LIMIT:
            raise _too_many(what, PARTS_LIMIT, Message("values"))
    try:
        return json_pieces.parsed(data, _loaded, compact)
    except json_pieces.BrokenJsonError as error:
        if data.lstrip()[:1] == b"<":
            raise bad(what, "is a web page, not JSON") from None
        line = data.count(b"\n", 0, error.position) + 1
        raise bad(what, "is not valid JSON (line {line}: {error})", line=line, error=Message(str(error))) from None
    except (ValueError, RecursionError) as error:
        raise bad(what, "is not valid JSON ({error})", error=redacted(str(error))[:100]) from None


def _loaded(piece: bytes) -> Any:
    """The value of a piece of JSON in UTF-8."""
    hook = _finite if _has_huge_number(piece) else None
    value = json.loads(piece.decode("utf-8"), parse_constant=_no_constant, parse_float=hook)
    return _mended(value) if _SURROGATE.search(piece) else value


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

    A document type (and with it every entity) is refused before it is read, so that nothing is expanded or fetched;
    the depth and the number of elements are limited while parsing. The declared encoding counts, GB18030 and its parts
    included; without one, UTF-8 and then GB18030.

    Raises
    ------
    WebError
        TOO_LARGE or BAD_REPLY.
    """
    body = reply.body if isinstance(reply, Reply) else reply
    declared = _XML_DECLARATION.match(body[:400].removeprefix(b"\xef\xbb\xbf"))
    data = utf8_of(reply, what, size_limit, declared[1].decode("ascii") if declared else "")
    data = _TEXT_DECLARATION.sub(b"", data, count=1).lstrip()
    if not data:
        raise bad(what, "is empty where XML was expected")
    if re.match(rb"<!doctype\s+html|<html", data, re.IGNORECASE):
        raise bad(what, "is a web page, not XML")
    guard = _Guard(what, depth_limit)
    parser = XMLParser(target=guard, encoding="utf-8")  # noqa: S314  # nosec B314
    try:
        if any(len(tag[0]) > _TAG_BYTES for part in _LONG_PART.finditer(data) if (tag := _TAG.match(part[0]))):
            raise bad(what, "has a tag of more than {size:,} bytes", size=_TAG_BYTES)
        # A piece at a time: the guard's refusal then ends the work early, and other threads run in between.
        for start in range(0, len(data), _PIECE_BYTES):
            parser.feed(data[start : start + _PIECE_BYTES])
        root: Element = parser.close()
    except ParseError as error:
        line = error.position[0] if error.position else 0
        raise bad(what, "is not valid XML (line {line}), perhaps cut off", line=line) from None
    return root


def utf8_of(reply: Reply | bytes, what: str, size_limit: int = SIZE_LIMIT, declared: str = "") -> bytes:
    """The text of a reply in UTF-8: as it is, else from the encoding that it declares, else from GB18030.

    Raises
    ------
    WebError
        TOO_LARGE or BAD_REPLY.
    """
    body = reply.body if isinstance(reply, Reply) else reply
    if len(body) > size_limit:
        raise WebError(
            "{what} has {count:.0f} MB, more than the {size_limit:.0f} MB that are read at once: ask for "
            "fewer rows or a smaller area.",
            Trouble.TOO_LARGE,
            what=what,
            count=len(body) / 1000000.0,
            size_limit=size_limit / 1000000.0,
        )
    if not declared and isinstance(reply, Reply):
        found = _CHARSET.search(reply.content_type)
        declared = found[1] if found else ""
    encodings = ["utf-8"]
    named = _ENCODINGS.get(declared.lower().replace("_", "-") if declared else "")
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif named:
        encodings.append(named)
    for encoding in (*encodings, "gb18030"):
        with suppress(UnicodeDecodeError):
            return _recoded(body, encoding)
    raise bad(what, "is neither UTF-8 nor GB18030 text")


def _recoded(body: bytes, encoding: str) -> bytes:
    """A text in UTF-8, by pieces: the whole of one would hold all other threads."""
    decoder = codecs.getincrementaldecoder(encoding)()
    pieces = []
    for start in range(0, len(body), _PIECE_BYTES):
        text = decoder.decode(body[start : start + _PIECE_BYTES])
        if encoding != "utf-8":
            pieces.append(text.encode("utf-8", "surrogatepass"))
    pieces.append(decoder.decode(b"", final=True).encode("utf-8"))
    return b"".join(pieces) if encoding != "utf-8" else body.removeprefix(codecs.BOM_UTF8)


class _Guard(TreeBuilder):
    """Builds the tree; ends it at a document type, at too many levels or at too many elements.

    Entities can only be declared in a document type, and `doctype` is called at its start, before anything in it is
    read: with that refused, neither expansion ("billion laughs") nor external entities are possible.
    """

    def __init__(self, what: str, depth_limit: int) -> None:
        super().__init__()
        self._what = what
        self._limit = depth_limit
        self._depth = 0
        self._elements = 0
        self._attributes = 0

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise bad(self._what, "has a document type (DOCTYPE), which is not read since it can hide harmful entities")

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self._depth += 1
        self._elements += 1
        if self._depth > self._limit:
            raise bad(self._what, "is nested deeper than {limit} levels", limit=self._limit)
        if self._elements > ELEMENTS_LIMIT:
            raise _too_many(self._what, ELEMENTS_LIMIT, Message("elements"))
        self._attributes += len(attributes)
        if len(attributes) > ATTRIBUTES_LIMIT:
            raise bad(self._what, "has an element with more than {limit} attributes", limit=ATTRIBUTES_LIMIT)
        if self._attributes > ALL_ATTRIBUTES_LIMIT:
            raise _too_many(self._what, ALL_ATTRIBUTES_LIMIT, Message("attributes"))
        return super().start(tag, attributes)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


def _has_huge_number(piece: bytes) -> bool:
    """Whether a number may be beyond what a float holds."""
    return _LONG_RUN in piece.translate(_DIGITS) or _HUGE_EXPONENT.search(piece) is not None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if number - number != 0:
        raise ValueError("a number beyond all limits")
    return number


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value


def _too_many(what: str, limit: int, things: str) -> WebError:
    return WebError(
        "{what} has more than {limit:,} {things}: ask for fewer rows or a smaller area.",
        Trouble.TOO_LARGE,
        what=what,
        limit=limit,
        things=things,
    )


def bad(what: str, reason: str, /, **values: object) -> WebError:
    """The error of a reply that is not what it should be; `reason` goes on after `what`."""
    return WebError(
        "{what} {reason}: the service does not answer as it should.",
        Trouble.BAD_REPLY,
        what=what,
        reason=Message(reason, **values),
    )

"""XML from servers that nobody vouches for: read within limits, without entities, and without anything from outside."""

from __future__ import annotations

import re
from typing import Any

# The tree is built of what expat reports, and the reader refuses what makes documents dangerous.
from xml.etree.ElementTree import Element, TreeBuilder  # nosec B405
from xml.parsers import expat  # nosec B406

from ..common.messages import Message
from ..common.remarks import remark
from .bad_reply import bad, too_many

ELEMENTS_LIMIT = 2_000_000
"""Elements of an XML document at most."""

ATTRIBUTES_LIMIT = 200
"""Attributes of an XML element at most; honest ones have about ten."""

ALL_ATTRIBUTES_LIMIT = 4_000_000
"""Attributes of an XML document at most; capabilities of 5,000 layers with 45 boxes each have 1.2 million."""

DOCTYPE_BYTES = 100_000
"""Bytes of a document type at most."""

_PIECE_BYTES = 64 * 1024

# Between two '<' there is one tag and what follows it. A tag is read in one go, which takes a minute for millions of
# attributes, and nothing else runs meanwhile.
_TAG_BYTES = 100_000
_LONG_PART = re.compile(rb"<(?![!?])[^<]{100000,}")
_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*+|'[^']*'[^<>"']*+)*+""")
_WEB_PAGE = re.compile(rb"\s*(<!--.*?-->\s*)*(<!doctype\s+html|<html)", re.IGNORECASE | re.DOTALL)


def is_web_page(data: bytes) -> bool:
    """Whether a reply begins as HTML does."""
    return _WEB_PAGE.match(data[:4000]) is not None


def root_of(data: bytes, what: str, depth_limit: int) -> Element:
    """The root element of a document in UTF-8 without declaration.

    A document type is legal and common (each WMS 1.1.1 has one): what it leads to is never fetched, its default
    attributes are left out, and entities, declared or only named, are refused. What follows after the end of the root,
    such as the error of a proxy, is left out and remarked.

    Raises
    ------
    WebError
        TOO_LARGE or BAD_REPLY.
    """
    if any(len(tag[0]) > _TAG_BYTES for part in _LONG_PART.finditer(data) if (tag := _TAG.match(part[0]))):
        raise bad(what, "has a tag of more than {size:,} bytes", size=_TAG_BYTES)
    reader = _Reader(what, depth_limit)
    try:
        # A piece at a time: a refusal then ends the work early, and other threads run in between.
        for start in range(0, len(data), _PIECE_BYTES):
            reader.feed(data[start : start + _PIECE_BYTES])
        reader.feed(b"", last=True)
    except expat.ExpatError as error:
        if not reader.is_whole:
            raise bad(what, "is not valid XML (line {line}), perhaps cut off", line=error.lineno) from None
        remark("{what} goes on after its end (line {line}): the rest was left out.", what=what, line=error.lineno)
    return reader.root()


class _Reader:
    """Builds the tree; ends it at an entity, at too many levels or at too many elements."""

    def __init__(self, what: str, depth_limit: int) -> None:
        self._what = what
        self._limit = depth_limit
        self._depth = self._elements = self._attributes = 0
        self._fed = 0
        self._doctype_from = -1
        self._names: dict[str, str] = {}
        self._tree = TreeBuilder()
        # The separator cannot stand in a name, and is what ElementTree writes between namespace and name.
        self._parser = expat.ParserCreate("utf-8", "}")
        self._parser.buffer_text = True
        self._parser.specified_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._tree.data
        self._parser.StartDoctypeDeclHandler = self._doctype_begins
        self._parser.EndDoctypeDeclHandler = self._doctype_ends
        self._parser.EntityDeclHandler = self._refuse
        self._parser.UnparsedEntityDeclHandler = self._refuse
        self._parser.ExternalEntityRefHandler = self._refuse
        self._parser.SkippedEntityHandler = self._refuse

    def feed(self, piece: bytes, last: bool = False) -> None:
        """Parse the next piece."""
        self._parser.Parse(piece, last)
        self._fed += len(piece)
        if self._doctype_from >= 0 and self._fed - self._doctype_from > DOCTYPE_BYTES:
            raise bad(self._what, "has a document type (DOCTYPE) of more than {size:,} bytes", size=DOCTYPE_BYTES)

    @property
    def is_whole(self) -> bool:
        """Whether the root has ended."""
        return self._elements > 0 and self._depth == 0

    def root(self) -> Element:
        """The root element."""
        return self._tree.close()

    def _doctype_begins(self, *_: object) -> None:
        self._doctype_from = self._parser.CurrentByteIndex

    def _doctype_ends(self) -> None:
        self._doctype_from = -1

    def _refuse(self, *_: Any) -> int:
        raise bad(self._what, "has a document type (DOCTYPE) or text with entities, which can be harmful")

    def _name(self, name: str) -> str:
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = "{" + name if "}" in name else name
        return found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > self._limit:
            raise bad(self._what, "is nested deeper than {limit} levels", limit=self._limit)
        if self._elements > ELEMENTS_LIMIT:
            raise too_many(self._what, ELEMENTS_LIMIT, Message("elements"))
        self._attributes += len(attributes)
        if len(attributes) > ATTRIBUTES_LIMIT:
            raise bad(self._what, "has an element with more than {limit} attributes", limit=ATTRIBUTES_LIMIT)
        if self._attributes > ALL_ATTRIBUTES_LIMIT:
            raise too_many(self._what, ALL_ATTRIBUTES_LIMIT, Message("attributes"))
        named = self._name
        self._tree.start(named(tag), {named(name): value for name, value in attributes.items()})

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._tree.end(self._name(tag))

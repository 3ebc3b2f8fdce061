"""Texts and ids from outside as XML allows them."""

from __future__ import annotations

import re
from html import escape

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED = str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
_NO_NAME = re.compile(r"[^\w.\-]")
_START = re.compile(r"[^\W\d]")
_ASCII = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")


def xml_text(text: str) -> str:
    """A text as the content of an element or of an attribute in double quotes; what XML forbids becomes U+FFFD."""
    return escape(_ILLEGAL.sub("\ufffd", text), quote=False).translate(_QUOTED)


class XmlIds:
    """Ids of a document that are XML names, each given once.

    An id that is a name stays as it is. In others every sign that a name cannot have becomes its code between
    underscores, so that `model/3` is `model_2F_3`.
    """

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, text: str) -> str:
        """An id that no other object has."""
        name = text
        if not _ASCII.match(text):
            name = _NO_NAME.sub(lambda found: f"_{ord(found.group()):X}_", text)
            name = "".join(c if c.isascii() else f"_{ord(c):X}_" for c in name)
            if not _START.match(name):
                name = f"id_{name}"
        found, number = name, 1
        while found in self._given:
            number += 1
            found = f"{name}_{number}"
        self._given.add(found)
        return found

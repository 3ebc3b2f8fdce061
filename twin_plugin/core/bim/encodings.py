"""Text that a file holds in another way than IFC's standard: raw UTF-8, GB18030, Shift-JIS, Cyrillic or Latin bytes."""

from __future__ import annotations

import re

from ..common.encoding_guess import SAMPLE, guess

_LITERAL = re.compile(rb"'[^'\n]*[\x80-\xff][^'\n]*'")
_WIDE = re.compile(r"[^\x00-\x7f]+")
_CONTROLS = re.compile(r"[\x80-\x9f]")


def standard(data: bytes) -> tuple[bytes, str]:
    """A STEP file whose raw bytes above 127 are written as IFC's standard wants, which readers drop otherwise.

    Returns
    -------
    bytes
        The file, all ASCII within its strings.
    str
        The encoding that was found, "" when there was nothing to do.
    """
    if data.isascii():
        return data, ""
    literals = _LITERAL.findall(data)
    if not literals:
        return data, ""
    encoding = guess([literal[1:-1] for literal in literals[:SAMPLE]])

    def rewrite(match: re.Match[bytes]) -> bytes:
        text = match.group(0).decode(encoding, "replace")
        return _WIDE.sub(lambda wide: escape(wide.group(0)), text).encode("ascii")

    return _LITERAL.sub(rewrite, data), encoding


def escape(text: str) -> str:
    """Letters that are not ASCII as IFC's standard writes them, in hexadecimal."""
    if all(ord(char) < 0x10000 for char in text):
        return "\\X2\\" + "".join(f"{ord(char):04X}" for char in text) + "\\X0\\"
    return "\\X4\\" + "".join(f"{ord(char):08X}" for char in text) + "\\X0\\"


def mended(text: str) -> str:
    """A text whose bytes were escaped one by one though they belong to a double-byte encoding, put right."""
    if not _CONTROLS.search(text):
        return text
    try:
        data = text.encode("latin-1")
        return data.decode(guess([data]))
    except UnicodeError:
        return text

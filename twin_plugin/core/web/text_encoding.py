"""Replies as text in UTF-8, whatever encoding they are in; what had to be guessed or replaced is remarked."""

from __future__ import annotations

import codecs
import re
import zlib
from contextlib import suppress

from ..common.remarks import remark
from .bad_reply import bad, too_large

PIECE_BYTES = 64 * 1024

# What servers mean by these names: GB 2312 and GBK are parts of GB18030, and browsers read Latin 1 as Windows' own.
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_ALIASES = {"x-gbk": "gb18030", "euc-cn": "gb18030", "x-sjis": "cp932", "ansi": "", "unicode": "utf-16"}
# Forms of escaping that Python has among its encodings: "<" can hide in them.
_NO_TEXT = ("utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "mbcs", "oem")
# Such texts are valid UTF-8 as well, and other ones.
_WIDE = ("utf-16", "utf-32", "iso2022", "hz")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_REPLACED = "\ufffd"


def unpacked(body: bytes, what: str, size_limit: int) -> bytes:
    """The body, unpacked where it is gzip that no header tells; raises TOO_LARGE or BAD_REPLY."""
    if len(body) > size_limit:
        raise too_large(what, len(body), size_limit)
    if body[:3] != b"\x1f\x8b\x08":
        return body
    inflater, pieces, size = zlib.decompressobj(31), [], 0
    try:
        for start in range(0, len(body), PIECE_BYTES):
            rest = body[start : start + PIECE_BYTES]
            while rest and not inflater.eof:
                pieces.append(inflater.decompress(rest, 16 * PIECE_BYTES))
                rest, size = inflater.unconsumed_tail, size + len(pieces[-1])
                if size > size_limit:
                    raise too_large(what, size, size_limit)
    except zlib.error:
        raise bad(what, "is packed with gzip and damaged") from None
    if not inflater.eof:
        raise bad(what, "is packed with gzip and cut off")
    return b"".join(pieces)


def codec_of(name: str) -> str:
    """Python's name of a declared encoding of text; "" for none that is known."""
    name = name.strip().lower()
    try:
        found = codecs.lookup(_ALIASES.get(name, name))
    except (LookupError, ValueError):
        return ""
    if not getattr(found, "_is_text_encoding", True) or found.name in _NO_TEXT:
        return ""
    return _MEANT.get(found.name, found.name)


def utf8(body: bytes, what: str, declared: str = "") -> bytes:
    """A text in UTF-8: as it is, else from the declared encoding, else with its stray bytes replaced, else guessed.

    UTF-8 comes first, since nothing else looks like it by chance and servers declare what they do not send. Where few
    bytes only are wrong they become U+FFFD. What else is neither UTF-8 nor declared is GB18030 where it can be, or
    Windows-1252 where its letters beyond ASCII stand alone. Whatever is replaced or guessed is remarked.

    Raises
    ------
    WebError
        BAD_REPLY.
    """
    named = codec_of(declared)
    if body[:4] in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        order = ["utf-32"]
    elif body[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        order = ["utf-16"]
    elif named.startswith(_WIDE):
        order = [named, "utf-8"]
    else:
        order = list(dict.fromkeys(("utf-8", named or "utf-8")))
    for encoding in order:
        with suppress(UnicodeDecodeError):
            return _recoded(body, encoding)
    for encoding in order:
        text, count, letters = _mended(body, encoding)
        if count <= max(1, letters // 20) and not (count == 1 and not letters and _is_pair(body)):
            remark(
                "{what} holds {count:,} bytes that are no text in {encoding}: each became '\ufffd'.",
                what=what,
                count=count,
                encoding=encoding,
            )
            return text
    for encoding in ("cp1252", "gb18030") if _stand_alone(body) else ("gb18030",):
        with suppress(UnicodeDecodeError):
            text = _recoded(body, encoding)
            remark(
                "{what} is no UTF-8 and declares no encoding that fits: it was read as {encoding}, so its letters may "
                "be wrong.",
                what=what,
                encoding=encoding,
            )
            return text
    raise bad(what, "is neither UTF-8 nor GB18030 text")


def _recoded(body: bytes, encoding: str) -> bytes:
    """A text in UTF-8, by pieces: the whole of one would hold all other threads."""
    decoder = codecs.getincrementaldecoder(encoding)()
    pieces = []
    for start in range(0, len(body), PIECE_BYTES):
        text = decoder.decode(body[start : start + PIECE_BYTES])
        if encoding != "utf-8":
            pieces.append(text.encode("utf-8", "surrogatepass"))
    pieces.append(decoder.decode(b"", final=True).encode("utf-8"))
    return b"".join(pieces) if encoding != "utf-8" else body.removeprefix(codecs.BOM_UTF8)


def _mended(body: bytes, encoding: str) -> tuple[bytes, int, int]:
    """The text with U+FFFD for what is none, how many these are, and how many letters beyond ASCII are right."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    pieces, wrong, beyond = [], 0, 0
    for start in range(0, len(body) or 1, PIECE_BYTES):
        text = decoder.decode(body[start : start + PIECE_BYTES], start + PIECE_BYTES >= len(body))
        wrong += text.count(_REPLACED)
        beyond += len(text) - len(text.encode("ascii", "ignore"))
        pieces.append(text.encode("utf-8", "replace"))
    sent = body.count(_REPLACED.encode()) if encoding == "utf-8" else 0
    return b"".join(pieces).removeprefix(codecs.BOM_UTF8), max(wrong - sent, 0), beyond - wrong


def _is_pair(body: bytes) -> bool:
    """Whether bytes beyond ASCII come in pairs, as those of Chinese do."""
    return all(len(run[0]) % 2 == 0 for run in _HIGH_RUN.finditer(body))


def _stand_alone(body: bytes) -> bool:
    """Whether most bytes beyond ASCII have none beside them, as in languages with few such letters."""
    alone = together = 0
    for run in _HIGH_RUN.finditer(body):
        if len(run[0]) == 1:
            alone += 1
        else:
            together += len(run[0])
    return alone > together

"""The encoding of text that does not say it: UTF-8, GB18030, Shift-JIS, Cyrillic or Latin bytes."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from .messages import Message

_CONTROLS = re.compile(r"[\x80-\x9f]")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_RUN = re.compile(rb"[\x80-\xff]+")
SAMPLE = 2000
"""As many texts beyond ASCII tell the encoding of all."""
STRAY = 0.05
"""A file of UTF-8 may have a few lines that are none, from tables that were joined."""
LONGEST_LINE = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def guess(texts: list[bytes]) -> str:
    """The encoding in which all these texts make sense.

    UTF-8 and GB2312 rule themselves out by their strictness; Shift-JIS must not give half-width letters; of what is
    left, Cyrillic stands in runs of high bytes, Latin in single ones.
    """
    for encoding in ("utf-8", "gb2312", "shift_jis", "gb18030"):
        if all(_fits(text, encoding) for text in texts):
            if encoding in ("gb2312", "shift_jis", "gb18030") and _single(texts):
                continue
            return "gb18030" if encoding == "gb2312" else encoding
    return "latin-1" if _single(texts) else "cp1251"


def encoding_of_file(path: str | Path) -> str:
    """The encoding of a text file by its byte order mark or its lines beyond ASCII; "utf-8" for ASCII too.

    Raises
    ------
    OSError
        When it cannot be read.
    """
    with open(path, "rb") as file:
        start = file.read(4)
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                return encoding
        file.seek(0)
        lines: list[bytes] = []
        as_utf8 = 0
        while piece := file.readline(LONGEST_LINE):
            if piece.isascii():
                continue
            if _fits(piece, "utf-8"):
                as_utf8 += 1
            elif len(lines) < SAMPLE:
                lines.append(piece)
    return "utf-8" if len(lines) <= STRAY * as_utf8 else guess(lines)


def guessed(name: str, encoding: str) -> Message:
    """The sentence on a table whose encoding is a guess."""
    return Message(
        "The texts of '{layer}' are not in UTF-8: they were read as {encoding}. Save the table as CSV in UTF-8 if "
        "letters are wrong.",
        layer=name,
        encoding=encoding.upper(),
    )


def _fits(text: bytes, encoding: str) -> bool:
    try:
        decoded = text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not _CONTROLS.search(decoded) and not (encoding == "shift_jis" and _HALF_WIDTH.search(decoded))


def _single(texts: list[bytes]) -> bool:
    """Whether most high bytes stand alone between ASCII letters, as accents do."""
    runs = [run for text in texts for run in _RUN.findall(text)]
    followed = [m for text in texts for m in re.findall(rb"[\x80-\xa0]", text)]
    return not followed and sum(len(run) == 1 for run in runs) > 0.5 * len(runs)

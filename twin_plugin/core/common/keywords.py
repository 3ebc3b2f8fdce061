"""Keywords matched as words: "hall" is in "town hall" and not in "shall"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APART = re.compile(r"[_/:.|\\-]+")
_LETTER = "a-zß-\u058f"
"""Letters of alphabets that part words by blanks: Latin, Greek, Cyrillic."""
_HAN = "\u3400-\u9fff"


def folded(text: str) -> str:
    """A text in lower case, its letters in their usual width, with single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def spaced(text: str) -> str:
    """A folded text with its words apart: names in data join them with marks or capitals."""
    return folded(_APART.sub(" ", _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))))


@lru_cache(maxsize=8192)
def word_pattern(keyword: str) -> tuple[str, re.Pattern[str]]:
    """The part of a spaced text that a keyword needs, for a quick test, and how the keyword is found in the text.

    A keyword is whole words, with or without a plural s. A ``*`` before or after it stands for the rest of a word, as
    German compounds need. Chinese does not part its words, so a keyword may stand anywhere in it; a ``*`` on one side
    only ends it on the other: ``*桥`` is a name's last character (人行桥 is a bridge, 桥头小学 is none).
    """
    core = spaced(keyword.strip("*"))
    before, after = keyword.startswith("*"), keyword.endswith("*")
    plural = "(?:s|es)?" if not after and _kind(core[-1:]) == _LETTER else ""
    start = "" if before else _end(core[:1], "<!", after)
    end = "" if after else _end(core[-1:], "!", before)
    return core, re.compile(f"{start}{re.escape(core)}{plural}{end}")


def _kind(character: str) -> str:
    """The class of characters that a word goes on with; "" for a mark."""
    if "\u3400" <= character <= "\u9fff":
        return _HAN
    return "0-9" if character.isdigit() else _LETTER if character.isalpha() else ""


def _end(character: str, side: str, starred: bool) -> str:
    """That a word does not go on at this side of a character; `starred` whether it may at the keyword's other side."""
    kind = _kind(character)
    return f"(?{side}[{kind}])" if kind and (kind != _HAN or starred) else ""


def holds(text: str, keyword: str) -> bool:
    """Whether a spaced text holds a keyword; see `word_pattern`."""
    core, pattern = word_pattern(keyword)
    return core in text and pattern.search(text) is not None

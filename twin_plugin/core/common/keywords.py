"""Keywords matched as words: "hall" is in "town hall" and not in "shall"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APART = re.compile(r"[_/:.|\\-]+")
_LETTER = "a-zß-\u058f"
"""Letters of alphabets that part words by blanks: Latin, Greek, Cyrillic."""
_ARTICLES = "(?:de|du|des|del|della|di|do|da|dos|das|la|le|les|el|los|las)"
_NEVER = "(?!)"
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


class StreetWords:
    """What a name must stand beside to be that of a street: Church Road is no church, and rue de la Banque no bank.

    Parameters
    ----------
    rows : iterable of mapping
        Columns word and position. ``after``: the word follows the name. ``end``: it does, and only a number, a mark
        or nothing comes then, as it has other meanings too. ``before``: it stands before the name and its articles.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        by_position: dict[str, list[str]] = {"after": [], "end": [], "before": []}
        for row in rows:
            by_position[row["position"]].append(re.escape(spaced(row["word"])))
        after, end, before = ("|".join(sorted(words, key=len, reverse=True)) for words in by_position.values())
        rest = f"[{_LETTER}]*"  # of a word whose keyword leaves it open: Klinikumstraße
        self._after = re.compile(
            rf"{rest} ?(?:{after or _NEVER})(?![{_LETTER}])|{rest} (?:{end or _NEVER})(?= ?(?:$|[\d,;()]))"
        )
        self._before = re.compile(rf"(?:^|[^{_LETTER}])(?:{before or _NEVER})(?: {_ARTICLES})*(?: [dl]['’])? ?$")

    def beside(self, text: str, start: int, end: int) -> bool:
        """Whether the part of a spaced text from `start` to `end` is the name of a street."""
        return self._after.match(text, end) is not None or self._before.search(text[:start]) is not None


def holds(text: str, keyword: str, streets: StreetWords | None = None) -> bool:
    """Whether a spaced text holds a keyword, see `word_pattern`; not counting streets where their words are given."""
    core, pattern = word_pattern(keyword)
    if core not in text:
        return False
    found = pattern.finditer(text)
    return any(streets is None or not streets.beside(text, match.start(), match.end()) for match in found)

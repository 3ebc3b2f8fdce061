"""Names of the user's own damage curves in any language, brought to those of sectors and uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..common.keywords import folded, holds, spaced
from ..common.messages import Message
from .curves import Curves
from .uses import UseWords


def meaning_of(name: str, by_sector: Iterable[tuple[str, str]], words: UseWords) -> str:
    """The sector or use that a name in any language means; "" where it means none.

    Parameters
    ----------
    by_sector : iterable of (sector, keyword)
    words : UseWords
        Words for uses, which count where the name holds none of a sector.
    """
    text = spaced(name)
    return next((sector for sector, word in by_sector if holds(text, word)), "") or words.use_of(name)


def known_curves(curves: Curves, sectors: Iterable[str], rows: Iterable[Mapping[str, str]], words: UseWords) -> Curves:
    """The curves by the names of sectors and uses, where their own names mean one; what was guessed is in `warnings`.

    Parameters
    ----------
    curves : Curves
    sectors : iterable of str
        Those that the table of exposure and the published curves have.
    rows : iterable of mapping
        Words for sectors: columns sector and keyword.
    words : UseWords
        Words for uses, which count where a name holds none of a sector.
    """
    known, by_sector = {*map(folded, sectors), *words.known}, [(row["sector"], row["keyword"]) for row in rows]
    names = list(dict.fromkeys([*curves.curves, *curves.contents]))
    meanings = {name: name for name in names if folded(name) in known}
    warnings = list(curves.warnings)
    for name in names:
        if name in meanings:
            continue
        meaning = meaning_of(name, by_sector, words)
        if meaning and meaning not in meanings.values():
            meanings[name] = meaning
            warnings.append(
                Message(
                    "The curve '{name}' of {table} counts as that of {meaning}.",
                    name=name,
                    table=curves.name,
                    meaning=meaning,
                )
            )
            continue
        meanings[name] = name
        warnings.append(
            Message(
                "The curve '{name}' of {table} is used only for buildings whose use is '{name}': it names no known "
                "sector or use, or one that has a curve already.",
                name=name,
                table=curves.name,
            )
        )
    named = {meanings[name]: curve for name, curve in curves.curves.items()}
    contents = {meanings[name]: curve for name, curve in curves.contents.items()}
    return replace(curves, curves=named, contents=contents, warnings=warnings)

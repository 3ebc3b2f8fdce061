"""The city's taxonomy of data, 3 categories and their subdivisions, and the guess of where a service belongs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...common.csv_table import read_rows
from ...common.errors import InputError
from ...common.keywords import folded, spaced, word_pattern
from ...common.messages import Message
from ..record import ServiceRecord
from .sql import CODE

FIELDS = ("title", "keywords", "layer", "description")
SHARES = {"title": 1.0, "keywords": 0.8, "layer": 0.7, "description": 0.35}
"""What a word counts by where it stands: a description tells of many things that the data are not."""
SUREST = 0.95
"""No guess is certain."""
_HALF = 2.5  # a single strong word in the title (weight 3) makes a guess 70 % sure
_SENSING_RAISE = 1.0
_GONE = "\x1f"


@dataclass(frozen=True)
class Subdivision:
    """A row of the table; a category has no parent."""

    code: str
    zh: str
    en: str
    parent: str = ""

    def name(self, chinese: bool) -> str:
        """Its name in a language, the other one where it has none."""
        return (self.zh or self.en) if chinese else (self.en or self.zh)


@dataclass(frozen=True)
class Rule:
    """A word that speaks for a subdivision, or for all of a category where others already do."""

    word: str
    code: str
    weight: float
    where: tuple[str, ...] = FIELDS


class Taxonomy:
    """The subdivisions by code, in the order of their table."""

    def __init__(self, rows: Sequence[Subdivision]) -> None:
        self.rows: Mapping[str, Subdivision] = {row.code: row for row in rows}
        self._names = {folded(name): row.code for row in rows for name in (row.code, row.zh, row.en) if name}

    def __contains__(self, code: object) -> bool:
        return code in self.rows

    def categories(self) -> list[Subdivision]:
        """What has no parent."""
        return [row for row in self.rows.values() if not row.parent]

    def below(self, code: str) -> list[Subdivision]:
        """The subdivisions of a category."""
        return [row for row in self.rows.values() if row.parent == code]

    def name(self, code: str, chinese: bool) -> str:
        """The name of a code; the code itself where the table lacks it."""
        row = self.rows.get(code)
        return row.name(chinese) if row is not None else code

    def named(self, text: str) -> str:
        """The code of a subdivision that is named by code, Chinese or English name; "" for others."""
        code = self._names.get(folded(text), "")
        return code if code and self.rows[code].parent else ""


class Guesser:
    """Says to which subdivision a record belongs, by a table of words.

    Longer words are looked for first and then taken out of the text, so that "street light" says nothing of streets.
    Words of Latin letters must stand alone, with a plural s or not; Chinese ones may be part of a text.
    """

    def __init__(self, taxonomy: Taxonomy, rules: Sequence[Rule]) -> None:
        self.taxonomy = taxonomy
        words: dict[str, list[Rule]] = {}
        for rule in rules:
            words.setdefault(spaced(rule.word), []).append(rule)
        ordered = sorted(words, key=lambda word: (-len(word), word))
        self._words = [(*word_pattern(word), words[word]) for word in ordered]

    def guess(self, record: ServiceRecord) -> tuple[str, float]:
        """Code and how sure it is, 0 to 1.

        A record whose themes or keywords name a subdivision has it with 1; one without any word of the table has
        ("", 0). How sure a guess is grows with the words that speak for it and falls with those for another one.
        """
        for text in (*record.themes, *record.keywords):
            if code := self.taxonomy.named(text):
                return code, 1.0
        scores, raises = self._scores(record)
        if record.protocol.definition.observations:
            raises["C"] = raises.get("C", 0.0) + _SENSING_RAISE
        for code in scores:
            own = self.taxonomy.rows[code].parent
            others = max((raised for parent, raised in raises.items() if parent != own), default=0.0)
            scores[code] *= (1.0 + raises.get(own, 0.0)) / (1.0 + others)
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:2]
        if not best:
            return "", 0.0
        first, second = best[0][1], best[1][1] if len(best) > 1 else 0.0
        sure = (1.0 - math.exp(-first / _HALF)) * first / (first + second)
        return best[0][0], round(min(SUREST, sure), 3)

    def fill(self, record: ServiceRecord) -> ServiceRecord:
        """The record with a guess where its source names no subdivision of the table."""
        if record.subdivision in self.taxonomy:
            return replace(record, subdivision_sure=record.subdivision_sure or 1.0)
        code, sure = self.guess(record)
        return replace(record, subdivision=code, subdivision_sure=sure)

    def _scores(self, record: ServiceRecord) -> tuple[dict[str, float], dict[str, float]]:
        """What speaks for subdivisions, and what raises all of a category; a word counts once, where it counts most."""
        texts = {
            "title": record.title, "keywords": _GONE.join(record.keywords), "layer": record.layer,
            "description": record.description,
        }  # fmt: skip
        found: dict[Rule, float] = {}
        for name in FIELDS:
            for rule in self._rules_in(spaced(texts[name]), name):
                found[rule] = max(found.get(rule, 0.0), rule.weight * SHARES[name])
        scores: dict[str, float] = {}
        raises: dict[str, float] = {}
        for rule, weight in found.items():
            if rule.code not in self.taxonomy:
                continue
            parent = self.taxonomy.rows[rule.code].parent
            kept = scores if parent else raises
            # Further words add less and less: a text that repeats itself is no surer.
            kept[rule.code] = max(kept.get(rule.code, 0.0), weight) + 0.3 * min(kept.get(rule.code, 0.0), weight)
        return scores, raises

    def _rules_in(self, text: str, name: str) -> list[Rule]:
        found: list[Rule] = []
        for word, pattern, rules in self._words:
            if word not in text:
                continue
            text, count = pattern.subn(_GONE, text)
            if count:
                found += [rule for rule in rules if name in rule.where]
        return found


def read_taxonomy(path: str | Path) -> Taxonomy:
    """A table with the columns code, zh, en, parent; a user may give his own.

    Raises
    ------
    InputError
        When it cannot be read, a code is none such as C07, is there twice, or has a parent that is not there.
    """
    rows = []
    for number, row in enumerate(read_rows(path, ("code", "zh", "en", "parent")), 2):
        code, parent = row["code"].strip(), row["parent"].strip()
        if not CODE.fullmatch(code) or (parent and (len(parent) != 1 or code[0] != parent)):
            raise InputError(
                "Line {number} of the taxonomy '{path}' has the code '{code}' below '{parent}': a category is "
                "one letter such as C, a subdivision that letter and figures such as C07.",
                number=number,
                path=path,
                code=code,
                parent=parent,
            )
        rows.append(Subdivision(code, row["zh"].strip(), row["en"].strip(), parent))
    codes = [row.code for row in rows]
    double = next((code for code in codes if codes.count(code) > 1), "")
    lost = next((row.code for row in rows if row.parent and row.parent not in codes), "")
    if double or lost:
        what = Message("has the code '{code}' twice", code=double)
        if not double:
            what = Message("lacks the category of '{code}'", code=lost)
        raise InputError("The taxonomy '{path}' {what}: correct it.", path=path, what=what)
    return Taxonomy(rows)


def read_rules(path: str | Path) -> list[Rule]:
    """A table of words with the columns word, code, weight, where.

    `where` names the parts of a record that count (title, keywords, layer, description), joined by +, or is "any".

    Raises
    ------
    InputError
        When it cannot be read, or a weight or place is none.
    """
    rules = []
    for number, row in enumerate(read_rows(path, ("word", "code", "weight", "where")), 2):
        where = FIELDS if row["where"].strip() in ("", "any") else tuple(row["where"].strip().split("+"))
        try:
            weight = float(row["weight"])
        except ValueError:
            weight = math.nan
        if not row["word"].strip() or not 0 < weight <= 100 or not set(where) <= set(FIELDS):
            raise InputError(
                "Line {number} of the words '{path}' needs a word, a weight above 0 and in 'where' any or some "
                "of {names}: correct it.",
                number=number,
                path=path,
                names="+".join(FIELDS),
            )
        rules.append(Rule(row["word"].strip(), row["code"].strip(), weight, where))
    return rules

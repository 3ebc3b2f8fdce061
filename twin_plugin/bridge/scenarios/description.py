"""What a scenario reads, runs and writes, in words: shown before a scenario of anybody's runs for the first time."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsApplication, QgsSettings

from ...core.common.languages import in_language
from ...core.common.messages import Message
from ...core.common.text import clip
from ...core.scenarios.scenario import Scenario
from ..kernel.translation import localized
from .allowed import SHIPPED, rules
from .found import FoundScenario

AGREED = "city_twin/scenarios/agreed"
"""Setting of the profile under which each document that the user agreed to has its sha256."""
LONGEST = 240
READS, RUNS, WRITES = "reads", "runs", "writes"


@dataclass(frozen=True)
class Line:
    """One thing that a scenario does.

    Attributes
    ----------
    kind : str
        reads, runs or writes.
    text : str
        In the user's language.
    """

    kind: str
    text: str


def describe(scenario: Scenario) -> list[Line]:
    """What the scenario reads, runs and writes, in this order."""
    language = QgsApplication.locale()
    lines = []
    for need in scenario.data:
        title = in_language(need.title, language)
        place = need.path or Message("what you give as {name}", name=need.name)
        label = " ".join(part for part in (need.subdivision, need.name, title) if part)
        text = Message("{label}: {place}", label=label, place=place)
        lines.append(_line(READS, text))
    for step in scenario.chain:
        algorithm = QgsApplication.processingRegistry().algorithmById(step.algorithm)
        name = algorithm.displayName() if algorithm is not None else Message("not in this QGIS")
        text = Message("{step}: {algorithm} ({name})", step=step.id, algorithm=step.algorithm, name=name)
        if step.algorithm in rules() and rules()[step.algorithm].who == SHIPPED:
            text = Message("{text}: {reason}", text=text, reason=rules()[step.algorithm].reason)
        lines.append(_line(RUNS, text))
    for output in scenario.outputs:
        text = Message("{file} in the output folder: {title}", file=output.file,
                       title=in_language(output.title, language))  # fmt: skip
        lines.append(_line(WRITES, text))
    return [*lines, _line(WRITES, Message("{file} in the output folder", file="provenance.json"))]


def _line(kind: str, text: Message) -> Line:
    """A line whose title, which is anybody's, can neither begin another one nor hide the rest."""
    return Line(kind, clip(" ".join(localized(text).split()), LONGEST))


def as_text(lines: list[Line]) -> str:
    """The lines, each on its own, with their kind."""
    words = {READS: Message("Reads"), RUNS: Message("Runs"), WRITES: Message("Writes")}
    return "\n".join(f"{localized(words[line.kind])}: {line.text}" for line in lines)


def is_agreed(found: FoundScenario) -> bool:
    """Whether a scenario may run without asking: it ships, or the user agreed to this very document before."""
    return found.shipped or (found.sha256 != "" and found.sha256 in _agreed())


def agree(found: FoundScenario) -> None:
    """Keep that the user has seen what the document does, and agreed; another version of it is asked for again."""
    if not found.shipped and found.sha256 and found.sha256 not in _agreed():
        QgsSettings().setValue(AGREED, " ".join([*_agreed(), found.sha256][-1000:]))


def _agreed() -> list[str]:
    return str(QgsSettings().value(AGREED, "") or "").split()

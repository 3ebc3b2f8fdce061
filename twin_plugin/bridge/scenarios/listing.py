"""The list of scenarios as rows: each with its state, and the search of the catalogue for what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...core.common.languages import in_language
from ...core.common.progress import Progress, advance
from ...core.scenarios.library import algorithms_of
from ...core.scenarios.scenario import DataNeed, Scenario, ScenarioState
from ..kernel.translation import localized
from .data import DataFolder
from .examination import Examination, Mistakes, examine
from .found import FoundScenario

Rows = list[tuple[None, dict[str, Any]]]
Search = Callable[[DataNeed], int]
"""How many services of the catalogue a search for a data need finds."""


def listed(
    scenarios: Sequence[FoundScenario], folder: DataFolder, given: set[str], mistakes: Mistakes, progress: Progress
) -> list[Examination]:
    """Look at all scenarios without running them."""
    examined = []
    for number, found in enumerate(scenarios):
        advance(progress, number / max(1, len(scenarios)))
        examined.append(examine(found, folder, given, mistakes))
    return examined


def is_wanted(found: FoundScenario, domain: str, text: str) -> bool:
    """Whether a scenario is of a domain and has all words of a text, in any language; empty ones do not count."""
    scenario = found.scenario
    if scenario is None:
        return not domain and text.lower() in f"{found.id} {found.path.name}".lower()
    if domain and scenario.domain != domain:
        return False
    texts = (scenario.name, scenario.question, scenario.users, scenario.decision)
    whole = " ".join([scenario.id, *(words for one in texts for words in one.values()), *algorithms_of(scenario)])
    return all(word in whole.lower() for word in text.lower().split())


def rows(examined: Sequence[Examination], language: str, search: Search | None) -> Rows:
    """The rows of the table."""
    return [(None, _row(one, language, search)) for one in examined]


def counts(examined: Sequence[Examination]) -> dict[str, int]:
    """How many scenarios are in each state, by the name of the output."""
    names = {
        "RUNS": ScenarioState.RUNS,
        "LACKS_DATA": ScenarioState.LACKS_DATA,
        "LACKS_ALGORITHM": ScenarioState.LACKS_ALGORITHM,
        "LACKS_PACKAGE": ScenarioState.LACKS_PACKAGE,
        "INVALID": ScenarioState.INVALID,
    }
    states = [one.state for one in examined]
    return {"COUNT": len(states)} | {name: states.count(state) for name, state in names.items()}


def _row(examined: Examination, language: str, search: Search | None) -> Mapping[str, Any]:
    found, scenario = examined.found, examined.found.scenario
    lacks = "; ".join(localized(one) for one in examined.lacks)
    values: dict[str, Any] = {
        "id": found.id,
        "state": examined.state.value,
        "lacks": lacks or None,
        "shipped": found.shipped,
        "document": found.path.name,
    }
    if scenario is None:
        return values
    searches = [_search_text(need) for need in examined.missing]
    return values | {
        "name": in_language(scenario.name, language),
        "domain": scenario.domain,
        "question": in_language(scenario.question, language),
        "users": in_language(scenario.users, language),
        "decision": in_language(scenario.decision, language),
        "search": "; ".join(dict.fromkeys(searches)) or None,
        "services_found": sum(search(need) for need in examined.missing) if search and examined.missing else None,
        "algorithms": " > ".join(algorithms_of(scenario)),
        "subdivisions": _subdivisions(scenario),
        "theme": scenario.theme or None,
        "checks": len(scenario.checks),
    }


def _search_text(need: DataNeed) -> str:
    """Words and subdivision, as the search of services takes them."""
    return f"SUBDIVISION={need.subdivision} TEXT={need.search}".removesuffix(" TEXT=")


def _subdivisions(scenario: Scenario) -> str:
    must = dict.fromkeys(need.subdivision for need in scenario.data if need.must and need.subdivision)
    may = dict.fromkeys(need.subdivision for need in scenario.data if not need.must and need.subdivision not in must)
    return " ".join([*must, *(f"({code})" for code in may if code)])

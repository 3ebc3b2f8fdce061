"""The scenarios of the plugin: two languages, nothing twice, all subdivisions, and checks that can fail."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import pytest

from twin_plugin.core.scenarios.checks import judge, names_in
from twin_plugin.core.scenarios.library import CHAINS, read_library, sameness

RESOURCES = Path(__file__).parents[3] / "resources"
TABLE = RESOURCES / "scenarios" / "scenarios.csv"
CHINESE = re.compile(r"[一-鿿]")


@pytest.fixture(scope="module")
def library():
    return read_library(TABLE)


@pytest.fixture(scope="module")
def scenarios(library):
    return library.scenarios


@pytest.fixture(scope="module")
def chained(scenarios):
    return [scenario for scenario in scenarios if not scenario.outline]


def test_each_row_is_read(library):
    assert {name: str(fault) for name, fault in library.faults.items()} == {}
    assert len(library.scenarios) >= 224


def test_each_text_is_there_in_two_languages(scenarios):
    texts = [
        (scenario.id, text)
        for scenario in scenarios
        for text in (scenario.name, scenario.question, scenario.users, scenario.decision)
    ]
    texts += [
        (scenario.id, item.title)
        for scenario in scenarios
        for item in (*scenario.settings, *scenario.outputs, *scenario.measures, *scenario.data)
        if item.title
    ]
    texts += [(scenario.id, check.reason) for scenario in scenarios for check in scenario.checks]
    wrong = [
        (name, text)
        for name, text in texts
        if CHINESE.search(text.get("en", "中")) or not CHINESE.search(text.get("zh", ""))
    ]
    assert wrong == []


def test_a_question_ends_as_one_and_a_name_does_not(scenarios):
    wrong = [s.id for s in scenarios if not (s.question["en"].endswith("?") and s.question["zh"].endswith("？"))]
    wrong += [s.id for s in scenarios if s.name["en"].endswith(("?", ".")) or s.decision["en"].endswith(".")]
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_question_is_asked_twice(scenarios, language):
    questions = [re.sub(r"\W+", "", scenario.question[language]).lower() for scenario in scenarios]
    assert [question for question in questions if questions.count(question) > 1] == []


def test_no_two_have_the_same_chain_data_and_decision(scenarios):
    seen = [sameness(scenario) for scenario in scenarios]
    assert [s.id for s, key in zip(scenarios, seen, strict=True) if seen.count(key) > 1] == []


def test_each_subdivision_is_used(scenarios):
    with (RESOURCES / "tables" / "taxonomy.csv").open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file) if row["parent"]}
    used = {need.subdivision for scenario in scenarios for need in scenario.data if need.subdivision}
    assert used == codes


def test_each_chain_belongs_to_a_scenario(chained):
    files = {path.stem for path in (TABLE.parent / CHAINS).glob("*.json")}
    assert files == {scenario.chain_id for scenario in chained}


def test_chains_have_outputs_and_checks_of_what_they_compute(chained):
    """A check that compares inputs alone would hold whatever the chain does."""
    assert len(chained) >= 60
    for scenario in chained:
        computed = {measure.id for measure in scenario.measures if measure.step}
        sides = [
            {name for side in (check.left, check.right) if isinstance(side, str) for name in names_in(side)}
            for check in scenario.checks
        ]
        assert scenario.outputs, scenario.id
        assert sum(bool(names & computed) for names in sides) >= 2, scenario.id


def test_each_check_fails_on_a_planted_wrong_result(chained):
    """Of many wrong results some must fail it: no check holds whatever its measures are."""
    dice = random.Random(5)
    for scenario in chained:
        for check in scenario.checks:
            names = [name for side in (check.left, check.right) if isinstance(side, str) for name in names_in(side)]
            assert names, (scenario.id, check)
            planted = ({name: dice.choice((-1e7, -3.0, 0.0, 0.5, 7.0, 1e7)) for name in names} for _ in range(200))
            assert any(not judge(check, measures).holds for measures in planted), (scenario.id, check)
            assert not judge(check, {}).holds, (scenario.id, "a measure without a value")


def test_outlines_say_what_is_missing(scenarios):
    """A scenario without a chain document waits for data that no district's folder has, or for an algorithm."""
    waiting = [scenario for scenario in scenarios if scenario.outline]
    silent = [s.id for s in waiting if not any(need.must and not need.path for need in s.data)]
    assert silent == []
    assert [s.id for s in waiting for need in s.data if not need.path and not need.search] == []

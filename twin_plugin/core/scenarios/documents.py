"""Scenario documents: what a user writes into one JSON file, read into a `Scenario` with errors that name the place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from ..common.json_documents import Node, read_json
from ..common.messages import Message
from .checks import RELATIONS, names_in
from .scenario import (
    Check,
    DataKind,
    DataNeed,
    FromData,
    FromSetting,
    FromStep,
    Measure,
    Scenario,
    ScenarioOutput,
    Setting,
    Step,
)
from .values import references, settings_in

CHAIN_KEYS = ("data", "settings", "steps", "outputs", "measures", "checks")
SCENARIO_KEYS = (
    "id", "version", "domain", "name", "question", "users", "decision", "theme", "source", *CHAIN_KEYS
)  # fmt: skip
STATISTICS = ("value", "count", "distinct", "sum", "min", "max", "mean")
GEOMETRIES = ("point", "line", "polygon")
GIVEN = ("CATALOGUE", "DISTRICT")
"""Names of data that twin:runscenario has parameters for."""
MOST_STEPS = 60

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_MEASURE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_SUBDIVISION = re.compile(r"[ABC]\d\d")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,80}(\.[A-Za-z0-9]{1,8})?")
_ALGORITHM = re.compile(r"[a-z0-9_]{1,40}:[A-Za-z0-9_]{1,80}")


def read_scenario(path: str | Path) -> Scenario:
    """The scenario of a user's document.

    Raises
    ------
    InputError
        When the document cannot be read, or anything in it is wrong: the error has the document and the place.
    """
    return scenario_of(read_json(path))


def scenario_of(root: Node) -> Scenario:
    """The scenario that the root of a document describes."""
    root.only(SCENARIO_KEYS)
    scenario = Scenario(
        id=_matching(root, "id", _ID),
        version=root.text("version", "1", 40),
        name=root.texts("name"),
        domain=root.text("domain", longest=60),
        question=root.texts("question"),
        users=root.texts("users"),
        decision=root.texts("decision"),
        data=data_needs(root),
        chain=tuple(_step(node) for node in root.items("steps", MOST_STEPS)),
        outputs=tuple(_output(node) for node in root.items("outputs", 200)),
        settings=tuple(_setting(node) for node in root.items("settings", 200)),
        measures=tuple(_measure(node) for node in root.items("measures", 200)),
        checks=tuple(_check(node) for node in root.items("checks", 200)),
        theme=root.text("theme", ""),
        source=root.text("source", ""),
    )
    if not scenario.chain:
        raise root.error(Message("the key 'steps' has no step: add the algorithms of the chain."))
    _require_unique(root, scenario)
    _require_references(root, scenario)
    return scenario


def data_needs(root: Node) -> tuple[DataNeed, ...]:
    """What data a document names."""
    return tuple(_data_need(node) for node in root.items("data", 200))


def inner_path(node: Node, text: str) -> str:
    """A path below a district's folder, with its layer after |layername=: it names nothing outside.

    Raises
    ------
    InputError
        When it is absolute, leaves the folder, or is an address or a path of a library.
    """
    path, bar, layer = text.partition("|")
    parts = PurePosixPath(path).parts
    if not parts or path.startswith(("/", "\\", "~")) or ":" in path or "\\" in path or ".." in parts:
        raise node.error(
            Message(
                "'{path}' must be a path below the district's folder, such as dtm.tif: correct it.", path=text[:200]
            )
        )
    if bar and not re.fullmatch(r"layername=[^|/\\:]{1,200}", layer):
        raise node.error(
            Message("after the file of '{path}' only |layername=NAME may stand: correct it.", path=text[:200])
        )
    return text


def _data_need(node: Node) -> DataNeed:
    node.only(("name", "subdivision", "kind", "path", "must", "search", "title", "geometry"))
    name = _matching(node, "name", _NAME)
    subdivision = node.text("subdivision", "", 10)
    if not _SUBDIVISION.fullmatch(subdivision) and not (name in GIVEN and not subdivision):
        raise node.error(
            Message("the subdivision '{code}' is none of the taxonomy, such as A02: correct it.", code=subdivision)
        )
    kind = DataKind(node.choice("kind", tuple(DataKind), DataKind.VECTOR))
    path = node.text("path", "", 500)
    return DataNeed(
        name,
        subdivision,
        kind,
        inner_path(node.child("path"), path) if path else "",
        node.flag("must", True),
        node.text("search", "", 200),
        node.texts("title", must=False),
        node.choice("geometry", ("", *GEOMETRIES), ""),
    )


def _setting(node: Node) -> Setting:
    node.only(("name", "title", "value", "minimum", "maximum", "choices", "unit"))
    choices = tuple(choice.as_text(200) for choice in node.items("choices", 200))
    setting = Setting(
        _matching(node, "name", _NAME),
        node.texts("title"),
        node.mapping().get("value"),
        node.number("minimum"),
        node.number("maximum"),
        choices,
        node.text("unit", "", 40),
    )
    fault = setting_fault(setting, setting.value)
    if fault is not None:
        raise node.error(fault)
    return setting


def setting_fault(setting: Setting, value: Any) -> Message | None:
    """Why a setting cannot have this value; None where it can."""
    if value is None or isinstance(value, dict | list):
        return Message("the setting {name} needs a number, a text, or true or false.", name=setting.name)
    if setting.choices and str(value) not in setting.choices:
        return Message(
            "the setting {name} is one of {choices}, not '{value}'.",
            name=setting.name,
            choices=", ".join(setting.choices),
            value=str(value)[:60],
        )
    if setting.minimum is None and setting.maximum is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return Message("the setting {name} is a number, not '{value}'.", name=setting.name, value=str(value)[:60])
    if setting.minimum is not None and value < setting.minimum:
        return Message("the setting {name} is at least {limit:g}.", name=setting.name, limit=setting.minimum)
    if setting.maximum is not None and value > setting.maximum:
        return Message("the setting {name} is at most {limit:g}.", name=setting.name, limit=setting.maximum)
    return None


def _step(node: Node) -> Step:
    node.only(("id", "algorithm", "parameters"))
    parameters = node.get("parameters")
    values = {} if parameters is None else {name: _value(parameters.child(name)) for name in parameters.mapping()}
    return Step(_matching(node, "id", _ID), _matching(node, "algorithm", _ALGORITHM), values)


def _value(node: Node) -> Any:
    """A plain value, or one of the references."""
    if isinstance(node.value, list):
        return [_value(element) for element in node.elements()]
    if not isinstance(node.value, dict):
        return node.as_text() if isinstance(node.value, str) else node.value
    if set(node.value) == {"data"}:
        return FromData(node.text("data"))
    if set(node.value) == {"setting"}:
        return FromSetting(node.text("setting"))
    if set(node.value) == {"step", "output"}:
        return FromStep(node.text("step"), node.text("output"))
    return node.value


def _output(node: Node) -> ScenarioOutput:
    node.only(("step", "output", "title", "file", "style"))
    return ScenarioOutput(
        node.text("step"),
        node.text("output"),
        node.texts("title"),
        _matching(node, "file", _FILE),
        node.text("style", "", 80),
    )


def _measure(node: Node) -> Measure:
    node.only(("id", "title", "unit", "step", "output", "data", "statistic", "field", "where"))
    data = node.text("data", "", 80)
    return Measure(
        _matching(node, "id", _MEASURE),
        node.texts("title"),
        node.text("unit", "", 40),
        "" if data else node.text("step"),
        "" if data else node.text("output"),
        node.choice("statistic", STATISTICS),
        node.text("field", "", 200),
        node.text("where", "", 2000),
        data,
    )


def _check(node: Node) -> Check:
    node.only(("left", "relation", "right", "reason", "tolerance"))
    left, right = (_side(node.need(name)) for name in ("left", "right"))
    tolerance = node.number("tolerance", 0.0) or 0.0
    if tolerance < 0:
        raise node.error(Message("the tolerance is negative: correct it."))
    return Check(left, node.choice("relation", RELATIONS), right, node.texts("reason"), tolerance)


def _side(node: Node) -> str | float:
    if not isinstance(node.value, str):
        return node.as_number()
    try:
        names_in(node.as_text(500))
    except ValueError as error:
        raise node.error(
            Message("'{text}' is no number, measure or sum of measures: correct it.", text=node.value[:80])
        ) from error
    return node.value


def _matching(node: Node, key: str, pattern: re.Pattern[str]) -> str:
    value = node.text(key, longest=200)
    if not pattern.fullmatch(value):
        raise node.child(key).error(
            Message("'{value}' has characters that do not belong there: write it as {pattern}.", value=value[:80],
                    pattern=pattern.pattern)
        )  # fmt: skip
    return value


def _require_unique(root: Node, scenario: Scenario) -> None:
    lists: dict[str, list[str]] = {
        "data": [need.name for need in scenario.data],
        "settings": [setting.name for setting in scenario.settings],
        "steps": [step.id for step in scenario.chain],
        "outputs": [output.file.lower() for output in scenario.outputs],
        "measures": [measure.id for measure in scenario.measures],
    }
    for key, names in lists.items():
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise root.child(key).error(Message("'{name}' stands there twice: rename one.", name=twice))


def _require_references(root: Node, scenario: Scenario) -> None:
    """Every name that is referred to must exist, and a step refers to earlier ones only."""
    data, settings = {need.name for need in scenario.data}, {setting.name for setting in scenario.settings}
    earlier: set[str] = set()
    for number, step in enumerate(scenario.chain):
        for name, value in step.parameters.items():
            node = root.child("steps").child(number).child("parameters").child(name)
            for setting in settings_in(value):
                _known(node, setting, settings)
            for found in references(value):
                if isinstance(found, FromStep):
                    _known(node, found.step, earlier)
                else:
                    _known(node, found.name, data if isinstance(found, FromData) else settings)
        earlier.add(step.id)
    for number, output in enumerate(scenario.outputs):
        _known(root.child("outputs").child(number), output.step, earlier)
    for number, measure in enumerate(scenario.measures):
        node = root.child("measures").child(number)
        _known(node, measure.data or measure.step, data if measure.data else earlier)
        for setting in settings_in(measure.where):
            _known(node, setting, settings)
    measures = {measure.id for measure in scenario.measures}
    for number, check in enumerate(scenario.checks):
        for side in (check.left, check.right):
            for name in names_in(side) if isinstance(side, str) else ():
                _known(root.child("checks").child(number), name, measures)


def _known(node: Node, name: str, names: Iterable[str]) -> None:
    if name not in names:
        listed = ", ".join(sorted(names)) or "-"
        raise node.error(
            Message("'{name}' does not exist there; known are: {names}.", name=name[:80], names=listed[:400])
        )

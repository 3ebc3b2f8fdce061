"""The library: a table of scenarios and the chain documents that they share, read into scenarios.

A chain document has placeholders such as ${places}, which a row fills: so that scenarios which differ in data and
decision, and not only in a number, can share a chain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..common.csv_table import read_rows
from ..common.errors import InputError
from ..common.json_documents import Node, parse_json, read_json
from ..common.messages import Message
from .documents import CHAIN_KEYS, inner_path, scenario_of
from .scenario import DataKind, DataNeed, Scenario, Step

COLUMNS = (
    "id", "version", "domain", "name_en", "name_zh", "question_en", "question_zh", "users_en", "users_zh",
    "decision_en", "decision_zh", "theme", "chain", "with", "data", "settings", "checks", "source",
)  # fmt: skip
CHAINS = "chains"

_PLACEHOLDER = re.compile(r"\$\{([a-z_][a-z0-9_]*)\}")
"""Lower case: those in upper case are settings."""
_NEED = re.compile(r"([ABC]\d\d)(\?)?(?::(\S+))?(?:\s+(.+))?")
_BETWEEN = re.compile(r"\s*;\s*|\s+(?=[ABC]\d\d\b)")
_RASTERS = (".tif", ".tiff", ".vrt", ".asc")
_TABLES = (".csv",)


@dataclass(frozen=True)
class Library:
    """The scenarios of a table, and the rows that cannot be read with the reason, by id.

    A reason is the sentence and not the error: that would hold the frames it went through, and all they hold.
    """

    scenarios: tuple[Scenario, ...]
    faults: dict[str, Message] = field(default_factory=dict)


def read_library(table: Path) -> Library:
    """The scenarios of a table; its chains lie in the folder `chains` beside it.

    Raises
    ------
    InputError
        When the table itself cannot be read. What is wrong with a row is a fault of that row.
    """
    rows = read_rows(table, COLUMNS, Message("The table of scenarios"))
    chains: dict[str, Node | Message] = {}
    scenarios: list[Scenario] = []
    faults: dict[str, Message] = {}
    seen: set[str] = set()
    for row in rows:
        place = row["id"] or Message("a row without an id")
        try:
            _require_new(row["id"], seen, table)
            scenarios.append(_scenario(row, table, chains))
        except InputError as error:
            faults[place] = error.message
    return Library(tuple(scenarios), faults)


def _require_new(name: str, seen: set[str], table: Path) -> None:
    if name in seen:
        raise InputError("The table '{table}' has the id {id} twice: rename one.", table=table.name, id=name)
    seen.add(name)


def _scenario(row: Mapping[str, str], table: Path, chains: dict[str, Node | Message]) -> Scenario:
    document = f"{table.name}, {row['id']}"
    values: dict[str, Any] = {
        "id": row["id"],
        "version": row["version"] or "1",
        "domain": row["domain"],
        "theme": row["theme"],
        "source": row["source"],
    }
    for key in ("name", "question", "users", "decision"):
        values[key] = {language: row[f"{key}_{language}"] for language in ("en", "zh") if row[f"{key}_{language}"]}
    chain = row["chain"].strip()
    if ":" in chain or not chain:
        return _outline(Node(values, "", document), chain, row["data"])
    path = table.parent / CHAINS / f"{chain}.json"
    if not re.fullmatch(r"[A-Za-z0-9_-]+", chain):
        raise Node(None, "chain", document).error(Message("'{chain}' is no id of a chain: correct it.", chain=chain))
    if chain not in chains:
        try:
            chains[chain] = read_json(path)
        except InputError as error:
            chains[chain] = error.message
    found = chains[chain]
    if isinstance(found, Message):
        raise InputError(found)
    found.only(("id", "version", "title", "parameters", *CHAIN_KEYS))
    values |= _filled(found, _object_in(row, "with", document))
    root = Node(values, "", f"{path.name}, {row['id']}")
    _override(root, row, document)
    extra = _extra_needs(row["data"], document)
    scenario = scenario_of(root)
    names = {need.name for need in scenario.data}
    added = tuple(need for need in extra if need.name not in names)
    return replace(scenario, data=scenario.data + added, chain_id=chain)


def _outline(root: Node, chain: str, data: str) -> Scenario:
    """A scenario whose chain is a list of algorithms without parameters."""
    names = [name.strip() for name in chain.split(">") if name.strip()]
    if not names:
        raise root.error(Message("the chain is empty: name the algorithms it needs."))
    root.value["steps"] = [{"id": f"step{number}", "algorithm": name} for number, name in enumerate(names, 1)]
    scenario = scenario_of(root)
    return replace(scenario, data=_extra_needs(data, root.document), outline=True)


def _extra_needs(text: str, document: str) -> tuple[DataNeed, ...]:
    """Data from a text such as "A02; C03? rain gauges; A05:district.gpkg|layername=buildings"."""
    needs: list[DataNeed] = []
    for word in _BETWEEN.split(text.strip()) if text.strip() else ():
        node = Node(word, "data", document)
        found = _NEED.fullmatch(word)
        if not found:
            raise node.error(
                Message("'{word}' is no subdivision such as A02, A02? or A02:dtm.tif: correct it.", word=word[:80])
            )
        code, optional, path, search = found.groups()
        file = (path or "").partition("|")[0].lower()
        kind = DataKind.RASTER if file.endswith(_RASTERS) else DataKind.VECTOR
        kind = DataKind.TABLE if file.endswith(_TABLES) else kind
        name = code if all(need.name != code for need in needs) else f"{code}_{len(needs) + 1}"
        path = inner_path(node, path) if path else ""
        needs.append(DataNeed(name, code, kind, path, optional is None, search or ""))
    return tuple(needs)


def _object_in(row: Mapping[str, str], column: str, document: str) -> Node:
    """The JSON object of a cell; an empty one where the cell is empty."""
    return parse_json((row[column].strip() or "{}").encode(), f"{document}, {column}")


def _filled(chain: Node, given: Node) -> dict[str, Any]:
    """The chain's lists with the placeholders filled."""
    node = chain.get("parameters")
    parameters = dict(node.mapping()) if node is not None else {}
    given.only(parameters)
    parameters |= given.mapping()
    missing = next((name for name, value in parameters.items() if value is None), None)
    if missing is not None:
        raise given.error(Message("the placeholder '{name}' has no value: add it to 'with'.", name=missing))
    return {key: _replaced(chain.child(key), parameters) for key in CHAIN_KEYS if key in chain.mapping()}


def _replaced(node: Node, parameters: Mapping[str, Any]) -> Any:
    if isinstance(node.value, dict):
        return {key: _replaced(node.child(key), parameters) for key in node.value}
    if isinstance(node.value, list):
        return [_replaced(child, parameters) for child in node.elements(10_000)]
    if not isinstance(node.value, str):
        return node.value
    for name in _PLACEHOLDER.findall(node.value):
        if name not in parameters:
            raise node.error(
                Message("the placeholder '{name}' is not among the chain's parameters: add it there.", name=name)
            )
    whole = _PLACEHOLDER.fullmatch(node.value)
    if whole:
        return parameters[whole[1]]
    return _PLACEHOLDER.sub(lambda found: str(parameters[found[1]]), node.value)


def _override(root: Node, row: Mapping[str, str], document: str) -> None:
    """Put the row's values of settings and its own checks into the chain."""
    changed = _object_in(row, "settings", document)
    settings = {setting.get("name"): setting for setting in root.value.get("settings", ()) if isinstance(setting, dict)}
    changed.only(name for name in settings if isinstance(name, str))
    for name, value in changed.mapping().items():
        settings[name]["value"] = value
    if row["checks"].strip():
        wrapped = parse_json(f'{{"checks": {row["checks"]}}}'.encode(), f"{document}, checks")
        root.value["checks"] = [*root.value.get("checks", ()), *(node.value for node in wrapped.items("checks"))]


def algorithms_of(scenario: Scenario) -> tuple[str, ...]:
    """Ids of the algorithms that it runs, each once."""
    return tuple(dict.fromkeys(step.algorithm for step in scenario.chain))


def sameness(scenario: Scenario) -> str:
    """What makes it a scenario of its own besides its question: chain, data and decision; numbers do not count."""
    steps = [[step.algorithm, _words(step)] for step in scenario.chain]
    data = sorted([need.subdivision, need.path] for need in scenario.data)
    return json.dumps([steps, data, scenario.decision.get("en", "").strip().lower()])


def _words(step: Step) -> list[str]:
    return sorted(f"{name}={value}" for name, value in step.parameters.items() if not isinstance(value, int | float))

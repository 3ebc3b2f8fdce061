"""Rules that every algorithm, text and package keeps."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from string import Formatter

import pytest
from qgis.core import QgsProcessingModelAlgorithm, QgsProcessingParameterDefinition

from tools.core_texts import is_message

ROOT = Path(__file__).parent.parent.parent
CONTRACT = Path(__file__).parent / "contract.json"
MODULES = sorted((ROOT / "twin_plugin").rglob("*.py"))


@pytest.fixture
def algorithms(qgis_plugin):
    found = list(qgis_plugin.provider.algorithms())
    assert found, "the provider has no algorithms"
    return found


def test_ids_and_parameter_names_are_the_frozen_ones(algorithms):
    now = {
        algorithm.id(): {
            "parameters": [p.name() for p in algorithm.parameterDefinitions()],
            "outputs": [o.name() for o in algorithm.outputDefinitions()],
        }
        for algorithm in algorithms
    }
    frozen = json.loads(CONTRACT.read_text(encoding="utf-8"))
    for name, contract in frozen.items():
        assert name in now, f"{name} is gone"
        for kind in ("parameters", "outputs"):
            assert not set(contract[kind]) - set(now[name][kind]), f"{name}: {kind} were renamed or removed"
    assert now == frozen, "something was added: add it to tests/conventions/contract.json"


def test_every_parameter_has_help_and_a_description(algorithms):
    for algorithm in algorithms:
        if algorithm.id().startswith("twin:") and not isinstance(algorithm, QgsProcessingModelAlgorithm):
            assert len(algorithm.shortHelpString()) > 80, algorithm.id()
        for parameter in algorithm.parameterDefinitions():
            if parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagHidden:
                continue
            assert parameter.help(), f"{algorithm.id()} {parameter.name()} has no help"
            assert parameter.description(), f"{algorithm.id()} {parameter.name()} has no description"


def test_ids_are_lower_case_and_parameters_upper_case(algorithms):
    for algorithm in algorithms:
        assert algorithm.name() == algorithm.name().lower()
        if isinstance(algorithm, QgsProcessingModelAlgorithm):
            continue
        for parameter in algorithm.parameterDefinitions():
            assert parameter.name() == parameter.name().upper(), f"{algorithm.id()} {parameter.name()}"


def test_enums_have_static_strings(algorithms):
    for algorithm in algorithms:
        for parameter in algorithm.parameterDefinitions():
            if parameter.type() == "enum":
                assert parameter.usesStaticStrings(), f"{algorithm.id()} {parameter.name()}"


def test_algorithm_files_are_short():
    """What an algorithm does stays short; its declarations may be as long as its parameters are many."""
    found = 0
    for path in (ROOT / "twin_plugin" / "processing").glob("*/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "execute":
                lines = node.end_lineno - node.lineno + 1
                found += 1
                assert lines <= 40, f"execute in {path.relative_to(ROOT)} has {lines} lines"
                assert ast.get_docstring(node), f"execute in {path.relative_to(ROOT)} says in a sentence what it joins"
    assert found >= 15


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= 450, "too long: does it still have one subject?"
    assert ast.get_docstring(tree), "a module says in a sentence what it is for"
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"tr", "translate"}
        ):
            for argument in node.args:
                assert not isinstance(argument, ast.JoinedStr), (
                    f"line {node.lineno}: f-string inside tr is never translated"
                )


def test_only_compat_branches_on_versions():
    assert len(MODULES) > 300
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if path.name != "compat.py":
            assert "versionInt()" not in text, path
            assert "QGIS_VERSION" not in text, path


def test_the_values_of_a_message_are_those_of_its_sentence():
    """A sentence with another name than its values raises KeyError only when somebody reads it."""
    from twin_plugin.core.bim.warnings import TEMPLATES

    checked = 0
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if texts and ast.unparse(node.func) == "coded":
                sentence = TEMPLATES[texts[0]]
            elif texts and is_message(node):
                sentence = max(texts, key=len)
            else:
                continue
            given = {keyword.arg for keyword in node.keywords}
            if None not in given:
                names = {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(sentence) if name}
                assert names == given, f"{path.relative_to(ROOT)}, line {node.lineno}: {sentence}"
                checked += 1
    assert checked > 300

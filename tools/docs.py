"""Writes docs/algorithms.md, the reference of every algorithm, from the algorithms themselves."""

from __future__ import annotations

import html
import os
import re
import sys
from pathlib import Path

from qgis.analysis import QgsNativeAlgorithms
from qgis.core import QgsApplication, QgsProcessingParameterDefinition

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "algorithms.md"
Flag = QgsProcessingParameterDefinition.Flag


def plain(text: str) -> str:
    """Simple HTML as text in one line."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))).strip().replace("|", "\\|")


def meaning(parameter: QgsProcessingParameterDefinition) -> str:
    """Label, which has the unit, and help, as the dialog shows them."""
    label, text = plain(parameter.description()), plain(parameter.help())
    return text if not label or text.startswith(label) else f"{label}: {text}" if text else label


def default(parameter: QgsProcessingParameterDefinition) -> str:
    """The default as a user would type it."""
    value = parameter.defaultValue()
    if parameter.flags() & Flag.FlagHidden or value in (None, ""):
        return "" if parameter.isDestination() or parameter.flags() & Flag.FlagOptional else "required"
    return f"`{value}`"


def about(algorithm: object) -> str:
    """Its help, without the list of parameters that the help of a model has: the tables have that."""
    return plain(re.split(r"<h2>", algorithm.shortHelpString())[0])


def section(algorithm: object) -> list[str]:
    """The lines of one algorithm."""
    lines = [f"## {algorithm.id()}", "", f"{algorithm.displayName()}. {about(algorithm)}", ""]
    lines += ["| parameter | kind | default | meaning |", "|---|---|---|---|"]
    for parameter in algorithm.parameterDefinitions():
        kind = parameter.type()
        if kind == "enum":
            kind = "one of " + ", ".join(f"`{option}`" for option in parameter.options())
        lines.append(f"| {parameter.name()} | {kind} | {default(parameter)} | {meaning(parameter)} |")
    lines += ["", "| output | kind | meaning |", "|---|---|---|"]
    for output in algorithm.outputDefinitions():
        lines.append(f"| {output.name()} | {output.type().removeprefix('output')} | {plain(output.description())} |")
    return [*lines, ""]


def index(algorithms: list) -> list[str]:
    """A row for each group, with links to its algorithms."""
    groups: dict[str, list[str]] = {}
    for algorithm in algorithms:
        link = f"[{algorithm.displayName()}](#{algorithm.id().replace(':', '')})"
        groups.setdefault(algorithm.group(), []).append(link)
    return ["| group | algorithms |", "|---|---|", *(f"| {name} | {', '.join(groups[name])} |" for name in groups), ""]


def main() -> int:
    """Write the reference, or with --check say whether it is up to date."""
    app = QgsApplication([], False)
    app.initQgis()
    registry = QgsApplication.processingRegistry()
    registry.addProvider(QgsNativeAlgorithms(registry))  # steps of the models
    from twin_plugin.plugin import CityTwinPlugin

    plugin = CityTwinPlugin(None)
    plugin.initProcessing()
    algorithms = sorted(plugin.provider.algorithms(), key=lambda a: a.id())
    note = "Generated from the algorithms by `make docs`. Lengths in metres, areas in square metres, times as named."
    lines = ["# Algorithms", "", note, "", *index(algorithms)]
    for algorithm in algorithms:
        lines += section(algorithm)
    text = "\n".join(lines).rstrip() + "\n"
    current = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    status = 0
    if "--check" in sys.argv:
        status = int(text != current)
        print("docs/algorithms.md is up to date" if not status else "docs/algorithms.md is old: run make docs")
    else:
        TARGET.write_text(text, encoding="utf-8")
        print(f"{TARGET.relative_to(ROOT)}: {text.count('## ')} algorithms")
    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    main()

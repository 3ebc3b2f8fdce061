"""The other tools of the life cycle, each with a form of its own parameters: comparisons, progress, gates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterDefinition
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...bridge.kernel.outside_text import as_tip
from ..common import formatting
from ..widgets.basics import button, fill_column, narrow_combo
from ..widgets.form import ParameterForm

TOOLS = ("comparestages", "comparemodels", "constructionprogress", "setgates")
BASE = ("TWIN_BASE", "CONNECTION", "SCHEMA")
"""Parameters that the dock's base fills."""


class Comparisons(QWidget):
    """Chooses a tool and shows its form; `started()` when it is to run.

    Parameters
    ----------
    find : callable
        Gives an algorithm of ours by name; None where it is not there.
    """

    started = pyqtSignal()

    def __init__(
        self, find: Callable[[str], QgsProcessingAlgorithm | None], canvas: Any, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.algorithms = {name: found for name in TOOLS if (found := find(name)) is not None}
        self.forms: dict[str, ParameterForm] = {}
        self.has_base = False
        self.which = narrow_combo(self.tr("What is compared, or set."))
        self.which.setAccessibleName(self.tr("Tool"))
        for name, algorithm in self.algorithms.items():
            self.which.addItem(algorithm.displayName(), name)
        self.which.currentIndexChanged.connect(lambda *_: self.show_form())
        self.go = button("chain", self.tr("Run"), "", self.started.emit)
        self.column = fill_column(self, self.which, self.go)
        self.show_form()

    @property
    def name(self) -> str:
        """The tool that is chosen."""
        return str(self.which.currentData() or "")

    def show_form(self) -> None:
        """Show the form of the chosen tool, which is made when it is first looked at."""
        algorithm = self.algorithms.get(self.name)
        if algorithm is not None and self.name not in self.forms:
            names = [
                definition.name()
                for definition in algorithm.parameterDefinitions()
                if not definition.isDestination() and definition.name() not in BASE
            ]
            form = ParameterForm(algorithm, names, f"lifecycle/{self.name}", self._canvas)
            form.changed.connect(self.show_state)
            self.forms[self.name] = form
            self.column.insertWidget(1, form)
        for name, form in self.forms.items():
            form.setVisible(name == self.name)
        self.show_state()

    def show_state(self) -> None:
        """Say on the button what is missing."""
        lacks = self.lacks()
        self.go.setEnabled(bool(self.algorithms) and not lacks)
        text = self.tr("Give these first: {inputs}.").format(inputs=", ".join(lacks)) if lacks else ""
        self.go.setToolTip(as_tip(text or self.tr("Run this tool; its result comes into the project.")))

    def lacks(self) -> list[str]:
        """What must be given and is not: the labels of parameters."""
        form, algorithm = self.forms.get(self.name), self.algorithms.get(self.name)
        if form is None or algorithm is None:
            return []
        given, optional = form.values(), QgsProcessingParameterDefinition.Flag.FlagOptional
        found = [
            definition.description()
            for definition in algorithm.parameterDefinitions()
            if definition.name() in form.fields
            and not definition.flags() & optional
            and definition.defaultValue() is None
            and not given.get(definition.name())
        ]
        if algorithm.parameterDefinition("TWIN_BASE") is not None and not self.has_base:
            found.append(self.tr("a twin base above"))
        return found

    def values(self) -> dict[str, Any]:
        """The inputs of the chosen tool."""
        form = self.forms.get(self.name)
        return form.values() if form is not None else {}

    def takes_base(self) -> bool:
        """Whether the chosen tool works on the dock's base."""
        algorithm = self.algorithms.get(self.name)
        return algorithm is not None and algorithm.parameterDefinition("TWIN_BASE") is not None

    def remember(self) -> None:
        """Keep the inputs in the project."""
        if self.name in self.forms:
            self.forms[self.name].remember()

    def restore(self) -> None:
        """Another project: take what it remembers."""
        for form in self.forms.values():
            form.restore()

    def summary(self, name: str) -> Callable[[dict[str, Any]], str]:
        """What makes the sentence about the results of a tool."""

        def say(outputs: dict[str, Any]) -> str:
            def count(key: str) -> str:
                return formatting.number(float(outputs.get(key) or 0), 0)

            if name == "constructionprogress":
                shares = [float(outputs.get(key, -1)) for key in ("PLANNED_SHARE", "DONE_SHARE")]
                planned, done = ("–" if share < 0 else f"{100 * share:.1f} %" for share in shares)
                text = self.tr("Planned {planned}, done {done}; {late} tasks are late.")
                return text.format(planned=planned, done=done, late=count("LATE"))
            if name == "setgates":
                return self.tr("The gates ask for {n} documents and checks.").format(n=count("DEMANDS"))
            changed = [key for key in ("CHANGED", "GEOMETRY", "PROPERTIES", "BOTH") if key in outputs]
            number = formatting.number(sum(float(outputs[key] or 0) for key in changed), 0)
            text = self.tr("{changed} changed, {added} added, {deleted} deleted.")
            return text.format(changed=number, added=count("ADDED"), deleted=count("DELETED"))

        return say

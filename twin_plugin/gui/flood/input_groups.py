"""The folded inputs of a simulation: a form for each kind, and the rest as options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qgis.core import QgsProcessingAlgorithm
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ...processing.flood.simulateflood import input_groups
from ..common import state
from ..widgets.basics import folded
from ..widgets.form import ParameterForm, advanced_names

KEEP_STATE = "flood/keep_state"
OUTPUTS = {
    "DRAINS": ("DRAIN_CONDUITS", "DRAIN_NODES"),
    "NODES": ("DRAIN_CONDUITS", "DRAIN_NODES"),
    "STRUCTURES": ("STRUCTURE_FLOWS",),
    "SURFACES": ("SURFACES_FILLED",),
    "UNDERGROUND": ("UNDERGROUND_FILLED",),
}
"""Layers that a run of the dock writes and shows where it has an input."""


def outputs_of(algorithm: QgsProcessingAlgorithm, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """The layers that belong to the inputs of a run."""
    found = [output for name, outputs in OUTPUTS.items() if parameters.get(name) for output in outputs]
    return tuple(name for name in dict.fromkeys(found) if algorithm.parameterDefinition(name) is not None)


class InputGroups(QWidget):
    """Folded forms, one below the other.

    Parameters
    ----------
    algorithm : QgsProcessingAlgorithm
        twin:simulateflood.
    shown : iterable of str
        Parameters that the dock shows elsewhere.
    canvas : QgsMapCanvas

    Attributes
    ----------
    forms : dict of str to ParameterForm
        By kind of input, "options" last; a kind without a parameter left has none.
    keep_state : QCheckBox
        Whether a run writes its STATE; below the options.
    """

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        shown: Iterable[str],
        canvas: QgsMapCanvas,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        titles = {
            "rain": self.tr("Rain in space and time"),
            "edges": self.tr("Edges and inflows"),
            "ground": self.tr("Ground"),
            "drains": self.tr("Drains"),
            "surfaces": self.tr("Roofs and sponge surfaces"),
            "underground": self.tr("Basements and tunnels"),
            "structures": self.tr("Structures"),
        }
        self.forms: dict[str, ParameterForm] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        left = advanced_names(algorithm, shown)
        groups = input_groups()
        for kind, title in titles.items():
            names = [name for name in groups.get(kind, ()) if name in left]
            left = [name for name in left if name not in names]
            self._add(algorithm, kind, title, names, canvas)
        self._add(algorithm, "options", self.tr("Options"), left, canvas)
        self.keep_state = QCheckBox(self.tr("Keep the state at the end"))
        self.keep_state.setToolTip(
            self.tr("Writes STATE beside the results: a forecast starts from its water where START names the file.")
        )
        self.forms["options"].layout().addWidget(self.keep_state)
        self.restore()
        self.keep_state.toggled.connect(lambda kept: state.remember(KEEP_STATE, kept))

    def restore(self) -> None:
        """Take what the project remembers of the box; the forms do so for themselves."""
        self.keep_state.blockSignals(True)
        self.keep_state.setChecked(bool(state.recall(KEEP_STATE, False)))
        self.keep_state.blockSignals(False)

    def _add(
        self, algorithm: QgsProcessingAlgorithm, kind: str, title: str, names: list[str], canvas: QgsMapCanvas
    ) -> None:
        if names:
            form = self.forms[kind] = ParameterForm(algorithm, names, f"flood/{kind}", canvas)
            self.layout().addWidget(folded(title, form, f"flood{kind.capitalize()}"))

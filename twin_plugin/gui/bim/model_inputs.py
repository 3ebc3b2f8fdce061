"""The inputs of the reading of models: folder, files, CRS and options, remembered in the project."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsProcessingAlgorithm
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ..widgets.basics import folded
from ..widgets.form import ParameterForm, advanced_names
from ..widgets.notice import Notice

MAIN = ("FOLDER", "MODELS", "CRS")
ONLY_LAYERS = ("MODELS", "LOD", "SOLIDS_OF", "DTM")
"""Parameters of twin:loadbim that twin:updatetwinbase does not have."""


class ModelInputs(QWidget):
    """Two forms over the parameters of twin:loadbim, or a notice where that algorithm is missing; `changed()`."""

    changed = pyqtSignal()

    def __init__(
        self, algorithm: QgsProcessingAlgorithm | None, canvas: QgsMapCanvas, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.algorithm = algorithm
        self.forms: tuple[ParameterForm, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if algorithm is None:
            missing = Notice()
            missing.say(
                self.tr(
                    "The tool that reads models is missing: switch on the provider City Twin in Processing's options."
                ),
                Qgis.MessageLevel.Warning,
            )
            layout.addWidget(missing)
            return
        labels = {
            "FOLDER": self.tr("Folder of models"),
            "MODELS": self.tr("Or single files"),
            "CRS": self.tr("CRS of the buildings"),
        }
        self.form = ParameterForm(algorithm, MAIN, "buildings/inputs", canvas, labels)
        self.options = ParameterForm(algorithm, advanced_names(algorithm, MAIN), "buildings/options", canvas)
        self.forms = (self.form, self.options)
        self.group = folded(self.tr("Models to read"), self.form, "buildingsInputs", collapsed=False)
        layout.addWidget(self.group)
        layout.addWidget(folded(self.tr("Options"), self.options, "buildingsOptions"))
        self.form.changed.connect(self.changed)

    def values(self) -> dict[str, Any]:
        """What is entered, as twin:loadbim takes it; {} where it is missing."""
        return {name: value for form in reversed(self.forms) for name, value in form.values().items()}

    def value(self, name: str) -> Any:
        """What is entered for a parameter; None for nothing."""
        return self.values().get(name)

    def set_value(self, name: str, value: Any) -> None:
        """Enter a value, and keep it in the project."""
        for form in self.forms:
            if name in form.fields:
                form.set_value(name, value)
                form.remember()

    def show_for(self, is_base: bool) -> None:
        """Show what a run into layers, or into a twin base, takes."""
        for form in self.forms:
            for name in ONLY_LAYERS:
                form.show_row(name, not is_base)

    def fold(self, away: bool) -> None:
        """Fold the inputs away: what is listed needs the room; without models they are shown."""
        if self.forms:
            self.group.setCollapsed(away)

    def remember(self) -> None:
        """Keep in the project what is entered."""
        for form in self.forms:
            form.remember()

    def restore(self) -> None:
        """Take what the project remembers."""
        for form in self.forms:
            form.restore()

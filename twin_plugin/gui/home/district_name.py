"""The name of the district, which the titles of layers and reports carry and the project keeps."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QLineEdit, QWidget

from ...bridge.kernel.project_entries import DISTRICT
from ..common import run_outputs, state
from ..widgets.basics import fill_column, plain_label


class DistrictName(QWidget):
    """A row with the name; `changed` comes when the user has entered another one."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("none"))
        self.field.setToolTip(
            self.tr("Stands in the names of layers and in the titles of reports; kept in the project.")
        )
        label = plain_label(self.tr("Name of the district"))
        label.setBuddy(self.field)
        fill_column(self, label, self.field)
        self.field.editingFinished.connect(self._take)

    def refresh(self) -> None:
        """Show the name that the project keeps."""
        if not self.field.hasFocus():
            self.field.setText(run_outputs.district())

    def propose(self, name: str) -> None:
        """Keep a name where the project has none."""
        if not run_outputs.district():
            state.remember(DISTRICT, name)
            self.refresh()

    def _take(self) -> None:
        name = self.field.text().strip()
        if name != run_outputs.district():
            state.remember(DISTRICT, name)
            self.changed.emit()

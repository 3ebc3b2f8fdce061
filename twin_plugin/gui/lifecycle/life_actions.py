"""Forms that open below the card: let objects enter a stage, or put a document or check on record."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingAlgorithm
from qgis.PyQt.QtCore import QDateTime, pyqtSignal
from qgis.PyQt.QtWidgets import QGroupBox, QHBoxLayout, QVBoxLayout, QWidget

from ...bridge.kernel.outside_text import as_name, as_tip
from ..widgets.basics import button, wrapped_label
from ..widgets.form import ParameterForm

ADVANCE, RECORD = "advancestage", "recordevent"
ROWS = {
    ADVANCE: ("STAGE", "AT", "NOTE", "MODEL_ID", "CORRECT"),
    RECORD: ("KIND", "NAME", "STATE", "REVISION", "FILE", "AT"),
}


class ActionForm(QGroupBox):
    """The rows of an algorithm that changes the base, with what it will change; `accepted()` starts it.

    Parameters
    ----------
    algorithm : QgsProcessingAlgorithm
        advancestage or recordevent.
    """

    accepted = pyqtSignal()

    def __init__(self, algorithm: QgsProcessingAlgorithm, canvas: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.algorithm = algorithm
        self.setTitle(as_name(algorithm.displayName()))
        self.ids: list[str] = []
        self.whom = wrapped_label()
        self.form = ParameterForm(algorithm, ROWS[algorithm.name()], f"lifecycle/{algorithm.name()}", canvas)
        self.form.changed.connect(self._show)
        self.go = button("lifecycle", self.tr("Record"), "", self._accept)
        self.leave = button("", self.tr("Close"), self.tr("Close this form; nothing is changed."), self.hide)
        row = QHBoxLayout()
        row.addWidget(self.leave)
        row.addWidget(self.go, 1)
        layout = QVBoxLayout(self)
        for part in (self.whom, self.form):
            layout.addWidget(part)
        layout.addLayout(row)
        self.hide()

    def open(self, ids: list[str], names: list[str], at: QDateTime, **values: Any) -> None:
        """Show the form for some objects, with values in some of its rows."""
        self.ids = ids
        listed = ", ".join(names[:3]) + (self.tr(" and {n} more").format(n=len(names) - 3) if len(names) > 3 else "")
        self.whom.setText(listed)
        for name in ROWS[self.algorithm.name()]:
            if name in values:
                self.form.set_value(name, values[name])
            elif name not in ("AT", "KIND", "STAGE"):
                self.form.set_value(name, self.algorithm.parameterDefinition(name).defaultValue())
        self.form.set_value("AT", at)
        self.show()
        self._show()
        first = next(iter(self.form.fields.values()), None)
        if first is not None:
            first.setFocus()

    def values(self) -> dict[str, Any]:
        """What the algorithm takes, but for the base."""
        values = self.form.values()
        if self.algorithm.name() == RECORD and values.get("KIND") != "document":
            for name in ("STATE", "REVISION", "FILE"):
                values.pop(name, None)
        return values | {"IDS": "\n".join(self.ids)}

    def _show(self) -> None:
        values = self.form.values()
        count = len(self.ids)
        if self.algorithm.name() == ADVANCE:
            lacks = not values.get("STAGE")
            text = self.tr("Enter the stage ({n})") if not values.get("CORRECT") else self.tr("Correct the date ({n})")
            tip = self.tr("Choose the stage first.") if lacks else self.tr("Write it into the twin base.")
        else:
            document = values.get("KIND") == "document"
            for name in ("STATE", "REVISION", "FILE"):
                self.form.show_row(name, document)
            lacks = not values.get("NAME") or (document and not values.get("STATE"))
            text = self.tr("Record ({n})")
            tip = self.tr("Give the name and the state first.") if lacks else self.tr("Write it into the twin base.")
        self.go.setText(text.format(n=count))
        self.go.setEnabled(not lacks and bool(self.ids))
        self.go.setToolTip(as_tip(tip))

    def _accept(self) -> None:
        self.form.remember()
        self.accepted.emit()

"""A dialog in which a person puts right what a catalogue says of a service."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ...bridge.kernel import enum_labels
from ...bridge.kernel.outside_text import as_tip
from ...core.services.catalogue.taxonomy import Taxonomy
from ...core.services.record import Offset, ServiceRecord

STAGES = ("", "planning", "design", "construction", "operation", "demolished")
_CLEARED = {"DESCRIPTION": "description", "KEYWORDS": "keywords", "SUBDIVISION": "subdivision", "AUTH": "auth",
            "LIFECYCLE_STAGE": "lifecycle_stage", "CADENCE": "cadence"}  # fmt: skip


class EditDialog(QDialog):
    """The fields of a record that may be edited; `parameters` are those of twin:editservice."""

    def __init__(self, record: ServiceRecord, taxonomy: Taxonomy, chinese: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record = record
        self.setWindowTitle(self.tr("Edit record"))
        self.title = QLineEdit(record.title)
        self.description = QPlainTextEdit(record.description)
        self.description.setTabChangesFocus(True)
        self.keywords = QLineEdit("; ".join(record.keywords))
        self.subdivision = QComboBox()
        self.subdivision.addItem(self.tr("No subdivision"), "")
        for row in taxonomy.rows.values():
            if row.parent:
                self.subdivision.addItem(f"{row.code} {row.name(chinese)}", row.code)
        self.subdivision.setCurrentIndex(max(0, self.subdivision.findData(record.subdivision)))
        self.subdivision_chosen = False
        self.subdivision.activated.connect(self._choose_subdivision)
        self.offset = QComboBox()
        for offset, text in ((Offset.NONE, self.tr("none")), (Offset.GCJ02, "GCJ-02"), (Offset.BD09, "BD-09")):
            self.offset.addItem(text, offset.value)
        self.offset.setCurrentIndex(self.offset.findData(record.coord_offset.value))
        self.auth = QComboBox()
        self.auth.addItem(self.tr("none"), "")
        for name in sorted({*auth_names(), *([record.auth] if record.auth else [])}):
            self.auth.addItem(name, name)
        self.auth.setCurrentIndex(max(0, self.auth.findData(record.auth)))
        self.stage = QComboBox()
        for stage in (*STAGES, *([record.lifecycle_stage] if record.lifecycle_stage not in STAGES else [])):
            self.stage.addItem(enum_labels.label(stage) or self.tr("unknown"), stage)
        self.stage.setCurrentIndex(max(0, self.stage.findData(record.lifecycle_stage)))
        self.cadence = QLineEdit(record.cadence)
        self._before = self._values()
        form = QFormLayout()
        for label, field, tip in self._rows():
            field.setToolTip(as_tip(tip))
            form.addRow(label, field)
        kinds = QDialogButtonBox.StandardButton
        self.box = QDialogButtonBox(kinds.Save | kinds.Cancel)
        self.box.button(kinds.Save).setToolTip(self.tr("Write to the catalogue; later harvests keep your changes."))
        self.box.button(kinds.Cancel).setToolTip(self.tr("Change nothing."))
        self.box.accepted.connect(self.accept)
        self.box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.box)
        self.resize(self.fontMetrics().averageCharWidth() * 70, self.sizeHint().height())

    def parameters(self) -> dict[str, Any]:
        """What was changed, as twin:editservice takes it; {} for nothing."""
        now = self._values()
        changed = {name: value for name, value in now.items() if value != self._before[name]}
        if self.subdivision_chosen and self.record.subdivision_sure < 1.0:
            changed["SUBDIVISION"] = now["SUBDIVISION"]  # the same one, to say that the guess is right
        cleared = [_CLEARED[name] for name, value in changed.items() if not value and name in _CLEARED]
        entered = {name: value for name, value in changed.items() if value}
        return entered | ({"CLEAR": cleared} if cleared else {})

    def _values(self) -> dict[str, Any]:
        return {
            "TITLE": self.title.text().strip(),
            "DESCRIPTION": self.description.toPlainText().strip(),
            "KEYWORDS": "; ".join(part.strip() for part in self.keywords.text().split(";") if part.strip()),
            "SUBDIVISION": self.subdivision.currentData(),
            "COORD_OFFSET": self.offset.currentData(),
            "AUTH": self.auth.currentData(),
            "LIFECYCLE_STAGE": self.stage.currentData(),
            "CADENCE": self.cadence.text().strip(),
        }

    def _choose_subdivision(self, *_: object) -> None:
        self.subdivision_chosen = True

    def _rows(self) -> tuple[tuple[str, QWidget, str], ...]:
        return (
            (self.tr("Title"), self.title, self.tr("Name in the list.")),
            (self.tr("Description"), self.description, self.tr("What it holds.")),
            (self.tr("Keywords"), self.keywords,
             self.tr("Separated by semicolons.")),
            (self.tr("Subdivision"), self.subdivision,
             self.tr("Subdivision in the city's taxonomy.")),
            (self.tr("Coordinate shift"), self.offset,
             self.tr("The deliberate shift of Chinese map services; the plugin corrects vector data.")),
            (self.tr("Authentication"), self.auth,
             self.tr("The authentication configuration of QGIS that opens it.")),
            (self.tr("Life-cycle stage"), self.stage,
             self.tr("Life-cycle stage of what the data describes.")),
            (self.tr("Update cadence"), self.cadence,
             self.tr("Update interval, such as PT5M or P1D.")),
        )  # fmt: skip


def auth_names() -> list[str]:
    """Names of the authentication configurations; none while the master password is not entered."""
    manager = QgsApplication.authManager()
    if manager.isDisabled():
        return []
    return [config.name() for config in manager.availableAuthMethodConfigs().values()]

"""The form of a scenario's settings: a number, a choice or a text for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsApplication
from qgis.gui import QgsDoubleSpinBox
from qgis.PyQt.QtWidgets import QFormLayout, QLineEdit, QWidget

from ...bridge.kernel.outside_text import as_tip
from ...bridge.kernel.translation import language
from ...core.common.languages import in_language
from ...core.scenarios.scenario import Setting
from ..widgets.basics import narrow_combo, plain_label

WIDEST = 1e9
"""Limit of numbers for which a scenario states none."""


class SettingsForm(QWidget):
    """Rows for the settings of one scenario at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.fields: dict[str, QWidget] = {}
        self._settings: Sequence[Setting] = ()

    def show_settings(self, settings: Sequence[Setting]) -> None:
        """Show other settings with their default values."""
        while self.form.rowCount():
            self.form.removeRow(0)
        self.fields, self._settings = {}, settings
        for setting in settings:
            title = in_language(setting.title, language(QgsApplication.locale())) or setting.name
            field = self._field(setting)
            text = f"{title} ({setting.unit})" if setting.unit else title
            field.setToolTip(as_tip(text))
            field.setAccessibleName(text)
            label = plain_label(text)
            label.setWordWrap(True)
            label.setToolTip(as_tip(text))
            label.setBuddy(field)
            self.form.addRow(label, field)
            self.fields[setting.name] = field
        self.setVisible(bool(settings))

    def changed(self) -> list[str]:
        """Names and values of the settings that differ from the scenario's own, as the matrix of twin:runscenario."""
        found: list[str] = []
        for setting in self._settings:
            value = self._value(self.fields[setting.name])
            if str(value) != str(_plain(setting.value)):
                found += [setting.name, str(value)]
        return found

    @staticmethod
    def _field(setting: Setting) -> QWidget:
        if setting.choices:
            combo = narrow_combo()
            for choice in setting.choices:
                combo.addItem(choice, choice)
            combo.setCurrentIndex(max(0, combo.findData(str(setting.value))))
            return combo
        if isinstance(setting.value, int | float) and not isinstance(setting.value, bool):
            box = QgsDoubleSpinBox()
            whole = isinstance(setting.value, int) and all(
                limit is None or float(limit).is_integer() for limit in (setting.minimum, setting.maximum)
            )
            box.setDecimals(0 if whole else 3)
            box.setRange(
                setting.minimum if setting.minimum is not None else -WIDEST,
                setting.maximum if setting.maximum is not None else WIDEST,
            )
            box.setValue(float(setting.value))
            box.setShowClearButton(False)
            return box
        return QLineEdit("" if setting.value is None else str(setting.value))

    @staticmethod
    def _value(field: QWidget) -> Any:
        if isinstance(field, QgsDoubleSpinBox):
            return _plain(field.value())
        return field.currentData() if hasattr(field, "currentData") else field.text()  # type: ignore[attr-defined]


def _plain(value: Any) -> Any:
    """A number without a needless fraction."""
    return int(value) if isinstance(value, float) and value.is_integer() else value

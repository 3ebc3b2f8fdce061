"""Choices in Processing's own dialogs: people see words in their language, scripts and models the fixed ones.

QGIS's own widget shows the fixed words, since it takes the shown text for the value.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from qgis.core import NULL, QgsProcessingParameterDefinition, QgsProcessingParameterEnum
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QComboBox

from ...bridge.kernel import enum_labels
from ...bridge.kernel.outside_text import as_tip

MODELER = "ModelerParametersDialog"


class ChoiceWrapper:
    """What the metadata `widget_wrapper` of a choice names: Processing makes one for each row of a dialog.

    In the dialog of an algorithm and in that of a batch it is a list of words. In the model designer it is QGIS's own
    widget, which offers inputs of the model as well.
    """

    def __new__(cls, parameter: QgsProcessingParameterEnum, dialog: Any, row: int = 0, col: int = 0) -> Any:
        if type(dialog).__name__ == MODELER:
            wrapper = QgsGui.processingGuiRegistry().createModelerParameterWidget(
                dialog.model, dialog.childId, parameter, dialog.context
            )
            wrapper.setDialog(dialog)
            return wrapper
        return _wrapper_class()(parameter, dialog, row, col)


def words_combo(parameter: QgsProcessingParameterEnum) -> QComboBox:
    """A list of the words of a choice; the fixed ones are its data, and stand in the tips."""
    combo = QComboBox()
    if parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional:
        combo.addItem(QCoreApplication.translate("Choices", "[Not selected]"), None)
    for option in parameter.options():
        combo.addItem(enum_labels.label(option, parameter.name()), option)
        combo.setItemData(combo.count() - 1, as_tip(option), Qt.ItemDataRole.ToolTipRole)
    return combo


@lru_cache(maxsize=1)
def _wrapper_class() -> type:
    """The class of the rows: its base is in QGIS's plugin Processing, which is there when a dialog of it is."""
    from processing.gui.wrappers import WidgetWrapper

    class WordsWrapper(WidgetWrapper):
        """A row with a list of words."""

        def createWidget(self) -> QComboBox:
            combo = words_combo(self.parameterDefinition())
            combo.currentIndexChanged.connect(lambda *_: self.widgetValueHasChanged.emit(self))
            return combo

        def setValue(self, value: Any) -> None:
            wanted = None if value is None or value == NULL else value
            if isinstance(wanted, int):  # scripts may give the number of an option
                wanted = self.parameterDefinition().options()[wanted]
            index = self.widget.findData(wanted)
            if index >= 0:
                self.widget.setCurrentIndex(index)

        def value(self) -> Any:
            return self.widget.currentData()

    return WordsWrapper

"""Forms and map tips in the user's language: the styles that ship with the plugin name fields in English."""

from __future__ import annotations

import re
from collections.abc import Callable

from qgis.core import QgsAttributeEditorContainer, QgsAttributeEditorElement, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

Speak = Callable[[str, str], str]
"""From a context and a text in English to the text of a language, by default the user's."""

_CELL = re.compile(r'(<td style="padding-right:8px">)([^<]+)(</td>)')


def translate(layer: QgsVectorLayer, speak: Speak = QCoreApplication.translate) -> None:
    """Translate the names of a layer's fields and tabs and its map tip; what is not the plugin's own stays."""
    for index, field in enumerate(layer.fields()):
        if field.alias() and label(field.alias(), speak) != field.alias():
            layer.setFieldAlias(index, label(field.alias(), speak))
    form = layer.editFormConfig()
    _rename(form.invisibleRootContainer(), speak)
    layer.setEditFormConfig(form)
    layer.setMapTipTemplate(_CELL.sub(lambda cell: cell[1] + label(cell[2], speak) + cell[3], layer.mapTipTemplate()))


def label(text: str, speak: Speak = QCoreApplication.translate) -> str:
    """A name in the user's language; one that is not the plugin's stays as it is."""
    return speak("Fields", text)


def _rename(element: QgsAttributeEditorElement, speak: Speak) -> None:
    if isinstance(element, QgsAttributeEditorContainer):
        element.setName(label(element.name(), speak))
        for child in element.children():
            _rename(child, speak)

"""Forms and map tips in the user's language: the styles that ship with the plugin name fields in English."""

from __future__ import annotations

import re

from qgis.core import QgsAttributeEditorContainer, QgsAttributeEditorElement, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

_CELL = re.compile(r'(<td style="padding-right:8px">)([^<]+)(</td>)')


def translate(layer: QgsVectorLayer) -> None:
    """Translate the names of a layer's fields and tabs and its map tip; what is not the plugin's own stays."""
    for index, field in enumerate(layer.fields()):
        if field.alias() and label(field.alias()) != field.alias():
            layer.setFieldAlias(index, label(field.alias()))
    form = layer.editFormConfig()
    _rename(form.invisibleRootContainer())
    layer.setEditFormConfig(form)
    layer.setMapTipTemplate(_CELL.sub(lambda cell: cell[1] + label(cell[2]) + cell[3], layer.mapTipTemplate()))


def label(text: str) -> str:
    """A name in the user's language; one that is not the plugin's stays as it is."""
    return QCoreApplication.translate("Fields", text)


def _rename(element: QgsAttributeEditorElement) -> None:
    if isinstance(element, QgsAttributeEditorContainer):
        element.setName(label(element.name()))
        for child in element.children():
            _rename(child)

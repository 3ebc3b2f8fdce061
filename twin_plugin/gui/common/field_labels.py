"""Forms and map tips in the user's language: the styles that ship with the plugin name fields in English."""

from __future__ import annotations

import re

from qgis.core import QgsAttributeEditorContainer, QgsAttributeEditorElement, QgsVectorLayer
from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

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


# What the styles name; here the translations find it.
NAMES = (
    QT_TRANSLATE_NOOP("Fields", "Access"),
    QT_TRANSLATE_NOOP("Fields", "address"),
    QT_TRANSLATE_NOOP("Fields", "area"),
    QT_TRANSLATE_NOOP("Fields", "area (m²)"),
    QT_TRANSLATE_NOOP("Fields", "area below ground (m²)"),
    QT_TRANSLATE_NOOP("Fields", "area on the ground (m²)"),
    QT_TRANSLATE_NOOP("Fields", "area seen from above (m²)"),
    QT_TRANSLATE_NOOP("Fields", "Areas"),
    QT_TRANSLATE_NOOP("Fields", "authentication"),
    QT_TRANSLATE_NOOP("Fields", "base elev m"),
    QT_TRANSLATE_NOOP("Fields", "Below ground"),
    QT_TRANSLATE_NOOP("Fields", "below ground area m2"),
    QT_TRANSLATE_NOOP("Fields", "building"),
    QT_TRANSLATE_NOOP("Fields", "Building"),
    QT_TRANSLATE_NOOP("Fields", "cadence"),
    QT_TRANSLATE_NOOP("Fields", "clear width (m)"),
    QT_TRANSLATE_NOOP("Fields", "comes in first at opening"),
    QT_TRANSLATE_NOOP("Fields", "coordinate shift"),
    QT_TRANSLATE_NOOP("Fields", "crs"),
    QT_TRANSLATE_NOOP("Fields", "damage (share of value)"),
    QT_TRANSLATE_NOOP("Fields", "description"),
    QT_TRANSLATE_NOOP("Fields", "district"),
    QT_TRANSLATE_NOOP("Fields", "edited"),
    QT_TRANSLATE_NOOP("Fields", "elements"),
    QT_TRANSLATE_NOOP("Fields", "Flood"),
    QT_TRANSLATE_NOOP("Fields", "floor"),
    QT_TRANSLATE_NOOP("Fields", "floor area"),
    QT_TRANSLATE_NOOP("Fields", "footprint area m2"),
    QT_TRANSLATE_NOOP("Fields", "from"),
    QT_TRANSLATE_NOOP("Fields", "gone since"),
    QT_TRANSLATE_NOOP("Fields", "gross floor area (m²)"),
    QT_TRANSLATE_NOOP("Fields", "gross floor area m2"),
    QT_TRANSLATE_NOOP("Fields", "ground floor"),
    QT_TRANSLATE_NOOP("Fields", "ground floor elev m"),
    QT_TRANSLATE_NOOP("Fields", "health"),
    QT_TRANSLATE_NOOP("Fields", "health reason"),
    QT_TRANSLATE_NOOP("Fields", "health time"),
    QT_TRANSLATE_NOOP("Fields", "height"),
    QT_TRANSLATE_NOOP("Fields", "height (m)"),
    QT_TRANSLATE_NOOP("Fields", "height m"),
    QT_TRANSLATE_NOOP("Fields", "highest level (m)"),
    QT_TRANSLATE_NOOP("Fields", "how sure (0 to 1)"),
    QT_TRANSLATE_NOOP("Fields", "id"),
    QT_TRANSLATE_NOOP("Fields", "IFC class"),
    QT_TRANSLATE_NOOP("Fields", "keywords"),
    QT_TRANSLATE_NOOP("Fields", "kind"),
    QT_TRANSLATE_NOOP("Fields", "last seen"),
    QT_TRANSLATE_NOOP("Fields", "latency (ms)"),
    QT_TRANSLATE_NOOP("Fields", "layer"),
    QT_TRANSLATE_NOOP("Fields", "leads outside"),
    QT_TRANSLATE_NOOP("Fields", "level of the floor (m)"),
    QT_TRANSLATE_NOOP("Fields", "level of the ground floor (m)"),
    QT_TRANSLATE_NOOP("Fields", "level of the sill (m)"),
    QT_TRANSLATE_NOOP("Fields", "Levels"),
    QT_TRANSLATE_NOOP("Fields", "lifecycle stage"),
    QT_TRANSLATE_NOOP("Fields", "links"),
    QT_TRANSLATE_NOOP("Fields", "lowest level (m)"),
    QT_TRANSLATE_NOOP("Fields", "made"),
    QT_TRANSLATE_NOOP("Fields", "model"),
    QT_TRANSLATE_NOOP("Fields", "model id"),
    QT_TRANSLATE_NOOP("Fields", "name"),
    QT_TRANSLATE_NOOP("Fields", "number (0 is the ground floor)"),
    QT_TRANSLATE_NOOP("Fields", "Opening"),
    QT_TRANSLATE_NOOP("Fields", "outline area m2"),
    QT_TRANSLATE_NOOP("Fields", "people"),
    QT_TRANSLATE_NOOP("Fields", "protocol"),
    QT_TRANSLATE_NOOP("Fields", "reason"),
    QT_TRANSLATE_NOOP("Fields", "risk class (0 to 4)"),
    QT_TRANSLATE_NOOP("Fields", "roof elev m"),
    QT_TRANSLATE_NOOP("Fields", "Service"),
    QT_TRANSLATE_NOOP("Fields", "sill"),
    QT_TRANSLATE_NOOP("Fields", "sill taken from"),
    QT_TRANSLATE_NOOP("Fields", "Source"),
    QT_TRANSLATE_NOOP("Fields", "source"),
    QT_TRANSLATE_NOOP("Fields", "stage"),
    QT_TRANSLATE_NOOP("Fields", "stage of its life"),
    QT_TRANSLATE_NOOP("Fields", "State"),
    QT_TRANSLATE_NOOP("Fields", "storey"),
    QT_TRANSLATE_NOOP("Fields", "Storey"),
    QT_TRANSLATE_NOOP("Fields", "storeys"),
    QT_TRANSLATE_NOOP("Fields", "storeys above"),
    QT_TRANSLATE_NOOP("Fields", "storeys above ground"),
    QT_TRANSLATE_NOOP("Fields", "storeys below"),
    QT_TRANSLATE_NOOP("Fields", "storeys below ground"),
    QT_TRANSLATE_NOOP("Fields", "storeys reached"),
    QT_TRANSLATE_NOOP("Fields", "subdivision"),
    QT_TRANSLATE_NOOP("Fields", "themes"),
    QT_TRANSLATE_NOOP("Fields", "time end"),
    QT_TRANSLATE_NOOP("Fields", "time start"),
    QT_TRANSLATE_NOOP("Fields", "title"),
    QT_TRANSLATE_NOOP("Fields", "to"),
    QT_TRANSLATE_NOOP("Fields", "use"),
    QT_TRANSLATE_NOOP("Fields", "valid from"),
    QT_TRANSLATE_NOOP("Fields", "valid to"),
    QT_TRANSLATE_NOOP("Fields", "water comes in after (min)"),
    QT_TRANSLATE_NOOP("Fields", "water depth around it (m)"),
    QT_TRANSLATE_NOOP("Fields", "water level around it (m)"),
    QT_TRANSLATE_NOOP("Fields", "water reaches it after (min)"),
    QT_TRANSLATE_NOOP("Fields", "width"),
)

"""Styles saved in the twin base itself, so that its tables open styled on every machine."""

from __future__ import annotations

from qgis.core import QgsMapLayer, QgsVectorLayer

from ...core.bim.tables import TABLES
from ...core.common.messages import Message
from ..kernel import resources
from .store import TwinBase

NAME = "City Twin"


def save_styles(base: TwinBase) -> list[Message]:
    """Save our style of each table as its default, unless the table has a style already: a user's own is kept.

    Parameters
    ----------
    base : TwinBase
        Closed again, so that QGIS can write it.

    Returns
    -------
    list of Message
        What to tell the user of tables whose style could not be saved.
    """
    _know_3d()
    failed = []
    for table, definition in TABLES.items():
        style = resources.style(table)
        if not definition.geometry or not style.exists():
            continue
        options = QgsVectorLayer.LayerOptions(False)
        options.skipCrsValidation = True
        layer = QgsVectorLayer(base.layer_uri(table, secrets=True), table, base.PROVIDER, options)
        if not layer.isValid():
            failed.append(Message("The style of {table} was not saved: the table cannot be opened.", table=table))
            continue
        if layer.listStylesInDatabase()[0] > 0:
            continue
        message, fits = layer.loadNamedStyle(str(style), True, QgsMapLayer.StyleCategory.AllStyleCategories)
        message = layer.saveStyleToDatabase(NAME, "", True, "") if fits else message
        if layer.listStylesInDatabase()[0] < 1:
            failed.append(Message("The style of {table} was not saved: {error}", table=table, error=base.safe(message)))
    return failed


def _know_3d() -> None:
    """Let QGIS read 3D renderers: outside the desktop it drops them from a style, and the base would lack them."""
    try:
        from qgis._3d import Qgs3D
    except ImportError:  # a QGIS that was built without 3D
        return
    Qgs3D.initialize()

"""Declares and reads what the exports of scenes have in common: layers, and the fields of heights."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterField
from qgis.PyQt.QtCore import QCoreApplication

from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values

# pylupdate finds texts only in calls of this name.
translate = QCoreApplication.translate

HEIGHT_FIELDS = ("TOP_FIELD", "HEIGHT_FIELD", "BASE_FIELD")


def declare_height_fields(algorithm: TwinAlgorithm) -> None:
    """TOP_FIELD, HEIGHT_FIELD and BASE_FIELD, fields of BUILDINGS."""
    any_type = QgsProcessingParameterField.DataType.Any
    texts = (
        (translate("SceneInputs", "Field of the top (m)"), translate("SceneInputs", "Elevation of the highest point.")),
        (translate("SceneInputs", "Field of the height (m)"), translate("SceneInputs", "Height above the base.")),
        (translate("SceneInputs", "Field of the base (m)"), translate("SceneInputs", "Elevation of the lowest point.")),
    )
    for name, (label, meaning) in zip(HEIGHT_FIELDS, texts, strict=True):
        field = QgsProcessingParameterField(name, label, None, "BUILDINGS", any_type, optional=True)
        help_text = translate("SceneInputs", "{meaning} Empty: the usual fields.").format(meaning=meaning)
        algorithm.add(field, help_text, True)


def layer_source(algorithm: TwinAlgorithm, parameters: Values, name: str, context: QgsProcessingContext) -> Any:
    """A layer, None where none is given; BUILDINGS must be.

    Raises
    ------
    InputError
    """
    found = algorithm.parameterAsSource(parameters, name, context)
    if found is None and (parameters.get(name) or name == "BUILDINGS"):
        text = translate("SceneInputs", "{name} cannot be read: choose another layer.")
        raise InputError(text.format(name=name))
    return found

"""Reads what the user gives instead of a scenario's own data and settings."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsMapLayer, QgsProcessingContext, QgsProcessingUtils
from qgis.PyQt.QtCore import QCoreApplication

from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values

translate = QCoreApplication.translate
FILES = ("ogr", "gdal", "delimitedtext", "mdal")
"""Providers whose layers are files."""


def overrides(algorithm: TwinAlgorithm, parameters: Values, name: str, context: QgsProcessingContext) -> dict[str, str]:
    """The rows (name, value) of a matrix.

    Raises
    ------
    InputError
        When a row has no name or value, or a name stands twice.
    """
    if not parameters.get(name):
        return {}
    cells = [str(cell).strip() for cell in algorithm.parameterAsMatrix(parameters, name, context)]
    if len(cells) % 2 or not all(cells):
        text = translate("RunScenario", "{name} must have a name and a value in each row.")
        raise InputError(text.format(name=name))
    names = [cell.upper() for cell in cells[::2]]
    twice = next((one for one in names if names.count(one) > 1), None)
    if twice is not None:
        text = translate("RunScenario", "{name} has '{twice}' twice: remove one.")
        raise InputError(text.format(name=name, twice=twice))
    return dict(zip(names, cells[1::2], strict=True))


def sources(algorithm: TwinAlgorithm, parameters: Values, context: QgsProcessingContext) -> dict[str, str]:
    """DATA, CATALOGUE and DISTRICT as files, by the name of the data.

    Raises
    ------
    InputError
        When something is neither a file nor a layer that lies in one.
    """
    given = overrides(algorithm, parameters, "DATA", context)
    found = {name: _place(value, context) for name, value in given.items()}
    catalogue = algorithm.parameterAsString(parameters, "CATALOGUE", context)
    if catalogue:
        found["CATALOGUE"] = catalogue
    district = algorithm.parameterAsVectorLayer(parameters, "DISTRICT", context)
    if district is not None:
        found["DISTRICT"] = _source(district)
    return found


def _place(value: str, context: QgsProcessingContext) -> str:
    if Path(value.partition("|")[0]).exists():
        return value
    layer = QgsProcessingUtils.mapLayerFromString(value, context, False)
    if layer is None:
        text = translate("RunScenario", "DATA: '{value}' is neither a file nor a layer of the project.")
        raise InputError(text.format(value=value))
    return _source(layer)


def _source(layer: QgsMapLayer) -> str:
    """The file of a layer, with its table and its filter."""
    if layer.dataProvider() is None or layer.dataProvider().name() not in FILES:
        text = translate("RunScenario", "The layer '{layer}' lies in no file: export it to a file first.")
        raise InputError(text.format(layer=layer.name()))
    return layer.source()

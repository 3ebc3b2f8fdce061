"""The files in which the inputs of a run lie, and which none of its outputs may replace."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from osgeo import ogr
from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMeshLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
    QgsProcessingUtils,
    QgsProperty,
)

from ...core.common.errors import InputError
from .gdal_basics import GdalExceptions

DATABASE = ".gpkg"
"""In such a file an output replaces its own table only."""

KINDS = (
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMeshLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)
"""Parameters whose values are layers or files; the word of a choice may be the name of a layer too."""


@dataclass(frozen=True)
class InputFile:
    """A file, or a table of a GeoPackage, that a parameter reads."""

    parameter: str
    path: Path
    table: str = ""

    def is_replaced_by(self, path: Path, table: str) -> bool:
        """Whether an output into a file, or a table of it, takes this input's place."""
        if os.path.realpath(path) != os.path.realpath(self.path):
            return False
        return path.suffix.lower() != DATABASE or (table or path.stem).lower() == self.table.lower()


def input_files(
    definitions: Iterable[Any], parameters: dict[str, Any], context: QgsProcessingContext
) -> list[InputFile]:
    """The files that the values of parameters name, those of layers of the project among them."""
    found = []
    for definition in definitions:
        if not isinstance(definition, KINDS):
            continue
        value = parameters.get(definition.name())
        for one in value if isinstance(value, list | tuple) else [value]:
            place = _text_of(one, context)
            if place:
                found += _files(definition.name(), place, context)
    return found


def require_other_file(inputs: Iterable[InputFile], name: str, path: Path, table: str) -> None:
    """Raise `InputError` where an output would replace an input of the same run."""
    for file in inputs:
        if file.is_replaced_by(path, table):
            raise InputError(
                "The output {name} would replace the input {parameter}, '{path}': choose another file for it.",
                name=name,
                parameter=file.parameter,
                path=path,
            )


def _text_of(value: Any, context: QgsProcessingContext) -> str:
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        value = value.source
    if isinstance(value, QgsProperty):
        value = value.valueAsString(context.expressionContext())[0]
    if isinstance(value, QgsMapLayer):
        return str(value.source())
    return value.strip() if isinstance(value, str) else ""


def _files(parameter: str, text: str, context: QgsProcessingContext) -> Iterator[InputFile]:
    if "\n" in text or "\0" in text:
        return
    layer = QgsProcessingUtils.mapLayerFromString(text, context, False)
    path, *options = (layer.source() if layer is not None else text).split("|")
    if not os.path.isfile(path):
        return
    named = next((option[len("layername=") :] for option in options if option.startswith("layername=")), "")
    table = (named or _first_table(path)) if path.lower().endswith(DATABASE) else ""
    yield InputFile(parameter, Path(os.path.abspath(path)), table)


def _first_table(path: str) -> str:
    """The table of a GeoPackage that is read where none is named."""
    with GdalExceptions():
        try:
            dataset = ogr.Open(path)
        except RuntimeError:
            return ""
    return str(dataset.GetLayer(0).GetName()) if dataset is not None and dataset.GetLayerCount() else ""

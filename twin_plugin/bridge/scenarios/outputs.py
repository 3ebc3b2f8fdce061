"""Where the outputs of steps are written: kept ones in the folder of the run, others in temporary files."""

from __future__ import annotations

import re
from pathlib import Path

from qgis.core import (
    QgsProcessingDestinationParameter,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterVectorDestination,
)

from ...core.common.messages import Message
from ...core.scenarios.scenario import Scenario, Step
from ...core.scenarios.values import wanted_outputs
from . import provenance

VECTORS = ("gpkg", "geojson", "csv", "fgb")
RASTERS = ("tif", "tiff")
RESERVED = (provenance.NAME,)


def file_fault(file: str, definition: QgsProcessingParameterDefinition | None) -> Message | None:
    """Why an output cannot be kept under a name; None where it can."""
    if definition is None or not definition.isDestination():
        return Message("'{file}': only outputs that are layers, files or folders can be kept.", file=file)
    if file.lower() in RESERVED:
        return Message("'{file}' is a file of the run itself: choose another name.", file=file)
    endings = endings_of(definition)
    ending = Path(file).suffix.lower().removeprefix(".")
    if ending in endings:
        return None
    return Message(
        "'{file}' must end in one of {endings}.",
        file=file,
        endings=", ".join(f".{one}" if one else "''" for one in endings),
    )


def endings_of(definition: QgsProcessingDestinationParameter) -> tuple[str, ...]:
    """The endings of files that an output may have; "" for a folder."""
    if isinstance(definition, QgsProcessingParameterFolderDestination):
        return ("",)
    if isinstance(definition, QgsProcessingParameterRasterDestination):
        return RASTERS
    if isinstance(definition, QgsProcessingParameterFeatureSink | QgsProcessingParameterVectorDestination):
        return VECTORS
    listed = re.findall(r"\*\.(\w+)", definition.createFileFilter().lower())
    return tuple(dict.fromkeys(listed)) or (definition.defaultFileExtension(),)


def destinations(
    scenario: Scenario, step: Step, definitions: list[QgsProcessingParameterDefinition], kept: Path, temporary: Path
) -> dict[str, str]:
    """Where each wanted output of a step is written, by its name; those that must exist are written too."""
    files = {output.output: output.file for output in scenario.outputs if output.step == step.id}
    wanted = wanted_outputs(scenario, step.id)
    places = {}
    for definition in definitions:
        if not definition.isDestination():
            continue
        name = definition.name()
        optional = definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
        if name in files:
            places[name] = str(kept / files[name])
        elif name in wanted or not optional:
            ending = endings_of(definition)[0]
            places[name] = str(temporary / f"{step.id}_{name}{'.' if ending else ''}{ending}")
    return places

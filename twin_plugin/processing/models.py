"""ShippedModel: a Processing model that ships with the plugin, with a translated name and all its outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingModelAlgorithm
from qgis.PyQt.QtGui import QIcon

from ..bridge.kernel import resources
from .model_texts import OUTPUTS, translated

TITLES = {
    "storm_to_buildings": "Storm to buildings",
    "storm_to_footprints": "Storm to footprints",
    "storm_to_plan": "Storm to plan",
    "service_to_buffers": "Service to buffers",
}


class ShippedModel(QgsProcessingModelAlgorithm):
    """A model read from resources/models.

    Parameters
    ----------
    path : Path
        The .model3 file; `valid` tells whether it could be read.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.valid = self.fromFile(str(path))
        texts = self.helpContent()
        for definition in self.parameterDefinitions():
            name = definition.name()
            definition.setDescription(translated(OUTPUTS.get(name, definition.description())))
            definition.setHelp(translated(definition.help() or texts.get(name, "")))
        for output in self.outputDefinitions():
            output.setDescription(translated(OUTPUTS.get(output.name(), output.description())))
        self.setHelpContent({key: translated(text) if isinstance(text, str) else text for key, text in texts.items()})

    def createInstance(self) -> ShippedModel:
        return ShippedModel(self.path)

    def displayName(self) -> str:
        return translated(TITLES.get(self.name(), self.name()))

    def group(self) -> str:
        return translated(super().group())

    def helpUrl(self) -> str:
        return resources.help_url(self.name())

    def icon(self) -> QIcon:
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        return str(resources.icon("chain"))

    def canExecute(self) -> tuple[bool, str]:
        children = (child.algorithm() for child in self.childAlgorithms().values())
        for child in children:
            able, reason = child.canExecute() if child is not None else (True, "")
            if not able:
                return False, reason
        return super().canExecute()

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        # qgis_process leaves out what is not given: a model does not look at its inputs' defaults then, and a later
        # step may need just that output.
        defaults = {
            definition.name(): definition.defaultValue()
            for definition in self.parameterDefinitions()
            if parameters.get(definition.name()) is None and definition.defaultValue() is not None
        }
        return super().processAlgorithm({**parameters, **defaults}, context, feedback)

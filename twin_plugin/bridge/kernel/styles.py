"""Layer styles that ship with the plugin, applied to layers when they are loaded; `staging` lays them beside files."""

from __future__ import annotations

import logging
from collections import OrderedDict
from pathlib import Path
from typing import ClassVar

from qgis.core import QgsMapLayer, QgsProcessingContext, QgsProcessingFeedback, QgsProcessingLayerPostProcessorInterface

from . import resources

log = logging.getLogger(__name__)


def apply(layer: QgsMapLayer, name: str) -> bool:
    """Give a loaded layer the style `name`; False, with a line in the log, when it does not fit."""
    message, fits = layer.loadNamedStyle(str(resources.style(name)))
    if not fits:
        log.warning("The style %s was not applied to %s: %s", name, layer.name(), message)
    return bool(fits)


class StyleOnLoad(QgsProcessingLayerPostProcessorInterface):
    """Applies a style on the main thread when Processing loads a layer.

    QGIS keeps no reference: `keep` does, for the newest ones.
    """

    _kept: ClassVar[OrderedDict[str, StyleOnLoad]] = OrderedDict()

    def __init__(self, style: str) -> None:
        super().__init__()
        self.style = style

    @classmethod
    def keep(cls, destination: str, style: str) -> StyleOnLoad:
        """A post-processor for a destination that lives until there are 200 newer ones."""
        cls._kept[destination] = processor = cls(style)
        while len(cls._kept) > 200:
            cls._kept.popitem(last=False)
        return processor

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        # Processing opens layers without their style; a .qml beside the file, perhaps the user's own, comes first.
        if Path(layer.styleURI()).exists():
            layer.loadDefaultStyle()
        else:
            apply(layer, self.style)
        layer.triggerRepaint()

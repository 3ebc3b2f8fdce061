"""The provider 'twin': the plugin's algorithms, and the models that ship with it."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..bridge.kernel import resources
from .algorithm import TwinAlgorithm
from .models import ShippedModel
from .question import Ask


def algorithms() -> tuple[type[TwinAlgorithm], ...]:
    """The classes with an ID in the modules of the folders beside this one, by ID."""
    for module in pkgutil.walk_packages([str(Path(__file__).parent)], f"{__package__}."):
        import_module(module.name)
    found, rest = {}, [TwinAlgorithm]
    while rest:
        kinds = rest.pop().__subclasses__()
        rest += kinds
        found |= {kind.ID: kind for kind in kinds if kind.ID and kind.__module__.startswith(f"{__package__}.")}
    return tuple(found[name] for name in sorted(found))


class TwinProvider(QgsProcessingProvider):
    """The algorithms of City Twin.

    Attributes
    ----------
    ask : Ask or None
        Asks the user before a run, in the desktop; None where nobody can be asked.
    """

    def __init__(self) -> None:
        super().__init__()
        self.ask: Ask | None = None
        self._with_models = False

    def id(self) -> str:
        return "twin"

    def name(self) -> str:
        return self.tr("City Twin")

    def longName(self) -> str:
        return self.tr("City Twin for QGIS")

    def icon(self) -> QIcon:
        return QIcon(str(resources.icon("twin")))

    def svgIconPath(self) -> str:
        return str(resources.icon("twin"))

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        """Rasters are GeoTIFF, whatever format the user prefers: names of temporary files and dialogs follow."""
        return ["tif", "tiff"]

    def add_models(self) -> None:
        """Add the models too: only once the provider is registered can they find the algorithms they use."""
        self._with_models = True
        self.refreshAlgorithms()

    def loadAlgorithms(self) -> None:
        for algorithm in algorithms():
            self.addAlgorithm(algorithm())
        if self._with_models:
            for path in sorted((resources.RESOURCES / "models").glob("*.model3")):
                model = ShippedModel(path)
                if model.valid:
                    self.addAlgorithm(model)

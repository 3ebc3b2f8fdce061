"""The provider 'twin': the plugin's algorithms, and the models that ship with it."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..bridge.kernel import resources
from .algorithm import TwinAlgorithm
from .bim.createdemodistrict import CreateDemoDistrict
from .bim.loadbim import LoadBim
from .bim.updatetwinbase import UpdateTwinBase
from .bim.writebackbim import WriteBackBim
from .flood.designstorm import DesignStorm
from .flood.simulateflood import SimulateFlood
from .models import ShippedModel
from .reports.floodreport import FloodReport
from .risk.buildingrisk import BuildingRisk
from .services.checkservices import CheckServices
from .services.editservice import EditService
from .services.exportservices import ExportServices
from .services.fetchobservations import FetchObservations
from .services.harvestservices import HarvestServices
from .services.importservices import ImportServices
from .services.publishtwinbase import PublishTwinBase
from .services.queryservice import QueryService
from .services.searchservices import SearchServices

ALGORITHMS: tuple[type[TwinAlgorithm], ...] = (
    BuildingRisk,
    CheckServices,
    CreateDemoDistrict,
    DesignStorm,
    EditService,
    ExportServices,
    FetchObservations,
    FloodReport,
    HarvestServices,
    ImportServices,
    LoadBim,
    PublishTwinBase,
    QueryService,
    SearchServices,
    SimulateFlood,
    UpdateTwinBase,
    WriteBackBim,
)


class TwinProvider(QgsProcessingProvider):
    """The algorithms of City Twin."""

    def __init__(self) -> None:
        super().__init__()
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

    def add_models(self) -> None:
        """Add the models too: only once the provider is registered can they find the algorithms they use."""
        self._with_models = True
        self.refreshAlgorithms()

    def loadAlgorithms(self) -> None:
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
        if self._with_models:
            for path in sorted((resources.RESOURCES / "models").glob("*.model3")):
                model = ShippedModel(path)
                if model.valid:
                    self.addAlgorithm(model)

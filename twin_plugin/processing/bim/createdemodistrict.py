"""twin:createdemodistrict: a synthetic coastal district: IFC models, terrain, roads and the workflow's other inputs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputFolder,
    QgsProcessingOutputRasterLayer,
    QgsProcessingParameterFolderDestination,
)

from ...bridge.demo.catalogue import box_of, write_catalogue
from ...bridge.demo.drain_input import write_drains
from ...bridge.demo.layers import write_layers, write_synthetic_grid
from ...bridge.kernel.output_checks import check_folder
from ...core.common.errors import InputError
from ...core.common.new_folder import new_folder
from ...core.common.progress import Progress, advance, part
from ...core.demo.street_plan import MOST_BUILDINGS
from ..algorithm import TwinAlgorithm, Values

if TYPE_CHECKING:
    from ...core.demo.district import District

MODELS, DTM, ROUGHNESS, DISTRICT, README = "models", "dtm.tif", "roughness.tif", "district.gpkg", "README.txt"
SERVICES = "services.gpkg"
DRAINS = "drains.inp"


class CreateDemoDistrict(TwinAlgorithm):
    ID = "createdemodistrict"
    GROUP_ID = "buildings"
    ICON = "district"
    PACKAGES = ("ifcopenshell", "shapely")

    def title(self) -> str:
        return self.tr("Create a demo district")

    def help_text(self) -> str:
        return self.tr(
            "<p>Creates a synthetic coastal district to try the other tools on: an IFC4 model of every building, a "
            "terrain of 2 m cells with a channel, an underpass and low streets, roads, shelters, critical assets, "
            "rain gauges, population and drains, in EPSG:4547, and a catalogue of data services.</p><p>It does not "
            "show a real place, and the files say so. The same number of buildings and the same seed create the same "
            "district again.</p><p>The folder must be new or empty. 60 buildings take a few seconds, 10,000 some "
            "minutes and about 500 MB.</p>"
        )

    def declare(self, configuration: Values) -> None:
        help_text = self.tr("How many buildings, 1 to 10,000; the district grows with them.")
        self.add_number("BUILDINGS", self.tr("Buildings"), 60, help_text, 1, MOST_BUILDINGS, whole=True)
        help_text = self.tr("Another seed creates another district; the same one repeats it.")
        self.add_number("SEED", self.tr("Seed"), 1, help_text, 0, 2_147_483_647, whole=True)
        folder = QgsProcessingParameterFolderDestination("FOLDER", self.tr("Folder of the district"))
        self.add(folder, self.tr("A new or an empty folder: existing files are never replaced."))
        self.addOutput(QgsProcessingOutputFolder("MODELS_FOLDER", self.tr("Folder of the models")))
        self.addOutput(QgsProcessingOutputRasterLayer("DTM", self.tr("Terrain")))
        self.addOutput(QgsProcessingOutputRasterLayer("ROUGHNESS", self.tr("Roughness (Manning's n)")))
        self.addOutput(QgsProcessingOutputFile("DISTRICT", self.tr("Layers of the district")))
        self.addOutput(QgsProcessingOutputFile("SERVICES", self.tr("Catalogue of services")))
        self.addOutput(QgsProcessingOutputFile("DRAINS", self.tr("Drains (.inp)")))
        self.number_outputs(BUILDINGS_COUNT=self.tr("Number of buildings"))

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Plan the district, then write models, terrain, layers and catalogue into a folder that appears complete."""
        from ...core.demo.district import make_district

        count = self.parameterAsInt(parameters, "BUILDINGS", context)
        seed = self.parameterAsInt(parameters, "SEED", context)
        place = self.parameterAsString(parameters, "FOLDER", context)
        if not place:
            raise InputError(self.tr("FOLDER is empty: choose a new or an empty folder."))
        folder = Path(place)
        progress = self.progress(feedback)
        with new_folder(folder) as work:
            district = make_district(count, seed, part(progress, 0.0, 0.15))
            self._write(district, work, part(progress, 0.15, 1.0))
        text = self.tr("{n} synthetic buildings in '{folder}'. The district does not show a real place.")
        feedback.pushInfo(text.format(n=count, folder=folder))
        return {
            "FOLDER": str(folder),
            "MODELS_FOLDER": str(folder / MODELS),
            "DTM": str(folder / DTM),
            "ROUGHNESS": str(folder / ROUGHNESS),
            "DISTRICT": str(folder / DISTRICT),
            "SERVICES": str(folder / SERVICES),
            "DRAINS": str(folder / DRAINS),
            "BUILDINGS_COUNT": count,
        }

    def _write(self, district: District, work: Path, progress: Progress) -> None:
        from ...core.demo.cover import make_roughness
        from ...core.demo.district import write_models
        from ...core.demo.readme import readme
        from ...core.demo.street_plan import corners

        write_models(district, work / MODELS, part(progress, 0.0, 0.9))
        advance(progress, 0.9, self.tr("Writing terrain and layers"))
        write_synthetic_grid(district.terrain, work / DTM, "DTM", self.tr("Synthetic terrain"), "m")
        roughness = make_roughness(district.layout, district.terrain)
        write_synthetic_grid(roughness, work / ROUGHNESS, "ROUGHNESS", "Manning's n", "s/m^(1/3)")
        write_layers(district, work / DISTRICT, part(progress, 0.93, 0.98))
        write_drains(district, work / DRAINS)
        box = box_of(corners(district.layout), district.terrain.crs)
        write_catalogue(work / SERVICES, box, district.layout.seed)
        (work / README).write_text(readme(district), encoding="utf-8")
        check_folder(work)
        advance(progress, 1.0)

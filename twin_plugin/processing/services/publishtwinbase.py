"""twin:publishtwinbase: configurations of pygeoapi, tipg and QGIS Server that offer a twin base to others."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsVectorLayer,
)

from ...bridge.publishing import publish as bridge
from ...bridge.publishing import sources as publish_sources
from ...bridge.publishing.publication import Publication
from ...core.common.errors import InputError
from ...core.common.new_folder import new_folder
from ...core.services import publish
from ..algorithm import TwinAlgorithm, Values
from ..inputs import declare_store, twin_base

MARK = "published-by-city-twin"
DEFAULT_SCHEMA = "twin_base"


class PublishTwinBase(TwinAlgorithm):
    ID = "publishtwinbase"
    GROUP_ID = "services"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Publish the twin base")

    def help_text(self) -> str:
        return self.tr(
            "<p>Writes a folder of configurations with which servers offer a twin base to others, read-only: pygeoapi"
            " (OGC API Features of every table, and OGC API Records of a catalogue), QGIS Server (WMS and WFS, "
            "styled), and tipg where the base is in PostGIS. README.txt in the folder explains how to start "
            "them.</p><p>pygeoapi serves a copy of the base in WGS 84: publish again when the base has "
            "changed.</p><p>The files hold no password, and the servers listen on this machine only.</p>"
        )

    def declare(self, configuration: Values) -> None:
        file = QgsProcessingParameterFile.Behavior.File
        kind = self.tr("GeoPackage (*.gpkg)")
        help_text = self.tr("The GeoPackage that 'Update the twin base' wrote.")
        schema_help = self.tr("The schema of the base in that database.")
        declare_store(self, "TWIN_BASE", self.tr("Twin base"), help_text, DEFAULT_SCHEMA, schema_help)
        many = QgsProcessing.SourceType.TypeVectorAnyGeometry
        layers = QgsProcessingParameterMultipleLayers("LAYERS", self.tr("Further layers"), many, None, True)
        self.add(layers, self.tr("Layers to publish beside the base, such as roads and shelters, as they are styled."))
        catalogue = QgsProcessingParameterFile("CATALOGUE", self.tr("Catalogue"), file, "", None, True, kind)
        help_text = self.tr("A catalogue of services to offer as OGC API Records; without files and databases in it.")
        self.add(catalogue, help_text)
        name = QgsProcessingParameterString("TITLE", self.tr("Title"), "City Twin", False, False)
        self.add(name, self.tr("Title of the services."))
        help_text = self.tr("Of pygeoapi; tipg and QGIS Server take the next two. All listen on this machine only.")
        self.add_number("PORT", self.tr("Port"), publish.PORT, help_text, 1024, 65_000, whole=True, advanced=True)
        folder = QgsProcessingParameterFolderDestination("FOLDER", self.tr("Folder of the publication"))
        self.add(folder, self.tr("A new or an empty folder, or an earlier publication, which is then replaced."))
        self.addOutput(QgsProcessingOutputFile("PYGEOAPI", self.tr("Configuration of pygeoapi")))
        self.addOutput(QgsProcessingOutputFile("PROJECT", self.tr("Project for QGIS Server")))
        self.addOutput(QgsProcessingOutputFile("TIPG", self.tr("Environment of tipg")))
        self.number_outputs(TABLES=self.tr("Tables published"), RECORDS=self.tr("Records published"))

    def prepareAlgorithm(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        # Here, since the layers belong to this thread.
        layers = self.parameterAsLayerList(parameters, "LAYERS", context) or []
        vectors = [layer for layer in layers if isinstance(layer, QgsVectorLayer)]
        self._further = publish_sources.layer_sources(vectors, context.project())
        return True

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read base, catalogue and layers, and write a publication that replaces the folder when complete."""
        place = self.parameterAsString(parameters, "FOLDER", context)
        if not place:
            raise InputError(self.tr("FOLDER is empty: choose a new or an empty folder."))
        folder = Path(place)
        publication = self._publication(parameters, context)
        catalogue = self.parameterAsString(parameters, "CATALOGUE", context)
        publication.catalogue = Path(catalogue) if catalogue else None
        with new_folder(folder, MARK) as work:
            bridge.write(publication, work, self.progress(feedback))
        text = self.tr("{n} tables and {m} records in '{folder}'; README.txt explains how to start the servers.")
        feedback.pushInfo(text.format(n=len(publication.tables), m=publication.record_count, folder=folder))
        results = {
            "FOLDER": str(folder),
            "PYGEOAPI": str(folder / "pygeoapi" / "pygeoapi.yml"),
            "PROJECT": str(folder / "qgis-server" / "twin.qgz"),
            "TABLES": len(publication.tables),
            "RECORDS": publication.record_count,
        }
        return results | ({"TIPG": str(folder / "tipg" / "tipg.env")} if publication.database is not None else {})

    def _publication(self, parameters: Values, context: QgsProcessingContext) -> Publication:
        path, connection, schema = twin_base(self, parameters, context)
        database, secrets = None, ()
        if connection:
            sources, database, secrets = publish_sources.database_sources(connection, schema)
        else:
            sources = publish_sources.file_sources(Path(path))
        return Publication(
            [*sources, *self._further],
            self.parameterAsString(parameters, "TITLE", context).strip() or "City Twin",
            context.transformContext(),
            self.parameterAsInt(parameters, "PORT", context),
            database=database,
            schema=schema,
            secrets=secrets,
        )

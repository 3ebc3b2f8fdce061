"""twin:updatetwinbase: a folder of IFC models into the twin base, which a journal keeps up to date."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDatabaseSchema,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterProviderConnection,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ...bridge.bim import dask_reader, run
from ...bridge.bim.postgres_store import DEFAULT_SCHEMA
from ...bridge.kernel import runtime
from ...bridge.kernel.translation import localized
from ...core.common.errors import Cancelled, InputError
from ..algorithm import TwinAlgorithm
from ..inputs import crs_name, placements


class UpdateTwinBase(TwinAlgorithm):
    ID = "updatetwinbase"
    GROUP_ID = "buildings"
    PACKAGES = ("ifcopenshell", "shapely", "pebble", "pyproj")

    def title(self) -> str:
        return self.tr("Update the twin base")

    def help_text(self) -> str:
        return self.tr(
            "<p>Reads a folder of IFC models into a GeoPackage or a PostGIS schema: the tables bim_model, building, "
            "storey, opening and underground. The next run reads only models that are new or have changed. The rows "
            "of a deleted file stay and get the time in valid_to.</p><p>The base is updated in place, some models at "
            "a time: after a cancel or a crash it holds whole models only, and the next run continues from there. "
            "When a model cannot be read, its earlier rows stay in the base.</p>"
        )

    def declare(self, configuration: dict[str, Any]) -> None:
        behaviour, kind = QgsProcessingParameterFile.Behavior, QgsProcessingParameterNumber.Type
        folder = QgsProcessingParameterFile("FOLDER", self.tr("Folder of the models"), behaviour.Folder)
        self.add(folder, self.tr("IFC files (.ifc, .ifczip) in it and in folders below it are read."))
        # Not a destination: those are replaced as a whole, and this file is brought up to date in place.
        base = QgsProcessingParameterFile(
            "TWIN_BASE", self.tr("Twin base"), behaviour.File, "", None, True, self.tr("GeoPackage (*.gpkg)")
        )
        self.add(base, self.tr("A GeoPackage: an existing base, or the name of a new one. Other tables do not change."))
        text = self.tr("Connection to PostGIS")
        connection = QgsProcessingParameterProviderConnection("CONNECTION", text, "postgres", None, True)
        self.add(connection, self.tr("A PostgreSQL connection of QGIS, instead of a GeoPackage."))
        schema = QgsProcessingParameterDatabaseSchema("SCHEMA", self.tr("Schema"), "CONNECTION", DEFAULT_SCHEMA, True)
        self.add(schema, self.tr("The schema of the base in that database; it is created where it is missing."))
        help_text = self.tr("CRS of a new base, for good. By default the projected CRS that most models name.")
        self.add(QgsProcessingParameterCrs("CRS", self.tr("CRS of the base"), optional=True), help_text)
        help_text = self.tr("CRS of models with absolute coordinates or a map conversion that name none.")
        self.add(QgsProcessingParameterCrs("SOURCE_CRS", self.tr("CRS of models"), optional=True), help_text)
        table = [QgsProcessing.SourceType.TypeVector]
        ties = QgsProcessingParameterFeatureSource("PLACEMENTS", self.tr("Placements"), table, optional=True)
        help_text = self.tr("A table with path, x, y, z, bearing_deg and crs, as in 'Load BIM models'.")
        self.add(ties, help_text)
        for name, label, number, help_text in (
            ("TIMEOUT", self.tr("Time-out (s)"), kind.Double, self.tr("For each file; 0: 15 s plus 5 s a MB.")),
            ("WORKERS", self.tr("Workers"), kind.Integer, self.tr("0: one for each core, in the desktop one less.")),
        ):
            self.add(QgsProcessingParameterNumber(name, label, number, 0, False, 0), help_text, True)
        retry = QgsProcessingParameterBoolean("RETRY", self.tr("Read failed models again"), False)
        self.add(retry, self.tr("Also read unchanged files that failed or were read in part."), True)
        scheduler = QgsProcessingParameterString("SCHEDULER", self.tr("Scheduler"), "", False, True)
        help_text = self.tr(
            "Address of a dask scheduler, such as tcp://10.0.0.5:8786, whose workers read instead of this machine's."
        )
        self.add(scheduler, help_text, True)
        help_text = self.tr("Heights in m; a ground floor more than 5 m above or below the terrain gets a warning.")
        self.add(QgsProcessingParameterRasterLayer("DTM", self.tr("Terrain"), optional=True), help_text, True)
        self.addOutput(QgsProcessingOutputFile("TWIN_BASE", self.tr("Twin base")))
        self.addOutput(QgsProcessingOutputString("REPORT", self.tr("Table of the models")))
        for name, label in (
            ("READ", self.tr("Models read")),
            ("UNCHANGED", self.tr("Models unchanged")),
            ("FAILED", self.tr("Models that failed")),
            ("VANISHED", self.tr("Models whose file was deleted")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def cancelled_text(self) -> str:
        return self.tr("Cancelled: the models read so far are kept, and the next run continues from here.")

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Open the base, read what its journal asks for, and compare ground floors with DTM."""
        from ...core.bim.update import Tally, UpdateRequest

        request = UpdateRequest(
            folder=self.parameterAsString(parameters, "FOLDER", context),
            crs=crs_name(self, parameters, "CRS", context),
            source_crs=crs_name(self, parameters, "SOURCE_CRS", context),
            placements=placements(self, parameters, "PLACEMENTS", context, feedback),
            retry=self.parameterAsBool(parameters, "RETRY", context),
        )
        path = self.parameterAsString(parameters, "TWIN_BASE", context)
        connection = self.parameterAsConnectionName(parameters, "CONNECTION", context)
        if bool(path) == bool(connection):
            raise InputError(self.tr("Choose a GeoPackage in TWIN_BASE or a connection in CONNECTION, but not both."))
        workers = self.parameterAsInt(parameters, "WORKERS", context)
        reader = dask_reader.reader(
            self.parameterAsString(parameters, "SCHEDULER", context).strip(),
            self.parameterAsDouble(parameters, "TIMEOUT", context),
            runtime.threads(workers, QgsApplication.platform() == "desktop"),
        )
        terrain = self.parameterAsRasterLayer(parameters, "DTM", context)
        schema = self.parameterAsSchema(parameters, "SCHEMA", context)
        base, tally = run.open_base(path, connection, schema), Tally()
        transforms, progress = context.transformContext(), self.progress(feedback)
        try:
            messages = run.update_base(base, request, reader, terrain, transforms, progress, tally)
        except Cancelled:
            text = self.tr("{n} models were read into the base, {left} are left.")
            feedback.pushInfo(text.format(n=tally.read + tally.failed, left=tally.left))
            raise
        for text in (*messages, *self._advice(tally.unplaced, tally.unsure)):
            feedback.pushWarning(localized(text))
        numbers = {"READ": tally.read, "UNCHANGED": tally.unchanged, "FAILED": tally.failed, "VANISHED": tally.vanished}
        return base.results() | numbers

    def _advice(self, unplaced: int, unsure: int) -> list[str]:
        """What to do about models without a georeference, or with an unsure one."""
        texts = []
        if unplaced:
            text = self.tr("{n} models have no place: they are in the tables without geometry. Use PLACEMENTS.")
            texts.append(text.format(n=unplaced))
        if unsure:
            text = self.tr("{n} models have an unsure place: see their rows in bim_model, and check them on the map.")
            texts.append(text.format(n=unsure))
        return texts

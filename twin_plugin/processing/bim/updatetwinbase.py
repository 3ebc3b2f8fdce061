"""twin:updatetwinbase: a folder of IFC models into the twin base, which a journal keeps up to date."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFile,
)

from ...bridge.bim import dask_reader, run
from ...bridge.bim.postgres_store import DEFAULT_SCHEMA
from ...bridge.kernel import runtime
from ...bridge.kernel.schedulers import Scheduler
from ...core.common.errors import Cancelled, InputError
from ..algorithm import TwinAlgorithm, Values
from ..inputs import (
    crs_name,
    declare_ground_check,
    declare_reading,
    declare_scheduler,
    declare_store,
    read_terrain,
    scheduler,
    table_rows,
    twin_base,
)
from ..question import Question

SHELLS = ("none", "lod12", "lod13", "lod22")


class UpdateTwinBase(TwinAlgorithm):
    ID = "updatetwinbase"
    GROUP_ID = "buildings"
    PACKAGES = ("ifcopenshell", "shapely", "pebble", "pyproj")

    def title(self) -> str:
        return self.tr("Update the twin base")

    def help_text(self) -> str:
        return self.tr(
            "<p>Reads a folder of IFC models into a GeoPackage or a PostGIS schema: the tables bim_model, building, "
            "storey, opening, underground and, where wanted, room, solid and outline. The next run reads only models "
            "that are new or have changed. The rows of a deleted file stay and get the time in valid_to.</p><p>The "
            "base is updated in place, some models at a time: after a cancel or a crash it holds whole models only, "
            "and the next run continues from there. When a model cannot be read, its earlier rows stay in the base.</p>"
        )

    def declare(self, configuration: Values) -> None:
        directory = QgsProcessingParameterFile.Behavior.Folder
        folder = QgsProcessingParameterFile("FOLDER", self.tr("Folder of the models"), directory)
        self.add(folder, self.tr("IFC files (.ifc, .ifczip) in it and in folders below it are read."))
        help_text = self.tr("A GeoPackage: an existing base, or the name of a new one. Other tables do not change.")
        schema_help = self.tr("The schema of the base in that database; it is created where it is missing.")
        declare_store(self, "TWIN_BASE", self.tr("Twin base"), help_text, DEFAULT_SCHEMA, schema_help)
        help_text = self.tr("CRS of a new base, for good. By default the projected CRS that most models name.")
        self.add(QgsProcessingParameterCrs("CRS", self.tr("CRS of the base"), optional=True), help_text)
        declare_reading(self, self.tr("A table with path, x, y, z, bearing_deg and crs, as in 'Load BIM models'."))
        retry = QgsProcessingParameterBoolean("RETRY", self.tr("Read failed models again"), False)
        self.add(retry, self.tr("Also read unchanged files that failed or were read in part."), True)
        help_text = self.tr(
            "Also read the spaces of the buildings into the table room. A base that has rooms keeps them up to date "
            "from then on. Models that were read without are read again."
        )
        self.add(QgsProcessingParameterBoolean("ROOMS", self.tr("Read rooms"), False), help_text)
        help_text = self.tr(
            "Also make a closed shell of each building at this level of detail, in the table solid, and its footprint, "
            "outline and roofs, in the table outline. none: as the base has it; a base that has shells keeps them up "
            "to date. Models that were read without, or at another level, are read again, which takes longer."
        )
        self.add_choice("SHELLS", self.tr("Closed shells"), SHELLS, SHELLS[0], help_text)
        help_text = self.tr(
            "Address of a dask scheduler, such as tls://10.0.0.5:8786, whose workers read instead of this machine's."
        )
        declare_scheduler(self, help_text)
        declare_ground_check(self)
        self.addOutput(QgsProcessingOutputFile("TWIN_BASE", self.tr("Twin base")))
        self.addOutput(QgsProcessingOutputString("REPORT", self.tr("Table of the models")))
        self.number_outputs(
            READ=self.tr("Models read"),
            UNCHANGED=self.tr("Models unchanged"),
            FAILED=self.tr("Models that failed"),
            VANISHED=self.tr("Models whose file was deleted"),
            WITHOUT_BUILDING=self.tr("Models read without a building"),
            WITHOUT_PLACE=self.tr("Models read without a place"),
            REPEATED=self.tr("Models with buildings that another one holds too"),
        )

    def cancelled_text(self) -> str:
        return self.tr("Cancelled: the models read so far are kept, and the next run continues from here.")

    def questions(self, parameters: Values, context: QgsProcessingContext) -> Iterator[Question]:
        asked = scheduler(self, parameters, context)
        if asked.address and asked.is_new():
            yield Question(
                self.tr("Connect to a new scheduler?"),
                self.tr("Shall the dask scheduler at {address} read the models?").format(address=asked.address),
                self.tr(
                    "Whoever runs it gets the models and can run code on this computer. The answer yes is kept for "
                    "this address."
                ),
                self.tr("Connect"),
                self.tr("The scheduler at {address} was not asked: nothing was read.").format(address=asked.address),
                asked.keep,
            )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Open the base, read what its journal asks for, and compare ground floors with DTM."""
        from ...core.bim.solids import Detail
        from ...core.bim.update import Tally, UpdateRequest

        shells = self.parameterAsEnumString(parameters, "SHELLS", context)
        request = UpdateRequest(
            folder=self.parameterAsString(parameters, "FOLDER", context),
            crs=crs_name(self, parameters, "CRS", context),
            source_crs=crs_name(self, parameters, "SOURCE_CRS", context),
            placements=tuple(table_rows(self, parameters, "PLACEMENTS", context, feedback) or ()),
            retry=self.parameterAsBool(parameters, "RETRY", context),
            rooms=self.parameterAsBool(parameters, "ROOMS", context),
            shells=None if shells == SHELLS[0] else Detail(shells),
        )
        path, connection, schema = twin_base(self, parameters, context)
        workers = self.parameterAsInt(parameters, "WORKERS", context)
        reader = dask_reader.reader(
            self._agreed(scheduler(self, parameters, context)),
            self.parameterAsDouble(parameters, "TIMEOUT", context),
            runtime.threads(workers, QgsApplication.platform() == "desktop"),
        )
        terrain = read_terrain(self, parameters, context)
        transforms, progress = context.transformContext(), self.progress(feedback)
        base, tally = run.open_base(path, connection, schema, progress), Tally()
        try:
            messages = run.update_base(base, request, reader, terrain, transforms, progress, tally)
        except Cancelled:
            text = self.tr("{n} models were read into the base, {left} are left.")
            feedback.pushInfo(text.format(n=tally.read + tally.failed, left=tally.left))
            raise
        self.push_warnings((*messages, *self._advice(tally.empty, tally.unplaced, tally.unsure)), feedback)
        numbers = {"READ": tally.read, "UNCHANGED": tally.unchanged, "FAILED": tally.failed, "VANISHED": tally.vanished}
        numbers |= {"WITHOUT_BUILDING": tally.empty, "WITHOUT_PLACE": tally.unplaced, "REPEATED": tally.repeated}
        return base.results() | numbers

    def _agreed(self, asked: Scheduler) -> Scheduler:
        """The scheduler, which in the desktop the user agreed to: a model could not ask."""
        if asked.address and self.asker() is not None and asked.is_new():
            text = self.tr(
                "The scheduler at {address} is new: run 'Update the twin base' with it from the toolbox once, which "
                "asks whether you trust it."
            )
            raise InputError(text.format(address=asked.address))
        return asked

    def _advice(self, empty: int, unplaced: int, unsure: int) -> list[str]:
        """What to do about models without a building or a georeference, or with an unsure one."""
        texts = []
        if empty:
            texts.append(self.tr("{n} models have no building: see their rows in bim_model.").format(n=empty))
        if unplaced:
            text = self.tr("{n} models have no place: they are in the tables without geometry. Use PLACEMENTS.")
            texts.append(text.format(n=unplaced))
        if unsure:
            text = self.tr("{n} models have an unsure place: see their rows in bim_model, and check them on the map.")
            texts.append(text.format(n=unsure))
        return texts

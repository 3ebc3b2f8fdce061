"""twin:loadbim: IFC models to buildings, storeys, openings and a report, with a place on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsWkbTypes,
)

from ...bridge.bim import bim_layers
from ...bridge.bim.run import load_models
from ...bridge.kernel import runtime
from ...bridge.kernel.vectors import write_rows
from ..algorithm import TwinAlgorithm, Values
from ..inputs import crs_name, declare_ground_check, declare_reading, read_terrain, table_rows

if TYPE_CHECKING:
    from ...core.bim.wanted import Wanted

DETAILS = ("footprint", "storeys", "shell", "lod12", "lod13", "lod22")
PARTS = ("building", "class")
COUNTS = ("ok", "partial", "failed", "without_building", "without_place", "repeated")


class LoadBim(TwinAlgorithm):
    ID = "loadbim"
    GROUP_ID = ICON = "buildings"
    PACKAGES = ("ifcopenshell", "shapely", "pebble", "pyproj")

    def title(self) -> str:
        return self.tr("Load BIM models")

    def help_text(self) -> str:
        return self.tr(
            "<p>Reads IFC models of any schema, zipped or not, into buildings with their footprint, storeys, openings"
            " with their sills, and a report with a row for every file.</p><p>A model is placed by its map "
            "conversion, by absolute coordinates, or by latitude, longitude and true north; a row of the placements "
            "table takes precedence over all of them. A model without a place gets empty geometry, with its areas "
            "filled in.</p><p>A file that is broken, hangs or crashes does not affect the others: the report gives "
            "the reason.</p>"
        )

    def declare(self, configuration: Values) -> None:
        files = QgsProcessing.SourceType.TypeFile
        models = QgsProcessingParameterMultipleLayers("MODELS", self.tr("Models"), files, optional=True)
        self.add(models, self.tr("IFC files (.ifc, .ifczip). Choose files, a folder, or both."))
        directory = QgsProcessingParameterFile.Behavior.Folder
        folder = QgsProcessingParameterFile("FOLDER", self.tr("Folder"), directory, optional=True)
        self.add(folder, self.tr("A folder of models; folders in it are searched too."))
        help_text = self.tr("CRS of all outputs. By default the projected CRS that most models name.")
        self.add(QgsProcessingParameterCrs("CRS", self.tr("CRS of the outputs"), optional=True), help_text)
        help_text = self.tr(
            "A table with path, x, y, z, bearing_deg and crs: where the model's zero point lies and to where its y "
            "axis points, clockwise from grid north. The path is the model's full path, its id or its file name."
        )
        declare_reading(self, help_text)
        help_text = self.tr(
            "Shape of SOLIDS: extruded footprints, extruded storeys, the faces of the shell, or closed shells: LoD 1.2 "
            "(the outline to the top), LoD 1.3 (flat roof parts) or LoD 2.2 (roof planes), each above the ground "
            "floor, with its volume. Where one does not close or is implausible, the column reason says why and a "
            "lower LoD stands there."
        )
        self.add_choice("LOD", self.tr("Solids"), DETAILS, "footprint", help_text, advanced=True)
        help_text = self.tr("A row of SOLIDS for each building, or for each class of its elements: walls, slabs …")
        self.add_choice("SOLIDS_OF", self.tr("A solid for"), PARTS, "building", help_text, advanced=True)
        help_text = self.tr(
            "Properties, quantities and materials as columns of BUILDINGS, STOREYS, ROOMS and OPENINGS: names such as "
            "Pset_SpaceCommon.IsExternal, Qto_SpaceBaseQuantities.NetFloorArea or material, parted by commas, or the "
            "path of a .csv or .txt file with one in each row. A name without a set stands for any set. A building or "
            "storey of which nothing is stated has the values of all its elements. Numbers are in SI units."
        )
        self.add_text("PROPERTIES", self.tr("Properties"), help_text, advanced=True)
        declare_ground_check(self)
        self._sink("BUILDINGS", self.tr("Buildings"), self.tr("Footprints with the fields of the twin base."))
        self._sink("STOREYS", self.tr("Storeys"), self.tr("The plan of each storey, with its level."), True, True)
        help_text = self.tr("Doors, low windows, ramps and vents at their sills.")
        self._sink("OPENINGS", self.tr("Openings"), help_text, True, True)
        help_text = self.tr(
            "The spaces of the buildings, with use, level and area; they are read only for this output."
        )
        self._sink("ROOMS", self.tr("Rooms"), help_text, True)
        help_text = self.tr("Surfaces of the ground that models hold, as triangles; read only for this output.")
        self._sink("TERRAIN", self.tr("Terrain of models"), help_text, True)
        help_text = self.tr(
            "Axes of roads and railways (IfcAlignment): a line for each segment, with stations, radii, gradients and "
            "cant; read only for this output."
        )
        self._sink("ALIGNMENTS", self.tr("Alignments"), help_text, True)
        self._sink("SOLIDS", self.tr("Solids"), self.tr("The buildings in 3D, as LOD says."), True)
        help_text = self.tr(
            "Surfaces in plan with their levels: footprint and outline (LoD 0.2), flat roof parts (LoD 0.3), roof "
            "planes (LoD 0.4)."
        )
        self._sink("OUTLINES", self.tr("Outlines and roofs"), help_text, True)
        help_text = self.tr(
            "Areas of walls, roofs, slabs, windows and doors, gross and net, and the volume of the elements: a row for "
            "each kind of each building."
        )
        self._sink("ENVELOPE", self.tr("Areas of the envelope"), help_text, True)
        self._sink("REPORT", self.tr("Report"), self.tr("A row for every file: status, reason, place, warnings."))
        help_text = self.tr(
            "A row for every model without a place: fill in x and y, and what you know of z, bearing_deg and crs, and "
            "give the table as PLACEMENTS. Rows that are not filled in are skipped there."
        )
        self._sink("UNPLACED", self.tr("Models without a place"), help_text, True)
        self.number_outputs(
            MODELS_OK=self.tr("Models read"),
            MODELS_PARTIAL=self.tr("Models read in part"),
            MODELS_FAILED=self.tr("Models that failed"),
            MODELS_WITHOUT_BUILDING=self.tr("Models without a building"),
            MODELS_WITHOUT_PLACE=self.tr("Models without a place"),
            MODELS_REPEATED=self.tr("Models with buildings that another one holds too"),
        )
        for name in ("building", "storey", "opening", "room", "alignment", "solid", "outline"):
            self.style(f"{name.upper()}S", name)
        self.style("TERRAIN", "model_terrain")

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the models in workers, check their ground floors against DTM, and write a layer for each table."""
        from ...core.bim.load import LoadRequest
        from ...core.bim.solids import Detail

        files = self.parameterAsFileList(parameters, "MODELS", context) if parameters.get("MODELS") else []
        desktop = QgsApplication.platform() == "desktop"
        request = LoadRequest(
            files=tuple(files),
            folder=self.parameterAsString(parameters, "FOLDER", context),
            crs=crs_name(self, parameters, "CRS", context),
            source_crs=crs_name(self, parameters, "SOURCE_CRS", context),
            placements=tuple(table_rows(self, parameters, "PLACEMENTS", context, feedback) or ()),
            time_out_s=self.parameterAsDouble(parameters, "TIMEOUT", context),
            workers=runtime.threads(self.parameterAsInt(parameters, "WORKERS", context), desktop),
            detail=Detail(self.parameterAsEnumString(parameters, "LOD", context)),
            by_class=self.parameterAsEnumString(parameters, "SOLIDS_OF", context) == "class",
            asked=self._asked(parameters, context),
        )
        terrain = read_terrain(self, parameters, context)
        loaded = load_models(request, terrain, context.transformContext(), self.progress(feedback))
        self.push_warnings(loaded.messages, feedback)
        self.push_lines(loaded.told, feedback)
        if not loaded.crs:
            feedback.pushWarning(self.tr("No model has a place, so the outputs have no CRS: use PLACEMENTS."))
        results: Values = {f"MODELS_{key.upper()}": loaded.counts[key] for key in COUNTS}
        for plan in bim_layers.plans(loaded.rows):
            crs = QgsCoordinateReferenceSystem(loaded.crs if plan.kind != QgsWkbTypes.Type.NoGeometry else "")
            sink, destination = self.parameterAsSink(parameters, plan.name, context, plan.fields, plan.kind, crs)
            if sink is None:
                continue
            write_rows(sink, plan.fields, plan.rows, feedback)
            results[plan.name] = destination
        feedback.setProgress(100)
        return results

    def _asked(self, parameters: Values, context: QgsProcessingContext) -> Wanted:
        """What is read only since an output, or PROPERTIES, asks for it."""
        from ...core.bim.property_request import read_properties
        from ...core.bim.wanted import Wanted

        return Wanted(
            rooms=bool(parameters.get("ROOMS")),
            properties=read_properties(self.parameterAsString(parameters, "PROPERTIES", context)),
            terrain=bool(parameters.get("TERRAIN")),
            alignments=bool(parameters.get("ALIGNMENTS")),
            outlines=bool(parameters.get("OUTLINES")),
            quantities=bool(parameters.get("ENVELOPE")),
        )

    def _sink(self, name: str, label: str, help_text: str, optional: bool = False, wanted: bool = False) -> None:
        """An output; an optional one is created by default where it is `wanted`."""
        types = QgsProcessing.SourceType
        kinds = {"OPENINGS": types.TypeVectorPoint, "ALIGNMENTS": types.TypeVectorLine} | dict.fromkeys(
            ("REPORT", "UNPLACED", "ENVELOPE"), types.TypeVector
        )
        kind, created = kinds.get(name, types.TypeVectorPolygon), wanted or not optional
        self.add(QgsProcessingParameterFeatureSink(name, label, kind, None, optional, created), help_text)

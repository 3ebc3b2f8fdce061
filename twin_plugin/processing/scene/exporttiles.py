"""twin:exporttiles: a city as 3D Tiles with levels of detail, made in workers; a killed run is gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterLayer,
)

from ...bridge.kernel import runtime
from ...bridge.kernel.schedulers import Scheduler
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ..algorithm import TwinAlgorithm, Values
from ..inputs import declare_scheduler, read_terrain, scheduler
from ..question import Question
from .scene_inputs import HEIGHT_FIELDS, declare_height_fields, layer_source

if TYPE_CHECKING:
    from ...bridge.scene.tiles_run import TilesRequest, TilesResult

_AREAS = [QgsProcessing.SourceType.TypeVectorPolygon]


class ExportTiles(TwinAlgorithm):
    ID = "exporttiles"
    GROUP_ID = ICON = "scene"
    PACKAGES = ("shapely", "pyproj", "pebble")

    def title(self) -> str:
        return self.tr("Export 3D Tiles")

    def help_text(self) -> str:
        return self.tr(
            "<p>Writes a city of any size as 3D Tiles 1.1: blocks from afar, storeys and basements from near by. QGIS "
            "opens tileset.json as a tiled scene layer, and so do other programs. A click on a building in these shows "
            "its id, name, use and height.</p><p>3D Tiles have heights above the ellipsoid of WGS 84: the elevations "
            "are shifted by the height of the geoid, which the log states.</p><p>A run that was cancelled or killed "
            "goes on from its finished tiles; what has changed since is made anew.</p>"
        )

    def declare(self, configuration: Values) -> None:
        source = QgsProcessingParameterFeatureSource
        help_text = self.tr(
            "Buildings as polygons. Usual fields: id, name, use, base_elev_m, roof_elev_m, height_m, storeys_above."
        )
        self.add(source("BUILDINGS", self.tr("Buildings"), _AREAS), help_text)
        help_text = self.tr("Their storeys: building_id, number, elev_m, height_m (table storey of a twin base).")
        self.add(source("STOREYS", self.tr("Storeys"), _AREAS, optional=True), help_text)
        help_text = self.tr(
            "Rooms below the ground: building_id, top_elev_m, bottom_elev_m (table underground of a twin base)."
        )
        self.add(source("UNDERGROUND", self.tr("Basements"), _AREAS, optional=True), help_text)
        help_text = self.tr(
            "Closed shells by the id of their building, as loadbim writes them into SOLIDS at LoD 1.2, 1.3 or 2.2: "
            "they are drawn in the place of storeys and bodies."
        )
        self.add(source("SOLIDS", self.tr("Closed shells"), _AREAS, optional=True), help_text)
        help_text = self.tr("Heights of the ground in metres, on which buildings without a base stand.")
        self.add(QgsProcessingParameterRasterLayer("DTM", self.tr("Terrain"), optional=True), help_text)
        help_text = self.tr(
            "Height of the zero of your elevations above the ellipsoid of WGS 84, in metres, such as -3.1 in Shenzhen. "
            "Empty: that of the geoid EGM2008 or EGM96, where PROJ has its grid. 0 leaves the elevations as they are."
        )
        label = self.tr("Geoid above the ellipsoid (m)")
        self.add_number("GEOID_OFFSET_M", label, None, help_text, -200, 200)
        self._declare_options()
        help_text = self.tr("A new or empty folder, or that of an earlier run, which is brought up to date.")
        self.add(QgsProcessingParameterFolderDestination("FOLDER", self.tr("Folder of the tiles")), help_text)
        self.addOutput(QgsProcessingOutputFile("TILESET", self.tr("Tileset")))
        self.number_outputs(
            BUILDINGS_COUNT=self.tr("Buildings"),
            STOREYS_COUNT=self.tr("Storeys"),
            TILES_COUNT=self.tr("Tiles"),
            TILES_MADE=self.tr("Tiles made"),
            TILES_KEPT=self.tr("Tiles of an earlier run"),
            TILES_FAILED=self.tr("Tiles that failed"),
            TRIANGLES=self.tr("Triangles at the finest level"),
            BYTES=self.tr("Size of all files (bytes)"),
        )

    def _declare_options(self) -> None:
        help_text = self.tr("Only the buildings that touch it. Empty: all buildings.")
        self.add(QgsProcessingParameterExtent("EXTENT", self.tr("Extent"), None, True), help_text)
        help_text = self.tr("A projected CRS in metres. Empty: that of the terrain, else of the buildings, else UTM.")
        self.add(QgsProcessingParameterCrs("CRS", self.tr("CRS of the plans"), None, True), help_text, True)
        declare_height_fields(self)
        help_text = self.tr(
            "Which way faces look, for light and shade. QGIS from 3.42 on takes them the wrong way: clear this for it, "
            "and it finds them itself. CesiumJS shows plain colours without them."
        )
        self.add(QgsProcessingParameterBoolean("NORMALS", self.tr("Normals of faces"), True), help_text, True)
        help_text = self.tr("0: one for each core, in the desktop one less.")
        self.add_number("WORKERS", self.tr("Workers"), 0, help_text, 0, whole=True, advanced=True)
        help_text = self.tr(
            "Address of a dask scheduler, such as tls://10.0.0.5:8786, whose workers make the tiles instead of this "
            "machine's. They need the plugin and its packages, but no QGIS and none of the files."
        )
        declare_scheduler(self, help_text)

    def cancelled_text(self) -> str:
        return self.tr("Cancelled: the finished tiles are kept, and the next run goes on from there.")

    def questions(self, parameters: Values, context: QgsProcessingContext) -> Iterator[Question]:
        asked = scheduler(self, parameters, context)
        if asked.address and asked.is_new():
            yield Question(
                self.tr("Connect to a new scheduler?"),
                self.tr("Shall the dask scheduler at {address} make the tiles?").format(address=asked.address),
                self.tr(
                    "Whoever runs it gets the buildings and can run code on this computer. The answer yes is kept for "
                    "this address."
                ),
                self.tr("Connect"),
                self.tr("The scheduler at {address} was not asked: nothing was made.").format(address=asked.address),
                asked.keep,
            )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the city by tile, make the tiles in workers, write the tileset (all in bridge/scene/tiles_run)."""
        from ...bridge.kernel.input_table import table_lines
        from ...bridge.scene.tiles_run import export_tiles

        request = self._request(parameters, context)
        progress = self.progress(feedback)
        made = export_tiles(request, context, feedback, progress, lambda text: self.push_warnings([text], feedback))
        self.push_warnings(made.log.notes, feedback)
        self.push_lines([*table_lines(made.log.entries), *_told(made)], feedback)
        return {
            "FOLDER": str(request.folder),
            "TILESET": str(request.folder / "tileset.json"),
            "BUILDINGS_COUNT": made.buildings,
            "STOREYS_COUNT": made.storeys,
            "TILES_COUNT": made.tiles,
            "TILES_MADE": made.made,
            "TILES_KEPT": made.kept,
            "TILES_FAILED": made.failed,
            "TRIANGLES": made.triangles,
            "BYTES": made.size,
        }

    def _request(self, parameters: Values, context: QgsProcessingContext) -> TilesRequest:
        from ...bridge.kernel.prism_layers import HeightFields
        from ...bridge.scene.scene_layers import SceneChoices, SceneLayers
        from ...bridge.scene.tiles_run import TilesRequest

        place = self.parameterAsString(parameters, "FOLDER", context)
        names = ("BUILDINGS", "STOREYS", "UNDERGROUND", "SOLIDS")
        buildings, storeys, underground, solids = (layer_source(self, parameters, n, context) for n in names)
        terrain = read_terrain(self, parameters, context)
        fields = [self.parameterAsString(parameters, name, context) for name in HEIGHT_FIELDS]
        given = parameters.get("GEOID_OFFSET_M")
        offset = None if given in (None, "") else self.parameterAsDouble(parameters, "GEOID_OFFSET_M", context)
        wanted = self.parameterAsInt(parameters, "WORKERS", context)
        return TilesRequest(
            SceneLayers(buildings, storeys, underground, terrain, solids=solids),
            SceneChoices(
                crs=self.parameterAsCrs(parameters, "CRS", context),
                extent=self.parameterAsExtent(parameters, "EXTENT", context),
                extent_crs=self.parameterAsExtentCrs(parameters, "EXTENT", context),
                fields=HeightFields(*fields),
            ),
            Path(place).absolute(),
            offset,
            self.parameterAsBool(parameters, "NORMALS", context),
            runtime.threads(wanted, QgsApplication.platform() == "desktop"),
            self._agreed(scheduler(self, parameters, context)),
        )

    def _agreed(self, asked: Scheduler) -> Scheduler:
        """The scheduler, which in the desktop the user agreed to: a model could not ask."""
        if asked.address and self.asker() is not None and asked.is_new():
            text = self.tr(
                "The scheduler at {address} is new: run 'Export 3D Tiles' with it from the toolbox once, which asks "
                "whether you trust it."
            )
            raise InputError(text.format(address=asked.address))
        return asked


def _told(made: TilesResult) -> list[Message]:
    """What was made, and how heights were shifted."""
    low, high = made.offset
    shift = Message(
        "Heights are above the ellipsoid of WGS 84 (EPSG:4979): the elevations and {offset}. A program that compares "
        "them with elevations, such as a terrain, needs this offset the other way round.",
        offset=f"{low:+.2f} m" if round(low, 2) == round(high, 2) else f"{low:+.2f} to {high:+.2f} m",
    )
    size = Message(
        "{tiles} tiles of {buildings} buildings with {triangles} triangles and {size:.1f} MB: {made} made, {kept} of "
        "an earlier run, {failed} failed.",
        tiles=made.tiles,
        buildings=made.buildings,
        triangles=made.triangles,
        size=made.size / 1e6,
        made=made.made,
        kept=made.kept,
        failed=made.failed,
    )
    return [shift, size]

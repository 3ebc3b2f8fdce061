"""twin:scene3d: a QGIS project with a 3D view of a district, from layers of a batch or a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, Qt

from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values
from ..inputs import read_time

if TYPE_CHECKING:
    from ...bridge.scene.project_layers import GivenLayer
    from ...bridge.scene.scene_project import ProjectRequest

translate = QCoreApplication.translate

_AREAS, _LINES = [QgsProcessing.SourceType.TypeVectorPolygon], [QgsProcessing.SourceType.TypeVectorLine]
VECTORS = ("BUILDINGS", "STOREYS", "UNDERGROUND", "SOLIDS", "PIPES", "TUNNELS")
RASTERS = ("DTM", "DEPTH")


class Scene3D(TwinAlgorithm):
    ID = "scene3d"
    GROUP_ID = ICON = "scene"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("3D project")

    def help_text(self) -> str:
        return self.tr(
            "<p>Writes a QGIS project (.qgz) that opens with a 3D view: storeys in the colours of their uses, "
            "basements, pipes, terrain, water over time, 3D Tiles, in the light of a date and hour. It is what the "
            "button 'Scene' shows, for batches and models.</p><p>The layers stay where they are, and the project "
            "names them by relative paths: move it together with its data. Layers that are temporary are refused. "
            "A layer of the open project keeps its style, and a 3D renderer that you gave it.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self._declare_layers()
        help_text = self.tr("A folder that 'Export 3D Tiles' has written, with tileset.json.")
        folder = QgsProcessingParameterFile.Behavior.Folder
        self.add(QgsProcessingParameterFile("TILES", self.tr("3D Tiles"), folder, optional=True), help_text)
        help_text = self.tr(
            "The sun of the view, by the clock of the place, or in UTC with a Z at the end. Empty: 20 January, 10:00."
        )
        time = QgsProcessingParameterDateTime.Type.DateTime
        self.add(QgsProcessingParameterDateTime("START", self.tr("Date and hour"), time, None, True), help_text)
        help_text = self.tr(
            "A surface of triangles stands for the terrain, so that basements and pipes show; it lies in the project."
        )
        self.add(QgsProcessingParameterBoolean("SEE_THROUGH", self.tr("Ground see-through"), False), help_text)
        help_text = self.tr("A projected CRS in metres. Empty: that of the terrain, else of the buildings, else UTM.")
        self.add(QgsProcessingParameterCrs("CRS", self.tr("CRS of the project"), None, True), help_text, True)
        label, kind = self.tr("Project"), self.tr("QGIS project (*.qgz)")
        self.add(QgsProcessingParameterFileDestination("OUTPUT", label, kind), self.tr("The project file."))
        self.number_outputs(
            BUILDINGS_COUNT=self.tr("Buildings"),
            STOREYS_COUNT=self.tr("Storeys"),
            LAYERS_COUNT=self.tr("Layers of the project"),
        )

    def _declare_layers(self) -> None:
        for name, label, kind, help_text in (
            ("BUILDINGS", self.tr("Buildings"), _AREAS,
             self.tr("Polygons with base_elev_m, roof_elev_m, and id and use where they are known.")),
            ("STOREYS", self.tr("Storeys"), _AREAS,
             self.tr("Their storeys: building_id, number, elev_m, height_m (table storey of a twin base).")),
            ("UNDERGROUND", self.tr("Basements"), _AREAS,
             self.tr("Rooms below the ground: top_elev_m, bottom_elev_m (table underground of a twin base).")),
            ("SOLIDS", self.tr("Solids"), _AREAS,
             self.tr("Faces with heights, as loadbim writes them into SOLIDS: drawn in the place of storeys.")),
            ("PIPES", self.tr("Pipes"), _LINES,
             self.tr("Lines with heights; the kind gives the colour, a field such as diameter_mm the width.")),
            ("TUNNELS", self.tr("Tunnels"), _LINES, self.tr("Axes of tunnels with heights, and diameter_m.")),
        ):  # fmt: skip
            self.add(QgsProcessingParameterVectorLayer(name, label, kind, None, True), help_text)
        help_text = self.tr("Heights of the ground without buildings, in metres.")
        self.add(QgsProcessingParameterRasterLayer("DTM", self.tr("Terrain"), optional=True), help_text)
        help_text = self.tr("RESULT of the flood simulation: the surface of the water over time.")
        result = QgsProcessingParameterFile("RESULT", self.tr("Flood over time"), extension="nc", optional=True)
        self.add(result, help_text)
        help_text = self.tr("Water of one time, such as DEPTH_MAX, where there is no RESULT: it lies on the terrain.")
        self.add(QgsProcessingParameterRasterLayer("DEPTH", self.tr("Water depth"), optional=True), help_text)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Find the layers, and write the project (bridge/scene/scene_project)."""
        try:
            from ...bridge.scene.scene_project import write_scene_project
        except ImportError as error:
            raise InputError(self.tr("This QGIS has no 3D views: install a QGIS that was built with 3D.")) from error

        request = self._request(parameters, context)
        made = write_scene_project(request, context, self.progress(feedback))
        self.push_warnings(made.notes, feedback)
        self.push_lines(made.lines(), feedback)
        return {
            "OUTPUT": request.path,
            "BUILDINGS_COUNT": made.shown["buildings"],
            "STOREYS_COUNT": made.shown["storeys"],
            "LAYERS_COUNT": made.layers,
        }

    def _request(self, parameters: Values, context: QgsProcessingContext) -> ProjectRequest:
        from ...bridge.scene.scene_project import ProjectRequest

        see_through = self.parameterAsBool(parameters, "SEE_THROUGH", context)
        given = self.parameterAsDateTime(parameters, "START", context)
        # The names that the button 'Scene' gives its views: it opens these.
        name = translate("SceneView", "City Twin 3D")
        if see_through:
            name = translate("SceneView", "City Twin 3D, below ground")
        return ProjectRequest(
            self._layers(parameters, context), self._titles(), name, self.parameterAsCrs(parameters, "CRS", context),
            read_time(self, parameters, "START", context),
            given.isValid() and given.timeSpec() == Qt.TimeSpec.LocalTime, see_through,
            self.parameterAsFileOutput(parameters, "OUTPUT", context),
        )  # fmt: skip

    def _titles(self) -> dict[str, str]:
        titles = {name: self.parameterDefinition(name).description() for name in (*VECTORS, *RASTERS)}
        return titles | {
            "RESULT": self.tr("Flood over time"),
            "TILES": self.tr("3D Tiles"),
            "BODIES": self.tr("Buildings without storeys"),
            "GROUND": self.tr("See-through ground"),
        }

    def _layers(self, parameters: Values, context: QgsProcessingContext) -> list[GivenLayer]:
        """What is given, by parameter."""
        from ...bridge.scene.project_layers import GivenLayer

        found = []
        for name in (*VECTORS, *RASTERS):
            read = self.parameterAsVectorLayer if name in VECTORS else self.parameterAsRasterLayer
            layer = read(parameters, name, context)
            if layer is None or not layer.isValid():
                if parameters.get(name):
                    raise InputError(self.tr("{name} cannot be read: choose another layer.").format(name=name))
                continue
            found.append(GivenLayer(name, layer, "", self._is_of_project(layer, context)))
        for name in ("RESULT", "TILES"):
            path = self.parameterAsFile(parameters, name, context)
            if path:
                found.append(GivenLayer(name, None, path))
        if {"RESULT", "DEPTH"} <= {one.name for one in found}:
            raise InputError("RESULT and DEPTH are both water: give one of them.")
        return found

    def _is_of_project(self, layer: QgsMapLayer, context: QgsProcessingContext) -> bool:
        project = context.project()
        return project is not None and project.mapLayer(layer.id()) is not None

"""twin:exportscene: a district in 3D as one HTML file, and in the formats of `formats`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import Qt

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import part
from ..algorithm import TwinAlgorithm, Values
from ..inputs import read_time
from .formats import formats
from .scene_inputs import HEIGHT_FIELDS, declare_height_fields, layer_source

if TYPE_CHECKING:
    from ...bridge.scene.scene_layers import SceneChoices, SceneLayers
    from ...core.scene.scene import Scene

LANGUAGES = ("interface", "en", "zh")
_AREAS, _LINES, _ANY = (
    QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeVectorLine,
    QgsProcessing.SourceType.TypeVector,
)  # fmt: skip


class ExportScene(TwinAlgorithm):
    ID = "exportscene"
    GROUP_ID = ICON = "scene"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Export scene")

    def help_text(self) -> str:
        return self.tr(
            "<p>Writes a district in 3D as one HTML file that opens in a browser without a server and without the "
            "network: storeys, basements, pipes, terrain, water over time, the sun with shadows, a section, stages "
            "over time, and two schemes side by side. The same scene goes into other formats.</p>"
            "<p>All is in one projected CRS in metres: that of the terrain, else that of the buildings, else UTM, "
            "unless CRS says another. The log counts what was read and left out of each layer, and what was averaged "
            "to keep the page small.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self._declare_city()
        self._declare_time()
        self._declare_schemes()
        self._declare_choices()
        page = self.tr("HTML page (*.html)")
        help_text = self.tr("One file with all data, for any browser with WebGL.")
        self.add(QgsProcessingParameterFileDestination("HTML", self.tr("Page"), page, None, True), help_text)
        for row in formats():
            if row.kind:
                output: Any = QgsProcessingParameterFileDestination(row.output, row.label, row.kind, None, True, False)
            else:
                output = QgsProcessingParameterFolderDestination(row.output, row.label, None, True, False)
            self.add(output, row.help)
        self.number_outputs(
            BUILDINGS_COUNT=self.tr("Buildings"),
            STOREYS_COUNT=self.tr("Storeys"),
            UNDERGROUND_COUNT=self.tr("Basements"),
            PIPES_COUNT=self.tr("Pipes and tunnels"),
            WATER_STEPS=self.tr("Times of the water"),
            HTML_BYTES=self.tr("Size of the page (bytes)"),
        )

    def _declare_city(self) -> None:
        source = QgsProcessingParameterFeatureSource
        help_text = self.tr(
            "Buildings as polygons. Usual fields: id, name, use, base_elev_m, roof_elev_m, height_m, storeys_above."
        )
        self.add(source("BUILDINGS", self.tr("Buildings"), [_AREAS]), help_text)
        help_text = self.tr("Their storeys: building_id, number, elev_m, height_m (table storey of a twin base).")
        self.add(source("STOREYS", self.tr("Storeys"), [_AREAS], optional=True), help_text)
        help_text = self.tr(
            "Rooms below the ground: building_id, top_elev_m, bottom_elev_m (table underground of a twin base). "
            "Storeys below ground of the same buildings are then left out."
        )
        self.add(source("UNDERGROUND", self.tr("Basements"), [_AREAS], optional=True), help_text)
        help_text = self.tr(
            "Closed shells by the id of their building, as loadbim writes them into SOLIDS at LoD 1.2, 1.3 or 2.2: for "
            "the other formats, the page shows upright bodies."
        )
        self.add(source("SOLIDS", self.tr("Closed shells"), [_AREAS], optional=True), help_text, True)
        help_text = self.tr("Rooms: building_id, elev_m, height_m (table room of a twin base), for the other formats.")
        self.add(source("ROOMS", self.tr("Rooms"), [_AREAS], optional=True), help_text, True)
        help_text = self.tr("Heights of the ground without buildings, in metres.")
        self.add(QgsProcessingParameterRasterLayer("DTM", self.tr("Terrain"), optional=True), help_text)
        help_text = self.tr(
            "Pipes as lines with heights, or start_elev_m and end_elev_m, or depth_m below the terrain. Fields: id, "
            "kind, diameter_mm."
        )
        self.add(source("PIPES", self.tr("Pipes"), [_LINES], optional=True), help_text)
        help_text = self.tr("Axes of tunnels, alike. Fields: id, kind, diameter_m, or width_m and height_m.")
        self.add(source("TUNNELS", self.tr("Tunnels"), [_LINES], optional=True), help_text)

    def _declare_time(self) -> None:
        source = QgsProcessingParameterFeatureSource
        help_text = self.tr("RESULT of the flood simulation: water over time, at most 48 times.")
        result = QgsProcessingParameterFile("RESULT", self.tr("Flood over time"), extension="nc", optional=True)
        self.add(result, help_text)
        help_text = self.tr("Water of one time, such as DEPTH_MAX, where there is no RESULT; needs DTM.")
        self.add(QgsProcessingParameterRasterLayer("DEPTH", self.tr("Water depth"), optional=True), help_text)
        help_text = self.tr(
            "Table lifecycle_stage: object_id is the id of a building, or of the model that it is the only building "
            "of. What is known now counts."
        )
        self.add(source("STAGES", self.tr("Records of stages"), [_ANY], optional=True), help_text)

    def _declare_schemes(self) -> None:
        source = QgsProcessingParameterFeatureSource
        help_text = self.tr(
            "Planned buildings, with the fields of BUILDINGS. They replace the buildings of which they cover more than "
            "a tenth."
        )
        for letter, label, name in (
            ("A", self.tr("Scheme A"), self.tr("Name of scheme A")),
            ("B", self.tr("Scheme B"), self.tr("Name of scheme B")),
        ):
            self.add(source(f"SCHEME_{letter}", label, [_AREAS], optional=True), help_text)
            self.add_text(f"NAME_{letter}", name, self.tr("Empty: the name of the layer, or of its table."))
        help_text = self.tr("Land of the schemes: buildings that lie mostly in it are replaced too.")
        self.add(source("SITE", self.tr("Site of the schemes"), [_AREAS], optional=True), help_text)

    def _declare_choices(self) -> None:
        self.add_text("TITLE", self.tr("Title"), self.tr("Empty: the name of the layer of buildings."))
        help_text = self.tr("Only what lies in it. Empty: all buildings, and the terrain around them.")
        self.add(QgsProcessingParameterExtent("EXTENT", self.tr("Extent"), None, True), help_text)
        help_text = self.tr("The language in which the page opens; it has both. interface: that of QGIS.")
        self.add_choice("LANGUAGE", self.tr("Language"), LANGUAGES, LANGUAGES[0], help_text)
        help_text = self.tr(
            "The sun that the page opens with, by the clock of the place, or in UTC with a Z at the end. Empty: 20 "
            "January, 10:00."
        )
        time = QgsProcessingParameterDateTime.Type.DateTime
        self.add(QgsProcessingParameterDateTime("START", self.tr("Date and hour"), time, None, True), help_text)
        help_text = self.tr("What elevations are measured from, in words. Empty: what the CRS of the terrain says.")
        self.add_text("VERTICAL_DATUM", self.tr("Vertical datum"), help_text)
        help_text = self.tr("A projected CRS in metres. Empty: that of the terrain, else of the buildings, else UTM.")
        self.add(QgsProcessingParameterCrs("CRS", self.tr("CRS of the scene"), None, True), help_text, True)
        declare_height_fields(self)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the layers (bridge/scene/read_scene), write the page (html_page) and the other formats."""
        from ...bridge.kernel.input_table import table_lines
        from ...bridge.scene.read_scene import read_scene

        progress = self.progress(feedback)
        wanted = [row for row in formats() if parameters.get(row.output)]
        layers, choices = self._layers(parameters, context, feedback), self._choices(parameters, context)
        read = read_scene(layers, choices, context, feedback, part(progress, 0.0, 0.5))
        self.push_warnings(read.log.notes, feedback)
        self.push_lines(table_lines(read.log.entries), feedback)
        places: Values = self._write_page(read.scene, parameters, context, feedback, part(progress, 0.5, 0.7))
        for number, row in enumerate(wanted):
            share = part(progress, 0.7 + 0.3 * number / len(wanted), 0.7 + 0.3 * (number + 1) / len(wanted))
            path = self.parameterAsFileOutput(parameters, row.output, context)
            feedback.pushInfo(f"{Path(path).name}:")
            self.push_lines(row.write(read.scene, Path(path), share), feedback)
            places[row.output] = path
        scene = read.scene
        return {
            **places,
            "BUILDINGS_COUNT": len(scene.buildings),
            "STOREYS_COUNT": len(scene.buildings.storeys),
            "UNDERGROUND_COUNT": len(scene.buildings.underground),
            "PIPES_COUNT": 0 if scene.pipes is None else len(scene.pipes.ids),
            "WATER_STEPS": 0 if scene.water is None else len(scene.water.times_min),
        }

    def _write_page(
        self, scene: Scene, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback,
        progress: Any,
    ) -> Values:  # fmt: skip
        """The page where it is asked for, and its size."""
        from ...bridge.scene.html_page import interface_language, write_html

        path = self.parameterAsFileOutput(parameters, "HTML", context)
        if not path:
            return {"HTML_BYTES": 0}
        language = self.parameterAsEnumString(parameters, "LANGUAGE", context)
        given = self.parameterAsDateTime(parameters, "START", context)
        is_local = given.isValid() and given.timeSpec() == Qt.TimeSpec.LocalTime
        start = read_time(self, parameters, "START", context)
        language = interface_language() if language == LANGUAGES[0] else language
        page = write_html(scene, Path(path), language, start, is_local, progress)
        self.push_lines(page.notes, feedback)
        feedback.pushInfo(
            self.tr("The page has {size} MB, its unpacked data {unpacked} MB.").format(
                size=f"{page.size / 1e6:.2f}", unpacked=f"{page.unpacked / 1e6:.2f}"
            )
        )
        return {"HTML": path, "HTML_BYTES": page.size}

    def _layers(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> SceneLayers:
        """The layers that are there."""
        from ...bridge.scene.scene_layers import SceneLayers

        names = ("BUILDINGS", "STOREYS", "UNDERGROUND", "PIPES", "TUNNELS", "STAGES", "SITE", "SOLIDS", "ROOMS")
        buildings, storeys, underground, pipes, tunnels, stages, site, solids, rooms = (
            layer_source(self, parameters, name, context) for name in names
        )
        schemes = []
        for letter in "AB":
            scheme = layer_source(self, parameters, f"SCHEME_{letter}", context)
            if scheme is not None:
                name = self.parameterAsString(parameters, f"NAME_{letter}", context)
                schemes.append((name or self._title(parameters, f"SCHEME_{letter}", scheme, context), scheme))
        if len(schemes) == 2 and schemes[0][0] == schemes[1][0]:
            shown = [f"{name} ({letter})" for letter, (name, _) in zip("AB", schemes, strict=True)]
            told = Message(
                "Both schemes are called '{name}': they are shown as '{a}' and '{b}'. NAME_A and NAME_B name them.",
                name=schemes[0][0],
                a=shown[0],
                b=shown[1],
            )
            schemes = [(name, scheme) for name, (_, scheme) in zip(shown, schemes, strict=True)]
            self.push_warnings([told], feedback)
        terrain, depth = (self._raster(parameters, name, context) for name in ("DTM", "DEPTH"))
        result = self.parameterAsFile(parameters, "RESULT", context)
        return SceneLayers(
            buildings, storeys, underground, terrain, result, depth, pipes, tunnels, stages, tuple(schemes), site,
            solids, rooms, self._ages(parameters, context),
        )  # fmt: skip

    def _title(self, parameters: Values, name: str, source: Any, context: QgsProcessingContext) -> str:
        """What a layer is called; by its table where several layers of a file have the file's name."""
        from ...bridge.kernel.layer_names import layer_names

        layer = self.parameterAsVectorLayer(parameters, name, context)
        return str(source.sourceName() if layer is None else layer_names(layer)[0])

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> SceneChoices:
        from ...bridge.kernel.prism_layers import HeightFields
        from ...bridge.scene.scene_layers import SceneChoices

        title, vertical, *fields = (
            self.parameterAsString(parameters, name, context) for name in ("TITLE", "VERTICAL_DATUM", *HEIGHT_FIELDS)
        )
        return SceneChoices(
            title.strip(), vertical.strip(), self.parameterAsCrs(parameters, "CRS", context),
            self.parameterAsExtent(parameters, "EXTENT", context),
            self.parameterAsExtentCrs(parameters, "EXTENT", context), HeightFields(*fields),
        )  # fmt: skip

    def _raster(self, parameters: Values, name: str, context: QgsProcessingContext) -> QgsRasterLayer | None:
        """A raster, None where none is given."""
        found = self.parameterAsRasterLayer(parameters, name, context)
        if parameters.get(name) and (found is None or not found.isValid()):
            raise InputError(self.tr("{name} cannot be read: choose another raster.").format(name=name))
        return found

    def _ages(self, parameters: Values, context: QgsProcessingContext) -> dict[str, str]:
        """The dates of the files of the layers, by parameter."""
        ages = {}
        for definition in self.parameterDefinitions():
            if not isinstance(definition, (QgsProcessingParameterFeatureSource, QgsProcessingParameterRasterLayer)):
                continue
            name = definition.name()
            layer = self.parameterAsLayer(parameters, name, context) if isinstance(parameters.get(name), str) else None
            provider = None if layer is None else layer.dataProvider()
            changed = None if provider is None else provider.dataTimestamp()
            if changed is not None and changed.isValid():
                ages[name] = changed.toString("yyyy-MM-dd")
        return ages

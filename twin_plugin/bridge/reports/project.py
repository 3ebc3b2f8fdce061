"""A project for the results of a run: layers named for people, styled, grouped, animated, with relative paths."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsConditionalStyle,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDateTimeRange,
    QgsLayerMetadata,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsMeshDatasetIndex,
    QgsMeshLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QDateTime
from qgis.PyQt.QtGui import QColor

from ...core.common import leftovers
from ...core.common.errors import ResourceError, unwritable
from ..kernel import layer_marks, legend, project_entries, styles
from ..kernel.gdal_basics import reason_in
from ..kernel.legend_title import title_legend
from ..kernel.map_classes import classes
from ..kernel.output_checks import check_table
from ..kernel.outside_text import as_name
from ..kernel.resources import plugin_version
from ..kernel.storm_name import run_name, storm_name
from ..kernel.vectors import gpkg_options
from . import mesh_style
from .report_figures import Facts, RunLayers

MARGIN_SHARE, MARGIN_M = 0.06, 10.0
"""What a map shows around the buildings: a share of their extent, and some metres."""


@dataclass(frozen=True)
class LayerDisplay:
    """How one input is shown: its group, style, whether it is switched on at first, and the output that it is.

    By the output the docks find the layer; an input that any algorithm may have written is an output of the report.
    """

    name: str
    style: str
    group: str
    shown: bool
    output: str = ""


# Top of the map first.
PLACES = (
    LayerDisplay("OPENINGS", "opening", "result", True, "loadbim/OPENINGS"),
    LayerDisplay("BUILDING_RISK", "building_risk", "result", True, "buildingrisk/OUTPUT"),
    LayerDisplay("RESULT", "flood_result", "result", False, "simulateflood/RESULT"),
    LayerDisplay("DEPTH_MAX", "flood_depth", "result", True, "simulateflood/DEPTH_MAX"),
    LayerDisplay("HAZARD", "flood_hazard", "result", False, "simulateflood/HAZARD"),
    LayerDisplay("ARRIVAL", "flood_arrival", "result", False, "simulateflood/ARRIVAL"),
    # pragma: allowlist nextline secret
    LayerDisplay("VELOCITY_MAX", "flood_velocity", "result", False, "simulateflood/VELOCITY_MAX"),
    LayerDisplay("LEVEL_MAX", "flood_level", "result", False, "simulateflood/LEVEL_MAX"),
    LayerDisplay("DURATION_WET", "flood_duration", "result", False, "simulateflood/DURATION_WET"),
    LayerDisplay("STORM", "", "result", False, "designstorm/OUTPUT"),
    LayerDisplay("MODEL_STOREYS", "storey", "models", False, "loadbim/STOREYS"),
    LayerDisplay("MODEL_BUILDINGS", "building", "models", False, "loadbim/BUILDINGS"),
    LayerDisplay("MODEL_REPORT", "", "models", False, "loadbim/REPORT"),
    LayerDisplay("ROADS", "roads", "base", True, "floodreport/ROADS"),
    LayerDisplay("WATER", "water_bodies", "base", True, "floodreport/WATER"),
    LayerDisplay("SHADE", "terrain_shade", "base", True),
    LayerDisplay("DTM", "terrain", "base", True, "floodreport/DTM"),
)


class FloodProject:
    """Builds the project; `layers` holds its copies of the layers by the names of `PLACES`.

    Parameters
    ----------
    results : Results
        The layers as Processing gave them; they are copied, never changed.
    facts : Facts
        For the layers' names.
    scratch : Path or None
        GeoPackage for layers that live in memory only; None keeps them there.
    """

    def __init__(self, results: RunLayers, facts: Facts, scratch: Path | None) -> None:
        self.results, self.facts = results, facts
        self.scratch, self.version = scratch, plugin_version()
        self.project = QgsProject()
        self.layers: dict[str, QgsMapLayer] = {}
        self.run = layer_marks.new_run()

    def tr(self, text: str) -> str:
        """Translate in the context of the class."""
        return QCoreApplication.translate("FloodProject", text)

    @property
    def storm(self) -> str:
        """The storm in a few words, '' when it is not known."""
        return storm_name(self.facts.storm_mm, self.facts.storm_min, self.facts.storm_years)

    def build(self) -> QgsProject:
        """Fill the project and return it."""
        project, results = self.project, self.results
        project.setFilePathStorage(Qgis.FilePathType.Relative)
        project.setTitle(as_name(results.title))
        names = self._names()
        run = self._run_name()
        root = project.layerTreeRoot()
        titles = {"result": run, "models": self.tr("Buildings from models"), "base": self.tr("Base map")}
        groups = {name: root.addGroup(as_name(title)) for name, title in titles.items()}
        for place in PLACES:
            source = results.get("DTM" if place.name == "SHADE" else place.name)
            if source is not None:
                self._add(place, source, names[place.name], groups[place.group])
        for group in groups.values():
            if not group.children():
                root.removeChildNode(group)
        if {"BUILDING_RISK", "MODEL_BUILDINGS"} <= set(self.layers):
            buildings = self.layers["MODEL_BUILDINGS"].id()
            self.layers["BUILDING_RISK"].setCustomProperty(layer_marks.BUILDINGS, buildings)
        project.setCrs(self._crs())
        project.setBackgroundColor(QColor("#f4f3ef"))
        extent = self.extent()
        if not extent.isNull():
            view = project.viewSettings()
            view.setDefaultViewExtent(QgsReferencedRectangle(extent, project.crs()))
        self._animate()
        return project

    def extent(self) -> QgsRectangle:
        """What a map should show, in the project's CRS: the buildings inside the simulated area, or what there is."""
        area = self._extent_of("DEPTH_MAX", "HAZARD", "ARRIVAL", "VELOCITY_MAX", "RESULT", "DTM")
        buildings = self._extent_of("BUILDING_RISK")
        if not buildings.isNull():
            buildings.grow(MARGIN_SHARE * max(buildings.width(), buildings.height()) + MARGIN_M)
        both = area if buildings.isNull() else buildings if area.isNull() else area.intersect(buildings)
        if both.isEmpty():
            both = area if buildings.isNull() else buildings
        return both if not both.isNull() else self._extent_of("OPENINGS", "ROADS")

    def save(self, path: str) -> None:
        """Write the project file, with what the docks keep in a project.

        Raises
        ------
        ResourceError
            When it cannot be written, with the reason.
        """
        project, results = self.project, self.results
        project.setFileName(path)
        known = {
            project_entries.DISTRICT: results.district,
            project_entries.CATALOGUE: results.catalogue and {"path": results.catalogue},
            project_entries.REPORT: results.report
            and {"path": results.report, "title": results.title, "run": results.run},
        }
        for key, value in known.items():
            if value:
                project_entries.remember(project, key, value)
        if not project.write(path):
            raise unwritable(path, project.error())

    def _names(self) -> dict[str, str]:
        return {
            "OPENINGS": self.tr("Openings and sills"),
            "BUILDING_RISK": self.tr("Building risk"),
            "RESULT": self.tr("Flood over time"),
            "DEPTH_MAX": self.tr("Maximum depth"),
            "HAZARD": self.tr("Hazard"),
            "ARRIVAL": self.tr("Arrival of water (h:min)"),
            "VELOCITY_MAX": self.tr("Maximum velocity"),
            "LEVEL_MAX": self.tr("Maximum water level"),
            "DURATION_WET": self.tr("Time under water"),
            "MODEL_STOREYS": self.tr("Storeys"),
            "MODEL_BUILDINGS": self.tr("Buildings"),
            "MODEL_REPORT": self.tr("Models read"),
            "STORM": self.tr("Storm"),
            "ROADS": self.tr("Roads"),
            "WATER": self.tr("Water bodies"),
            "SHADE": self.tr("Relief"),
            "DTM": self.tr("Terrain (m)"),
        }

    def _run_name(self) -> str:
        """What tells this run from others first: the layer tree cuts long names off at the end."""
        results = self.results
        run = run_name(self.storm, results.number("duration_s"), results.number("cell_m")) or self.tr("Flood")
        return " · ".join(part for part in (run, results.district) if part)

    def _add(self, place: LayerDisplay, source: QgsMapLayer, name: str, group: QgsLayerTreeGroup) -> None:
        layer = self._copy(source, name)
        if not layer.isValid():
            raise ResourceError(
                "The layer '{source}' cannot be opened again: save it to a file first.", source=source.name()
            )
        if place.style and not isinstance(layer, QgsMeshLayer):
            styles.apply(layer, place.style)
        if isinstance(layer, QgsMeshLayer):
            mesh_style.dress(layer)
        if place.style == "terrain":
            _stretch(layer)
        if place.name == "BUILDING_RISK":
            _colour_cells(layer)
        metadata = QgsLayerMetadata()
        metadata.setTitle(layer.name())
        metadata.setAbstract(as_name(self._run_name()))
        metadata.setHistory([self.tr("City Twin {version}").format(version=self.version)])
        metadata.setCrs(layer.crs())
        layer.setMetadata(metadata)
        if place.output:
            layer_marks.mark(layer, place.output, self.run)
        legend.translate(layer)
        self.project.addMapLayer(layer, False)
        node = group.addLayer(layer)
        title_legend(node, terrain=place.name == "DTM")
        node.setItemVisibilityChecked(place.shown)
        node.setExpanded(place.shown and place.group == "result" and place.name != "OPENINGS")
        self.layers[place.name] = layer

    def _copy(self, source: QgsMapLayer, name: str) -> QgsMapLayer:
        provider, uri = source.providerType(), source.source()
        if isinstance(source, QgsMeshLayer):
            layer: QgsMapLayer = QgsMeshLayer(uri, name, provider)
        elif isinstance(source, QgsRasterLayer):
            layer = QgsRasterLayer(uri, name, provider)
        elif provider == "memory":
            layer = QgsVectorLayer(self._kept(source, name), name, "ogr") if self.scratch else source.clone()
            layer.setName(name)
        else:
            layer = QgsVectorLayer(uri, name, provider)
        if source.crs().isValid():
            layer.setCrs(source.crs())
        return layer

    def _kept(self, layer: QgsVectorLayer, name: str) -> str:
        """A memory layer written to the scratch GeoPackage, as a source to open."""
        failed, message, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, str(self.scratch), self.project.transformContext(), gpkg_options(self.scratch, name)
        )
        if failed != QgsVectorFileWriter.WriterError.NoError:
            raise unwritable(self.scratch, reason_in(message))
        try:
            check_table(self.scratch, name, sum(1 for _ in layer.getFeatures()))
        except OSError as error:
            raise unwritable(self.scratch, error) from error
        return f"{self.scratch}|layername={name}"

    def _crs(self) -> QgsCoordinateReferenceSystem:
        for name in ("DEPTH_MAX", "BUILDING_RISK", "HAZARD", "RESULT", "DTM", "OPENINGS", "ROADS"):
            layer = self.layers.get(name)
            if layer is not None and layer.crs().isValid():
                return layer.crs()
        return QgsCoordinateReferenceSystem()

    def _extent_of(self, *names: str) -> QgsRectangle:
        crs = self.project.crs()
        for name in names:
            layer = self.layers.get(name)
            if layer is None or layer.extent().isNull() or not layer.extent().isFinite():
                continue
            if crs.isValid() and layer.crs().isValid() and layer.crs() != crs:
                transform = QgsCoordinateTransform(layer.crs(), crs, self.project)
                return transform.transformBoundingBox(layer.extent())
            return QgsRectangle(layer.extent())
        return QgsRectangle()

    def _animate(self) -> None:
        """Let the temporal controller play the result over its own time in its own steps."""
        layer = self.layers.get("RESULT")
        if not isinstance(layer, QgsMeshLayer):
            return
        properties = layer.temporalProperties()
        capabilities = layer.dataProvider().temporalCapabilities()
        if capabilities.hasReferenceTime():
            properties.setReferenceTime(capabilities.referenceTime(), capabilities)
        properties.setIsActive(True)
        span = properties.timeExtent()
        if not span.begin().isValid():
            return
        step_s = _step_s(layer)
        project, settings = self.project, self.project.timeSettings()
        settings.setTemporalRange(QgsDateTimeRange(span.begin(), span.end()))
        settings.setTimeStep(step_s)
        settings.setTimeStepUnit(Qgis.TemporalUnit.Seconds)
        settings.setFramesPerSecond(4)
        # What the desktop's temporal controller reads; 1 is its animated mode.
        for key, value in (("/StartDateTime", span.begin()), ("/EndDateTime", span.end())):
            project.writeEntry("TemporalControllerWidget", key, value.toString("yyyy-MM-ddTHH:mm:ss.zzzZ"))
        project.writeEntry("TemporalControllerWidget", "/NavigationMode", 1)


def free_place(project: str) -> Path:
    """A GeoPackage beside a project, named like it, that does not exist yet; for layers that were only in memory."""
    place = final_place(project)
    stem = place.name.rsplit(".", 1)[0]
    names = (place.with_name(f"{stem}-layers{number}.gpkg") for number in ("", *range(2, 10_000)))
    return next(name for name in names if not name.exists())


def final_place(path: str) -> Path:
    """Where a file will be that has a name of its own while it is written."""
    place = Path(path)
    return place.with_name(leftovers.tail(place.name))


def frame_range(layer: QgsMeshLayer, number: int) -> QgsDateTimeRange:
    """The time range of the frame `number` of a result."""
    begin: QDateTime = layer.temporalProperties().timeExtent().begin()
    step_s = _step_s(layer)
    return QgsDateTimeRange(
        begin.addMSecs(int(1000 * step_s * number)), begin.addMSecs(int(1000 * step_s * (number + 1)))
    )


def _step_s(layer: QgsMeshLayer) -> float:
    group = mesh_style.groups(layer).get("depth", 0)
    count = layer.datasetCount(QgsMeshDatasetIndex(group, 0))
    if count < 2:
        return 60.0
    first, second = (layer.datasetRelativeTimeInMilliseconds(QgsMeshDatasetIndex(group, n)) for n in (0, 1))
    return max((second - first) / 1000.0, 1.0)


def _stretch(layer: QgsRasterLayer) -> None:
    """Spread a style's ramp over the layer's own values, without the outermost 2 %."""
    low, high = layer.dataProvider().cumulativeCut(1, 0.02, 0.98)
    renderer = layer.renderer()
    if not isinstance(renderer, QgsSingleBandPseudoColorRenderer) or not high > low:
        return
    renderer.setClassificationMin(low)
    renderer.setClassificationMax(high)
    function = renderer.shader().rasterShaderFunction()
    function.setMinimumValue(low)
    function.setMaximumValue(high)
    function.classifyColorRamp(5, 1, layer.extent(), layer.dataProvider())


def _colour_cells(layer: QgsVectorLayer) -> None:
    """The classes' colours behind the numbers, in attribute tables and in the report."""
    rules = []
    for item in classes("building_risk"):
        rule = QgsConditionalStyle(f"@value = {int(item.lower)}")
        colour = QColor(item.colour)
        rule.setBackgroundColor(colour)
        rule.setTextColor(QColor("#ffffff" if colour.lightnessF() < 0.5 else "#1f2933"))
        rules.append(rule)
    layer.conditionalStyles().setFieldStyles("risk_class", rules)

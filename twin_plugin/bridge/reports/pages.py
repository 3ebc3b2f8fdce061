"""The pages of a flood: a report of one A4 page, and a map sheet; layouts that a technician can edit."""

from __future__ import annotations

import math

from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsLayerTreeLayer,
    QgsLayoutExporter,
    QgsMapLayer,
    QgsMapLayerLegend,
    QgsMeshLayer,
    QgsPrintLayout,
)
from qgis.PyQt.QtCore import QCoreApplication, QDateTime, Qt

from ...core.common.clock import clock
from ...core.common.errors import ResourceError
from ..kernel import layout_items as items
from ..kernel.map_classes import CLOSED, INK, QUIET, classes, risk_class
from .project import PLACES, FloodProject

LEFT, WIDTH = 12.0, 186.0
ROWS = 8


class FloodPages:
    """Makes the layouts in a project and exports them.

    Parameters
    ----------
    source : FloodProject
        Built already.
    """

    def __init__(self, source: FloodProject) -> None:
        self.source, self.project = source, source.project
        self.results, self.facts = source.results, source.facts

    def tr(self, text: str) -> str:
        """Translate in the context of the class."""
        return QCoreApplication.translate("FloodPages", text)

    def report(self) -> QgsPrintLayout:
        """One portrait page: map, legend, three numbers, the worst buildings, thresholds and sources."""
        layout = items.page(self.project, "Flood report", 210, 297)
        self._head(layout, WIDTH)
        self._map(layout, (LEFT, 32, 126, 122))
        self._legend(layout, (LEFT + 131, 31, 55, 122), 34)
        self._numbers(layout, 159)
        self._worst(layout, (LEFT, 185, WIDTH, 82))
        self._foot(layout, 271, WIDTH)
        self.project.layoutManager().addLayout(layout)
        return layout

    def sheet(self) -> QgsPrintLayout:
        """One landscape page: the map, its legend, sources."""
        layout = items.page(self.project, "Flood map", 297, 210)
        self._head(layout, 273)
        self._map(layout, (LEFT, 32, 212, 152))
        self._legend(layout, (LEFT + 217, 31, 56, 152), 34)
        self._foot(layout, 188, 273)
        self.project.layoutManager().addLayout(layout)
        return layout

    def _head(self, layout: QgsPrintLayout, width: float) -> None:
        items.rule(layout, (LEFT, 10, 1.6, 17), CLOSED)
        items.label(layout, self.results.title, (LEFT + 5, 9, width - 5, 10), 19, INK, True)
        parts = [
            self.results.district,
            self.source.storm and self.tr("rain of {storm}").format(storm=self.source.storm),
        ]
        if duration := self.results.summary.get("duration_s"):
            parts.append(self.tr("simulated {hours} h").format(hours=f"{float(duration) / 3600:.3g}"))
        items.label(layout, " · ".join(part for part in parts if part), (LEFT + 5, 20, width - 5, 7), 10.5, QUIET)

    def _map(self, layout: QgsPrintLayout, box: items.Box) -> None:
        shown = [
            self.source.layers[name]
            for name in ("OPENINGS", "BUILDING_RISK", *self._water(), "ROADS", "WATER", "SHADE", "DTM")
            if name in self.source.layers
        ]
        if not shown:
            items.rule(layout, box, "#f4f3ef")
            left, top, width, height = box
            text = self.tr("There is no map: no layer of a flood was given.")
            middle = (left, top + height / 2 - 4, width, 10)
            items.label(layout, text, middle, 10, QUIET, align=Qt.AlignmentFlag.AlignHCenter)
            return
        item = items.map_item(layout, shown, self.source.extent(), box, "map")
        layout.setReferenceMap(item)

    def _water(self) -> list[str]:
        """The one flood layer that a printed map shows: depth, or what comes nearest to it."""
        order = ("DEPTH_MAX", "HAZARD", "VELOCITY_MAX", "ARRIVAL", "RESULT")
        return [name for name in order if name in self.source.layers][:1]

    def _legend(self, layout: QgsPrintLayout, box: items.Box, characters: int) -> None:
        entries: list[tuple[QgsMapLayer, str, dict[int, str]]] = []
        risk = self.source.layers.get("BUILDING_RISK")
        if risk is not None:
            title = self.tr("Building risk, number of buildings")
            numbers = [4, 3, 2, 1, 0, None]
            texts = {
                place: f"{risk_class(number).text}: {self.facts.by_class.get(number, 0)}"
                for place, number in enumerate(numbers)
                if number is not None or self.facts.by_class.get(None)
            }
            entries.append((risk, title, texts))
        titles = {
            "DEPTH_MAX": self.tr("Maximum depth"),
            "HAZARD": self.tr("Hazard (AIDR 2017)"),
            "VELOCITY_MAX": self.tr("Maximum velocity"),
            "ARRIVAL": self.tr("Arrival of water (h:min)"),
        }
        for name in self._water():
            layer = self.source.layers[name]
            if isinstance(layer, QgsMeshLayer):
                continue
            shown = classes(next(place.style for place in PLACES if place.name == name))
            # Before the classes come the band's name and, in a ramp, what lies below them.
            first = len(
                QgsMapLayerLegend.defaultRasterLegend(layer).createLayerTreeModelLegendNodes(QgsLayerTreeLayer(layer))
            ) - len(shown)
            entries.append((layer, titles[name], {number + first: item.text for number, item in enumerate(shown)}))
        if entries:
            items.legend(layout, entries, box, characters)

    def _numbers(self, layout: QgsPrintLayout, top: float) -> None:
        facts = self.facts
        numbers: list[tuple[str, str]] = []
        if facts.buildings:
            text = self.tr("of {count} buildings have water inside").format(count=f"{facts.buildings:,}")
            numbers.append((f"{facts.wet_inside:,}", text))
            if not math.isnan(facts.first_min):
                numbers.append(
                    (clock(facts.first_min), self.tr("after the start, water first enters a building (h:min)"))
                )
            if not math.isnan(facts.people) and facts.wet_inside:
                numbers.append((f"{facts.people:,.0f}", self.tr("people in these buildings")))
        if not math.isnan(facts.deepest_m):
            numbers.append((f"{facts.deepest_m:.2f} m", self.tr("is the maximum depth")))
            area = facts.wet_area_m2 / 10_000
            numbers.append(
                (
                    f"{area:,.1f} ha" if area >= 0.1 else f"{facts.wet_area_m2:,.0f} m²",
                    self.tr("under at least {depth} m of water").format(depth="0.05"),
                )
            )
        if not math.isnan(facts.storm_mm):
            numbers.append((f"{facts.storm_mm:.0f} mm", self.tr("of rain")))
        width = WIDTH / 3
        for place, (number, text) in enumerate(numbers[:3]):
            left = LEFT + place * width
            items.label(layout, number, (left, top, width - 4, 12), 26, INK, True)
            items.label(layout, text, (left, top + 12.5, width - 8, 9), 8.5, QUIET)

    def _worst(self, layout: QgsPrintLayout, box: items.Box) -> None:
        left, top, width, height = box
        items.rule(layout, (left, top - 2.5, width, 0.25), "#c3c9cf")
        risk, facts = self.source.layers.get("BUILDING_RISK"), self.facts
        reached = sum(count for number, count in facts.by_class.items() if number)
        if risk is None or not reached:
            text = (
                self.tr("No buildings were given: there is no table of the worst.")
                if risk is None
                else self.tr("In this scenario water reaches no building.")
            )
            items.label(layout, text, (left, top + 2, width, 8), 10, QUIET)
            return
        shown = min(reached, ROWS)
        title = self.tr("The {shown} worst of {count} buildings reached by water").format(shown=shown, count=reached)
        items.label(layout, title, (left, top, width, 6), 10, INK, True)
        near, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        names = risk.fields().names()
        enters = "lpad(floor(\"ingress_time_min\"/60),2,'0') || ':' || lpad(floor(\"ingress_time_min\" % 60),2,'0')"
        columns = [
            (self.tr("Building"), 'coalesce("name", "id")' if "name" in names else '"id"', 38.0, near),
            (self.tr("Class"), "risk_class", 12.0, Qt.AlignmentFlag.AlignHCenter),
            (self.tr("Water (m)"), 'format_number("depth_m", 2)', 17.0, far),
            (self.tr("Enters at"), f"coalesce({enters}, '–')" if "ingress_time_min" in names else "'–'", 17.0, far),
            (self.tr("Why"), "reason" if "reason" in names else "''", width - 84.0 - 9.0, near),
        ]
        order = [("risk_class", True), ("depth_m", True)]
        items.table(layout, risk, columns, '"risk_class" >= 1', order, ROWS, (left, top + 7, width, height - 7))

    def _foot(self, layout: QgsPrintLayout, top: float, width: float) -> None:
        items.rule(layout, (LEFT, top - 1.5, width, 0.25), "#c3c9cf")
        thresholds = self.tr(
            "Depths: 0.15 m closes a lane, 0.30 m a road, 0.50 m endangers people. Risk classes: 1 water of 0.05 m or "
            "more around the building, 2 to 4 water above a sill. Results of a model of the terrain and the rain named "
            "here; they are not a forecast."
        )
        items.label(layout, thresholds, (LEFT, top, width, 8), 7, QUIET)
        items.label(layout, self.source.about, (LEFT, top + 7, width, 7), 7, QUIET)
        now = QDateTime.currentDateTime().toString("yyyy-MM-dd HH:mm")
        made = self.tr("City Twin {version} · {date}").format(version=self.source.version, date=now)
        items.label(layout, made, (LEFT, top + 13.5, width * 0.7, 5), 7, QUIET)
        page = self.tr("Page {page} of {pages}").format(page=1, pages=1)
        items.label(layout, page, (LEFT + width - 40, top + 13.5, 40, 5), 7, QUIET, align=Qt.AlignmentFlag.AlignRight)


def export_pdf(layout: QgsPrintLayout, path: str) -> None:
    """Write a layout as PDF with real text.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = 200
    settings.exportMetadata = True
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    _finish(QgsLayoutExporter(layout).exportToPdf(path, settings), path)


def export_image(layout: QgsPrintLayout, path: str, dpi: float = 150) -> None:
    """Write a layout as a picture.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = dpi
    # QGIS asks GDAL to write the map's place into the picture, which PNG cannot hold: no word about it.
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        result = QgsLayoutExporter(layout).exportToImage(path, settings)
    finally:
        gdal.PopErrorHandler()
    _finish(result, path)


def _finish(result: QgsLayoutExporter.ExportResult, path: str) -> None:
    if result != QgsLayoutExporter.ExportResult.Success:
        reason = {
            QgsLayoutExporter.ExportResult.MemoryError: "there was not enough memory",
            QgsLayoutExporter.ExportResult.FileError: "the file cannot be written",
        }.get(result, "the page cannot be drawn")
        raise ResourceError(
            "'{path}' could not be created ({reason}): close it elsewhere or choose another folder.",
            path=path,
            reason=reason,
        )

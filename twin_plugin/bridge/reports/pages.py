"""The pages of a flood: a report with its annex, and a map sheet; layouts that a technician can edit."""

from __future__ import annotations

import math

from qgis.core import QgsMapLayer, QgsPrintLayout
from qgis.PyQt.QtCore import QCoreApplication, QDateTime, Qt

from ...core.common.clock import clock
from ..kernel import layout_items as items
from ..kernel.map_classes import CLOSED, INK, QUIET, classes, risk_class, see_through
from . import reached_table
from .annex import Annex
from .project import PLACES, FloodProject

LEFT, WIDTH = 12.0, 186.0


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
        """A portrait page with map, legend, three numbers and the worst buildings, and the annex behind it."""
        layout = items.page(self.project, "Flood report", 210, 297)
        self._head(layout, WIDTH)
        self._map(layout, (LEFT, 32, 126, 117))
        self._legend(layout, (LEFT + 131, 31, 55, 117), 34)
        self._numbers(layout, 153)
        self._worst(layout, (LEFT, 178, WIDTH, 91))
        self._thresholds(layout, 271, WIDTH)
        Annex(self.source, layout).add()
        for page in range(layout.pageCollection().pageCount()):
            self._foot(layout, 284.5, WIDTH, page)
        self.project.layoutManager().addLayout(layout)
        return layout

    def sheet(self) -> QgsPrintLayout:
        """One landscape page: the map, its legend, sources."""
        layout = items.page(self.project, "Flood map", 297, 210)
        self._head(layout, 273)
        self._map(layout, (LEFT, 32, 212, 152))
        self._legend(layout, (LEFT + 217, 31, 56, 152), 34)
        self._thresholds(layout, 188, 273)
        self._foot(layout, 201.5, 273)
        self.project.layoutManager().addLayout(layout)
        return layout

    def _head(self, layout: QgsPrintLayout, width: float) -> None:
        items.rule(layout, (LEFT, 10, 1.6, 17), CLOSED)
        items.label(layout, self.results.title, (LEFT + 5, 9, width - 5, 10), 19, INK, True)
        parts = [
            self.results.district,
            self.source.storm,
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
        top = box[1]
        if entries:
            top += items.legend_height(items.legend(layout, entries, box, characters)) + 3.0
        self._water_legend(layout, (box[0], top, box[2], 0.0), characters)

    def _water_legend(self, layout: QgsPrintLayout, box: items.Box, characters: int) -> None:
        """The classes of the flood layer, see-through as on the map: QGIS's legend draws them opaque."""
        titles = {
            "DEPTH_MAX": self.tr("Maximum depth"),
            "HAZARD": self.tr("Hazard (AIDR 2017)"),
            "VELOCITY_MAX": self.tr("Maximum velocity"),
            "ARRIVAL": self.tr("Arrival of water (h:min)"),
        }
        left, top, width, _ = box
        for name in self._water():
            if name not in titles:
                continue
            items.label(layout, titles[name], (left, top, width, 5), 8.5, INK, True)
            top += 6.0
            for item in classes(next(place.style for place in PLACES if place.name == name)):
                items.rule(layout, (left, top, 6.0, 3.6), see_through(item.colour))
                items.label(layout, item.text, (left + 8.0, top, width - 8.0, 7.0), 7.5)
                top += 4.9 if items.text_width(item.text) <= characters else 7.6

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
                people = self.tr("about {count}").format(count=f"{_rounded(facts.people):,}")
                numbers.append((people, self.tr("people in these buildings, estimated")))
        if not math.isnan(facts.at_buildings_m):
            numbers.append((f"{facts.at_buildings_m:.2f} m", self.tr("of water at the deepest building, outside")))
        elif not math.isnan(facts.deepest_m):
            text = self.tr("is the maximum depth, channels and underpasses included")
            numbers.append((f"{facts.deepest_m:.2f} m", text))
        if not math.isnan(facts.deepest_m):
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
        items.label(layout, self._table_title(reached), (left, top, width, 6), 10, INK, True)
        text = self.tr(
            "Depth outside: the greatest at the walls. In the reasons, m above: the water over the sill of the opening "
            "named."
        )
        items.label(layout, text, (left, top + 5.5, width, 5), 7.5, QUIET)
        reached_table.worst(layout, risk, (left, top + 10.5, width, height - 10.5), facts.wet_inside > 0)

    def _table_title(self, reached: int) -> str:
        """How many buildings the table has of how many, and where the others are."""
        inside = self.facts.wet_inside
        if not inside:
            text = self.tr("Water reaches {count} buildings and enters none; all of them are in the annex")
            return text.format(count=f"{reached:,}")
        if inside <= reached_table.WORST_ROWS:
            return self.tr("All buildings with water inside: {count}").format(count=inside)
        if inside > reached_table.MOST_ROWS:
            text = self.tr("The {shown} worst of {count} buildings with water inside; more of them are in the annex")
        else:
            text = self.tr("The {shown} worst of {count} buildings with water inside; all of them are in the annex")
        return text.format(shown=reached_table.WORST_ROWS, count=f"{inside:,}")

    def _thresholds(self, layout: QgsPrintLayout, top: float, width: float) -> None:
        items.rule(layout, (LEFT, top - 1.5, width, 0.25), "#c3c9cf")
        thresholds = self.tr(
            "Depths: 0.15 m closes a lane, 0.30 m a road, 0.50 m endangers people. Risk classes: 1 water of 0.05 m or "
            "more around the building, 2 to 4 water above a sill. Results of a model of the terrain and the rain named "
            "here; they are not a forecast."
        )
        items.label(layout, thresholds, (LEFT, top, width, 10), 7, QUIET)

    def _foot(self, layout: QgsPrintLayout, top: float, width: float, page: int = 0) -> None:
        now = QDateTime.currentDateTime().toString("yyyy-MM-dd HH:mm")
        crs = self.project.crs()
        parts = [
            self.results.author,
            now,
            crs.authid() if crs.isValid() else "",
            self.tr("City Twin {version}").format(version=self.source.version),
        ]
        items.label(layout, " · ".join(filter(None, parts)), (LEFT, top, width * 0.8, 5), 7, QUIET, page=page)
        text = self.tr("Page {page} of {pages}").format(page=page + 1, pages=layout.pageCollection().pageCount())
        box = (LEFT + width - 40, top, 40, 5)
        items.label(layout, text, box, 7, QUIET, align=Qt.AlignmentFlag.AlignRight, page=page)


def _rounded(count: float) -> int:
    """An estimate with two figures, as no more of it is known."""
    digits = max(0, len(f"{count:.0f}") - 2)
    return round(round(count / 10**digits) * 10**digits)

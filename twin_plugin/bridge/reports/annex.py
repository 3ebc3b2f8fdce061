"""The annex of a flood report: the rain, the run and its data, how to read the figures, and every building reached."""

from __future__ import annotations

import math
from pathlib import Path

from qgis.core import Qgis, QgsPrintLayout
from qgis.PyQt.QtCore import QCoreApplication, Qt

from ...core.common.clock import clock
from ..kernel import layout_items as items
from ..kernel.map_classes import CLOSED, INK, QUIET
from . import reached_table
from .project import FloodProject

LEFT, WIDTH = 12.0, 186.0
TOP, BOTTOM = 28.0, 280.0
RAIN = "#3f7fb8"
LINE, LETTERS = 5.6, 100
"""Height of a line of the list in mm, and how many narrow letters it holds."""


class Annex:
    """Adds the annex's pages to a report.

    Parameters
    ----------
    source : FloodProject
        Built already.
    layout : QgsPrintLayout
        Of portrait A4 pages.
    """

    def __init__(self, source: FloodProject, layout: QgsPrintLayout) -> None:
        self.source, self.layout = source, layout
        self.results, self.facts = source.results, source.facts

    def tr(self, text: str) -> str:
        """Translate in the context of the class."""
        return QCoreApplication.translate("Annex", text)

    def add(self) -> None:
        """Add the pages."""
        page = items.add_page(self.layout)
        self._head(page, self.tr("Annex: rain, run and data"))
        top = self._rain(page, TOP)
        top = self._list(page, top, self.tr("The run and its data"), self._facts())
        self._list(page, top, self.tr("How to read the figures"), self._notes())
        risk = self.source.layers.get("BUILDING_RISK")
        reached = sum(count for number, count in self.facts.by_class.items() if number)
        if risk is None or not reached:
            return
        page = items.add_page(self.layout)
        box = (LEFT, TOP, WIDTH, BOTTOM - TOP)
        reached_table.everything(self.layout, risk, box, page)
        for number in range(page, self.layout.pageCollection().pageCount()):
            self._head(number, self._title(reached))

    def _title(self, reached: int) -> str:
        if reached > reached_table.MOST_ROWS:
            text = self.tr("Annex: the {shown} worst of {count} buildings reached by water")
            return text.format(shown=f"{reached_table.MOST_ROWS:,}", count=f"{reached:,}")
        text = self.tr("Annex: all {count} buildings reached by water, {inside} of them inside")
        return text.format(count=f"{reached:,}", inside=f"{self.facts.wet_inside:,}")

    def _head(self, page: int, title: str) -> None:
        items.rule(self.layout, (LEFT, 10, 1.2, 12), CLOSED, page)
        items.label(self.layout, title, (LEFT + 4, 9.5, WIDTH - 4, 8), 13, INK, True, page=page)
        about = " · ".join(part for part in (self.results.title, self.results.district) if part)
        items.label(self.layout, about, (LEFT + 4, 17, WIDTH - 4, 6), 9, QUIET, page=page)

    def _rain(self, page: int, top: float) -> float:
        """The hyetograph: a block for each step, with peak and end written on it; where the next part begins."""
        rain = self.facts.rain
        if not rain or not self.facts.storm_min > 0:
            return top
        title = self.tr("Rain: {storm}").format(storm=self.source.storm)
        items.label(self.layout, title, (LEFT, top, WIDTH, 6), 10, INK, True, page=page)
        left, right, base, height = LEFT + 2, LEFT + WIDTH - 2, top + 46.0, 32.0
        starts = [0.0, *(end for end, _ in rain[:-1])]
        steps = [
            (start, end, 60.0 * depth / (end - start))
            for start, (end, depth) in zip(starts, rain, strict=True)
            if end > start
        ]
        peak = max((step[2] for step in steps), default=0.0)
        if not peak > 0:
            return top
        across, up = (right - left) / self.facts.storm_min, height / peak
        outline = [(left, base)]
        for start, end, intensity in steps:
            outline += [(left + start * across, base - intensity * up), (left + end * across, base - intensity * up)]
        items.polygon(self.layout, [*outline, (left + steps[-1][1] * across, base)], RAIN, page)
        items.rule(self.layout, (left, base, right - left, 0.25), QUIET, page)
        start, end, _ = max(steps, key=lambda step: step[2])
        text = self.tr("{peak} mm/h from {start} to {end}").format(
            peak=f"{peak:.0f}", start=clock(start), end=clock(end)
        )
        at = min(left + end * across + 2, right - 60)
        items.label(self.layout, text, (at, base - height, 60, 5), 8, INK, page=page)
        far = Qt.AlignmentFlag.AlignRight
        items.label(self.layout, "00:00", (left, base + 1, 20, 4), 7.5, QUIET, page=page)
        items.label(
            self.layout, clock(self.facts.storm_min), (right - 20, base + 1, 20, 4), 7.5, QUIET, align=far, page=page
        )
        return base + 10.0

    def _list(self, page: int, top: float, title: str, rows: list[tuple[str, str]]) -> float:
        """Lines of a name and a text; where the next part begins."""
        items.label(self.layout, title, (LEFT, top, WIDTH, 6), 10, INK, True, page=page)
        top += 7.5
        for name, text in rows:
            height = LINE * math.ceil(items.text_width(text) / LETTERS)
            items.label(self.layout, name, (LEFT, top, 44, height), 8, QUIET, page=page)
            items.label(self.layout, text, (LEFT + 46, top, WIDTH - 46, height), 8, INK, page=page)
            items.rule(self.layout, (LEFT, top + height - 0.8, WIDTH, 0.1), "#d9dee3", page)
            top += height
        return top + 6.0

    def _facts(self) -> list[tuple[str, str]]:
        results, source = self.results, self.source
        crs = source.project.crs()
        rows = [
            (self.tr("Rain"), self._rain_text()),
            (self.tr("Simulated time"), clock(results.number("duration_s") / 60.0)),
            (self.tr("Cells"), self._cells()),
            (self.tr("Edges"), self._edges()),
            (self.tr("Coordinate system"), crs.userFriendlyIdentifier() if crs.isValid() else ""),
            (self.tr("Vertical datum"), self._datum()),
            (self.tr("Terrain"), self._file("DTM")),
            (self.tr("Buildings"), self._file("BUILDING_RISK")),
            (self.tr("Storm table"), self._file("STORM")),
            (self.tr("Water balance"), self._balance()),
            (self.tr("Run"), str(results.summary.get("run_id") or "")),
            (self.tr("Author"), results.author or self.tr("not stated")),
            (
                self.tr("Software"),
                self.tr("City Twin {version}, QGIS {qgis}").format(version=source.version, qgis=Qgis.version()),
            ),
        ]
        return [(name, text) for name, text in rows if text]

    def _rain_text(self) -> str:
        if self.source.storm and not self.facts.rain:
            return self.tr("{storm}; the steps of the rain were not given").format(storm=self.source.storm)
        return self.source.storm

    def _cells(self) -> str:
        results = self.results
        cell, count = results.number("cell_m"), results.number("domain_cells")
        if math.isnan(cell):
            return ""
        text = self.tr("{cell} m, {count} of them with a height")
        return text.format(cell=f"{cell:g}", count=f"{count:,.0f}") if count > 0 else f"{cell:g} m"

    def _edges(self) -> str:
        kinds = self.results.summary.get("boundaries")
        if not isinstance(kinds, dict):
            return ""
        words = {
            "open": self.tr("open, water leaves"),
            "closed": self.tr("closed"),
            "level": self.tr("at a fixed water level"),
        }
        sides = {
            "north": self.tr("north"),
            "east": self.tr("east"),
            "south": self.tr("south"),
            "west": self.tr("west"),
        }
        if len(set(kinds.values())) == 1:
            return self.tr("all sides {kind}").format(kind=words.get(next(iter(kinds.values())), ""))
        return ", ".join(f"{sides.get(side, side)} {words.get(kind, kind)}" for side, kind in kinds.items())

    def _datum(self) -> str:
        """What the user says, else the vertical part of the terrain's CRS."""
        terrain = self.source.layers.get("DTM")
        vertical = terrain.crs().verticalCrs() if terrain is not None else None
        if self.results.vertical_datum:
            return self.results.vertical_datum
        known = vertical is not None and vertical.isValid()
        return vertical.userFriendlyIdentifier() if known else self.tr("not stated by the terrain")

    def _file(self, name: str) -> str:
        layer = self.results.get(name)
        if layer is None:
            return ""
        if layer.providerType() == "memory":
            return layer.name()
        return Path(layer.source().split("|")[0]).name

    def _balance(self) -> str:
        error = self.results.number("mass_error")
        if math.isnan(error):
            return ""
        text = self.tr("mass error {error} of all the water (0 is exact)")
        return text.format(error=f"{error:.1e}")

    def _notes(self) -> list[tuple[str, str]]:
        return [
            (
                self.tr("Depth outside"),
                self.tr("The greatest depth of water at the outer walls of the building, above the ground there."),
            ),
            (
                self.tr("… m above"),
                self.tr(
                    "In the reasons: how high the water outside stands above the sill of the opening that is named. "
                    "It decides the class; the depth of the water inside is not computed."
                ),
            ),
            (
                self.tr("Class 3"),
                self.tr(
                    "Water less than 0.5 m above a sill, or any water that enters a building with a basement: most "
                    "buildings with basements are therefore in class 3 or 4."
                ),
            ),
            (
                self.tr("People"),
                self.tr(
                    "An estimate: people as the data of the building give them, else its floor area divided by an "
                    "assumed area per person of its use."
                ),
            ),
        ]

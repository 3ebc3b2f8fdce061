"""A plan as PDF: pages of a print layout with maps, tables, check-lists and a time line, in one language or several."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsExpressionContextUtils, QgsPrintLayout, QgsRectangle

from ...core.common.document.blocks import (
    Block,
    CheckList,
    Figures,
    MapBlock,
    Paragraph,
    Section,
    TableBlock,
    TimeLine,
)
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part, silent
from ...core.contingency.document.compose import compose
from ...core.contingency.plan import Plan
from ..kernel import layout_items as items
from ..kernel import time_chart
from ..kernel.layout_export import export_parts
from ..kernel.line_breaks import one_line
from ..kernel.map_classes import QUIET
from ..kernel.page_flow import BOTTOM, LEFT, WIDTH, PageFlow
from ..kernel.page_legend import LegendPen
from ..kernel.page_words import PageWords
from .map_legend import legend
from .plan_layers import PlanLayers
from .plan_maps import PlanMaps
from .plan_project import save_project

MAP_WIDTH, MAP_HEIGHT, TALLEST_MAP = 126.0, 122.0, 175.0
LEGEND_LEFT, LEGEND_WIDTH = LEFT + MAP_WIDTH + 5, WIDTH - MAP_WIDTH - 5
MAP_FOOT = 8.5
"""The caption of a map and the space below it."""
ROOM = 60.0
"""A part of a level begins on the page of the one before where so many mm remain."""


def write_pdf(
    plan: Plan,
    layers: PlanLayers,
    path: str,
    languages: Sequence[str],
    progress: Progress = silent,
    project: str = "",
) -> None:
    """Write the pages of a plan, one language after the other.

    Parameters
    ----------
    plan : Plan
    layers : PlanLayers
        For the maps; what is absent is not on them.
    path : str
        Of the PDF; "" for none.
    languages : sequence of str
        "en" and "zh".
    progress : Progress
    project : str
        Of the same pages as a QGIS project (.qgz); "" for none.

    Raises
    ------
    ResourceError
        When a file cannot be written.
    Cancelled
    """
    maps = PlanMaps(plan, layers)
    pages = PlanPages(plan, maps)
    for number, language in enumerate(languages):
        start, end = (0.4 * place / len(languages) for place in (number, number + 1))
        advance(progress, start, "Laying out the plan")
        pages.add(language, part(progress, start, end))
    advance(progress, 0.4, "Drawing the plan")
    layouts = pages.finish()
    if path:
        export_parts(layouts, path, part(progress, 0.4, 0.9))
    if project:
        save_project(plan, maps, layouts, project, PageWords(languages[0]), part(progress, 0.9, 1.0))
    maps.close()


class PlanPages:
    """Makes the layout of a plan.

    Parameters
    ----------
    plan : Plan
    maps : PlanMaps
    """

    def __init__(self, plan: Plan, maps: PlanMaps) -> None:
        self._plan, self._maps = plan, maps
        self._flow = PageFlow(maps.project)
        self._words = PageWords("en")
        self._districts = maps.districts()
        self._legends = LegendPen(maps.attached)

    def add(self, language: str, progress: Progress = silent) -> None:
        """Add the pages of a language behind those that are there."""
        self._words = PageWords(language)
        document = compose(self._plan, tuple(self._districts))
        self._flow.speak(self._words, document.foot)
        for number, section in enumerate(document.sections):
            advance(progress, number / len(document.sections))
            self._section(section)

    def finish(self) -> list[QgsPrintLayout]:
        """The finished layouts, one for each section."""
        self._flow.finish()
        return self._flow.layouts

    def _section(self, section: Section) -> None:
        if section.own_page:
            self._flow.section(section.title, section.under, section.colour)
        else:
            self._flow.subsection(section.title, section.under, ROOM)
        for place, block in enumerate(section.blocks):
            if isinstance(block, MapBlock):
                self._map(block, self._room(section.blocks[place + 1 :]) if block.part else MAP_HEIGHT)
            else:
                self._block(block)

    def _room(self, below: Sequence[Block]) -> float:
        """The height of a map that fills its page with the blocks below it, as far as they leave it one."""
        left = BOTTOM - self._flow.top - MAP_FOOT - sum(self._flow.height(block) for block in below)
        return min(max(left, MAP_HEIGHT), TALLEST_MAP)

    def _block(self, block: Block) -> None:
        flow = self._flow
        if isinstance(block, Paragraph):
            flow.paragraph(block)
        elif isinstance(block, Figures):
            flow.figures(block)
        elif isinstance(block, TableBlock):
            flow.table(block)
        elif isinstance(block, CheckList):
            flow.check_list(block)
        elif isinstance(block, TimeLine):
            self._time_line(block)

    def _time_line(self, block: TimeLine) -> None:
        if not block.lanes:  # the table behind it says so
            return
        flow = self._flow
        high = time_chart.height(block)
        flow.title(block.title, Message("Marks are moments; the numbers at the right count the events."), high)
        time_chart.draw(flow.layout, block, self._words, LEFT, flow.top, WIDTH, flow.page)
        flow.top += high + 4

    def _map(self, block: MapBlock, high: float) -> None:
        flow = self._flow
        flow.need(high + MAP_FOOT)
        box = (LEFT, flow.top, MAP_WIDTH, high)
        extent = self._districts.get(block.part) if block.part else self._maps.extent()
        if extent is None or extent.isNull():
            items.rule(flow.layout, box, "#f4f3ef", flow.page)
            text = self._words.say(Message("There is no map: nothing has a place on it."))
            middle = (LEFT + 4, flow.top + high / 2, MAP_WIDTH - 8, 10)
            items.label(flow.layout, text, middle, 10, QUIET, page=flow.page)
        else:
            self._draw(block.number, extent, box)
        found = legend(self._maps, block.number, self._words)
        self._legends.draw(flow, found, LEGEND_LEFT, flow.top, LEGEND_WIDTH)
        flow.top += high + 1.5
        caption = one_line(self._words.say(block.caption), MAP_WIDTH, 7.5)
        items.label(flow.layout, caption, (LEFT, flow.top, MAP_WIDTH + 10, 4.5), 7.5, QUIET, page=flow.page)
        flow.top += MAP_FOOT - 1.5

    def _draw(self, level: int, extent: QgsRectangle, box: items.Box) -> None:
        flow = self._flow
        name = f"map {len(flow.layouts)}"
        item = items.map_item(flow.layout, self._maps.shown(level), extent, box, name, flow.page)
        # The labels of the styles ask for the language of QGIS: here they get that of the page.
        QgsExpressionContextUtils.setLayoutItemVariable(item, "qgis_locale", self._words.language)
        flow.layout.setReferenceMap(item)

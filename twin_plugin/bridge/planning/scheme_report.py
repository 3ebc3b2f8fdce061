"""The report of a comparison of schemes: pages of a print layout as PDF, and one HTML file, in one language or two."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from qgis.core import QgsExpressionContextUtils, QgsPrintLayout

from ...core.common.document.blocks import (
    BarsBlock,
    Block,
    Document,
    Figures,
    MapBlock,
    Paragraph,
    Section,
    TableBlock,
)
from ...core.common.document.html import HtmlPage
from ...core.common.errors import unwritable
from ...core.common.progress import Progress, advance, part, silent
from ...core.planning.comparison_document import compose
from ...core.planning.comparison_report import ComparisonReport, ParcelRow, SchemeFacts
from ...core.planning.control_plan import Measure, Verdict
from ..kernel import bar_blocks
from ..kernel import layout_items as items
from ..kernel.layout_export import export_parts
from ..kernel.line_breaks import one_line
from ..kernel.map_classes import QUIET
from ..kernel.map_picture import map_picture
from ..kernel.page_flow import LEFT, WIDTH, PageFlow
from ..kernel.page_legend import LegendPen, html_entries
from ..kernel.page_words import PageWords
from ..kernel.rasters import crs_text
from ..kernel.small_pictures import address
from .comparison_run import ComparisonResult
from .parcel_review import ParcelReview
from .scheme_maps import SchemeMaps

MAP_WIDTH, MAP_HEIGHT = 130.0, 118.0
LEGEND_LEFT, LEGEND_WIDTH = LEFT + MAP_WIDTH + 5, WIDTH - MAP_WIDTH - 5
MAP_FOOT = 8.5
ROOM = 70.0
"""A part begins on the page of the one before where so many mm remain."""


def report_of(result: ComparisonResult, title: str, author: str, version: str) -> ComparisonReport:
    """What the document says, from a comparison."""
    facts = []
    for name, city in zip(result.comparison.names, result.cities, strict=True):
        future, review = city.future, result.parcels.get(name)
        if future is None:
            raise ValueError("a compared district has a scheme")
        planned = future.prisms.keep(future.planned)
        height = float(planned.top_m.max() - planned.bottom_m.min())
        floor = math.nan if review is None else review.planned_floor_m2
        parcels = () if review is None else tuple(_parcels(review))
        facts.append(SchemeFacts(planned.objects, int(future.replaced.sum()), height, floor, parcels))
    return ComparisonReport(
        result.comparison,
        tuple(facts),
        result.unjudged,
        result.notes,
        title,
        author,
        crs_text(result.crs),
        datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        version,
    )


def _parcels(review: ParcelReview) -> list[ParcelRow]:
    """The limits of the parcels that the scheme touches, the broken ones first."""
    found = list[ParcelRow]()
    for row in np.flatnonzero(review.touched).tolist():
        for measure in Measure:
            verdict, before = review.now.verdicts[measure.value][row], review.before
            if verdict is Verdict.NO_LIMIT:
                continue
            found.append(
                ParcelRow(
                    review.plan.names[row] or review.plan.ids[row],
                    measure.value,
                    float(review.now.measures.values[measure][row]),
                    float(review.plan.limits[measure][row]),
                    math.nan if before is None else float(before.measures.values[measure][row]),
                    verdict,
                )
            )
    return sorted(found, key=lambda item: item.verdict is not Verdict.BREAKS)


def write_report(
    report: ComparisonReport,
    result: ComparisonResult,
    pdf: str,
    page: str,
    languages: Sequence[str],
    progress: Progress = silent,
) -> None:
    """Write the pages as PDF and as HTML, where a path is given.

    Raises
    ------
    ResourceError
        When a file cannot be written.
    Cancelled
    """
    maps = SchemeMaps(result)
    document = compose(report)
    if pdf:
        pages = SchemePages(maps)
        for number, language in enumerate(languages):
            advance(progress, 0.3 * number / len(languages), "Laying out the report")
            pages.add(document, language)
        advance(progress, 0.3, "Drawing the report")
        export_parts(pages.finish(), pdf, part(progress, 0.3, 0.8))
    if page:
        advance(progress, 0.8, "Drawing the maps")
        text = _html(document, maps, languages)
        try:
            Path(page).write_text(text, "utf-8")
        except OSError as error:
            raise unwritable(page, error) from error
    maps.close()


def _html(document: Document, maps: SchemeMaps, languages: Sequence[str]) -> str:
    words = {language: PageWords(language) for language in languages}

    def picture(block: MapBlock) -> str:
        return address(map_picture(maps.project, maps.shown(block.number), maps.extent, languages[0]))

    def legend(number: int) -> list:
        return html_entries({language: maps.legend(number, said) for language, said in words.items()})

    return HtmlPage({language: said.say for language, said in words.items()}, picture, legend).page(document)


class SchemePages:
    """Makes the layouts of a report.

    Parameters
    ----------
    maps : SchemeMaps
    """

    def __init__(self, maps: SchemeMaps) -> None:
        self._maps = maps
        self._flow = PageFlow(maps.project)
        self._words = PageWords("en")
        self._legends = LegendPen(lambda name: str(maps.project.createAttachedFile(name)))

    def add(self, document: Document, language: str) -> None:
        """Add the pages of a language behind those that are there."""
        self._words = PageWords(language)
        self._flow.speak(self._words, document.foot)
        for section in document.sections:
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
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        flow = self._flow
        if isinstance(block, Paragraph):
            flow.paragraph(block)
        elif isinstance(block, Figures):
            flow.figures(block)
        elif isinstance(block, TableBlock):
            flow.table(block)
        elif isinstance(block, BarsBlock):
            self._bars(block)
        elif isinstance(block, MapBlock):
            self._map(block)

    def _bars(self, block: BarsBlock) -> None:
        flow = self._flow
        if not block.bars:
            flow.paragraph(Paragraph(block.empty))
            return
        high = bar_blocks.height(block, self._words, WIDTH)
        flow.title(block.title, block.note, high)
        bar_blocks.draw(flow.layout, block, self._words, LEFT, flow.top, WIDTH, flow.page)
        flow.top += high + 4

    def _map(self, block: MapBlock) -> None:
        flow = self._flow
        flow.need(MAP_HEIGHT + MAP_FOOT)
        box = (LEFT, flow.top, MAP_WIDTH, MAP_HEIGHT)
        name = f"map {len(flow.layouts)}"
        item = items.map_item(flow.layout, self._maps.shown(block.number), self._maps.extent, box, name, flow.page)
        # The labels of the styles ask for the language of QGIS: here they get that of the page.
        QgsExpressionContextUtils.setLayoutItemVariable(item, "qgis_locale", self._words.language)
        flow.layout.setReferenceMap(item)
        found = self._maps.legend(block.number, self._words)
        self._legends.draw(flow, found, LEGEND_LEFT, flow.top, LEGEND_WIDTH)
        flow.top += MAP_HEIGHT + 1.5
        caption = one_line(self._words.say(block.caption), MAP_WIDTH, 7.5)
        items.label(flow.layout, caption, (LEFT, flow.top, MAP_WIDTH + 10, 4.5), 7.5, QUIET, page=flow.page)
        flow.top += MAP_FOOT - 1.5

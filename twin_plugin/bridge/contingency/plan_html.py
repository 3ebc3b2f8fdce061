"""A plan as one HTML file in one language or two, with its maps inside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsExpressionContextUtils,
    QgsLabelingEngineSettings,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsSymbol,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from ...core.common.document.blocks import MapBlock
from ...core.common.document.html import HtmlPage, LegendEntry
from ...core.common.errors import unwritable
from ...core.common.progress import Progress, advance, silent
from ...core.contingency.document.compose import compose
from ...core.contingency.plan import Plan
from ..kernel.page_words import PageWords
from ..kernel.small_pictures import address
from . import map_marks
from .map_legend import SYMBOL_PX, LegendLine, legend
from .plan_layers import PlanLayers
from .plan_maps import PlanMaps

MAP_PX = QSize(1050, 960)
DPI = 125.0


def write_html(
    plan: Plan, layers: PlanLayers, path: str, languages: Sequence[str], progress: Progress = silent
) -> None:
    """Write a plan as HTML.

    Parameters
    ----------
    plan : Plan
    layers : PlanLayers
        For the maps; what is absent is not on them.
    path : str
    languages : sequence of str
        "en" and "zh"; with both the reader switches. The first is shown at first.
    progress : Progress

    Raises
    ------
    ResourceError
        When the file cannot be written.
    Cancelled
    """
    maps = PlanMaps(plan, layers)
    words = {language: PageWords(language) for language in languages}
    pictures = MapPictures(maps, words[languages[0]], progress)
    document = compose(plan, tuple(pictures.districts))
    say = {language: spoken.say for language, spoken in words.items()}
    text = HtmlPage(say, pictures.picture, lambda level: _entries(maps, level, words)).page(document)
    maps.close()
    try:
        Path(path).write_text(text, "utf-8")
    except OSError as error:
        raise unwritable(path, error) from error


class MapPictures:
    """Draws the maps of a plan.

    Parameters
    ----------
    maps : PlanMaps
    words : PageWords
        The language of the labels on the maps.
    progress : Progress
    """

    def __init__(self, maps: PlanMaps, words: PageWords, progress: Progress) -> None:
        self._maps, self._words, self._progress = maps, words, progress
        self.districts = maps.districts()

    def picture(self, block: MapBlock) -> str:
        """A map as an address that holds it; "" where it has no extent."""
        advance(self._progress, float("nan"), "Drawing the maps")
        extent = self.districts.get(block.part) if block.part else self._maps.extent()
        if extent is None or extent.isNull():
            return ""
        return address(self._image(block.number, extent))

    def _image(self, level: int, extent: QgsRectangle) -> QImage:
        settings = QgsMapSettings()
        settings.setLayers(self._maps.shown(level))
        settings.setDestinationCrs(self._maps.project.crs())
        settings.setTransformContext(self._maps.project.transformContext())
        settings.setOutputSize(MAP_PX)
        settings.setOutputDpi(DPI)
        settings.setExtent(extent)
        settings.setBackgroundColor(QColor("#f4f3ef"))
        whole = QgsLabelingEngineSettings()
        whole.setFlag(Qgis.LabelingFlag.UsePartialCandidates, False)  # no names cut at the edge
        settings.setLabelingEngineSettings(whole)
        scope = QgsExpressionContextScope("page")
        scope.setVariable("qgis_locale", self._words.language)
        context = QgsExpressionContext()
        context.appendScopes(
            [
                QgsExpressionContextUtils.globalScope(),
                QgsExpressionContextUtils.mapSettingsScope(settings),
                scope,
            ]
        )
        settings.setExpressionContext(context)
        job = QgsMapRendererSequentialJob(settings)
        job.start()
        job.waitForFinished()
        image = job.renderedImage()
        map_marks.draw(image, settings.mapUnitsPerPixel(), DPI)
        return image


def _entries(maps: PlanMaps, level: int, words: dict[str, PageWords]) -> list[LegendEntry]:
    """The legend of a level in all languages."""
    spoken = {language: legend(maps, level, said) for language, said in words.items()}
    return [_entry(dict(zip(spoken, lines, strict=True))) for lines in zip(*spoken.values(), strict=True)]


def _entry(lines: dict[str, LegendLine]) -> LegendEntry:
    texts = {language: line.text for language, line in lines.items()}
    line = next(iter(lines.values()))
    if line.symbol is not None:
        return LegendEntry(texts, picture=_symbol(line.symbol))
    return LegendEntry(texts, colour=_css(line.colour) if line.colour is not None else "")


def _symbol(symbol: QgsSymbol) -> str:
    return address(symbol.asImage(QSize(*SYMBOL_PX)), few=False)


def _css(colour: QColor) -> str:
    return f"rgba({colour.red()},{colour.green()},{colour.blue()},{colour.alphaF():.2f})"

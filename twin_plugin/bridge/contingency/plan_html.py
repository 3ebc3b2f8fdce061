"""A plan as one HTML file in one language or two, with its maps inside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...core.common.document.blocks import MapBlock
from ...core.common.document.html import HtmlPage, LegendEntry
from ...core.common.errors import unwritable
from ...core.common.progress import Progress, advance, silent
from ...core.contingency.document.compose import compose
from ...core.contingency.plan import Plan
from ..kernel.map_picture import map_picture
from ..kernel.page_legend import html_entries
from ..kernel.page_words import PageWords
from ..kernel.small_pictures import address
from .map_legend import legend
from .plan_layers import PlanLayers
from .plan_maps import PlanMaps


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
        shown = self._maps.shown(block.number)
        return address(map_picture(self._maps.project, shown, extent, self._words.language))


def _entries(maps: PlanMaps, level: int, words: dict[str, PageWords]) -> list[LegendEntry]:
    """The legend of a level in all languages."""
    spoken = {language: legend(maps, level, said) for language, said in words.items()}
    return html_entries(spoken)

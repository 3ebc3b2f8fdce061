"""The printed map of a theme: title, tiles of the indicators, map and legend, and a page of sources with their ages.

A tile's number is an expression of built-in functions, so that it follows the data without the plugin; the line below
it is that of the run: the class of the number, its change, and the time of its data.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from qgis.core import (
    QgsLayoutItemLabel,
    QgsLayoutObject,
    QgsPrintLayout,
    QgsProject,
    QgsProperty,
)
from qgis.PyQt.QtGui import QColor

from ....core.common.messages import Message
from ....core.themes.indicator_values import GREY, PLAIN, IndicatorValue
from ....core.themes.layer_report import LayerState
from ....core.themes.theme import Chart, Indicator
from ...kernel import layout_items as items
from ...kernel.map_classes import CLOSED, INK, QUIET
from ...kernel.outside_text import as_name, as_template
from ...kernel.translation import Speaker
from . import extents, marks, project_parts
from .chart_items import ChartDrawer, ThemeChart
from .layers import BuiltLayer, is_map
from .requests import ThemeRequest
from .sources_table import MARGIN, add_table, update_table

PAGES = {
    "A4": (297.0, 210.0), "A3": (420.0, 297.0), "A2": (594.0, 420.0), "A1": (841.0, 594.0), "A0": (1189.0, 841.0),
}  # fmt: skip
GAP = 4.0
TILE_HEIGHT, TILES_IN_ROW = 22.0, 6
LEGEND_WIDTH = 92.0
CHARTS_IN_ROW, MOST_IN_ROW, CHART_HEIGHT, LEAST_TABLE = 3, 4, 66.0, 60.0
"""Charts of a row: all of them up to `MOST_IN_ROW`, else `CHARTS_IN_ROW`."""
NO_VALUE = "–"
Part = TypeVar("Part", Indicator, Chart)
TILES = "city_twin/theme_tiles"
"""Property of a layout: the indicators and charts that it was made for, as JSON."""


@dataclass(frozen=True)
class Tile:
    """An indicator on the printed map.

    Attributes
    ----------
    live : str
        Expression of its value, "" where its layer is missing or has cells.
    age : str
        Expression of the seconds since its newest data, "" where they have no times.
    """

    indicator: Indicator
    value: IndicatorValue
    live: str
    age: str = ""


class ThemePages:
    """The pages of one theme in a project: new, or those of an earlier run with the texts of this one.

    Attributes
    ----------
    left : str
        Name of the layout of an earlier run that was for other indicators and stays as it is, "" for none.
    is_removed : bool
        Whether the user removed the layout of an earlier run: there is no new one then.
    """

    def __init__(
        self,
        project: QgsProject,
        request: ThemeRequest,
        built: Sequence[BuiltLayer],
        tiles: Sequence[Tile],
        charts: Sequence[ThemeChart],
        now: datetime,
        speaker: Speaker,
        before: str,
    ) -> None:
        self.before, self.is_removed = before, False
        self.project, self.request, self.built, self.tiles = project, request, built, tiles
        self.charts, self.reports = charts, [item.report for item in built]
        self.now, self.speaker = now, speaker
        spec = request.theme.layout
        self.width, self.height = PAGES.get(spec.page if spec else "A3", PAGES["A3"])
        self.title = (request.text(spec.title) if spec else "") or request.text(request.theme.title)
        self.name = " · ".join(filter(None, (self.title, self._district())))
        self.texts, self.left, self._manager = self._texts(), "", project.layoutManager()

    def steps(self) -> Iterator[Callable[[], None]]:
        """What there is to do, in steps that do not hold the main thread for long."""
        own = self.request.theme.id, self.request.district_id
        old = next((layout for layout in self._manager.printLayouts() if marks.is_marked(layout, *own)), None)
        if old is None and self.before:
            self.is_removed, self.name = True, self.before
            return
        names = json.dumps([[tile.indicator.id for tile in self.tiles], [one.chart.id for one in self.charts]])
        if old is not None and old.customProperty(TILES) == names:
            if old.name() == self.before:
                yield partial(self._rename, old)
            else:
                self.name = self.before
            yield partial(self._update, old)
            return
        if old is not None:
            # For other indicators: a new layout beside the old one, which may have the user's changes.
            self.left = old.name()
        self.name = project_parts.free_name(self.name, [layout.name() for layout in self._manager.printLayouts()])
        layout = items.page(self.project, self.name, self.width, self.height)
        marks.mark(layout, *own)
        layout.setCustomProperty(TILES, names)
        yield partial(self._head, layout)
        inner, top = self.width - 2 * MARGIN, 35.0
        width = (inner + GAP) / TILES_IN_ROW - GAP
        for number, tile in enumerate(self.tiles):
            row, column = divmod(number, TILES_IN_ROW)
            place = MARGIN + column * (width + GAP), top + row * (TILE_HEIGHT + GAP), width
            yield partial(self._tile, layout, tile, place)
        top += (TILE_HEIGHT + GAP) * -(-len(self.tiles) // TILES_IN_ROW)
        box = (MARGIN, top, inner - LEGEND_WIDTH - GAP, self.height - top - 17)
        yield partial(self._map, layout, box)
        yield partial(self._legend, layout, (box[0] + box[2] + GAP, top, LEGEND_WIDTH, box[3]))
        page, top = items.add_page(layout), self._second_head(layout)
        columns = max(2, len(self.charts)) if len(self.charts) <= MOST_IN_ROW else CHARTS_IN_ROW
        drawer, width = ChartDrawer(layout, self.speaker), (inner + GAP) / columns - GAP
        for number, chart in enumerate(self.charts):
            row, column = divmod(number, columns)
            where = MARGIN + column * (width + GAP), top + row * (CHART_HEIGHT + GAP), width, CHART_HEIGHT
            yield partial(drawer.draw, chart, where, page)
        top += (CHART_HEIGHT + GAP) * -(-len(self.charts) // columns)
        if self.height - top < LEAST_TABLE:
            page, top = items.add_page(layout), MARGIN
        table = (MARGIN, top, inner, self.height - top - MARGIN)
        yield from add_table(layout, self.reports, table, page, self.speaker)
        yield partial(self._add, layout, old)

    def _rename(self, layout: QgsPrintLayout) -> None:
        """Give the layout of an earlier run the name of this one."""
        taken = [other.name() for other in self._manager.printLayouts() if other is not layout]
        self.name = project_parts.free_name(self.name, taken)
        layout.setName(as_name(self.name))

    def _add(self, layout: QgsPrintLayout, old: QgsPrintLayout | None) -> None:
        """The whole layout goes into the project at the end: a run that fails leaves no half of one."""
        if old is not None:
            for key in (marks.THEME, marks.DISTRICT):
                old.removeCustomProperty(key)
        self._manager.addLayout(layout)

    def _head(self, layout: QgsPrintLayout) -> None:
        inner = self.width - 2 * MARGIN
        items.rule(layout, (MARGIN, 10, 1.6, 16), CLOSED)
        self._label(layout, "title", (MARGIN + 5, 9, inner - 5, 9), 18, INK, True)
        self._label(layout, "subtitle", (MARGIN + 5, 19.5, inner - 5, 6), 10, QUIET)
        self._label(layout, "missing", (MARGIN, 28, inner, 5), 9, CLOSED, True)
        self._label(layout, "foot", (MARGIN, self.height - 13, inner, 8), 7, QUIET)

    def _second_head(self, layout: QgsPrintLayout) -> float:
        """The title of the second page; where it ends."""
        title = self.speaker.say(Message("Charts and sources") if self.charts else Message("Sources"))
        items.label(layout, title, (MARGIN, 10, self.width - 2 * MARGIN, 8), 14, INK, True, page=1)
        return 22.0

    def _update(self, layout: QgsPrintLayout) -> None:
        """Put the texts of this run into the items that are still there; the user's items and places stay."""
        for key, text in self.texts.items():
            item = layout.itemById(key)
            if isinstance(item, QgsLayoutItemLabel):
                item.setText(text)
                item.refresh()
        update_table(layout, self.reports, self.speaker)
        drawer = ChartDrawer(layout, self.speaker)
        for chart in self.charts:
            drawer.redraw(chart)

    def _texts(self) -> dict[str, str]:
        """The text of each label by its id; templates of QGIS."""
        request, say = self.request, self.speaker.say
        missing = [item.report.title for item in self.built if item.report.is_missing_must]
        time = self.now.strftime("%Y-%m-%d %H:%M UTC")
        texts = {
            "title": as_template(self.title),
            "subtitle": as_template(
                " · ".join(filter(None, (self._district(), say(Message("built {time}", time=time)))))
            ),
            "missing": as_template(
                say(Message("Missing, though required: {layers}", layers=", ".join(missing))) if missing else ""
            ),
            "foot": as_template(
                say(
                    Message(
                        "Numbers follow the data of the project; the lines below them are of {time}. Sources and their "
                        "ages: next page. {purpose}",
                        time=time,
                        purpose=request.text(request.theme.purpose),
                    )
                )
            ),
        }
        for tile in self.tiles:
            own = tile.indicator
            texts[f"tile {own.id} title"] = as_template(request.text(own.title) or own.id)
            texts[f"tile {own.id} value"] = self._live(tile)
            texts[f"tile {own.id} snapshot"] = as_template(self._snapshot(tile))
        return {f"city_twin {key}": text for key, text in texts.items()}

    def _label(
        self, layout: QgsPrintLayout, key: str, box: items.Box, size: float, colour: str = INK, bold: bool = False
    ) -> QgsLayoutItemLabel:
        item = items.label(layout, "", box, size, colour, bold)
        item.setId(f"city_twin {key}")
        item.setText(self.texts[f"city_twin {key}"])
        return item

    def _tile(self, layout: QgsPrintLayout, tile: Tile, place: tuple[float, float, float]) -> None:
        left, top, width = place
        key, inner = f"tile {tile.indicator.id}", width - 5.0
        bar = self._bar(layout, (left, top, 1.8, TILE_HEIGHT), tile)
        bar.setId(f"city_twin {key} colour")
        self._label(layout, f"{key} title", (left + 4, top, inner, 4.5), 8.5, QUIET)
        self._label(layout, f"{key} value", (left + 4, top + 4.8, inner, 9.5), 19, INK, True)
        self._label(layout, f"{key} snapshot", (left + 4, top + 15.2, inner, 6.5), 6.5, QUIET)

    def _bar(self, layout: QgsPrintLayout, box: items.Box, tile: Tile) -> QgsLayoutItemLabel:
        """The colour of a tile: by the thresholds of the live value, grey while its data are too old."""
        item = items.label(layout, "", box, 6)
        item.setBackgroundEnabled(True)
        item.setBackgroundColor(QColor(tile.value.colour))
        limit_s = tile.indicator.age_limit_s
        if tile.live and (tile.age or not limit_s):
            steps = sorted(tile.indicator.thresholds, key=lambda step: -step.value)
            cases = " ".join(f"WHEN @v >= {step.value!r} THEN '{QColor(step.colour).name()}'" for step in steps)
            old = f" OR coalesce({tile.age} > {limit_s!r}, TRUE)" if limit_s else ""
            colour = f"CASE WHEN @v IS NULL{old} THEN '{GREY}' {cases} ELSE '{PLAIN}' END"
            text = f"with_variable('v', {tile.live}, {colour})"
            item.dataDefinedProperties().setProperty(
                QgsLayoutObject.DataDefinedProperty.BackgroundColor, QgsProperty.fromExpression(text)
            )
        return item

    @staticmethod
    def _live(tile: Tile) -> str:
        unit = as_template(f" {tile.indicator.unit}" if tile.indicator.unit else "")
        if not tile.live:  # of cells: what the run found stands there
            return as_template(_number(tile.value)) if tile.value.value is not None else NO_VALUE
        number = (
            f"with_variable('v', {tile.live}, coalesce(format_number(@v, {tile.indicator.decimals}), '{NO_VALUE}'))"
        )
        return f"[% {number} %]{unit}"

    def _snapshot(self, tile: Tile) -> str:
        """The class of the run's value, the change since the one before, and how old the data is."""
        value, say = tile.value, self.speaker.say
        if value.value is None:
            return say(value.reason)
        parts = list(filter(None, [self.request.text(value.label)]))
        if value.change is not None:
            parts.append(f"{value.change:+,.{tile.indicator.decimals}f}")
        if value.time is not None:
            parts.append(say(Message("data of {time}", time=value.time.strftime("%Y-%m-%d %H:%M UTC"))))
        if value.stale:
            parts.append(say(Message("too old")))
        return " · ".join(parts)

    def _map(self, layout: QgsPrintLayout, box: items.Box) -> None:
        shown = [item.layer for item in self.built if item.layer is not None and is_map(item.layer)]
        view = extents.view_of(self.request.district, shown, self.project.crs())
        item = items.map_item(layout, [], view, box, "city_twin map")
        item.setKeepLayerSet(False)
        if self.request.theme.map_themes:
            name = project_parts.map_theme_name(self.project, self.request, self.request.theme.map_themes[0])
            item.setFollowVisibilityPreset(True)
            item.setFollowVisibilityPresetName(name)
        layout.setReferenceMap(item)

    def _legend(self, layout: QgsPrintLayout, box: items.Box) -> None:
        entries = [
            (item.layer, item.title, None)
            for item in self._on_map()
            if item.layer is not None and is_map(item.layer) and item.report.state is not LayerState.OUTSIDE
        ]
        legend = items.legend(layout, entries, box, 22, self.speaker.translate)
        legend.setId("city_twin legend")
        if items.legend_height(legend) > box[3]:
            legend.setColumnCount(2)
            legend.setSplitLayer(True)
            legend.adjustBoxSize()

    def _on_map(self) -> list[BuiltLayer]:
        """The layers that the map shows at first."""
        if self.request.theme.map_themes:
            names = set(self.request.theme.map_themes[0].layers)
            return [item for item in self.built if item.spec.id in names]
        return [item for item in self.built if item.spec.visible and item.group.visible]

    def _district(self) -> str:
        district = self.request.district
        if district is None:
            return ""
        text = self.request.text(district.title)
        return (
            self.speaker.say(Message("{district} (outline approximate)", district=text))
            if district.approximate
            else text
        )


def _number(value: IndicatorValue) -> str:
    return f"{value.value:,.{value.decimals}f} {value.unit}".rstrip()


def chosen(parts: Iterable[Part], names: Sequence[str]) -> list[Part]:
    """The indicators, or charts, of the layout: those named, in that order, else all."""
    known = {item.id: item for item in parts}
    return [known[name] for name in names if name in known] if names else list(known.values())

"""What twin:onemap joins: the theme's sources, the indicators, and the project that all of it goes into.

Sources are opened and indicators computed in the thread that calls; what changes a project runs on the main thread, in
steps between which its event loop turns.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from qgis.core import QgsFeedback, QgsMapLayer, QgsProject, QgsVectorLayer

from ....core.common.errors import InputError
from ....core.common.messages import Message
from ....core.common.progress import Progress, advance, part, silent
from ....core.themes.indicator_values import IndicatorValue
from ....core.themes.layer_report import LayerReport, LayerState, missing_must
from ....core.themes.theme import ServiceSource
from ...kernel.main_thread import on_main
from ...kernel.outside_text import as_name
from ...kernel.translation import Speaker
from .. import indicators, live_expressions
from ..charts import chart_rows
from . import layers, layout, opening, project_parts, runs
from .chart_items import ThemeChart
from .layers import BuiltLayer
from .layout import ThemePages, Tile
from .opening import Places
from .requests import Match, ThemeRequest
from .runs import GivenParts
from .tree import ThemeTree


@dataclass(frozen=True)
class BuiltTheme:
    """What a run built.

    Attributes
    ----------
    reports : list of LayerReport
    values : list of IndicatorValue
    time : datetime
    kept : list of Message
        What of the user's the run kept.
    """

    reports: list[LayerReport]
    values: list[IndicatorValue]
    time: datetime
    kept: list[Message] = field(default_factory=list)

    def count(self, state: LayerState) -> int:
        """How many layers are in a state."""
        return sum(report.state is state for report in self.reports)

    def lines(self) -> list[Message]:
        """What was built, for the log."""
        counts = {state.value: self.count(state) for state in LayerState}
        found = Message(
            "{loaded} layers loaded, {empty} empty, {outside} outside of the district, {missing} missing.", **counts
        )
        return [found]

    def warnings(self) -> list[Message]:
        """The missing layers that must be there first, then what is in doubt of the others."""
        must = missing_must(self.reports)
        found = [
            Message("Missing, though required: '{title}': {reason}.", title=report.title, reason=report.reason)
            for report in must
        ]
        doubtful = [report for report in self.reports if report.reason and report not in must]
        return found + [Message("'{title}': {reason}.", title=item.title, reason=item.reason) for item in doubtful]


def build_theme(request: ThemeRequest, project: QgsProject, progress: Progress) -> BuiltTheme:
    """Build a theme into a project; a project that has it already is brought up to date.

    Parameters
    ----------
    request : ThemeRequest
    project : QgsProject
        The open one, or one of the run's own.

    Raises
    ------
    InputError
        When none of the layers can be opened, or the district overlaps none of them. The project is then as it was.
    Cancelled
    """
    now = datetime.now(UTC)
    theme, district = request.theme, request.district_id
    existing, before, given = on_main(
        lambda: (
            layers.existing_layers(project, theme.id, district),
            runs.last_values(project, theme.id, district),
            runs.given_parts(project, request),
        ),
        progress,
    )
    places = Places(request.folders, request.twin_base, _matches(request, part(progress, 0.0, 0.3)))
    removed = given.layers - existing.keys()
    built = layers.open_layers(request, places, existing, removed, part(progress, 0.3, 0.7))
    try:
        _require_something(request, built)
        values = _values(request, built, before, now, part(progress, 0.7, 0.8))
        charts = _charts(request, built)
        advance(progress, 0.8, "Building the map")
    except BaseException:
        _let_go(built)
        raise
    _hand_over(built)
    return _Installation(request, project, built, values, charts, now, given).run(part(progress, 0.8, 1.0))


def _matches(request: ThemeRequest, progress: Progress) -> Mapping[ServiceSource, Match] | None:
    """What the catalogue has for the sources of the theme that are services, where no file stands before them."""
    if request.services is None:
        return None
    queries = opening.needed_services(request.theme.layers, request.folders, request.twin_base)
    return request.services.match(queries, progress) if queries else {}


def _require_something(request: ThemeRequest, built: Sequence[BuiltLayer]) -> None:
    opened = [item for item in built if item.layer is not None]
    if not opened:
        reasons = "; ".join(f"{item.title}: {item.report.reason}" for item in built[:3])
        raise InputError(
            "None of the {count} layers of '{theme}' can be opened ({reasons}): give the folders, the twin base or the "
            "catalogue that hold its data.",
            count=len(built),
            theme=request.text(request.theme.title),
            reasons=reasons,
        )
    if all(item.report.state is LayerState.OUTSIDE for item in opened) and request.district is not None:
        raise InputError(
            "The district '{district}' overlaps none of the {count} layers that were opened: choose another district, "
            "or the folders of its data.",
            district=request.text(request.district.title),
            count=len(opened),
        )


def _values(
    request: ThemeRequest, built: Sequence[BuiltLayer], before: Mapping[str, float], now: datetime, progress: Progress
) -> list[IndicatorValue]:
    """The indicators, computed from the layers that were just opened."""
    known = {item.spec.id: item for item in built}
    feedback, found = QgsFeedback(), []

    def watched(fraction: float, text: str = "") -> bool:
        go_on = progress(fraction, text)
        if not go_on:
            feedback.cancel()
        return go_on

    for number, indicator in enumerate(request.theme.indicators):
        advance(watched, number / len(request.theme.indicators))
        item, previous = known[indicator.layer], before.get(indicator.id)
        absence = Message("The layer '{title}' is missing: {reason}.", title=item.title, reason=item.report.reason)
        found.append(indicators.compute(indicator, item.layer, request.district, now, previous, feedback, absence))
    return found


def _charts(request: ThemeRequest, built: Sequence[BuiltLayer]) -> list[ThemeChart]:
    """The charts of the printed map from the layers that were just opened."""
    theme, opened, speaker = request.theme, {item.spec.id: item.layer for item in built}, Speaker(request.language)
    found = []
    for chart in layout.chosen(theme.charts, theme.layout.charts if theme.layout else ()):
        title, layer = request.text(chart.title) or chart.id, opened[chart.layer]
        if not isinstance(layer, QgsVectorLayer):
            found.append(ThemeChart(chart, title, reason=speaker.say(Message("Its layer is missing."))))
            continue
        try:
            found.append(ThemeChart(chart, title, chart_rows(chart, layer, request.district)))
        except InputError as error:
            found.append(ThemeChart(chart, title, reason=speaker.say(error.message)))
    return found


def _hand_over(built: Iterable[BuiltLayer]) -> None:
    """Give the layers that were opened in this thread to the main one."""
    from qgis.PyQt.QtCore import QCoreApplication

    application = QCoreApplication.instance()
    for item in built:
        if item.layer is not None and application is not None and item.layer.thread() != application.thread():
            item.layer.moveToThread(application.thread())


def _let_go(built: Iterable[BuiltLayer]) -> None:
    """Delete layers of a run that failed, in the thread that they belong to."""
    for item in built:
        if item.layer is not None:
            item.layer.deleteLater()


class _Installation:
    """Puts what was opened into the project; what it added goes again when a step fails."""

    def __init__(
        self,
        request: ThemeRequest,
        project: QgsProject,
        built: list[BuiltLayer],
        values: list[IndicatorValue],
        charts: list[ThemeChart],
        now: datetime,
        given: GivenParts,
    ) -> None:
        self.request, self.project, self.built, self.values, self.now = request, project, built, values, now
        self.given, self.bookmarks = given, dict(given.bookmarks)
        self.charts = charts
        self.speaker = Speaker(request.language)
        self.added: list[str] = []
        self.tree: ThemeTree | None = None
        self.kept: list[Message] = []
        self.before: project_parts.Before | None = None

    def run(self, progress: Progress) -> BuiltTheme:
        """All steps; from here on a cancel waits for the end, so that the project is whole."""
        steps = self._steps()
        try:
            while (step := on_main(lambda: next(steps, None), silent)) is not None:
                on_main(step, silent)
                progress(math.nan, "")
        except BaseException:
            on_main(steps.close, silent)  # an unfinished layout goes before its project
            on_main(self._take_back, silent)
            raise
        return BuiltTheme([item.report for item in self.built], self.values, self.now, self.kept)

    def _steps(self) -> Generator[Callable[[], None]]:
        yield self._install
        for number, item in enumerate(self.built):
            if item.existing is not None:
                yield partial(self._update, number)
        yield from self._fill_tree()
        yield self._note_kept
        yield self._map_themes
        yield self._bookmarks
        yield self._variables
        pages = self._pages()
        yield from pages.steps()
        yield partial(self._remember, pages)
        if pages.is_removed:
            self.kept.append(Message("Left out the layout '{name}', as you removed it.", name=self.given.layout))
        if pages.left:
            text = "Kept the layout '{name}'; a new one has the indicators of this run."
            self.kept.append(Message(text, name=pages.left))

    def _install(self) -> None:
        self.before = project_parts.Before(self.project)
        if self.given.title and self.project.title() == as_name(self.given.title):
            self.project.setTitle(as_name(self.request.title))
        if not self.project.mapLayers():
            project_parts.start_project(self.project, self.request, self._layers())
        new = layers.install(self.project, self.built, self.request)
        self.added = [item.layer.id() for item in new if item.layer is not None]

    def _update(self, number: int) -> None:
        item = self.built[number]
        fresh = item.layer
        done = layers.update(self.project, item, self.request)
        if fresh is not None and fresh is not done.layer:
            fresh.deleteLater()
        self.built[number] = done

    def _fill_tree(self) -> Iterator[Callable[[], None]]:
        request = self.request
        self.tree = ThemeTree(self.project, request.theme.id, request.district_id, request.title, self.speaker)
        groups = [
            (group, request.text(group.title), [item for item in self.built if item.group is group])
            for group in request.theme.groups
        ]
        yield from self.tree.fill(groups)
        yield partial(self.tree.show_missing, missing_must(item.report for item in self.built))
        yield self.tree.switch_on

    def _note_kept(self) -> None:
        """Note what of the layers' nodes is the user's."""
        assert self.tree is not None  # noqa: S101  # nosec B101
        for number, item in enumerate(self.built):
            if item.existing is not None and (kept := self.tree.kept(item, item.group.id)):
                text = ", ".join(filter(None, (item.report.kept, *kept)))
                self.built[number] = replace(item, report=replace(item.report, kept=text))
        for item in self.built:
            if item.report.state is LayerState.REMOVED:
                self.kept.append(Message("Left out '{title}', as you removed it.", title=item.title))
            if item.report.kept:
                what = Message.joined([layers.KEPT[word] for word in item.report.kept.split(", ")], ", ")
                self.kept.append(Message("Kept of '{title}' as you changed it: {what}.", title=item.title, what=what))

    def _map_themes(self) -> None:
        opened = {item.spec.id: item.layer for item in self.built if item.layer is not None}
        again = not self.given.title
        changed, removed = project_parts.add_map_themes(self.project, self.request, opened, again)
        for name in changed:
            self.kept.append(Message("Kept the map theme '{name}' as you changed it.", name=name))
        for name in removed:
            self.kept.append(Message("Left out the map theme '{name}', as you removed it.", name=name))

    def _bookmarks(self) -> None:
        for name in project_parts.add_bookmarks(self.project, self.request, self.given.title, self.bookmarks):
            self.kept.append(Message("Left out the bookmark '{name}', as you removed it.", name=name))

    def _remember(self, pages: ThemePages) -> None:
        layers_given = self.given.layers | {item.spec.id for item in self.built if item.layer is not None}
        given = GivenParts(layers_given, self.bookmarks, self.request.title, pages.name)
        runs.remember_run(self.project, self.request, self._numbers(), self.now, given)

    def _variables(self) -> None:
        must = missing_must(item.report for item in self.built)
        project_parts.set_variables(self.project, self.request, self._numbers(), must, self.now)

    def _pages(self) -> ThemePages:
        theme = self.request.theme
        opened = {item.spec.id: item.layer for item in self.built if item.layer is not None}
        values = {value.id: value for value in self.values}
        tiles = []
        for indicator in layout.chosen(theme.indicators, theme.layout.indicators if theme.layout else ()):
            layer, live, age = opened.get(indicator.layer), "", ""
            if layer is not None:
                own = indicator, layer.id(), layer.crs(), self.request.district, layer.isSpatial()
                live, age = live_expressions.live_expression(*own), live_expressions.live_age(*own)
            tiles.append(Tile(indicator, values[indicator.id], live, age))
        before = self.given.layout
        return ThemePages(self.project, self.request, self.built, tiles, self.charts, self.now, self.speaker, before)

    def _numbers(self) -> dict[str, float | None]:
        return {value.id: value.value for value in self.values}

    def _take_back(self) -> None:
        if self.before is not None:
            self.before.restore(self.project)
        self.project.removeMapLayers(self.added)
        if self.tree is not None:
            self.tree.remove()

    def _layers(self) -> list[QgsMapLayer]:
        return [item.layer for item in self.built if item.layer is not None]

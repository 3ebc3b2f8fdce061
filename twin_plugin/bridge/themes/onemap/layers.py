"""The layers of a theme: opened and styled off the main thread, and put into a project or brought up to date there."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from qgis.core import Qgis, QgsLayerNotesUtils, QgsMapLayer, QgsProject, QgsVectorLayer

from ....core.common.messages import Message
from ....core.common.progress import Progress, advance
from ....core.themes.layer_report import LayerReport, LayerState
from ....core.themes.theme import Need, ThemeGroup, ThemeLayer
from ...kernel.outside_text import as_name
from ...kernel.translation import Speaker
from .. import live_layers
from . import dressing, extents, marks, opening
from .dressing import Dresser
from .opening import Opened, Places
from .requests import ThemeRequest

Style = tuple[Path, bool] | None
KEPT = {
    "name": Message("name"),
    "style": Message("style"),
    "filter": Message("filter"),
    "visibility": Message("visibility"),
    "place": Message("place"),
}
"""What of the user's a run keeps, in words."""
REMOVED = Message("you removed it from the project")


@dataclass(frozen=True)
class Existing:
    """What a project has of a layer already, read on the main thread.

    Attributes
    ----------
    filter : str
        The one that the layer has now.
    own_filter : bool
        Whether that is the user's.
    """

    layer_id: str
    filter: str
    own_filter: bool


@dataclass(frozen=True)
class BuiltLayer:
    """A layer of a theme on its way into a project.

    Attributes
    ----------
    layer : QgsMapLayer or None
        Opened in this run; after `install` the one that the project has; None where it is missing.
    existing : Existing or None
    style : (Path, bool) or None
    drawn : str
        Print of what is drawn of a new layer.
    """

    spec: ThemeLayer
    group: ThemeGroup
    title: str
    report: LayerReport
    layer: QgsMapLayer | None = None
    existing: Existing | None = None
    style: Style = None
    drawn: str = ""
    notes: list[str] = field(default_factory=list)


def existing_layers(project: QgsProject, theme: str, district: str) -> dict[str, Existing]:
    """What a project has of a theme, by the ids of its layers; on the main thread."""
    found = {}
    for name, layer in marks.layers_of(project, theme, district).items():
        subset = live_layers.own_filter(layer)
        found[name] = Existing(layer.id(), subset, subset != marks.built(layer).get("filter", ""))
    return found


def open_layers(
    request: ThemeRequest,
    places: Places,
    existing: Mapping[str, Existing],
    removed: Collection[str],
    progress: Progress,
) -> list[BuiltLayer]:
    """Open and style every layer of a theme, in its order, but those that the user removed.

    Raises
    ------
    Cancelled
    """
    found: list[BuiltLayer] = []
    dresser = Dresser(Speaker(request.language), request.language)
    total = len(request.theme.layers)
    for group in request.theme.groups:
        for spec in group.layers:
            title = request.text(spec.title) or spec.id
            advance(progress, len(found) / max(1, total), "{title}", title=as_name(title))
            if spec.id in removed:
                found.append(_removed(request, dresser.speaker, group, spec))
                continue
            found.append(_open(request, places, dresser, group, spec, existing.get(spec.id)))
    return found


def install(project: QgsProject, built: list[BuiltLayer], request: ThemeRequest) -> list[BuiltLayer]:
    """Add the new layers to a project in one call; on the main thread."""
    new = [item for item in built if item.layer is not None and item.existing is None]
    for item in new:
        assert item.layer is not None  # noqa: S101  # nosec B101
        marks.mark(item.layer, request.theme.id, request.district_id)
        item.layer.setCustomProperty(marks.LAYER, item.spec.id)
        subset = live_layers.own_filter(item.layer)
        style_file = dressing.print_of_file(item.style)
        words = {"name": item.layer.name(), "language": request.language}
        marks.remember(item.layer, style=item.drawn, style_file=style_file, filter=subset, **words)
        _describe(item, request)
    project.addMapLayers([item.layer for item in new], False)
    return new


def update(project: QgsProject, item: BuiltLayer, request: ThemeRequest) -> BuiltLayer:
    """Bring a layer of an earlier run up to date, without what the user changed; on the main thread."""
    assert item.existing is not None  # noqa: S101  # nosec B101
    layer = project.mapLayer(item.existing.layer_id)
    if layer is None:  # removed while this run was at work
        return _removed(request, Speaker(request.language), item.group, item.spec)
    kept, notes, given = [], [*item.notes], marks.built(layer)
    if layer.name() != given.get("name", ""):
        kept.append("name")
    else:
        layer.setName(as_name(item.title))
    if item.existing.own_filter:
        kept.append("filter")
    if item.layer is not None:
        _refresh(layer, item.layer)
    style_file, drawn = dressing.print_of_file(item.style), dressing.print_of(layer)
    if drawn != given.get("style", ""):
        kept.append("style")
    elif item.style is not None and (style_file, request.language) != (
        given.get("style_file", ""), given.get("language", request.language)
    ):  # fmt: skip
        unfit, drawn = Dresser(Speaker(request.language), request.language).dress(layer, item.spec, item.style)
        notes += unfit
        marks.remember(layer, style=drawn, style_file=style_file, language=request.language)
    own = isinstance(layer, QgsVectorLayer) and not item.existing.own_filter
    marks.remember(layer, name=given.get("name") if "name" in kept else layer.name())
    if own:
        marks.remember(layer, filter=live_layers.own_filter(layer))
    reason = "; ".join(filter(None, [item.report.reason, *map(str, notes[len(item.notes) :])]))
    done = replace(item, layer=layer, report=replace(item.report, reason=reason, kept=", ".join(kept)), notes=notes)
    _describe(done, request)
    return done


def _open(
    request: ThemeRequest,
    places: Places,
    dresser: Dresser,
    group: ThemeGroup,
    spec: ThemeLayer,
    existing: Existing | None,
) -> BuiltLayer:
    start = time.perf_counter()
    title = request.text(spec.title) or spec.id
    # What a project of its own is written from, and what only shows what is in the source now, nobody edits.
    opened = places.open(spec.sources, title, read_only=bool(request.output) or existing is not None)
    style = request.style(spec.style) if spec.style else None
    speaker = dresser.speaker
    row = LayerReport(
        spec.id, title, request.text(group.title), spec.need, LayerState.MISSING, source=opened.source,
        modified=opened.modified,
    )  # fmt: skip
    if opened.layer is None:
        reason = _missing_reason(request, spec, opened, speaker)
        seconds = time.perf_counter() - start
        return BuiltLayer(
            spec, group, title, replace(row, reason=reason, seconds=seconds), existing=existing, style=style
        )
    layer, notes = opening.readable(opened.layer), [*opened.notes]
    layer.setName(as_name(title))
    if existing is not None and existing.own_filter and isinstance(layer, QgsVectorLayer):
        layer.setSubsetString(existing.filter)
    elif (unfit := opening.select(layer, spec.where)) is not None:
        notes.append(unfit)
    layer = opening.readable(layer)
    drawn = ""
    if existing is None:
        misfits, drawn = dresser.dress(layer, spec, style)
        notes += misfits
    state, doubt = _state(request, layer, opened)
    notes += [doubt] if doubt else []
    row = replace(
        row, state=state, features=_count(layer), seconds=time.perf_counter() - start,
        reason="; ".join(speaker.say(note) for note in notes),
    )  # fmt: skip
    return BuiltLayer(spec, group, title, row, layer, existing, style, drawn, notes)


def _removed(request: ThemeRequest, speaker: Speaker, group: ThemeGroup, spec: ThemeLayer) -> BuiltLayer:
    title, reason = request.text(spec.title) or spec.id, speaker.say(REMOVED)
    report = LayerReport(spec.id, title, request.text(group.title), spec.need, LayerState.REMOVED, reason)
    return BuiltLayer(spec, group, title, report)


def _missing_reason(request: ThemeRequest, spec: ThemeLayer, opened: Opened, speaker: Speaker) -> str:
    reason = speaker.say(opened.reason).rstrip(".")
    if spec.need is Need.CONDITIONAL and (condition := request.text(spec.condition)):
        return speaker.say(Message("{reason}; needed when {condition}", reason=reason, condition=condition))
    return reason


def _state(request: ThemeRequest, layer: QgsMapLayer, opened: Opened) -> tuple[LayerState, str]:
    """Whether a layer shows something in the district, and what is in doubt."""
    if not opened.is_service and _count(layer) == 0:
        return LayerState.EMPTY, Message("it has no rows")
    spatial = layer.isSpatial()
    if spatial and not layer.crs().isValid():
        return LayerState.LOADED, Message("it has no CRS: set the one that its coordinates are in")
    if (
        spatial
        and not opened.is_service
        and request.district is not None
        and not extents.meets(layer, request.district)
    ):
        return LayerState.OUTSIDE, Message("it lies outside of the district")
    return LayerState.LOADED, ""


def _count(layer: QgsMapLayer) -> int | None:
    count = layer.featureCount() if isinstance(layer, QgsVectorLayer) else -1
    return int(count) if count >= 0 else None


def _refresh(layer: QgsMapLayer, fresh: QgsMapLayer) -> None:
    """Let a layer read the source of a fresh one, with its filter, and keep how it is drawn."""
    if opening.same_source(layer, fresh) and layer.isValid():
        subset = live_layers.own_filter(fresh)
        if isinstance(layer, QgsVectorLayer) and live_layers.own_filter(layer) != subset:
            layer.setSubsetString(subset)
        live_layers.read_again(layer)
        return
    layer.setDataSource(fresh.source(), layer.name(), fresh.providerType(), False)
    if fresh.crs().isValid() and layer.crs() != fresh.crs():
        layer.setCrs(fresh.crs())


def _describe(item: BuiltLayer, request: ThemeRequest) -> None:
    """Notes of the layer: what it is, why the theme has it, its source, what is in doubt; a user's own notes stay."""
    layer, report, speaker = item.layer, item.report, Speaker(request.language)
    if layer is None:
        return
    source = report.source if not report.modified else f"{report.source}, {report.modified[:16].replace('T', ' ')} UTC"
    needs = {
        Need.MUST: Message("required"),
        Need.CONDITIONAL: Message("conditional"),
        Need.OPTIONAL: Message("optional"),
    }
    need = speaker.say(needs[item.spec.need])
    theme = request.text(request.theme.title)
    text = dressing.notes_text([
        speaker.say(Message("Layer of the theme '{theme}': {need}.", theme=theme, need=need)),
        speaker.say(Message("Source: {source}", source=source)),
        request.text(item.spec.condition),
        report.reason,
    ])  # fmt: skip
    if QgsLayerNotesUtils.layerNotes(layer) in ("", marks.built(layer).get("notes", "")):
        QgsLayerNotesUtils.setLayerNotes(layer, text)
        marks.remember(layer, notes=text)


def is_map(layer: QgsMapLayer) -> bool:
    """Whether a layer is drawn on maps."""
    return bool(layer.isSpatial()) and layer.type() != Qgis.LayerType.Plugin

"""What a theme gives a project besides layers: map themes, bookmarks, variables, its first view; a user's own stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from qgis.core import (
    Qgis,
    QgsBookmark,
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsMapThemeCollection,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
)
from qgis.PyQt.QtGui import QColor

from ....core.themes.layer_report import LayerReport
from ....core.themes.theme import Bookmark, MapTheme
from ...kernel import project_entries
from ...kernel.outside_text import as_name
from . import extents
from .requests import ThemeRequest

BACKGROUND = "#f4f3ef"
MADE = "themes/map_themes"
"""Project entry: the map themes of the last runs, by theme, district and id: their names and ids of layers."""


class Before:
    """What a project had of map themes, bookmarks, variables and entries, so that a run that fails leaves no trace."""

    def __init__(self, project: QgsProject) -> None:
        collection = project.mapThemeCollection()
        self._themes = {name: collection.mapThemeState(name) for name in collection.mapThemes()}
        self._bookmarks = {bookmark.id() for bookmark in project.bookmarkManager().bookmarks()}
        self._variables, self._title = project.customVariables(), project.title()
        self._layouts = {layout: layout.name() for layout in project.layoutManager().printLayouts()}
        self._made = project_entries.recall(project, MADE, {})

    def restore(self, project: QgsProject) -> None:
        """Take back what came since."""
        collection, manager = project.mapThemeCollection(), project.bookmarkManager()
        for name in collection.mapThemes():
            if name in self._themes:
                collection.update(name, self._themes[name])
            else:
                collection.removeMapTheme(name)
        for bookmark in manager.bookmarks():
            if bookmark.id() not in self._bookmarks:
                manager.removeBookmark(bookmark.id())
        project.setCustomVariables(self._variables)
        project.setTitle(self._title)
        for layout, name in self._layouts.items():
            layout.setName(name)
        project_entries.remember(project, MADE, self._made)


def start_project(project: QgsProject, request: ThemeRequest, layers: Sequence[QgsMapLayer]) -> None:
    """CRS, title and first view of a project that has nothing yet; relative paths."""
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    project.setTitle(as_name(request.title))
    project.setCrs(extents.map_crs(request.district, layers), True)
    project.setBackgroundColor(QColor(BACKGROUND))
    view = extents.view_of(request.district, layers, project.crs())
    if not view.isNull():
        project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(view, project.crs()))


def add_map_themes(
    project: QgsProject, request: ThemeRequest, layers: Mapping[str, QgsMapLayer], again: bool
) -> tuple[list[str], list[str]]:
    """Add the map themes; to one that is there only layers that are new. Names of those that the user changed, removed.

    Another theme, or the user, may have a map theme of the same name: that stays, and the new one has a number. In
    another language the map themes of an earlier run are renamed. With `again` those that were removed come back.
    """
    collection, made, kept, removed = project.mapThemeCollection(), _made(project), [], []
    for spec in request.theme.map_themes:
        key, wanted = _map_theme_key(request, spec), _map_theme_title(request, spec)
        name, before = made.get(key, ("", []))
        ours = {layers[layer].id() for layer in spec.layers if layer in layers}
        if not collection.hasMapTheme(name):
            if name and not again:
                removed.append(name)
                continue
            name = free_name(wanted, collection.mapThemes())
            record = QgsMapThemeCollection.MapThemeRecord()
            record.setLayerRecords([_shown(layers[layer]) for layer in spec.layers if layer in layers])
            collection.insert(name, record)
        else:
            if not re.fullmatch(rf"{re.escape(wanted)}( \(\d+\))?", name):
                new_name = free_name(wanted, collection.mapThemes())
                collection.renameMapTheme(name, new_name)
                name = new_name
            record = collection.mapThemeState(name)
            there = {item.layer().id() for item in record.layerRecords() if item.layer() is not None}
            if there != set(before):
                kept.append(name)
            new = [layers[layer] for layer in spec.layers if layer in layers and layers[layer].id() in ours - {*before}]
            for layer in new:
                record.addLayerRecord(_shown(layer))
            if new:
                collection.update(name, record)
            ours = there | {layer.id() for layer in new} if name not in kept else ours
        made[key] = name, sorted(ours)
    project_entries.remember(project, MADE, made)
    return kept, removed


def map_theme_name(project: QgsProject, request: ThemeRequest, spec: MapTheme) -> str:
    """The name that a map theme has in the project, "" where it has none."""
    name, _ = _made(project).get(_map_theme_key(request, spec), ("", []))
    return name if project.mapThemeCollection().hasMapTheme(name) else ""


def free_name(name: str, taken: Collection[str]) -> str:
    """A name that is not taken: itself, or with a number behind it."""
    number, free = 2, name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _made(project: QgsProject) -> dict[str, tuple[str, list[str]]]:
    """Name and layers of each map theme that a run made."""
    entry = project_entries.recall(project, MADE, {})
    found = entry.items() if isinstance(entry, dict) else ()
    return {key: (str(value[0]), list(value[1])) for key, value in found if isinstance(value, list) and len(value) == 2}


def _map_theme_key(request: ThemeRequest, spec: MapTheme) -> str:
    return f"{request.theme.id}/{request.district_id}/{spec.id}"


def _map_theme_title(request: ThemeRequest, spec: MapTheme) -> str:
    parts = [request.text(request.theme.title), request.text(spec.title) or spec.id]
    if request.district is not None:
        parts.append(request.text(request.district.title))
    return as_name(" · ".join(parts))


def add_bookmarks(project: QgsProject, request: ThemeRequest, title: str, names: dict[str, str]) -> list[str]:
    """Add the bookmarks of theme and district; those that are there keep their place, and a name that the user gave.

    Parameters
    ----------
    title : str
        Of the theme in its last run.
    names : dict of str to str
        Names that the last run gave, by id; those of this run afterwards.

    Returns
    -------
    list of str
        Those that the user removed.
    """
    removed = []
    manager = project.bookmarkManager()
    own = [*request.theme.bookmarks, *(request.district.bookmarks if request.district is not None else ())]
    for spec in own:
        place = _place(spec, request)
        key = f"city-twin-{request.theme.id}-{request.district_id}-{spec.id}"
        shown, there = request.text(spec.title) or spec.id, manager.bookmarkById(key)
        if there.id():
            if there.name() == names.get(key):
                there.setName(as_name(shown))
            if there.group() == as_name(title):
                there.setGroup(as_name(request.title))
            manager.updateBookmark(there)
        elif key in names:
            removed.append(names[key])
            continue
        elif place is not None:
            bookmark = QgsBookmark()
            bookmark.setId(key)
            bookmark.setName(as_name(shown))
            bookmark.setGroup(as_name(request.title))
            bookmark.setExtent(QgsReferencedRectangle(place, QgsCoordinateReferenceSystem(extents.DEGREES)))
            manager.addBookmark(bookmark)
        else:
            continue
        names[key] = as_name(shown)
    return removed


def set_variables(
    project: QgsProject,
    request: ThemeRequest,
    values: Mapping[str, float | None],
    missing: Iterable[LayerReport],
    now: datetime,
) -> None:
    """Snapshots of the indicators with their time as variables of the project, such as water_rain_60; "" for none."""
    variables, theme = project.customVariables(), request.theme.id
    variables |= {
        f"{theme}_time": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        f"{theme}_district": request.text(request.district.title) if request.district is not None else "",
        f"{theme}_missing": ", ".join(report.title for report in missing),
    }
    for name, value in values.items():
        variables[f"{theme}_{name}"] = "" if value is None else value
    project.setCustomVariables(variables)


def _shown(layer: QgsMapLayer) -> QgsMapThemeCollection.MapThemeLayerRecord:
    record = QgsMapThemeCollection.MapThemeLayerRecord(layer)
    record.usingCurrentStyle, record.currentStyle = True, layer.styleManager().currentStyle()
    return record


def _place(spec: Bookmark, request: ThemeRequest) -> QgsRectangle | None:
    if spec.extent is not None:
        return QgsRectangle(*spec.extent)
    if request.district is None:
        return None
    return extents.extent_of(request.district, QgsCoordinateReferenceSystem(extents.DEGREES))

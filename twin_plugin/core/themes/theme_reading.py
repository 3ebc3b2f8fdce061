"""From a theme document that its schema has accepted to the theme as a value."""

from __future__ import annotations

from typing import Any

from .merging import Document
from .theme import (
    Bookmark,
    Chart,
    FileSource,
    Folder,
    Indicator,
    Layout,
    MapTheme,
    Need,
    ServiceSource,
    Source,
    Statistic,
    Theme,
    ThemeGroup,
    ThemeLayer,
    Threshold,
    TwinBaseSource,
)


def theme_of(document: Document) -> Theme:
    """The theme of a document."""
    return Theme(
        document["id"],
        document["version"],
        document["title"],
        document.get("purpose", {}),
        tuple(_group(entry) for entry in document["groups"]),
        tuple(_indicator(entry) for entry in document.get("indicators", [])),
        tuple(_chart(entry) for entry in document.get("charts", [])),
        tuple(MapTheme(e["id"], e["title"], tuple(e["layers"])) for e in document.get("map_themes", [])),
        bookmarks_of(document),
        _layout(document["layout"]) if "layout" in document else None,
    )


def bookmarks_of(document: Document) -> tuple[Bookmark, ...]:
    """The bookmarks of a theme or district."""
    entries = document.get("bookmarks", [])
    return tuple(Bookmark(e["id"], e["title"], tuple(e["extent"]) if "extent" in e else None) for e in entries)


def sources_of(layer: Document) -> list[Document]:
    """The sources of a layer as the document has them."""
    return list(layer["sources"]) if "sources" in layer else [layer["source"]]


def _group(entry: Document) -> ThemeGroup:
    layers = tuple(_layer(layer) for layer in entry["layers"])
    return ThemeGroup(entry["id"], entry["title"], layers, entry.get("exclusive", False), entry.get("visible", True))


def _layer(entry: Document) -> ThemeLayer:
    changes: dict[str, Any] = {
        key: value for key, value in entry.items() if key not in ("id", "title", "source", "sources", "need")
    }
    sources = tuple(_source(source) for source in sources_of(entry))
    return ThemeLayer(entry["id"], entry["title"], sources, Need(entry.get("need", Need.OPTIONAL)), **changes)


def _source(entry: Document) -> Source:
    if "file" in entry:
        return FileSource(entry["file"], Folder(entry.get("folder", Folder.DATA)), entry.get("table", ""))
    if "twin_base" in entry:
        return TwinBaseSource(entry["twin_base"])
    return ServiceSource(**entry["service"])


def _indicator(entry: Document) -> Indicator:
    changes = {key: value for key, value in entry.items() if key not in ("statistic", "thresholds")}
    thresholds = tuple(Threshold(e["value"], e["colour"], e.get("label", {})) for e in entry.get("thresholds", []))
    return Indicator(**changes, statistic=Statistic(entry["statistic"]), thresholds=thresholds)


def _chart(entry: Document) -> Chart:
    statistic = Statistic(entry.get("statistic", Statistic.SUM))
    return Chart(**{"y": "", **entry, "statistic": statistic})


def _layout(entry: Document) -> Layout:
    listed = {key: tuple(entry[key]) for key in ("indicators", "charts") if key in entry}
    return Layout(entry["title"], entry.get("page", "A3"), **listed)

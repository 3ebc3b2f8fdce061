"""What must hold of a theme document beyond its schema: ids, names, files, places, thresholds and expressions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from ..common.links import leads_out
from ..common.messages import Message
from .document_files import path_fault
from .merging import LISTS, Document
from .theme import Statistic
from .theme_reading import sources_of

LAYER_LIMIT = 500
Keys = tuple[str | int, ...]
Fault = tuple[Keys, Message]
"""The place of a fault in the document, and what is wrong."""

_NEEDS_VALUES = {Statistic.SUM, Statistic.LATEST}
"""Statistics that only features have: rasters have the others."""


@dataclass(frozen=True)
class Names:
    """What a document may refer to.

    Attributes
    ----------
    styles : Path
        Folder of the styles that ship with the plugin.
    twin_base : collection of str
        Tables of a twin base.
    subdivisions, protocols : collection of str
        Codes of the taxonomy, and protocols of services.
    expression_fault : callable
        What is wrong with a limited expression, None where nothing is.
    style_fault : callable
        What is wrong with a style beside a document, None where nothing is.
    """

    styles: Path
    twin_base: Collection[str] = ()
    subdivisions: Collection[str] = ()
    protocols: Collection[str] = ()
    expression_fault: Callable[[str], Message | None] = field(default=lambda text: None)
    style_fault: Callable[[Path], Message | None] = field(default=lambda path: None)


def faults(document: Document, folder: Path, names: Names) -> Iterator[Fault]:
    """All that is wrong with a document in a folder, in no order."""
    layers = {layer["id"]: layer for group in document["groups"] for layer in group["layers"]}
    if len(layers) > LAYER_LIMIT:
        yield (
            ("groups",),
            Message("the theme has {n} layers: {limit} is the limit, split it.", n=len(layers), limit=LAYER_LIMIT),
        )
    for number, group in enumerate(document["groups"]):
        yield from _group_faults(group, ("groups", number), folder, names)
    for number, indicator in enumerate(document.get("indicators", [])):
        yield from _indicator_faults(indicator, ("indicators", number), layers, names)
    for number, chart in enumerate(document.get("charts", [])):
        yield from _chart_faults(chart, ("charts", number), layers, names)
    for number, map_theme in enumerate(document.get("map_themes", [])):
        yield from _unknown(map_theme["layers"], layers, ("map_themes", number, "layers"))
    yield from bookmark_faults(document)
    layout = document.get("layout", {})
    for key in ("indicators", "charts"):
        known = [entry["id"] for entry in document.get(key, [])]
        yield from _unknown(layout.get(key, []), known, ("layout", key))


def bookmark_faults(document: Document) -> Iterator[Fault]:
    """Bookmarks outside the world."""
    for number, bookmark in enumerate(document.get("bookmarks", [])):
        if "extent" not in bookmark:
            continue
        west, south, east, north = bookmark["extent"]
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            yield (
                ("bookmarks", number, "extent"),
                Message("the extent is not west, south, east, north in degrees: correct the order and the numbers."),
            )


def double_ids(document: Document) -> Iterator[Fault]:
    """Ids that stand twice; `faults` takes for granted that none does."""
    for key in LISTS:
        yield from _double(document.get(key, []), (key,))
    seen: set[str] = set()
    for number, group in enumerate(document.get("groups", [])):
        for row, layer in enumerate(group.get("layers", [])):
            if layer["id"] in seen:
                yield _twice(layer["id"], ("groups", number, "layers", row, "id"))
            seen.add(layer["id"])


def _double(entries: list[Document], where: Keys) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        if entry["id"] in seen:
            yield _twice(entry["id"], (*where, number, "id"))
        seen.add(entry["id"])


def _twice(name: str, where: Keys) -> Fault:
    return where, Message("the id '{id}' is used twice: give one of them another.", id=name)


def _unknown(ids: list[str], known: Collection[str], where: Keys) -> Iterator[Fault]:
    for number, name in enumerate(ids):
        if name not in known:
            yield (
                (*where, number),
                Message("nothing in the document has the id '{id}': correct it or remove it.", id=name),
            )


def _group_faults(group: Document, where: Keys, folder: Path, names: Names) -> Iterator[Fault]:
    titles: set[tuple[str, str]] = set()
    for number, layer in enumerate(group["layers"]):
        place = (*where, "layers", number)
        own = set(layer["title"].items())
        if titles & own:
            title = min(titles & own)[1]
            yield (
                (*place, "title"),
                Message("two layers of the group have the title '{title}': change one of them.", title=title),
            )
        titles |= own
        yield from _layer_faults(layer, place, folder, names)


def _layer_faults(layer: Document, where: Keys, folder: Path, names: Names) -> Iterator[Fault]:
    for number, source in enumerate(sources_of(layer)):
        key = ("sources", number) if "sources" in layer else ("source",)
        yield from _source_faults(source, (*where, *key), names)
    if layer.get("style") and (fault := _style_fault(layer["style"], folder, names)):
        yield (*where, "style"), fault
    yield from _expression_faults(layer, ("where",), where, names)
    smallest, largest = layer.get("min_scale", 0), layer.get("max_scale", 0)
    if smallest and largest and smallest <= largest:
        yield (
            (*where, "min_scale"),
            Message(
                "the layer would never be drawn: min_scale {min} is the denominator of the smallest scale and must be "
                "larger than max_scale {max}.",
                min=smallest,
                max=largest,
            ),
        )
    if layer.get("need") == "C" and not layer.get("condition"):
        yield (*where, "need"), Message("the need C asks for a 'condition' that says when: add it.")


def _source_faults(source: Document, where: Keys, names: Names) -> Iterator[Fault]:
    if "file" in source:
        if fault := path_fault(source["file"]):
            yield (*where, "file"), fault
        if "|" in source.get("table", "") or not source.get("table", "").isprintable():
            yield (*where, "table"), Message("the name of a table has no '|' and no control characters: correct it.")
    elif "twin_base" in source:
        yield from _stranger(source, "twin_base", names.twin_base, where)
    else:
        yield from _stranger(source["service"], "subdivision", names.subdivisions, (*where, "service"))
        yield from _stranger(source["service"], "protocol", names.protocols, (*where, "service"))


def _stranger(entry: Document, key: str, known: Collection[str], where: Keys) -> Iterator[Fault]:
    if known and entry.get(key) and entry[key] not in known:
        choices = ", ".join(sorted(known))
        yield (*where, key), Message("'{value}' is none of {choices}.", value=entry[key], choices=choices)


def _style_fault(style: str, folder: Path, names: Names) -> Message | None:
    if not style.endswith(".qml"):
        if not path_fault(style) and "/" not in style and (names.styles / f"{style}.qml").is_file():
            return None
        return Message(
            "no style '{style}' ships with the plugin: correct the name, or put '{style}.qml' beside the document and "
            "name it with .qml.",
            style=style,
        )
    if fault := path_fault(style):
        return fault
    if "/" in style or leads_out(folder / style, folder):
        return Message("the style '{style}' is not in the folder of the document: put it there.", style=style)
    if not (folder / style).is_file():
        return Message("the style '{style}' is not beside the document: put it there.", style=style)
    return names.style_fault(folder / style)


def _expression_faults(entry: Document, keys: tuple[str, ...], where: Keys, names: Names) -> Iterator[Fault]:
    for key in keys:
        if entry.get(key) and (fault := names.expression_fault(entry[key])):
            yield (*where, key), fault


def _indicator_faults(entry: Document, where: Keys, layers: Collection[str], names: Names) -> Iterator[Fault]:
    if entry["layer"] not in layers:
        yield _no_layer(entry["layer"], where)
    yield from _expression_faults(entry, ("expression", "where"), where, names)
    statistic = Statistic(entry["statistic"])
    if statistic in _NEEDS_VALUES and not entry.get("expression"):
        yield where, Message("the statistic '{name}' needs an 'expression': add it.", name=statistic.value)
    if statistic in (Statistic.COUNT, Statistic.AREA_ABOVE) and entry.get("expression"):
        yield (
            (*where, "expression"),
            Message("the statistic '{name}' takes no expression: use 'where'.", name=statistic.value),
        )
    if (statistic == Statistic.LATEST or entry.get("age_limit_s")) and not entry.get("time_field"):
        yield where, Message("the age of the value needs a 'time_field': add it, or remove the age limit.")
    if (statistic == Statistic.AREA_ABOVE) != ("above" in entry):
        yield where, Message("'above' belongs to the statistic 'area_above', and only to it: add or remove it.")
    values = [threshold["value"] for threshold in entry.get("thresholds", [])]
    for number, (lower, upper) in enumerate(pairwise(values), 1):
        if lower >= upper:
            yield (
                (*where, "thresholds", number, "value"),
                Message("thresholds ascend, but {upper} follows {lower}: sort them.", upper=upper, lower=lower),
            )


def _chart_faults(entry: Document, where: Keys, layers: Collection[str], names: Names) -> Iterator[Fault]:
    if entry["layer"] not in layers:
        yield _no_layer(entry["layer"], where)
    yield from _expression_faults(entry, ("x", "y"), where, names)
    if not entry.get("y") and entry.get("statistic", "sum") != Statistic.COUNT:
        yield where, Message("the chart has no 'y': add it, or take the statistic 'count'.")
    if entry.get("y") and entry.get("statistic") == Statistic.COUNT:
        yield (*where, "y"), Message("the statistic 'count' takes no 'y': remove it.")


def _no_layer(name: str, where: Keys) -> Fault:
    return (*where, "layer"), Message("no layer of the theme has the id '{id}': correct it.", id=name)

"""A theme document that extends another: entries with the same id change those of the other, new ones are added."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]
"""What JSON gives for a document that its schema has accepted."""
LISTS = ("groups", "indicators", "charts", "map_themes", "bookmarks")
"""Keys of a theme whose entries have an id."""


def merged(base: Document, own: Document) -> Document:
    """The document that a document and what it extends give together.

    A layer of the other document is changed in its own group; named in another group, it moves there.
    """
    result = {**base, **{key: value for key, value in own.items() if key not in (*LISTS, "extends", "layout")}}
    for key in LISTS:
        if key != "groups" and (key in base or key in own):
            result[key] = _by_id(base.get(key, []), own.get(key, []))
    if "layout" in base or "layout" in own:
        result["layout"] = {**base.get("layout", {}), **own.get("layout", {})}
    result["groups"] = _groups(base.get("groups", []), own.get("groups", []))
    return result


def _by_id(base: list[Document], own: list[Document]) -> list[Document]:
    """The entries of both, in the order of the first, then of the second."""
    found = {entry["id"]: entry for entry in base}
    for entry in own:
        found[entry["id"]] = _changed(found.get(entry["id"], {}), entry)
    return list(found.values())


def _changed(base: Document, own: Document) -> Document:
    """An entry with the keys of another; `source` and `sources` stand for each other."""
    kept = base
    if "source" in own or "sources" in own:
        kept = {key: value for key, value in base.items() if key not in ("source", "sources")}
    return {**kept, **own}


def _groups(base: list[Document], own: list[Document]) -> list[Document]:
    layers = {layer["id"]: layer for group in base for layer in group.get("layers", [])}
    moved = {layer["id"]: group["id"] for group in own for layer in group.get("layers", [])}
    result = {
        group["id"]: {
            **group,
            "layers": [layer for layer in group["layers"] if moved.get(layer["id"], group["id"]) == group["id"]],
        }
        for group in base
    }
    for group in own:
        before = result.get(group["id"], {})
        changes = [_changed(layers.get(layer["id"], {}), layer) for layer in group.get("layers", [])]
        result[group["id"]] = {**before, **group, "layers": _by_id(before.get("layers", []), changes)}
    return list(result.values())

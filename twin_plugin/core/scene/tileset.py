"""tileset.json of 3D Tiles 1.1: which tile lies where, and when the next finer one is shown instead."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .earth import LocalFrame, beyond
from .gltf import GENERATOR
from .tile_content import CITY, FAR, NEAR
from .tile_tree import Node

Floats = NDArray[np.float64]
Facts = Mapping[str, Any]
"""What the journal knows of a tile: origin, boxes, region, triangles, and `files`, the address of each."""


def tileset(root: Node, facts: Mapping[str, Facts], frame: LocalFrame, extras: Mapping[str, Any]) -> bytes:
    """The document; tiles without facts, which failed, are left out.

    The root's volume is a region on Earth, so that programs know the extent without a file; those of the others are
    boxes in the axes of the city, which clip closer.

    Parameters
    ----------
    root : Node
    facts : mapping of str to mapping
        By the key of nodes.
    frame : LocalFrame
        Of the city.
    extras : mapping
        What the file says of itself beside.
    """
    found = _tile(root, facts, np.zeros(3))
    if found is None:
        found = ({"geometricError": 0.0}, np.array([0.0] * 6))
    tile, box = found
    move = np.eye(4)
    move[3, :3] = tile.pop("transform", np.eye(4).ravel().tolist())[12:15]
    tile["transform"] = (move @ np.array(frame.matrix()).reshape(4, 4)).ravel().tolist()
    regions = np.array([own["region"] for own in facts.values() if own["region"]]).reshape(-1, 6)
    if len(regions):
        low, high = regions.min(axis=0), regions.max(axis=0)
        west, east = _from_to(regions[:, 0], regions[:, 2], frame.longitude)
        degrees = [west, low[1], east, high[3]]
        tile["boundingVolume"] = {"region": [*(math.radians(v) for v in degrees), float(low[4]), float(high[5])]}
    document = {
        "asset": {"version": "1.1", "generator": GENERATOR, "extras": dict(extras)},
        "geometricError": round(float(np.linalg.norm(box[3:] - box[:3])), 3),
        "root": tile,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _from_to(west: Floats, east: Floats, middle: float) -> tuple[float, float]:
    """The west and east of regions about a longitude; the west is greater across the meridian of 180 degrees."""
    least, most = float(west.min()), float(east.max())
    if most - least <= 180 and min(least, -most) >= -180:
        return least, most
    least, most = (middle + float(v) for v in (beyond(middle, west).min(), beyond(middle, east).max()))
    return (least + 180) % 360 - 180, (most + 180) % 360 - 180


def _tile(node: Node, facts: Mapping[str, Facts], above: Floats) -> tuple[dict[str, Any], Floats] | None:
    """A tile with all below, and its box in the frame of the city; `above` is the origin of its parent."""
    own = facts.get(node.key)
    origin = above if own is None else np.array(own["origin"])
    children = [found for child in node.children if (found := _tile(child, facts, origin)) is not None]
    if own is None and not children:
        return None
    boxes: list[Floats] = [box for _, box in children]
    if own is not None:
        boxes += [np.array(box, np.float64) + np.tile(origin, 2) for box in own["boxes"].values()]
    every = np.array(boxes)
    box = np.concatenate([every[:, :3].min(axis=0), every[:, 3:].max(axis=0)])
    tile: dict[str, Any] = {
        "boundingVolume": _volume(box - np.tile(origin, 2)),
        "geometricError": node.error_m,
        "refine": "REPLACE",
    }
    if (moved := origin - above).any():
        tile["transform"] = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, *(round(float(v), 3) for v in moved), 1]
    if own is not None:
        tile["content"] = {"uri": own["files"][FAR if NEAR in own["files"] else CITY]}
        if NEAR in own["files"]:
            near = _volume(np.array(own["boxes"][NEAR]))
            children = [({"boundingVolume": near, "geometricError": 0.0, "content": {"uri": own["files"][NEAR]}}, box)]
    if children:
        tile["children"] = [child for child, _ in children]
    return tile, box


def _volume(box: Floats) -> dict[str, Any]:
    """A box along the axes: its middle and three half axes."""
    middle, half = (box[:3] + box[3:]) / 2, (box[3:] - box[:3]) / 2
    axes = np.diag(half).ravel()
    return {"box": [round(float(v), 4) for v in (*middle, *axes)]}

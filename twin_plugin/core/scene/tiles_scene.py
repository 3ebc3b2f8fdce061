"""Writes the buildings of a scene as 3D Tiles, in this process: for cities of any size there is twin:exporttiles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..common.errors import InputError
from ..common.messages import Message
from ..common.progress import Progress, advance
from .earth import datum_note
from .palette import palette
from .scene import Scene
from .tile_content import TileSettings, make_tile
from .tile_journal import digest_of, opened
from .tile_plan import CityPlan
from .tile_rows import rows_by_tile
from .tileset import tileset


def write_tiles(scene: Scene, path: Path, progress: Progress) -> list[Message]:
    """Write a scene's buildings into a folder that is new, empty, or holds tiles of an earlier run.

    Heights are above the ellipsoid by the geoid that PROJ has.

    Returns
    -------
    list of Message
        For the log.

    Raises
    ------
    Cancelled
        The finished tiles stay, and the next run goes on from there.
    InputError
        When there are no buildings, the folder holds something else, or PROJ has no geoid.
    ResourceError
        When a file cannot be written.
    """
    city = scene.buildings
    if not len(city):
        raise InputError("The scene holds no building: there are no tiles to write.")
    shades, materials = palette()
    plan = CityPlan.of(city, shades)
    root = plan.tree()
    settings = TileSettings(scene.crs, *plan.on_earth(scene.crs, None), shades, materials)
    leaves = [node for node in root.walk() if not node.children]
    rows = rows_by_tile(city, [node.members for node in leaves])
    jobs: list[tuple[str, Any]] = [(node.key, plan.blocks(node)) for node in root.walk() if node.children]
    jobs += [(node.key, own) for node, own in zip(leaves, rows, strict=True)]
    low, high = settings.offset.span_m
    extras = {"buildings": len(city), "crs": scene.crs, "zero_above_ellipsoid_m": [round(low, 3), round(high, 3)]}
    own, facts = settings.digest(), {}
    with opened(path, lambda: progress(float("nan"), "")) as folder:
        for number, (key, content) in enumerate(jobs):
            advance(progress, number / len(jobs), Message("{n} of {all} tiles", n=number, all=len(jobs)))
            digest = digest_of(own, content if isinstance(content, bytes) else content.tobytes())
            known = folder.finished(key, digest)
            facts[key] = known if known is not None else folder.keep(key, digest, make_tile(content, settings))
        size = folder.publish(tileset(root, facts, settings.frame, extras))
    note = datum_note(scene.crs)
    return [
        *([note] if note is not None else []),
        Message(
            "3D Tiles: {n} tiles, {size:.1f} MB; heights are above the ellipsoid of WGS 84, elevations {low:+.2f} to "
            "{high:+.2f} m ({geoid}). Terrain, pipes, water, schemes and stages are not in them.",
            n=len(jobs),
            size=size / 1e6,
            low=low,
            high=high,
            geoid=settings.offset.name,
        ),
    ]

"""What twin:exporttiles joins: a city read by tile, tiles made by workers here or elsewhere, a folder that goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ...core.common import leftovers
from ...core.common.errors import ResourceError, TwinError, unwritable
from ...core.common.library_errors import explained
from ...core.common.messages import Message
from ...core.common.processes import FinishedJob
from ...core.common.progress import Progress, advance, part
from ...core.scene.earth import datum_note
from ...core.scene.palette import palette
from ...core.scene.scene import Buildings
from ...core.scene.tile_content import TileSettings, make_tile
from ...core.scene.tile_journal import TileFolder, digest_of, opened
from ...core.scene.tile_plan import CityPlan
from ...core.scene.tile_rows import Spool
from ...core.scene.tile_tree import Node
from ...core.scene.tileset import tileset
from ..kernel.cluster import submit
from ..kernel.metric_layers import Reader
from ..kernel.schedulers import Scheduler
from .building_layers import kept
from .read_scene import crs_of_scene, extent_of, plane_text, rough_terrain, stays_within
from .scene_layers import SceneChoices, SceneLayers, SceneLog
from .tile_layers import read_city, spool_city


@dataclass(frozen=True)
class TilesRequest:
    """What is wanted.

    Attributes
    ----------
    folder : Path
    offset_m : float, optional
        The zero of elevations above the ellipsoid; None for a geoid that PROJ has.
    with_normals : bool
    workers : int
        Processes on this machine.
    scheduler : Scheduler
    """

    layers: SceneLayers
    choices: SceneChoices
    folder: Path
    offset_m: float | None
    with_normals: bool
    workers: int
    scheduler: Scheduler


@dataclass
class TilesResult:
    """What was made, and what the log says."""

    log: SceneLog = field(default_factory=SceneLog)
    buildings: int = 0
    storeys: int = 0
    tiles: int = 0
    made: int = 0
    kept: int = 0
    failed: int = 0
    triangles: int = 0
    size: int = 0
    offset: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, eq=False)
class _TileJob:
    """A tile that is to be made; `rows` gives what is in it when it is handed over."""

    key: str
    digest: str
    rows: Callable[[], Any]
    buildings: int


def export_tiles(
    request: TilesRequest,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    progress: Progress,
    tell: Callable[[Message], None],
) -> TilesResult:
    """Write the 3D Tiles of a city into a folder, or bring those of an earlier run up to date.

    Parameters
    ----------
    tell : callable
        Takes warnings while it runs.

    Raises
    ------
    InputError, ResourceError
    Cancelled
        What is finished stays, and the next run goes on from there.
    """

    def go_on() -> bool:
        return progress(float("nan"), "")

    with opened(request.folder, go_on) as folder:
        work = request.folder / leftovers.name()
        try:
            work.mkdir()
            return _export(request, folder, Spool(work, go_on), context, feedback, progress, tell)
        except OSError as error:
            raise unwritable(request.folder, error) from error
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _export(
    request: TilesRequest, folder: TileFolder, spool: Spool, context: QgsProcessingContext,
    feedback: QgsProcessingFeedback, progress: Progress, tell: Callable[[Message], None],
) -> TilesResult:  # fmt: skip
    result, layers, choices = TilesResult(), request.layers, request.choices
    log = result.log
    reader = Reader(crs_of_scene(layers, choices, context, log), context, feedback)
    extent = extent_of(choices, reader)
    # Of all buildings: one beyond the extent that stands on the terrain is not said to have no height.
    terrain = rough_terrain(layers, reader, None)
    reading = part(progress, 0.0, 0.1)
    whole = read_city(layers.buildings, layers.underground, reader, terrain, choices.fields, log, reading)
    stays = None if extent is None else stays_within(whole, extent, layers.buildings.sourceName(), log)
    city = whole if stays is None else kept(whole, stays)
    shades, materials = palette()
    plan = CityPlan.of(city, shades)
    plan.require_near(layers.buildings.sourceName())
    root = plan.tree()
    leaves = [node for node in root.walk() if not node.children]
    reading = part(progress, 0.1, 0.3)
    result.storeys = spool_city(
        whole, stays, leaves, layers.storeys, layers.solids, reader, terrain, spool, log, reading
    )
    result.buildings = len(city)
    crs = plane_text(reader.crs)
    offset, frame = plan.on_earth(crs, request.offset_m)
    settings = TileSettings(crs, offset, frame, shades, materials, request.with_normals)
    result.offset = settings.offset.span_m
    if (note := datum_note(crs)) is not None:
        log.notes.append(note)
    jobs = _jobs(root, leaves, plan, spool, settings)
    facts = _compute(jobs, folder, request, settings, result, part(progress, 0.3, 0.98), tell)
    if not facts:
        raise ResourceError("No tile could be made: see the warnings above.")
    extras = _extras(city, settings, result)
    result.size = folder.publish(tileset(root, facts, settings.frame, extras))
    result.tiles = len(facts)
    result.triangles = sum(facts[node.key]["triangles"] for node in leaves if node.key in facts)
    return result


def _jobs(root: Node, leaves: list[Node], plan: CityPlan, spool: Spool, settings: TileSettings) -> list[_TileJob]:
    """All tiles: those of few blocks first, which show the whole city."""
    own, jobs = settings.digest(), []
    for node in root.walk():
        if node.children:
            blocks = plan.blocks(node)
            digest = digest_of(own, blocks.tobytes())
            jobs.append(_TileJob(node.key, digest, lambda blocks=blocks: blocks, len(node.members)))
    for number, node in enumerate(leaves):
        digest = digest_of(own, spool.read(number))
        rows = lambda number=number: spool.read(number)  # noqa: E731 - what is read when it is handed over
        jobs.append(_TileJob(node.key, digest, rows, len(node.members)))
    return jobs


def _compute(
    jobs: list[_TileJob], folder: TileFolder, request: TilesRequest, settings: TileSettings, result: TilesResult,
    progress: Progress, tell: Callable[[Message], None],
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """What is known of each tile that is there in the end, by its key."""
    facts = {job.key: known for job in jobs if (known := folder.finished(job.key, job.digest)) is not None}
    result.kept = len(facts)
    missing = [job for job in jobs if job.key not in facts]
    changed = sum(job.key in folder.earlier for job in missing)
    if changed:
        tell(
            Message(
                "The input, the settings or the tiles are not those of the earlier run in this folder: {n} of {all} "
                "tiles are made anew, {kept} are as they were.",
                n=len(missing),
                all=len(jobs),
                kept=result.kept,
            )
        )
    if not missing:
        return facts

    def arguments(job: _TileJob) -> tuple[Any, ...]:
        return job.rows(), settings

    def go_on(fraction: float, text: str = "") -> bool:
        return progress(fraction, Message("{n} of {all} tiles", n=len(facts), all=len(jobs)))

    for finished in submit(make_tile, missing, request.scheduler, request.workers, go_on, arguments):
        if finished.error is not None:
            result.failed += 1
            tell(_failure(finished))
            continue
        job = finished.job
        facts[job.key] = folder.keep(job.key, job.digest, finished.value)
        result.made += 1
    advance(progress, 1.0)
    return facts


def _failure(finished: FinishedJob[_TileJob]) -> Message:
    error = finished.error
    known = explained(error) if error is not None else None
    reason = known.message if isinstance(known, TwinError) else f"{type(error).__name__}: {error}"
    return Message(
        "The tile {tile} with {n} buildings failed ({reason}): it is left out, and tried again by the next run.",
        tile=finished.job.key,
        n=finished.job.buildings,
        reason=reason,
    )


def _extras(city: Buildings, settings: TileSettings, result: TilesResult) -> dict[str, Any]:
    low, high = settings.offset.span_m
    return {
        "buildings": len(city),
        "storeys": result.storeys,
        "crs": settings.crs,
        "geoid": settings.offset.name,
        "zero_above_ellipsoid_m": [round(low, 3), round(high, 3)],
    }

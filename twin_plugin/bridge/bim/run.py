"""What twin:loadbim and twin:updatetwinbase join: reading of models, checks against a terrain, styles of a base."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsPointXY,
    QgsRasterLayer,
)

from ...core.bim.tables import BUILDING
from ...core.common.messages import Message
from ...core.common.progress import Progress, part
from ..kernel.crs_scale import map_note
from . import bim_layers, ground_check
from .geopackage_store import FileBase
from .postgres_store import PostgresBase
from .saved_styles import save_styles
from .store_tables import BuildingStore, ModelStore, TwinStore

if TYPE_CHECKING:
    from ...core.bim.load import LoadRequest, LoadResult
    from ...core.bim.update import Reader, Tally, UpdateRequest
    from .store import TwinBase


def load_models(
    request: LoadRequest, terrain: QgsRasterLayer | None, context: QgsCoordinateTransformContext, progress: Progress
) -> LoadResult:
    """Read models, and compare their ground floors with a terrain where one is given."""
    from ...core.bim.load import load

    loaded = load(request, part(progress, 0.0, 0.95))
    crs = _crs(loaded.crs)
    placed = next((shape for shape, _ in loaded.rows.buildings if shape is not None), None)
    if placed is not None and (note := map_note(crs, QgsPointXY(placed.bounds[0], placed.bounds[1]))):
        loaded = replace(loaded, messages=(*loaded.messages, note))
    if terrain is None:
        return loaded
    far = bim_layers.check_ground(loaded.rows, terrain, crs, context)
    return replace(loaded, messages=(*loaded.messages, *far))


def open_base(path: str, connection: str, schema: str, progress: Progress) -> TwinBase:
    """The base in the schema of a connection, or in the GeoPackage `path` where no connection is given."""
    return PostgresBase(connection, schema) if connection else FileBase(Path(path), progress)


def check_scale(base: TwinBase) -> list[Message]:
    """A warning where what is measured on the geometry of a base is not in true metres."""
    with base.explained(Message("it cannot be read")):
        extent = base.layer(BUILDING.name).GetExtent(can_return_null=True) if base.crs else None
    if extent is None or not any(extent):
        return []
    west, east, south, north = extent
    note = map_note(_crs(base.crs), QgsPointXY((west + east) / 2, (south + north) / 2))
    return [note] if note is not None else []


def _crs(label: str) -> QgsCoordinateReferenceSystem:
    """A CRS by the label that core has for it."""
    crs = QgsCoordinateReferenceSystem(label)
    return crs if crs.isValid() else QgsCoordinateReferenceSystem.fromWkt(label)


def check_copies(base: TwinBase, tally: Tally) -> list[Message]:
    """Record in a base which models hold the same buildings at the same place; what to tell the user."""
    from ...core.bim.copies import NEAR_DEG, NEAR_M, copies, copies_message
    from ...core.bim.warnings import COPY_CODES

    near = NEAR_DEG if _crs(base.crs).isGeographic() else NEAR_M
    found = copies(BuildingStore(base).repeated(), near)
    tally.repeated = len(found)
    ModelStore(base).replace_warnings(COPY_CODES, {model: (warning,) for model, warning in found.items()})
    return copies_message(found)


def update_base(
    base: TwinBase,
    request: UpdateRequest,
    reader: Reader,
    terrain: QgsRasterLayer | None,
    context: QgsCoordinateTransformContext,
    progress: Progress,
    tally: Tally,
) -> list[Message]:
    """Update a base, check the heights in it, close it and save the styles of its tables; what to tell the user.

    Where it is cancelled or fails the base is closed all the same, and `tally` says how far it came.
    """
    from ...core.bim.update import update

    try:
        update(request, TwinStore(base), reader, progress, tally)
        heights = [*check_scale(base), *check_copies(base, tally), *ground_check.check(base, terrain, context)]
    finally:
        base.close()
    return [*tally.messages, *heights, *save_styles(base)]

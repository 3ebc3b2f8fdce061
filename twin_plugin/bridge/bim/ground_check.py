"""Records in a twin base which ground floors lie far from a terrain, and whether its heights mix vertical datums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsRasterLayer

from ...core.bim.warnings import GROUND_CODES
from ...core.common.messages import Message
from ...core.common.warnings import CodedMessage
from .store_tables import BuildingStore, ModelStore
from .terrain_probe import Ground

if TYPE_CHECKING:
    from .store import TwinBase

MOST_MESSAGES = 20


def check(base: TwinBase, terrain: QgsRasterLayer | None, context: QgsCoordinateTransformContext) -> list[Message]:
    """Messages on the heights in a base; with a terrain the warnings of its models are brought up to date too.

    All that stands now is compared, whenever it was read: where a model is right again its warning is deleted.
    """
    messages = compare_ground(base, terrain, context) if terrain is not None and base.crs else []
    more = len(messages) - MOST_MESSAGES
    if more > 0:
        rest = Message("{count} more ground floors are far from the terrain: see bim_model.warnings.", count=more)
        messages = [*messages[:MOST_MESSAGES], rest]
    return [*messages, *_datums(base)]


def compare_ground(base: TwinBase, terrain: QgsRasterLayer, context: QgsCoordinateTransformContext) -> list[Message]:
    """Compare every ground floor that stands with the terrain, and keep what is far off in its model's warnings.

    Older warnings are found by their codes. A model that an older version read has none: its text stays as it is, also
    where it holds such a warning, until the model is read again.
    """
    crs = QgsCoordinateReferenceSystem(base.crs)
    if not crs.isValid():
        crs = QgsCoordinateReferenceSystem.fromWkt(base.crs)
    ground = Ground(terrain, crs, context)
    far: dict[str, list[CodedMessage]] = {}
    messages = []
    for model, name, floor_m, x, y in BuildingStore(base).ground_floors():
        warning = ground.far(name, floor_m, x, y)
        if warning is not None:
            far.setdefault(model, []).append(warning)
            messages.append(Message.joined((model, warning), ": "))
    ModelStore(base).replace_warnings(GROUND_CODES, far)
    return messages


def _datums(base: TwinBase) -> list[Message]:
    from ...core.bim.load import mixed_datums

    mixed = mixed_datums(datum for _, datum in ModelStore(base).standing("vertical_datum"))
    return [mixed] if mixed is not None else []

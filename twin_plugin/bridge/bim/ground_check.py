"""Notes in a twin base which ground floors lie far from a terrain, and whether its heights mix vertical datums."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsRasterLayer

from .store_tables import BuildingStore, ModelStore
from .terrain_probe import BEGINNING, END, Ground

if TYPE_CHECKING:
    from .store import TwinBase

TOLD = 20
_NOTED = re.compile(rf" ?{re.escape(BEGINNING)}.*?{re.escape(END)}", re.DOTALL)


def notes(base: TwinBase, terrain: QgsRasterLayer | None, context: QgsCoordinateTransformContext) -> list[str]:
    """What to tell of the heights in a base; with a terrain the warnings of its models are brought up to date too.

    All that stands now is compared, whenever it was read: where a model is right again its warning goes.
    """
    told = note_ground(base, terrain, context) if terrain is not None and base.crs else []
    if len(told) > TOLD:
        told = [
            *told[:TOLD],
            f"{len(told) - TOLD} more ground floors are far from the terrain: see bim_model.warnings.",
        ]
    return [*told, *_datums(base)]


def note_ground(base: TwinBase, terrain: QgsRasterLayer, context: QgsCoordinateTransformContext) -> list[str]:
    """Compare every ground floor that stands with the terrain, and keep what is far off in its model's warnings."""
    crs = QgsCoordinateReferenceSystem(base.crs)
    if not crs.isValid():
        crs = QgsCoordinateReferenceSystem.fromWkt(base.crs)
    ground = Ground(terrain, crs, context)
    found: dict[str, list[str]] = {}
    told = []
    models = ModelStore(base)
    for model, name, floor_m, x, y in BuildingStore(base).ground_floors():
        text = ground.far(name, floor_m, x, y)
        if text:
            found.setdefault(model, []).append(text)
            told.append(f"{model}: {text}")
    changed = {}
    for model, old in models.standing("warnings"):
        kept = _NOTED.sub("", old or "").strip()
        new = " ".join([*([kept] if kept else []), *found.get(model, [])])
        if new != (old or ""):
            changed[model] = new
    models.set_warnings(changed)
    return told


def _datums(base: TwinBase) -> list[str]:
    from ...core.bim.load import mixed_datums

    text = mixed_datums(datum for _, datum in ModelStore(base).standing("vertical_datum"))
    return [text] if text else []

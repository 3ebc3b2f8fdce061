"""The layers that loading models writes, and the check of their ground floors against a terrain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFields,
    QgsRasterLayer,
    QgsWkbTypes,
)

from ...core.bim.tables import (
    ALIGNMENT,
    BUILDING,
    ENVELOPE,
    MODEL_PLACEMENT,
    OPENING,
    OUTLINE,
    REPORT,
    ROOM,
    SOLID,
    STOREY,
    TERRAIN,
)
from ...core.common.messages import Message
from ...core.common.tables import Table
from ...core.common.warnings import CodedMessage
from ..kernel.columns import make_fields
from .terrain_probe import Ground

if TYPE_CHECKING:
    from ...core.bim.rows import Row, Rows


@dataclass(frozen=True)
class LayerPlan:
    """One output: its parameter, geometry, fields and rows."""

    name: str
    kind: QgsWkbTypes.Type
    fields: QgsFields
    rows: list[Row]


def plans(rows: Rows) -> tuple[LayerPlan, ...]:
    """What each output of twin:loadbim holds."""

    def layer(name: str, table: Table, content: list[Row]) -> LayerPlan:
        kind = QgsWkbTypes.parseType(table.geometry) if table.geometry else QgsWkbTypes.Type.NoGeometry
        return LayerPlan(name, kind, make_fields(table.columns + rows.extra.get(table.name, ())), content)

    return (
        layer("BUILDINGS", BUILDING, rows.buildings),
        layer("STOREYS", STOREY, rows.storeys),
        layer("OPENINGS", OPENING, rows.openings),
        layer("ROOMS", ROOM, rows.rooms),
        layer("TERRAIN", TERRAIN, rows.terrains),
        layer("ALIGNMENTS", ALIGNMENT, rows.alignments),
        layer("SOLIDS", SOLID, rows.solids),
        layer("OUTLINES", OUTLINE, rows.outlines),
        layer("ENVELOPE", ENVELOPE, rows.envelope),
        layer("REPORT", REPORT, rows.report),
        layer("UNPLACED", MODEL_PLACEMENT, rows.unplaced),
    )


def check_ground(
    rows: Rows,
    terrain: QgsRasterLayer,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> list[Message]:
    """Compare each ground floor with the terrain at the middle of its footprint.

    A ground floor more than 5 m off gives a message, and a warning in its model's row of the report. Buildings without
    a place, or off the terrain, are passed over.

    Parameters
    ----------
    rows : Rows
        What was read; its report gains warnings.
    terrain : QgsRasterLayer
        Elevations in metres in its first band, no data where there are none.
    crs : QgsCoordinateReferenceSystem
        CRS of the rows.
    """
    from ...core.bim.rows import add_warnings

    ground = Ground(terrain, crs, context)
    far: dict[str, list[CodedMessage]] = {}
    messages = []
    for shape, row in rows.buildings:
        floor = row["ground_floor_elev_m"]
        if shape is None or floor is None:
            continue
        middle = shape.representative_point()
        warning = ground.far(row["name"], floor, middle.x, middle.y)
        if warning is None:
            continue
        messages.append(Message.joined((row["model_id"], warning), ": "))
        far.setdefault(row["model_id"], []).append(warning)
    add_warnings(rows, far)
    return messages

"""The layers that loading models writes, and the check of their ground floors against a terrain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFields,
    QgsRasterLayer,
    QgsWkbTypes,
)

from ...core.common.tables import Column
from ..kernel.columns import make_fields
from ..kernel.twin_tables import fields
from .terrain_probe import Ground

if TYPE_CHECKING:
    from ...core.bim.rows import Row, Rows

SOLID_COLUMNS = (
    Column("id", "text", "Model id, '/', GlobalId of the building"),
    Column("name", "text", "Name in the model"),
    Column("base_elev_m", "real", "Lowest point"),
    Column("roof_elev_m", "real", "Highest point"),
    Column("ifc_class", "text", "IFC class of the elements; empty where the row is a whole building"),
    Column("elements", "integer", "How many elements of the class it shows; empty for a whole building"),
)


@dataclass(frozen=True)
class LayerPlan:
    """One output: its parameter, geometry, fields and rows."""

    name: str
    kind: QgsWkbTypes.Type
    fields: QgsFields
    rows: list[Row]


def plans(rows: Rows, report_columns: tuple[tuple[str, str, str], ...]) -> tuple[LayerPlan, ...]:
    """What each output of twin:loadbim holds."""
    types = QgsWkbTypes.Type
    report = make_fields(tuple(Column(*column) for column in report_columns))
    return (
        LayerPlan("BUILDINGS", types.MultiPolygon, fields("building"), rows.buildings),
        LayerPlan("STOREYS", types.MultiPolygon, fields("storey"), rows.storeys),
        LayerPlan("OPENINGS", types.PointZ, fields("opening"), rows.openings),
        LayerPlan("SOLIDS", types.MultiPolygonZ, make_fields(SOLID_COLUMNS), rows.solids),
        LayerPlan("REPORT", types.NoGeometry, report, rows.report),
    )


def check_ground(
    rows: Rows,
    terrain: QgsRasterLayer,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> list[str]:
    """Compare each ground floor with the terrain at the middle of its footprint.

    A ground floor more than 5 m off is told, in the warnings of its model's row of the report too. Buildings without a
    place, or off the terrain, are passed over.

    Parameters
    ----------
    rows : Rows
        What was read; its report gains warnings.
    terrain : QgsRasterLayer
        Elevations in metres in its first band, no data where there are none.
    crs : QgsCoordinateReferenceSystem
        CRS of the rows.
    """
    ground = Ground(terrain, crs, context)
    reports: dict[str, dict[str, Any]] = {row["id"]: row for _, row in rows.report}
    told = []
    for shape, row in rows.buildings:
        floor = row["ground_floor_elev_m"]
        if shape is None or floor is None:
            continue
        middle = shape.representative_point()
        text = ground.far(row["name"], floor, middle.x, middle.y)
        if not text:
            continue
        told.append(f"{row['model_id']}: {text}")
        report = reports.get(row["model_id"])
        if report is not None:
            report["warnings"] = f"{report['warnings']} {text}" if report["warnings"] else text
    return told

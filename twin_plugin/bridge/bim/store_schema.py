"""The tables of a twin base in a store: creates what `core.bim.tables` defines and the store lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from osgeo import ogr

from ...core.bim.tables import TABLES
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ..kernel.columns import OGR_GEOMETRIES, ogr_field
from ..postgres.sql import name

if TYPE_CHECKING:
    from ...core.common.tables import Table
    from .store import TwinBase


def bring_up_to_date(base: TwinBase) -> None:
    """Open a base and give it the tables, columns and indexes that it lacks; it is left as it is if it is not ours."""
    base.reopen()
    for table in TABLES.values():
        layer = base.dataset.GetLayerByName(table.name)
        needed = (table.key, table.parent_column or table.key)
        if layer is not None and any(layer.GetLayerDefn().GetFieldIndex(column) < 0 for column in needed):
            raise InputError(
                "{base} holds a table '{table}' that is not a twin base's: choose another file or schema.",
                base=base.name,
                table=table.name,
            )
    create_tables(base)
    for table in TABLES.values():
        if table.geometry:
            base.index_geometries(table.name)
    base.reopen()


def create_tables(base: TwinBase) -> None:
    """Create the tables that are missing, and columns and indexes that a base of an older version lacks."""
    with base.explained(Message("its tables cannot be created")), base.transaction():
        spatial = (base.dataset.GetLayerByName(table.name) for table in TABLES.values() if table.geometry)
        reference = next((layer.GetSpatialRef() for layer in spatial if layer is not None), None)
        for table in TABLES.values():
            layer = base.dataset.GetLayerByName(table.name)
            if layer is None:
                kind = OGR_GEOMETRIES[table.geometry]
                layer = base.dataset.CreateLayer(table.name, reference, kind, base.layer_options())
                base.check(layer is not None)
            add_columns(base, layer, table)
        base.dataset.FlushCache()
        for table in TABLES.values():
            _index(base, table, table.key, "UNIQUE INDEX", f"{table.name}_key")
        for table in TABLES.values():
            if table.parent:
                _index(base, table, table.parent_column, "INDEX", f"{table.name}_{table.parent_column}")


def add_columns(base: TwinBase, layer: ogr.Layer, table: Table) -> None:
    """Add the columns that a layer lacks."""
    for column in table.columns:
        if layer.GetLayerDefn().GetFieldIndex(column.name) < 0:
            base.check(layer.CreateField(ogr_field(column)) == ogr.OGRERR_NONE)


def _index(base: TwinBase, table: Table, column: str, kind: str, index: str) -> None:
    create = f"CREATE {kind} IF NOT EXISTS {{index}} ON {{table}} ({{column}})"
    base.run(create, index=name(index), table=base.table(table.name), column=name(column))

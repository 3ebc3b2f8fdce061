"""The twin base as tables: a GeoPackage or a PostGIS schema that is read and written in whole transactions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from osgeo import gdal, ogr, osr

from ...core.bim.tables import GEOMETRY_COLUMN, MODEL_PLACEMENT, TABLES
from ...core.common.errors import ResourceError, TwinError
from ..kernel.columns import OGR_GEOMETRIES, ogr_field
from ..postgres.sql import Name, groups, name, statement

if TYPE_CHECKING:
    import shapely

    from ...core.bim.journal import JournalEntry
    from ...core.bim.rows import Row
    from ...core.bim.update import Marks, ModelRows
    from ...core.common.tables import Table


class TwinBase:
    """An open base with one writer; `core.bim.update.Store` says what its methods promise.

    Subclasses open a store, lock it for this process, name its tables in SQL (`table`) and set its CRS.

    Parameters
    ----------
    dataset : gdal.Dataset
        Opened for update.
    name : str
        What to call it in messages; holds no secret.
    """

    def __init__(self, dataset: gdal.Dataset, name: str) -> None:
        self.dataset, self.name = dataset, name
        self._layers: dict[str, ogr.Layer] = {}

    # What a subclass gives

    def table(self, table: str) -> Name:
        """A table's name in SQL."""
        return name(table)

    def layer_options(self) -> list[str]:
        """Options with which a table is created."""
        return [f"GEOMETRY_NAME={GEOMETRY_COLUMN}", "FID=fid", "SPATIAL_INDEX=YES"]

    def change_crs(self, crs: osr.SpatialReference) -> None:
        """Give all tables with geometry another CRS; they hold no geometry yet."""
        raise AssertionError("a subclass changes its CRS")

    def reopen(self) -> None:
        """Open the dataset anew, since its tables have changed."""
        raise AssertionError("a subclass opens itself anew")

    PROVIDER = ""

    def layer_uri(self, table: str, secrets: bool = False) -> str:
        """The data source of a table for QGIS; without a password unless `secrets` is asked for."""
        raise AssertionError("a subclass knows its data source")

    def results(self) -> dict[str, str]:
        """Where the base is and its table of models, without secrets."""
        return {"REPORT": self.layer_uri("bim_model")}

    # The store

    @property
    def crs(self) -> str:
        """Label of the CRS of the geometries, "" while there is none."""
        from ...core.common import crs

        reference = self._layer("building").GetSpatialRef()
        if reference is None or "undefined" in (reference.GetName() or "").lower():
            return ""
        code = reference.GetAuthorityCode(None)
        name = f"{reference.GetAuthorityName(None)}:{code}" if code else reference.ExportToWkt()
        parsed = crs.parse(name) or crs.parse(reference.ExportToWkt())
        return crs.label(parsed) if parsed is not None else name

    def set_crs(self, crs: str) -> None:
        """Set the CRS of a base that has none."""
        reference = osr.SpatialReference()
        with self._told("the CRS cannot be set"):
            if reference.SetFromUserInput(crs) != ogr.OGRERR_NONE:
                raise ResourceError("GDAL does not know the CRS '{crs}': give another one in CRS.", crs=crs)
            self.change_crs(reference)
        self._layers.clear()
        self.reopen()

    def entries(self) -> dict[str, JournalEntry]:
        """The journal; rows of folders that could not be read are not models and are left out."""
        from ...core.bim.journal import COLUMNS, JournalEntry

        found = {}
        query = statement(
            "SELECT {columns} FROM {table}", columns=Name(", ".join(COLUMNS)), table=self.table("bim_model")
        )
        for values in self.select(query):
            entry = JournalEntry(
                *(value if value is not None else default for value, default in zip(values, _EMPTY, strict=True))
            )
            if not entry.id.endswith("/"):
                found[entry.id] = entry
        return found

    def placements(self) -> list[dict[str, Any]]:
        """The placements that the base keeps; people may edit them there."""
        columns = MODEL_PLACEMENT.names
        query = "SELECT {columns} FROM {table} WHERE path IS NOT NULL AND x IS NOT NULL AND y IS NOT NULL"
        table = self.table("model_placement")
        found = self.select(statement(query, columns=Name(", ".join(columns)), table=table))
        return [dict(zip(columns, values, strict=True)) for values in found]

    def mark(self, marks: Marks) -> None:
        """Note what vanished, came back, was moved or placed, and which folders cannot be looked into."""
        models, buildings = self.table("bim_model"), self.table("building")
        with self._transaction():
            for ids in groups(marks.vanished):
                end = "UPDATE {table} SET valid_to = {now} WHERE valid_to IS NULL AND {column} IN ({ids})"
                self.run(end, table=models, column=Name("id"), ids=ids, now=marks.now)
                self.run(end, table=buildings, column=Name("model_id"), ids=ids, now=marks.now)
            for model in marks.touched:
                note = "UPDATE {table} SET path = {path}, size = {size}, mtime_ns = {time}, valid_to = NULL "
                note += "WHERE id = {id}"
                self.run(note, table=models, path=model.path, size=model.size, time=model.mtime_ns, id=model.id)
            for ids in groups([model.id for model in marks.touched]):
                self.run("UPDATE {table} SET valid_to = NULL WHERE model_id IN ({ids})", table=buildings, ids=ids)
            self.run("DELETE FROM {table} WHERE id LIKE '%/'", table=models)
            self._insert("bim_model", [(None, values) for values in marks.refused.values()])
            for paths in groups([row["path"] for row in marks.placements]):
                self.run(
                    "DELETE FROM {table} WHERE path IN ({paths})", table=self.table("model_placement"), paths=paths
                )
            self._insert("model_placement", [(None, row) for row in marks.placements])

    def write(self, models: Sequence[ModelRows]) -> None:
        """Replace the rows of some models, with their journal rows, in one transaction."""
        with self._transaction():
            known = [model.id for model in models if model.known]
            kept = {model.id for model in models if model.keep}
            self._delete([key for key in known if key not in kept])
            for ids in groups(sorted(kept)):
                self.run("DELETE FROM {table} WHERE id IN ({ids})", table=self.table("bim_model"), ids=ids)
            for model in models:
                rows = model.rows
                if not model.keep:
                    for table, found in (
                        ("building", rows.buildings),
                        ("storey", rows.storeys),
                        ("opening", rows.openings),
                        ("underground", rows.underground),
                    ):
                        self._insert(table, found)
                self._insert("bim_model", [(None, model.values)])

    def grounds(self) -> Iterator[tuple[str, str, float, float, float]]:
        """Model, name and ground floor (m) of the buildings that stand, and a point in each."""
        layer = self._layer("building")
        with self._told("it cannot be read"):
            layer.SetAttributeFilter("valid_to IS NULL AND ground_floor_elev_m IS NOT NULL")
            try:
                for feature in layer:
                    geometry = feature.GetGeometryRef()
                    middle = geometry.PointOnSurface() if geometry is not None else None
                    if middle is not None and not middle.IsEmpty():
                        values = (feature[name] for name in ("model_id", "name", "ground_floor_elev_m"))
                        yield (*values, middle.GetX(), middle.GetY())
            finally:
                layer.SetAttributeFilter(None)

    def set_warnings(self, warnings: Mapping[str, str]) -> None:
        """Replace the warnings of some models, in one transaction."""
        with self._transaction():
            for key, text in warnings.items():
                change = "UPDATE {table} SET warnings = NULLIF({note}, '') WHERE id = {key}"
                self.run(change, table=self.table("bim_model"), note=text, key=key)

    def close(self) -> None:
        """Write what is left and let others write."""
        self._layers.clear()
        self.dataset = None

    # How

    def create_tables(self) -> None:
        """Create the tables that are missing, and columns and indexes that a base of an older version lacks."""
        with self._told("its tables cannot be created"), self._transaction():
            reference = next((layer.GetSpatialRef() for layer in self._spatial() if layer is not None), None)
            for table in TABLES.values():
                layer = self.dataset.GetLayerByName(table.name)
                if layer is None:
                    kind = OGR_GEOMETRIES[table.geometry]
                    layer = self.dataset.CreateLayer(table.name, reference, kind, self.layer_options())
                    self._check(layer is not None)
                self._columns(layer, table)
            self.dataset.FlushCache()
            for key, table in TABLES.items():
                create = "CREATE UNIQUE INDEX IF NOT EXISTS {index} ON {table} ({column})"
                self.run(create, index=name(f"{key}_key"), table=self.table(key), column=name(table.key))
            for key, table in TABLES.items():
                if table.parent:
                    create, column = "CREATE INDEX IF NOT EXISTS {index} ON {table} ({column})", table.parent_column
                    self.run(create, index=name(f"{key}_{column}"), table=self.table(key), column=name(column))

    def foreign(self) -> str:
        """The name of a table that has one of our names and is none of ours, "" where there is none."""
        for table in TABLES.values():
            layer = self.dataset.GetLayerByName(table.name)
            if layer is not None:
                definition = layer.GetLayerDefn()
                if any(
                    definition.GetFieldIndex(column) < 0 for column in (table.key, table.parent_column or table.key)
                ):
                    return table.name
        return ""

    def select(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Rows of a query."""
        with self._told("it cannot be read"):
            result = self.dataset.ExecuteSQL(sql)
            self._check(result is not None)
            try:
                for feature in result:
                    yield tuple(feature[i] for i in range(feature.GetFieldCount()))
            finally:
                self.dataset.ReleaseResultSet(result)

    def single(self, sql: str) -> Any:
        """The value of a query that gives one row of one; a full disk may show here first, by none."""
        with self._told("it cannot be read or written"):
            rows = tuple(self.select(sql))
            self._check(len(rows) == 1)
            return rows[0][0]

    def run(self, text: str, **parts: Any) -> None:
        """Run a statement (see `twinbase_sql.statement`) that gives no rows."""
        gdal.ErrorReset()
        result = self.dataset.ExecuteSQL(statement(text, **parts) if parts else text)
        if result is not None:
            self.dataset.ReleaseResultSet(result)
        self._check(gdal.GetLastErrorType() < gdal.CE_Failure)

    def safe(self, text: str) -> str:
        """A message of a library without what nobody should see."""
        return text

    def _spatial(self) -> Iterator[ogr.Layer | None]:
        return (self.dataset.GetLayerByName(table.name) for table in TABLES.values() if table.geometry)

    def _columns(self, layer: ogr.Layer, table: Table) -> None:
        for column in table.columns:
            if layer.GetLayerDefn().GetFieldIndex(column.name) < 0:
                self._check(layer.CreateField(ogr_field(column)) == ogr.OGRERR_NONE)

    def _delete(self, models: Sequence[str]) -> None:
        building, model = self.table("building"), self.table("bim_model")
        for ids in groups(models):
            for table in ("storey", "opening", "underground"):
                inside = (
                    "DELETE FROM {table} WHERE building_id IN (SELECT id FROM {building} WHERE model_id IN ({ids}))"
                )
                self.run(inside, table=self.table(table), building=building, ids=ids)
            self.run("DELETE FROM {table} WHERE model_id IN ({ids})", table=building, ids=ids)
            self.run("DELETE FROM {table} WHERE id IN ({ids})", table=model, ids=ids)

    def _insert(self, table: str, rows: Iterable[Row]) -> None:
        layer = self._layer(table)
        definition = layer.GetLayerDefn()
        kind = OGR_GEOMETRIES[TABLES[table].geometry]
        for shape, values in rows:
            feature = ogr.Feature(definition)
            for field, value in values.items():
                index, value = definition.GetFieldIndex(field), _plain(value)
                if value is not None and index >= 0:
                    feature.SetField(index, value)
            if shape is not None and not shape.is_empty:
                feature.SetGeometryDirectly(_geometry(shape, kind))
            self._check(layer.CreateFeature(feature) == ogr.OGRERR_NONE)

    def _layer(self, table: str) -> ogr.Layer:
        if table not in self._layers:
            with self._told(f"its table {table} cannot be opened"):
                layer = self.dataset.GetLayerByName(table)
                self._check(layer is not None)
                self._layers[table] = layer
        return self._layers[table]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._told("it cannot be written"):
            self._check(self.dataset.StartTransaction() == ogr.OGRERR_NONE)
            try:
                yield
                self._check(self.dataset.CommitTransaction() == ogr.OGRERR_NONE)
            except BaseException:
                self.dataset.RollbackTransaction()
                raise

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """Turn GDAL's errors into one sentence for the user."""
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            yield
        except TwinError:
            raise
        except RuntimeError as error:
            text = self.safe(str(error)).strip() or "no reason was given"
            raise ResourceError(
                "{name}: {what} ({text}). Check the disk and the permissions, and run it again: what was "
                "committed is kept.",
                name=self.name,
                what=what,
                text=text,
            ) from error
        finally:
            gdal.PopErrorHandler()

    @staticmethod
    def _check(good: bool) -> None:
        if not good:
            raise RuntimeError(gdal.GetLastErrorMsg())


_EMPTY = ("", "", "", 0, 0, "", "", "", "")


def _geometry(shape: shapely.Geometry, kind: int) -> ogr.Geometry:
    import shapely

    geometry = ogr.CreateGeometryFromWkb(shapely.to_wkb(shape))
    if kind == ogr.wkbMultiPolygon:
        geometry.FlattenTo2D()
        geometry = ogr.ForceToMultiPolygon(geometry)
    return geometry


def _plain(value: Any) -> Any:
    """A value as every store keeps it: GDAL writes 15 digits to PostgreSQL, so 15 are what a base has."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return float(f"{value:.15g}") if math.isfinite(value) else None
    return value

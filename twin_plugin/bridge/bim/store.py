"""An open twin base, a GeoPackage or a PostGIS schema: its statements, layers and transactions, and GDAL's errors."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from osgeo import gdal, ogr, osr

from ...core.bim.tables import BIM_MODEL, BUILDING, GEOMETRY_COLUMN
from ...core.common.errors import ResourceError, TwinError
from ...core.common.messages import Message
from ..kernel.columns import OGR_GEOMETRIES
from ..kernel.translation import localized
from ..postgres.sql import Name, name, statement

if TYPE_CHECKING:
    import shapely

    from ...core.bim.rows import Row
    from ...core.common.tables import Table


class TwinBase:
    """An open base with one writer; the modules store_… read and write its tables.

    Subclasses open a store, lock it for this process, name its tables in SQL (`table`) and set its CRS.

    Parameters
    ----------
    dataset : gdal.Dataset
        Opened for update.
    name : Message
        What to call it in messages; holds no secret.
    """

    PROVIDER = ""

    def __init__(self, dataset: gdal.Dataset, name: Message) -> None:
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

    def index_geometries(self, table: str) -> None:
        """Create the spatial index of a table where it lacks it."""
        raise AssertionError("a subclass indexes its geometries")

    def reopen(self) -> None:
        """Open the dataset anew, since its tables have changed."""
        raise AssertionError("a subclass opens itself anew")

    def layer_uri(self, table: str, secrets: bool = False) -> str:
        """The data source of a table for QGIS; without a password unless `secrets` is asked for."""
        raise AssertionError("a subclass knows its data source")

    def results(self) -> dict[str, str]:
        """Where the base is and its table of models, without secrets."""
        return {"REPORT": self.layer_uri(BIM_MODEL.name)}

    def safe(self, text: str) -> str:
        """A message of a library without what nobody should see."""
        return text

    # The same for all

    @property
    def crs(self) -> str:
        """Label of the CRS of the geometries, "" while there is none."""
        from ...core.common import crs

        reference = self.layer(BUILDING.name).GetSpatialRef()
        if reference is None or "undefined" in (reference.GetName() or "").lower():
            return ""
        code = reference.GetAuthorityCode(None)
        name = f"{reference.GetAuthorityName(None)}:{code}" if code else reference.ExportToWkt()
        parsed = crs.parse(name) or crs.parse(reference.ExportToWkt())
        return crs.label(parsed) if parsed is not None else name

    def set_crs(self, crs: str) -> None:
        """Set the CRS of a base that has none."""
        reference = osr.SpatialReference()
        with self.explained(Message("the CRS cannot be set")):
            if reference.SetFromUserInput(crs) != ogr.OGRERR_NONE:
                raise ResourceError("GDAL does not know the CRS '{crs}': give another one in CRS.", crs=crs)
            self.change_crs(reference)
        self._layers.clear()
        self.reopen()

    def close(self) -> None:
        """Write what is left and let others write."""
        self._layers.clear()
        self.dataset = None

    def select(self, text: str, **parts: Any) -> Iterator[tuple[Any, ...]]:
        """Rows of a query (see `sql.statement`)."""
        with self.explained(Message("it cannot be read")):
            result = self.dataset.ExecuteSQL(statement(text, **parts))
            self.check(result is not None)
            try:
                for feature in result:
                    yield tuple(feature[i] for i in range(feature.GetFieldCount()))
            finally:
                self.dataset.ReleaseResultSet(result)

    def single(self, text: str, **parts: Any) -> Any:
        """The value of a query that gives one row of one; a full disk may show here first, by none."""
        with self.explained(Message("it cannot be read or written")):
            rows = tuple(self.select(text, **parts))
            self.check(len(rows) == 1)
            return rows[0][0]

    def run(self, text: str, **parts: Any) -> None:
        """Run a statement (see `sql.statement`) that gives no rows."""
        gdal.ErrorReset()
        result = self.dataset.ExecuteSQL(statement(text, **parts))
        if result is not None:
            self.dataset.ReleaseResultSet(result)
        self.check(gdal.GetLastErrorType() < gdal.CE_Failure)

    def insert(self, table: Table, rows: Iterable[Row]) -> None:
        """Add rows to a table; values without a column of their name are left out."""
        layer = self.layer(table.name)
        definition = layer.GetLayerDefn()
        for shape, values in rows:
            feature = ogr.Feature(definition)
            for field, value in values.items():
                index, kept = definition.GetFieldIndex(field), stored(value)
                if kept is not None and index >= 0:
                    feature.SetField(index, kept)
            if shape is not None and not shape.is_empty:
                feature.SetGeometryDirectly(_geometry(shape, table))
            self.check(layer.CreateFeature(feature) == ogr.OGRERR_NONE)

    def layer(self, table: str) -> ogr.Layer:
        """A table as OGR reads and writes it."""
        if table not in self._layers:
            with self.explained(Message("its table {table} cannot be opened", table=table)):
                layer = self.dataset.GetLayerByName(table)
                self.check(layer is not None)
                self._layers[table] = layer
        return self._layers[table]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing of it."""
        with self.explained(Message("it cannot be written")):
            self.check(self.dataset.StartTransaction() == ogr.OGRERR_NONE)
            try:
                yield
                self.check(self.dataset.CommitTransaction() == ogr.OGRERR_NONE)
            except BaseException:
                self.dataset.RollbackTransaction()
                raise

    @contextmanager
    def explained(self, what: Message) -> Iterator[None]:
        """Turn GDAL's errors into one sentence for the user; `what` says what cannot be done."""
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            yield
        except TwinError:
            raise
        except RuntimeError as error:
            text = self.safe(str(error)).strip() or Message("no reason was given")
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
    def check(good: bool) -> None:
        """Raise GDAL's last error unless something went well; to be called inside `explained`."""
        if not good:
            raise RuntimeError(gdal.GetLastErrorMsg())


def _geometry(shape: shapely.Geometry, table: Table) -> ogr.Geometry:
    import shapely

    geometry = ogr.CreateGeometryFromWkb(shapely.to_wkb(shape))
    if OGR_GEOMETRIES[table.geometry] == ogr.wkbMultiPolygon:
        geometry.FlattenTo2D()
        geometry = ogr.ForceToMultiPolygon(geometry)
    return geometry


def stored(value: Any) -> Any:
    """A value as every store keeps it: a message in the user's language; 15 digits, as GDAL writes to PostgreSQL."""
    if isinstance(value, Message):
        return localized(value)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return float(f"{value:.15g}") if math.isfinite(value) else None
    return value

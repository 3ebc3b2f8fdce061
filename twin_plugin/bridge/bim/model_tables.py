"""Reads models and buildings for the Buildings dock, from layers of a project or from a twin base, in any thread."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from osgeo import gdal, ogr
from qgis.core import (
    NULL,
    QgsAbstractFeatureSource,
    QgsCoordinateReferenceSystem,
    QgsExpression,
    QgsFeatureRequest,
    QgsFields,
    QgsGeometry,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)

from ...core.bim.tables import BIM_MODEL, BUILDING, OPENING, ROOM, SOLID, STOREY
from ...core.bim.tables import UNDERGROUND as UNDERGROUND_PART
from ...core.bim.warnings import ModelNotes
from ...core.common import sqlite_locks
from ...core.common.errors import ResourceError
from ...core.common.messages import Message
from ..kernel.gdal_calls import next_feature, require_end
from ..kernel.translation import localized
from ..postgres.postgres_connection import check_schema, connection_uri, twin_table
from ..postgres.sql import name as sql_name
from ..postgres.sql import statement
from .model_source import ModelSource

CHUNK = 500
MODELS, BUILDINGS, STOREYS, OPENINGS, UNDERGROUND, SOLIDS = READ_TABLES = tuple(
    table.name for table in (BIM_MODEL, BUILDING, STOREY, OPENING, UNDERGROUND_PART, SOLID)
)
_KINDS = {column.name: {"integer": int, "real": float}.get(column.kind, str) for column in BIM_MODEL.columns}


@dataclass(frozen=True)
class ModelRow:
    """One model as the report of twin:loadbim, or the table bim_model, tells of it."""

    id: str
    path: str = ""
    status: str = ""
    reason: str = ""
    buildings: int = 0
    georef_level: int = 0
    georef_source: str = ""
    confidence: str = ""
    warnings: str = ""
    schema: str = ""
    valid_to: str = ""
    map_x: float | None = None
    map_y: float | None = None
    origin_z: float | None = None
    map_bearing_deg: float | None = None

    @property
    def state(self) -> str:
        """failed, gone, unplaced (read, but without a place), partial or ok: what matters most of them."""
        if self.valid_to:
            return "gone"
        if self.status == "failed":
            return "failed"
        if self.georef_level == 0 and self.buildings > 0:
            return "unplaced"
        return self.status or "ok"

    @property
    def name(self) -> str:
        """The file's name."""
        return (self.path or self.id).replace("\\", "/").rstrip("/").rpartition("/")[2] or self.id

    @property
    def folder(self) -> str:
        """The folder of the models, by the rule that the id is the path below it; '' where it is not."""
        path = self.path.replace("\\", "/")
        return path[: -len(self.id) - 1] if self.id and path.endswith(f"/{self.id}") else ""


@dataclass(frozen=True)
class Card:
    """What is known of one building, and of the model that it was read from; `crs` is a code or WKT."""

    model: ModelRow | None = None
    building: dict[str, Any] | None = None
    others: tuple[tuple[str, str], ...] = ()  # id and name of every building of the model
    storeys: tuple[dict[str, Any], ...] = ()
    openings: tuple[dict[str, Any], ...] = ()
    underground: tuple[dict[str, Any], ...] = ()
    risk: dict[str, Any] | None = None
    shapes: tuple[QgsGeometry, ...] = ()  # of every building of the model
    crs: str = ""
    rooms: tuple[dict[str, Any], ...] = ()

    @property
    def from_model(self) -> bool:
        """Whether the building was read from a model, and is no footprint of the user's own."""
        return self.model is not None or "model_id" in (self.building or {})

    def system(self) -> QgsCoordinateReferenceSystem:
        """The CRS of the shapes."""
        return QgsCoordinateReferenceSystem(self.crs)


Item = tuple[dict[str, Any], QgsGeometry | None]
Where = tuple[str, str]


@dataclass(frozen=True)
class LayerSnapshot:
    """A layer of a project as it was when this was made, on the main thread; any thread may read it."""

    source: QgsAbstractFeatureSource
    fields: QgsFields
    crs: str

    def rows(self, columns: Sequence[str] = (), where: Where | None = None, shapes: bool = False) -> Iterator[Item]:
        """Rows with some columns (all by default), those with a value in a column, with or without geometry."""
        if where is not None and self.fields.indexOf(where[0]) < 0:
            return
        names = [name for name in self.fields.names() if not columns or name in columns]
        request = QgsFeatureRequest()
        if not shapes:
            request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
        wanted = [*names, *((where[0],) if where is not None else ())]
        request.setSubsetOfAttributes([self.fields.indexOf(name) for name in wanted])
        if where is not None:
            request.setFilterExpression(QgsExpression.createFieldEqualityExpression(*where))
        places = [(name, self.fields.indexOf(name)) for name in names]
        for feature in self.source.getFeatures(request):
            values = feature.attributes()
            plain = {name: None if values[at] == NULL else values[at] for name, at in places}
            yield plain, QgsGeometry(feature.geometry()) if shapes and not feature.geometry().isEmpty() else None


class StoredTable:
    """A table of a twin base, opened by GDAL in the thread that reads it.

    GDAL lets go of Python while it works. A QgsVectorLayer made in a thread does not, and two of them made at once,
    one on the main thread, wait for each other for ever when something in Python listens to QGIS's log.
    """

    def __init__(self, source: str, table: str, where: str) -> None:
        gdal.ErrorReset()
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            self.dataset = gdal.OpenEx(source, gdal.OF_VECTOR | gdal.OF_READONLY)
            self.layer = self.dataset.GetLayerByName(table) if self.dataset is not None else None
        except RuntimeError:  # where somebody has switched GDAL's exceptions on
            self.layer = None
        finally:
            gdal.PopErrorHandler()
        if self.layer is None and "is locked" in gdal.GetLastErrorMsg():
            raise sqlite_locks.locked(Message("The twin base '{path}'", path=where))
        if self.layer is None:
            raise ResourceError(
                "The table {table} of '{where}' cannot be opened: is it a twin base, and can it be reached? Run "
                "'Update the twin base' on it.",
                table=table,
                where=where,
            )
        self.where = where
        definition = self.layer.GetLayerDefn()
        self.names = [definition.GetFieldDefn(number).GetName() for number in range(definition.GetFieldCount())]
        reference = self.layer.GetSpatialRef()
        code = reference.GetAuthorityCode(None) if reference is not None else None
        wkt = reference.ExportToWkt() if reference is not None else ""
        self.crs = f"{reference.GetAuthorityName(None)}:{code}" if code else wkt

    def rows(self, columns: Sequence[str] = (), where: Where | None = None, shapes: bool = False) -> Iterator[Item]:
        """As `Snapshot.rows`."""
        if where is not None and where[0] not in self.names:
            return
        text = statement("{column} = {value}", column=sql_name(where[0]), value=where[1]) if where is not None else None
        self.layer.SetAttributeFilter(text)
        self.layer.ResetReading()
        definition = self.layer.GetLayerDefn()
        # By number and kind: to ask a feature by name takes ten times as long.
        wanted = [
            (name, at, _GETTERS.get(definition.GetFieldDefn(at).GetType(), ogr.Feature.GetFieldAsString))
            for at, name in enumerate(self.names)
            if not columns or name in columns
        ]
        gdal.ErrorReset()
        while (feature := next_feature(self.layer, self.where)) is not None:
            plain = {name: get(feature, at) if feature.IsFieldSetAndNotNull(at) else None for name, at, get in wanted}
            yield plain, _shape(feature.GetGeometryRef()) if shapes else None
            gdal.ErrorReset()
        require_end(self.where)


@dataclass(frozen=True)
class ModelTables:
    """The tables of a model source: data sources of a twin base, or snapshots of a project's layers.

    Attributes
    ----------
    source : ModelSource
    provider : str
        Of the data sources; '' for layers.
    uris : dict of str to str
        By table, for QGIS's layers.
    snapshots : dict
        By table, as `snapshot` makes them.
    dataset : str
        A twin base for GDAL; may hold a password, and is never shown.
    """

    source: ModelSource
    provider: str = ""
    uris: dict[str, str] = field(default_factory=dict, repr=False)
    snapshots: dict[str, LayerSnapshot] = field(default_factory=dict)
    dataset: str = field(default="", repr=False)

    def has(self, table: str) -> bool:
        return table in self.snapshots or table in self.uris

    def open(self, table: str) -> LayerSnapshot | StoredTable:
        """A table for reading in the calling thread.

        Raises
        ------
        ResourceError
            When the base is gone or cannot be opened.
        """
        if table in self.snapshots:
            return self.snapshots[table]
        if self.source.path and not Path(self.source.path).exists():
            raise ResourceError(
                "'{path}' is not there any more: choose another twin base, or put it back.", path=self.source.path
            )
        return StoredTable(self.dataset, table, self.source.path or self.source.name)


def file_tables(path: str) -> ModelTables:
    """The tables of a twin base in a GeoPackage."""
    uris = {table: f"{path}|layername={table}" for table in READ_TABLES}
    return ModelTables(ModelSource(path=path), "ogr", uris, dataset=path)


def is_base(path: str) -> bool:
    """Whether a GeoPackage holds the table of models: other files may have a table called underground or building."""
    try:
        return _has_models(path, os.stat(path).st_mtime_ns)
    except OSError:
        return False


@lru_cache(maxsize=64)
def _has_models(path: str, changed: int) -> bool:
    address = Path(os.path.abspath(path)).as_uri() + "?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=0.2)) as database:
            query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
            return bool(database.execute(query, (MODELS,)).fetchone()[0])
    except sqlite3.Error as error:
        # One that another program has locked for a moment is what its name says.
        return sqlite_locks.is_locked(error)


def postgres_tables(connection: str, schema: str) -> ModelTables:
    """The tables of a twin base in PostGIS, by the name of a connection in QGIS; on the main thread.

    Raises
    ------
    InputError
        When QGIS has no such connection.
    """
    whole = connection_uri(connection)
    check_schema(schema)
    uris = {table: twin_table(whole, schema, table).uri(False) for table in READ_TABLES}
    source = ModelSource(connection=connection, schema=schema)
    return ModelTables(source, "postgres", uris, dataset=f"PG:{whole.connectionInfo(True)} schemas='{schema}'")


def layer_tables(report: QgsVectorLayer, layers: dict[str, QgsVectorLayer]) -> ModelTables:
    """The layers of one run of twin:loadbim as they are now; taken on the main thread, read in any."""
    by_table = {MODELS: report, **layers}
    snapshots = {name: snapshot(layer) for name, layer in by_table.items()}
    return ModelTables(ModelSource(layer_id=report.id()), snapshots=snapshots)


def snapshot(layer: QgsVectorLayer) -> LayerSnapshot:
    """A layer's content for other threads; it stays readable when the layer is removed."""
    return LayerSnapshot(
        QgsVectorLayerFeatureSource(layer), layer.fields(), layer.crs().authid() or layer.crs().toWkt()
    )


def read_models(tables: ModelTables, go_on: Callable[[], bool]) -> Iterator[list[ModelRow]]:
    """The models of a place in chunks of `CHUNK`, until `go_on` says no."""
    opened = tables.open(MODELS)
    chunk: list[ModelRow] = []
    for values, _ in opened.rows(_COLUMNS):
        chunk.append(_model(values))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
            if not go_on():
                return
    if chunk:
        yield chunk


def read_card(
    tables: ModelTables, model_id: str = "", building_id: str = "", risk: LayerSnapshot | None = None
) -> Card:
    """A building with all that belongs to it, by its own id, or the first one of a model."""
    opened = tables.open(BUILDINGS)
    if not model_id:
        own = next((values for values, _ in opened.rows(("model_id",), ("id", building_id))), {})
        model_id = str(own.get("model_id") or "")
    buildings = list(opened.rows(where=("model_id", model_id), shapes=True)) if model_id else []
    model = next((_model(values) for values, _ in tables.open(MODELS).rows(_COLUMNS, ("id", model_id))), None)
    rows = [values for values, _ in buildings]
    chosen = next((values for values in rows if values["id"] == building_id), rows[0] if rows else None)
    if chosen is None:
        return Card(model)
    identity = str(chosen["id"])
    parts = {
        table: tuple(values for values, _ in tables.open(table).rows(where=("building_id", identity)))
        for table in (STOREYS, OPENINGS, UNDERGROUND)
        if tables.has(table)
    }
    risk_row = next((values for values, _ in risk.rows(where=("id", identity))), None) if risk is not None else None
    return Card(
        model,
        chosen,
        tuple((str(values["id"]), str(values.get("name") or values["id"])) for values in rows),
        parts.get(STOREYS, ()),
        parts.get(OPENINGS, ()),
        parts.get(UNDERGROUND, ()),
        risk_row,
        tuple(shape for _, shape in buildings if shape is not None),
        opened.crs,
        _rooms(tables, identity),
    )


def _rooms(tables: ModelTables, building_id: str) -> tuple[dict[str, Any], ...]:
    """The rooms of a building; none where a base is older than the table, or the layers are those of a run."""
    if not tables.dataset:
        return ()
    try:
        rooms = tables.open(ROOM.name)
    except ResourceError:
        return ()
    columns = ("id", "use", "area_m2", "is_counted")
    return tuple(values for values, _ in rooms.rows(columns, ("building_id", building_id)))


_GETTERS = {
    ogr.OFTReal: ogr.Feature.GetFieldAsDouble,
    ogr.OFTInteger: ogr.Feature.GetFieldAsInteger,
    ogr.OFTInteger64: ogr.Feature.GetFieldAsInteger64,
}


def _shape(geometry: ogr.Geometry | None) -> QgsGeometry | None:
    if geometry is None or geometry.IsEmpty():
        return None
    made = QgsGeometry()
    made.fromWkb(bytes(geometry.ExportToIsoWkb()))
    return made


def _model(row: dict[str, Any]) -> ModelRow:
    """A row whose georef_source, reason and warnings (these where it holds them as data) are in the user's language."""
    if row.get("notes"):
        row |= {name: localized(text) for name, text in ModelNotes.of_row(row).columns().items() if text}
    row |= {"notes": None, "georef_source": localized(Message(row.get("georef_source") or ""))}
    values = {name: _KINDS[name](value) for name, value in row.items() if value is not None}
    return ModelRow(**{"id": "", **values})


_COLUMNS = (*(column.name for column in fields(ModelRow)), "notes")

"""Reads models and buildings for the Buildings dock, from layers of a project or from a twin base, in any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from qgis.core import (
    NULL,
    QgsAbstractFeatureSource,
    QgsCoordinateReferenceSystem,
    QgsDataSourceUri,
    QgsExpression,
    QgsFeature,
    QgsFeatureRequest,
    QgsFields,
    QgsGeometry,
    QgsProviderRegistry,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)

from ..core.errors import InputError, ResourceError

CHUNK = 500
MODELS, BUILDINGS, STOREYS, OPENINGS, UNDERGROUND = "bim_model", "building", "storey", "opening", "underground"
_KINDS = {"buildings": int, "georef_level": int} | dict.fromkeys(
    ("map_x", "map_y", "origin_z", "map_bearing_deg"), float
)
TABLES = (MODELS, BUILDINGS, STOREYS, OPENINGS, UNDERGROUND)


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
        return Path(self.path or self.id).name or self.id

    @property
    def folder(self) -> str:
        """The folder of the models, by the rule that the id is the path below it; '' where it is not."""
        path = self.path.replace("\\", "/")
        return path[: -len(self.id) - 1] if self.id and path.endswith(f"/{self.id}") else ""


@dataclass(frozen=True)
class Card:
    """What is known of one building, and of the model that it was read from."""

    model: ModelRow | None = None
    building: dict[str, Any] | None = None
    others: tuple[tuple[str, str], ...] = ()  # id and name of every building of the model
    storeys: tuple[dict[str, Any], ...] = ()
    openings: tuple[dict[str, Any], ...] = ()
    underground: tuple[dict[str, Any], ...] = ()
    risk: dict[str, Any] | None = None
    shapes: tuple[QgsGeometry, ...] = ()  # of every building of the model
    crs: QgsCoordinateReferenceSystem = field(default_factory=QgsCoordinateReferenceSystem)


@dataclass(frozen=True)
class _Open:
    """A table that can be read in this thread; `keep` is alive as long as it is."""

    source: QgsAbstractFeatureSource
    fields: QgsFields
    crs: QgsCoordinateReferenceSystem
    keep: Any = None

    def rows(self, request: QgsFeatureRequest) -> Iterator[QgsFeature]:
        return self.source.getFeatures(request)


@dataclass(frozen=True)
class ModelTables:
    """Where the rows of some models are: data sources of a twin base, or snapshots of a project's layers.

    Attributes
    ----------
    key : str
        What tells this from other places: 'layer:<id>', 'file:<path>' or 'postgres:<connection>/<schema>'.
    provider : str
        Of the data sources; '' for layers.
    uris : dict of str to str
        By table.
    snapshots : dict
        By table, as `snapshot` makes them.
    path : str
        The GeoPackage of a base that is one.
    connection, schema : str
        Those of a base in PostGIS.
    """

    key: str
    provider: str = ""
    uris: dict[str, str] = field(default_factory=dict)
    snapshots: dict[str, _Open] = field(default_factory=dict)
    path: str = ""
    connection: str = ""
    schema: str = ""

    @property
    def is_base(self) -> bool:
        return bool(self.uris)

    def has(self, table: str) -> bool:
        return table in self.snapshots or table in self.uris

    def open(self, table: str) -> _Open:
        """A table for reading in the calling thread.

        Raises
        ------
        ResourceError
            When the base is gone or cannot be opened.
        """
        if table in self.snapshots:
            return self.snapshots[table]
        if self.path and not Path(self.path).exists():
            raise ResourceError(f"'{self.path}' is not there any more: choose another twin base, or put it back.")
        options = QgsVectorLayer.LayerOptions(False)
        options.skipCrsValidation = True
        layer = QgsVectorLayer(self.uris[table], table, self.provider, options)
        if not layer.isValid():
            where = self.path or f"{self.connection}, {self.schema}"
            raise ResourceError(
                f"The table {table} of '{where}' cannot be opened: is it a twin base, and can it be reached? "
                "Run 'Update the twin base' on it."
            )
        return _Open(QgsVectorLayerFeatureSource(layer), layer.fields(), layer.crs(), layer)


def file_tables(path: str) -> ModelTables:
    """The tables of a twin base in a GeoPackage."""
    uris = {table: f"{path}|layername={table}" for table in TABLES}
    return ModelTables(f"file:{path}", "ogr", uris, path=path)


def postgres_tables(connection: str, schema: str) -> ModelTables:
    """The tables of a twin base in PostGIS, by the name of a connection in QGIS.

    Raises
    ------
    InputError
        When QGIS has no such connection.
    """
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    connections = metadata.connections(False) if metadata is not None else {}
    if connection not in connections:
        raise InputError(f"QGIS has no PostgreSQL connection '{connection}': make it in the browser panel.")
    uris = {}
    for table in TABLES:
        uri = QgsDataSourceUri(connections[connection].uri())
        uri.setDataSource(schema, table, "" if table == MODELS else "geom", "", "fid")
        uris[table] = uri.uri(False)
    key = f"postgres:{connection}/{schema}"
    return ModelTables(key, "postgres", uris, connection=connection, schema=schema)


def layer_tables(report: QgsVectorLayer, layers: dict[str, QgsVectorLayer]) -> ModelTables:
    """The layers of one run of twin:loadbim as they are now; taken on the main thread, read in any."""
    found = {MODELS: report, **layers}
    return ModelTables(f"layer:{report.id()}", snapshots={name: snapshot(layer) for name, layer in found.items()})


def snapshot(layer: QgsVectorLayer) -> _Open:
    """A layer's content for other threads; it stays readable when the layer is removed."""
    return _Open(QgsVectorLayerFeatureSource(layer), layer.fields(), layer.crs())


def read_models(tables: ModelTables, go_on: Callable[[], bool]) -> Iterator[list[ModelRow]]:
    """The models of a place in chunks of `CHUNK`, until `go_on` says no."""
    opened = tables.open(MODELS)
    wanted = [column.name for column in fields(ModelRow) if opened.fields.indexOf(column.name) >= 0]
    places = [opened.fields.indexOf(name) for name in wanted]
    request = QgsFeatureRequest()
    request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes(places)
    chunk: list[ModelRow] = []
    for feature in opened.rows(request):
        chunk.append(_model(feature, wanted))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
            if not go_on():
                return
    if chunk:
        yield chunk


def read_card(tables: ModelTables, model_id: str = "", building_id: str = "", risk: _Open | None = None) -> Card:
    """A building with all that belongs to it, by its own id, or the first one of a model."""
    opened = tables.open(BUILDINGS)
    if not model_id:
        own = next(_where(opened, "id", building_id), None)
        model_id = str(own["model_id"]) if own is not None else ""
    buildings = list(_where(opened, "model_id", model_id)) if model_id else []
    models = tables.open(MODELS)
    columns = [column.name for column in fields(ModelRow) if models.fields.indexOf(column.name) >= 0]
    model = next((_model(feature, columns) for feature in _where(models, "id", model_id)), None)
    chosen = next((item for item in buildings if item["id"] == building_id), buildings[0] if buildings else None)
    if chosen is None:
        return Card(model)
    identity = str(chosen["id"])
    shapes = tuple(QgsGeometry(item.geometry()) for item in buildings if not item.geometry().isNull())
    parts = {
        table: tuple(_plain(item) for item in _where(tables.open(table), "building_id", identity))
        for table in (STOREYS, OPENINGS, UNDERGROUND)
        if tables.has(table)
    }
    found = next(_where(risk, "id", identity), None) if risk is not None else None
    return Card(
        model,
        _plain(chosen),
        tuple((str(item["id"]), str(item["name"] or item["id"])) for item in buildings),
        parts.get(STOREYS, ()),
        parts.get(OPENINGS, ()),
        parts.get(UNDERGROUND, ()),
        _plain(found) if found is not None else None,
        shapes,
        opened.crs,
    )


def _where(opened: _Open, field_name: str, value: str) -> Iterator[QgsFeature]:
    """The rows with a value; a generator, so that what was opened lives until the last of them."""
    if opened.fields.indexOf(field_name) >= 0:
        request = QgsFeatureRequest()
        request.setFilterExpression(QgsExpression.createFieldEqualityExpression(field_name, value))
        yield from opened.rows(request)


def _plain(feature: QgsFeature) -> dict[str, Any]:
    values = zip(feature.fields().names(), feature.attributes(), strict=True)
    return {name: None if value == NULL else value for name, value in values}


def _model(feature: QgsFeature, names: list[str]) -> ModelRow:
    values: dict[str, Any] = {}
    for name in names:
        value = feature[name]
        if value is not None and value != NULL:
            values[name] = _KINDS.get(name, str)(value)
    return ModelRow(**{"id": "", **values})

"""What is to be published, as values that any thread may read: tables of a base, and layers with their style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsDataSourceUri,
    QgsFields,
    QgsMapLayer,
    QgsProject,
    QgsProviderConnectionException,
    QgsProviderRegistry,
    QgsReadWriteContext,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
    QgsWkbTypes,
)
from qgis.PyQt.QtXml import QDomDocument

from ...core.bim.tables import TABLES
from ...core.common.errors import InputError, ResourceError
from ...core.services import publish
from ..kernel import resources
from ..postgres.postgres_connection import connection as find
from ..postgres.postgres_connection import passwords, twin_table


@dataclass(frozen=True)
class PublishedLayer:
    """A layer to publish under a name.

    Attributes
    ----------
    features : QgsVectorLayerFeatureSource
        Its rows as they are now.
    crs : QgsCoordinateReferenceSystem
        Of the geometries; of the coordinates in a table without geometry.
    style : str
        Name of a style of the plugin, "" for none.
    drawn : QDomDocument or None
        The layer's own style, which goes before.
    live : str
        Data source that QGIS Server is to read instead of the copy, "" for the copy.
    """

    name: str
    title: str
    keywords: tuple[str, ...]
    features: QgsVectorLayerFeatureSource
    fields: QgsFields
    kind: QgsWkbTypes.Type
    crs: QgsCoordinateReferenceSystem
    count: int
    style: str = ""
    drawn: QDomDocument | None = None
    live: str = ""

    @property
    def spatial(self) -> bool:
        """Whether its rows have geometries."""
        return self.kind != QgsWkbTypes.Type.NoGeometry


def file_sources(path: Path) -> list[PublishedLayer]:
    """The tables of a base in a GeoPackage.

    Raises
    ------
    InputError
        When there is none of them.
    """
    if not path.is_file():
        raise InputError(
            "There is no twin base '{path}': choose the GeoPackage that 'Update the twin base' wrote.", path=path
        )
    layers = [_open(f"{path}|layername={name}", name, "ogr") for name in publish.BASE]
    found = _with_crs([_base(layer) for layer in layers if layer.isValid()])
    if not found:
        raise InputError(
            "'{path}' holds no table of a twin base: choose the file that 'Update the twin base' wrote.", path=path
        )
    return found


def database_sources(connection: str, schema: str) -> tuple[list[PublishedLayer], QgsDataSourceUri, tuple[str, ...]]:
    """The tables of a base in PostGIS, the database without user, password and authentication, and its secrets.

    Raises
    ------
    InputError
        When there is no such connection, or none of the tables in the schema.
    ResourceError
        When the database cannot be reached.
    """
    known = find(connection)
    uri = QgsDataSourceUri(known.uri())
    if uri.service():
        raise InputError(
            "The connection '{connection}' names a service of PostgreSQL, which other machines do not know: "
            "publish with a connection that names host, port and database.",
            connection=connection,
        )
    try:
        there = {table.tableName() for table in known.tables(schema)}
    except QgsProviderConnectionException as error:
        raise ResourceError(
            "The database of the connection '{connection}' cannot be read: test the connection in QGIS's browser.",
            connection=connection,
        ) from error
    tables = [name for name in publish.BASE if name in there]
    layers = [_open(twin_table(uri, schema, name).uri(False), name, "postgres") for name in tables]
    found = _with_crs([_base(layer, bool(TABLES[layer.name()].geometry)) for layer in layers if layer.isValid()])
    if not found:
        raise InputError(
            "The schema '{schema}' holds no table of a twin base: give the one that it was written to.", schema=schema
        )
    bare = QgsDataSourceUri()
    bare.setConnection(uri.host(), uri.port(), uri.database(), "", "", uri.sslMode())
    return found, bare, tuple(passwords(uri))


def layer_sources(layers: Sequence[QgsVectorLayer], project: QgsProject | None) -> list[PublishedLayer]:
    """Further layers; to be called in the thread that they belong to.

    Layers of the project are published as they are drawn in it. Others come without a style, but for the colours that
    QGIS draws by lot: they get the plugin's style of their name, or a quiet one.
    """
    found: list[PublishedLayer] = []
    for layer in layers:
        title = _title(layer)
        name = publish.table_name(title, [*publish.BASE, *(source.name for source in found)])
        source = _source(layer, name, title, (title,))
        if project is not None and project.mapLayer(layer.id()) is not None:
            found.append(replace(source, drawn=_drawn(layer)))
        else:
            found.append(replace(source, style=name if resources.style(name).exists() else ""))
    return found


def _source(layer: QgsVectorLayer, name: str, title: str, keywords: tuple[str, ...]) -> PublishedLayer:
    features = QgsVectorLayerFeatureSource(layer)
    return PublishedLayer(
        name, title, keywords, features, layer.fields(), layer.wkbType(), layer.crs(), max(layer.featureCount(), 1)
    )


def _base(layer: QgsVectorLayer, live: bool = False) -> PublishedLayer:
    name = layer.name()
    title, keywords = publish.BASE[name]
    source = _source(layer, name, title, keywords)
    return replace(source, style=name, live=layer.source() if live else "")


def _with_crs(sources: list[PublishedLayer]) -> list[PublishedLayer]:
    """Tables without geometry hold their coordinates in the CRS of the others."""
    crs = next((source.crs for source in sources if source.spatial), QgsCoordinateReferenceSystem())
    return [source if source.spatial else replace(source, crs=crs) for source in sources]


def _drawn(layer: QgsMapLayer) -> QDomDocument:
    document = QDomDocument()
    layer.exportNamedStyle(document, QgsReadWriteContext())
    return document


def _title(layer: QgsVectorLayer) -> str:
    """Processing calls a table by the name of its file; then the table's own is better."""
    decoded = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    table, file = decoded.get("layerName"), Path(str(decoded.get("path") or "")).stem
    return str(table) if table and layer.name() == file else layer.name()


def _open(source: str, name: str, provider: str) -> QgsVectorLayer:
    options = QgsVectorLayer.LayerOptions(False)
    options.skipCrsValidation = True
    return QgsVectorLayer(source, name, provider, options)

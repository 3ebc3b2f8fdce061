"""The twin bases that a project shows or remembers, for every dock that works on one."""

from __future__ import annotations

from qgis.core import QgsDataSourceUri, QgsProject, QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.bim import model_tables
from ...bridge.bim.model_source import ModelSource
from ...bridge.bim.model_tables import READ_TABLES
from . import state

translate = QCoreApplication.translate

KNOWN = "buildings/bases"


def shown() -> list[ModelSource]:
    """The bases of which the project shows a table, and then those that it remembers; each once."""
    found = [base for layer in vectors() if (base := base_of(layer)) is not None]
    return list(dict.fromkeys((*found, *remembered())))


def remembered() -> list[ModelSource]:
    """The bases that the project remembers."""
    kept = state.recall(KNOWN, [])
    known = [ModelSource.parse(text) for text in kept if isinstance(text, str)] if isinstance(kept, list) else []
    return [source for source in known if source.is_base]


def remember(base: ModelSource) -> None:
    """Keep a base in the project."""
    if base not in remembered():
        state.remember(KNOWN, [known.text for known in (*remembered(), base)])


def base_title(base: ModelSource) -> str:
    """A base's name for people."""
    return translate("Sources", "Twin base {name}").format(name=base.name)


def base_of(layer: QgsVectorLayer) -> ModelSource | None:
    """The base that a layer shows a table of; None for other layers."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    if layer.providerType() == "ogr":
        path, table = str(parts.get("path") or ""), parts.get("layerName")
        ours = table in READ_TABLES and path.lower().endswith(".gpkg") and model_tables.is_base(path)
        return ModelSource(path=path) if ours else None
    if layer.providerType() == "postgres" and parts.get("table") in READ_TABLES:
        connection = _connection_of(layer.source())
        return ModelSource(connection=connection, schema=str(parts.get("schema"))) if connection else None
    return None


def _connection_of(source: str) -> str:
    """The name of QGIS's connection to the database of a data source; '' for none."""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    connections = metadata.connections(True) if metadata is not None else {}
    return next((name for name in connections if _database(connections[name].uri()) == _database(source)), "")


def _database(source: str) -> tuple[str, ...]:
    uri = QgsDataSourceUri(source)
    return uri.host(), uri.port(), uri.database(), uri.service()


def vectors() -> list[QgsVectorLayer]:
    """The vector layers of the project that can be read."""
    every = QgsProject.instance().mapLayers().values()
    return [layer for layer in every if isinstance(layer, QgsVectorLayer) and layer.isValid()]

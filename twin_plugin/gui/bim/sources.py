"""The model sources of a project: reports of runs and twin bases, with their tables and layers."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsDataSourceUri, QgsProject, QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from ...bridge.bim import model_tables
from ...bridge.bim.model_source import ModelSource
from ...bridge.bim.model_tables import BUILDINGS, MODELS, OPENINGS, READ_TABLES, STOREYS, UNDERGROUND, ModelTables
from ...core.common.errors import ResourceError
from ..common import project, result_layers, state

translate = QCoreApplication.translate

KNOWN = "buildings/bases"
_REPORT = {"id", "status", "reason", "path"}
_RISK = {"id", "level_m", "risk_class", "reason"}


def available() -> dict[ModelSource, str]:
    """Titles of the reports in the project, the newest first, and of the twin bases that it shows or remembers."""
    reports = result_layers.find("loadbim/REPORT")
    for layer in _vectors():
        if layer not in reports and set(layer.fields().names()) >= _REPORT and base_of(layer) is None:
            reports.append(layer)
    titles = {ModelSource(layer_id=layer.id()): _run_title(layer, reports) for layer in reports}
    bases = [base for layer in _vectors() if (base := base_of(layer)) is not None]
    return titles | {base: base_title(base) for base in (*bases, *remembered())}


def _run_title(layer: QgsVectorLayer, reports: Sequence[QgsVectorLayer]) -> str:
    """The layer's name, with the time of its run where another report has the same name."""
    run = QDateTime.fromString(str(layer.customProperty(result_layers.RUN) or ""), Qt.DateFormat.ISODateWithMs)
    if not run.isValid() or sum(other.name() == layer.name() for other in reports) < 2:
        return layer.name()
    return f"{QLocale().toString(run.toLocalTime().time(), QLocale.FormatType.ShortFormat)} · {layer.name()}"


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


def tables(source: ModelSource) -> ModelTables:
    """The tables of a source, to be read in any thread.

    Raises
    ------
    TwinError
        When its layers were removed, or QGIS lacks the connection.
    """
    if source.path:
        return model_tables.file_tables(source.path)
    if source.connection:
        return model_tables.postgres_tables(source.connection, source.schema)
    report = QgsProject.instance().mapLayer(source.layer_id)
    if not isinstance(report, QgsVectorLayer) or not report.isValid():
        text = translate("Sources", "The report is no longer in the project: load the models again.")
        raise ResourceError(text)
    return model_tables.layer_tables(report, layers(source))


def layers(source: ModelSource) -> dict[str, QgsVectorLayer]:
    """The layers of the project that show the tables of a source, without that of its models."""
    if not source.layer_id:
        return {table: layer for layer in _vectors() if (table := _table_of(layer, source)) and table != MODELS}
    report = QgsProject.instance().mapLayer(source.layer_id)
    own = report is not None and report.customProperty(result_layers.OUTPUT)
    result = {}
    for table, output in ((BUILDINGS, "BUILDINGS"), (STOREYS, "STOREYS"), (OPENINGS, "OPENINGS")):
        layer = result_layers.same_run(report, f"loadbim/{output}") if own else project.layer(f"loadbim/{output}")
        if isinstance(layer, QgsVectorLayer):
            result[table] = layer
    return result


def report_layer(source: ModelSource) -> QgsVectorLayer | None:
    """The project's layer of the models of a source."""
    if source.layer_id:
        layer = QgsProject.instance().mapLayer(source.layer_id)
        return layer if isinstance(layer, QgsVectorLayer) else None
    return next((layer for layer in _vectors() if _table_of(layer, source) == MODELS), None)


def risks() -> list[QgsVectorLayer]:
    """The results of twin:buildingrisk in the project, the newest first."""
    newest = [layer for layer in result_layers.find("buildingrisk/OUTPUT") if isinstance(layer, QgsVectorLayer)]
    others = [layer for layer in _vectors() if layer not in newest and set(layer.fields().names()) >= _RISK]
    return newest + others


def selectable() -> list[QgsVectorLayer]:
    """The layers whose selection on the map is a building: those of buildings, and of their risk."""
    return [layer for layer in _vectors() if is_of_models(layer) or set(layer.fields().names()) >= _RISK]


def is_of_models(layer: QgsVectorLayer) -> bool:
    """Whether the buildings of a layer come from models, whose tables say more of them."""
    return {"id", "model_id"} <= set(layer.fields().names())


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


def _table_of(layer: QgsVectorLayer, base: ModelSource) -> str | None:
    """The table of a base that a layer shows."""
    if base_of(layer) != base:
        return None
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    name = parts.get("layerName") or parts.get("table")
    return name if name in (MODELS, BUILDINGS, STOREYS, OPENINGS, UNDERGROUND) else None


def _connection_of(source: str) -> str:
    """The name of QGIS's connection to the database of a data source; '' for none."""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    connections = metadata.connections(True) if metadata is not None else {}
    return next((name for name in connections if _database(connections[name].uri()) == _database(source)), "")


def _database(source: str) -> tuple[str, ...]:
    uri = QgsDataSourceUri(source)
    return uri.host(), uri.port(), uri.database(), uri.service()


def _vectors() -> list[QgsVectorLayer]:
    every = QgsProject.instance().mapLayers().values()
    return [layer for layer in every if isinstance(layer, QgsVectorLayer) and layer.isValid()]

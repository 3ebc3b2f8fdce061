"""The model sources of a project: reports of runs and twin bases, with their tables and layers."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsProject, QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from ...bridge.bim import model_tables
from ...bridge.bim.model_source import ModelSource
from ...bridge.bim.model_tables import BUILDINGS, MODELS, OPENINGS, READ_TABLES, STOREYS, ModelTables
from ...core.common.errors import ResourceError
from ..common import bases, project, result_layers

translate = QCoreApplication.translate

_REPORT = {"id", "status", "reason", "path"}
_RISK = {"id", "level_m", "risk_class", "reason"}


def available() -> dict[ModelSource, str]:
    """Titles of the reports in the project, the newest first, and of the twin bases that it shows or remembers."""
    reports = result_layers.find("loadbim/REPORT")
    for layer in bases.vectors():
        if layer not in reports and set(layer.fields().names()) >= _REPORT and bases.base_of(layer) is None:
            reports.append(layer)
    titles = {ModelSource(layer_id=layer.id()): _run_title(layer, reports) for layer in reports}
    return titles | {base: bases.base_title(base) for base in bases.shown()}


def _run_title(layer: QgsVectorLayer, reports: Sequence[QgsVectorLayer]) -> str:
    """The layer's name, with the time of its run where another report has the same name."""
    run = QDateTime.fromString(str(layer.customProperty(result_layers.RUN) or ""), Qt.DateFormat.ISODateWithMs)
    if not run.isValid() or sum(other.name() == layer.name() for other in reports) < 2:
        return layer.name()
    return f"{QLocale().toString(run.toLocalTime().time(), QLocale.FormatType.ShortFormat)} · {layer.name()}"


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
        return {table: layer for layer in bases.vectors() if (table := _table_of(layer, source)) and table != MODELS}
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
    return next((layer for layer in bases.vectors() if _table_of(layer, source) == MODELS), None)


def risks() -> list[QgsVectorLayer]:
    """The results of twin:buildingrisk in the project, the newest first."""
    newest = [layer for layer in result_layers.find("buildingrisk/OUTPUT") if isinstance(layer, QgsVectorLayer)]
    others = [layer for layer in bases.vectors() if layer not in newest and set(layer.fields().names()) >= _RISK]
    return newest + others


def selectable() -> list[QgsVectorLayer]:
    """The layers whose selection on the map is a building: those of buildings, and of their risk."""
    return [layer for layer in bases.vectors() if is_of_models(layer) or set(layer.fields().names()) >= _RISK]


def is_of_models(layer: QgsVectorLayer) -> bool:
    """Whether the buildings of a layer come from models, whose tables say more of them."""
    return {"id", "model_id"} <= set(layer.fields().names())


def _table_of(layer: QgsVectorLayer, base: ModelSource) -> str | None:
    """The table of a base that a layer shows."""
    if bases.base_of(layer) != base:
        return None
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    name = parts.get("layerName") or parts.get("table")
    return name if name in READ_TABLES else None

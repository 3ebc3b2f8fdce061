"""Where the Buildings dock may take its models from: the runs and the twin bases that the project knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsDataSourceUri, QgsProject, QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from ...bridge.bim import model_tables
from ...bridge.bim.model_tables import BUILDINGS, MODELS, OPENINGS, STOREYS, TABLES, UNDERGROUND, ModelTables
from ...core.common.errors import ResourceError
from ..common import project, result_layers, state

KNOWN = "buildings/bases"
_REPORT = {"id", "status", "reason", "path"}
_RISK = {"id", "level_m", "risk_class", "reason"}


@dataclass(frozen=True)
class ModelSource:
    """One place with models: its key, as `ModelTables.key`, and its name for people."""

    key: str
    title: str

    @property
    def is_base(self) -> bool:
        return not self.key.startswith("layer:")


def found() -> list[ModelSource]:
    """The reports in the project, the newest first, and the twin bases that it shows or remembers."""
    reports = result_layers.find("loadbim/REPORT")
    for layer in _vectors():
        if layer not in reports and set(layer.fields().names()) >= _REPORT and base_of(layer) is None:
            reports.append(layer)
    sources = [ModelSource(f"layer:{layer.id()}", _run_title(layer, reports)) for layer in reports]
    bases = dict.fromkeys([*_bases_of_layers(), *remembered()])
    return sources + [ModelSource(key, base_title(key)) for key in bases]


def _run_title(layer: QgsVectorLayer, reports: Sequence[QgsVectorLayer]) -> str:
    """The layer's name, with the time of its run where another report has the same name."""
    run = QDateTime.fromString(str(layer.customProperty(result_layers.RUN) or ""), Qt.DateFormat.ISODateWithMs)
    if not run.isValid() or sum(other.name() == layer.name() for other in reports) < 2:
        return layer.name()
    return f"{QLocale().toString(run.toLocalTime().time(), QLocale.FormatType.ShortFormat)} · {layer.name()}"


def remembered() -> list[str]:
    """Keys of the bases that the project remembers."""
    kept = state.recall(KNOWN, [])
    return [key for key in kept if isinstance(key, str) and ":" in key] if isinstance(kept, list) else []


def remember(key: str) -> None:
    """Keep a base in the project."""
    if key not in remembered():
        state.remember(KNOWN, [*remembered(), key])


def base_title(key: str) -> str:
    """A base's name for people."""
    kind, _, place = key.partition(":")
    name = Path(place).name if kind == "file" else place
    return QCoreApplication.translate("Sources", "Twin base {name}").format(name=name)


def tables(key: str) -> ModelTables:
    """The tables of a source, to be read in any thread.

    Raises
    ------
    TwinError
        When its layers are gone, or QGIS lacks the connection.
    """
    kind, _, place = key.partition(":")
    if kind == "file":
        return model_tables.file_tables(place)
    if kind == "postgres":
        return model_tables.postgres_tables(*place.rsplit("/", 1))
    report = QgsProject.instance().mapLayer(place)
    if not isinstance(report, QgsVectorLayer) or not report.isValid():
        text = QCoreApplication.translate(
            "Sources", "The report is not in the project any more: load the models again."
        )
        raise ResourceError(text)
    return model_tables.layer_tables(report, layers(key))


def layers(key: str) -> dict[str, QgsVectorLayer]:
    """The layers of the project that show the tables of a source, without that of its models."""
    if not key.startswith("layer:"):
        return {table: layer for layer in _vectors() if (table := _table_of(layer, key)) and table != MODELS}
    report = QgsProject.instance().mapLayer(key.partition(":")[2])
    own = report is not None and report.customProperty(result_layers.OUTPUT)
    result = {}
    for table, output in ((BUILDINGS, "BUILDINGS"), (STOREYS, "STOREYS"), (OPENINGS, "OPENINGS")):
        layer = result_layers.same_run(report, f"loadbim/{output}") if own else project.layer(f"loadbim/{output}")
        if isinstance(layer, QgsVectorLayer):
            result[table] = layer
    return result


def report_layer(key: str) -> QgsVectorLayer | None:
    """The project's layer of the models of a source."""
    if key.startswith("layer:"):
        layer = QgsProject.instance().mapLayer(key.partition(":")[2])
        return layer if isinstance(layer, QgsVectorLayer) else None
    return next((layer for layer in _vectors() if _table_of(layer, key) == MODELS), None)


def risks() -> list[QgsVectorLayer]:
    """The results of twin:buildingrisk in the project, the newest first."""
    newest = [layer for layer in result_layers.find("buildingrisk/OUTPUT") if isinstance(layer, QgsVectorLayer)]
    others = [layer for layer in _vectors() if layer not in newest and set(layer.fields().names()) >= _RISK]
    return newest + others


def selectable() -> list[QgsVectorLayer]:
    """The layers whose selection on the map is a building: those of buildings, and of their risk."""
    return [layer for layer in _vectors() if {"id", "model_id"} <= set(layer.fields().names())]


def base_of(layer: QgsVectorLayer) -> str | None:
    """The key of the base that a layer shows a table of; None for other layers."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    if layer.providerType() == "ogr":
        path, table = str(parts.get("path") or ""), parts.get("layerName")
        return f"file:{path}" if table in TABLES and path.lower().endswith(".gpkg") else None
    if layer.providerType() == "postgres" and parts.get("table") in TABLES:
        connection = _connection_of(layer.source())
        return f"postgres:{connection}/{parts.get('schema')}" if connection else None
    return None


def _table_of(layer: QgsVectorLayer, key: str) -> str | None:
    """The table of the base `key` that a layer shows."""
    if base_of(layer) != key:
        return None
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    name = parts.get("layerName") or parts.get("table")
    return name if name in (MODELS, BUILDINGS, STOREYS, OPENINGS, UNDERGROUND) else None


def _bases_of_layers() -> list[str]:
    return [key for layer in _vectors() if (key := base_of(layer)) is not None]


def _connection_of(source: str) -> str:
    """The name of QGIS's connection to the database of a data source; '' for none."""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    wanted = QgsDataSourceUri(source)
    for name, connection in (metadata.connections(True) if metadata is not None else {}).items():
        uri = QgsDataSourceUri(connection.uri())
        if (uri.host(), uri.port(), uri.database(), uri.service()) == (
            wanted.host(),
            wanted.port(),
            wanted.database(),
            wanted.service(),
        ):
            return str(name)
    return ""


def _vectors() -> list[QgsVectorLayer]:
    found_layers = QgsProject.instance().mapLayers().values()
    return [layer for layer in found_layers if isinstance(layer, QgsVectorLayer) and layer.isValid()]

"""Asks for a twin base: a GeoPackage, or a schema in PostGIS."""

from __future__ import annotations

from qgis.core import QgsProviderRegistry
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog, QWidget

from ...bridge.bim.model_source import ModelSource

DEFAULT_SCHEMA = "twin_base"
translate = QCoreApplication.translate


def ask_file(parent: QWidget) -> ModelSource:
    """Ask for the GeoPackage of a base; false where the user chose none."""
    title = translate("BaseQuestions", "Open a twin base")
    path, _ = QFileDialog.getOpenFileName(parent, title, "", "GeoPackage (*.gpkg)")
    return ModelSource(path=path)


def ask_postgis(parent: QWidget) -> ModelSource:
    """Ask for a connection of QGIS and a schema; false where the user chose none."""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    names = sorted(metadata.connections(False)) if metadata is not None else []
    text = translate(
        "BaseQuestions", "Connection/schema. Create connections in QGIS's browser panel, under PostgreSQL."
    )
    offers = [f"{name}/{DEFAULT_SCHEMA}" for name in names]
    title = translate("BaseQuestions", "Twin base in PostGIS")
    place, accepted = QInputDialog.getItem(parent, title, text, offers, 0, True)
    connection, _, schema = place.rpartition("/")
    return ModelSource(connection=connection, schema=schema) if accepted and connection else ModelSource()

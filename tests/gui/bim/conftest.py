"""The Buildings dock, a listed run, and a twin base."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsFeature,
    QgsProject,
    QgsVectorLayer,
)

from tests.gui.bim.model_layers import layer, parts
from twin_plugin.bridge.bim.geopackage_store import FileBase
from twin_plugin.core.bim.tables import BIM_MODEL


@pytest.fixture
def dock(make_desktop):
    return make_desktop().docks["buildings"]


@pytest.fixture
def listed(dock, wait_for):
    """A function that puts a report and its layers into the project and waits until it is listed."""

    def show(table: QgsVectorLayer, layers: dict[str, QgsVectorLayer] | None = None):
        QgsProject.instance().addMapLayers([table, *(layers or {}).values()])
        wait_for(lambda: len(dock.models.table.rows) == table.featureCount() and not dock.loader.busy())
        return dock

    return show


@pytest.fixture
def base(qgis_app, tmp_path):
    """A twin base in a folder with a space and Chinese characters, with two models and one that is gone."""
    path = tmp_path / "a 库" / "city base.gpkg"
    FileBase(path).close()
    values = {"status": "ok", "buildings": 1, "georef_level": 50, "path": "/data/models/a/one.ifc", "id": "a/one.ifc"}
    models = layer(
        "x",
        "NoGeometry",
        BIM_MODEL.columns,
        [
            ("", values),
            (
                "",
                values
                | {
                    "id": "two.ifc",
                    "path": "/data/models/two.ifc",
                    "status": "failed",
                    "reason": "no end",
                    "buildings": 0,
                },
            ),
            ("", values | {"id": "old.ifc", "path": "/data/models/old.ifc", "valid_to": "2026-01-01T00:00:00Z"}),
        ],
    )
    for table, content in {"bim_model": models, **parts("a/one.ifc")}.items():
        target = QgsVectorLayer(f"{path}|layername={table}", table, "ogr")
        for feature in content.getFeatures():
            copy = QgsFeature(target.fields())
            copy.setGeometry(feature.geometry())
            for name in content.fields().names():
                copy[name] = feature[name]
            assert target.dataProvider().addFeature(copy)
    return path

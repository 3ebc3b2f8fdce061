"""The Buildings dock, a listed run, and a twin base."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject, QgsVectorLayer

from tests.gui.bim.model_layers import write_base


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
    write_base(path)
    return path

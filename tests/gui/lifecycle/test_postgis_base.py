"""The Life cycle dock on a twin base in PostGIS: the same list, card and forms, and no password in the history."""

from __future__ import annotations

import pytest
from qgis.core import QgsDataSourceUri, QgsProviderRegistry

from tools.servers.postgis import PASSWORD, USER
from twin_plugin.bridge.bim.model_source import ModelSource
from twin_plugin.bridge.bim.run import open_base
from twin_plugin.gui.lifecycle.life_actions import ADVANCE, RECORD

NAME, SCHEMA = "life 城", "life_gui"


@pytest.fixture
def connection(postgis, qgis_plugin):
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    if metadata is None:
        pytest.skip("this QGIS has no provider for PostgreSQL")
    uri = QgsDataSourceUri()
    uri.setConnection("127.0.0.1", str(postgis.port), "postgres", USER, PASSWORD)
    made = metadata.createConnection(uri.uri(False), {"saveUsername": True, "savePassword": True})
    metadata.saveConnection(made, NAME)
    open_base("", NAME, SCHEMA, lambda *_: True).close()
    made.executeSql(f"INSERT INTO {SCHEMA}.building (id, name) VALUES ('m/a', '楼 <b>A</b>'), ('m/b', 'B')")  # noqa: S608
    yield made
    made.executeSql(f"DROP SCHEMA {SCHEMA} CASCADE")
    metadata.deleteConnection(NAME)


def test_a_base_in_postgis_is_shown_and_changed(make_desktop, connection, wait_for):
    dock = make_desktop().docks["lifecycle"]
    dock.setFloating(True)
    dock.show()
    dock.source.choose(ModelSource(connection=NAME, schema=SCHEMA))
    wait_for(lambda: len(dock.status.rows) == 2)
    assert "No stage is on record yet" in dock.notice.text.text()
    dock.list.select({"m/a"})
    dock.card.advance_button.click()
    form = dock.forms[ADVANCE]
    form.form.set_value("STAGE", "design")
    form.go.click()
    wait_for(lambda: not dock.busy() and not dock.reader.busy() and dock.list.rows["m/a"].stage == "design")
    dock.list.select({"m/a"})
    wait_for(lambda: dock.card.papers_box.isVisibleTo(dock))
    assert "design" in dock.card.history.text()
    dock.card.record_button.click()
    form = dock.forms[RECORD]
    form.form.set_value("KIND", "check failed")
    form.form.set_value("NAME", "sunlight <i>")
    form.go.click()
    wait_for(lambda: not dock.busy() and not dock.reader.busy())
    wait_for(lambda: "✗ sunlight <i>" in dock.card.papers.text())
    assert PASSWORD not in str(dock.panel.runner._ended[-1].parameters)

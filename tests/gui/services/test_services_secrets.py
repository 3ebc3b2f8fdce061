"""A password that the services dock was given is in no setting, project, history, log or file that it leaves."""

from __future__ import annotations

import base64

import pytest
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.gui import QgsGui  # noqa: TID251

from tests.end_to_end.test_secrets import api, forms, found_in, identifier
from tests.gui.services.test_services_live import (  # noqa: F401 - fixtures are used by name
    choose,
    connect,
    dock,
    no_memory,
)
from tests.hostile import Server
from twin_plugin.gui.services.favourites import snapshot_of


@pytest.fixture
def told():
    """All that the message log said."""
    texts = []
    log = QgsApplication.messageLog()

    def heard(message, tag, level):
        texts.append(f"{tag}: {message}")

    log.messageReceived.connect(heard)
    yield texts
    log.messageReceived.disconnect(heard)


def kept() -> str:
    """All of QGIS's settings and of Processing's history."""
    store = QgsSettings()
    settings = [f"{key}={store.value(key)!r}" for key in store.allKeys()]
    history = [repr(entry.entry) for entry in QgsGui.historyProviderRegistry().queryEntries()]
    return "\n".join((*settings, *history))


def shown(dock) -> str:  # noqa: F811
    """All texts of the dock."""
    from qgis.PyQt.QtWidgets import QLabel

    return "\n".join(label.text() + label.toolTip() for label in dock.findChildren(QLabel))


def test_a_service_with_a_login_in_the_dock(
    dock,  # noqa: F811
    wait_for,
    credentials,
    canary,
    told,
    tmp_path,
    answer_questions,
):
    name = credentials()
    asked = answer_questions(True)
    login = f"Basic {base64.b64encode(f'twin:{canary}'.encode()).decode()}"
    with Server() as server:
        api(server, lambda asked: asked.headers.get("authorization") == login)
        dock.sources.auth.setConfigId(identifier(name))
        connect(dock, wait_for, server.url("/api"))
        record = choose(dock, wait_for, lambda r: r.layer == "rain")
        assert record.auth == name
        dock.start()
        wait_for(lambda: QgsProject.instance().mapLayers(), 60)
        dock.queries.run_query({"LIMIT": 2})
        wait_for(lambda: not dock.busy() and len(QgsProject.instance().mapLayers()) == 2, 60)
        dock._unfold(dock.queries.group)
        dock.queries.form.keep("mine 我的")
        dock.queries.save_offline(record)
        wait_for(lambda: not dock.busy() and snapshot_of(record.id) is not None, 60)
        dock.catalogue.check_all()
        wait_for(lambda: not dock.busy(), 60)
        for suffix in ("qgs", "qgz"):
            assert QgsProject.instance().write(str(tmp_path / f"saved.{suffix}"))
        assert found_in(snapshot_of(record.id).file().parent, canary) == []
        everything = "\n".join((kept(), shown(dock), *told))
    assert found_in(tmp_path, canary) == []
    assert len(asked) == 1, "once for a login and a server"
    assert not any(form.decode("latin-1") in everything for form in forms(canary))
    assert record.id in everything, "what is searched holds what may be told"
    assert identifier(name) in everything


@pytest.mark.parametrize(
    "url", ["http://twin:{}@127.0.0.1:9/api", "http://127.0.0.1:9/api?token={}", "127.0.0.1:9/api?tk={}"]
)
def test_an_address_with_a_secret_in_the_dock(dock, wait_for, canary, told, tmp_path, url):  # noqa: F811
    dock.sources.url.setText(url.format(canary))
    dock.catalogue.harvest()
    wait_for(lambda: not dock.busy(), 60)
    assert "authentication" in dock.panel.notice.text.text()
    assert QgsProject.instance().write(str(tmp_path / "saved.qgs"))
    assert found_in(tmp_path, canary) == []
    assert canary not in "\n".join((kept(), shown(dock), *told))

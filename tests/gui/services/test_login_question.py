"""The dock asks before a login goes to a server that was not confirmed for it, and sends nothing without a yes."""

from __future__ import annotations

from contextlib import closing

import pytest
from qgis.core import QgsProject

from tests.end_to_end.test_secrets import api, identifier
from tests.gui.services.test_services_live import (  # noqa: F401 - fixtures are used by name
    choose,
    dock,
    no_memory,
)
from tests.hostile import Server, reply
from twin_plugin.bridge.net import auth
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord, record_id


@pytest.fixture
def server():
    with Server() as made:
        api(made, lambda asked: "authorization" in asked.headers)
        made.answers["/sta"] = reply(b"{}")
        yield made


@pytest.fixture
def login(credentials):
    return credentials("city login")


@pytest.fixture
def foreign(dock, server, login, tmp_path, wait_for):  # noqa: F811
    """The dock at a catalogue of somebody else, whose records name the user's login; one of them is chosen."""
    path = tmp_path / "theirs.gpkg"
    given = [
        ServiceRecord(record_id(protocol, server.url(path), layer), f"{protocol.value} <b>service</b>", protocol,
                      server.url(path), layer, auth=login)
        for protocol, path, layer in (
            (ServiceProtocol.OGC_FEATURES, "/api", "rain"), (ServiceProtocol.SENSORTHINGS, "/sta/v1.1", "Rain"),
        )
    ]  # fmt: skip
    with closing(FileCatalogue(path, create=True)) as catalogue:
        catalogue.apply(given)
    dock.choose_catalogue(str(path))
    wait_for(lambda: dock.search.list.rows.records)
    choose(dock, wait_for, lambda record: record.layer == "rain")
    return dock


def logins(server):
    return [asked for asked in server.asked if "authorization" in asked.headers]


def test_a_service_that_is_only_looked_at_asks_nothing(foreign, server, answer_questions, wait_for):
    asked = answer_questions(True)
    foreign.card.rows.setCollapsed(False)
    wait_for(lambda: "not sent" in foreign.card.table_note.text(), 30)
    assert asked == []
    assert server.asked == []


def test_without_a_yes_nothing_is_asked(foreign, server, login, answer_questions, wait_for, settle):
    asked = answer_questions(False)
    sensors = next(record for record in foreign.search.list.rows.records if record.layer == "Rain")
    actions = (
        foreign.start,
        lambda: foreign.layers.check(foreign.card.record),
        lambda: foreign.queries.run_query({"LIMIT": 2}),
        lambda: foreign.queries.save_offline(foreign.card.record),
        lambda: (foreign.watching.show_record(sensors), foreign.watching.start(60)),
    )
    for number, action in enumerate(actions, 1):
        foreign.panel.notice.clear()
        action()
        settle(200)
        assert len(asked) == number
        assert not foreign.busy()
        text = foreign.panel.notice.text.text()
        assert login in text
        assert "stays here" in text
    assert login in asked[0]
    assert f"http://127.0.0.1:{server.port}" in asked[0]
    assert foreign.card.record.title in asked[0]
    assert server.asked == []
    assert not foreign.watching.watches
    assert auth.unconfirmed(login, server.url()) is not None


def test_a_yes_is_kept_for_the_server(foreign, server, login, answer_questions, wait_for):
    asked = answer_questions(True)
    foreign.start()
    wait_for(lambda: QgsProject.instance().mapLayers(), 60)
    assert logins(server)
    foreign.queries.run_query({"LIMIT": 2})
    wait_for(lambda: not foreign.busy() and len(QgsProject.instance().mapLayers()) == 2, 60)
    assert len(asked) == 1
    assert auth.unconfirmed(login, server.url()) is None
    assert auth.unconfirmed(login, "http://127.0.0.1:9/") is not None


def test_a_check_of_all_asks_nobody_and_sends_no_login(foreign, server, answer_questions, wait_for):
    asked = answer_questions(True)
    foreign.catalogue.check_all()
    wait_for(lambda: not foreign.busy(), 60)
    assert asked == []
    assert server.asked == []
    wait_for(lambda: "not sent" in foreign.card.record.health_reason, 30)


@pytest.mark.parametrize("yes", [False, True])
def test_a_source_is_connected_with_a_login_after_a_yes(dock, server, login, answer_questions, wait_for, settle, yes):  # noqa: F811
    asked = answer_questions(yes)
    dock.sources.auth.setConfigId(identifier(login))
    dock.sources.url.setText(server.url("/api"))
    dock.catalogue.harvest()
    settle(200)
    wait_for(lambda: not dock.busy(), 60)
    assert len(asked) == 1
    assert bool(logins(server)) is yes
    assert bool(server.asked) is yes


def test_words_of_a_catalogue_are_shown_as_they_are(foreign, answer_questions, settle):
    from qgis.PyQt.QtCore import Qt

    from twin_plugin.gui.widgets.question_dialog import QuestionDialog
    from twin_plugin.processing.question import Question

    asked = answer_questions(False)
    foreign.start()
    settle(100)
    assert "<b>service</b>" in asked[0]
    dialog = QuestionDialog(Question("t", "<b>x</b>", "[%1+1%] & <i>y</i>", "Yes", "", lambda: None))
    for label, text in ((dialog.text, "<b>x</b>"), (dialog.detail, "[%1+1%] & <i>y</i>")):
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert label.text() == text
    assert dialog.no.isDefault()
    assert not dialog.yes.isDefault()
    dialog.deleteLater()

"""The services dock: searches off the main thread, lists page by page, and does what its buttons say."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsSettings
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QGroupBox, QLineEdit, QPushButton

from tests.catalogue_records import by_use, made_records
from twin_plugin.bridge.services.catalogues import open_catalogue
from twin_plugin.bridge.services.preview import Preview
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services.adapter import Description, Field, State
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.catalogue.sanitize import sanitized
from twin_plugin.core.services.catalogue.store import Search, SearchPage
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health, Link, ServiceRecord, record_id
from twin_plugin.gui.common.background import Background
from twin_plugin.gui.services import favourites
from twin_plugin.gui.services.catalogue_search import PAGE, CatalogueLocation, Finder
from twin_plugin.gui.services.favourites import SavedQuery, Snapshot

COUNT = 900


@pytest.fixture(autouse=True)
def no_memory(qgis_app):
    """Nothing is remembered from one test to the next."""
    store = QgsSettings()
    store.remove("city_twin/services")
    yield
    store.remove("city_twin/services")


@pytest.fixture(scope="module")
def records():
    return [replace(sanitized(record)[0], gone="") for record in made_records(COUNT)]


@pytest.fixture
def path(tmp_path, records):
    found = tmp_path / "the city's 目录" / "services 服务.gpkg"
    catalogue = open_catalogue(str(found), create=True)
    catalogue.apply(records)
    catalogue.close()
    return found


@pytest.fixture
def dock(make_desktop, path, wait_for):
    made = make_desktop().docks["services"]
    made.choose_catalogue(str(path))
    made.setFloating(True)
    made.show()
    made.resize(320, 900)
    wait_for(lambda: made.search.list.rows.records)
    return made


@pytest.fixture
def no_network(monkeypatch):
    """The card's looks answer at once, and note what they were asked for and in which thread."""
    from twin_plugin.bridge.services import preview

    asked = []

    def describe(record, progress):
        asked.append(("describe", record.id, threading.current_thread()))
        return Preview(
            record.id, Description(fields=(Field("level", "real", unit="m"),)), b"", (Field("level", "real"),)
        )

    def sample(record, progress):
        asked.append(("sample", record.id, threading.current_thread()))
        return Preview(record.id, None, b"", (Field("level", "real", unit="m"),), ((1.5,), (None,)), ("a note",))

    monkeypatch.setattr(preview, "describe", describe)
    monkeypatch.setattr(preview, "sample", sample)
    return asked


def choose(dock, record):
    dock.search.filters.text.setText("")
    return dock.search.list.go_to(record.id)


def test_an_empty_place_teaches_and_leads(make_desktop, tmp_path, settle):
    dock = make_desktop().docks["services"]
    dock.choose_catalogue(str(tmp_path / "none.gpkg"))
    dock.show()
    settle()
    assert dock.search.empty.isVisibleTo(dock)
    assert not dock.search.list.isVisibleTo(dock)
    first = dock.search.empty.findChild(QPushButton)
    first.click()
    assert not dock.sources_group.isCollapsed()
    assert not dock.primary.isEnabled()


def test_the_list_is_the_catalogues_answer_page_by_page(dock, records, wait_for):
    rows = dock.search.list.rows
    assert rows.total == COUNT
    assert rows.rowCount() == 200
    assert words_of(dock.search.count) == str(COUNT)
    while rows.canFetchMore(QModelIndex()):
        before = rows.rowCount()
        rows.fetchMore(QModelIndex())
        assert not rows.canFetchMore(QModelIndex()), "one page is asked for at a time"
        wait_for(lambda before=before: rows.rowCount() > before)
    assert len({record.id for record in rows.records}) == COUNT
    assert [record.title for record in rows.records] == [record.title for record in sorted(records, key=by_use)]


def load_all(dock, wait_for):
    """Scroll to the end of the list."""
    rows = dock.search.list.rows
    while rows.canFetchMore(QModelIndex()):
        before = rows.rowCount()
        rows.fetchMore(QModelIndex())
        wait_for(lambda before=before: rows.rowCount() > before)


def words_of(label):
    return "".join(character for character in label.text() if character.isdigit())


def test_searching_as_one_types(dock, wait_for, records):
    for end in range(1, 5):
        dock.search.filters.text.setText("waterlogging"[: 3 * end])
    wait_for(lambda: dock.search.finder.search.text == "waterlogging" and dock.search.list.rows.total < COUNT)
    expected = sum("waterlogging" in text(record) for record in records)
    wait_for(lambda: dock.search.list.rows.total == expected)
    dock.search.filters.text.setText("nothing like that")
    wait_for(lambda: dock.search.list.rows.total == 0)
    assert "take out" in dock.search.count.text()
    dock.search.filters.clear()
    wait_for(lambda: dock.search.list.rows.total == COUNT)


def text(record):
    return " ".join((record.title, record.description, *record.keywords, record.layer)).lower()


def test_counts_of_the_tree_and_choosing_in_it(dock, wait_for, records):
    tree = dock.search.tree
    for code in ("C07", "B04"):
        assert int(words_of_item(tree, code)) == sum(record.subdivision == code for record in records)
    sums = sum(record.subdivision.startswith("C") for record in records)
    assert int(words_of_item(tree, "C")) == sums
    tree.items["C"].setSelected(True)
    wait_for(lambda: dock.search.list.rows.total == sums)
    assert int(words_of_item(tree, "B04")) == sum(record.subdivision == "B04" for record in records)
    tree.tree.setFocus()
    from qgis.PyQt.QtTest import QTest

    QTest.keyClick(tree.tree, Qt.Key.Key_Escape)
    wait_for(lambda: dock.search.list.rows.total == COUNT)


def words_of_item(tree, code):
    return "".join(character for character in tree.items[code].text(1) if character.isdigit())


def test_filters(dock, wait_for, records, qgis_iface):
    alive = sum(record.health in (Health.ALIVE, Health.SLOW) for record in records)
    dock.search.filters.alive.setChecked(True)
    wait_for(lambda: dock.search.list.rows.total == alive)
    dock.search.filters.clear()
    dock.search.filters.protocol.setCurrentIndex(dock.search.filters.protocol.findData("wfs"))
    wait_for(lambda: dock.search.list.rows.total == sum(record.protocol is ServiceProtocol.WFS for record in records))
    dock.search.filters.clear()
    canvas = qgis_iface.mapCanvas()
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setExtent(QgsRectangle(5, 5, 6, 6))
    dock.search.filters.on_map.setChecked(True)
    wait_for(lambda: dock.search.finder.search.box is not None and 0 < dock.search.list.rows.total < COUNT)
    first = dock.search.finder.search.box
    canvas.setExtent(QgsRectangle(-175, -15, -174, -14))
    wait_for(lambda: dock.search.finder.search.box != first)
    assert dock.search.finder.search.box.west < -170


def test_what_servers_write_stays_text_in_a_tooltip(qgis_app, records):
    from twin_plugin.gui.services.service_list import ServiceModel

    rows = ServiceModel(str)
    written = "<img src='file:///etc/passwd'> & <b>more</b>"
    rows.show_page(SearchPage((replace(records[0], description=written),), 1, 0))
    tip = rows.data(rows.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip
    assert written in rows.data(rows.index(0), Qt.ItemDataRole.AccessibleTextRole)


def test_favourites_are_kept_in_the_profile(dock, wait_for, records):
    for record in records[:2]:
        favourites.set_star(record.id, True)
    dock.search.filters.favourites.setChecked(True)
    wait_for(lambda: dock.search.list.rows.total == 2)
    dock.search.list.setCurrentIndex(dock.search.list.rows.index(0))
    star = dock.card.buttons["star"]
    assert star.isChecked()
    star.click()
    assert len(favourites.stars()) == 1
    dock.search.run()
    wait_for(lambda: dock.search.list.rows.total == 1)
    favourites.set_star(favourites.stars()[0], False)
    dock.search.run()
    wait_for(lambda: dock.search.list.rows.total == 0)


def test_no_query_runs_on_the_main_thread(dock, wait_for, monkeypatch, no_network):
    main, threads = threading.main_thread(), []

    def noting(name):
        plain = getattr(FileCatalogue, name)

        def noted(self, *arguments):
            threads.append((name, threading.current_thread()))
            return plain(self, *arguments)

        monkeypatch.setattr(FileCatalogue, name, noted)

    for name in ("search", "facets", "get", "__init__"):
        noting(name)
    dock.search.filters.text.setText("南山")
    wait_for(lambda: dock.search.list.rows.total < COUNT)
    dock.search.filters.clear()
    wait_for(lambda: dock.search.list.rows.total == COUNT)
    dock.search.list.rows.fetchMore(QModelIndex())
    wait_for(lambda: len(dock.search.list.rows.records) > PAGE)
    dock.search.list.setCurrentIndex(dock.search.list.rows.index(1))
    dock.card.rows.setCollapsed(False)
    wait_for(lambda: dock.card.table.rowCount() == 2)
    assert {name for name, _ in threads} >= {"search", "facets"}
    assert all(thread is not main for _, thread in threads)
    assert all(thread is not main for *_, thread in no_network)


def test_a_newer_search_stops_the_older_one(dock, wait_for, monkeypatch):
    began, stopped = threading.Event(), threading.Event()
    plain = FileCatalogue.facets

    def slow(self, search):
        if search.text == "slow":
            began.set()
            end = time.monotonic() + 10
            while time.monotonic() < end and not stopped.is_set():
                time.sleep(0.005)
        return plain(self, search)

    monkeypatch.setattr(FileCatalogue, "facets", slow)
    monkeypatch.setattr(FileCatalogue, "interrupt", lambda self: stopped.set())
    dock.search.filters.text.setText("slow")
    wait_for(began.is_set)
    dock.search.filters.text.setText("Zebra")
    wait_for(lambda: dock.search.finder.search.text == "Zebra" and 0 < dock.search.list.rows.total < COUNT)
    assert stopped.is_set()


def test_the_card_tells_what_the_catalogue_knows(dock, records, no_network, wait_for, settle):
    load_all(dock, wait_for)
    one = next(r for r in dock.search.list.rows.records if r.health is Health.DEAD and r.box and not r.made)
    named = replace(
        one,
        title="R&D's <b>",
        health_reason="no <answer>",
        links=(Link("javascript:alert(1)"), Link("https://a.example/<x>", title="b")),
    )
    dock.card.show_record(named)
    dock.card.details.setCollapsed(False)
    card = dock.card
    # As they are, and shown so: a label that is left to guess shows entities, or follows a server's tags.
    assert card.title.text() == named.title
    assert card.state.text.text() == "no <answer>"
    for label in (card.title, card.line, card.state.text, card.description, card.table_note):
        assert label.textFormat() == Qt.TextFormat.PlainText
    shown = [
        card.facts.itemAt(row, card.facts.ItemRole.FieldRole).widget().text() for row in range(card.facts.rowCount())
    ]
    assert not any("href" in item and "javascript" in item for item in shown)
    assert any('href="https://a.example/&lt;x&gt;"' in item for item in shown)
    dock.search.list.setCurrentIndex(dock.search.list.rows.index(dock.search.list.rows.records.index(one)))
    assert dock.band.band.isVisible()
    dock.hide()
    assert not dock.band.band.isVisible()


def test_a_look_fills_the_card_and_another_services_look_does_not(dock, no_network, wait_for):
    index = next(n for n, r in enumerate(dock.search.list.rows.records) if not r.made)
    dock.search.list.setCurrentIndex(dock.search.list.rows.index(index))
    record = dock.search.list.current()
    wait_for(lambda: dock.card.table.columnCount() == 1)
    dock.card.show_preview(Preview("another", Description(), b"", (Field("a"), Field("b"))))
    assert dock.card.table.columnCount() == 1
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.red)
    from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice

    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    dock.card.show_preview(Preview(record.id, Description(), bytes(store)))
    assert dock.card.legend.isVisibleTo(dock.card)
    dock.card.show_preview(Preview(record.id, Description(), b"no picture"))
    dock.card.rows.setCollapsed(False)
    wait_for(lambda: dock.card.table.rowCount() == 2)
    assert dock.card.table.item(0, 0).text() == "1.5"
    assert "a note" in dock.card.table_note.text()


def test_made_records_are_not_asked(dock, no_network, settle, wait_for):
    load_all(dock, wait_for)
    index = next(n for n, r in enumerate(dock.search.list.rows.records) if r.made)
    dock.search.list.setCurrentIndex(dock.search.list.rows.index(index))
    dock.card.rows.setCollapsed(False)
    settle(900)
    assert no_network == []
    assert not dock.primary.isEnabled()
    assert "synthetic" in dock.card.state.text.text()


def test_an_edit_is_written_shown_and_kept_selected(dock, wait_for, path, settle):
    from twin_plugin.gui.services.edit_dialog import EditDialog

    dock.search.list.setCurrentIndex(dock.search.list.rows.index(3))
    record = dock.search.list.current()
    dialog = EditDialog(record, dock.search.tree.taxonomy, False, dock)
    assert dialog.parameters() == {}
    dialog.title.setText("Mine 我的")
    dialog.keywords.setText("")
    dialog.subdivision.setCurrentIndex(dialog.subdivision.findData("C03"))
    changes = dialog.parameters()
    assert changes["TITLE"] == "Mine 我的"
    dock.catalogue.save_edit(record, changes)
    wait_for(lambda: not dock.busy())
    wait_for(
        lambda: (dock.card.record is not None and dock.card.record.title == "Mine 我的") or dock.card.record is None
    )
    catalogue = open_catalogue(str(path))
    kept = catalogue.one(record.id)
    catalogue.close()
    assert (kept.title, kept.subdivision, kept.keywords) == ("Mine 我的", "C03", ())
    assert "title" in kept.edited


def test_choosing_the_guessed_subdivision_confirms_it(dock):
    from dataclasses import replace

    from twin_plugin.gui.services.edit_dialog import EditDialog

    dock.search.list.setCurrentIndex(dock.search.list.rows.index(3))
    guessed = replace(dock.search.list.current(), subdivision="C03", subdivision_sure=0.5)
    dialog = EditDialog(guessed, dock.search.tree.taxonomy, False, dock)
    assert dialog.parameters() == {}
    dialog.subdivision.activated.emit(dialog.subdivision.currentIndex())
    assert dialog.parameters() == {"SUBDIVISION": "C03"}


def test_a_choice_that_the_dialog_does_not_offer_is_kept(dock):
    from twin_plugin.gui.services.edit_dialog import EditDialog

    dock.search.list.setCurrentIndex(dock.search.list.rows.index(3))
    record = replace(dock.search.list.current(), subdivision="Z99", subdivision_sure=1.0)
    dialog = EditDialog(record, dock.search.tree.taxonomy, False, dock)
    dialog.title.setText("Another")
    assert dialog.parameters() == {"TITLE": "Another"}


def test_what_others_write_is_seen(dock, wait_for, path):
    url = "https://new.example/wfs"
    catalogue = FileCatalogue(path, create=True)
    catalogue.apply([ServiceRecord(record_id(ServiceProtocol.WFS, url), "Brand new", ServiceProtocol.WFS, url)])
    catalogue.close()
    wait_for(lambda: dock.search.list.rows.total == COUNT + 1)


def test_another_catalogue_and_one_that_is_broken(dock, wait_for, tmp_path):
    broken = tmp_path / "broken.gpkg"
    broken.write_bytes(b"x" * 100)
    dock.choose_catalogue(str(broken))
    wait_for(lambda: dock.search.trouble.isVisibleTo(dock))
    assert "GeoPackage" in dock.search.trouble.text.text()
    assert dock.search.list.rows.rowCount() == 0
    empty = tmp_path / "empty.gpkg"
    open_catalogue(str(empty), create=True).close()
    dock.choose_catalogue(str(empty))
    wait_for(lambda: "empty" in dock.search.count.text())
    assert not dock.search.trouble.isVisibleTo(dock)


def test_the_project_remembers_its_catalogue(dock, path, tmp_path, settle, wait_for):
    project = QgsProject.instance()
    file = tmp_path / "kept.qgz"
    project.write(str(file))
    dock.choose_catalogue(str(tmp_path / "other.gpkg"))
    project.clear()
    settle()
    project.read(str(file))
    settle()
    assert dock.sources.location() == CatalogueLocation(str(path))


def test_the_project_remembers_its_filters(dock, path, tmp_path, settle, wait_for):
    project = QgsProject.instance()
    project.write(str(tmp_path / "plain.qgz"))
    assert not project.isDirty(), "looking marks nothing"
    dock.search.filters.alive.setChecked(True)
    wait_for(lambda: dock.search.list.rows.total < COUNT)
    project.write(str(tmp_path / "kept.qgz"))
    project.clear()
    settle()
    assert not dock.search.filters.alive.isChecked()
    project.read(str(tmp_path / "kept.qgz"))
    settle()
    assert dock.search.filters.alive.isChecked()


def test_the_button_runs_the_query_that_is_entered(qgis_plugin, widget):
    from twin_plugin.gui.services.query_panel import QueryPanel

    panel, asked = widget(lambda: QueryPanel(qgis_plugin.provider.algorithm("queryservice").create(), None)), []
    panel.wanted.connect(asked.append)
    panel.form.set_value("LIMIT", 7)
    panel.run_button.click()
    assert [values["LIMIT"] for values in asked] == [7]
    panel.form.let_go()


def test_everything_unfolded_fits_320_pixels(dock, no_network, wait_for, settle):
    index = next(
        n for n, r in enumerate(dock.search.list.rows.records) if r.protocol is ServiceProtocol.SENSORTHINGS and r.links
    )
    dock.search.list.setCurrentIndex(dock.search.list.rows.index(index))
    for group in dock.findChildren(QGroupBox):
        if hasattr(group, "setCollapsed"):
            group.setCollapsed(False)
    assert dock.queries.form is not None
    assert dock.watching.panel is not None
    settle(100)
    dock.resize(320, 900)
    settle(50)
    assert dock.minimumSizeHint().width() <= 320
    assert dock.scroll.widget().width() <= dock.scroll.viewport().width()
    inside = (QComboBox, QAbstractSpinBox, QLineEdit)
    bare = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in dock.widget().findChildren((QAbstractButton, QLineEdit, QComboBox))
        if widget.isVisibleTo(dock) and not widget.toolTip() and not isinstance(widget.parent(), inside)
    ]
    assert bare == []


def test_connecting_needs_an_address_and_takes_a_folder(dock, wait_for, tmp_path, monkeypatch):
    dock.sources.url.setText("")
    dock.catalogue.harvest()
    assert dock.panel.notice.isVisibleTo(dock)
    folder = tmp_path / "gis 数据"
    folder.mkdir()
    point = {"type": "Feature", "properties": {"a": 1}, "geometry": {"type": "Point", "coordinates": [114, 22.5]}}
    layer = {"type": "FeatureCollection", "features": [point]}
    (folder / "rain_gauges.geojson").write_text(json.dumps(layer), "utf-8")
    new = tmp_path / "deep" / "new.gpkg"
    dock.choose_catalogue(str(new))
    assert dock.search.empty.isVisibleTo(dock)
    dock.sources.url.setText(str(folder))
    dock.sources.connect_button.click()
    wait_for(lambda: not dock.busy())
    wait_for(lambda: dock.search.list.rows.total == 1)
    assert dock.search.list.rows.records[0].subdivision == "C03"
    assert not dock.search.empty.isVisibleTo(dock)


def test_saved_queries(qgis_app):
    query = SavedQuery("id1", "near 附近", {"FILTER": "level > 2", "LIMIT": 5})
    favourites.save_query(query)
    favourites.save_query(SavedQuery("id2", "other", {}))
    favourites.save_query(replace(query, parameters={"LIMIT": 6}))
    assert favourites.queries("id1") == [replace(query, parameters={"LIMIT": 6})]
    assert len(favourites.queries()) == 2
    favourites.remove_query(query)
    assert favourites.queries("id1") == []
    QgsSettings().setValue(favourites.QUERIES, "{broken")
    assert favourites.queries() == []


def test_snapshots_tell_their_age(qgis_new_project, tmp_path):
    project = QgsProject.instance()
    project.write(str(tmp_path / "p.qgz"))
    file = tmp_path / "offline" / "x.gpkg"
    file.parent.mkdir()
    file.touch()
    favourites.keep_snapshot(Snapshot("id", "Rain", str(file), time.time() - 590, "PT5M"))
    kept = favourites.snapshot_of("id")
    assert kept.path == "offline/x.gpkg", "it moves with the project"
    assert kept.file() == file
    assert kept.stale()
    assert "out of date" in kept.age()
    assert "10 min" in kept.age()
    assert not replace(kept, cadence="P1D").stale()
    assert not replace(kept, cadence="").stale()
    assert replace(kept, cadence="", made_s=time.time() - 2 * 86_400).stale()
    file.unlink()
    assert "deleted" in kept.age()
    assert favourites.snapshot_of("nothing") is None


CADENCES = {"PT5M": 300, "P1D": 86_400, "PT1H30M": 5_400, "": 0, "hourly": 0}


@pytest.mark.parametrize(("text", "seconds"), CADENCES.items())
def test_cadences(text, seconds):
    assert favourites.cadence_s(text) == seconds


def test_background_work_counts_only_the_newest(qgis_app, wait_for):
    background, results, failures = Background("test"), [], []
    background.done.connect(results.append)
    background.failed.connect(failures.append)
    began = threading.Event()

    def wait(ticket):
        began.set()
        while not ticket.stopped:
            time.sleep(0.001)
        return "old"

    background.ask(wait)
    assert began.wait(5)
    for number in range(5):
        background.ask(lambda ticket, number=number: number)
    wait_for(lambda: 4 in results)
    assert "old" not in results

    def fail(ticket):
        raise InputError("a reason")

    background.ask(fail)
    wait_for(lambda: failures == ["a reason"])
    background.ask(lambda ticket: 1 / 0)
    wait_for(lambda: len(failures) == 2)
    background.stop()
    assert not background.ask(lambda ticket: 1)


def test_the_finder_closes_its_catalogue(qgis_app, wait_for, path, monkeypatch):
    closed = threading.Event()
    plain = FileCatalogue.close
    monkeypatch.setattr(FileCatalogue, "close", lambda self: (closed.set(), plain(self))[1])
    finder, found = Finder(), []
    finder.found.connect(lambda page, facets: found.append((page, facets)))
    finder.ask(CatalogueLocation(str(path)), Search())
    wait_for(lambda: found)
    assert found[0][0].total == found[0][1].total == COUNT
    finder.stop()
    assert closed.is_set()


def test_a_service_that_does_not_answer_is_not_added(dock, wait_for, monkeypatch):
    from twin_plugin.bridge.services import preview, qgis_layers

    main, threads = threading.main_thread(), []

    def plan(record, fetch):
        threads.append(threading.current_thread())
        raise InputError("Nobody answers.")

    def probe(record, progress):
        threads.append(threading.current_thread())
        return State(Health.DENIED, 5.0, "It wants a password.")

    monkeypatch.setattr(qgis_layers, "plan", plan)
    monkeypatch.setattr(preview, "probe", probe)
    index = next(n for n, r in enumerate(dock.search.list.rows.records) if not r.made)
    dock.search.list.setCurrentIndex(dock.search.list.rows.index(index))
    dock.primary.click()
    assert not dock.primary.isEnabled()
    wait_for(lambda: "Nobody answers." in dock.panel.notice.text.text())
    assert dock.primary.isEnabled()
    assert not QgsProject.instance().mapLayers()
    dock.card.buttons["check"].click()
    wait_for(lambda: "wants a password" in dock.panel.notice.text.text())
    assert main not in threads
    assert len(threads) == 2


def test_closing_down_ends_the_threads(make_desktop, path, wait_for, settle):
    desktop = make_desktop()
    dock = desktop.docks["services"]
    dock.choose_catalogue(str(path))
    dock.setFloating(True)
    dock.show()
    wait_for(lambda: dock.search.list.rows.records)
    threads = [
        one._thread
        for one in (dock.search.finder._threads, dock.preview.describer, dock.preview.sampler, dock.layers.prober)
    ]
    assert any(thread is not None for thread in threads)
    desktop.remove()
    settle(50)
    assert all(thread is None or thread.isFinished() for thread in threads)
    assert Path(path).exists()
    assert not list(path.parent.glob("*-journal"))


def test_a_stop_that_comes_late_does_not_lose_the_newer_request(qgis_app, wait_for):
    from twin_plugin.core.common.errors import Cancelled

    background, results, calls = Background("test"), [], []
    background.done.connect(results.append)

    def hit_by_another(ticket):
        calls.append(1)
        if len(calls) < 3:
            raise Cancelled
        return "answer"

    background.ask(hit_by_another)
    wait_for(lambda: results == ["answer"])
    background.stop()

"""The list of models: ten thousand rows, sorting, filter and keys."""

from __future__ import annotations

import threading

from qgis.PyQt.QtCore import QEvent, QModelIndex, Qt, QTimer
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QApplication

from tests.gui.bim.model_layers import report, row
from twin_plugin.bridge.bim import model_tables
from twin_plugin.gui.bim.base_loader import Loader
from twin_plugin.gui.bim.model_list import ModelList
from twin_plugin.gui.bim.model_table import NAME, REASON, STATE, ModelTable


class Counting(ModelTable):
    """Counts what the view asks for."""

    asked = 0

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole):
        Counting.asked += 1
        return super().data(index, role)


def test_ten_thousand_rows_are_read_elsewhere_in_chunks_while_events_go_on(qgis_app, wait_for, monkeypatch):
    threads, events = set(), []
    real = model_tables._model
    monkeypatch.setattr(model_tables, "_model", lambda *a: (threads.add(threading.get_ident()), real(*a))[1])
    tables = model_tables.layer_tables(report(10_000), {})
    loader, ended = Loader(), []
    loader.rows.connect(lambda chunk: events.append(len(chunk)))
    loader.ended.connect(ended.append)
    ticks = QTimer()
    ticks.timeout.connect(lambda: events.append(0))
    ticks.start(0)
    loader.load(tables)
    assert events == [], "asking for the rows waits for none of them"
    wait_for(lambda: ended)
    ticks.stop()
    loader.stop()
    assert ended == [""]
    assert threads.isdisjoint({threading.get_ident()})
    assert sum(events) == 10_000
    assert max(events) <= 500
    assert 0 in events[: events.index(500) + 40], "the event loop turned meanwhile"


def test_the_view_asks_only_for_the_rows_that_it_shows(widget, settle, monkeypatch):
    monkeypatch.setattr("twin_plugin.gui.bim.model_list.ModelTable", Counting)
    models = widget(ModelList)
    models.resize(320, 400)
    models.show()
    Counting.asked = 0
    for start in range(0, 10_000, 500):
        models.add([row(number, reason=f"because{number % 7}") for number in range(start, start + 500)])
        settle()
    models.end()
    settle(30)
    for step in (
        lambda: models.view.sortByColumn(REASON, Qt.SortOrder.DescendingOrder),
        lambda: (models.filter.setText("because3"), models.apply_filter()),
        lambda: models.view.scrollToBottom(),
    ):
        step()
        settle(30)
    assert models.table.rowCount() == len([n for n in range(10_000) if n % 7 == 3])
    visible = models.view.height() // models.view.verticalHeader().defaultSectionSize() + 2
    assert 0 < Counting.asked < 10_000, f"{visible} rows are visible"


def test_sorting_and_filter_agree_with_plain_python(qgis_app):
    table = ModelTable()
    rows = [
        row(n, status="failed" if n % 5 == 0 else "ok", reason="Truncated 截断" if n % 5 == 0 else "")
        for n in (4, 0, 3, 5, 1)
    ]
    rows.append(row(9, georef_level=0))
    rows.append(row(8, valid_to="2026-01-01"))
    table.append(rows)
    table.settle()
    names = lambda: [table.index(n, NAME).data() for n in range(table.rowCount())]  # noqa: E731
    assert names() == sorted(item.name for item in rows)
    table.sort(NAME, Qt.SortOrder.DescendingOrder)
    assert names() == sorted((item.name for item in rows), reverse=True)
    table.sort(STATE, Qt.SortOrder.AscendingOrder)
    assert names()[:2] == ["model 00000.ifc", "model 00005.ifc"], "what needs a hand comes first"
    table.set_filter("截断 MODEL", "")
    assert sorted(names()) == ["model 00000.ifc", "model 00005.ifc"]
    table.set_filter("", "unplaced")
    assert names() == ["model 00009.ifc"]
    table.set_filter("", "gone")
    assert names() == ["model 00008.ifc"]
    table.set_filter("nowhere", "")
    assert names() == []
    assert table.index(0, 0).data() is None
    assert dict(table.counts) == {"failed": 2, "ok": 3, "unplaced": 1, "gone": 1}


def test_a_selected_row_stays_selected_through_sorting(widget):
    models = widget(ModelList)
    models.add([row(number) for number in range(20)])
    models.end()
    models.select("sub/model 00003.ifc")
    models.view.sortByColumn(NAME, Qt.SortOrder.DescendingOrder)
    assert models.current().id == "sub/model 00003.ifc"
    models.filter.setText("0001")
    models.apply_filter()
    assert models.current() is None


def test_the_keys_of_the_list_are_the_lists_own(widget):
    models, seen = widget(ModelList), []
    models.add([row(number) for number in range(3)])
    models.end()
    models.select("sub/model 00001.ifc")
    for name in ("zoom", "place", "read_again"):
        getattr(models, name).connect(lambda item, name=name: seen.append((name, item.id)))
    models.report.connect(lambda: seen.append(("report", "")))
    control = Qt.KeyboardModifier.ControlModifier
    for key, modifier in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_P, control),
        (Qt.Key.Key_R, control),
        (Qt.Key.Key_T, control),
    ):
        first = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
        first.ignore()
        QApplication.sendEvent(models.view, first)
        assert first.isAccepted(), "else QGIS's own shortcut, or nobody, would get it"
        QApplication.sendEvent(models.view, QKeyEvent(QEvent.Type.KeyPress, key, modifier))
    chosen = "sub/model 00001.ifc"
    assert seen == [("zoom", chosen), ("place", chosen), ("read_again", chosen), ("report", "")]
    QApplication.sendEvent(
        models.view, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    )
    assert models.current().id == "sub/model 00002.ifc", "other keys are the view's"


def test_a_narrow_list_shows_reason_or_place_below_the_name_and_scrolls_nowhere(widget, settle):
    models = widget(ModelList)
    models.add([row(1), row(2, status="failed", georef_level=0, georef_source="", reason="The file is no IFC model.")])
    models.end()
    models.resize(300, 500)
    models.show()
    settle()
    shown = [models.table.index(number, NAME).data() for number in range(2)]
    assert shown == ["model 00001.ifc\nmap conversion", "model 00002.ifc\nThe file is no IFC model."]
    assert models.view.isColumnHidden(REASON)
    assert models.view.horizontalScrollBar().maximum() == 0
    assert models.view.rowHeight(0) >= 2 * models.fontMetrics().height()
    models.resize(110 * models.fontMetrics().averageCharWidth(), 500)
    settle()
    assert models.table.index(1, NAME).data() == "model 00002.ifc"
    assert models.table.index(1, REASON).data() == "The file is no IFC model."
    assert not models.view.isColumnHidden(REASON)

"""The Buildings dock over runs and twin bases: listing, filter, sorting, the card, and what may go wrong."""

from __future__ import annotations

import shutil
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
    edit,
)
from qgis.PyQt.QtCore import QEvent, QModelIndex, Qt, QTimer
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QApplication

from twin_plugin.bridge.bim import hand_placement, model_tables
from twin_plugin.bridge.bim.geopackage_store import FileBase
from twin_plugin.bridge.bim.model_source import ModelSource
from twin_plugin.bridge.bim.model_tables import ModelRow
from twin_plugin.core.bim.tables import BIM_MODEL, BUILDING, OPENING, REPORT, STOREY
from twin_plugin.core.common.tables import Column
from twin_plugin.gui.bim import algorithm_calls, sources
from twin_plugin.gui.bim.base_loader import Loader
from twin_plugin.gui.bim.model_list import ModelList
from twin_plugin.gui.bim.model_table import NAME, REASON, STATE, ModelTable
from twin_plugin.gui.bim.placement_state import Placing
from twin_plugin.gui.bim.section import apart
from twin_plugin.gui.common import state

SQUARE = "MultiPolygon (((500000 2490000, 500012 2490000, 500012 2490010, 500000 2490010, 500000 2490000)))"
KINDS = {"text": "string", "real": "double", "integer": "integer", "long": "int8", "boolean": "bool"}


def row(number: int, **more) -> ModelRow:
    values = {"status": "ok", "buildings": 1, "georef_level": 50, "georef_source": "map conversion"} | more
    return ModelRow(f"sub/model {number:05d}.ifc", f"/data/models/sub/model {number:05d}.ifc", **values)


def layer(name: str, geometry: str, columns, rows) -> QgsVectorLayer:
    fields = "&".join(f"field={column.name}:{KINDS[column.kind]}" for column in columns)
    crs = "" if geometry == "NoGeometry" else "crs=EPSG:4547&"
    made = QgsVectorLayer(f"{geometry}?{crs}{fields}", name, "memory")
    features = []
    for wkt, values in rows:
        feature = QgsFeature(made.fields())
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        for key, value in values.items():
            feature[key] = value
        features.append(feature)
    made.dataProvider().addFeatures(features)
    return made


def report(count: int, **more) -> QgsVectorLayer:
    columns = list(REPORT.columns)
    rows = []
    for number in range(count):
        values = {"id": f"m{number}.ifc", "path": f"/data/m{number}.ifc", "status": "ok", "buildings": 1}
        rows.append(("", values | {"georef_level": 50, "reason": NULL} | more))
    return layer("Models read", "NoGeometry", columns, rows)


def parts(*models: str, placed: bool = True) -> dict[str, QgsVectorLayer]:
    """Layers of a building of two storeys with a door and a window for each model."""
    buildings, storeys, openings = [], [], []
    for model in models:
        identity = f"{model}/b"
        levels = {"ground_floor_elev_m": 3.0, "roof_elev_m": 9.5, "height_m": 6.5} if placed else {}
        buildings.append(
            (SQUARE if placed else "", {"id": identity, "model_id": model, "name": f"Of {model}"} | levels)
        )
        for number, elev in ((-1, 0.0), (0, 3.0), (1, 6.0)):
            at = {"elev_m": elev, "height_m": 3.0} if placed else {}
            storeys.append(
                ("", {"id": f"{model}/s{number}", "building_id": identity, "name": f"F{number}", "number": number} | at)
            )
        for kind, sill in (("door", 3.05), ("window", 0.9)):
            at = {"sill_elev_m": sill} if placed else {}
            openings.append(
                ("", {"id": f"{model}/{kind}", "building_id": identity, "storey_id": f"{model}/s0", "kind": kind} | at)
            )
    return {
        "building": layer("Buildings", "MultiPolygon", BUILDING.columns, buildings),
        "storey": layer("Storeys", "MultiPolygon", STOREY.columns, storeys),
        "opening": layer("Openings", "PointZ", OPENING.columns, openings),
    }


def risk(*models: str, level_m: float = 3.45) -> QgsVectorLayer:
    columns = [
        *BUILDING.columns,
        *(
            Column(*item.split(), "")
            for item in (
                "risk_class integer",
                "reason text",
                "level_m real",
                "depth_m real",
                "storeys_reached integer",
                "ingress_opening_id text",
            )
        ),
    ]
    values = {"risk_class": 3, "reason": "main door", "level_m": level_m, "depth_m": 0.6, "storeys_reached": 2}
    rows = [(SQUARE, {"id": f"{m}/b", "model_id": m, "ingress_opening_id": f"{m}/door"} | values) for m in models]
    return layer("Building risk", "MultiPolygon", columns, rows)


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


# Ten thousand rows


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
    assert ended == [""]
    assert threads.isdisjoint({threading.get_ident()})
    assert sum(events) == 10_000
    assert max(events) <= model_tables.CHUNK
    assert 0 in events[: events.index(model_tables.CHUNK) + 40], "the event loop turned meanwhile"


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


# A run in the project


def test_states_and_reasons_of_a_run(listed):
    table = report(3)
    ids = [feature.id() for feature in table.getFeatures()]
    names = table.fields()
    table.dataProvider().changeAttributeValues(
        {
            ids[1]: {
                names.indexOf("status"): "failed",
                names.indexOf("buildings"): 0,
                names.indexOf("reason"): "It is truncated.",
            },
            ids[2]: {names.indexOf("georef_level"): 0},
        }
    )
    dock = listed(table)
    assert "1 read" in dock.models.heading.text()
    assert "without a place" in dock.models.heading.text()
    dock.models.select("m1.ifc")
    zoom, place, again, *_ = dock.models.actions_
    assert not zoom.isEnabled()
    assert not place.isEnabled(), "what could not be read has no footprint to place"
    assert again.isEnabled()
    dock.models.actions_[5].trigger()
    assert QApplication.clipboard().text() == "It is truncated."
    dock.models.select("m2.ifc")
    assert place.isEnabled()


def test_the_card_of_a_model_with_the_water_of_a_result(listed, wait_for):
    dock = listed(report(2), parts("m0.ifc", "m1.ifc"))
    dock.models.select("m1.ifc")
    wait_for(lambda: dock.building.card.building is not None)
    card = dock.building.card
    assert card.building["id"] == "m1.ifc/b"
    assert len(card.storeys) == 3
    assert not dock.building.write_button.isEnabled()
    QgsProject.instance().addMapLayer(risk("m0.ifc", "m1.ifc"))
    wait_for(lambda: dock.building.card.risk is not None)
    shown = dock.building.section.profile
    assert shown.water_m == 3.45
    assert shown.ground_m == pytest.approx(2.85)
    assert shown.bottom_m == 0.0
    assert [sill.enters for sill in shown.sills if "door" in sill.text] == [True]
    assert dock.building.write_button.isEnabled()
    assert "F-1" in dock.building.section.summary()
    section = dock.building.section
    section.resize(300, section.sizeHint().height())
    assert section.y_of(3.0) if section.grab() and hasattr(section, "_body") else True
    assert section.y_of(6.0) < section.y_of(3.45) < section.y_of(3.0) < section.y_of(0.0)
    dock.building.results.setCurrentIndex(0)
    dock.building.result.emit("")
    wait_for(lambda: dock.building.card.risk is None)
    assert dock.building.section.profile.water_m is None


def test_the_full_dock_is_usable_at_320_pixels(listed, wait_for, settle):
    QgsProject.instance().addMapLayer(risk("m0.ifc"))
    dock = listed(report(30), parts("m0.ifc"))
    dock.models.select("m0.ifc")
    wait_for(lambda: dock.building.card.risk is not None)
    footprint = QgsGeometry.fromWkt("Polygon ((0 0, 12 0, 12 10, 0 10, 0 0))")
    local = hand_placement.LocalModel("m0.ifc", "/data/a long name of a model.ifc", footprint)
    dock.placement.start(
        Placing(local, QgsCoordinateReferenceSystem("EPSG:4547"), hand_placement.HandPlacement(5e5, 2.5e6))
    )
    dock.setFloating(True)
    dock.show()
    dock.resize(320, 700)
    settle(50)
    assert dock.minimumSizeHint().width() <= 320
    assert dock.scroll.widget().width() <= dock.scroll.viewport().width()
    dock.placement.give_up()


def test_a_building_without_a_place_says_why_there_is_no_section(listed, wait_for):
    dock = listed(report(1, georef_level=0), parts("m0.ifc", placed=False))
    dock.models.select("m0.ifc")
    wait_for(lambda: dock.building.card.building is not None)
    assert dock.building.section.profile is None
    assert "Place it" in dock.building.no_section.text()
    assert not dock.building.zoom_button.isEnabled()


def test_a_selection_on_the_map_shows_the_building_and_its_model(listed, wait_for):
    layers = parts("m0.ifc", "m1.ifc")
    dock = listed(report(2), layers)
    layers["building"].selectByExpression("\"model_id\" = 'm1.ifc'")
    wait_for(lambda: dock.building.card.building is not None)
    assert dock.building.card.building["model_id"] == "m1.ifc"
    assert dock.models.current().id == "m1.ifc"


def test_layers_removed_while_they_are_shown(listed, wait_for):
    layers = parts("m0.ifc")
    table = report(1)
    dock = listed(table, layers)
    dock.models.select("m0.ifc")
    wait_for(lambda: dock.building.card.building is not None)
    QgsProject.instance().removeMapLayer(layers["building"].id())
    dock.models.zoom.emit(dock.models.current())
    wait_for(lambda: dock.building.card.building is None)
    assert "no longer in the project" in dock.building.hint.text()
    dock.models.select("m0.ifc")
    QgsProject.instance().removeMapLayer(table.id())
    wait_for(lambda: not dock.models.table.rows)
    assert "Here every model" in dock.models.heading.text()


def test_a_list_that_is_still_coming_is_dropped_with_its_layer(dock, settle):
    table = report(3000)
    QgsProject.instance().addMapLayer(table)
    assert dock.loader.busy()
    QgsProject.instance().removeMapLayer(table.id())
    settle(300)
    assert dock.models.table.rows == []


def test_another_project_shows_its_own(listed, settle, tmp_path):
    dock = listed(report(4))
    QgsProject.instance().clear()
    settle(50)
    assert dock.models.table.rows == []
    assert not dock.choice.source


def test_the_list_is_not_read_again_for_layers_that_are_not_its_own(listed, settle):
    dock = listed(report(4))
    began = []
    dock.loader.began.connect(lambda: began.append(1))
    QgsProject.instance().addMapLayer(QgsVectorLayer("Point?crs=EPSG:4326", "p", "memory"))
    settle(50)
    assert began == []


# A twin base


def test_a_base_is_listed_searched_and_remembered(dock, base, wait_for, settle):
    source = ModelSource(path=str(base))
    dock.choice.choose(source)
    wait_for(lambda: len(dock.models.table.rows) == 3 and not dock.loader.busy())
    states = {item.id: item.state for item in dock.models.table.rows}
    assert states == {"a/one.ifc": "ok", "two.ifc": "failed", "old.ifc": "gone"}
    assert dock.inputs.form.value("FOLDER") == "/data/models", "the folder is what the ids leave of the paths"
    dock.models.select("a/one.ifc")
    wait_for(lambda: dock.building.card.building is not None)
    assert len(dock.building.card.openings) == 2
    wait_for(lambda: "folder" in dock.primary.text() or "base" in dock.primary.text())
    assert not dock.inputs.form.fields["MODELS"].isVisibleTo(dock)
    path = base.parent / "p.qgz"
    QgsProject.instance().write(str(path))
    QgsProject.instance().clear()
    settle(30)
    assert dock.models.table.rows == []
    QgsProject.instance().read(str(path))
    wait_for(lambda: len(dock.models.table.rows) == 3)
    assert dock.choice.source == source


def test_a_base_in_the_project_is_found_by_its_layers(dock, base, wait_for):
    QgsProject.instance().addMapLayer(QgsVectorLayer(f"{base}|layername=building", "b", "ogr"))
    wait_for(lambda: len(dock.models.table.rows) == 3)
    assert dock.choice.source.is_base


def test_the_layers_of_a_base_come_onto_the_map_once(dock, base, wait_for):
    dock.choice.choose(ModelSource(path=str(base)))
    for _ in range(2):
        dock.show_base()
        wait_for(lambda: len(sources.layers(dock.choice.source)) == 4)
    group = QgsProject.instance().layerTreeRoot().children()
    assert len(group) == 1
    assert {item.name() for item in QgsProject.instance().mapLayers().values()} == {
        "Buildings",
        "Storeys",
        "Openings",
        "Below ground",
    }


def test_a_base_that_is_deleted_is_told(dock, base, wait_for):
    dock.choice.choose(ModelSource(path=str(base)))
    wait_for(lambda: len(dock.models.table.rows) == 3 and not dock.loader.busy())
    base.unlink()
    dock.models.select("a/one.ifc")
    wait_for(lambda: "not there any more" in dock.building.hint.text())
    dock.reload()
    assert dock.models.table.rows == []
    assert "does not exist" in dock.models.heading.text()


def test_a_file_that_is_no_base_is_told(dock, tmp_path, wait_for):
    path = tmp_path / "other.gpkg"
    options = QgsVectorFileWriter.SaveVectorOptions()
    made = QgsVectorLayer("Point?crs=EPSG:4326&field=a:int", "p", "memory")
    QgsVectorFileWriter.writeAsVectorFormatV3(made, str(path), made.transformContext(), options)
    dock.choice.choose(ModelSource(path=str(path)))
    wait_for(lambda: dock.notice.isVisibleTo(dock))
    assert "twin base" in dock.notice.text.text()
    assert dock.models.table.rows == []


def test_a_connection_that_qgis_lacks_is_told(dock):
    dock.choice.choose(ModelSource(connection="nowhere", schema="twin_base"))
    assert "nowhere" in dock.notice.text.text()


def test_a_base_that_another_run_writes_can_be_read_and_is_not_written(dock, base, wait_for, tmp_path):
    """The lock is another writer's: the list is shown all the same, and the run says who has to end first."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "one.ifc").write_text("ISO-10303-21;")
    writer = FileBase(base)
    try:
        dock.choice.choose(ModelSource(path=str(base)))
        wait_for(lambda: len(dock.models.table.rows) == 3 and not dock.loader.busy())
        job = dock.reading.update_base(dock.choice.source, str(tmp_path / "models"), {})
        ended = []
        job.finished.connect(ended.append)
        wait_for(lambda: ended, 60)
        assert not ended[0].ok
        assert "Another run is updating" in dock.panel.notice.text.text()
    finally:
        writer.close()
    assert len(dock.models.table.rows) == 3


def test_a_base_whose_folder_is_not_known_asks_for_it(dock, base, wait_for):
    dock.choice.choose(ModelSource(path=str(base)))
    assert dock.reading.update_base(dock.choice.source, "", {}) is None
    assert "folder" in dock.notice.text.text()
    assert not dock.busy()


def test_read_again_asks_a_base_for_what_failed_and_a_run_for_the_same_again(dock, base, wait_for, listed):
    requests = []
    dock.shell.runner.started.connect(lambda job: requests.append(job.request))
    dock.choice.choose(ModelSource(path=str(base)))
    wait_for(lambda: len(dock.models.table.rows) == 3 and not dock.loader.busy())
    dock.models.select("two.ifc")
    dock.models.actions_[2].trigger()
    assert requests[-1].algorithm_id == "twin:updatetwinbase"
    assert requests[-1].parameters["RETRY"] is True
    assert requests[-1].parameters["FOLDER"] == "/data/models"
    assert requests[-1].parameters["TWIN_BASE"] == str(base)
    wait_for(lambda: not dock.busy())
    assert "/data/models" in dock.panel.notice.text.text(), "there is no such folder"
    dock.choice.choose(ModelSource())
    QgsProject.instance().addMapLayer(table := report(1))
    dock.choice.choose(ModelSource(layer_id=table.id()))
    wait_for(lambda: len(dock.models.table.rows) == 1 and not dock.loader.busy())
    dock.inputs.form.set_value("FOLDER", "")
    dock.models.select("m0.ifc")
    dock.models.actions_[2].trigger()
    assert requests[-1].algorithm_id == "twin:loadbim"
    assert requests[-1].parameters["MODELS"] == ["/data/m0.ifc"]
    wait_for(lambda: not dock.busy(), 60)


def test_the_choice_of_a_base_is_kept_in_the_project_only(dock, base):
    dock.choice.choose(ModelSource(path=str(base)))
    assert state.recall(sources.KNOWN) == [f"file:{base}"]
    QgsProject.instance().clear()
    assert sources.remembered() == []
    assert Path(base).exists()


# Back into the model


@pytest.mark.slow
def test_results_go_into_a_copy_of_the_model_and_the_card_says_where(dock, shared_data, wait_for, results, tmp_path):
    import ifcopenshell

    (tmp_path / "models 模型").mkdir()
    model = Path(shutil.copy(shared_data("ifc/AC20-FZK-Haus.ifc"), tmp_path / "models 模型"))
    before = model.read_bytes()
    dock.inputs.form.set_value("FOLDER", str(model.parent))
    dock.start()
    wait_for(lambda: len(dock.models.table.rows) == 1 and not dock.busy() and not dock.loader.busy(), 60)
    dock.models.select("AC20-FZK-Haus.ifc")
    wait_for(lambda: dock.building.card.building is not None)
    building = dock.building.card.building
    floor = building["ground_floor_elev_m"]
    columns = [
        *BUILDING.columns,
        *(
            Column(*item.split(), "")
            for item in ("risk_class integer", "reason text", "level_m real", "depth_m real", "storeys_reached integer")
        ),
    ]
    values = {"risk_class": 3, "reason": "made", "level_m": floor + 0.3, "depth_m": 0.5, "storeys_reached": 1}
    assessed = {name: building[name] for name in ("id", "model_id", "ground_floor_elev_m")} | values
    QgsProject.instance().addMapLayer(layer("Building risk", "MultiPolygon", columns, [(SQUARE, assessed)]))
    wait_for(lambda: dock.building.card.risk is not None)
    assert dock.building.section.profile.water_m == pytest.approx(floor + 0.3)
    dock.building.write_button.click()
    wait_for(lambda: dock.building.written.isVisibleTo(dock), 60)
    text = dock.building.written.text.text()
    (copy,) = results.rglob("*.ifc")
    assert str(copy) in text
    assert "1 storeys reached, 2 openings" in text
    (topics,) = results.rglob("*.bcfzip")
    assert topics.name in text
    assert model.read_bytes() == before
    sets = [item for item in ifcopenshell.open(str(copy)).by_type("IfcPropertySet") if item.Name == "Twin_FloodResult"]
    assert len(sets) == 4, "on the building, a storey and two doors"


def test_what_cannot_be_written_is_said_on_the_card(listed, wait_for):
    dock = listed(report(1), parts("m0.ifc"))
    QgsProject.instance().addMapLayer(risk("m0.ifc"))
    dock.models.select("m0.ifc")
    wait_for(lambda: dock.building.write_button.isEnabled() and dock.building.card.risk is not None)
    dock.building.write_button.click()
    wait_for(lambda: dock.building.written.isVisibleTo(dock), 30)
    assert "m0.ifc" in dock.building.written.text.text()


@pytest.mark.parametrize(
    ("asked", "made"),
    [({}, False), ({"LOD": "footprint", "SOLIDS_OF": "building"}, False), ({"LOD": "shell"}, True),
     ({"LOD": "storeys"}, True), ({"SOLIDS_OF": "class"}, True)],
)  # fmt: skip
def test_solids_are_made_where_more_than_footprints_is_asked_for(dock, asked, made):
    request = algorithm_calls.load(dock.inputs.options.algorithm, {"FOLDER": "/data/models", **asked})
    assert ("SOLIDS" in request.parameters) == ("SOLIDS" in request.layers) == made
    assert {"BUILDINGS", "STOREYS", "OPENINGS", "REPORT"} <= set(request.layers)
    assert "SOLIDS" in request.hidden


def test_options_of_layers_are_not_shown_for_a_base(dock):
    rows = ("LOD", "SOLIDS_OF", "DTM")
    for is_base in (True, False):
        dock.inputs.show_for(is_base)
        assert [dock.inputs.options.fields[name].isVisibleTo(dock.inputs.options) for name in rows] == [not is_base] * 3


@pytest.mark.parametrize(
    "places", [[199.0, 195.0, 180.0], [195.0, 190.0, 60.0], [150.0, 149.0, 148.0, 20.0], [30.0], []]
)
def test_labels_of_sills_do_not_lie_on_one_another(places):
    line, lowest = 16.0, 192.0
    found = apart(places, line, lowest)
    assert all(low - high >= line for low, high in pairwise(found))
    assert all(at <= min(place, lowest) for at, place in zip(found, places, strict=True))
    if len(places) > 2:
        assert found[-1] == min(places[-1], found[-2] - line)


def test_a_reason_that_the_class_says_already_is_not_said_twice(listed, wait_for):
    dock = listed(report(1), parts("m0.ifc"))
    for reason, shown in (("no water at the building", ""), ("main door under water", "main door under water")):
        layer_of_risk = risk("m0.ifc")
        with edit(layer_of_risk):
            feature = next(layer_of_risk.getFeatures())
            feature["risk_class"], feature["reason"] = (0 if not shown else 3), reason
            layer_of_risk.updateFeature(feature)
        QgsProject.instance().addMapLayer(layer_of_risk)
        dock.models.select("m0.ifc")
        wait_for(lambda reason=reason: (dock.building.card.risk or {}).get("reason") == reason)
        assert dock.building.reason.text() == shown
        assert dock.building.reason.isVisibleTo(dock.building) == bool(shown)
        QgsProject.instance().removeMapLayer(layer_of_risk.id())

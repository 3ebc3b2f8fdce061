"""The Buildings dock over a twin base: listing, its layers, and what may go wrong."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from tests.gui.bim.model_layers import report
from twin_plugin.bridge.bim.geopackage_store import FileBase
from twin_plugin.bridge.bim.model_source import ModelSource
from twin_plugin.core.bim.tables import SOLID
from twin_plugin.gui.bim import sources
from twin_plugin.gui.common import bases, state


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


def test_a_table_of_the_same_name_in_another_file_is_no_base(dock, tmp_path, settle):
    """The demo district has a table underground too: the dock would have updated that file in place."""
    path = tmp_path / "district.gpkg"
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "underground"
    made = QgsVectorLayer("Polygon?crs=EPSG:4547&field=id:string&field=building_id:string", "u", "memory")
    QgsVectorFileWriter.writeAsVectorFormatV3(made, str(path), made.transformContext(), options)
    layer = QgsVectorLayer(f"{path}|layername=underground", "u", "ogr")
    QgsProject.instance().addMapLayer(layer)
    settle(30)
    assert bases.base_of(layer) is None
    assert not any(source.is_base for source in sources.available())


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


def test_closed_shells_come_onto_the_map_hidden_where_the_base_has_some(dock, base, wait_for):
    writer = FileBase(base)
    values = {"id": "a/one.ifc/1", "building_id": "a/one.ifc/1", "lod": "1.2"}
    with writer.transaction():
        writer.insert(SOLID, [(None, values)])
    writer.close()
    dock.choice.choose(ModelSource(path=str(base)))
    dock.show_base()
    wait_for(lambda: len(sources.layers(dock.choice.source)) == 5)
    layer = sources.layers(dock.choice.source)["solid"]
    assert layer.name() == "Closed shells"
    assert not QgsProject.instance().layerTreeRoot().findLayer(layer.id()).isVisible()


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
    assert state.recall(bases.KNOWN) == [f"file:{base}"]
    QgsProject.instance().clear()
    assert bases.remembered() == []
    assert Path(base).exists()

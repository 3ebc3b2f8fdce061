"""A GeoPackage with twelve tables that another program has open: the tables stay, and no result is lost in silence."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from osgeo import gdal, ogr, osr
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsProject, QgsVectorLayer, edit

from twin_plugin.bridge.kernel import publication, staging
from twin_plugin.core.common import folder_lock

ROOT = Path(__file__).parents[2]
TWELVE = [f"district {number}" for number in range(12)]


@pytest.fixture
def base(qgis_app, tmp_path):
    """A GeoPackage with twelve tables of a user's, one of them without geometry, and a table of styles."""
    path = tmp_path / "the city's base 城.gpkg"
    dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    for number, name in enumerate(TWELVE):
        layer = dataset.CreateLayer(name, reference, ogr.wkbNone if number == 5 else ogr.wkbPoint)
        layer.CreateField(ogr.FieldDefn("text", ogr.OFTString))
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["text"] = f"precious {number}"
        layer.CreateFeature(feature)
    dataset = None
    return path


def tables(path):
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")}


def precious(path):
    with closing(sqlite3.connect(path)) as database:
        return [database.execute(f'SELECT text FROM "{name}"').fetchall() for name in TWELVE]  # noqa: S608


WAYS = {
    "exclusive": ["BEGIN EXCLUSIVE"],
    "immediate": ["BEGIN IMMEDIATE"],
    "reader": ["BEGIN", "SELECT * FROM gpkg_contents"],
    "wal writer": ["PRAGMA journal_mode = wal", "BEGIN IMMEDIATE"],
    "wal reader": ["PRAGMA journal_mode = wal", "BEGIN", "SELECT * FROM gpkg_contents"],
}


@pytest.fixture
def locked(held):
    """Another program has a file, in one of the WAYS, inside a with block."""

    @contextmanager
    def lock(path, way):
        process = held(path, *WAYS[way])
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    return lock


KEPT = [[(f"precious {number}",)] for number in range(12)]


def table_of(path, name):
    escaped = str(path).replace("'", "''")
    return f"ogr:dbname='{escaped}' table=\"{name}\"" if "'" not in str(path) else f'ogr:dbname="{path}" table="{name}"'


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(staging, "BEFORE_S", 0.5)
    monkeypatch.setattr(publication, "PATIENCE_S", 0.5)


def destination(path, how):
    return str(path) if how == "plain path" else table_of(path, "storm")


@pytest.mark.parametrize("how", ["plain path", "table"])
@pytest.mark.parametrize("way", ["exclusive", "immediate", "reader", "wal writer"])
def test_locked_file_keeps_its_tables_and_the_run_fails_with_a_sentence(
    run_algorithm, base, impatient, way, how, locked
):
    with locked(base, way), pytest.raises(QgsProcessingException, match="is locked by another program") as caught:
        run_algorithm("twin:designstorm", {"OUTPUT": destination(base, how)})
    assert "\n" not in str(caught.value)
    assert precious(base) == KEPT
    assert tables(base) == set(TWELVE)
    results = re.search(r"are in '([^']*'s[^']*|[^']*)'\.", str(caught.value))
    kept = [path for path in base.parent.iterdir() if path.is_dir()]
    assert len(kept) == (1 if way == "reader" else 0)  # who only reads is met when the result is finished
    for folder in kept:
        assert results
        assert folder.name in str(caught.value)
        (file,) = folder.iterdir()
        assert QgsVectorLayer(str(file), "x", "ogr").featureCount() == 24
    assert not list(base.parent.glob(".twin-*"))


@pytest.mark.parametrize("how", ["plain path", "table"])
def test_a_reader_of_a_write_ahead_log_hinders_nobody(run_algorithm, base, impatient, how, locked):
    with locked(base, "wal reader"):
        results = run_algorithm("twin:designstorm", {"OUTPUT": destination(base, how)})
        assert QgsVectorLayer(results["OUTPUT"], "x", "ogr").featureCount() == 24
    assert precious(base) == KEPT
    assert tables(base) == {*TWELVE, base.stem if how == "plain path" else "storm"}


def test_the_run_waits_for_a_lock_that_ends(run_algorithm, base, locked):
    with locked(base, "exclusive") as process:
        timer = threading.Timer(1.0, process.kill)
        timer.start()
        run_algorithm("twin:designstorm", {"OUTPUT": str(base)})
        timer.join()
    assert precious(base) == KEPT
    assert tables(base) == {*TWELVE, base.stem}


def test_cancel_ends_the_waiting(run_algorithm, base, locked):
    class Impatient(QgsProcessingFeedback):
        said = ""

        def setProgressText(self, text):
            self.said = text
            self.cancel()

    feedback = Impatient(False)
    with locked(base, "exclusive"):
        assert run_algorithm("twin:designstorm", {"OUTPUT": str(base)}, feedback) == {}
    assert feedback.said.startswith("Waiting for another program")
    assert precious(base) == KEPT


@pytest.mark.parametrize("editing", [False, True], ids=["open", "in edit mode"])
def test_the_process_itself_has_the_file_open(run_algorithm, base, editing):
    layer = QgsVectorLayer(f"{base}|layername={TWELVE[3]}", "mine", "ogr")
    QgsProject.instance().addMapLayer(layer)
    try:
        features = layer.getFeatures()
        first = next(features)
        if editing:
            assert layer.startEditing()
            assert layer.changeAttributeValue(first.id(), layer.fields().indexOf("text"), "edited")
        run_algorithm("twin:designstorm", {"OUTPUT": str(base)})
        run_algorithm("twin:designstorm", {"OUTPUT": table_of(base, "storm"), "DURATION": 60})
        if editing:
            assert layer.commitChanges(), layer.commitErrors()
        del features
    finally:
        QgsProject.instance().removeMapLayer(layer)
    expected = [list(rows) for rows in KEPT]
    if editing:
        expected[3] = [("edited",)]
    assert precious(base) == expected
    assert tables(base) == {*TWELVE, base.stem, "storm"}


def test_a_layer_that_is_open_shows_the_new_table(run_algorithm, base):
    results = run_algorithm("twin:designstorm", {"OUTPUT": table_of(base, "storm")})
    layer = QgsVectorLayer(results["OUTPUT"], "storm", "ogr")
    assert layer.featureCount() == 24
    run_algorithm("twin:designstorm", {"OUTPUT": table_of(base, "storm"), "DURATION": 60})
    layer.reload()
    assert sum(1 for _ in layer.getFeatures()) == 12
    with edit(layer):
        layer.deleteFeature(1)
    assert precious(base) == KEPT


def test_two_runs_into_one_file_at_once_leave_both_tables(run_algorithm, tmp_path):
    """The file does not exist when they start."""
    path, errors = tmp_path / "new.gpkg", []

    def run(name):
        try:
            run_algorithm("twin:designstorm", {"OUTPUT": table_of(path, name)})
        except QgsProcessingException as error:
            errors.append(error)

    names = [f"storm {number}" for number in range(4)]
    threads = [threading.Thread(target=run, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert tables(path) == set(names)


def test_two_runs_of_one_table_at_once_leave_one_of_the_two_whole(run_algorithm, base):
    lengths = (30, 60, 90, 120)
    threads = [
        threading.Thread(target=run_algorithm, args=["twin:designstorm", {"OUTPUT": str(base), "DURATION": length}])
        for length in lengths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = QgsVectorLayer(f"{base}|layername={base.stem}", "x", "ogr").featureCount()
    assert rows in [length / 5 for length in lengths]
    assert precious(base) == KEPT


def test_a_file_that_is_no_geopackage_is_left_alone(run_algorithm, tmp_path):
    path = tmp_path / "notes.gpkg"
    path.write_text("my notes")
    with pytest.raises(QgsProcessingException, match="cannot be written"):
        run_algorithm("twin:designstorm", {"OUTPUT": str(path)})
    assert path.read_text() == "my notes"


def test_an_empty_file_is_taken(run_algorithm, tmp_path):
    path = tmp_path / "empty.gpkg"
    path.touch()
    run_algorithm("twin:designstorm", {"OUTPUT": str(path)})
    assert tables(path) == {"empty"}


def test_a_log_without_its_file_is_not_replayed_into_the_new_one(run_algorithm, base, held):
    """Somebody moved the file away while it was open: SQLite would take its log for that of the new file."""
    process = held(base, "PRAGMA journal_mode = wal", "CREATE TABLE notes (text)", "INSERT INTO notes VALUES ('x')")
    process.kill()
    process.wait()
    base.unlink()
    log = base.with_name(f"{base.name}-wal")
    assert log.stat().st_size > 0
    results = run_algorithm("twin:designstorm", {"OUTPUT": str(base)})
    assert tables(base) == {base.stem}
    assert QgsVectorLayer(results["OUTPUT"], "x", "ogr").featureCount() == 24


def test_views_and_tables_that_are_no_layers_stay(run_algorithm, tmp_path):
    path = tmp_path / "a.gpkg"
    run_algorithm("twin:designstorm", {"OUTPUT": str(path)})
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE layer_styles (id INTEGER)")
        database.execute("INSERT INTO layer_styles VALUES (7)")
        database.execute("CREATE VIEW heavy AS SELECT * FROM a WHERE depth_mm > 3")
    run_algorithm("twin:designstorm", {"OUTPUT": str(path), "DURATION": 60})
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT id FROM layer_styles").fetchall() == [(7,)]
        assert database.execute("SELECT count(*) FROM a").fetchone() == (12,)
        assert database.execute("SELECT count(*) FROM heavy").fetchone()[0] > 0


@pytest.mark.slow
@pytest.mark.parametrize("way", ["exclusive", "immediate", "wal writer"])
def test_from_qgis_process(base, way, locked):
    with locked(base, way):
        command = [ROOT / "tools" / "env.sh", "qgis_process", "run", "twin:designstorm", f"--OUTPUT={base}"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("QGIS_")}
        run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 1, run.stdout
    assert "is locked by another program" in run.stdout + run.stderr
    assert precious(base) == KEPT
    assert tables(base) == set(TWELVE)
    assert [path.name for path in base.parent.iterdir() if not path.name.startswith(base.name)] == []


def test_one_run_at_a_time_puts_its_results_into_a_folder(run_algorithm, tmp_path, impatient):
    """Two shapefiles of two runs would mix their parts."""
    with folder_lock.locked([tmp_path], 0.0, lambda: True), pytest.raises(QgsProcessingException) as caught:
        run_algorithm("twin:designstorm", {"OUTPUT": str(tmp_path / "s.csv")})
    assert "Another run is putting its results into" in str(caught.value)
    (kept,) = tmp_path.iterdir()
    assert str(kept) in str(caught.value)
    assert [path.name for path in kept.iterdir()] == ["s.csv"]

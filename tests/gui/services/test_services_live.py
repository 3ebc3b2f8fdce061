"""The services dock on real servers: connect, query, save offline, watch, check."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsProject,
    QgsRectangle,
    QgsSettings,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)

from twin_plugin.bridge.services import sensor_layer
from twin_plugin.bridge.services.catalogues import open_catalogue
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.gui.services import favourites
from twin_plugin.gui.services.watch import Limits


@pytest.fixture(autouse=True)
def no_memory(qgis_app):
    store = QgsSettings()
    store.remove("city_twin/services")
    yield
    store.remove("city_twin/services")


@pytest.fixture
def dock(make_desktop, tmp_path, wait_for):
    made = make_desktop().docks["services"]
    made.choose_catalogue(str(tmp_path / "the city's 目录.gpkg"))
    made.setFloating(True)
    made.show()
    return made


@pytest.fixture
def still_map(qgis_iface):
    """The map draws nothing while a test asks its layers."""
    canvas = qgis_iface.mapCanvas()
    canvas.freeze(True)
    yield canvas
    canvas.freeze(False)


def connect(dock, wait_for, url):
    dock.sources.url.setText(url)
    dock.catalogue.harvest()
    wait_for(lambda: not dock.busy(), 60)
    assert not dock.panel.notice.isVisibleTo(dock), dock.panel.notice.text.text()
    wait_for(lambda: dock.search.list.rows.records)


def choose(dock, wait_for, condition):
    index = next(n for n, record in enumerate(dock.search.list.rows.records) if condition(record))
    dock.search.list.setCurrentIndex(dock.search.list.rows.index(index))
    return dock.search.list.current()


def test_query_save_offline_and_check(dock, tipg, postgis_city, wait_for, qgis_iface):
    connect(dock, wait_for, tipg)
    record = choose(dock, wait_for, lambda r: r.layer == "city.wells")
    wait_for(lambda: dock.card.table.columnCount() > 3, 30)
    dock.card.rows.setCollapsed(False)
    wait_for(lambda: dock.card.table.rowCount() > 0, 30)
    dock.queries.run_query({"LIMIT": 7})
    wait_for(lambda: not dock.busy(), 60)
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.featureCount() == 7
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    box = record.box
    canvas.setExtent(QgsRectangle(box.west, box.south, box.east, box.north))
    dock.card.buttons["offline"].click()
    wait_for(lambda: not dock.busy(), 60)
    snapshot = favourites.snapshot_of(record.id)
    assert snapshot.file().exists()
    assert dock.card.offline.isVisibleTo(dock.card)
    saved = QgsVectorLayer(str(snapshot.file()), "saved", "ogr")
    ((count,),) = postgis_city.sql("SELECT count(*) FROM city.wells")
    assert saved.featureCount() == int(count)
    before = len(QgsProject.instance().mapLayers())
    dock.card.offline.linkActivated.emit("open")
    assert len(QgsProject.instance().mapLayers()) == before + 1
    dock.catalogue.check_all()
    wait_for(lambda: not dock.busy(), 60)
    wait_for(lambda: dock.card.record is not None and dock.card.record.latency_ms is not None)
    assert dock.card.record.health in ("alive", "slow")


def read_elsewhere(layer, count):
    """A list that a thread fills with some features of a layer.

    Asked on the main thread, QGIS's provider may wait for ever. The map must not draw the layer at the same time: of
    two that ask at once, one ends the other's download (QGIS 3.40), which gives that one nothing, and crashes QGIS
    where the download has only just begun.
    """
    source, read = QgsVectorLayerFeatureSource(layer), []

    def ask():
        while not read:
            found = list(source.getFeatures(QgsFeatureRequest().setLimit(count)))
            if len(found) == count:
                read.extend(found)
            else:
                time.sleep(0.1)

    threading.Thread(target=ask, daemon=True).start()
    return read


def test_services_become_layers_of_qgis(dock, tipg, qgis_server, wait_for, still_map):
    connect(dock, wait_for, tipg)
    choose(dock, wait_for, lambda r: r.layer == "city.wells")
    dock.primary.click()
    wait_for(lambda: QgsProject.instance().mapLayers(), 60)
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.providerType() == "OAPIF"
    assert layer.thread() is QgsProject.instance().thread()
    read = read_elsewhere(layer, 5)
    wait_for(lambda: len(read) == 5, 60)
    assert dock.primary.isEnabled()
    connect(dock, wait_for, qgis_server)
    dock.search.filters.protocol.setCurrentIndex(dock.search.filters.protocol.findData("wms"))
    wait_for(
        lambda: dock.search.list.rows.records
        and all(r.protocol is ServiceProtocol.WMS for r in dock.search.list.rows.records)
    )
    choose(dock, wait_for, lambda r: r.layer)
    dock.primary.click()
    wait_for(lambda: len(QgsProject.instance().mapLayers()) == 2, 60)
    kinds = {item.providerType() for item in QgsProject.instance().mapLayers().values()}
    assert kinds == {"OAPIF", "wms"}


def test_sensors_are_added_and_saved_with_their_latest_values(dock, sensorthings, wait_for, qgis_iface):
    connect(dock, wait_for, sensorthings.url)
    record = choose(dock, wait_for, lambda r: r.protocol is ServiceProtocol.SENSORTHINGS)
    canvas, box = qgis_iface.mapCanvas(), record.box
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setExtent(QgsRectangle(box.west - 0.01, box.south - 0.01, box.east + 0.01, box.north + 0.01))
    dock.primary.click()
    wait_for(lambda: not dock.busy() and QgsProject.instance().mapLayers(), 60)
    (layer,) = QgsProject.instance().mapLayers().values()
    dock.card.buttons["offline"].click()
    wait_for(lambda: not dock.busy() and favourites.snapshot_of(record.id) is not None, 60)
    saved = QgsVectorLayer(str(favourites.snapshot_of(record.id).file()), "saved", "ogr")
    for found in (layer, saved):
        assert {"sensor", "value", "unit", "time"} <= {field.name() for field in found.fields()}
        assert found.featureCount() > 0
        assert any(isinstance(row["value"], float) for row in found.getFeatures())


def test_watching_sensors(dock, sensorthings, wait_for):
    connect(dock, wait_for, sensorthings.url)
    record = choose(dock, wait_for, lambda r: r.protocol is ServiceProtocol.SENSORTHINGS)
    dock.card.buttons["watch"].click()
    panel = dock.watching.panel
    assert not dock.watching.group.isCollapsed()
    panel.caution.setText("1")
    panel.alarm.setText("2")
    panel.every.setValue(5)
    panel.go.click()
    watch = dock.watching.watches[record.id]
    wait_for(lambda: watch.layer() is not None, 60)
    layer = watch.layer()
    assert layer.customProperty("city_twin/watch") == record.id
    assert layer.featureCount() > 0
    classes = [rule.label() for rule in layer.renderer().rootRule().children()]
    assert classes == ["Alarm", "Caution", "Normal", "No value"]
    assert watch.limits == Limits(1.0, 2.0)
    first = layer.source()
    watch.refresh()
    wait_for(lambda: watch.layer().source() != first, 60)
    wait_for(lambda: not Path(first.split("|")[0]).exists())
    assert watch.layer() is layer, "the layer stays, with its place in the legend"
    found = []
    watch.series.connect(lambda *values: found.append(values))
    layer.selectByIds([next(layer.getFeatures()).id()])
    wait_for(lambda: found, 60)
    title, _unit, times, values = found[0]
    assert len(times) == len(values)
    assert panel.chart.title == title
    panel.go.click()
    assert record.id not in dock.watching.watches
    assert panel.watch is None
    assert QgsProject.instance().mapLayer(layer.id()) is layer


def test_a_series_is_the_sensors_own(sensorthings, city, run_algorithm, tmp_path):
    catalogue = str(tmp_path / "c.gpkg")
    run_algorithm("twin:harvestservices", {"URL": sensorthings.url, "CATALOGUE": catalogue})
    store = open_catalogue(catalogue)
    record = next(item for item in store.records() if item.protocol is ServiceProtocol.SENSORTHINGS)
    store.close()
    given = {"CATALOGUE": catalogue, "SERVICE": record.id, "LATEST": False, "OUTPUT": str(tmp_path / "series.gpkg")}
    path = Path(run_algorithm("twin:fetchobservations", given)["OUTPUT"].split("|")[0])
    layer = QgsVectorLayer(str(path), "series", "ogr")
    sensors = {feature["sensor_id"]: feature["sensor"] for feature in layer.getFeatures()}
    assert len(sensors) > 1
    for identity, name in list(sensors.items())[:3]:
        made = next(sensor for sensor in city.sensors if sensor.name in (name, name.split(" ")[0]))
        times, values, unit = sensor_layer.series(path, identity)
        assert sorted(zip(times, values, strict=True)) == sorted((t.timestamp(), v) for t, v in made.series)
        assert unit == made.unit
    assert sensor_layer.series(path, "nobody") == ([], [], "")
    assert sensor_layer.series(tmp_path / "none.gpkg", "x") == ([], [], "")


def test_removing_the_layer_ends_the_watch(dock, sensorthings, wait_for):
    connect(dock, wait_for, sensorthings.url)
    record = choose(dock, wait_for, lambda r: r.protocol is ServiceProtocol.SENSORTHINGS)
    dock.card.buttons["watch"].click()
    dock.watching.panel.go.click()
    watch = dock.watching.watches[record.id]
    wait_for(lambda: watch.layer() is not None, 60)
    QgsProject.instance().removeMapLayer(watch.layer_id)
    watch.refresh()
    wait_for(lambda: record.id not in dock.watching.watches)

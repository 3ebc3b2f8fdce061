"""Features of a service as a layer."""

from __future__ import annotations

import pytest
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsVectorLayer

from twin_plugin.bridge.services import feature_writer
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.services.adapter import Feature, Features

pytestmark = pytest.mark.usefixtures("qgis_app")


def features(pages, size):
    """Points at (114, 22) on so many pages of a size."""
    place = shapely.to_wkb(shapely.Point(114, 22))
    rows = ([Feature(f"{page}-{number}", place, {}) for number in range(size)] for page in range(pages))
    return Features((), "EPSG:4326", rows, [])


@pytest.fixture
def sink():
    """A layer in memory that takes features."""
    layer = QgsVectorLayer("Point?crs=EPSG:4326&field=feature_id:string", "sink", "memory")
    assert layer.startEditing()
    return layer


def test_every_page_is_written_and_counted(sink):
    told = []
    plan = feature_writer.layout(features(3, 400), QgsCoordinateReferenceSystem("EPSG:4326"))
    assert feature_writer.write(plan, sink, lambda done, text: not told.append(str(text))) == 1200
    assert sink.featureCount() == 1200
    assert told == ["0 features", "400 features", "800 features"]


def test_a_cancel_ends_the_writing_before_the_next_page(sink):
    plan = feature_writer.layout(features(3, 400), QgsCoordinateReferenceSystem("EPSG:4326"))
    with pytest.raises(Cancelled):
        feature_writer.write(plan, sink, lambda done, text: sink.featureCount() < 400)
    assert sink.featureCount() == 400

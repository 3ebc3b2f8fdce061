"""Layers of observations coloured by thresholds: every value in one class, and the classes as they are named."""

from __future__ import annotations

import pytest
from qgis.core import QgsExpression, QgsExpressionContext, QgsFeature, QgsVectorLayer

from twin_plugin.bridge.services import sensor_layer

VALUES = (None, -1.0, 0.0, 0.99, 1.0, 1.5, 2.0, 9.0)


@pytest.fixture
def layer(qgis_app):
    made = QgsVectorLayer(
        "Point?crs=EPSG:4326&field=value:double&field=unit:string&field=sensor_id:string", "s", "memory"
    )
    for value in VALUES:
        feature = QgsFeature(made.fields())
        feature["value"] = value
        made.dataProvider().addFeature(feature)
    return made


def classes(layer):
    found = []
    for feature in layer.getFeatures():
        context = QgsExpressionContext()
        context.setFeature(feature)
        rules = layer.renderer().rootRule().children()
        found.append([rule.label() for rule in rules if QgsExpression(rule.filterExpression()).evaluate(context)])
    return found


@pytest.mark.parametrize(
    ("caution", "alarm", "expected"),
    [
        (1.0, 2.0, ["No value", "Normal", "Normal", "Normal", "Caution", "Caution", "Alarm", "Alarm"]),
        (None, 2.0, ["No value", *["Normal"] * 5, "Alarm", "Alarm"]),
        (1.0, None, ["No value", *["Normal"] * 3, *["Caution"] * 4]),
        (None, None, ["No value", *["Normal"] * 7]),
        (2.0, 1.0, ["No value", *["Normal"] * 3, *["Alarm"] * 4]),
    ],
)
def test_every_value_is_in_the_class_that_its_thresholds_say(layer, caution, alarm, expected):
    sensor_layer.dress(layer, caution, alarm)
    assert classes(layer) == [[label] for label in expected]
    assert layer.labelsEnabled()

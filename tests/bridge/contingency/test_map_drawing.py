"""What the maps of a plan are drawn with: styles, legend, scale bar and small pictures."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import Qgis, QgsVectorLayer
from qgis.PyQt.QtGui import QColor, QImage

from tests.bridge.kernel.test_styles import EYES, lab
from tests.core.contingency.plans import level, plan

pytestmark = pytest.mark.usefixtures("qgis_plugin")


def test_events_play_in_the_temporal_controller():
    from twin_plugin.bridge.kernel import styles
    from twin_plugin.bridge.kernel.columns import make_fields
    from twin_plugin.core.contingency.plan_tables import EVENTS

    layer = QgsVectorLayer("Point?crs=EPSG:4547", "events", "memory")
    layer.dataProvider().addAttributes(list(make_fields(EVENTS)))
    layer.updateFields()
    assert styles.apply(layer, "contingency_events")
    times = layer.temporalProperties()
    assert times.isActive()
    assert times.mode() == Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields
    assert (times.startField(), times.endField()) == ("begin", "end")


def test_every_kind_of_event_has_a_symbol_of_its_own():
    from twin_plugin.bridge.kernel import styles
    from twin_plugin.core.contingency.plan import EVENT_KINDS

    layer = QgsVectorLayer("Point?crs=EPSG:4547&field=kind:string", "events", "memory")
    styles.apply(layer, "contingency_events")
    rules = layer.renderer().rootRule().children()
    assert {rule.filterExpression() for rule in rules} == {f"\"kind\" = '{kind}'" for kind in EVENT_KINDS}
    looks = {(rule.symbol().symbolLayer(0).shape(), rule.symbol().color().name()) for rule in rules}
    assert len(looks) == len(EVENT_KINDS)


def test_a_legend_has_only_what_is_on_the_map(tmp_path):
    from twin_plugin.bridge.contingency.map_legend import legend
    from twin_plugin.bridge.contingency.plan_layers import PlanLayers
    from twin_plugin.bridge.contingency.plan_maps import PlanMaps
    from twin_plugin.bridge.kernel.page_words import PageWords

    maps = PlanMaps(plan(level()), PlanLayers())
    texts = [line.text for line in legend(maps, 0, PageWords("en"))]
    assert "shelter, with people and places" in texts
    assert "shelter that cannot be used" in texts
    assert "people without a place, how many" in texts
    assert "barrier" not in texts
    assert not [text for text in texts if text.startswith("road that closes")]
    maps.close()


@pytest.mark.parametrize(("most", "metres"), [(137.0, 100.0), (550.0, 500.0), (2.4, 2.0), (1000.0, 1000.0)])
def test_a_scale_bar_has_a_round_length(most, metres):
    from twin_plugin.bridge.kernel.map_marks import step

    assert step(most) == pytest.approx(metres)


def test_a_picture_with_few_colours_keeps_them():
    from twin_plugin.bridge.kernel.small_pictures import indexed

    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#f4f3ef"))
    for x in range(10):
        image.setPixelColor(x, 5, QColor("#c1121f"))
    small = indexed(image)
    assert small.format() == QImage.Format.Format_Indexed8
    assert small.pixelColor(3, 5).name() == "#c1121f"
    assert small.pixelColor(30, 20).name() == "#f4f3ef"


@pytest.mark.parametrize("eye", EYES)
def test_lines_and_dots_of_opposite_meaning_stay_apart_for_every_eye(eye):
    from twin_plugin.bridge.contingency.map_legend import BLOCK, ROUTE, UNPLACED
    from twin_plugin.bridge.kernel.map_classes import CLOSED

    for first, second in ((CLOSED, ROUTE), (BLOCK, UNPLACED)):
        assert np.linalg.norm(lab(first, eye) - lab(second, eye)) > 25

"""The card of a building: section, water of a result, reasons, and the selection on the map."""

from __future__ import annotations

from itertools import pairwise

import pytest
from qgis.core import (
    QgsProject,
    edit,
)

from tests.gui.bim.model_layers import parts, report, risk
from twin_plugin.gui.bim.section import apart


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


def test_the_button_zooms_to_the_building(listed, wait_for, monkeypatch):
    from twin_plugin.gui.bim import base_layers

    dock, shown = listed(report(1), parts("m0.ifc")), []
    monkeypatch.setattr(base_layers, "show_shapes", lambda canvas, shapes, crs: shown.extend(shapes))
    dock.models.select("m0.ifc")
    wait_for(lambda: dock.building.card.building is not None)
    dock.building.zoom_button.click()
    assert shown == list(dock.building.card.shapes)


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
            feature["depth_m"] = 0.6 if shown else 0.0
            layer_of_risk.updateFeature(feature)
        QgsProject.instance().addMapLayer(layer_of_risk)
        dock.models.select("m0.ifc")
        wait_for(lambda reason=reason: (dock.building.card.risk or {}).get("reason") == reason)
        assert dock.building.reason.text() == shown
        assert dock.building.reason.isVisibleTo(dock.building) == bool(shown)
        QgsProject.instance().removeMapLayer(layer_of_risk.id())

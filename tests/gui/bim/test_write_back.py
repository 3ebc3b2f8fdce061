"""Results of a building written back into a copy of its model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from qgis.core import (
    QgsProject,
)

from tests.gui.bim.model_layers import SQUARE, layer, parts, report, risk
from twin_plugin.core.bim.tables import BUILDING
from twin_plugin.core.common.tables import Column


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

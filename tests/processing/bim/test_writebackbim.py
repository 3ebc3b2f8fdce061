"""twin:writebackbim as Processing runs it: results into a copy of a model, which itself stays as it was."""

from __future__ import annotations

import shutil
import zipfile

import ifcopenshell
import pytest
from ifcopenshell.util.element import get_psets
from qgis.core import QgsFeature, QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

from tests.listener import Listener

ID = "twin:writebackbim"
FIELDS = "&".join(
    f"field={field}"
    for field in (
        "id:string",
        "ground_floor_elev_m:double",
        "risk_class:integer",
        "reason:string",
        "level_m:double",
        "ingress_opening_id:string",
        "storeys_reached:integer",
    )
)


@pytest.fixture
def model(district_models, tmp_path):
    """A synthetic building of the test's own in a path with a space and 中文."""
    folder = shutil.copytree(district_models(1, 7), tmp_path / "the models 模型")
    return next(folder.rglob("*.ifc"))


@pytest.fixture
def risk(model):
    """A function from water above the ground floor to a risk layer of the model's buildings."""

    def make(depth, **attributes):
        opened = ifcopenshell.open(str(model))
        layer = QgsVectorLayer(f"NoGeometry?{FIELDS}", "risk of storm 风险", "memory")
        for building in opened.by_type("IfcBuilding"):
            row = QgsFeature(layer.fields())
            values = {
                "id": f"{model.name}/{building.GlobalId}",
                "ground_floor_elev_m": 4.0,
                "risk_class": 4,
                "reason": "it is wet",
                "level_m": 4.0 + depth,
                "storeys_reached": 1,
                **attributes,
            }
            row.setAttributes([values.get(field.name()) for field in layer.fields()])
            layer.dataProvider().addFeatures([row])
        return layer

    return make


def test_a_building_gets_its_results(run_algorithm, model, risk, tmp_path):
    before = model.read_bytes()
    places = {"OUTPUT": str(tmp_path / "out put 输出" / "copy.ifc"), "BCF": str(tmp_path / "topics.bcfzip")}
    listener = Listener()
    results = run_algorithm(ID, {"MODEL": str(model), "RISK": risk(0.9), **places}, listener)
    assert listener.warnings == []
    assert {key: results[key] for key in places} == places
    assert results["BUILDINGS_WRITTEN"] == results["STOREYS_REACHED"] == 1
    assert results["OPENINGS_BELOW"] > 0
    assert len(zipfile.ZipFile(places["BCF"]).namelist()) == 1 + 2 * results["OPENINGS_BELOW"]
    opened = ifcopenshell.open(places["OUTPUT"])
    found = get_psets(opened.by_type("IfcBuilding")[0])["Twin_FloodResult"]
    assert (found["RiskClass"], found["Reason"], found["OpeningsBelowLevel"]) == (
        4,
        "it is wet",
        results["OPENINGS_BELOW"],
    )
    assert model.read_bytes() == before
    assert not list(tmp_path.rglob(".twin*"))


def test_null_fields_and_a_design_level(run_algorithm, model, risk, tmp_path):
    empty = risk(0.0, risk_class=None, level_m=None, storeys_reached=None, reason=None)
    parameters = {"MODEL": str(model), "RISK": empty, "OUTPUT": str(tmp_path / "copy.ifc")}
    results = run_algorithm(ID, parameters)
    assert (results["OPENINGS_BELOW"], results["STOREYS_REACHED"]) == (0, 0)
    assert "BCF" not in results
    results = run_algorithm(ID, {**parameters, "DESIGN_LEVEL": 4.9})
    assert results["OPENINGS_BELOW"] > 0
    assert results["STOREYS_REACHED"] >= 1


def test_the_model_itself_is_never_the_output(run_algorithm, model, risk):
    with pytest.raises(AssertionError, match="never changed"):
        run_algorithm(ID, {"MODEL": str(model), "RISK": risk(0.5), "OUTPUT": str(model)})


def test_what_cannot_be_done_leaves_nothing(run_algorithm, model, risk, tmp_path):
    output = tmp_path / "results" / "copy.ifc"
    output.parent.mkdir()
    output.write_bytes(b"an earlier one")
    parameters = {"MODEL": str(model), "OUTPUT": str(output)}
    foreign = risk(0.5, id="other.ifc/0000000000000000000000")
    with pytest.raises(QgsProcessingException, match="has no building of"):
        run_algorithm(ID, {**parameters, "RISK": foreign})
    model.write_bytes(model.read_bytes()[:5000])
    with pytest.raises(QgsProcessingException, match="ends before its data"):
        run_algorithm(ID, {**parameters, "RISK": foreign})
    assert output.read_bytes() == b"an earlier one"
    assert [path.name for path in output.parent.iterdir()] == ["copy.ifc"]


def test_an_unwritable_output_is_told(run_algorithm, model, risk):
    with pytest.raises((QgsProcessingException, AssertionError)):
        run_algorithm(ID, {"MODEL": str(model), "RISK": risk(0.5), "OUTPUT": "/proc/nowhere/copy.ifc"})


def test_cancel_leaves_nothing(run_algorithm, model, risk, tmp_path):
    feedback = QgsProcessingFeedback(False)
    feedback.progressChanged.connect(lambda *_: feedback.cancel())
    run_algorithm(ID, {"MODEL": str(model), "RISK": risk(0.5), "OUTPUT": str(tmp_path / "copy.ifc")}, feedback)
    assert not list(tmp_path.glob("*.ifc"))
    assert not list(tmp_path.glob(".twin*"))

"""Reviews as steps of a model on the demo district: what one writes, another algorithm takes."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProject,
    QgsVectorLayer,
)

from twin_plugin.bridge.demo.layers import write_layers
from twin_plugin.bridge.kernel.rasters import write_grid

VALUE = QgsProcessingModelChildParameterSource
REVIEWS = {
    "skyline": ({"OBSERVERS": "viewpoints", "SCHEME": "scheme_a", "SITE": "scheme_site"}, "BREAKERS"),
    "sunlight": ({"SCHEME": "scheme_a", "SITE": "scheme_site"}, "BUILDINGS_OUT"),
    "planningmetrics": ({"PARCELS": "control_plan", "GREEN": "green", "SCHEME": "scheme_a"}, "OUTPUT"),
    "comparescheme": (
        {"SCHEMES": ["scheme_a", "scheme_b"], "SITE": "scheme_site", "PARCELS": "control_plan"},
        "OUTPUT",
    ),
    "section": ({"LINE": "view_corridors", "BASEMENTS": "underground", "PIPES": "pipes"}, "SECTION"),
}
"""The layers of the district that each review takes besides buildings and terrain, and the output that goes on."""


@pytest.fixture(scope="module")
def district(qgis_plugin, synthetic_district, tmp_path_factory):
    folder = tmp_path_factory.mktemp("模型 model")
    made = synthetic_district(60, 1)
    write_layers(made, folder / "district.gpkg")
    write_grid(made.terrain, folder / "dtm.tif")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("review", REVIEWS)
def test_a_review_is_a_step_of_a_model(district, tmp_path, review):
    layers, output = REVIEWS[review]

    def source(name):
        return VALUE.fromStaticValue(f"{district / 'district.gpkg'}|layername={name}")

    model = QgsProcessingModelAlgorithm(review, "tests", review)
    step = QgsProcessingModelChildAlgorithm(f"twin:{review}")
    step.setChildId("review")
    step.addParameterSources("BUILDINGS", [source("planned_buildings")])
    step.addParameterSources("DTM", [VALUE.fromStaticValue(str(district / "dtm.tif"))])
    for name, tables in layers.items():
        step.addParameterSources(name, [source(table) for table in ([tables] if isinstance(tables, str) else tables)])
    model.addChildAlgorithm(step)
    count = QgsProcessingModelChildAlgorithm("native:addautoincrementalfield")
    count.setChildId("count")
    count.addParameterSources("INPUT", [VALUE.fromChildOutput("review", output)])
    last = QgsProcessingModelOutput("counted", "counted")
    last.setChildId("count")
    last.setChildOutputName("OUTPUT")
    count.setModelOutputs({"counted": last})
    model.addChildAlgorithm(count)
    model.initAlgorithm()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    place = str(tmp_path / "counted.gpkg")
    _, good = model.run({"count:counted": place}, context, QgsProcessingFeedback(False))
    assert good
    rows = QgsVectorLayer(place, "counted", "ogr")
    assert rows.featureCount() > 0
    assert rows.fields().indexOf("AUTO") >= 0

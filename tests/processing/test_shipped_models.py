"""The models that ship: names for people, in their language, and all texts within reach of the translations."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from twin_plugin.bridge.kernel import resources
from twin_plugin.processing import model_texts
from twin_plugin.processing.models import ShippedModel

NAMES = ("storm_to_buildings", "storm_to_footprints", "storm_to_plan", "service_to_buffers")


class Chinese(QTranslator):
    """Translates every text of the models."""

    def translate(self, context, source, disambiguation=None, n=-1):
        return f"中 {source}" if context == "ShippedModel" else ""


@pytest.fixture
def chinese(qgis_plugin):
    translator = Chinese()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def model(name):
    return ShippedModel(resources.RESOURCES / "models" / f"{name}.model3")


@pytest.mark.parametrize("name", NAMES)
def test_every_text_can_be_translated(qgis_plugin, name):
    shipped = model(name)
    assert shipped.valid
    known = {*model_texts.TEXTS, *model_texts.OUTPUTS.values()}
    shown = {shipped.displayName(), shipped.group(), shipped.helpContent()["ALG_DESC"]}
    for parameter in shipped.parameterDefinitions():
        shown.add(parameter.description())
        shown.add(shipped.helpContent()[parameter.name()])
    assert shown <= known


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_in_the_users_language_and_names_are_not(chinese, name):
    shipped = model(name)
    for text in (shipped.displayName(), shipped.group(), shipped.helpContent()["ALG_DESC"]):
        assert text.startswith("中 ")
    for parameter in shipped.parameterDefinitions():
        assert parameter.name().isascii()
        assert parameter.description().startswith("中 ")
    for output in shipped.outputDefinitions():
        assert output.description().startswith("中 ")
    copy = shipped.create()  # as Processing takes one for each run
    assert copy.parameterDefinitions()[0].description().startswith("中 ")

"""Choices in Processing's own dialogs: words in the list, the fixed words as values."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingModelAlgorithm, QgsProcessingParameterEnum
from qgis.gui import QgsProcessingModelerParameterWidget  # noqa: TID251
from qgis.PyQt.QtWidgets import QComboBox, QDialog

wrappers = pytest.importorskip("processing.gui.wrappers")


def choices(algorithm):
    """The choices of one value of an algorithm."""
    return [
        definition
        for definition in algorithm.parameterDefinitions()
        if isinstance(definition, QgsProcessingParameterEnum) and not definition.allowMultiple()
    ]


class AlgorithmDialog:
    """Processing asks for the name of the dialog's class."""


class ModelerParametersDialog(QDialog):
    def __init__(self, model):
        super().__init__()
        self.model, self.childId, self.context = model, "", QgsProcessingContext()


@pytest.fixture
def flood(qgis_plugin):
    return QgsApplication.processingRegistry().createAlgorithmById("twin:simulateflood")


def row(algorithm, name):
    return wrappers.WidgetWrapperFactory.create_wrapper(algorithm.parameterDefinition(name), AlgorithmDialog())


def test_a_dialog_shows_words_and_gives_the_fixed_ones(flood):
    made = row(flood, "BUILDINGS_AS")
    combo, changes = made.widget, []
    made.widgetValueHasChanged.connect(changes.append)
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(index) for index in range(combo.count())] == [
        "raised blocks", "walls", "walls with doors", "partly open (porosity)"
    ]  # fmt: skip
    assert made.parameterValue() == "raise", "the default"
    made.setParameterValue("gaps", QgsProcessingContext())
    assert (made.parameterValue(), combo.currentText()) == ("gaps", "walls with doors")
    combo.setCurrentIndex(1)
    assert made.parameterValue() == "wall"
    assert len(changes) == 2
    made.setParameterValue("no such", QgsProcessingContext())
    assert made.parameterValue() == "wall", "a value that is none changes nothing"


def test_an_optional_choice_may_be_empty(flood):
    made = row(flood, "RAIN_UNIT")
    assert made.parameterValue() is None
    made.setParameterValue("mm/h", QgsProcessingContext())
    assert made.parameterValue() == "mm/h"
    made.setParameterValue(None, QgsProcessingContext())
    assert made.parameterValue() is None


def test_every_choice_gives_each_of_its_words(qgis_plugin):
    seen = 0
    for algorithm in QgsApplication.processingRegistry().providerById("twin").algorithms():
        for definition in choices(algorithm):
            if "widget_wrapper" not in definition.metadata():
                continue  # of a model, which QGIS makes
            made = wrappers.WidgetWrapperFactory.create_wrapper(definition, AlgorithmDialog())
            for option in definition.options():
                made.setParameterValue(option, QgsProcessingContext())
                assert made.parameterValue() == option, (algorithm.id(), definition.name())
                assert definition.checkValueIsAcceptable(made.parameterValue())
            seen += 1
    assert seen > 30


def test_the_model_designer_keeps_its_own_widget(flood):
    definition = flood.parameterDefinition("SCHEME")
    dialog = ModelerParametersDialog(QgsProcessingModelAlgorithm("a", "b"))
    made = wrappers.WidgetWrapperFactory.create_wrapper(definition, dialog)
    assert isinstance(made, QgsProcessingModelerParameterWidget)

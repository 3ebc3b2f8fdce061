"""Each algorithm has a Help button that opens its page, and the page's example is a command that it accepts."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingParameterDefinition
from qgis.gui import QgsProcessingAlgorithmDialogBase  # noqa: TID251
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtWidgets import QDialogButtonBox

from tests.help_examples import example

LAYERS = ("source", "raster", "vector", "mesh", "multilayer", "file", "folderDestination")


class Dialog(QgsProcessingAlgorithmDialogBase):
    """QGIS's dialog of an algorithm, without the widgets of its parameters."""


@pytest.fixture
def algorithms(qgis_plugin, guide):
    """All algorithms of the provider, models too."""
    return sorted(qgis_plugin.provider.algorithms(), key=lambda algorithm: algorithm.id())


def test_the_help_button_leads_to_the_page(algorithms):
    assert len(algorithms) >= 19
    for algorithm in algorithms:
        page = Path(QUrl(algorithm.helpUrl()).toLocalFile())
        assert f"twin:{algorithm.name()}</code>" in page.read_text(encoding="utf-8")
        dialog = Dialog()
        dialog.setAlgorithm(algorithm.create())
        buttons = dialog.findChild(QDialogButtonBox)
        assert buttons.button(QDialogButtonBox.StandardButton.Help) is not None, algorithm.id()
        sip.delete(dialog)


def test_the_example_names_what_is_required_and_nothing_unknown(algorithms):
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    for algorithm in algorithms:
        given, context = example(algorithm.name()), QgsProcessingContext()
        definitions = {item.name(): item for item in algorithm.parameterDefinitions()}
        assert set(given) <= set(definitions), algorithm.id()
        for name, item in definitions.items():
            missing = item.defaultValue() in (None, "") and not item.flags() & optional and name not in given
            assert not missing, f"{algorithm.id()}: the example lacks {name}"
            if name in given and item.type() not in LAYERS:
                assert item.checkValueIsAcceptable(given[name], context), f"{algorithm.id()}: {name}={given[name]}"

"""What the choices of planning review are called: words for people, and the titles of the table of sunlight rules."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingParameterEnum

from twin_plugin.bridge.kernel import enum_labels, resources
from twin_plugin.core.planning.sun_rules import read_rules


def choices():
    for algorithm in QgsApplication.processingRegistry().providerById("twin").algorithms():
        for definition in algorithm.parameterDefinitions():
            if algorithm.groupId() == "planning" and isinstance(definition, QgsProcessingParameterEnum):
                yield from ((definition.name(), option) for option in definition.options())


def test_every_choice_of_planning_review_has_words_of_its_own(qgis_plugin):
    found = list(choices())
    assert ("RIDGE", "present") in found
    assert [pair for pair in found if enum_labels.label(pair[1], pair[0]) == pair[1]] == []


def test_rules_of_sunlight_are_called_by_the_titles_of_their_table(qgis_plugin):
    rules = read_rules(resources.table("sunlight_rules"))
    for name in ("RULE", "SUN_RULE"):
        offered = {option for parameter, option in choices() if parameter == name}
        assert offered == set(rules)
        for option in offered:
            assert enum_labels.label(option, name) == rules[option].titles["en"]


def test_the_mean_terrain_is_not_the_mean_under_a_footprint(qgis_app):
    assert enum_labels.label("mean", "GROUND") == "mean terrain along the outline"
    assert enum_labels.label("mean", "SAMPLE") == "mean under the footprint"

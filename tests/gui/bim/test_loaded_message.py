"""What the message bar says after models were read."""

from __future__ import annotations

import pytest

from twin_plugin.gui.bim import algorithm_calls

COUNTS = {"MODELS_OK": 6, "MODELS_PARTIAL": 0, "MODELS_FAILED": 0, "MODELS_WITHOUT_PLACE": 0}


@pytest.fixture
def said(qgis_new_project, monkeypatch):
    """A function from the numbers of a run to the sentence."""
    monkeypatch.setattr(algorithm_calls.workflow, "buildings_state", lambda: "6 buildings, 9 openings")
    return lambda **changes: algorithm_calls._loaded({**COUNTS, **changes})


def test_models_that_were_all_read_are_not_spoken_of(said):
    assert said() == "6 buildings, 9 openings."


def test_models_that_failed_or_have_no_place_are_counted(said):
    text = said(MODELS_OK=6, MODELS_FAILED=1, MODELS_PARTIAL=2, MODELS_WITHOUT_PLACE=3)
    assert "1 of 9 models could not be read" in text
    assert "2 of 9 models read in part" in text
    assert "3 of 9 models without a place" in text
    assert text.endswith("The list of models says why.")


def test_copies_of_models_are_counted(said):
    assert "2 of 6 models with buildings that another one holds too" in said(MODELS_REPEATED=2)
    counts = {"READ": 4, "UNCHANGED": 0, "FAILED": 0, "VANISHED": 0, "REPEATED": 2}
    assert "2 models hold buildings that another one holds too." in algorithm_calls._updated(counts)


def test_a_twin_base_names_models_without_a_place(qgis_new_project):
    counts = {"READ": 4, "UNCHANGED": 0, "FAILED": 0, "VANISHED": 0}
    assert "place" not in algorithm_calls._updated(counts)
    assert "2 of the models read are without a place" in algorithm_calls._updated({**counts, "WITHOUT_PLACE": 2})

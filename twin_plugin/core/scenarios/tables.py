"""Columns of the lists of scenarios and of the results of a run."""

from __future__ import annotations

from ..common.tables import columns

SCENARIOS = columns("""
    id text Id of the scenario
    name text Name, in the chosen language
    domain text Domain, such as water or power
    question text The question that it answers
    users text Who asks
    decision text The decision that the answer serves
    state text runs, lacks data, lacks an algorithm, lacks a package or invalid
    lacks text What it lacks, or what is wrong with it
    search text Search of the catalogue for the data that it lacks: words and subdivision
    services_found integer Services of the catalogue that this search finds; NULL without a catalogue
    algorithms text The algorithms of its chain
    subdivisions text The subdivisions of the data that it must have; those that it may have are in brackets
    theme text The theme that shows it
    checks integer Checks that its results must pass
    shipped boolean Whether it ships with the plugin
    document text The document that it was read from
""")

RESULTS = columns("""
    kind text measure or check
    id text Id of the measure; number of the check
    title text What is measured, or why the check must hold
    value real Value of the measure, or of the left side of the check
    relation text Relation of a check: <, <=, =, >= or >
    limit_value real Value of the right side of the check
    unit text Unit of the measure
    holds boolean Whether the check holds; NULL for a measure
    used long Rows or cells that were counted
    left_out long Rows or cells that have no number
    reason text Why a measure has no value
""")

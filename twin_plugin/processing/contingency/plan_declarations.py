"""Declares the outputs of twin:contingencyplan."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..algorithm import TwinAlgorithm

translate = QCoreApplication.translate
LANGUAGES = {"both": ("en", "zh"), "en": ("en",), "zh": ("zh",)}
"""Languages of the pages by the value of LANGUAGE."""
STYLES = {
    "CLOSURES": "closures",
    "ROUTES": "routes",
    "SHELTERS_USED": "shelters",
    "BLOCKS": "blocks",
    "MEASURES_PLACED": "measures",
    "EVENTS": "events",
}


def declare(algorithm: TwinAlgorithm) -> None:
    """All outputs."""
    help_text = translate("ContingencyPlan", "Language of REPORT and PAGE: English, Chinese, or both.")
    algorithm.add_choice("LANGUAGE", translate("ContingencyPlan", "Language"), LANGUAGES, "both", help_text)
    _files(algorithm)
    _layers(algorithm)
    _tables(algorithm)
    for output, style in STYLES.items():
        algorithm.style(output, f"contingency_{style}")
    algorithm.number_outputs(
        BUILDINGS_HIT=translate("ContingencyPlan", "Buildings hit at the highest level"),
        PEOPLE_HIT=translate("ContingencyPlan", "People hit at the highest level"),
        PEOPLE_PLACED=translate("ContingencyPlan", "People with a place at the highest level"),
        PEOPLE_UNPLACED=translate("ContingencyPlan", "People without a place at the highest level"),
        ROADS_CLOSED=translate("ContingencyPlan", "Closed roads at the highest level"),
        VERSION=translate("ContingencyPlan", "Version of the plan"),
    )


def _files(algorithm: TwinAlgorithm) -> None:
    label, kind = translate("ContingencyPlan", "Plan"), translate("ContingencyPlan", "Plans (*.json)")
    help_text = translate(
        "ContingencyPlan", "The whole plan: JSON in UTF-8, for PREVIOUS of a later run and for other programs."
    )
    algorithm.add(QgsProcessingParameterFileDestination("PLAN", label, kind), help_text)
    label, kind = translate("ContingencyPlan", "Plan to print"), translate("ContingencyPlan", "PDF files (*.pdf)")
    help_text = translate(
        "ContingencyPlan", "The plan with maps, tables, check-lists and time lines on A4 pages, with its sources."
    )
    algorithm.add(QgsProcessingParameterFileDestination("REPORT", label, kind, None, True), help_text)
    label = translate("ContingencyPlan", "Plan as a project")
    kind = translate("ContingencyPlan", "QGIS project (*.qgz)")
    help_text = translate(
        "ContingencyPlan", "The pages as layouts of a QGIS project, to edit and print again; its layers lie in it."
    )
    algorithm.add(QgsProcessingParameterFileDestination("PROJECT", label, kind, None, True, False), help_text)
    label, kind = translate("ContingencyPlan", "Plan as a page"), translate("ContingencyPlan", "HTML files (*.html)")
    help_text = translate("ContingencyPlan", "The same as one file for a browser, which works without a network.")
    algorithm.add(QgsProcessingParameterFileDestination("PAGE", label, kind, None, True), help_text)


def _sink(algorithm: TwinAlgorithm, name: str, label: str, help_text: str, kind: QgsProcessing.SourceType) -> None:
    algorithm.add(QgsProcessingParameterFeatureSink(name, label, kind, None, True), help_text)


def _layers(algorithm: TwinAlgorithm) -> None:
    lines, points = QgsProcessing.SourceType.TypeVectorLine, QgsProcessing.SourceType.TypeVectorPoint
    help_text = translate("ContingencyPlan", "The roads that the water closes, by level.")
    _sink(algorithm, "CLOSURES", translate("ContingencyPlan", "Closed roads"), help_text, lines)
    help_text = translate("ContingencyPlan", "The way of each block of people to its shelter.")
    _sink(algorithm, "ROUTES", translate("ContingencyPlan", "Routes"), help_text, lines)
    help_text = translate(
        "ContingencyPlan", "All shelters by level: people, share of the capacity, and why one is left out."
    )
    _sink(algorithm, "SHELTERS_USED", translate("ContingencyPlan", "Shelters used"), help_text, points)
    help_text = translate(
        "ContingencyPlan",
        "Who must leave, gathered at the junctions: shelter, last safe departure, people without a place.",
    )
    _sink(algorithm, "BLOCKS", translate("ContingencyPlan", "Blocks of people"), help_text, points)
    help_text = translate("ContingencyPlan", "Where pumps and barriers go, until when, and why.")
    _sink(algorithm, "MEASURES_PLACED", translate("ContingencyPlan", "Measures placed"), help_text, points)
    help_text = translate(
        "ContingencyPlan",
        "Warnings, actions, departures, closures, entries and failures by minute, with the fields begin and end for"
        " QGIS's temporal controller: a drill over the animation of RESULT.",
    )
    _sink(algorithm, "EVENTS", translate("ContingencyPlan", "Time line"), help_text, points)


def _tables(algorithm: TwinAlgorithm) -> None:
    table = QgsProcessing.SourceType.TypeVector
    help_text = translate("ContingencyPlan", "Who does what when, by level.")
    _sink(algorithm, "ACTIONS", translate("ContingencyPlan", "Check-list"), help_text, table)
    help_text = translate("ContingencyPlan", "What the plan says otherwise than PREVIOUS.")
    _sink(algorithm, "CHANGES", translate("ContingencyPlan", "Changes"), help_text, table)

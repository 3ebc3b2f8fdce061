"""The parameters and outputs of twin:runensemble; those that its runs have are those of twin:simulateflood."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterDestination,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...algorithm import TwinAlgorithm
from ...inputs import declare_scheduler
from ..simulateflood import SimulateFlood

translate = QCoreApplication.translate

NEEDED = ("DEPTH_MAX", "LEVEL_MAX", "ARRIVAL", "SUMMARY")
"""Outputs of each run that the maps and tables of all runs are made from."""
OVER_TIME = "RESULT"
STYLES = {
    "ENVELOPE_DEPTH": "flood_depth",
    "ENVELOPE_ARRIVAL": "flood_arrival",
    "EXCEEDANCE": "flood_exceedance",
}
TABLES = ("RUNS_DONE", "COMPARISON")


def common_definitions() -> list[QgsProcessingParameterDefinition]:
    """Copies of the inputs of twin:simulateflood."""
    return [item for item in _definitions() if not item.isDestination()]


def run_outputs(over_time: bool, more: Sequence[str] = ()) -> dict[str, str]:
    """Names of the files in the folder of a run, by the outputs of twin:simulateflood; `more` names further ones."""
    found = {}
    for item in _definitions():
        name = item.name()
        if _is_usual(item) or (name == OVER_TIME and over_time) or name in more:
            found[name] = f"{name.lower()}.{_ending(item)}"
    return found


def more_outputs() -> list[str]:
    """Outputs of twin:simulateflood that a run has only where they are asked for."""
    return [i.name() for i in _definitions() if i.isDestination() and not _is_usual(i) and i.name() != OVER_TIME]


def _is_usual(item: QgsProcessingParameterDefinition) -> bool:
    """Whether every run of an ensemble has an output."""
    usual = item.isDestination() and item.createByDefault() and item.name() != OVER_TIME
    return item.name() in NEEDED or usual


def _definitions() -> list[QgsProcessingParameterDefinition]:
    """Copies, since an algorithm takes its own parameters along when it goes."""
    algorithm = SimulateFlood()
    algorithm.initAlgorithm()
    return [item.clone() for item in algorithm.parameterDefinitions()]


def declare(algorithm: TwinAlgorithm) -> None:
    """Add all parameters and outputs."""
    kind = QgsProcessing.SourceType
    help_text = translate(
        "RunEnsemble",
        "A row for each run, with its name. Further columns: parameters of a run, such as RAIN, LEVEL_SOUTH_M or "
        "ROUGHNESS; zone, return_period_a, storm_duration_min, pattern and peak_ratio of a design storm; probability; "
        "measure, cost and baseline.",
    )
    table = QgsProcessingParameterFeatureSource("RUNS", translate("RunEnsemble", "Table of runs"), [kind.TypeVector])
    algorithm.add(table, help_text)
    for item in common_definitions():
        # In their order: some parameters name another one that must be there before.
        algorithm.add(item, item.help())
    help_text = translate("RunEnsemble", "Openings of BUILDINGS: counts the buildings and doors that water reaches.")
    openings = translate("RunEnsemble", "Openings")
    point = [kind.TypeVectorPoint]
    algorithm.add(QgsProcessingParameterFeatureSource("OPENINGS", openings, point, optional=True), help_text)
    help_text = translate("RunEnsemble", "Storeys of BUILDINGS, as 'Load BIM models' writes them.")
    storeys = translate("RunEnsemble", "Storeys")
    source = QgsProcessingParameterFeatureSource("STOREYS", storeys, [kind.TypeVector], optional=True)
    algorithm.add(source, help_text)
    help_text = translate("RunEnsemble", "Name of the run in which nothing is done: all others are compared with it.")
    algorithm.add_text("BASELINE", translate("RunEnsemble", "Compare with the run"), help_text)
    label = translate("RunEnsemble", "Also write each flood over time")
    help_text = translate("RunEnsemble", "RESULT of each run, which QGIS animates. It is the largest file of a run.")
    algorithm.add(QgsProcessingParameterBoolean("OVER_TIME", label, False), help_text)
    label = translate("RunEnsemble", "Further outputs of each run")
    help_text = translate(
        "RunEnsemble", "Outputs of 'Simulate flood' that the folder of each run has besides the usual."
    )
    algorithm.add_choice("MORE_OUTPUTS", label, more_outputs(), None, help_text, several=True, advanced=True)
    help_text = translate("RunEnsemble", "0: one for each core; WORKERS times THREADS are no more than the cores.")
    algorithm.add_number("WORKERS", translate("RunEnsemble", "Runs at a time"), 0, help_text, 0, whole=True)
    help_text = translate(
        "RunEnsemble",
        "Address of a dask scheduler, such as tls://10.0.0.5:8786, whose workers compute instead of this machine. "
        "They need QGIS with the plugin, and FOLDER and the inputs under the same paths.",
    )
    declare_scheduler(algorithm, help_text)
    _outputs(algorithm)


def _outputs(algorithm: TwinAlgorithm) -> None:
    help_text = translate(
        "RunEnsemble", "A folder for each run, with its name. Finished runs in it are not computed again."
    )
    folder = QgsProcessingParameterFolderDestination("FOLDER", translate("RunEnsemble", "Folder of the runs"))
    algorithm.add(folder, help_text)
    texts = {
        "ENVELOPE_DEPTH": (
            translate("RunEnsemble", "Greatest depth of all runs"),
            translate(
                "RunEnsemble",
                "Metres; 0 where all runs are dry. Runs with a measure do not count, unless all have one.",
            ),
        ),
        "ENVELOPE_ARRIVAL": (
            translate("RunEnsemble", "Earliest arrival of all runs"),
            translate("RunEnsemble", "Minutes from the start of the run; no data where all runs are dry."),
        ),
        "EXCEEDANCE": (
            translate("RunEnsemble", "Probability of depths"),
            translate(
                "RunEnsemble",
                "Bands for 0.15, 0.30 and 0.50 m: the probability of a greater depth, by the column probability or "
                "return_period_a, else the share of the runs. No data where a run has none.",
            ),
        ),
    }
    for name, (label, help_text) in texts.items():
        algorithm.add(QgsProcessingParameterRasterDestination(name, label, None, True, True), help_text)
        algorithm.style(name, STYLES[name])
    kind = QgsProcessing.SourceType.TypeVector
    label = translate("RunEnsemble", "Runs and their figures")
    help_text = translate("RunEnsemble", "A row for each run: ok, skipped (finished before) or failed, why, figures.")
    algorithm.add(QgsProcessingParameterFeatureSink("RUNS_DONE", label, kind, None, True), help_text)
    label = translate("RunEnsemble", "Comparison with the baseline")
    help_text = translate(
        "RunEnsemble",
        "A row for each run that has a baseline: volumes, areas, buildings and doors, their changes, cost for each "
        "door kept dry. Maps of the change of depth are in the folder 'changes'.",
    )
    algorithm.add(QgsProcessingParameterFeatureSink("COMPARISON", label, kind, None, True), help_text)
    algorithm.number_outputs(
        RUNS_OK=translate("RunEnsemble", "Runs computed now"),
        RUNS_SKIPPED=translate("RunEnsemble", "Runs finished before"),
        RUNS_FAILED=translate("RunEnsemble", "Runs that failed"),
    )


def _ending(item: QgsProcessingParameterDefinition) -> str:
    if isinstance(item, QgsProcessingParameterFileDestination):
        return str(item.defaultFileExtension())
    return "tif" if isinstance(item, QgsProcessingParameterRasterDestination) else "gpkg"

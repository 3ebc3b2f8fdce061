"""What a scenario lacks: its document, algorithms, packages and data are looked at, nothing is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingParameterDefinition,
)

from ...core.common.csv_table import read_rows
from ...core.common.messages import Message
from ...core.scenarios.documents import GIVEN
from ...core.scenarios.scenario import DataNeed, FromStep, Measure, Scenario, ScenarioState, Step
from ...core.scenarios.values import default_settings, references, wanted_outputs, with_settings
from ..kernel import limited_expressions, resources
from . import parameters
from .allowed import algorithm_fault, rules
from .data import DataFolder
from .found import FoundScenario
from .outputs import file_fault

Mistakes = Callable[[Mapping[str, Any], Sequence[QgsProcessingParameterDefinition]], Iterator[str]]
"""What QGIS would let pass in the values of parameters (`processing/parameter_checks.py`)."""


@dataclass(frozen=True)
class Examination:
    """What was found of a scenario.

    Attributes
    ----------
    lacks : tuple of str
        A phrase for each thing that it lacks, or that is wrong with it.
    missing : tuple of DataNeed
        Data that the folder does not have and the scenario must have.
    """

    found: FoundScenario
    state: ScenarioState
    lacks: tuple[str, ...] = ()
    missing: tuple[DataNeed, ...] = ()


def examine(found: FoundScenario, folder: DataFolder, given: set[str], mistakes: Mistakes) -> Examination:
    """Look at a scenario without running it.

    Parameters
    ----------
    folder : DataFolder
        Of a district.
    given : set of str
        Names of data that the user gives, CATALOGUE and DISTRICT among them.
    mistakes : callable
        See `Mistakes`.
    """
    scenario = found.scenario
    if scenario is None:
        return Examination(found, ScenarioState.INVALID, (found.fault or "",))
    absent, packages, wrong = [], [], list(_document_faults(scenario))
    registry = QgsApplication.processingRegistry()
    for step in scenario.chain:
        algorithm = registry.algorithmById(step.algorithm)
        if algorithm is None:
            absent.append(Message("the algorithm {algorithm}", algorithm=step.algorithm))
            continue
        forbidden = algorithm_fault(step.algorithm, found.shipped)
        if forbidden is not None:
            wrong.append(forbidden)
            continue
        able, reason = algorithm.canExecute()
        if not able:
            packages.append(reason)
        if not scenario.outline:
            wrong += [
                Message("step {step}: {fault}", step=step.id, fault=fault)
                for fault in step_faults(scenario, step, algorithm, mistakes)
            ]
    missing = [(need, _data_fault(need, folder, given)) for need in scenario.data]
    lost = [(need, fault) for need, fault in missing if fault is not None and need.must]
    texts = [Message("{code} {name}: {fault}", code=n.subdivision, name=n.name, fault=f) for n, f in lost]
    state, lacks = ScenarioState.RUNS, [*absent, *packages, *texts]
    if wrong:
        state, lacks = ScenarioState.INVALID, wrong
    elif absent:
        state = ScenarioState.LACKS_ALGORITHM
    elif packages:
        state = ScenarioState.LACKS_PACKAGE
    elif lost:
        state = ScenarioState.LACKS_DATA
    elif scenario.outline:
        state, lacks = ScenarioState.INVALID, [Message("its chain has no parameters yet: write its chain document")]
    return Examination(found, state, tuple(dict.fromkeys(lacks)), tuple(need for need, _ in lost))


def step_faults(scenario: Scenario, step: Step, algorithm: QgsProcessingAlgorithm, mistakes: Mistakes) -> Iterator[str]:
    """What is wrong with a step of a chain, by the definitions of its algorithm and of those before it."""
    values = {name: with_settings(value, default_settings(scenario)) for name, value in step.parameters.items()}
    definitions = algorithm.parameterDefinitions()
    literals = {name: value for name, value in values.items() if not references(value)}
    yield from mistakes({**literals, **dict.fromkeys(values.keys() - literals.keys())}, definitions)
    yield from parameters.faults(algorithm, values)
    for definition in definitions:
        yield from _definition_faults(definition, values)
    for name, value in values.items():
        reads = definition.type() in parameters.READ if (definition := algorithm.parameterDefinition(name)) else False
        for reference in references(value):
            if isinstance(reference, FromStep):
                yield from _output_faults(scenario, reference.step, reference.output, reads)
    kept = {output.output for output in scenario.outputs if output.step == step.id}
    for name in rules()[step.algorithm].keeps if step.algorithm in rules() else ():
        if name not in kept:
            yield Message("{output} of {algorithm} must be kept: name it in 'outputs'.", output=name,
                          algorithm=step.algorithm)  # fmt: skip
    known = {output.name() for output in algorithm.outputDefinitions()}
    for name in sorted(wanted_outputs(scenario, step.id) - known):
        yield Message("{algorithm} has no output {name}; it has {names}.", algorithm=step.algorithm, name=name,
                      names=", ".join(sorted(known)))  # fmt: skip


def _definition_faults(definition: QgsProcessingParameterDefinition, values: Mapping[str, Any]) -> Iterator[str]:
    name, value = definition.name(), values.get(definition.name())
    if definition.isDestination() or references(value):
        return
    if value in (None, ""):
        optional = definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
        if not optional and definition.defaultValue() in (None, ""):
            yield Message("the parameter {name} has no value: give one.", name=name)
    elif not definition.checkValueIsAcceptable(value):
        yield Message("'{value}' is no value of the parameter {name}.", value=str(value)[:80], name=name)


def _output_faults(scenario: Scenario, step: str, name: str, reads: bool = False) -> Iterator[str]:
    """What is wrong with an output that is referred to; one that is read must be a file that the step wrote.

    A text or a path that an algorithm gives may come from a row of the data, and then names any file.
    """
    algorithm = algorithm_of(scenario, step)
    if algorithm is None:
        return
    if algorithm.outputDefinition(name) is None:
        yield Message("the step {step} has no output {name}.", step=step, name=name)
    elif reads and not is_written(algorithm, name):
        yield Message(
            "{name} of the step {step} is no layer or file that the step writes: nothing can be read from it.",
            name=name,
            step=step,
        )


def is_written(algorithm: QgsProcessingAlgorithm, name: str) -> bool:
    """Whether an output is a layer, file or folder that the algorithm writes to a given place."""
    definition = algorithm.parameterDefinition(name)
    return definition is not None and definition.isDestination()


def algorithm_of(scenario: Scenario, step: str) -> QgsProcessingAlgorithm | None:
    """The algorithm of a step; None where QGIS does not have it."""
    name = next(one.algorithm for one in scenario.chain if one.id == step)
    return QgsApplication.processingRegistry().algorithmById(name)


def _document_faults(scenario: Scenario) -> Iterator[str]:
    """What the document says that does not exist."""
    codes = subdivisions()
    for need in scenario.data:
        if need.subdivision not in codes and need.name not in GIVEN:
            yield Message("the subdivision {code} is not in the taxonomy.", code=need.subdivision)
    for output in scenario.outputs:
        if output.style and not resources.style(output.style).is_file():
            yield Message("the style '{name}' does not exist.", name=output.style)
        algorithm = algorithm_of(scenario, output.step)
        definition = algorithm.parameterDefinition(output.output) if algorithm is not None else None
        if algorithm is not None and (fault := file_fault(output.file, definition)):
            yield fault
    for measure in scenario.measures:
        yield from _measure_faults(scenario, measure)


def _measure_faults(scenario: Scenario, measure: Measure) -> Iterator[str]:
    if measure.where:
        text = with_settings(measure.where, default_settings(scenario))
        if fault := limited_expressions.fault(str(text)):
            yield Message("measure {id}: {fault}", id=measure.id, fault=fault)
    if measure.data:
        if measure.statistic == "value":
            yield Message("measure {id}: data have no number output, so that 'value' has no meaning.", id=measure.id)
        return
    algorithm = algorithm_of(scenario, measure.step)
    yield from _output_faults(scenario, measure.step, measure.output)
    if algorithm is None or algorithm.outputDefinition(measure.output) is None:
        return
    if (measure.statistic == "value") == is_written(algorithm, measure.output):
        yield Message(
            "measure {id}: '{statistic}' does not fit the output {name}: 'value' is for numbers, the others are for "
            "layers.",
            id=measure.id,
            statistic=measure.statistic,
            name=measure.output,
        )


def _data_fault(need: DataNeed, folder: DataFolder, given: set[str]) -> Message | None:
    if need.name in given:
        return None
    if need.name in GIVEN and not need.path:
        return Message("the parameter {name} is empty", name=need.name)
    return folder.fault(need)


@lru_cache(maxsize=1)
def subdivisions() -> frozenset[str]:
    """Codes of the taxonomy."""
    return frozenset(row["code"] for row in read_rows(resources.table("taxonomy"), ("code", "parent")) if row["parent"])

"""A chain as a model of QGIS: its data and settings are the inputs, the outputs that are kept are its outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QPointF

from ...core.common.errors import InputError, unwritable
from ...core.common.languages import in_language
from ...core.scenarios.scenario import (
    DataKind,
    DataNeed,
    FromData,
    FromSetting,
    FromStep,
    ParameterValue,
    Scenario,
    Setting,
    Step,
)
from ...core.scenarios.values import references, settings_in, with_settings
from ..kernel.outside_text import as_html, as_name
from .examination import Mistakes
from .run import ScenarioRequest, ScenarioRun, prepare

ACROSS, DOWN = 260.0, 110.0
"""Between the boxes of the designer."""
_Source = QgsProcessingModelChildParameterSource
_Optional = QgsProcessingParameterDefinition.Flag.FlagOptional


def write_model(request: ScenarioRequest, mistakes: Mistakes, path: Path) -> None:
    """Write the chain of a scenario as a model, with the data and settings of the request as defaults.

    Raises
    ------
    InputError
        When the scenario cannot run, or a setting stands inside a text, which a model's input cannot.
    ResourceError
        When the file cannot be written.
    """
    run = prepare(request, mistakes)
    model = model_of(run)
    if not model.toFile(str(path)):
        raise unwritable(path, "QGIS cannot write the model")


def model_of(run: ScenarioRun) -> QgsProcessingModelAlgorithm:
    """The model of a run's chain."""
    scenario, language = run.scenario, QgsApplication.locale()
    model = QgsProcessingModelAlgorithm(as_name(in_language(scenario.name, language)), "")
    for row, definition in enumerate([*_data(run, language), *_settings(run, language)]):
        component = QgsProcessingModelParameter(definition.name())
        component.setPosition(QPointF(ACROSS * row, 0.0))
        model.addModelParameter(definition, component)
    for row, step in enumerate(scenario.chain, 1):
        model.addChildAlgorithm(_child(run, step, QPointF(ACROSS, DOWN * row)))
    model.updateDestinationParameters()
    texts = {
        "ALG_DESC": as_html(in_language(scenario.question, language)),
        "ALG_VERSION": scenario.version,
        "SHORT_DESCRIPTION": as_html(in_language(scenario.decision, language)),
    }
    model.setHelpContent(texts)
    return model


def _data(run: ScenarioRun, language: str) -> list[QgsProcessingParameterDefinition]:
    """An input for each data need that a step reads, of the kind of the parameter that reads it first."""
    definitions = []
    for need in run.scenario.data:
        definition = _reader(run.scenario, need)
        if definition is None:
            continue
        copied = definition.clone()
        copied.setName(as_name(need.name))
        copied.setDescription(as_name(in_language(need.title, language) or need.name))
        copied.setDefaultValue(run.sources.get(need.name))
        copied.setFlags(copied.flags() & ~_Optional if need.must else copied.flags() | _Optional)
        definitions.append(copied)
    return definitions


def _reader(scenario: Scenario, need: DataNeed) -> QgsProcessingParameterDefinition | None:
    """A definition for a data need: that of the first parameter that reads it alone."""
    for step in scenario.chain:
        algorithm = _algorithm(step)
        for name, value in step.parameters.items():
            if FromData(need.name) not in references(value):
                continue
            if isinstance(value, list):
                return _plain_input(need)
            return algorithm.parameterDefinition(name)
    return None


def _plain_input(need: DataNeed) -> QgsProcessingParameterDefinition:
    if need.kind in (DataKind.FILE, DataKind.FOLDER):
        behavior = QgsProcessingParameterFile.Behavior
        return QgsProcessingParameterFile(
            need.name, need.name, behavior.Folder if need.kind == DataKind.FOLDER else behavior.File
        )
    return QgsProcessingParameterMapLayer(need.name, need.name)


def _settings(run: ScenarioRun, language: str) -> list[QgsProcessingParameterDefinition]:
    """An input for each setting that is a parameter's whole value."""
    used = {
        found.name
        for step in run.scenario.chain
        for value in step.parameters.values()
        for found in references(value)
        if isinstance(found, FromSetting)
    }
    return [_setting(setting, run, language) for setting in run.scenario.settings if setting.name in used]


def _setting(setting: Setting, run: ScenarioRun, language: str) -> QgsProcessingParameterDefinition:
    name, value = setting.name, run.settings[setting.name]
    title = as_name(in_language(setting.title, language))
    title = f"{title} ({setting.unit})" if setting.unit else title
    if setting.choices:
        return QgsProcessingParameterEnum(name, title, list(setting.choices), False, str(value), False, True)
    if isinstance(value, bool):
        return QgsProcessingParameterBoolean(name, title, value)
    if isinstance(value, str):
        return QgsProcessingParameterString(name, title, value)
    kinds = QgsProcessingParameterNumber.Type
    number = QgsProcessingParameterNumber(name, title, kinds.Integer if isinstance(value, int) else kinds.Double, value)
    if setting.minimum is not None:
        number.setMinimum(setting.minimum)
    if setting.maximum is not None:
        number.setMaximum(setting.maximum)
    return number


def _child(run: ScenarioRun, step: Step, position: QPointF) -> QgsProcessingModelChildAlgorithm:
    algorithm = _algorithm(step)
    child = QgsProcessingModelChildAlgorithm(step.algorithm)
    child.setChildId(step.id)
    child.setDescription(as_name(f"{step.id}: {algorithm.displayName()}"))
    child.setPosition(position)
    for name, value in step.parameters.items():
        child.addParameterSources(name, _sources(run, value))
    kept = {output.output: output for output in run.scenario.outputs if output.step == step.id}
    outputs = {}
    for definition in algorithm.parameterDefinitions():
        name = definition.name()
        if not definition.isDestination():
            continue
        if name in kept:
            title = _output_name(run.scenario, kept[name].file)
            output = QgsProcessingModelOutput(title, title)
            output.setChildId(step.id)
            output.setChildOutputName(name)
            outputs[title] = output
    child.setModelOutputs(outputs)
    return child


def _output_name(scenario: Scenario, file: str) -> str:
    """A name by which QGIS names the model's output too: the file's, with its ending where another one has it too."""
    stems = [Path(output.file).stem.lower() for output in scenario.outputs]
    stem = Path(file).stem
    return stem if stems.count(stem.lower()) == 1 else file.replace(".", "_")


def _sources(run: ScenarioRun, value: ParameterValue) -> list[QgsProcessingModelChildParameterSource]:
    """Where a parameter of a child takes its value from."""
    if isinstance(value, list) and references(value):
        return [source for item in value for source in _sources(run, item)]
    if isinstance(value, FromData):
        return [_Source.fromModelParameter(value.name)]
    if isinstance(value, FromSetting):
        return [_Source.fromModelParameter(value.name)]
    if isinstance(value, FromStep):
        return [_Source.fromChildOutput(value.step, value.output)]
    return [_Source.fromStaticValue(_static(run, value))]


def _static(run: ScenarioRun, value: ParameterValue) -> Any:
    """A literal; settings inside a text have the values of the run."""
    return with_settings(value, run.settings) if settings_in(value) else value


def _algorithm(step: Step) -> QgsProcessingAlgorithm:
    algorithm = QgsApplication.processingRegistry().algorithmById(step.algorithm)
    if algorithm is None:
        raise InputError("QGIS has no algorithm '{name}'.", name=step.algorithm)
    return algorithm

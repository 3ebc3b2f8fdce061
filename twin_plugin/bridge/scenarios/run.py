"""Runs a scenario: its steps one after the other, then its measures and checks, into a folder with its provenance."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProcessingUtils

from ...core.common.errors import Cancelled, InputError, unwritable, with_disk_state, with_places
from ...core.common.messages import Message
from ...core.common.new_folder import new_folder
from ...core.common.progress import Progress
from ...core.scenarios.checks import CheckResult, judge
from ...core.scenarios.documents import setting_fault
from ...core.scenarios.scenario import FromData, FromStep, Scenario, Step
from ...core.scenarios.values import resolved, with_settings
from ..kernel import output_checks, resources
from ..kernel.outside_text import as_name
from ..kernel.translation import localized
from . import examination, parameters, provenance
from .allowed import algorithm_fault
from .child import StepFeedback, run_child
from .data import DataFolder
from .examination import Mistakes
from .found import FoundScenario
from .measures import MeasureValue, measured
from .outputs import destinations

OK, CHECK_FAILED = "ok", "check failed"


@dataclass(frozen=True)
class ScenarioRequest:
    """What is asked for.

    Attributes
    ----------
    data : mapping
        Sources that the user gives, by the name of the data need; CATALOGUE and DISTRICT among them.
    settings : mapping
        Values that the user sets, by name.
    """

    found: FoundScenario
    folder: str
    output: Path
    data: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class ScenarioRun:
    """What came of it."""

    scenario: Scenario
    settings: dict[str, Any]
    sources: dict[str, str]
    measures: list[MeasureValue] = field(default_factory=list)
    checks: list[CheckResult] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        """Checks that do not hold."""
        return sum(not check.holds for check in self.checks)

    @property
    def state(self) -> str:
        """Whether all checks hold."""
        return CHECK_FAILED if self.failed else OK


def run_scenario(
    request: ScenarioRequest, mistakes: Mistakes, context: QgsProcessingContext, feedback: QgsProcessingFeedback
) -> ScenarioRun:
    """Run a scenario into a new folder, which appears complete or not at all.

    Raises
    ------
    TwinError
        When the scenario is wrong, lacks something, or a step fails; the sentence names the step.
    Cancelled
    """
    run = prepare(request, mistakes)
    started = datetime.now().astimezone()
    progress = _progress(feedback)
    with new_folder(request.output) as work, TemporaryDirectory(prefix="scenario", dir=_temporary()) as temporary:
        inner = QgsProcessingContext()
        inner.copyThreadSafeSettings(context)
        try:
            _run_steps(request, run, (work, Path(temporary)), inner, feedback)
            _measure(run, inner, progress)
            _add_styles(run.scenario, work)
            record = _record(request, run, work, started, progress)
        except InputError as error:
            reason = with_disk_state(work, str(error))
            shown = error if reason == error.message else unwritable(request.output, str(error))
            raise with_places(shown, {str(work): str(request.output)}) from error
        finally:
            _let_go(inner)
        provenance.write(work / provenance.NAME, record)
        output_checks.check_folder(work)
    return run


def prepare(request: ScenarioRequest, mistakes: Mistakes) -> ScenarioRun:
    """The run before its first step: settings, sources, and all that can be found wrong without running.

    Raises
    ------
    InputError
    """
    found, folder = request.found, DataFolder(request.folder)
    if found.scenario is None:
        raise InputError(found.fault or Message("The scenario '{id}' cannot be read.", id=found.id))
    scenario = found.scenario
    known = {need.name for need in scenario.data}
    for name in request.data.keys() - known - set(examination.GIVEN):
        raise InputError(
            "The scenario {id} has no data '{name}'; it has {names}.", id=scenario.id, name=name,
            names=", ".join(sorted(known)) or "-",
        )  # fmt: skip
    seen = examination.examine(found, folder, {name for name, place in request.data.items() if place}, mistakes)
    if seen.state != examination.ScenarioState.RUNS:
        raise InputError(
            "The scenario {id} cannot run: {lacks}.", id=scenario.id,
            lacks=Message.joined([str(one).rstrip(".") for one in seen.lacks[:5]], "; "),
        )  # fmt: skip
    return ScenarioRun(scenario, _settings(scenario, request.settings), _sources(scenario, request, folder))


def _settings(scenario: Scenario, given: Mapping[str, Any]) -> dict[str, Any]:
    """The value of each setting, as the user or the scenario has it."""
    known = {setting.name: setting for setting in scenario.settings}
    values = {name: setting.value for name, setting in known.items()}
    for name, text in given.items():
        setting = known.get(name)
        if setting is None:
            raise InputError(
                "The scenario {id} has no setting '{name}'; it has {names}.", id=scenario.id, name=name,
                names=", ".join(sorted(known)) or "-",
            )  # fmt: skip
        value = _like(setting.value, text)
        fault = setting_fault(setting, value)
        if fault is not None:
            raise InputError("SETTINGS: {fault}", fault=fault)
        values[name] = value
    return values


def _like(value: Any, text: Any) -> Any:
    """A text as a value of the kind that a setting has; itself where it is none."""
    if not isinstance(text, str):
        return text
    word = text.strip()
    if isinstance(value, bool):
        return {"true": True, "1": True, "false": False, "0": False}.get(word.lower(), word)
    if not isinstance(value, int | float):
        return word
    try:
        number = float(word)
    except ValueError:
        return word
    return int(number) if isinstance(value, int) and number.is_integer() else number


def _sources(scenario: Scenario, request: ScenarioRequest, folder: DataFolder) -> dict[str, str]:
    """The source of each data need that there is."""
    sources = {}
    for need in scenario.data:
        given = request.data.get(need.name, "")
        if given:
            sources[need.name] = given
        elif folder.fault(need) is None:
            sources[need.name] = folder.place(need)
    return sources


def _run_steps(
    request: ScenarioRequest,
    run: ScenarioRun,
    folders: tuple[Path, Path],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> None:
    """Run the steps; what each had and gave goes into `run`."""
    registry, count = QgsApplication.processingRegistry(), len(run.scenario.chain)
    for number, step in enumerate(run.scenario.chain):
        algorithm = registry.algorithmById(step.algorithm)
        forbidden = algorithm_fault(step.algorithm, request.found.shipped)
        if algorithm is None or forbidden is not None:
            raise InputError(forbidden or Message("QGIS has no algorithm '{name}'.", name=step.algorithm))
        literals = {name: with_settings(value, run.settings) for name, value in step.parameters.items()}
        for fault in parameters.faults(algorithm, literals):
            raise InputError("Step {step}: {fault}", step=step.id, fault=fault)
        values = {name: resolved(value, run.sources, run.results) for name, value in literals.items()}
        values = {name: value for name, value in values.items() if value is not None}
        places = destinations(run.scenario, step, algorithm.parameterDefinitions(), *folders)
        text = Message("Step {n} of {all}: {name}", n=number + 1, all=count, name=algorithm.displayName())
        feedback.setProgressText(as_name(localized(text)))
        share = StepFeedback(count, feedback)
        share.setCurrentStep(number)
        started = time.monotonic()
        results = run_child(step.algorithm, {**values, **places}, context, share, step.id)
        run.results[step.id] = results
        seconds = time.monotonic() - started
        run.steps.append(_step_record(step, _recorded(literals, run), places, results, share, seconds))


def _recorded(literals: Mapping[str, Any], run: ScenarioRun) -> dict[str, Any]:
    """The parameters of a step as the provenance has them: an earlier output by the names of step and output."""

    def shown(value: Any) -> Any:
        if isinstance(value, FromData):
            return run.sources.get(value.name)
        if isinstance(value, FromStep):
            given = run.results[value.step].get(value.output)
            return given if isinstance(given, bool | int | float) else f"{value.step}.{value.output}"
        return [shown(item) for item in value] if isinstance(value, list) else value

    return {name: shown(value) for name, value in literals.items()}


def _step_record(
    step: Step,
    values: dict[str, Any],
    places: dict[str, str],
    results: dict[str, Any],
    feedback: StepFeedback,
    seconds: float,
) -> dict[str, Any]:
    numbers = {name: value for name, value in results.items() if isinstance(value, bool | int | float)}
    return {
        "id": step.id,
        "algorithm": step.algorithm,
        "parameters": values,
        "outputs": {name: Path(place).name for name, place in places.items()},
        "numbers": numbers,
        "warnings": feedback.warnings,
        "seconds": round(seconds, 3),
    }


def _measure(run: ScenarioRun, context: QgsProcessingContext, progress: Progress) -> None:
    """The measures, then the checks."""
    for measure in run.scenario.measures:
        source = run.sources.get(measure.data) if measure.data else run.results[measure.step].get(measure.output)
        if source is None:
            run.measures.append(MeasureValue(measure, math.nan, reason=Message("the step gave no such output")))
            continue
        where = str(with_settings(measure.where, run.settings))
        run.measures.append(measured(measure, source, where, context, progress))
    values = {found.measure.id: found.value for found in run.measures}
    run.checks = [judge(check, values) for check in run.scenario.checks]


def _add_styles(scenario: Scenario, work: Path) -> None:
    """Lay the styles that the scenario names beside its outputs, where the step has laid none."""
    for output in scenario.outputs:
        place = (work / output.file).with_suffix(".qml")
        if output.style and not place.exists():
            place.write_bytes(resources.style(output.style).read_bytes())


def _record(
    request: ScenarioRequest, run: ScenarioRun, work: Path, started: datetime, progress: Progress
) -> dict[str, Any]:
    """The provenance of the run; places in its folder are relative."""
    scenario, now = run.scenario, datetime.now().astimezone()
    needs = {need.name: need for need in scenario.data}
    sources = [
        {"name": name, "subdivision": needs[name].subdivision, "given_by_user": bool(request.data.get(name)),
         **provenance.source_record(place, now, lambda: progress(math.nan))}
        for name, place in run.sources.items()
    ]  # fmt: skip
    if not progress(math.nan):
        raise Cancelled
    record = {
        "scenario": {"id": scenario.id, "version": scenario.version, "name": scenario.name,
                     "question": scenario.question, "decision": scenario.decision, "theme": scenario.theme,
                     "shipped": request.found.shipped, "document": request.found.path.name,
                     "sha256": request.found.sha256 or provenance.sha256_of(request.found.path)},
        "state": run.state,
        "started": provenance.now_text(started),
        "finished": provenance.now_text(now),
        "versions": provenance.versions(),
        "settings": run.settings,
        "sources": sources,
        "absent": [need.name for need in scenario.data if need.name not in run.sources],
        "steps": run.steps,
        "measures": [
            {"id": one.measure.id, "title": one.measure.title, "unit": one.measure.unit, "value": one.value,
             "used": one.used, "left_out": one.left_out, "reason": one.reason}
            for one in run.measures
        ],
        "checks": [
            {"left": one.check.left, "relation": one.check.relation, "right": one.check.right,
             "tolerance": one.check.tolerance, "left_value": one.left, "right_value": one.right, "holds": one.holds,
             "reason": one.check.reason}
            for one in run.checks
        ],
        "outputs": [
            {"file": one.file, "title": one.title, "step": one.step, "output": one.output} for one in scenario.outputs
        ],
        "files": provenance.files_in(work),
    }  # fmt: skip
    return _relative(record, str(work))


def _relative(value: Any, work: str) -> Any:
    """A record without the folder that the outputs are written in: it has another name in the end."""
    if isinstance(value, dict):
        return {key: _relative(item, work) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_relative(item, work) for item in value]
    return type(value)(value.replace(f"{work}/", "").replace(work, ".")) if type(value) is str else value


def _progress(feedback: QgsProcessingFeedback) -> Progress:
    def report(fraction: float, text: str = "") -> bool:
        return not feedback.isCanceled()

    return report


def _temporary() -> str:
    return QgsProcessingUtils.tempFolder()


def _let_go(context: QgsProcessingContext) -> None:
    """Close the layers that the steps opened: a folder with open files cannot be renamed everywhere."""
    context.temporaryLayerStore().removeAllMapLayers()

"""Runs one algorithm as a step: in this thread, or in the main one where it must be, with its own sentences kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingMultiStepFeedback,
)
from qgis.PyQt.QtCore import QMetaObject, QObject, Qt, QThread, pyqtSlot

from ...core.common.errors import Cancelled, InputError
from ...core.common.messages import Message


class StepFeedback(QgsProcessingMultiStepFeedback):
    """Passes progress and cancel on as a step's share, and keeps what the step warns of.

    Attributes
    ----------
    warnings, errors : list of str
        As they were pushed.
    """

    def __init__(self, steps: int, feedback: QgsProcessingFeedback) -> None:
        super().__init__(steps, feedback)
        self.warnings: list[str] = []
        self.errors: list[str] = []

    def pushWarning(self, warning: str) -> None:
        self.warnings.append(warning)
        super().pushWarning(warning)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N803 - the names QGIS uses
        self.errors.append(error)
        super().reportError(error, False)


class _MainThread(QObject):
    """Calls something in the main thread, while this one waits."""

    def __init__(self, call: Callable[[], Any]) -> None:
        super().__init__()
        self._call = call
        self.result: Any = None
        self.error: Exception | None = None

    @pyqtSlot()
    def run(self) -> None:
        try:
            self.result = self._call()
        except Exception as error:  # noqa: BLE001 - one in a slot would end the process
            self.error = error


def run_child(
    algorithm_id: str, values: dict[str, Any], context: QgsProcessingContext, feedback: StepFeedback, step: str
) -> dict[str, Any]:
    """Run an algorithm; its outputs by name.

    Raises
    ------
    InputError
        When it fails: the sentence has the step's id and the algorithm's own sentence.
    Cancelled
        When the feedback was cancelled.
    """
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(algorithm_id)
    if algorithm is None:
        raise InputError("Step {step}: QGIS has no algorithm '{algorithm}'.", step=step, algorithm=algorithm_id)
    try:
        able, reason = algorithm.canExecute()
        fits, mistake = algorithm.checkParameterValues(values, context) if able else (False, reason)
        if not fits:
            raise _failed(step, algorithm, mistake)
        results = _in_its_thread(algorithm, lambda: _run(algorithm, values, context, feedback), context)
    except QgsProcessingException as error:
        if feedback.isCanceled():
            raise Cancelled from error
        raise _failed(step, algorithm, str(error)) from error
    if feedback.isCanceled():
        raise Cancelled
    if results is None:
        raise _failed(step, algorithm, feedback.errors[-1] if feedback.errors else "")
    return results


def _run(
    algorithm: QgsProcessingAlgorithm,
    values: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> dict[str, Any] | None:
    results, done = algorithm.run(values, context, feedback, {}, False)
    return results if done else None


def _in_its_thread(algorithm: QgsProcessingAlgorithm, call: Callable[[], Any], context: QgsProcessingContext) -> Any:
    """Call at once, or in the main thread for an algorithm that runs only there, as QGIS's own models do."""
    here, main = QThread.currentThread(), QgsApplication.instance().thread()
    if here == main or not algorithm.flags() & Qgis.ProcessingAlgorithmFlag.NoThreading:
        return call()

    def there() -> Any:
        try:
            return call()
        finally:
            context.pushToThread(here)

    job = _MainThread(there)
    job.moveToThread(main)
    context.pushToThread(main)
    QMetaObject.invokeMethod(job, "run", Qt.ConnectionType.BlockingQueuedConnection)
    if job.error is not None:
        raise job.error
    return job.result


def _failed(step: str, algorithm: QgsProcessingAlgorithm, sentence: str) -> InputError:
    return InputError(
        Message(
            "Step {step} ({name}) failed: {sentence}",
            step=step,
            name=algorithm.displayName(),
            sentence=sentence.strip() or Message("no reason is given."),
        )
    )

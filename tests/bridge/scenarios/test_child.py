"""Steps run where they may: in the thread of the run, or in the main thread, as QGIS's own models do."""

from __future__ import annotations

import pytest
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterNumber,
    QgsProcessingProvider,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread

from twin_plugin.bridge.scenarios.child import StepFeedback, run_child
from twin_plugin.core.common.errors import Cancelled, InputError

ran = []


class Step(QgsProcessingAlgorithm):
    """Notes its thread; fails, warns or cancels as its number says."""

    NAME, THREADED = "anywhere", True

    def createInstance(self):
        return type(self)()

    def name(self):
        return self.NAME

    def displayName(self):
        return self.NAME

    def flags(self):
        return super().flags() if self.THREADED else super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def initAlgorithm(self, configuration=None):
        self.addParameter(QgsProcessingParameterNumber("N", "N", defaultValue=1))
        self.addOutput(QgsProcessingOutputNumber("TWICE", "twice"))

    def processAlgorithm(self, parameters, context, feedback):
        number = self.parameterAsInt(parameters, "N", context)
        ran.append((self.NAME, QThread.currentThread(), context.thread()))
        feedback.pushWarning(f"warned of {number}")
        feedback.setProgress(100)
        if number < 0:
            raise QgsProcessingException("It is negative.")
        return {"TWICE": 2 * number}


class MainStep(Step):
    NAME, THREADED = "main_only", False


class Toys(QgsProcessingProvider):
    def id(self):
        return "toys"

    def name(self):
        return "toys"

    def loadAlgorithms(self):
        self.addAlgorithm(Step())
        self.addAlgorithm(MainStep())


@pytest.fixture
def toys(qgis_app):
    provider = Toys()
    QgsApplication.processingRegistry().addProvider(provider)
    ran.clear()
    yield
    QgsApplication.processingRegistry().removeProvider(provider)


class Worker(QThread):
    """Runs a step in a thread of its own."""

    def __init__(self, name, number):
        super().__init__()
        self.name, self.number = name, number
        self.result = self.error = None

    def run(self):
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
        try:
            self.result = run_child(f"toys:{self.name}", {"N": self.number}, context, StepFeedback(1, feedback), "one")
            self.after = context.thread() == QThread.currentThread()
        except InputError as error:
            self.error = str(error)


def finished(worker):
    worker.start()
    while not worker.wait(5):
        QCoreApplication.processEvents()
    return worker


@pytest.mark.parametrize(("name", "in_main"), [("anywhere", False), ("main_only", True)])
def test_in_its_thread(toys, name, in_main):
    worker = finished(Worker(name, 3))
    assert worker.result == {"TWICE": 6}
    assert worker.after
    ((_, thread, of_context),) = ran
    main = QCoreApplication.instance().thread()
    assert (thread == main) is in_main
    assert of_context == thread


@pytest.mark.parametrize("name", ["anywhere", "main_only"])
def test_a_failure_has_step_and_sentence_from_every_thread(toys, name):
    worker = finished(Worker(name, -1))
    assert "Step one" in worker.error
    assert "It is negative." in worker.error


def test_warnings_and_progress_come_through(toys):
    feedback = QgsProcessingFeedback(False)
    seen = []
    feedback.progressChanged.connect(seen.append)
    share = StepFeedback(4, feedback)
    share.setCurrentStep(1)
    run_child("toys:anywhere", {"N": 5}, QgsProcessingContext(), share, "two")
    assert share.warnings == ["warned of 5"]
    assert max(seen) == 50


def test_a_cancel_is_no_result(toys):
    feedback = QgsProcessingFeedback(False)
    share = StepFeedback(1, feedback)
    feedback.cancel()
    with pytest.raises(Cancelled):
        run_child("toys:anywhere", {"N": 5}, QgsProcessingContext(), share, "one")


def test_an_algorithm_that_is_gone(toys):
    with pytest.raises(InputError, match="nothing"):
        run_child("toys:nothing", {}, QgsProcessingContext(), StepFeedback(1, QgsProcessingFeedback(False)), "one")

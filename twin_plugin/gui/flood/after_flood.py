"""What is asked of a flood, or of a storm that is coming: which basements fill, and which stored flood is nearest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterDefinition, QgsWkbTypes
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ..common import floods, footprints, formatting, run_outputs
from ..common.run_request import RunRequest
from ..widgets.basics import button, folded
from ..widgets.form import ParameterForm
from ..widgets.proposals import Proposals, Wanted

Run = Callable[[RunRequest], object]
_KINDS = QgsWkbTypes.GeometryType


class Question(QWidget):
    """A form of an algorithm's inputs and the button that starts it, which waits until all that is needed is given."""

    changed = pyqtSignal()

    ALGORITHM = ""
    INPUTS: tuple[str, ...] = ()
    NEEDED: tuple[str, ...] = ()
    PROPOSED: Wanted = {}

    def __init__(self, algorithm: QgsProcessingAlgorithm, canvas: QgsMapCanvas, run: Run) -> None:
        super().__init__()
        self._run = run
        for name in self.NEEDED:  # QGIS would fill such a row with any layer: here the button waits for the user's
            definition = algorithm.parameterDefinition(name)
            definition.setFlags(definition.flags() | QgsProcessingParameterDefinition.Flag.FlagOptional)
        self.form = ParameterForm(algorithm, self.INPUTS, f"flood/{self.ALGORITHM}", canvas)
        self.proposals = Proposals(self.form, self.PROPOSED)
        self.start = button("", *self._texts(), self._start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(self.start)
        self.form.changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Follow the project and the form."""
        self.start.setEnabled(self._is_complete())

    def _start(self) -> None:
        self.form.remember()
        self._run(self._request())

    def _texts(self) -> tuple[str, str]:
        """What the button says, and its tooltip."""
        raise NotImplementedError

    def _is_complete(self) -> bool:
        raise NotImplementedError

    def _request(self) -> RunRequest:
        raise NotImplementedError


class AfterFlood(QWidget):
    """The questions, folded.

    Parameters
    ----------
    make : callable
        An instance of an algorithm by its name; None where there is none.
    canvas : QgsMapCanvas
    run : callable
        Starts a request.
    """

    def __init__(self, make: Callable[[str], QgsProcessingAlgorithm | None], canvas: QgsMapCanvas, run: Run) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.questions: list[Question] = []
        for kind, title, key in (
            (BasementQuestion, self.tr("Basements in this flood"), "floodBasements"),
            (WatchQuestion, self.tr("Nearest stored flood"), "floodWatch"),
        ):
            algorithm = make(kind.ALGORITHM)
            if algorithm is not None:
                question = kind(algorithm, canvas, run)
                self.questions.append(question)
                column.addWidget(folded(title, question, key))

    def refresh(self) -> None:
        """Follow the project: propose layers, and see what is complete."""
        for question in self.questions:
            question.proposals.propose()
            question.refresh()

    def restore(self) -> None:
        """Another project: take what it remembers."""
        for question in self.questions:
            question.form.restore()
            question.proposals.clear()


class BasementQuestion(Question):
    """How the rooms below ground fill in the flood that the docks are at."""

    ALGORITHM = "basementflooding"
    NEEDED = ("UNDERGROUND",)
    INPUTS = ("UNDERGROUND", "OPENINGS_UNDERGROUND", "UNDERGROUND_LINKS", "BARRIERS", "VALUE_FIELD", "CURRENCY")
    PROPOSED = {
        "UNDERGROUND": (("underground", "rooms below ground", "地下"), (_KINDS.PolygonGeometry,)),
        "OPENINGS_UNDERGROUND": (("underground openings", "underground_openings"), (_KINDS.PointGeometry,)),
        "UNDERGROUND_LINKS": (("underground links", "underground_links"), (_KINDS.NullGeometry,)),
    }

    def _texts(self) -> tuple[str, str]:
        tip = self.tr(
            "Show how garages, basements and concourses fill in the flood shown above, by the minute, and which"
            " barriers win most."
        )
        return self.tr("Fill the basements"), tip

    def _is_complete(self) -> bool:
        flood = floods.current()
        return flood is not None and "RESULT" in flood.results and self.form.value("UNDERGROUND") is not None

    def _request(self) -> RunRequest:
        flood, buildings = floods.current(), footprints.layer()
        given = self.form.values() | {"RESULT": flood.results["RESULT"]}
        if buildings is not None:
            given["BUILDINGS"] = buildings.id()
        titles = {
            "OPENINGS_FLOW": self.tr("Inflow at openings of rooms below ground"),
            "ROOMS": self.tr("Rooms below ground"),
            "RANKING": self.tr("Barriers ranked"),
        }
        title = run_outputs.named(self.tr("Basement flooding"), flood.caption)
        left = ("SERIES",)  # written for charts, and too long to read
        return run_outputs.request_for("basementflooding", given, title, titles, left, summary=self._said)

    def _said(self, results: dict[str, Any]) -> str:
        text = self.tr("{rooms} rooms have water, {unknown} are unknown; {volume} m³ at the end.")
        count, unknown = int(results.get("ROOMS_FLOODED", 0)), int(results.get("ROOMS_UNKNOWN", 0))
        volume = formatting.number(float(results.get("VOLUME_M3", 0.0)), 0)
        return text.format(rooms=formatting.count(count), unknown=formatting.count(unknown), volume=volume)


class WatchQuestion(Question):
    """Which of the stored floods is nearest to the rain that is observed now."""

    ALGORITHM = "floodwatch"
    NEEDED = ("RAIN",)
    INPUTS = ("RAIN", "FORECAST", "RUNS", "FOLDER", "PLANS", "COMPARE", "NEAR")
    PROPOSED = {
        "RAIN": (("gauge_rain", "gauge rain", "observ", "实测"), (_KINDS.NullGeometry,)),
        "RUNS": (("runs_done", "runs done"), (_KINDS.NullGeometry,)),
    }

    def _texts(self) -> tuple[str, str]:
        tip = self.tr(
            "Compare the observed rain with stored runs: which is nearest, how near, how sure, and which plan was made"
            " from it; or that none is near."
        )
        return self.tr("Find the nearest flood"), tip

    def _is_complete(self) -> bool:
        stored = (self.form.value(name) is not None for name in ("RUNS", "FOLDER"))
        return self.form.value("RAIN") is not None and any(stored)

    def _request(self) -> RunRequest:
        title = run_outputs.named(self.tr("Nearest stored flood"))
        titles = {"OUTPUT": run_outputs.named(self.tr("Stored floods by nearness"))}
        return run_outputs.request_for("floodwatch", self.form.values(), title, titles, summary=self._said)

    def _said(self, results: dict[str, Any]) -> str:
        return str(results.get("SAYS", ""))

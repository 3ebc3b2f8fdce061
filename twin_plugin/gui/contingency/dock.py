"""The plan dock: the assessed floods of a project in; a contingency plan with its lists, time line and pages out."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsWkbTypes
from qgis.PyQt.QtWidgets import QFileDialog

from ..common import run_outputs
from ..common.run_request import RunResult
from ..common.shell import Shell
from ..widgets.basics import bold, button, folded, plain_label
from ..widgets.dock import TwinDock
from ..widgets.form import ParameterForm
from ..widgets.notice import Notice
from ..widgets.proposals import Proposals
from .level_choice import AssessedFlood, LevelChoice
from .plan_view import PlanView

PLACES = ("LEVEL_NAMES", "ROADS", "SHELTERS", "DISTRICTS", "EVACUATE_FROM")
MORE = (
    "DEPARTURE_MIN", "ASSETS", "DEPENDENCIES", "MEASURES", "LEVELS", "CHECKLIST", "TITLE", "DISTRICT", "AUTHOR",
    "PREVIOUS",
)  # fmt: skip
_KINDS = QgsWkbTypes.GeometryType
PROPOSED = {
    "ROADS": (("road", "道路"), (_KINDS.LineGeometry,)),
    "SHELTERS": (("shelter", "避难"), (_KINDS.PointGeometry, _KINDS.PolygonGeometry)),
    "DISTRICTS": (("population", "人口", "district", "片区", "行政区"), (_KINDS.PolygonGeometry,)),
}
"""A layer with such a word in its name and such a geometry is proposed: blocks with people rather than one district."""


class PlanDock(TwinDock):
    """Who is hit at each warning level, what is closed when, and who goes where."""

    NAME = "plan"
    ICON = "plan"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setWindowTitle(self.tr("Plan"))
        self.primary.setText(self.tr("Make the plan"))
        algorithm = self.algorithm("contingencyplan")
        self.ready = algorithm is not None
        if algorithm is None:
            notice = Notice()
            notice.say(
                self.tr("The plan's tools are missing: switch on the provider City Twin in Processing's options."),
                Qgis.MessageLevel.Warning,
            )
            self.body.addWidget(notice)
            return
        self.levels = LevelChoice()
        self.levels.changed.connect(self._show_primary)
        self.body.addWidget(self.levels)
        canvas = self.shell.iface.mapCanvas()
        self.places = ParameterForm(algorithm, PLACES, "contingency/places", canvas)
        self.proposals = Proposals(self.places, PROPOSED)
        self.body.addWidget(self.places)
        self.more = ParameterForm(algorithm, MORE, "contingency/more", canvas)
        self.body.addWidget(folded(self.tr("More inputs"), self.more, "planInputs"))
        tip = self.tr("Show a plan that was stored as PLAN (.json).")
        self.open_button = button("", self.tr("Open a plan…"), tip, self.ask_plan)
        self.body.addWidget(self.open_button)
        self.heading = bold(plain_label(self.tr("The plan")))
        self.body.addWidget(self.heading)
        self.view = PlanView(self.shell.iface, self.panel.notice)
        self.view.opened.connect(self._show_heading)
        self.body.addWidget(self.view)
        self.forms = (self.places, self.more)

    def refresh(self, *_: object) -> None:
        if self.ready:
            self.levels.refresh()
            self.proposals.propose()
        self._show_primary()

    def project_changed(self, *_: object) -> None:
        if self.ready:
            self.proposals.clear()
            for form in self.forms:
                form.restore()
            self.view.restore()
            self._show_heading()
        self.refresh()

    def close_down(self) -> None:
        if self.ready:
            self.view.drill.stop()
        super().close_down()

    def start(self) -> None:
        """Make the plan of the chosen floods."""
        chosen = self.levels.chosen() if self.ready else []
        if not chosen:
            return
        for form in self.forms:
            form.remember()
        title = run_outputs.named(self.tr("Contingency plan"))
        folder = run_outputs.new_folder(title)
        files = {"PLAN": "plan.json", "REPORT": "plan.pdf", "PROJECT": "plan.qgz", "PAGE": "plan.html"}
        values = self.places.values() | self.more.values() | inputs_of(chosen)
        request = run_outputs.request_for(
            "contingencyplan",
            values | {output: str(folder / name) for output, name in files.items()},
            title,
            {output: run_outputs.named(text) for output, text in self._names().items()},
            unloaded=tuple(files),
            folder=folder,
        )
        self.run(request).finished.connect(self._made)

    def ask_plan(self) -> None:
        """Ask for the file of a plan and show it."""
        base, _ = run_outputs.base_folder()
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open a plan"), str(base), self.tr("Plans (*.json)"))
        if path:
            self.view.open_plan(path)

    def _names(self) -> dict[str, str]:
        """The layers that are loaded, the topmost first."""
        return {
            "EVENTS": self.tr("Time line"),
            "BLOCKS": self.tr("People who leave"),
            "SHELTERS_USED": self.tr("Shelters"),
            "MEASURES_PLACED": self.tr("Pumps and barriers"),
            "ROUTES": self.tr("Routes"),
            "CLOSURES": self.tr("Closed roads"),
        }

    def _made(self, result: RunResult) -> None:
        if result.ok and result.outputs.get("PLAN"):
            self.view.open_plan(str(result.outputs["PLAN"]))

    def _show_heading(self) -> None:
        self.heading.setVisible(self.view.plan is not None)

    def _show_primary(self) -> None:
        chosen = self.levels.chosen() if self.ready else []
        self.primary.setEnabled(bool(chosen) and not self.busy())
        self.primary.setToolTip(
            self.tr("Make a plan of the chosen floods, with its layers and pages; they go into a new folder.")
            if chosen
            else self.tr("Assess the buildings in a flood first: see the Flood dock.")
        )


def inputs_of(chosen: list[AssessedFlood]) -> dict[str, Any]:
    """The building risk and the RESULT of each flood, as twin:contingencyplan takes them."""
    results = [item.flood.results["RESULT"] for item in chosen if "RESULT" in item.flood.results]
    return {"BUILDING_RISK": [item.risk.id() for item in chosen], "RESULTS": results}

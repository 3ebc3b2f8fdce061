"""One review of the dock: its form, what is drawn on the map for it, and its results."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterDefinition, QgsWkbTypes
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ..widgets.basics import button, fill_column, folded, wrapped_label
from ..widgets.form import ParameterForm
from ..widgets.proposals import Proposals
from .drawing import Drawing, count
from .results import ReviewResults
from .reviews import CITY, Drawn, Review
from .scheme_pair import SchemePair

_KINDS = QgsWkbTypes.GeometryType
PROPOSED = {
    "OBSERVERS": (("viewpoint", "视点", "观景"), (_KINDS.PointGeometry, _KINDS.LineGeometry)),
    "LINES": (("corridor", "视廊"), (_KINDS.LineGeometry,)),
    "LANDMARKS": (("landmark", "地标"), (_KINDS.PolygonGeometry,)),
    "TARGETS": (("landmark", "地标"), (_KINDS.PolygonGeometry, _KINDS.PointGeometry)),
    "GREEN": (("green", "绿地"), (_KINDS.PolygonGeometry,)),
    "PARCELS": (("control plan", "control_plan", "控规", "地块"), (_KINDS.PolygonGeometry,)),
    "PIPES": (("pipe", "管线"), (_KINDS.LineGeometry,)),
    "TUNNELS": (("tunnel", "隧道"), (_KINDS.LineGeometry,)),
    "BASEMENTS": (("underground", "basement", "地下"), (_KINDS.PolygonGeometry,)),
}
"""A layer with such a word in its name and such a geometry is proposed."""
INSTEAD_OF_LINES = ("OBSERVERS", "TARGETS")
"""Not proposed where lines may be given: a corridor would count twice."""
PAIR = "SCHEMES"
"""The parameter that takes the pair of schemes."""


class ReviewPanel(QWidget):
    """The form of an algorithm without what all reviews share; `changed` when it, or what is drawn, changes."""

    changed = pyqtSignal()

    def __init__(self, review: Review, algorithm: QgsProcessingAlgorithm, iface: Any, drawer: Drawing) -> None:
        super().__init__()
        self.review, self.algorithm, self.drawer = review, algorithm, drawer
        canvas = iface.mapCanvas()
        front, more = names_of(algorithm, review)
        self.pair = SchemePair(canvas) if algorithm.parameterDefinition(PAIR) is not None else None
        self.form = ParameterForm(algorithm, front, f"planning/{review.id}", canvas)
        self.more = ParameterForm(algorithm, more, f"planning/{review.id}/more", canvas)
        instead = INSTEAD_OF_LINES if "LINES" in front else ()
        proposed = {name: PROPOSED[name] for name in front if name in PROPOSED and name not in instead}
        self.proposals = Proposals(self.form, proposed)
        self.options = folded(self.tr("More options"), self.more, f"planning_{review.id}")
        self.options.setVisible(bool(more))
        self.results = ReviewResults(review, iface)
        self.buttons: dict[Drawn, QPushButton] = {}
        self.cures: dict[Drawn, tuple[QPushButton, QPushButton]] = {}
        drawn = [self._draw_row(name, what) for name, what in review.drawn if name in front]
        self.missing = wrapped_label()
        parts = [*([self.pair] if self.pair is not None else []), self.form, *drawn, self.options, self.results]
        fill_column(self, self.missing, *parts)
        for form in (self.form, self.more):
            form.changed.connect(self.changed)
        if self.pair is not None:
            self.pair.changed.connect(self.changed)
        self.drawer.drawn.connect(self._take_drawn)
        self.drawer.changed.connect(self._show_drawing)
        able, why = algorithm.canExecute()
        self.missing.setText("" if able else why)
        self.missing.setVisible(not able)
        self._show_drawing()

    def values(self) -> dict[str, Any]:
        """The inputs of the review, without those that all share."""
        found = self.more.values() | self.form.values()
        if self.pair is not None:
            found[PAIR] = [layer.id() for layer in self.pair.layers()]
        return found

    def lacks(self, shared: Mapping[str, Any]) -> list[str]:
        """What must be given and is not: the labels of parameters."""
        given = {**shared, **self.values()}
        needed = (
            definition
            for definition in self.algorithm.parameterDefinitions()
            if not definition.isDestination()
            and not definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
            and definition.defaultValue() is None
        )
        return [definition.description() for definition in needed if not given.get(definition.name())]

    def refresh(self) -> None:
        """Propose layers of the project, and show the newest results."""
        self.proposals.propose()
        self.results.refresh()
        self._show_drawing()

    def restore(self) -> None:
        """Another project: take what it remembers."""
        self.proposals.clear()
        for form in (self.form, self.more):
            form.restore()
        if self.pair is not None:
            self.pair.restore()

    def remember(self) -> None:
        """Keep the inputs in the project."""
        for form in (self.form, self.more):
            form.remember()

    def close_down(self) -> None:
        """End the swipe: before the dock is deleted."""
        if self.pair is not None:
            self.pair.swipe.close_down()

    def _draw_row(self, name: str, what: Drawn) -> QWidget:
        """Buttons that draw on the map for a parameter, and that clear what was drawn."""
        texts = {
            Drawn.VIEWPOINTS: self.tr("Draw viewpoints"),
            Drawn.PATHS: self.tr("Draw a path"),
            Drawn.CORRIDORS: self.tr("Draw view corridors"),
            Drawn.SECTIONS: self.tr("Draw the line"),
        }
        tip = (
            self.tr("Click on the map for each point; Escape ends it. They go into a layer of this project.")
            if what.geometry == "Point"
            else self.tr(
                "Click on the map for each vertex, double-click at the end. It goes into a layer of this project."
            )
        )
        draw = button("place", texts[what], tip, partial(self._toggle, what))
        draw.setCheckable(True)
        draw.setProperty("parameter", name)
        self.buttons[what] = draw
        tip = self.tr("Take back what was drawn last, or bring back what was cleared.")
        undo = button("", self.tr("Undo"), tip, partial(self.drawer.undo, what))
        empty = button(
            "", self.tr("Clear"), self.tr("Remove all that was drawn here."), partial(self.drawer.clear, what)
        )
        self.cures[what] = undo, empty
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(draw, 1)
        layout.addWidget(undo)
        layout.addWidget(empty)
        return row

    def _toggle(self, what: Drawn) -> None:
        if self.drawer.what is what:
            self.drawer.end()
        else:
            self.drawer.begin(what)
        self._show_drawing()

    def _take_drawn(self, what: Drawn, layer_id: str) -> None:
        """Take the layer with what was drawn as the input, if it was drawn here."""
        if what in self.buttons and self.isVisible():
            self.form.set_value(str(self.buttons[what].property("parameter")), layer_id)
            self.changed.emit()

    def _show_drawing(self) -> None:
        for what, draw in self.buttons.items():
            draw.setChecked(self.drawer.what is what)
        for what, (undo, empty) in self.cures.items():
            undo.setVisible(self.drawer.can_undo(what))
            empty.setVisible(count(what) > 0)


def names_of(algorithm: QgsProcessingAlgorithm, review: Review) -> tuple[list[str], list[str]]:
    """The parameters of a review that the dock does not ask elsewhere: those in front, and the advanced ones."""
    flags = QgsProcessingParameterDefinition.Flag
    shared = {PAIR, *CITY} - set(review.own)
    mine = [
        definition
        for definition in algorithm.parameterDefinitions()
        if not definition.isDestination()
        and definition.name() not in shared
        and not definition.flags() & flags.FlagHidden
    ]
    advanced = [definition.name() for definition in mine if definition.flags() & flags.FlagAdvanced]
    return [definition.name() for definition in mine if definition.name() not in advanced], advanced

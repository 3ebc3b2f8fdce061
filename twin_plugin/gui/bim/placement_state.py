"""Placing a model by hand: the state that the map tool and the panel share, with every step undoable."""

from __future__ import annotations

from enum import Enum

from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...bridge.bim import hand_placement
from ...bridge.bim.hand_placement import Anchor, HandPlacement, LocalModel
from ..common import project

MOST_STEPS = 200


class Stage(Enum):
    """What the next click on the map says."""

    POINT = "point"  # where the anchor lies
    BEARING = "bearing"  # to where the model points
    PLACED = "placed"  # nothing: the footprint can be dragged and turned


class Placing(QObject):
    """One model on its way to a place.

    Signals: `changed()` when something else is to be shown, `ended(accepted)` once at the end.

    Parameters
    ----------
    local : LocalModel
        The model in its own metres.
    crs : QgsCoordinateReferenceSystem
        In metres, of the place.
    start : Place, optional
        Where the model lies now; without one the first click says it.
    """

    changed = pyqtSignal()
    ended = pyqtSignal(bool)

    def __init__(
        self, local: LocalModel, crs: QgsCoordinateReferenceSystem, start: HandPlacement | None = None
    ) -> None:
        super().__init__()
        self.local, self.crs = local, crs
        self.anchors = {anchor.name: anchor for anchor in local.anchors()}
        self.anchor: Anchor = self.anchors["zero"]
        self.place = start if start is not None else HandPlacement(0.0, 0.0)
        self.stage = Stage.PLACED if start is not None else Stage.POINT
        self.on_terrain = start is None and project.terrain() is not None
        self.preview: HandPlacement | None = None
        self._steps: list[tuple[HandPlacement, Stage]] = []
        self.over = False

    # What is shown

    def shown(self) -> HandPlacement | None:
        """The place that the footprint is drawn at; None before there is any."""
        if self.preview is not None:
            return self.preview
        return None if self.stage is Stage.POINT else self.place

    def can_undo(self) -> bool:
        return bool(self._steps)

    # What is done

    def hold(self, name: str) -> None:
        """Hold the model by another of its anchors."""
        self.anchor = self.anchors.get(name, self.anchor)
        self.changed.emit()

    def preview_at(self, point: QgsPointXY | None) -> None:
        """Show what a click at a point would do; None shows what is."""
        if point is None or self.stage is Stage.PLACED:
            self.preview = None
        elif self.stage is Stage.POINT:
            self.preview = self.anchor.moved(self.place, point)
        else:
            self.preview = self.anchor.turned(self.place, point)
        self.changed.emit()

    def click(self, point: QgsPointXY) -> None:
        """Take a point as what the stage asks for."""
        if self.stage is Stage.POINT:
            self._take(self.anchor.moved(self.place, point), Stage.BEARING)
        elif self.stage is Stage.BEARING:
            self._take(self.anchor.turned(self.place, point), Stage.PLACED)

    def settle(self) -> None:
        """Keep the bearing as it is."""
        if self.stage is Stage.BEARING:
            self._take(self.place, Stage.PLACED)

    def drag(self, place: HandPlacement) -> None:
        """Show a place while the mouse is down."""
        self.preview = place
        self.changed.emit()

    def put(self, place: HandPlacement) -> None:
        """Take a place that was dragged to or typed in."""
        self._take(place, Stage.PLACED)

    def set_on_terrain(self, on: bool) -> None:
        """Let the ground floor stand on the terrain, or leave the level as it is."""
        self.on_terrain = on
        if on and self.stage is not Stage.POINT:
            self._take(self.place, self.stage)
        self.changed.emit()

    def undo(self) -> None:
        """Take the last step back."""
        if self._steps:
            self.place, self.stage = self._steps.pop()
            self.preview = None
            self.changed.emit()

    def back(self) -> None:
        """What Escape does: leave a drag, go back to the first click, or give up."""
        if self.preview is not None and self.stage is Stage.PLACED:
            self.preview_at(None)
        elif self.stage is Stage.BEARING:
            self.undo()
        else:
            self.end(False)

    def accept(self) -> None:
        """The place is right."""
        if self.stage is not Stage.POINT:
            self.end(True)

    def end(self, accepted: bool) -> None:
        """It is over; the second call does nothing."""
        if not self.over:
            self.over = True
            self.preview = None
            self.ended.emit(accepted)

    def _take(self, place: HandPlacement, stage: Stage) -> None:
        place = self._grounded(place)
        self.preview = None
        if (place, stage) != (self.place, self.stage):
            self._steps.append((self.place, self.stage))
            del self._steps[:-MOST_STEPS]
            self.place, self.stage = place, stage
        self.changed.emit()

    def _grounded(self, place: HandPlacement) -> HandPlacement:
        """The place with its ground floor at the level of the terrain under the middle of the footprint."""
        terrain = project.terrain() if self.on_terrain else None
        if terrain is None:
            return place
        middle = self.anchors["middle"]
        ground = hand_placement.ground_m(terrain, place.to_map(middle.x, middle.y), self.crs)
        if ground is None:
            return place
        return HandPlacement(place.x, place.y, ground - self.local.ground_floor_m, place.bearing_deg)

"""The panel of placing a model by hand: what to do next, the numbers, undo, and the button that keeps the place."""

from __future__ import annotations

from dataclasses import replace

from qgis.gui import QgsDoubleSpinBox
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...bridge.kernel.outside_text import as_tip
from ..common import project
from ..widgets.basics import bold, button, narrow_combo, wrapped_label
from .placement_state import Placing, Stage

FAR = 1e8


class PlacingPanel(QGroupBox):
    """Shows a `Placing` and lets its numbers be typed; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.placing: Placing | None = None
        self._quiet = False
        self.setTitle(self.tr("Place by hand"))
        self.name, self.step = bold(wrapped_label()), wrapped_label()
        self.anchor = narrow_combo(
            self.tr("The model's point that the first click puts on the map. Corners refer to the model's own axes.")
        )
        self.anchor.activated.connect(lambda _: self.placing.hold(str(self.anchor.currentData())))
        self.x = self._number(-FAR, FAR, self.tr("Easting of the model's zero point, m."))
        self.y = self._number(-FAR, FAR, self.tr("Northing of the model's zero point, m."))
        level = self.tr("Elevation of the model's zero point, m above the terrain's datum.")
        self.z = self._number(-12_000.0, 12_000.0, level)
        bearing = self.tr("Bearing of the model's y axis, degrees clockwise from grid north.")
        self.bearing = self._number(0.0, 360.0, bearing)
        self.bearing.setWrapping(True)
        self.ground = QCheckBox(self.tr("Stand on the terrain"))
        self.ground.setToolTip(
            self.tr("Set the level so that the ground floor lies on the terrain under the middle of the footprint.")
        )
        self.ground.toggled.connect(self._grounded)
        self.crs = wrapped_label()
        self.undo = button(
            "",
            self.tr("Undo"),
            self.tr("Undo the last step (Ctrl+Z or Backspace on the map)."),
            lambda: self.placing.undo(),
        )
        self.undo.setShortcut(QKeySequence())
        self.give_up = button(
            "cancel",
            self.tr("Cancel"),
            self.tr("Keep the model's earlier place (Escape on the map)."),
            lambda: self.placing.end(False),
        )
        self.accept = button(
            "place",
            self.tr("Place here"),
            self.tr("Keep this place, and read the model again with it (Enter on the map)."),
            lambda: self.placing.accept(),
        )
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Anchor"), self.anchor)
        form.addRow(self.tr("East, m"), self.x)
        form.addRow(self.tr("North, m"), self.y)
        form.addRow(self.tr("Level, m"), self.z)
        form.addRow(self.tr("Bearing, °"), self.bearing)
        buttons = QGridLayout()
        buttons.addWidget(self.undo, 0, 0)
        buttons.addWidget(self.give_up, 0, 1)
        buttons.addWidget(self.accept, 1, 0, 1, 2)
        layout = QVBoxLayout(self)
        layout.addWidget(self.name)
        layout.addWidget(self.step)
        layout.addLayout(form)
        layout.addWidget(self.ground)
        layout.addWidget(self.crs)
        layout.addLayout(buttons)

    def follow(self, placing: Placing) -> None:
        """Show this from now on."""
        self.placing = placing
        name = placing.local.path.replace("\\", "/").rsplit("/", 1)[-1]
        self.name.setText(name)
        self.anchor.clear()
        names = {
            "zero": self.tr("the model's zero point"),
            "middle": self.tr("the middle of its footprint"),
            "south-west": self.tr("its south-west corner"),
            "south-east": self.tr("its south-east corner"),
            "north-east": self.tr("its north-east corner"),
            "north-west": self.tr("its north-west corner"),
        }
        for name in placing.anchors:
            self.anchor.addItem(names.get(name, name), name)
        self.crs.setText(placing.crs.userFriendlyIdentifier())
        self.crs.setToolTip(as_tip(self.crs.text()))
        self.ground.setVisible(project.terrain() is not None)
        placing.changed.connect(self.refresh)
        self.show()
        self.refresh()

    def leave(self) -> None:
        """Show nothing any more."""
        if self.placing is not None:
            self.placing.changed.disconnect(self.refresh)
        self.placing = None
        self.hide()

    def refresh(self) -> None:
        """Show where the model is."""
        placing = self.placing
        if placing is None:
            return
        self._quiet = True
        place = placing.shown()
        if place is not None:
            fields = {self.x: place.x, self.y: place.y, self.z: place.z, self.bearing: place.bearing_deg}
            for field, value in fields.items():
                if not field.hasFocus() or abs(field.value() - value) > 0.001:
                    field.setValue(value)
        self.anchor.setCurrentIndex(self.anchor.findData(placing.anchor.name))
        self.ground.setChecked(placing.on_terrain)
        self.z.setEnabled(not placing.on_terrain)
        self.undo.setEnabled(placing.can_undo())
        self.accept.setEnabled(placing.stage is not Stage.POINT)
        self.step.setText(_what_next(placing))
        self._quiet = False

    def _typed(self) -> None:
        if self.placing is None or self._quiet:
            return
        now, field = self.placing.place, self.sender()
        # Only what was typed changes: the fields show the others rounded.
        if field is self.bearing:
            self.placing.put(self.placing.anchor.turned_to(now, self.bearing.value()))
            return
        name = {self.x: "x", self.y: "y", self.z: "z"}[field]
        self.placing.put(replace(now, **{name: field.value()}))

    def _grounded(self, on: bool) -> None:
        if self.placing is not None and not self._quiet:
            self.placing.set_on_terrain(on)

    def _number(self, low: float, high: float, tip: str) -> QgsDoubleSpinBox:
        field = QgsDoubleSpinBox()
        field.setRange(low, high)
        field.setDecimals(3)
        field.setShowClearButton(False)
        field.setKeyboardTracking(False)
        field.setMinimumWidth(11 * self.fontMetrics().averageCharWidth())
        field.setToolTip(as_tip(tip))
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        field.valueChanged.connect(self._typed)
        return field


def _what_next(placing: Placing) -> str:
    translate = QCoreApplication.translate
    corner = placing.anchor.name not in ("zero", "middle")
    if placing.stage is Stage.POINT:
        return translate(
            "PlacingPanel", "Click on the map where this point of the model lies, or enter its coordinates."
        )
    if placing.stage is Stage.BEARING and corner:
        return translate("PlacingPanel", "Click a second point along the wall that leads to the next corner.")
    if placing.stage is Stage.BEARING:
        return translate(
            "PlacingPanel",
            "Click a second point in the direction of the model's y axis; right-click keeps the bearing.",
        )
    return translate("PlacingPanel", "Drag the footprint to move it, the orange square to turn it.")

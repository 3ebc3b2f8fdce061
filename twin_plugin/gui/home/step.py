"""One step of the work in the home dock: whether it is done, what is there, and the buttons that do it."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFrame, QGridLayout, QPushButton, QStyle, QVBoxLayout, QWidget

from ..widgets.basics import bold, icon, plain_label, wrapped_label


class StepRow(QFrame):
    """A step with its number, title, state and buttons."""

    def __init__(self, name: str, title: str, teaching: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.teaching = teaching
        self.done = False
        size = round(1.5 * self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize))
        picture = plain_label()
        picture.setPixmap(icon(name).pixmap(size, size))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        heading = bold(plain_label(title))
        heading.setWordWrap(True)
        self.mark = plain_label()
        self.state = wrapped_label()
        self.buttons = QVBoxLayout()
        layout = QGridLayout(self)
        layout.addWidget(picture, 0, 0)
        layout.addWidget(heading, 0, 1)
        layout.addWidget(self.mark, 0, 2)
        layout.addWidget(self.state, 1, 0, 1, 3)
        layout.addLayout(self.buttons, 2, 0, 1, 3)
        layout.setColumnStretch(1, 1)
        self.set_state("")

    def add(self, button: QPushButton) -> QPushButton:
        """Add a button below the state."""
        self.buttons.addWidget(button)
        return button

    def set_state(self, text: str, to_do: str = "") -> None:
        """Say what is there; '' means that the step is still to do, with a sentence of its own if there is one."""
        self.done = bool(text)
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self.mark.setPixmap(icon("present" if text else "absent").pixmap(size, size))
        self.mark.setToolTip(self.tr("This step is done.") if text else self.tr("This step is not done yet."))
        self.state.setText(text or to_do or self.teaching)

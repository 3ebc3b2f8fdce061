"""One step of the work in the home dock: whether it is done, what is there, and the buttons that do it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QStyle, QToolButton, QVBoxLayout, QWidget

from ...bridge.kernel.outside_text import as_tip
from ..widgets.basics import bold, icon, plain_label, wrapped_label


class StepRow(QFrame):
    """A step with its number, title, state and buttons.

    It is open while it is the step to do, and else one line with its state; the arrow opens and closes it.
    """

    def __init__(self, name: str, title: str, teaching: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.teaching = teaching
        self.done = False
        self._is_current = True
        size = round(1.5 * self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize))
        self.arrow = QToolButton()
        self.arrow.setAutoRaise(True)
        self.arrow.setAccessibleName(title)
        self.arrow.clicked.connect(lambda *_: self.set_open(not self.is_open))
        self.picture = plain_label()
        self.picture.setPixmap(icon(name).pixmap(size, size))
        self.heading = bold(plain_label(title))
        self.line = plain_label()
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.mark = plain_label()
        self.state = wrapped_label()
        self.body = QWidget()
        self.buttons = QVBoxLayout(self.body)
        self.buttons.setContentsMargins(0, 0, 0, 0)
        layout = QGridLayout(self)
        for column, part in enumerate((self.arrow, self.picture, self.heading, self.line, self.mark)):
            layout.addWidget(part, 0, column)
        layout.addWidget(self.state, 1, 0, 1, 5)
        layout.addWidget(self.body, 2, 0, 1, 5)
        layout.setColumnStretch(3, 1)
        self.set_state("")
        self.set_open(True)

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
        self._show_line()

    def set_current(self, is_current: bool) -> None:
        """Open the step that is to do and close the others; between changes the user's own choice stays."""
        if is_current != self._is_current:
            self._is_current = is_current
            self.set_open(is_current)
        # Steps that come later are grey, and can be opened all the same.
        self.heading.setEnabled(self.done or is_current)
        self.picture.setEnabled(self.done or is_current)

    @property
    def is_open(self) -> bool:
        """Whether text and buttons are shown."""
        return not self.body.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Show or hide text and buttons."""
        self.state.setVisible(is_open)
        self.body.setVisible(is_open)
        self.line.setVisible(not is_open)
        self.arrow.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.arrow.setToolTip(self.tr("Hide what belongs to this step.") if is_open else self.tr("Open this step."))
        self._show_line()

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        self._show_line()

    def _show_line(self) -> None:
        """What there is, in the room that the line of a closed step leaves."""
        text = " ".join(self.state.text().split()) if self.done else ""
        room = max(0, self.line.width())
        self.line.setText(self.line.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
        self.line.setToolTip(as_tip(self.state.text()))

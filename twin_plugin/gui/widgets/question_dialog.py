"""A question in a dialog whose default answer is no."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from ...processing.question import Question
from .basics import bold, plain_label

LONG = 14
"""Lines from which on a detail scrolls."""


class QuestionDialog(QDialog):
    """Text and detail of a question over its two buttons; Return and Escape say no."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.setWindowTitle(question.title)
        self.text, self.detail = bold(plain_label(question.text)), plain_label(question.detail)
        layout = QVBoxLayout(self)
        for label in (self.text, self.detail):
            label.setWordWrap(True)
        layout.addWidget(self.text)
        layout.addWidget(self.detail if question.detail.count("\n") < LONG else self._scrolled())
        roles = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox()
        self.yes = buttons.addButton(question.accept, roles.AcceptRole)
        self.yes.setToolTip(self.tr("The answer is kept: the question does not come again."))
        self.no = buttons.addButton(self.tr("No"), roles.RejectRole)
        self.no.setToolTip(self.tr("Nothing is sent or kept."))
        self.yes.setAutoDefault(False)
        self.no.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 72, self.sizeHint().height())
        self.no.setFocus()

    def _scrolled(self) -> QScrollArea:
        """A long detail, so that the buttons stay on the screen."""
        area = QScrollArea()
        area.setWidget(self.detail)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMinimumHeight(self.fontMetrics().lineSpacing() * LONG)
        return area


def ask(question: Question, parent: QWidget | None = None) -> bool:
    """Show a question and wait for its answer; yes is kept."""
    dialog = QuestionDialog(question, parent)
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if agreed:
        question.agreed()
    return agreed

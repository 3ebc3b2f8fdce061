"""A question in a dialog whose default answer is no."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ...processing.question import Question
from .basics import bold, plain_label


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
            layout.addWidget(label)
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


def ask(question: Question, parent: QWidget | None = None) -> bool:
    """Show a question and wait for its answer; yes is kept."""
    dialog = QuestionDialog(question, parent)
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if agreed:
        question.agreed()
    return agreed

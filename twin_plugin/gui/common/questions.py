"""Shows a question in a dialog whose default answer is no."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QLabel, QMessageBox, QWidget

from ...processing.question import Question


def ask(question: Question, parent: QWidget | None = None) -> bool:
    """Show a question and wait for its answer; yes is kept."""
    box = QMessageBox(QMessageBox.Icon.Question, question.title, question.text, parent=parent)
    box.setInformativeText(question.detail)
    yes = box.addButton(question.accept, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(QCoreApplication.translate("Questions", "No"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)  # names and addresses in it are words of others
    box.exec()
    agreed = box.clickedButton() is yes
    box.deleteLater()
    if agreed:
        question.agreed()
    return agreed

"""A message in its place: one sentence with its cure, and details that can be opened and copied."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from ...bridge.kernel.outside_text import as_tip
from .basics import button, plain_label

_ICONS = {
    Qgis.MessageLevel.Info: "/mIconInfo.svg",
    Qgis.MessageLevel.Success: "/mIconSuccess.svg",
    Qgis.MessageLevel.Warning: "/mIconWarning.svg",
    Qgis.MessageLevel.Critical: "/mIconCritical.svg",
}


class DetailsDialog(QDialog):
    """A long text that can be read and copied."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.view = QPlainTextEdit(text)
        self.view.setReadOnly(True)
        self.view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.view.setToolTip(self.tr("The log of the run."))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setToolTip(self.tr("Close this window."))
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip(self.tr("Copy the whole text."))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.view.toPlainText()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.view)
        layout.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 100, metrics.height() * 28)


class Notice(QFrame):
    """One sentence with an icon; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.icon = plain_label()
        self.icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text = plain_label()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.details = button(
            "", self.tr("Details…"), self.tr("Open the whole log, to read or copy it."), self._open_details
        )
        self.cure = QPushButton()
        self.cure.clicked.connect(self._apply_cure)
        self._cure: Callable[[], None] | None = None
        self._title = self._log = ""
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.details)
        buttons.addWidget(self.cure)
        right = QVBoxLayout()
        right.addWidget(self.text)
        right.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.addWidget(self.icon)
        layout.addLayout(right, 1)
        self.hide()

    def say(
        self,
        text: str,
        level: Qgis.MessageLevel = Qgis.MessageLevel.Info,
        log: str = "",
        cure: tuple[str, str, Callable[[], None]] | None = None,
    ) -> None:
        """Show a sentence; `cure` is a button's text, its tooltip and what it does."""
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self.icon.setPixmap(QgsApplication.getThemeIcon(_ICONS[level]).pixmap(size, size))
        self.text.setText(text)
        self.setAccessibleName(text)
        self._title, self._log = text, log
        self.details.setVisible(bool(log))
        self.cure.setVisible(cure is not None)
        if cure is not None:
            self.cure.setText(cure[0])
            self.cure.setToolTip(as_tip(cure[1]))
            self._cure = cure[2]
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self.text.clear()
        self.hide()

    def _open_details(self) -> None:
        DetailsDialog(self.tr("Details"), self._title + "\n\n" + self._log, self.window()).show()

    def _apply_cure(self) -> None:
        if self._cure is not None:
            self._cure()

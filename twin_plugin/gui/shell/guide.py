"""The guide in a window of its own, readable without a network."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QTextDocument
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ...bridge.kernel import resources


def guide_path() -> Path:
    """The guide: in the checkout's docs, else among the plugin's resources."""
    inside = resources.RESOURCES / "guide" / "guide-desktop.md"
    return inside if inside.exists() else resources.PLUGIN.resolve().parent / "docs" / "guide-desktop.md"


class GuideDialog(QDialog):
    """Shows the guide with its pictures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("City Twin: guide"))
        self.view = QTextBrowser()
        self.view.setOpenExternalLinks(True)
        self.view.setToolTip(self.tr("How to work with the docks, step by step."))
        path = guide_path()
        if path.exists():
            # As a source and not as a text: it begins at the top, and links to other pages open them.
            self.view.setSource(QUrl.fromLocalFile(str(path)), QTextDocument.ResourceType.MarkdownResource)
        else:
            self.view.setPlainText(self.tr("The guide is not part of this installation: see the plugin's home page."))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setToolTip(self.tr("Close the guide."))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.view)
        layout.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 110, metrics.height() * 40)

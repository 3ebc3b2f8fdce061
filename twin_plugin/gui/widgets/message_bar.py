"""Messages in QGIS's message bar, which draws every text as HTML: sentences with names from outside stay text."""

from __future__ import annotations

from qgis.core import Qgis
from qgis.gui import QgsMessageBar, QgsMessageBarItem
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QTextBrowser

from ...bridge.kernel.outside_text import as_html

TITLE = "City Twin"
LINES = 2
"""Of a sentence that can be read without scrolling."""


class MessageItem(QgsMessageBarItem):
    """A sentence of the plugin; 0 seconds stay until the user closes it."""

    def __init__(self, text: str, level: Qgis.MessageLevel, seconds: int = 0) -> None:
        super().__init__(TITLE, as_html(text), level, seconds)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the sentence the room of its lines: QGIS cuts the second one."""
        super().showEvent(event)
        browser = self.findChild(QTextBrowser)
        if browser is not None:
            browser.ensurePolished()
            space = 2 * round(browser.document().documentMargin()) + 2 * browser.frameWidth()
            browser.setFixedHeight(LINES * browser.fontMetrics().lineSpacing() + space)

    def say(self, text: str) -> None:
        """Show another sentence in its place."""
        self.setText(as_html(text))


def push(bar: QgsMessageBar, text: str, level: Qgis.MessageLevel) -> None:
    """Show a sentence for as long as QGIS shows messages of its level."""
    bar.pushMessage(TITLE, as_html(text), level)

"""A message of two lines has more room than QGIS gives it, which cuts the second."""

from __future__ import annotations

from qgis.core import Qgis
from qgis.gui import QgsMessageBarItem  # noqa: TID251
from qgis.PyQt.QtWidgets import QTextBrowser

from twin_plugin.gui.widgets.message_bar import MessageItem


def test_two_lines_have_room(message_bar, settle):
    message_bar.resize(600, 80)
    message_bar.show()
    text = "A sentence that goes on. " * 20
    heights = []
    for item in (QgsMessageBarItem(text), MessageItem(text, Qgis.MessageLevel.Info)):
        message_bar.pushItem(item)
        settle(100)
        heights.append(item.findChild(QTextBrowser).viewport().height())
    assert heights[1] > heights[0]

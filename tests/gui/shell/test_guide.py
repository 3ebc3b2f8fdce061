"""The guide in its window."""

from __future__ import annotations

from qgis.PyQt.QtCore import QUrl

from twin_plugin.gui.shell.guide import GuideDialog


def test_it_opens_at_its_beginning(widget):
    view = widget(GuideDialog).view
    assert view.toPlainText().startswith("Guide to the desktop")
    assert view.textCursor().position() == 0
    assert view.verticalScrollBar().value() == 0


def test_a_link_opens_another_page_and_the_way_back(widget):
    view = widget(GuideDialog).view
    view.setSource(QUrl("twin-base.md"))
    assert view.toPlainText().startswith("The twin base")
    view.backward()
    assert view.toPlainText().startswith("Guide to the desktop")

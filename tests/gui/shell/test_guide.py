"""The guide in its window: it begins at the top, pages lead to each other and back, and pictures fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QImageReader

from twin_plugin.bridge.kernel import resources
from twin_plugin.gui.shell.guide import GuideDialog

PAGE = Path(__file__).parents[3] / "docs" / "guide-desktop.md"

pytestmark = pytest.mark.usefixtures("guide")


@pytest.fixture
def dialog(widget, settle):
    shown = widget(GuideDialog)
    shown.resize(700, 500)
    shown.show()
    settle(50)
    return shown


def follow(view, href: str) -> None:
    """What a click on a link of the page does."""
    assert f'href="{href}"' in view.toHtml()
    view.setSource(view.source().resolved(QUrl(href)))


def text_at_the_top(view) -> str:
    return view.cursorForPosition(view.viewport().rect().topLeft()).block().text()


def test_it_opens_at_its_beginning(dialog):
    view = dialog.view
    assert "Guide to the desktop" in view.toPlainText().splitlines()[1]
    assert view.textCursor().position() == 0
    assert view.verticalScrollBar().value() == 0
    assert view.documentTitle() == "Guide to the desktop"


def test_a_link_opens_another_page_and_the_buttons_lead_back_and_forth(dialog):
    view = dialog.view
    assert not dialog.back.isEnabled()
    follow(view, "algorithms.html")
    follow(view, "algorithms/simulateflood.html")
    assert view.documentTitle() == "Simulate flood"
    dialog.back.click()
    assert view.documentTitle() == "Algorithms"
    dialog.back.click()
    assert view.documentTitle() == "Guide to the desktop"
    assert not dialog.back.isEnabled()
    dialog.forward.click()
    assert view.documentTitle() == "Algorithms"
    dialog.start.click()
    assert view.documentTitle() == "Guide to the desktop"


def test_an_anchor_leads_to_its_heading_below_pictures(dialog, settle):
    view = dialog.view
    view.setSource(QUrl("guide-desktop.html#buildings"))
    settle(50)
    assert text_at_the_top(view) == "Buildings"
    view.setSource(QUrl("bim.html#columns-of-report"))
    settle(50)
    assert text_at_the_top(view) == "Columns of REPORT"


@pytest.mark.parametrize("width", [400, 700, 1600])
def test_pictures_are_not_wider_than_the_window_nor_than_they_are(dialog, settle, width):
    dialog.resize(width, 500)
    settle(50)
    pictures = [fragment.charFormat().toImageFormat() for fragment in dialog.view._pictures()]
    assert len(pictures) == PAGE.read_text(encoding="utf-8").count("](pictures/") > 8
    for picture in pictures:
        own = QImageReader(str(resources.guide("x").parent / picture.name())).size()
        assert 0 < picture.width() <= min(own.width(), dialog.view.viewport().width())
        assert picture.height() == pytest.approx(own.height() * picture.width() / own.width(), abs=1)
    assert dialog.view.horizontalScrollBar().maximum() == 0


def test_where_the_frame_is_chinese_it_says_that_the_pages_are_not(widget, monkeypatch):
    from qgis.core import QgsApplication

    assert widget(GuideDialog).language.isHidden()
    monkeypatch.setattr(QgsApplication, "locale", lambda: "zh-Hans")
    assert not widget(GuideDialog).language.isHidden()

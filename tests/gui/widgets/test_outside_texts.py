"""Labels, tooltips, notices and messages show what models, servers and people wrote as it is written."""

from __future__ import annotations

import pytest
from qgis.core import Qgis, QgsApplication
from qgis.gui import QgsAttributeEditorContext, QgsAttributeForm, QgsMessageLogViewer  # noqa: TID251
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QTextDocument
from qgis.PyQt.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextBrowser, QWidget

from tests.bridge.kernel.test_outside_text import READS_TEXT, planted_layer
from tests.planted import PLANTED
from twin_plugin.bridge.bim.model_tables import Card, ModelRow
from twin_plugin.bridge.kernel import log
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health, Link, ServiceRecord
from twin_plugin.gui.bim.building_form import BuildingForm
from twin_plugin.gui.bim.model_table import ModelTable
from twin_plugin.gui.common.floods import Flood
from twin_plugin.gui.flood.results import FloodResults
from twin_plugin.gui.services.card import ServiceCard
from twin_plugin.gui.widgets import basics
from twin_plugin.gui.widgets import message_bar as messages
from twin_plugin.gui.widgets.notice import Notice


def shown(label: QLabel) -> str:
    """What a label draws."""
    rich = label.textFormat() == Qt.TextFormat.RichText
    rich |= label.textFormat() == Qt.TextFormat.AutoText and Qt.mightBeRichText(label.text())
    return read(label.text()) if rich else label.text()


def read(content: str) -> str:
    document = QTextDocument()
    document.setHtml(content)
    return document.toPlainText()


@pytest.mark.parametrize("make", [basics.plain_label, basics.wrapped_label, basics.text_label])
def test_a_label_shows_the_very_text(qgis_app, make):
    for text in PLANTED:
        assert shown(make(text)) == text
        label = make()
        label.setText(text)
        assert shown(label) == text


def test_a_link_shows_the_very_texts_and_leads_where_it_says(qgis_app):
    for text in PLANTED:
        label = basics.LinkLabel()
        label.say(text, text, f"https://example.org/?q={text}")
        assert shown(label) == f"{text} · {text}"
        document = QTextDocument()
        document.setHtml(label.text())
        block = document.firstBlock()
        links = set()
        step = block.begin()
        while not step.atEnd():
            links.add(step.fragment().charFormat().anchorHref())
            step += 1
        assert links == {"", f"https://example.org/?q={text}"}


def test_a_notice_shows_the_very_text(qgis_app):
    notice = Notice()
    for text in PLANTED:
        notice.say(text, Qgis.MessageLevel.Warning, cure=("Do", text, lambda: None))
        assert shown(notice.text) == text
        tip = notice.cure.toolTip()
        assert (read(tip) if Qt.mightBeRichText(tip) else tip) == text


def test_a_message_shows_the_very_text(message_bar):
    for text in PLANTED:
        messages.push(message_bar, text, Qgis.MessageLevel.Warning)
        item = messages.MessageItem(text, Qgis.MessageLevel.Info)
        message_bar.pushItem(item)
        texts = [view.toPlainText() for view in message_bar.findChildren(QTextBrowser)]
        assert texts.count(f"{messages.TITLE}: {text}") == 2
        item.say("other")
        item.say(text)
        assert item.findChild(QTextBrowser).toPlainText() == f"{messages.TITLE}: {text}"
        message_bar.clearWidgets()


def test_the_log_panel_shows_the_very_text(qgis_app):
    viewer = QgsMessageLogViewer()
    handler = log.attach(as_html=True)
    try:
        for text in PLANTED:
            log.logging.getLogger(f"{log.ROOT}.test").warning("%s", text)
        QgsApplication.processEvents()
        panel = "\n".join(view.toPlainText() for view in viewer.findChildren(QPlainTextEdit))
    finally:
        log.detach(handler)
    assert [text for text in PLANTED if text not in panel] == []


def test_the_log_of_qgis_process_shows_the_very_text(qgis_app):
    heard = []
    collect = lambda text, tag, level: heard.append(text)  # noqa: E731
    QgsApplication.messageLog().messageReceived.connect(collect)
    handler = log.attach(as_html=False)
    try:
        for text in PLANTED:
            log.logging.getLogger(f"{log.ROOT}.test").warning("%s", text)
        QgsApplication.processEvents()
    finally:
        log.detach(handler)
        QgsApplication.messageLog().messageReceived.disconnect(collect)
    assert [text for text in PLANTED if text not in heard] == []


def texts_of(widget: QWidget) -> list[str]:
    """What the labels, lines and tooltips of a widget show."""
    found = [shown(label) for label in widget.findChildren(QLabel)]
    found += [line.text() for line in widget.findChildren(QLineEdit)]
    for part in widget.findChildren(QWidget):
        tip = part.toolTip()
        found.append(read(tip) if Qt.mightBeRichText(tip) else tip)
    return found


def test_the_card_of_a_service_shows_what_its_record_says(widget):
    for text in PLANTED:
        card = widget(lambda: ServiceCard(str))
        card.details.setCollapsed(False)
        record = ServiceRecord(
            "0" * 20, text, ServiceProtocol.WFS, text, text, text, keywords=(text,), subdivision=text, source=text,
            cadence=text, health=Health.DEAD, health_reason=text,
            links=(Link(f"https://example.org/{text}", title=text), Link(text, title="x")),
        )  # fmt: skip
        card.show_record(record)
        texts = texts_of(card)
        assert texts.count(text) >= 9, texts
        assert f"https://example.org/{text}" in texts


def test_the_card_of_a_building_shows_what_its_model_says(widget):
    for text in PLANTED:
        form = widget(BuildingForm)
        building = {"id": "m/1", "name": text, "address": text, "use": text}
        model = ModelRow(
            "m", path=f"/models/{text.replace('/', ' ')}", warnings=text, georef_level=50, georef_source=text
        )
        form.show_card(Card(model, building, risk={"risk_class": 2, "depth_m": 1.0, "reason": text}))
        texts = texts_of(form)
        assert texts.count(text) >= 5, texts


def test_the_tooltip_of_a_model_and_the_title_of_a_run_are_shown_as_they_are(widget):
    for text in PLANTED:
        table = ModelTable()
        table.append([ModelRow("m", path=text, reason=text, status="failed")])
        table.settle()
        tip = table.data(table.index(0, 0), Qt.ItemDataRole.ToolTipRole)
        lines = (read(tip) if Qt.mightBeRichText(tip) else tip).split("\n")
        assert lines.count(text) == 2
        box = widget(FloodResults)
        box.show_run(Flood("k", "", text), [])
        assert shown(box.hint) == text


@pytest.mark.parametrize("style", READS_TEXT)
def test_the_form_of_a_style_shows_attributes_as_they_are(qgis_app, style):
    layer = planted_layer(style)
    for text, feature in zip(PLANTED, layer.getFeatures(), strict=True):
        form = QgsAttributeForm(layer, feature, QgsAttributeEditorContext())
        rich = [label.text() for label in form.findChildren(QLabel) if shown(label) != label.text()]
        assert not rich
        assert not form.findChildren(QTextBrowser)
        lines = [line.text() for line in form.findChildren(QLineEdit)]
        lines += [box.toPlainText() for box in form.findChildren(QPlainTextEdit)]
        assert text in lines, (style, lines)
        form.deleteLater()

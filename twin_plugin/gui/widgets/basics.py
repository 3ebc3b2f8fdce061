"""Small parts that docks are put together from: texts, buttons, combo boxes, columns, groups that fold, delays.

Texts come from models, servers and people: labels never take them for HTML, and tooltips are made with `as_tip`.
"""

from __future__ import annotations

from collections.abc import Callable

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...bridge.kernel import resources
from ...bridge.kernel.outside_text import as_html, as_tip


def plain_label(text: str = "") -> QLabel:
    """A text in one line, or a picture."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    return label


def bold(label: QLabel) -> QLabel:
    """The label, in bold letters."""
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def wrapped_label(text: str = "") -> QLabel:
    """A text that wraps at any width, and can be selected with the mouse."""
    label = plain_label(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def text_label(text: str = "") -> QLabel:
    """A paragraph that wraps at any width, and can be selected with mouse and keyboard."""
    label = wrapped_label(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    return label


class LinkLabel(QLabel):
    """A paragraph with a link at its end, which opens outside QGIS, or calls `slot` where there is one."""

    def __init__(self, slot: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setOpenExternalLinks(slot is None)
        if slot is not None:
            self.linkActivated.connect(lambda *_: slot())

    def say(self, text: str, link: str = "", href: str = "") -> None:
        """Show a text and behind it the text of a link, '' for none."""
        anchor = f'<a href="{as_html(href)}">{as_html(link)}</a>' if link else ""
        self.setText(" · ".join(part for part in (as_html(text), anchor) if part))


def narrow_combo(tip: str = "", letters: int = 8) -> QComboBox:
    """A combo box that may be narrower than its longest entry."""
    combo = QComboBox()
    make_narrow(combo, letters)
    combo.setToolTip(as_tip(tip))
    return combo


def make_narrow(combo: QComboBox, letters: int = 8) -> None:
    """Let a combo box be narrower than its longest entry."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(letters)


def fill_column(widget: QWidget, *parts: QWidget | QLayout) -> QVBoxLayout:
    """Put parts into a widget from top to bottom, without margins."""
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


def delay(parent: QObject, pause_ms: int, slot: Callable[[], object]) -> QTimer:
    """A timer that calls once, some time after its last start."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(pause_ms)
    timer.timeout.connect(slot)
    return timer


def folded(title: str, content: QWidget, key: str, collapsed: bool = True) -> QgsCollapsibleGroupBox:
    """A group that folds away what is seldom changed."""
    box = QgsCollapsibleGroupBox(title)
    box.setObjectName(key)
    box.setToolTip(QCoreApplication.translate("TwinDock", "Click to fold or unfold."))
    for inner in box.findChildren(QAbstractButton):
        inner.setToolTip(box.toolTip())
    QVBoxLayout(box).addWidget(content)
    box.setCollapsed(collapsed)
    return box


def icon(name: str) -> QIcon:
    """An icon of the plugin; an empty one for ''."""
    return QIcon(str(resources.icon(name))) if name else QIcon()


def button(icon_name: str, text: str, tip: str, slot: Callable[[], object]) -> QPushButton:
    """A push button with its tooltip, and an icon unless that is ''."""
    push = QPushButton(icon(icon_name), text)
    push.setToolTip(as_tip(tip))
    push.clicked.connect(lambda *_: slot())
    return push

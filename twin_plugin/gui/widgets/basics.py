"""Small parts that docks are put together from: paragraphs, groups that fold, buttons."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAbstractButton, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ...bridge.kernel import resources


def text_label(text: str = "") -> QLabel:
    """A paragraph that wraps at any width."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setOpenExternalLinks(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def folded(title: str, content: QWidget, key: str, collapsed: bool = True) -> QgsCollapsibleGroupBox:
    """A group that folds away what is seldom changed."""
    box = QgsCollapsibleGroupBox(title)
    box.setObjectName(key)
    box.setToolTip(QCoreApplication.translate("TwinDock", "Click to fold or unfold."))
    for inner in box.findChildren(QAbstractButton):
        inner.setToolTip(box.toolTip())
    layout = QVBoxLayout(box)
    layout.addWidget(content)
    box.setCollapsed(collapsed)
    return box


def button(icon: str, text: str, tip: str, slot: Any) -> QPushButton:
    """A push button with its icon and tooltip."""
    made = QPushButton(QIcon(str(resources.icon(icon))), text)
    made.setToolTip(tip)
    made.clicked.connect(lambda: slot())
    return made

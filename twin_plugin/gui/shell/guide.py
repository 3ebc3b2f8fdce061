"""The guide in a window of its own, readable without a network: pages with links, pictures, and a way back."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, QUrl
from qgis.PyQt.QtGui import QImageReader, QResizeEvent, QTextCursor, QTextFragment
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from ...bridge.kernel import resources, translation
from ..widgets.basics import button, plain_label

START = "guide-desktop"


class GuideView(QTextBrowser):
    """Shows pages with pictures that fit into it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenExternalLinks(True)
        self.sourceChanged.connect(self._arrived)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()

    def _arrived(self, source: QUrl) -> None:
        self._fit_pictures()
        if source.hasFragment():  # the pictures above it have moved it
            self.scrollToAnchor(source.fragment())

    def _fit_pictures(self) -> None:
        """Give every picture its own size, or less where the window is narrower."""
        if self.source().isEmpty():  # as while the first page is loaded
            return
        room = self.viewport().width() - round(2 * self.document().documentMargin())
        for fragment in list(self._pictures()):
            picture = fragment.charFormat().toImageFormat()
            size = self._size(picture.name())
            if size.isEmpty() or room <= 0:
                continue
            if size.width() > room:
                size = QSize(room, round(size.height() * room / size.width()))
            picture.setWidth(size.width())
            picture.setHeight(size.height())
            cursor = QTextCursor(self.document())
            cursor.setPosition(fragment.position())
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(picture)

    def _pictures(self) -> Iterator[QTextFragment]:
        block = self.document().begin()
        while block.isValid():
            parts = block.begin()
            while not parts.atEnd():
                if parts.fragment().charFormat().isImageFormat():
                    yield parts.fragment()
                parts += 1
            block = block.next()

    def _size(self, name: str) -> QSize:
        return QImageReader(self.source().resolved(QUrl(name)).toLocalFile()).size()


class GuideDialog(QDialog):
    """The guide, from its beginning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("City Twin: guide"))
        self.view = GuideView()
        self.view.setToolTip(self.tr("How to work with the docks, step by step."))
        self.back = button("", self.tr("Back"), self.tr("The page before this one."), self.view.backward)
        self.forward = button("", self.tr("Forward"), self.tr("The page from which you came back."), self.view.forward)
        self.start = button("", self.tr("Start"), self.tr("The first page of the guide."), self.view.home)
        for widget, name in ((self.back, "mActionArrowLeft"), (self.forward, "mActionArrowRight")):
            widget.setIcon(QgsApplication.getThemeIcon(f"/{name}.svg"))
            widget.setEnabled(False)
        self.view.backwardAvailable.connect(self.back.setEnabled)
        self.view.forwardAvailable.connect(self.forward.setEnabled)
        self.language = plain_label(self.tr("The pages are in English."))
        self.language.setVisible(bool(translation.language(QgsApplication.locale())))
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.button(QDialogButtonBox.StandardButton.Close).setToolTip(self.tr("Close the guide."))
        close.rejected.connect(self.reject)
        row = QHBoxLayout()
        for widget in (self.back, self.forward, self.start, self.language):
            row.addWidget(widget)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self.view)
        layout.addWidget(close)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 110, metrics.height() * 40)
        self._open()

    def _open(self) -> None:
        page = resources.guide(START)
        if page.exists():
            self.view.setSource(QUrl.fromLocalFile(str(page)))
        else:
            self.view.setPlainText(self.tr("The guide is not part of this installation: see the plugin's home page."))

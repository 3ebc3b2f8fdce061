"""The list of services found: two lines each, page by page as one scrolls, quick with a hundred thousand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QRect, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QPainter, QPalette
from qgis.PyQt.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ...bridge.kernel.outside_text import as_tip
from ...core.services.catalogue.store import SearchPage
from ...core.services.record import Health, ServiceRecord
from ..common import formatting
from ..widgets.basics import icon

translate = QCoreApplication.translate

RECORD = Qt.ItemDataRole.UserRole + 1
SECOND = Qt.ItemDataRole.UserRole + 2


def health_icon(health: Health) -> QIcon:
    """The icon of a state; each has another shape."""
    if health is Health.DENIED:
        return QgsApplication.getThemeIcon("/locked.svg")
    names = {Health.ALIVE: "present", Health.SLOW: "risk", Health.DEAD: "cancel"}
    return icon(names.get(health, "absent"))


def health_text(health: Health) -> str:
    """The name of a state in the user's language."""
    return {
        Health.ALIVE: translate("Services", "online"),
        Health.SLOW: translate("Services", "slow"),
        Health.DENIED: translate("Services", "denies access"),
        Health.DEAD: translate("Services", "offline"),
        Health.UNKNOWN: translate("Services", "not checked"),
    }[health]


class ServiceModel(QAbstractListModel):
    """The records of a search, of which a part is here; `wanted(offset)` asks for the next part."""

    wanted = pyqtSignal(int)

    def __init__(self, name: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.records: list[ServiceRecord] = []
        self.total = 0
        self._asked = False
        self._icons = {health: health_icon(health) for health in Health}

    def show_page(self, page: SearchPage) -> None:
        """Begin anew with the first page of a search."""
        self.beginResetModel()
        self.records, self.total, self._asked = list(page.records), page.total, False
        self.endResetModel()

    def append(self, page: SearchPage) -> None:
        """Add a further page; one that does not follow what is here is passed over."""
        self._asked = False
        if page.offset != len(self.records):
            return
        if not page.records:
            self.total = len(self.records)
            return
        self.beginInsertRows(QModelIndex(), len(self.records), len(self.records) + len(page.records) - 1)
        self.records += page.records
        self.endInsertRows()

    def record(self, index: QModelIndex) -> ServiceRecord | None:
        """The record of a row."""
        return self.records[index.row()] if index.isValid() and index.row() < len(self.records) else None

    def row_of(self, record_id: str) -> QModelIndex:
        """The row of a record; an invalid index where it is not here."""
        row = next((row for row, record in enumerate(self.records) if record.id == record_id), -1)
        return self.index(row) if row >= 0 else QModelIndex()

    # What Qt calls

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.records)

    def canFetchMore(self, parent: QModelIndex) -> bool:
        return not parent.isValid() and not self._asked and len(self.records) < self.total

    def fetchMore(self, parent: QModelIndex) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.wanted.emit(len(self.records))

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        record = self.record(index)
        if record is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return record.title
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons[record.health]
        if role == SECOND:
            return self._second(record)
        if role == RECORD:
            return record
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = [record.title, self._second(record), record.health_reason, record.description[:300]]
            text = "\n".join(part for part in parts if part)
            return text if role == Qt.ItemDataRole.AccessibleTextRole else as_tip(text)
        return None

    def _second(self, record: ServiceRecord) -> str:
        parts = [record.protocol.definition.label, health_text(record.health)]
        if record.gone:
            parts.append(translate("Services", "withdrawn by its source"))
        elif record.latency_ms is not None and record.health in (Health.ALIVE, Health.SLOW):
            parts[-1] = f"{parts[-1]} {formatting.number(record.latency_ms, 0)} ms"
        parts.append(self.name(record.subdivision))
        if record.made:
            parts.append(translate("Services", "synthetic"))
        return " · ".join(part for part in parts if part)


class _TwoLines(QStyledItemDelegate):
    """Title above, protocol, subdivision and state below in a smaller font."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        line = option.fontMetrics.height()
        return QSize(line * 8, round(2.5 * line))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        self.initStyleOption(option, index)
        # A copy: PyQt gives the option's own icon, which is emptied below.
        title, picture = option.text, QIcon(option.icon)
        option.text, option.icon = "", QIcon()
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        line = option.fontMetrics.height()
        size = style.pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        area = option.rect.adjusted(line // 3, line // 4, -line // 3, -line // 4)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        place = QRect(area.left(), area.top() + (line - size) // 2, size, size)
        if chosen:  # else the icon's colour is lost in the highlight
            painter.fillRect(place, option.palette.base())
        picture.paint(painter, place)
        left = area.left() + size + line // 3
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setPen(option.palette.color(role))
        width = area.right() - left
        shown = option.fontMetrics.elidedText(title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, area.top(), width, line), Qt.AlignmentFlag.AlignVCenter, shown)
        font = painter.font()
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 0.87)
        painter.setFont(font)
        painter.setOpacity(0.75)
        second = painter.fontMetrics().elidedText(str(index.data(SECOND)), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, area.top() + line, width, line), Qt.AlignmentFlag.AlignVCenter, second)
        painter.restore()


class ServiceList(QListView):
    """The view; `chosen` gives the record that one is at, None for none, `opened` one that was double-clicked."""

    chosen = pyqtSignal(object)
    opened = pyqtSignal(object)

    def __init__(self, name: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ServiceModel(name)
        self.setModel(self.rows)
        self.setItemDelegate(_TwoLines(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMinimumHeight(self.fontMetrics().height() * 11)
        self.setAccessibleName(translate("Services", "Services found"))
        self.setToolTip(
            translate("Services", "Select a service to see its card; double-click or Enter adds it to the map.")
        )
        self.selectionModel().currentChanged.connect(lambda index, _: self.chosen.emit(self.rows.record(index)))
        self.activated.connect(lambda index: self.opened.emit(self.rows.record(index)))

    def current(self) -> ServiceRecord | None:
        """The record that one is at."""
        return self.rows.record(self.currentIndex())

    def go_to(self, record_id: str) -> bool:
        """Select a record; False where it is not in what is loaded."""
        index = self.rows.row_of(record_id)
        if index.isValid():
            self.setCurrentIndex(index)
        return bool(index.isValid())

"""The card of a service: what it is, how it is, what is in it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.core import Qgis
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPalette, QPixmap
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ...bridge.kernel import enum_labels
from ...bridge.kernel.outside_text import as_tip
from ...bridge.kernel.translation import localized
from ...bridge.services.preview import Preview
from ...core.services.protocol_table import Gives
from ...core.services.record import Health, Offset, ServiceRecord
from ..common import formatting
from ..widgets.basics import LinkLabel, bold, button, fill_column, folded, plain_label, text_label
from ..widgets.notice import Notice
from . import favourites
from .service_list import health_text

LONG = 420
PICTURE_LINES = 14


class ServiceCard(QWidget):
    """Shows a record.

    Signals: `wanted(action, record)` with the name of a button, or "open" for the snapshot; `rows_wanted()` asks for
    the first rows.
    """

    wanted = pyqtSignal(str, object)
    rows_wanted = pyqtSignal()

    def __init__(self, name: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.record: ServiceRecord | None = None
        self._with_rows = False
        self.title, self.line = bold(text_label()), text_label()
        self.state = Notice()
        self.description = text_label()
        self.legend = plain_label()
        self.legend.setToolTip(self.tr("The service's legend."))
        self.legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.offline = LinkLabel(lambda: self.wanted.emit("open", self.record))
        self.table = QTableWidget(0, 0)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setMinimumHeight(self.fontMetrics().height() * 9)
        self.table.verticalHeader().setVisible(False)
        self.table.setToolTip(self.tr("The first rows as the service sends them, with all its fields."))
        self.table.setAccessibleName(self.tr("First rows"))
        self.table_note = text_label()
        rows = QWidget()
        fill_column(rows, self.table_note, self.table)
        self.rows = folded(self.tr("Fields and first rows"), rows, "servicesRows")
        self.rows.collapsedStateChanged.connect(self._rows_folded)
        self.facts = QFormLayout()
        self.facts.setContentsMargins(0, 0, 0, 0)
        self.facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        details = QWidget()
        details.setLayout(self.facts)
        self.details = folded(self.tr("Details"), details, "servicesDetails")
        self.details.collapsedStateChanged.connect(self._show_facts)
        self.buttons = self._buttons()
        self.grid = QGridLayout()
        head = (self.title, self.line, self.state, self.description, self.legend, self.offline)
        fill_column(self, *head, self.grid, self.rows, self.details)
        self.show_record(None)

    def show_record(self, record: ServiceRecord | None) -> None:
        """Show what the catalogue knows; the network's part follows by `show_preview`."""
        changed = record is None or self.record is None or record.id != self.record.id
        self.record = record
        self.setVisible(record is not None)
        if record is None:
            return
        self.title.setText(record.title)
        self.title.setToolTip(as_tip(record.title))
        self.line.setText(" · ".join(self._line(record)))
        self._show_state(record)
        text = record.description.strip()
        shown = text if len(text) <= LONG else f"{text[:LONG].rstrip()}…"
        self.description.setText(shown)
        self.description.setToolTip(as_tip(text[:4000]) if len(text) > LONG else "")
        self.description.setVisible(bool(text))
        self.show_star(record.id in favourites.stars())
        self.show_offline(favourites.snapshot_of(record.id))
        self.buttons["zoom"].setEnabled(record.box is not None)
        self._place_buttons(record)
        self._show_facts()
        if changed:
            self.legend.hide()
            self.legend.clear()
            self._with_rows = False
            self.table.setRowCount(0)
            self.table.setColumnCount(0)
            self.table.hide()
            self.table_note.setText(self.tr("Unfold to ask the service."))
            if not self.rows.isCollapsed():
                self._ask_rows()

    def show_preview(self, answer: Preview) -> None:
        """Add what the service itself says; of another service than the one shown it is passed over."""
        if self.record is None or answer.record_id != self.record.id:
            return
        if answer.legend:
            image = QImage.fromData(answer.legend)
            if not image.isNull():
                height = self.fontMetrics().height() * PICTURE_LINES
                if image.height() > height:
                    image = image.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)
                self.legend.setPixmap(QPixmap.fromImage(image))
                self.legend.show()
        if answer.description is not None and not self.description.text() and answer.description.abstract:
            self.description.setText(answer.description.abstract[:LONG])
            self.description.show()
        if answer.fields and not self._with_rows:
            self._show_rows(answer)
        elif answer.notes and not self._with_rows:
            self.table_note.setText(" ".join(map(localized, answer.notes)))

    def show_rows(self, answer: Preview) -> None:
        """Show the first rows."""
        if self.record is not None and answer.record_id == self.record.id:
            self._with_rows = True
            self._show_rows(answer)

    def show_star(self, has: bool) -> None:
        """Show whether the service has a star."""
        star = self.buttons["star"]
        star.setChecked(has)
        star.setText(self.tr("★ Favourite") if has else self.tr("☆ Favourite"))

    def show_offline(self, snapshot: favourites.Snapshot | None) -> None:
        """Show the age of what was saved offline."""
        self.offline.setVisible(snapshot is not None)
        if snapshot is not None:
            self.offline.say(snapshot.age(), self.tr("Open it") if snapshot.file().exists() else "", "open")
            self.offline.setToolTip(as_tip(str(snapshot.file())))

    def _place_buttons(self, record: ServiceRecord) -> None:
        """Those that mean something for this service, two in a row, in the order in which Tab goes through them."""
        hidden = set() if is_queryable(record) else {"query", "offline"}
        hidden |= set() if is_watchable(record) else {"watch"}
        shown = [what for what in self.buttons if what not in hidden]
        for what, one in self.buttons.items():
            self.grid.removeWidget(one)
            one.setVisible(what not in hidden)
        for place, what in enumerate(shown):
            self.grid.addWidget(self.buttons[what], place // 2, place % 2)

    def _buttons(self) -> dict[str, QPushButton]:
        rows: tuple[tuple[str, str, str], ...] = (
            ("zoom", self.tr("Zoom to extent"), self.tr("Show the service's extent on the map.")),
            ("star", self.tr("☆ Favourite"), self.tr("Mark the service with a star, or remove the star.")),
            ("query", self.tr("Query…"), self.tr("Fetch a part of its features: by extent, filter and time.")),
            (
                "offline",
                self.tr("Save offline"),
                self.tr("Fetch what lies in the map's extent into a file, for work without network."),
            ),
            ("watch", self.tr("Watch…"), self.tr("Keep the latest values on the map, with a chart of the last day.")),
            ("check", self.tr("Check now"), self.tr("Check whether the service answers.")),
            (
                "edit",
                self.tr("Edit record…"),
                self.tr("Correct title, subdivision and more; later harvests keep your changes."),
            ),
        )
        buttons: dict[str, QPushButton] = {}
        for name, text, tip in rows:
            buttons[name] = button("", text, tip, partial(self._press, name))
            buttons[name].setParent(self)
        buttons["star"].setCheckable(True)
        return buttons

    def _press(self, name: str) -> None:
        if name != "star":
            self.wanted.emit(name, self.record)
        elif self.record is not None:
            favourites.set_star(self.record.id, self.record.id not in favourites.stars())
            self.show_star(self.record.id in favourites.stars())

    def _line(self, record: ServiceRecord) -> list[str]:
        parts = [record.protocol.definition.label]
        if record.subdivision:
            name = self.name(record.subdivision)
            if record.subdivision_sure < 1:
                text = self.tr("{name} (guessed, {percent} % sure)")
                name = text.format(name=name, percent=round(100 * record.subdivision_sure))
            parts.append(name)
        state = health_text(record.health)
        if record.latency_ms is not None and record.health in (Health.ALIVE, Health.SLOW):
            state += f", {formatting.number(record.latency_ms, 0)} ms"
        return [*parts, state]

    def _show_state(self, record: ServiceRecord) -> None:
        if record.gone:
            text = self.tr("Its source has not offered it since {time}.")
            self.state.say(text.format(time=record.gone[:10]), Qgis.MessageLevel.Warning)
        elif record.made:
            text = self.tr("This record is synthetic, for demonstration: no service stands behind it.")
            self.state.say(text)
        elif record.health_reason and record.health in (Health.DEAD, Health.DENIED, Health.SLOW):
            self.state.say(record.health_reason, Qgis.MessageLevel.Warning)
        else:
            self.state.clear()

    def _show_facts(self, *_: object) -> None:
        """Fill the details when they are unfolded: browsing through a list must be quick."""
        record = self.record
        if record is None or self.details.isCollapsed():
            return
        while self.facts.rowCount():
            self.facts.removeRow(0)
        shift = {Offset.GCJ02: "GCJ-02", Offset.BD09: "BD-09"}.get(record.coord_offset, "")
        span = f"{record.time_start or '…'} – {record.time_end or '…'}" if record.time_start or record.time_end else ""
        box = record.box
        extent = f"{box.west:.4f}, {box.south:.4f} – {box.east:.4f}, {box.north:.4f}" if box else ""
        rows = (
            (self.tr("Address"), record.url),
            (self.tr("Layer"), record.layer),
            (self.tr("CRS"), ", ".join(record.crs[:6])),
            (self.tr("Coordinate shift"), shift),
            (self.tr("Time"), span),
            (self.tr("Extent"), extent),
            (self.tr("Stage"), enum_labels.label(record.lifecycle_stage)),
            (self.tr("Updates"), record.cadence),
            (self.tr("Authentication"), record.auth),
            (self.tr("Keywords"), ", ".join(record.keywords[:20])),
            (self.tr("Source"), record.source),
            (self.tr("Last seen"), record.harvested),
            (self.tr("Last checked"), record.health_time),
            (self.tr("Edited"), ", ".join(record.edited)),
            (self.tr("Id"), record.id),
        )
        for title, value in rows:
            if value:
                self.facts.addRow(title, _fact(value, title))
        for link in record.links[:8]:
            self.facts.addRow(self.tr("Link"), _link(link.href, link.title or link.rel or link.href))

    def _show_rows(self, answer: Preview) -> None:
        self.table.setColumnCount(len(answer.fields))
        for column, field in enumerate(answer.fields):
            head = QTableWidgetItem(field.name)
            head.setToolTip(as_tip(" · ".join(part for part in (field.title, field.type, field.unit) if part)))
            self.table.setHorizontalHeaderItem(column, head)
        self.table.setRowCount(len(answer.rows))
        for number, row in enumerate(answer.rows):
            for column, value in enumerate(row):
                self.table.setItem(number, column, QTableWidgetItem("" if value is None else str(value)[:200]))
        text = self.tr("{n} fields, {rows} rows.")
        parts = [text.format(n=len(answer.fields), rows=len(answer.rows))] if answer.fields else []
        self.table_note.setText(" ".join([*parts, *map(localized, answer.notes)]))
        self.table.setVisible(bool(answer.fields))

    def _rows_folded(self, collapsed: bool) -> None:
        if not collapsed and not self._with_rows and self.record is not None:
            self._ask_rows()

    def _ask_rows(self) -> None:
        self.table_note.setText(self.tr("Asking the service…"))
        self.rows_wanted.emit()


def is_queryable(record: ServiceRecord) -> bool:
    """Whether a service has features to ask for."""
    return record.protocol.definition.gives is Gives.FEATURES


def is_watchable(record: ServiceRecord) -> bool:
    """Whether a service has the latest values of sensors."""
    return bool(record.protocol.definition.observations)


def _fact(value: Any, title: str = "") -> QWidget:
    """A value that can be copied as it is: words wrap, and what has no words is a line to scroll in."""
    text = str(value)
    if " " in text.strip():
        label = text_label(text)
        flags = Qt.TextInteractionFlag
        label.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        return label
    line = QLineEdit(text)
    line.setReadOnly(True)
    line.setFrame(False)
    line.setCursorPosition(0)
    line.setToolTip(as_tip(text))
    line.setAccessibleName(title)
    line.setMinimumWidth(line.fontMetrics().averageCharWidth() * 8)
    palette = line.palette()
    palette.setColor(QPalette.ColorRole.Base, palette.color(QPalette.ColorRole.Window))
    palette.setColor(QPalette.ColorRole.Text, palette.color(QPalette.ColorRole.WindowText))
    line.setPalette(palette)
    return line


def _link(href: str, title: str) -> QWidget:
    """A link that can be followed where it leads to the web; anything else is only shown."""
    if not href.startswith(("http://", "https://")):
        return _fact(href, title)
    label = LinkLabel()
    label.say("", title, href)
    label.setToolTip(as_tip(href))
    return label

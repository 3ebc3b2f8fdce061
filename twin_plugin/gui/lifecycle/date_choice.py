"""The two dates of the dock: when, by typing or along the dates at which anything changes, and as known when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from qgis.gui import QgsDateTimeEdit
from qgis.PyQt.QtCore import QDateTime, Qt, QTime, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from ...bridge.kernel.outside_text import as_tip
from ..common import state
from ..widgets.basics import fill_column, plain_label

FORMAT = "yyyy-MM-dd"
KEPT = "lifecycle/dates"


class DateChoice(QWidget):
    """`changed()` when one of the dates is another.

    Attributes
    ----------
    changes : list of QDateTime
        The dates of the slider, in UTC.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.changes: list[QDateTime] = []
        self.at = self._edit(False, self.tr("The date that is asked for, UTC."))
        self.known = self._edit(True, self.tr("What was recorded later does not count; empty: all that is known now."))
        self.known.setNullRepresentation(self.tr("now"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setToolTip(self.tr("Go along the dates at which a stage of any object begins or ends."))
        self.slider.setAccessibleName(self.tr("Dates of change"))
        self.slider.setPageStep(1)
        self.slider.valueChanged.connect(self._slid)
        self.now = QToolButton()
        self.now.setText(self.tr("Now"))
        self.now.setToolTip(self.tr("Ask for today."))
        self.now.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.now.clicked.connect(lambda *_: self.set_at(today()))
        rows = []
        for text, edit, more in (
            (self.tr("Date"), self.at, self.now),
            (self.tr("As known at"), self.known, None),
        ):
            label = plain_label(text)
            label.setBuddy(edit)
            edit.setAccessibleName(text)
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(label)
            row.addWidget(edit, 1)
            if more is not None:
                row.addWidget(more)
            rows.append(row)
        fill_column(self, rows[0], self.slider, rows[1])
        self._set(self.at, today())
        self._clear_known()
        self.at.valueChanged.connect(self._edited)
        self.known.valueChanged.connect(self._edited)
        self.show_changes([])

    def date(self) -> QDateTime:
        """The date that is asked for."""
        return _utc(self.at.dateTime())

    def known_at(self) -> QDateTime | None:
        """As known when; None for now."""
        return None if self.known.isNull() else _utc(self.known.dateTime())

    def set_at(self, time: QDateTime) -> None:
        """Ask for a date."""
        self._set(self.at, time)
        self._edited()

    def set_known(self, time: QDateTime | None) -> None:
        """Ask for what was known at a date; None for now."""
        if time is None:
            self._clear_known()
        else:
            self._set(self.known, time)
        self._edited()

    def show_changes(self, changes: Sequence[QDateTime]) -> None:
        """Let the slider go along other dates."""
        self.changes = list(changes)
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(len(self.changes) - 1, 0))
        self.slider.setEnabled(len(self.changes) > 1)
        self._follow()
        self.slider.blockSignals(False)

    def restore(self) -> None:
        """Another project: take what it remembers."""
        kept = state.recall(KEPT, [])
        at, known = (*(kept if isinstance(kept, list) else []), "", "")[:2]
        found = [QDateTime.fromString(str(text), FORMAT) for text in (at, known)]
        self._set(self.at, found[0] if found[0].isValid() else today())
        if found[1].isValid():
            self._set(self.known, found[1])
        else:
            self._clear_known()

    def _edit(self, empty: bool, tip: str) -> QgsDateTimeEdit:
        edit = QgsDateTimeEdit()
        edit.setDisplayFormat(FORMAT)
        edit.setCalendarPopup(True)
        edit.setAllowNull(empty)
        edit.setToolTip(as_tip(tip))
        return edit

    def _set(self, edit: QgsDateTimeEdit, time: QDateTime) -> None:
        edit.blockSignals(True)
        edit.setDateTime(QDateTime(time.date(), QTime(0, 0)))
        edit.blockSignals(False)

    def _clear_known(self) -> None:
        self.known.blockSignals(True)
        self.known.clear()
        self.known.blockSignals(False)

    def _slid(self, place: int) -> None:
        if place < len(self.changes):
            self._set(self.at, self.changes[place])
            self._tell()

    def _edited(self, *_: object) -> None:
        self.slider.blockSignals(True)
        self._follow()
        self.slider.blockSignals(False)
        self._tell()

    def _follow(self) -> None:
        """Put the slider at the last change until the date."""
        times = [time.toSecsSinceEpoch() for time in self.changes]
        self.slider.setValue(max(bisect_right(times, self.date().toSecsSinceEpoch()) - 1, 0))

    def _tell(self) -> None:
        known = self.known_at()
        state.remember(KEPT, [self.date().toString(FORMAT), known.toString(FORMAT) if known is not None else ""])
        self.changed.emit()


def today() -> QDateTime:
    """The start of today, UTC."""
    return _utc(QDateTime.currentDateTimeUtc())


def _utc(time: QDateTime) -> QDateTime:
    return QDateTime(time.date(), QTime(0, 0), Qt.TimeSpec.UTC)

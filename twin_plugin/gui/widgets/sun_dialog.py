"""A dialog for the date and hour of the sun, with the zone of the clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from qgis.PyQt.QtCore import QCoreApplication, QDate, QDateTime, QTime
from qgis.PyQt.QtWidgets import QDateTimeEdit, QDialog, QDialogButtonBox, QDoubleSpinBox, QFormLayout, QWidget

from ...bridge.kernel.outside_text import as_tip

translate = QCoreApplication.translate


class SunDialog(QDialog):
    """Date, hour and time zone."""

    def __init__(self, when: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("SunDialog", "Date and hour of the sun"))
        self.clock = QDateTimeEdit(
            QDateTime(QDate(when.year, when.month, when.day), QTime(when.hour, when.minute, when.second))
        )
        self.clock.setCalendarPopup(True)
        self.clock.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.clock.setToolTip(as_tip(translate("SunDialog", "What the clocks of the district show.")))
        self.zone = QDoubleSpinBox()
        self.zone.setRange(-12.0, 14.0)
        self.zone.setSingleStep(0.5)
        self.zone.setDecimals(2)
        self.zone.setValue((when.utcoffset() or timedelta()).total_seconds() / 3600.0)
        self.zone.setToolTip(as_tip(translate("SunDialog", "Hours ahead of UTC; 8 in China.")))
        layout = QFormLayout(self)
        layout.addRow(translate("SunDialog", "Date and hour"), self.clock)
        layout.addRow(translate("SunDialog", "Hours ahead of UTC"), self.zone)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addRow(buttons)

    def moment(self) -> datetime:
        """What was chosen, with its zone."""
        day, clock = self.clock.date(), self.clock.time()
        zone = timezone(timedelta(hours=self.zone.value()))
        return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), clock.second(), tzinfo=zone)

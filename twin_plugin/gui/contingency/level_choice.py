"""The assessed floods of the project, of which the chosen ones become the warning levels of a plan."""

from __future__ import annotations

import math
from dataclasses import dataclass

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from ...bridge.kernel.outside_text import as_tip
from ..common import floods
from ..common.floods import Flood
from ..widgets.basics import fill_column, plain_label, wrapped_label

FLOOD_KEY = Qt.ItemDataRole.UserRole
MOST_ROWS = 6


@dataclass(frozen=True)
class AssessedFlood:
    """A flood of the project with the building risk that was assessed with it."""

    flood: Flood
    risk: QgsVectorLayer

    @property
    def rain_mm(self) -> float:
        """Rain of the run; NaN where it is not known."""
        rain = self.flood.number("rain_mm")
        return math.nan if rain is None else rain


def assessed() -> list[AssessedFlood]:
    """The assessed floods of the project, from the least rain; those without known rain by their wet area, first."""
    found = []
    for flood in floods.find():
        risk = floods.assessment(flood) if flood.run else None
        if risk is not None:
            found.append(AssessedFlood(flood, risk))
    return sorted(found, key=_size)


def _size(item: AssessedFlood) -> tuple[float, float, str]:
    area = item.flood.number("wet_area_m2")
    return -1.0 if math.isnan(item.rain_mm) else item.rain_mm, area or 0.0, item.flood.key


class LevelChoice(QWidget):
    """A row with a box for each assessed flood; `changed` when the choice is another one."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = plain_label(self.tr("Floods of the levels, from the lowest"))
        title.setWordWrap(True)
        self.list = QListWidget()
        self.list.setToolTip(self.tr("Each chosen flood stands for a warning level, in the order of this list."))
        self.list.setAccessibleName(title.text())
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.itemChanged.connect(lambda *_: self.changed.emit())
        title.setBuddy(self.list)
        self.empty = wrapped_label(
            self.tr(
                "No flood of this project is assessed yet. Simulate a storm for each warning level in the Flood dock,"
                " and assess the buildings in each."
            )
        )
        fill_column(self, title, self.list, self.empty)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._found: dict[str, AssessedFlood] = {}

    def refresh(self) -> None:
        """Show the assessed floods of the project; new ones are chosen."""
        off = {
            self.list.item(row).data(FLOOD_KEY)
            for row in range(self.list.count())
            if self.list.item(row).checkState() == Qt.CheckState.Unchecked
        }
        found = assessed()
        self._found = {item.flood.key: item for item in found}
        self.list.blockSignals(True)
        self.list.clear()
        for item in found:
            row = QListWidgetItem(item.flood.caption)
            row.setToolTip(as_tip(f"{item.flood.title}\n{item.risk.name()}"))
            row.setData(FLOOD_KEY, item.flood.key)
            row.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            row.setCheckState(Qt.CheckState.Unchecked if item.flood.key in off else Qt.CheckState.Checked)
            self.list.addItem(row)
        self.list.blockSignals(False)
        rows = min(max(len(found), 2), MOST_ROWS)
        self.list.setFixedHeight(round(rows * 1.7 * self.fontMetrics().height()) + 2 * self.list.frameWidth())
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)

    def chosen(self) -> list[AssessedFlood]:
        """The chosen floods, from the lowest."""
        rows = [self.list.item(row) for row in range(self.list.count())]
        return [self._found[row.data(FLOOD_KEY)] for row in rows if row.checkState() == Qt.CheckState.Checked]

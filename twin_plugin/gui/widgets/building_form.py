"""The form of one building: what it is, its openings with their sills, and what the flood does to it and why."""

from __future__ import annotations

from typing import Any

from qgis.core import NULL, QgsFeature
from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...bridge import resources
from ...bridge.classes import CLASSES, UNKNOWN
from .. import choices, words


class BuildingForm(QGroupBox):
    """Shows a building; `zoom` gives its id."""

    zoom = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(QCoreApplication.translate("BuildingForm", "Building"))
        self.identity = ""
        self.hint = self._wrapped()
        self.facts = QFormLayout()
        self.facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.mark = QLabel()
        self.risk = self._wrapped()
        self.reason = self._wrapped()
        self.openings = QTreeWidget()
        self.openings.setRootIsDecorated(False)
        self.openings.setUniformRowHeights(True)
        self.openings.setIndentation(0)
        self.openings.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.openings.setToolTip(
            QCoreApplication.translate(
                "BuildingForm", "The openings, the lowest sill first; the one that lets water in is marked."
            )
        )
        self.openings.setMinimumHeight(self.fontMetrics().height() * 7)
        self.button = QPushButton(
            QIcon(str(resources.icon("district"))), QCoreApplication.translate("BuildingForm", "Zoom to")
        )
        self.button.setToolTip(QCoreApplication.translate("BuildingForm", "Show this building on the map."))
        self.button.clicked.connect(lambda: self.zoom.emit(self.identity))
        row = QHBoxLayout()
        row.addWidget(self.mark)
        row.addWidget(self.risk, 1)
        self.content = QWidget()
        inner = QVBoxLayout(self.content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self.facts)
        inner.addLayout(row)
        inner.addWidget(self.reason)
        inner.addWidget(self.openings)
        inner.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.hint)
        layout.addWidget(self.content)
        self.clear()

    def clear(self, hint: str = "") -> None:
        """Show no building but what would be here."""
        self.identity = ""
        self.hint.setText(
            hint
            or QCoreApplication.translate(
                "BuildingForm",
                "Select a model above, or a building on the map: its storeys, openings and risk are shown here.",
            )
        )
        self.hint.show()
        self.content.hide()

    def show_building(
        self, building: QgsFeature, storeys: list[QgsFeature], openings: list[QgsFeature], risk: QgsFeature | None
    ) -> None:
        """Show a feature of BUILDINGS with those that belong to it."""
        self.identity = str(building["id"])
        self.hint.hide()
        self.content.show()
        while self.facts.rowCount():
            self.facts.removeRow(0)
        for label, value in self._facts(building):
            if value:
                self.facts.addRow(label, self._wrapped(value))
        self._show_risk(risk)
        self._show_openings(openings, {item["id"]: item["name"] for item in storeys}, risk)

    def _facts(self, building: QgsFeature) -> list[tuple[str, str]]:
        def metres(name: str, decimals: int = 2) -> str:
            value = _get(building, name)
            return "" if value is None else f"{words.number(value, decimals)} m"

        above, below = _get(building, "storeys_above"), _get(building, "storeys_below")
        storeys = QCoreApplication.translate("BuildingForm", "{above} above ground, {below} below")
        floor_area, use = _get(building, "gross_floor_area_m2"), _get(building, "use")
        return [
            (QCoreApplication.translate("BuildingForm", "Name"), str(_get(building, "name") or self.identity)),
            (QCoreApplication.translate("BuildingForm", "Use"), choices.label(str(use or ""))),
            (QCoreApplication.translate("BuildingForm", "Storeys"), storeys.format(above=above or 0, below=below or 0)),
            (QCoreApplication.translate("BuildingForm", "Ground floor"), metres("ground_floor_elev_m")),
            (QCoreApplication.translate("BuildingForm", "Height"), metres("height_m", 1)),
            (
                QCoreApplication.translate("BuildingForm", "Floor area"),
                f"{words.number(floor_area, 0)} m²" if floor_area else "",
            ),
        ]

    def _show_risk(self, risk: QgsFeature | None) -> None:
        visible = risk is not None
        for part in (self.mark, self.risk, self.reason):
            part.setVisible(visible)
        if not visible:
            return
        number = _get(risk, "risk_class")
        found = next((item for item in CLASSES["building_risk"] if item.lower == number), UNKNOWN)
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        square = QPixmap(size, size)
        square.fill(QColor(found.colour))
        self.mark.setPixmap(square)
        self.risk.setText(
            "<b>{}</b>".format(QCoreApplication.translate("BuildingForm", "Risk {label}").format(label=found.text))
        )
        self.reason.setText(str(_get(risk, "reason") or ""))

    def _show_openings(self, openings: list[QgsFeature], storeys: dict[str, str], risk: QgsFeature | None) -> None:
        self.openings.clear()
        entered = _get(risk, "ingress_opening_id") if risk is not None else None
        headers = [
            QCoreApplication.translate("BuildingForm", "Opening"),
            QCoreApplication.translate("BuildingForm", "Storey"),
            QCoreApplication.translate("BuildingForm", "Sill, m"),
        ]
        self.openings.setColumnCount(len(headers))
        self.openings.setHeaderLabels(headers)
        self.openings.setVisible(bool(openings))
        for item in sorted(openings, key=lambda item: _get(item, "sill_elev_m") or 0.0):
            sill = _get(item, "sill_elev_m")
            storey = str(storeys.get(item["storey_id"]) or "")
            row = [choices.label(str(_get(item, "kind") or "")), storey, words.number(sill, 2)]
            made = QTreeWidgetItem(row)
            made.setTextAlignment(2, Qt.AlignmentFlag.AlignRight)
            if entered is not None and str(item["id"]) == str(entered):
                made.setIcon(0, QIcon(str(resources.icon("flood"))))
            self.openings.addTopLevelItem(made)
        header = self.openings.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    @staticmethod
    def _wrapped(text: str = "") -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return label


def _get(feature: QgsFeature, name: str) -> Any:
    """A feature's value; None for NULL and for a field that is not there."""
    if feature.fields().indexOf(name) < 0:
        return None
    value = feature[name]
    return None if value == NULL else value

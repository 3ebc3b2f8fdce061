"""What services are searched by: words, the map's extent, what is alive, protocol and time."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsProject
from qgis.gui import QgsDateTimeEdit, QgsFilterLineEdit
from qgis.PyQt.QtCore import QDateTime, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QFormLayout, QGridLayout, QWidget

from ...bridge.kernel.outside_text import as_tip
from ...bridge.services.rows import box_of
from ...core.common.bbox import BoundingBox
from ...core.services.catalogue.store import Search
from ...core.services.protocol_table import ServiceProtocol
from ..widgets.basics import delay, fill_column, folded, narrow_combo

ORDER = "live"
"""What works comes first."""
TYPING_MS = 180
MOVING_MS = 400


class ServiceFilters(QWidget):
    """The fields; `changed` comes when one has paused in typing, choosing or moving the map."""

    changed = pyqtSignal()

    def __init__(self, canvas: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self._later = delay(self, TYPING_MS, self.changed)
        self.text = QgsFilterLineEdit()
        self.text.setShowSearchIcon(True)
        self.text.setPlaceholderText(self.tr("Search services"))
        self.text.setAccessibleName(self.text.placeholderText())
        self.text.setToolTip(
            self.tr("All words must occur in title, description, keywords or layer; 南山 also finds 南山区.")
        )
        self.text.textChanged.connect(lambda *_: self._later.start(TYPING_MS))
        self.on_map = QCheckBox(self.tr("On the map"))
        self.on_map.setToolTip(
            self.tr("Only services with data in the map's extent; services without an extent are left out.")
        )
        self.alive = QCheckBox(self.tr("Online"))
        self.alive.setToolTip(self.tr("Only services that answered the last check, even if slowly."))
        self.favourites = QCheckBox(self.tr("Favourites"))
        self.favourites.setToolTip(self.tr("Only services with your star."))
        self.gone = QCheckBox(self.tr("Also withdrawn services"))
        self.gone.setToolTip(self.tr("Also services that their source no longer offers."))
        self.protocol = narrow_combo()
        self.protocol.addItem(self.tr("All protocols"), "")
        for protocol in ServiceProtocol:
            self.protocol.addItem(protocol.definition.label, protocol.value)
        self.protocol.setToolTip(self.tr("Only services of this protocol."))
        self.start = self._date(self.tr("Services with data from this day on."))
        self.end = self._date(self.tr("Services with data up to this day."))
        for box in (self.on_map, self.alive, self.favourites, self.gone):
            box.toggled.connect(lambda *_: self._later.start(0))
        self.protocol.currentIndexChanged.connect(lambda *_: self._later.start(0))
        self._lay_out()
        if canvas is not None:
            canvas.extentsChanged.connect(self._map_moved)

    def search(self, subdivisions: tuple[str, ...], favourites: tuple[str, ...]) -> Search:
        """The search that the fields mean."""
        protocol = self.protocol.currentData()
        return Search(
            text=self.text.text(),
            subdivisions=subdivisions,
            protocols=(ServiceProtocol(protocol),) if protocol else (),
            alive=self.alive.isChecked(),
            box=self.map_box() if self.on_map.isChecked() else None,
            time_start=_day(self.start),
            time_end=_day(self.end),
            include_gone=self.gone.isChecked(),
            ids=(favourites or ("",)) if self.favourites.isChecked() else (),
            order=ORDER,
        )

    def narrowed(self) -> bool:
        """Whether anything but the subdivision narrows the search."""
        return self.search((), ()) != Search(order=ORDER)

    def clear(self) -> None:
        """Take everything out of the fields."""
        for box in (self.on_map, self.alive, self.favourites, self.gone):
            box.setChecked(False)
        self.protocol.setCurrentIndex(0)
        self.start.clear()
        self.end.clear()
        self.text.clear()

    def map_box(self) -> BoundingBox | None:
        """The extent of the map in degrees; None where it has none."""
        if self.canvas is None:
            return None
        settings = self.canvas.mapSettings()
        degrees = QgsCoordinateReferenceSystem("EPSG:4326")
        transform = QgsCoordinateTransform(settings.destinationCrs(), degrees, QgsProject.instance())
        try:
            return box_of(transform.transformBoundingBox(settings.visibleExtent()))
        except QgsCsException:
            return None

    def state(self) -> dict[str, Any]:
        """What a project remembers."""
        return {
            "map": self.on_map.isChecked(),
            "alive": self.alive.isChecked(),
            "protocol": self.protocol.currentData(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take what a project remembers."""
        self.on_map.setChecked(bool(state.get("map")))
        self.alive.setChecked(bool(state.get("alive")))
        self.protocol.setCurrentIndex(max(0, self.protocol.findData(state.get("protocol") or "")))

    def close_down(self) -> None:
        """Leave the map's signals."""
        self._later.stop()
        if self.canvas is not None:
            self.canvas.extentsChanged.disconnect(self._map_moved)

    def _lay_out(self) -> None:
        boxes = QGridLayout()
        for place, box in enumerate((self.on_map, self.alive, self.favourites)):
            boxes.addWidget(box, place // 2, place % 2)
        more = QWidget()
        form = QFormLayout(more)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Protocol"), self.protocol)
        form.addRow(self.tr("From"), self.start)
        form.addRow(self.tr("To"), self.end)
        form.addRow(self.gone)
        fill_column(self, self.text, boxes, folded(self.tr("More filters"), more, "servicesFilters"))

    def _date(self, tip: str) -> QgsDateTimeEdit:
        edit = QgsDateTimeEdit()
        edit.setDisplayFormat("yyyy-MM-dd")
        edit.setAllowNull(True)
        edit.setNullRepresentation(self.tr("any time"))
        edit.clear()
        edit.setToolTip(as_tip(tip))
        edit.valueChanged.connect(lambda *_: self._later.start(MOVING_MS))
        return edit

    def _map_moved(self) -> None:
        if self.on_map.isChecked():
            self._later.start(MOVING_MS)


def _day(edit: QgsDateTimeEdit) -> str:
    moment: QDateTime = edit.dateTime()
    return "" if edit.isNull() or not moment.isValid() else moment.date().toString("yyyy-MM-dd")

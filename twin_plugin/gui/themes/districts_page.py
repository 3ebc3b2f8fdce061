"""The page of districts: a card for each workspace, opened with a click; own ones, handed over and taken over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerSelectedFeatureSource,
)
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QGridLayout, QInputDialog, QWidget

from ...bridge.kernel.translation import language, localized
from ...bridge.scenarios import found as scenarios
from ...bridge.themes import districts, documents, workspaces
from ...bridge.themes.district_area import district_crs, outline
from ...bridge.themes.onemap import runs as theme_runs
from ...core.common.errors import TwinError
from ...core.common.languages import in_language
from ...core.common.messages import Message
from ...core.themes.district import District
from ..common.shell import Shell
from ..widgets.basics import bold, button, fill_column, text_label, wrapped_label
from ..widgets.notice import Notice
from . import scenario_store

MARGIN = 1.1
"""The map shows a district with this much space around it."""


class DistrictCard(QWidget):
    """One district: title, whether its outline is approximate, its themes in the project, and the last run."""

    opened = pyqtSignal(object)

    def __init__(self, district: District, built: list[str], last: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.district = district
        name = in_language(district.title, language(QgsApplication.locale())) or district.id
        self.title = bold(text_label(name))
        note = in_language(district.note, language(QgsApplication.locale()))
        self.note = wrapped_label(note or (self.tr("Approximate outline.") if district.approximate else ""))
        self.note.setVisible(bool(self.note.text()))
        themes = self.tr("Themes in this project: {names}").format(names=", ".join(built)) if built else ""
        self.state = wrapped_label("\n".join(part for part in (themes, last) if part))
        self.state.setVisible(bool(self.state.text()))
        tip = self.tr("Show the district on the map and take it for themes.")
        self.open_button = button("district", self.tr("Open"), tip, lambda: self.opened.emit(self.district))
        fill_column(self, self.title, self.note, self.state, self.open_button)


class DistrictsPage(QWidget):
    """The overview of the city's districts; `opened` gives the id of the one that was opened."""

    opened = pyqtSignal(str)

    def __init__(self, shell: Shell, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell, self.notice = shell, notice
        self.cards: list[DistrictCard] = []
        self.column = QWidget()
        self._list = fill_column(self.column)
        self._list.setSpacing(12)
        tip = self.tr("Take the selected polygons of the active layer as a district of your own.")
        self.own = button("place", self.tr("New from selection…"), tip, self.ask_own)
        tip = self.tr(
            "Write a district with its themes and scenarios into one file for others, without data or secrets."
        )
        self.hand_over = button("", self.tr("Hand over…"), tip, self.ask_export)
        tip = self.tr("Take over a district with its themes and scenarios from a file; nothing of yours is replaced.")
        self.take_over = button("", self.tr("Take over…"), tip, self.ask_import)
        grid = QGridLayout()
        for place, item in enumerate((self.own, self.hand_over, self.take_over)):
            grid.addWidget(item, place // 2, place % 2)
        fill_column(self, self.column, grid)

    def refresh(self) -> None:
        """A card for each district document, with what the project has of it."""
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        built: dict[str, list[str]] = {}
        for one in theme_runs.runs(QgsProject.instance()):
            built.setdefault(one.district, []).append(one.title)
        for found in self._districts():
            card = DistrictCard(found, built.get(found.id, []), self._last(found))
            card.opened.connect(self._open)
            self._list.addWidget(card)
            self.cards.append(card)

    def _districts(self) -> list[District]:
        """The districts that can be read; the others are named in the notice."""
        values, faults = [], []
        try:
            for found in documents.find_districts():
                if found.value is not None:
                    values.append(found.value)
                elif found.fault is not None:
                    faults.append(localized(found.fault))
        except (TwinError, ModuleNotFoundError) as error:
            faults.append(localized(error) if isinstance(error, TwinError) else str(error))
        if faults:
            self.notice.say(" ".join(faults), Qgis.MessageLevel.Warning)
        return values

    def _last(self, district: District) -> str:
        """The last run of a scenario in the project, for the district that it is at."""
        runs = scenario_store.runs()
        here = {one.district for one in theme_runs.runs(QgsProject.instance())}
        if not runs or district.id not in here:
            return ""
        return self.tr("Last run: {name}, {time}").format(name=runs[0].name, time=runs[0].time[:16].replace("T", " "))

    def _open(self, district: District) -> None:
        canvas = self.shell.iface.mapCanvas()
        crs = canvas.mapSettings().destinationCrs()
        if not crs.isValid():
            crs = QgsCoordinateReferenceSystem("EPSG:4326")
        shape = outline(district)
        try:
            shape.transform(QgsCoordinateTransform(district_crs(district), crs, QgsProject.instance()))
        except TwinError as error:
            self.notice.say(localized(error), Qgis.MessageLevel.Warning)
            return
        except QgsCsException:
            text = self.tr("The district lies outside of what the map's CRS {crs} covers: choose another one.")
            self.notice.say(text.format(crs=crs.authid()), Qgis.MessageLevel.Warning)
            return
        box = shape.boundingBox()
        box.scale(MARGIN)
        canvas.setExtent(box)
        canvas.refresh()
        canvas.flashGeometries([shape], crs)
        self.opened.emit(district.id)

    # Own districts

    def ask_own(self) -> None:
        """Ask for a name and keep the selected polygons as a district."""
        layer = self.shell.iface.activeLayer()
        if not isinstance(layer, QgsVectorLayer) or not layer.selectedFeatureCount():
            text = self.tr("Select a polygon of a layer first: the layer must be the active one.")
            self.notice.say(text, Qgis.MessageLevel.Warning)
            return
        name, wanted = QInputDialog.getText(self, self.tr("New district"), self.tr("Name of the district"))
        if not wanted or not name.strip():
            return
        self._try(lambda: keep_selection(layer, name.strip()))

    def ask_export(self) -> None:
        """Ask which district goes into which file."""
        names = [card.title.text() for card in self.cards]
        if not names:
            return
        title = self.tr("Hand over a district")
        name, wanted = QInputDialog.getItem(self, title, self.tr("District"), names, 0, False)
        if not wanted:
            return
        district = self.cards[names.index(name)].district
        kinds = self.tr("Workspaces (*.zip)")
        path, _ = QFileDialog.getSaveFileName(self, title, f"{district.id}.zip", kinds)
        if path:
            self._try(lambda: workspaces.export(district.id, path))

    def ask_import(self) -> None:
        """Ask for a file with a district and take it over."""
        title, kinds = self.tr("Take over a district"), self.tr("Workspaces (*.zip)")
        path, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if path:
            self._try(lambda: workspaces.take_over(path, scenario_fault))

    def _try(self, action: Any) -> None:
        try:
            message = action()
        except TwinError as error:
            self.notice.say(localized(error), Qgis.MessageLevel.Warning)
            return
        self.notice.say(localized(message), Qgis.MessageLevel.Success)
        self.refresh()
        self.opened.emit("")


def keep_selection(layer: QgsVectorLayer, name: str) -> Message:
    """Keep the selected polygons of a layer as a district of the user's."""
    district = districts.district_from_layer(QgsVectorLayerSelectedFeatureSource(layer), name)
    return Message("The district is kept as '{path}'.", path=districts.save_district(district))


def scenario_fault(path: Path) -> TwinError | None:
    """What is wrong with the document of a scenario."""
    return scenarios.document(path).fault

"""The card of one building: its section with sills and water, the facts, the risk, and the way back into its model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import Qgis
from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtGui import QColor, QDesktopServices, QPixmap
from qgis.PyQt.QtWidgets import QFormLayout, QGroupBox, QHBoxLayout, QStyle, QVBoxLayout, QWidget

from ...bridge.bim.model_tables import Card, ModelRow
from ...bridge.kernel import enum_labels
from ...bridge.kernel.map_classes import risk_class
from ..common import formatting
from ..widgets.basics import bold, button, fill_column, narrow_combo, plain_label, wrapped_label
from ..widgets.notice import Notice
from .model_table import place_name
from .section import Section, profile


class BuildingForm(QGroupBox):
    """Shows a `Card`; `zoom`, `write_back` say what is to be done, `building` and `result` what else to show."""

    zoom = pyqtSignal()
    write_back = pyqtSignal()
    building = pyqtSignal(str)
    result = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Building"))
        self.card = Card()
        self.hint = wrapped_label()
        self.name = bold(wrapped_label())
        self.others = narrow_combo(self.tr("The model holds several buildings: choose the one to show."))
        self.results = narrow_combo(self.tr("The assessment whose water level and risk are shown."))
        self.section = Section()
        self.no_section = wrapped_label()
        self.facts = QFormLayout()
        self.facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.mark = plain_label()
        self.risk, self.reason = bold(wrapped_label()), wrapped_label()
        self.warnings = Notice()
        self.zoom_button = button(
            "district", self.tr("Zoom to"), self.tr("Show this building on the map."), self.zoom.emit
        )
        self.write_button = button("report", self.tr("Write back to BIM"), "", self.write_back.emit)
        self.written = Notice()
        self._lay_out()
        self.others.activated.connect(lambda _: self.building.emit(str(self.others.currentData())))
        self.results.activated.connect(lambda _: self.result.emit(str(self.results.currentData() or "")))
        self.clear()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.mark)
        row.addWidget(self.risk, 1)
        self.content = QWidget()
        self.results_label = plain_label(self.tr("Water of the result"))
        self.results_label.setBuddy(self.results)
        shown = (self.name, self.others, self.section, self.no_section, self.results_label, self.results)
        actions = (self.warnings, self.zoom_button, self.write_button, self.written)
        fill_column(self.content, *shown, row, self.reason, self.facts, *actions)
        layout = QVBoxLayout(self)
        layout.addWidget(self.hint)
        layout.addWidget(self.content)

    def clear(self, hint: str = "") -> None:
        """Show no building but what would be here."""
        self.card = Card()
        self.hint.setText(
            hint
            or self.tr("Select a model above, or a building on the map: its storeys, openings and risk are shown here.")
        )
        self.hint.show()
        self.content.hide()
        self.written.clear()

    def set_results(self, results: Sequence[tuple[str, str]], wanted: str = "") -> str:
        """Offer results by id and name, the newest first; returns the one that is chosen, '' for none.

        It is the wanted one, else the one that was chosen before.
        """
        chosen = wanted or self.results.currentData()
        self.results.clear()
        self.results.addItem(self.tr("none"), "")
        for identity, name in results:
            self.results.addItem(name, identity)
        index = self.results.findData(chosen) if chosen else min(1, self.results.count() - 1)
        self.results.setCurrentIndex(index if index >= 0 else min(1, self.results.count() - 1))
        for part in (self.results, self.results_label):
            part.setVisible(bool(results))
        return str(self.results.currentData() or "")

    def show_card(self, card: Card) -> None:
        """Show a building with what belongs to it."""
        building = card.building
        if building is None:
            self.clear(self._nothing(card.model))
            return
        if self.card.building is None or self.card.building["id"] != building["id"]:
            self.written.clear()
        self.card = card
        self.hint.hide()
        self.content.show()
        self.name.setText(str(building.get("name") or building["id"]))
        self._show_others(card)
        shown = profile(building, card.storeys, card.openings, card.risk)
        self.section.show_profile(shown)
        self.no_section.setVisible(shown is None)
        self.no_section.setText(self._no_section(card))
        for part in (self.results, self.results_label):
            part.setVisible(card.from_model and self.results.count() > 1)
        while self.facts.rowCount():
            self.facts.removeRow(0)
        for label, value in self._facts(card):
            if value:
                self.facts.addRow(label, wrapped_label(value))
        self._show_risk(card)
        warnings = card.model.warnings if card.model is not None else ""
        if warnings:
            self.warnings.say(warnings, Qgis.MessageLevel.Warning)
        else:
            self.warnings.clear()
        self.zoom_button.setEnabled(bool(card.shapes))

    def show_written(self, text: str, level: Qgis.MessageLevel, log: str = "", file: str = "") -> None:
        """Say where the written model is, with a way there, or why there is none."""
        cure = None
        if file:
            cure = (
                self.tr("Open its folder"),
                self.tr("Open the folder of the copy in the file manager."),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(file).parent))),
            )
        self.written.say(text, level, log if not file else "", cure)

    def _no_section(self, card: Card) -> str:
        if not card.from_model:
            return self.tr("There is no section: the buildings are footprints, without storeys and openings.")
        if not card.shapes:
            return self.tr(
                "There is no section: the model has no place, so its levels on the map are unknown. Place it."
            )
        return self.tr("There is no section: the model names no storeys.")

    def _show_others(self, card: Card) -> None:
        self.others.setVisible(len(card.others) > 1)
        self.others.clear()
        for identity, name in card.others:
            self.others.addItem(name, identity)
        self.others.setCurrentIndex(self.others.findData(card.building["id"] if card.building else None))

    def _show_risk(self, card: Card) -> None:
        risk = card.risk
        for part in (self.mark, self.risk, self.reason):
            part.setVisible(risk is not None)
        path = card.model.path if card.model is not None else ""
        self.write_button.setEnabled(risk is not None and bool(path))
        self.write_button.setToolTip(
            self.tr("Write risk, levels and flooded sills into a copy of the IFC file, and BCF topics for designers.")
            if risk is not None
            else self.tr("There is nothing to write yet: assess the buildings with a flood first (Home, step 5).")
        )
        if risk is None:
            return
        number = risk.get("risk_class")
        shown = risk_class(number)
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        square = QPixmap(size, size)
        square.fill(QColor(shown.colour))
        self.mark.setPixmap(square)
        self.risk.setText(self.tr("Risk {label}").format(label=shown.text))
        dry = number == 0 and not risk.get("depth_m")
        self.reason.setText(
            "" if dry else str(risk.get("reason") or "")
        )  # the class says already that there is no water
        self.reason.setVisible(bool(self.reason.text()))

    def _facts(self, card: Card) -> list[tuple[str, str]]:
        building = card.building or {}

        def metres(name: str, decimals: int = 2) -> str:
            value = building.get(name)
            return "" if value is None else f"{formatting.number(value, decimals)} m"

        def square_metres(name: str) -> str:
            value = building.get(name)
            return f"{formatting.number(value, 0)} m²" if value else ""

        above, below = building.get("storeys_above"), building.get("storeys_below")
        storeys = "" if above is None and below is None else self.tr("{above} above ground, {below} below")
        ended = building.get("valid_to")
        return [
            *(self._water(card.risk or {}) if not card.from_model else []),
            (self.tr("Use"), enum_labels.label(str(building.get("use") or ""))),
            (self.tr("Address"), str(building.get("address") or "")),
            (self.tr("Storeys"), storeys.format(above=above or 0, below=below or 0)),
            (self.tr("Ground floor"), metres("ground_floor_elev_m")),
            (self.tr("Height"), metres("height_m", 1)),
            (self.tr("Footprint area"), square_metres("footprint_area_m2")),
            (self.tr("Floor area"), square_metres("gross_floor_area_m2")),
            (self.tr("Rooms"), self._rooms(card)),
            (self.tr("Basement area"), square_metres("below_ground_area_m2")),
            (self.tr("Stage"), enum_labels.label(str(building.get("lifecycle_stage") or ""))),
            (self.tr("Place"), self._place(card.model)),
            (self.tr("Model"), card.model.name if card.model is not None else ""),
            (self.tr("Deleted on"), str(ended or "")[:10]),
        ]

    def _rooms(self, card: Card) -> str:
        """How many rooms there are, and their area together; "" where none were read."""
        counted = [room for room in card.rooms if room.get("is_counted")]
        area = sum(room.get("area_m2") or 0.0 for room in counted)
        return f"{len(counted)} ({formatting.number(area, 0)} m²)" if counted else ""

    def _water(self, risk: dict[str, Any]) -> list[tuple[str, str]]:
        """The water at a building that has no section to show it, and who is there."""
        depth, level, people = risk.get("depth_m"), risk.get("level_m"), risk.get("people")
        return [
            (self.tr("Depth outside"), f"{formatting.number(depth, 2)} m" if depth else ""),
            (self.tr("Water level outside"), "" if level is None else f"{formatting.number(level, 2)} m"),
            (self.tr("People"), formatting.number(people, 0) if people else ""),
            (self.tr("In doubt"), str(risk.get("doubts") or "")),
        ]

    def _place(self, model: ModelRow | None) -> str:
        if model is None:
            return ""
        words = {"sure": self.tr("sure"), "unsure": self.tr("unsure, check it")}
        confidence = words.get(model.confidence, "")
        source = place_name(model) if model.georef_level in (0, 60) else model.georef_source
        return f"{source} ({confidence})" if confidence else source

    def _nothing(self, model: ModelRow | None) -> str:
        """Why a model has no building to show."""
        if model is None or not model.reason:
            return self.tr("No building was read from this model.")
        return self.tr("No building was read from this model: {reason}").format(reason=model.reason)

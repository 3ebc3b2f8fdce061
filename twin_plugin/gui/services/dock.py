"""The services dock: finds a service among a hundred thousand, tells how it is, and brings what is needed of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsSettings,
    QgsWkbTypes,
)
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import QFileSystemWatcher, QTimer
from qgis.PyQt.QtGui import QIcon, QPalette
from qgis.PyQt.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ...bridge.kernel import resources
from ...bridge.kernel.translation import localized
from ...bridge.services import preview
from ...bridge.services.rows import rectangle_of
from ...bridge.services.taxonomy import load_taxonomy
from ...core.common.errors import InputError
from ...core.services.catalogue.store import Facets, SearchPage
from ...core.services.record import ServiceRecord
from ..common import formatting, settings, state
from ..common.background import Background
from ..common.run_request import RunResult
from ..common.shell import Shell
from ..widgets.basics import folded, text_label
from ..widgets.dock import TwinDock
from ..widgets.notice import Notice
from . import favourites
from .actions import ServicesWork
from .card import ServiceCard
from .catalogue_search import CatalogueLocation, Finder
from .filters import ServiceFilters
from .service_list import ServiceList
from .sources import ServiceSources
from .tree import ServiceTree

PLACE, FILTERS = "services/catalogue", "services/filters"
LAST_PLACE = f"{settings.PREFIX}/services/catalogue"
LOOK_MS = 600
FILE_MS = 1_500


class ServicesDock(ServicesWork, TwinDock):
    """Search, card and use of data services."""

    NAME = "services"
    ICON = "services"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setWindowTitle(self.tr("Data services"))
        self.primary.setIcon(QIcon(str(resources.icon("services"))))
        self.primary.setToolTip(self.tr("Ask whether the service answers, then add it to the map as a layer."))
        canvas = self.shell.iface.mapCanvas()
        self.finder = Finder(self)
        self.finder.found.connect(self._found)
        self.finder.more.connect(lambda page: self.list.rows.append(page))
        self.finder.failed.connect(self._failed)
        self.looker, self.sampler = Background("twin-look", self), Background("twin-rows", self)
        self.looker.done.connect(lambda number, look: self.card.show_look(look))
        self.sampler.done.connect(lambda number, look: self.card.show_rows(look))
        for one in (self.looker, self.sampler):
            one.failed.connect(lambda _, text: self.card.table_note.setText(text))
        self._stale = True
        self.filters = ServiceFilters(canvas)
        self.tree = ServiceTree(self._taxonomy())
        self.count = text_label()
        self.list = ServiceList(self.tree.name)
        self.card = ServiceCard(self.tree.name)
        self.sources = ServiceSources()
        self.empty = self._empty_state()
        self.trouble = Notice()
        self.query_box = QWidget()
        QVBoxLayout(self.query_box).setContentsMargins(0, 0, 0, 0)
        self.query_group = folded(self.tr("Query"), self.query_box, "servicesQuery")
        self.watch_box = QWidget()
        QVBoxLayout(self.watch_box).setContentsMargins(0, 0, 0, 0)
        self.watch_group = folded(self.tr("Watch sensors"), self.watch_box, "servicesWatch")
        self.tree_group = folded(self.tr("Subdivisions"), self.tree, "servicesTree", collapsed=False)
        self.sources_group = folded(self.tr("Catalogue and sources"), self.sources, "servicesSources")
        for part in (
            self.empty, self.filters, self.tree_group, self.trouble, self.count, self.list, self.card, self.query_group,
            self.watch_group, self.sources_group,
        ):  # fmt: skip
            self.body.addWidget(part, 1 if part is self.list else 0)
        self.found_parts = (self.filters, self.tree_group, self.count, self.list)
        self._connect_parts()
        self.band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self.band.setWidth(2)
        self._show_record(None)

    def _connect_parts(self) -> None:
        self.filters.changed.connect(self.search)
        self.tree.changed.connect(self.search)
        self.list.chosen.connect(self._show_record)
        self.list.opened.connect(lambda record: self.add_to_map(record))
        self.list.rows.wanted.connect(self.finder.ask_more)
        self.card.asked.connect(self._do)
        self.card.rows_wanted.connect(self._ask_rows)
        self.sources.moved.connect(self._moved)
        self.sources.asked.connect(self._do_source)
        self.query_group.collapsedStateChanged.connect(lambda shut: None if shut else self._fill_query())
        self.watch_group.collapsedStateChanged.connect(lambda shut: None if shut else self._fill_watch())
        self._look_later = QTimer(self)
        self._look_later.setSingleShot(True)
        self._look_later.timeout.connect(self._look)
        self._file_later = QTimer(self)
        self._file_later.setSingleShot(True)
        self._file_later.timeout.connect(self.search)
        self._files = QFileSystemWatcher(self)
        self._files.fileChanged.connect(self._file_changed)
        self.visibilityChanged.connect(self._shown)

    def start(self) -> None:
        """Add the chosen service to the map."""
        self.add_to_map(self.list.current())

    def refresh(self, *_: object) -> None:
        if self.card.record is not None:
            self.card.show_offline(favourites.snapshot_of(self.card.record.id))

    def project_changed(self, *_: object) -> None:
        self._take_place()

    def close_down(self) -> None:
        self.stop_watches()
        self.finder.stop()
        for one in (self.looker, self.sampler, self.prober):
            one.stop()
        self.filters.close_down()
        self._look_later.stop()
        self._file_later.stop()
        canvas = self.shell.iface.mapCanvas()
        if canvas is not None and canvas.scene() is not None:
            canvas.scene().removeItem(self.band)
        super().close_down()

    # Searching

    def search(self) -> None:
        """Search for what is entered; while the dock is hidden, later."""
        place = self.sources.place()
        there = bool(place) and (bool(place.connection) or Path(place.path).exists())
        for part in self.found_parts:
            part.setVisible(there)
        self.empty.setVisible(not there)
        if not there:
            self.trouble.clear()
            self.list.rows.show_page(SearchPage((), 0))
            self._show_record(None)
            self.finder.cancel()
            return
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        now = self.filters.state()
        if any(now.values()) or state.recall(FILTERS):
            state.remember(FILTERS, now)
        self.finder.ask(place, self.filters.search(self.tree.chosen(), favourites.stars()))

    def _found(self, page: SearchPage, facets: Facets) -> None:
        self.trouble.clear()
        wanted = self.card.record.id if self.card.record is not None else ""
        self.list.rows.show_page(page)
        self.tree.show_counts(facets.subdivision)
        text = self.tr("{n} services") if page.total != 1 else self.tr("{n} service")
        self.count.setText(text.format(n=formatting.number(page.total, 0)))
        if page.total == 0:
            narrowed = self.filters.narrowed() or bool(self.tree.chosen())
            self.count.setText(
                self.tr("No service fits: take out a word or a filter.")
                if narrowed
                else self.tr("The catalogue is empty: connect a source below.")
            )
        if not (wanted and self.list.go_to(wanted)):
            self._show_record(None)

    def _failed(self, sentence: str) -> None:
        self.list.rows.show_page(SearchPage((), 0))
        self._show_record(None)
        self.count.setText("")
        self.trouble.say(sentence, Qgis.MessageLevel.Warning)

    def _shown(self, visible: bool) -> None:
        if visible and self._stale:
            self.search()
        if not visible:
            self.band.hide()
        elif self.card.record is not None:
            self._show_extent(self.card.record)

    # The catalogue

    def _take_place(self) -> None:
        """The catalogue of the project, else the last one of the profile, else the profile's own."""
        kept = state.recall(PLACE, None) or QgsSettings().value(LAST_PLACE, None)
        place = (
            CatalogueLocation(**kept)
            if isinstance(kept, dict) and set(kept) <= {"path", "connection", "schema"}
            else CatalogueLocation()
        )
        if not place:
            place = CatalogueLocation(str(Path(QgsApplication.qgisSettingsDirPath()) / "city_twin" / "services.gpkg"))
        self.filters.restore(state.recall(FILTERS, {}) or {})
        self.sources.set_place(place)
        self._watch_file(place)
        self.search()

    def take_demo(self, result: RunResult) -> None:
        path = str(result.outputs.get("SERVICES", ""))
        if path and Path(path).exists():
            self.choose_catalogue(path)

    def choose_catalogue(self, path: str) -> None:
        """Take another catalogue."""
        self.sources.set_place(CatalogueLocation(path))
        self._moved()

    def _moved(self) -> None:
        place = self.sources.place()
        kept = {"path": place.path, "connection": place.connection, "schema": place.schema}
        QgsSettings().setValue(LAST_PLACE, kept)
        state.remember(PLACE, kept)
        self._watch_file(place)
        self.search()

    def _watch_file(self, place: CatalogueLocation) -> None:
        for path in self._files.files():
            self._files.removePath(path)
        if place.path and Path(place.path).exists():
            self._files.addPath(place.path)

    def _file_changed(self, path: str) -> None:
        """Somebody wrote: a harvest, a check, QGIS itself."""
        if Path(path).exists() and path not in self._files.files():
            self._files.addPath(path)
        if not self._file_later.isActive():
            self._file_later.start(FILE_MS)

    def _run_ended(self, result: RunResult) -> None:
        super()._run_ended(result)
        self._watch_file(self.sources.place())
        self.search()
        self._say_what()

    # The card

    def _show_record(self, record: ServiceRecord | None) -> None:
        again = record is not None and self.card.record is not None and record.id == self.card.record.id
        if not again:
            self._look_later.stop()
            self.looker.cancel()
            self.sampler.cancel()
        self.card.show_record(record)
        self.query_group.setVisible(self.card.can("query"))
        self.watch_group.setVisible(self.card.can("watch"))
        self._say_what()
        if record is None:
            self.band.hide()
            return
        if not self.query_group.isCollapsed():
            self._fill_query()
        if not self.watch_group.isCollapsed():
            self._fill_watch()
        self._show_extent(record)
        if not again and not record.made:
            self._look_later.start(LOOK_MS)

    def _look(self) -> None:
        record = self.card.record
        if record is not None:
            self.looker.ask(lambda ticket: preview.describe(record, ticket.progress))

    def _ask_rows(self) -> None:
        record = self.card.record
        if record is None:
            return
        if record.made:
            self.card.table_note.setText(self.tr("There is no service behind this record."))
            return
        self.sampler.ask(lambda ticket: preview.sample(record, ticket.progress))

    def _show_extent(self, record: ServiceRecord) -> None:
        rectangle = self._on_map(record)
        if rectangle is None or not self.isVisible():
            self.band.hide()
            return
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        self.band.setStrokeColor(colour)
        # Only its edge: an extent is often all of the map, and must not tint it.
        colour.setAlpha(0)
        self.band.setFillColor(colour)
        self.band.setToGeometry(QgsGeometry.fromRect(rectangle), None)
        self.band.show()

    def _on_map(self, record: ServiceRecord) -> QgsRectangle | None:
        """The extent of a service in the map's CRS; None where it has none there."""
        if record.box is None:
            return None
        target = self.shell.iface.mapCanvas().mapSettings().destinationCrs()
        transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), target, QgsProject.instance())
        transform.setBallparkTransformsAreAppropriate(True)
        try:
            found = transform.transformBoundingBox(rectangle_of(record.box))
        except Exception:  # noqa: BLE001 - PROJ's errors are of several kinds, and an extent is only shown
            return None
        return found if found.isFinite() else None

    def _say_what(self) -> None:
        """Say on the button what it will do."""
        record = self.card.record
        self.primary.setEnabled(record is not None and not record.made and not self.busy())
        if record is None:
            self.primary.setText(self.tr("Choose a service first"))
        else:
            self.primary.setText(self.tr("Add to the map"))

    def _taxonomy(self) -> Any:
        try:
            return load_taxonomy()
        except InputError as error:
            self.shell.iface.messageBar().pushMessage("City Twin", localized(error), Qgis.MessageLevel.Warning)
            return load_taxonomy(str(resources.table("taxonomy")))

    def _empty_state(self) -> QWidget:
        """What belongs here, and how to get it."""
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            text_label(
                self.tr(
                    "Here the city's data services are found in a second: what there is, where, and whether it is "
                    "alive. Give the address of a server or catalogue (OGC API, WMS, WFS, CSW, STAC, ArcGIS, "
                    "SensorThings, a folder, a database), and all that it offers is listed by subject."
                )
            )
        )
        for text, tip, what in (
            (self.tr("Connect a source…"), self.tr("Go to the field for its address."), "source"),
            (self.tr("Open a catalogue…"), self.tr("Choose a GeoPackage that holds one already."), "open"),
        ):
            made = QPushButton(text)
            made.setToolTip(tip)
            made.clicked.connect(lambda *_, what=what: self._begin(what))
            layout.addWidget(made)
        return whole

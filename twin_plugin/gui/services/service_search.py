"""The search of services: filters and subdivisions above the list of the result, or how to get a first catalogue."""

from __future__ import annotations

from pathlib import Path

from qgis.core import Qgis
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ...core.services.catalogue.store import Facets, SearchPage
from ...core.services.catalogue.taxonomy import Taxonomy
from ..common import formatting, state
from ..widgets.basics import button, fill_column, folded, text_label
from ..widgets.notice import Notice
from . import favourites
from .catalogue_search import CatalogueLocation, Finder
from .filters import ServiceFilters
from .service_list import ServiceList
from .sources import ServiceSources
from .tree import ServiceTree

FILTERS = "services/filters"


class EmptyCatalogue(QWidget):
    """What belongs here, and how to get it: `connect_wanted()` or `opened(path)`."""

    connect_wanted = pyqtSignal()
    opened = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text = text_label(
            self.tr(
                "Search the city's data services and see at a glance which ones are online. Enter the address of a "
                "server or catalogue (OGC API, WMS, WFS, CSW, STAC, ArcGIS, SensorThings, a folder, a database) "
                "to list all that it offers by subject."
            )
        )
        to_address, to_file = (
            self.tr("Go to the field for its address."),
            self.tr("Choose a GeoPackage with a catalogue."),
        )
        connect = button("", self.tr("Connect a source…"), to_address, self.connect_wanted.emit)
        fill_column(self, text, connect, button("", self.tr("Open a catalogue…"), to_file, self._open))

    def _open(self) -> None:
        files = self.tr("GeoPackage (*.gpkg)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open a catalogue"), "", files)
        if path:
            self.opened.emit(path)


class ServiceSearch(QWidget):
    """Searches the catalogue of the sources; `chosen(record)` when another record is selected, None for none.

    Attributes
    ----------
    empty : EmptyCatalogue
        Stands in the place of this widget while there is no catalogue.
    """

    chosen = pyqtSignal(object)

    def __init__(
        self, canvas: QgsMapCanvas, taxonomy: Taxonomy, sources: ServiceSources, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.sources = sources
        self.record_id = ""
        self._outdated = True
        self.finder = Finder(self)
        self.empty = EmptyCatalogue()
        self.filters = ServiceFilters(canvas)
        self.tree = ServiceTree(taxonomy)
        self.trouble, self.count = Notice(), text_label()
        self.list = ServiceList(self.tree.name)
        tree_group = folded(self.tr("Subdivisions"), self.tree, "servicesTree", collapsed=False)
        layout = fill_column(self, self.filters, tree_group, self.trouble, self.count, self.list)
        layout.setStretchFactor(self.list, 1)
        self.finder.found.connect(self._show_page)
        self.finder.more.connect(self.list.rows.append)
        self.finder.failed.connect(self._failed)
        self.filters.changed.connect(self.run)
        self.tree.changed.connect(self.run)
        self.list.chosen.connect(self._choose)
        self.list.rows.wanted.connect(self.finder.ask_more)

    def run(self) -> None:
        """Search for what is entered; while the dock is hidden, later."""
        location = self.sources.location()
        exists = _exists(location)
        self._outdated = False
        self.setVisible(exists)
        self.empty.setVisible(not exists)
        if not exists:
            self.finder.cancel()
            self.trouble.clear()
            self._show_nothing()
            return
        self._outdated = not self.isVisible()
        if self._outdated:
            return
        now = self.filters.state()
        if any(now.values()) or state.recall(FILTERS):
            state.remember(FILTERS, now)
        self.finder.ask(location, self.filters.search(self.tree.chosen(), favourites.stars()))

    def restore(self) -> None:
        """Take the filters that the project remembers."""
        self.filters.restore(state.recall(FILTERS, {}) or {})

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._outdated:
            self.run()

    def close_down(self) -> None:
        """End the thread, and leave the map's signals."""
        self.finder.stop()
        self.filters.close_down()

    def _choose(self, record: object) -> None:
        self.record_id = record.id if record is not None else ""
        self.chosen.emit(record)

    def _show_page(self, page: SearchPage, facets: Facets) -> None:
        """Show the first page, with the same record selected where it is on it."""
        before = self.record_id
        self.trouble.clear()
        self.list.rows.show_page(page)
        self.tree.show_counts(facets.subdivision)
        text = self.tr("{n} services") if page.total != 1 else self.tr("{n} service")
        self.count.setText(text.format(n=formatting.number(page.total, 0)))
        if page.total == 0:
            narrowed = self.filters.narrowed() or bool(self.tree.chosen())
            self.count.setText(
                self.tr("No service matches: take out a word or a filter.")
                if narrowed
                else self.tr("The catalogue is empty: connect a source below.")
            )
        if not (before and self.list.go_to(before)):
            self._choose(None)

    def _failed(self, sentence: str) -> None:
        self._show_nothing()
        self.count.setText("")
        self.trouble.say(sentence, Qgis.MessageLevel.Warning)

    def _show_nothing(self) -> None:
        self.list.rows.show_page(SearchPage((), 0))
        self._choose(None)


def _exists(location: CatalogueLocation) -> bool:
    return bool(location.connection) or (bool(location.path) and Path(location.path).exists())

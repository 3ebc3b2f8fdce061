"""Searches a catalogue in the background as fast as one types: the list, its counts, and its next pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.services.catalogue.store import Facets, Search, SearchPage
from ..common.background import Background, Ticket

if TYPE_CHECKING:
    from ...core.services.catalogue.store import Catalogue

PAGE = 200


@dataclass(frozen=True)
class CatalogueLocation:
    """Where a catalogue is: a GeoPackage, or a schema of a connection."""

    path: str = ""
    connection: str = ""
    schema: str = ""

    def __bool__(self) -> bool:
        return bool(self.path or self.connection)

    def parameters(self) -> dict[str, Any]:
        """As the algorithms take it."""
        if self.connection:
            return {"CONNECTION": self.connection, "SCHEMA": self.schema}
        return {"CATALOGUE": self.path}


class Finder(QObject):
    """Answers searches over one catalogue, which is open in the thread of its own.

    `found(Page, Facets)` is the first page of the newest search, `more(Page)` a further one, `failed(sentence)` why
    there is none.
    """

    found = pyqtSignal(object, object)
    more = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.place = CatalogueLocation()
        self.search: Search | None = None
        self._threads = Background("twin-catalogue", self)
        self._threads.done.connect(self._done)
        self._threads.failed.connect(self.failed)
        self._threads.at_end = self._close
        self._catalogue: Catalogue | None = None  # only the thread touches these two
        self._opened = CatalogueLocation()

    def ask(self, place: CatalogueLocation, search: Search) -> None:
        """Search anew."""
        self.place = place
        self.search = search = replace(search, offset=0, limit=PAGE)

        def work(catalogue: Catalogue) -> tuple[SearchPage, Facets]:
            # The counts first: the list then knows its length from them.
            facets = catalogue.facets(search)
            return catalogue.search(search), facets

        self._ask(place, work)

    def ask_more(self, offset: int) -> None:
        """The next page of the same search."""
        if self.search is not None:
            search = replace(self.search, offset=offset)
            self._ask(self.place, lambda catalogue: catalogue.search(search))

    def cancel(self) -> None:
        """Forget what was asked."""
        self._threads.cancel()

    def stop(self) -> None:
        """Close the catalogue and end the thread."""
        self._threads.stop()

    def _ask(self, place: CatalogueLocation, work: Callable[[Catalogue], Any]) -> None:
        def run(ticket: Ticket) -> Any:
            catalogue = self._open(place, ticket)
            ticket.on_stop = catalogue.interrupt
            try:
                return work(catalogue)
            finally:
                ticket.on_stop = None

        self._threads.ask(run)

    def _open(self, place: CatalogueLocation, ticket: Ticket) -> Catalogue:
        """In the thread: the catalogue, opened where it is another one than before."""
        if self._catalogue is None or place != self._opened:
            self._close()
            from ...bridge.services.catalogues import open_catalogue

            self._catalogue = open_catalogue(place.path, place.connection, place.schema, progress=ticket.progress)
            self._opened = place
        return self._catalogue

    def _close(self) -> None:
        catalogue, self._catalogue = self._catalogue, None
        if catalogue is not None:
            catalogue.close()

    def _done(self, result: Any) -> None:
        if isinstance(result, SearchPage):
            self.more.emit(result)
        else:
            self.found.emit(*result)

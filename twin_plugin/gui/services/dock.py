"""The services dock: finds a service among a hundred thousand, shows its state, and adds it to the map."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.core import Qgis
from qgis.gui import QgsCollapsibleGroupBox

from ...bridge.kernel import resources
from ...bridge.kernel.translation import localized
from ...bridge.services.taxonomy import load_taxonomy
from ...core.common.errors import InputError
from ...core.services.catalogue.taxonomy import Taxonomy
from ...core.services.record import ServiceRecord
from ..common.run_request import RunResult
from ..common.shell import Shell
from ..widgets import message_bar
from ..widgets.basics import folded
from ..widgets.dock import TwinDock
from . import favourites
from .card import ServiceCard
from .catalogue_actions import CatalogueActions
from .catalogue_search import CatalogueLocation
from .catalogue_watcher import CatalogueWatcher
from .extent_band import ExtentBand
from .layer_actions import LayerActions
from .login_question import LoginQuestion
from .query_actions import QueryActions
from .record_preview import RecordPreview
from .service_search import ServiceSearch
from .sources import ServiceSources
from .watch_actions import WatchActions


class ServicesDock(TwinDock):
    """Search, card and use of data services."""

    NAME = "services"
    ICON = "services"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setWindowTitle(self.tr("Services"))
        self.primary.setToolTip(self.tr("Check that the service answers, then add it to the map as a layer."))
        canvas = shell.iface.mapCanvas()
        self.sources = ServiceSources()
        self.search = ServiceSearch(canvas, self._taxonomy(), self.sources)
        self.card = ServiceCard(self.search.tree.name)
        self.preview = RecordPreview(self.card, self)
        self.band = ExtentBand(canvas)
        filters, panel = self.search.filters, self.panel
        logins = LoginQuestion(self, partial(panel.notice.say, level=Qgis.MessageLevel.Warning))
        self.queries = QueryActions(self.algorithm("queryservice"), canvas, self.sources, filters, panel, logins, self)
        self.layers = LayerActions(self.queries, self.band, panel.notice, logins, self)
        self.watching = WatchActions(shell.runner, self.sources, logins, self)
        self.catalogue = CatalogueActions(self.sources, self.search.tree, panel, shell.open_algorithm, self, logins)
        self.watcher = CatalogueWatcher(self)
        self.sources_group = folded(self.tr("Catalogue and sources"), self.sources, "servicesSources")
        for part in (
            self.search.empty, self.search, self.card, self.queries.group, self.watching.group, self.sources_group,
        ):  # fmt: skip
            self.body.addWidget(part, 1 if part is self.search else 0)
        self._connect()

    def _connect(self) -> None:
        self.search.chosen.connect(self._show_record)
        self.search.list.opened.connect(self.layers.add)
        self.search.empty.connect_wanted.connect(self._ask_for_source)
        self.search.empty.opened.connect(self.choose_catalogue)
        self.sources.moved.connect(self._catalogue_changed)
        self.watcher.written.connect(self.search.run)
        actions = {
            "zoom": self.band.zoom_to, "check": self.layers.check, "edit": self.catalogue.edit,
            "offline": self.queries.save_offline, "open": self.queries.open_offline,
            "query": lambda _: self._unfold(self.queries.group), "watch": lambda _: self._unfold(self.watching.group),
        }  # fmt: skip
        self.card.wanted.connect(lambda action, record: actions[action](record))
        self.queries.saved.connect(lambda _: self.refresh())
        self.layers.asking.connect(self._show_asking)
        self.layers.answered.connect(self._update_primary)
        self.visibilityChanged.connect(lambda _: self._show_extent())

    def start(self) -> None:
        """Add the chosen service to the map."""
        self.layers.add(self.card.record)

    def refresh(self, *_: object) -> None:
        if self.card.record is not None:
            self.card.show_offline(favourites.snapshot_of(self.card.record.id))

    def project_changed(self, *_: object) -> None:
        self.search.restore()
        self.sources.restore()
        self._catalogue_changed()

    def close_down(self) -> None:
        self.watching.stop_all()
        self.search.close_down()
        self.preview.stop()
        self.layers.prober.stop()
        self.watcher.stop()
        self.band.remove()
        super().close_down()

    def take_demo(self, result: RunResult) -> None:
        path = str(result.outputs.get("SERVICES", ""))
        if path and Path(path).exists():
            self.choose_catalogue(path)

    def choose_catalogue(self, path: str) -> None:
        """Take another catalogue."""
        self.sources.choose(CatalogueLocation(path))

    def _catalogue_changed(self) -> None:
        self.watcher.follow(self.sources.location())
        self.search.run()

    def _run_ended(self, result: RunResult) -> None:
        super()._run_ended(result)
        self._catalogue_changed()
        self._update_primary()

    def _show_record(self, record: ServiceRecord | None) -> None:
        before = self.card.record
        is_same = record is not None and before is not None and record.id == before.id
        if not is_same:
            self.preview.cancel()
        self.card.show_record(record)
        self.queries.show_record(record)
        self.watching.show_record(record)
        self._update_primary()
        self._show_extent()
        if record is not None and not is_same:
            self.preview.start(record)

    def _show_extent(self) -> None:
        if self.card.record is not None and self.isVisible():
            self.band.show(self.card.record)
        else:
            self.band.hide()

    def _ask_for_source(self) -> None:
        self._unfold(self.sources_group)
        self.sources.url.setFocus()

    def _unfold(self, group: QgsCollapsibleGroupBox) -> None:
        group.setCollapsed(False)
        self.scroll.ensureWidgetVisible(group)
        group.setFocus()

    def _show_asking(self) -> None:
        self.primary.setEnabled(False)
        self.primary.setText(self.tr("Asking the service…"))

    def _update_primary(self) -> None:
        """Say on the button what it will do."""
        record = self.card.record
        self.primary.setEnabled(record is not None and not record.made and not self.busy())
        self.primary.setText(self.tr("Choose a service first") if record is None else self.tr("Add to the map"))

    def _taxonomy(self) -> Taxonomy:
        try:
            return load_taxonomy()
        except InputError as error:
            bar = self.shell.iface.messageBar()
            message_bar.push(bar, localized(error), Qgis.MessageLevel.Warning)
            return load_taxonomy(str(resources.table("taxonomy")))

"""Fills the list of models from the chosen source."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...bridge.bim.model_source import ModelSource
from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError
from . import sources
from .base_loader import Loader
from .model_list import ModelList


class ModelListing(QObject):
    """Reads the rows of a source in the background; `listed()` when all are there, `failed(sentence)` instead."""

    listed = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(self, models: ModelList, loader: Loader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.models, self.loader = models, loader
        self._to_select = ""
        loader.rows.connect(models.add)
        loader.ended.connect(self._ended)

    def show(self, source: ModelSource, running: bool) -> None:
        """List the models of a source; while a run is going on, the file of a base may not exist yet."""
        self.loader.cancel()
        if not source:
            self.models.begin()
            return
        if source.path and not Path(source.path).exists() and not running:
            text = self.tr("'{path}' does not exist yet: choose the folder of the models, then update the base.")
            self.models.begin(text.format(path=source.path))
            return
        self.models.begin(self.tr("Listing the models…"))
        try:
            self.loader.load(sources.tables(source))
        except TwinError as error:
            self._ended(localized(error))

    def select_next(self, model_id: str) -> None:
        """Select a model when the list is complete next time."""
        self._to_select = model_id

    def folder(self) -> str:
        """The folder of the listed models; '' where it is not known."""
        return next((row.folder for row in self.models.table.rows if row.folder), "")

    def _ended(self, error: str) -> None:
        if error:
            self.models.begin(self.tr("The models cannot be listed."))
            self.failed.emit(error)
            return
        self.models.end()
        if not self.models.table.rows:
            self.models.begin(self.tr("The source holds no models yet."))
        if self._to_select:
            self.models.select(self._to_select)
            self._to_select = ""
        self.listed.emit()

"""Reads models and buildings for the Buildings dock off the main thread."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...bridge.bim.model_tables import ModelTables, read_card, read_models
from ..common.background import Background, Ticket


class Loader(QObject):
    """Reads one list of models and one building at a time; of each the newest request counts.

    Signals: `began`, `rows(list of ModelRow)` again and again, `ended(error)` once for each list; `card(Card)` or
    `no_card(error)` for each building.
    """

    began = pyqtSignal()
    rows = pyqtSignal(object)
    ended = pyqtSignal(str)
    card = pyqtSignal(object)
    no_card = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing = False
        self._models, self._building = Background("twin-models", self), Background("twin-building", self)
        self._models.part.connect(self.rows)
        self._models.done.connect(lambda _: self._end(""))
        self._models.failed.connect(self._end)
        self._building.done.connect(self.card)
        self._building.failed.connect(self.no_card)

    def load(self, tables: ModelTables) -> None:
        """Read the list of models."""
        self._listing = True
        self.began.emit()

        def work(ticket: Ticket) -> None:
            for chunk in read_models(tables, lambda: not ticket.stopped):
                ticket.send(chunk)

        self._models.ask(work)

    def find(self, tables: ModelTables, risk: Any = None, model_id: str = "", building_id: str = "") -> None:
        """Read a building with what belongs to it."""
        self._building.ask(lambda _: read_card(tables, model_id, building_id, risk))

    def cancel(self) -> None:
        """Forget what is being read."""
        self._listing = False
        self._models.cancel()
        self._building.cancel()

    def stop(self) -> None:
        """End the threads."""
        self._models.stop()
        self._building.stop()

    def busy(self) -> bool:
        """Whether a list is being read."""
        return self._listing

    def _end(self, error: str) -> None:
        self._listing = False
        self.ended.emit(error)

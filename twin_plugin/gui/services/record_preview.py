"""Fills the card with what a service itself says: its description and its first rows, read off the main thread."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject

from ...bridge.services import preview
from ...core.services.record import ServiceRecord
from ..common.background import Background
from ..widgets.basics import delay
from .card import ServiceCard

PAUSE_MS = 600
"""A service is asked after a person has stayed on it so long: not each one that is scrolled over."""


class RecordPreview(QObject):
    """Reads the description and the rows of one service at a time."""

    def __init__(self, card: ServiceCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.card = card
        self.describer, self.sampler = Background("twin-preview", self), Background("twin-rows", self)
        self.describer.done.connect(card.show_preview)
        self.sampler.done.connect(card.show_rows)
        for thread in (self.describer, self.sampler):
            thread.failed.connect(card.table_note.setText)
        card.rows_wanted.connect(self._sample)
        self._later = delay(self, PAUSE_MS, self._describe)

    def cancel(self) -> None:
        """Another service is shown: the answers of this one are of no use."""
        self._later.stop()
        self.describer.cancel()
        self.sampler.cancel()

    def start(self, record: ServiceRecord) -> None:
        """Ask the service that the card shows, in a moment."""
        if not record.made:
            self._later.start()

    def stop(self) -> None:
        """End the threads."""
        self._later.stop()
        for thread in (self.describer, self.sampler):
            thread.stop()

    def _describe(self) -> None:
        record = self.card.record
        if record is not None:
            self.describer.ask(lambda ticket: preview.describe(record, ticket.progress))

    def _sample(self) -> None:
        record = self.card.record
        if record is None:
            return
        if record.made:
            self.card.table_note.setText(self.tr("No service stands behind this synthetic record."))
            return
        self.sampler.ask(lambda ticket: preview.sample(record, ticket.progress))

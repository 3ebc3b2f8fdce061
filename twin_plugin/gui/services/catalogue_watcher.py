"""Notices that a catalogue's file was written: by a harvest, a check, an edit in QGIS, or another program."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QFileSystemWatcher, QObject, pyqtSignal

from ..widgets.basics import delay
from .catalogue_search import CatalogueLocation

SETTLE_MS = 1_500
"""A harvest writes many times a second: the list is updated at most this often."""


class CatalogueWatcher(QObject):
    """Watches one file; `written()` a moment after it has changed."""

    written = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._later = delay(self, SETTLE_MS, self.written)
        self._files = QFileSystemWatcher(self)
        self._files.fileChanged.connect(self._changed)

    def follow(self, location: CatalogueLocation) -> None:
        """Watch this catalogue only."""
        for path in self._files.files():
            self._files.removePath(path)
        if location.path and Path(location.path).exists():
            self._files.addPath(location.path)

    def stop(self) -> None:
        """Report nothing more."""
        self._later.stop()

    def _changed(self, path: str) -> None:
        if Path(path).exists() and path not in self._files.files():
            self._files.addPath(path)  # SQLite may replace a file
        if not self._later.isActive():
            self._later.start()

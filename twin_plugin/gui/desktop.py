"""The plugin in the desktop: its docks, menu and toolbar, and their removal."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingProvider


class Desktop:
    """Docks and actions of one plugin instance."""

    def __init__(self, iface: Any, provider: QgsProcessingProvider | None) -> None:
        self.iface = iface
        self.provider = provider

    def build(self) -> None:
        """Put everything into the main window."""

    def remove(self) -> None:
        """Take everything out again; safe to call twice."""

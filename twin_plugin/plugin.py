"""The plugin's life: provider, translator, log, docks and their undo, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

from .bridge.kernel import log, removal, runtime, translation
from .bridge.net import query_tokens
from .processing.provider import TwinProvider

if TYPE_CHECKING:
    from .gui.shell.desktop import Desktop


class CityTwinPlugin:
    """What QGIS loads; iface is None under qgis_process."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: TwinProvider | None = None
        self.desktop: Desktop | None = None
        self.translator = translation.load()
        self.log_handler = None
        self.tokens = ""

    def initProcessing(self) -> None:
        """Register the provider; all that qgis_process needs."""
        if self.provider is not None:
            return
        if self.translator is not None:
            QCoreApplication.installTranslator(self.translator)
        self.log_handler = log.attach(self.iface is not None)
        self.tokens = query_tokens.install()
        removal.finish()
        runtime.prepare()
        self.provider = TwinProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)
        self.provider.add_models()

    def initGui(self) -> None:
        """Register the provider, and put the docks and actions into the desktop."""
        self.initProcessing()
        if self.iface is not None and self.desktop is None:
            from .gui.shell.desktop import Desktop

            self.desktop = Desktop(self.iface, self.provider)
            self.desktop.build()

    def unload(self) -> None:
        """Undo initGui and initProcessing; may be called twice."""
        if self.desktop is not None:
            self.desktop.remove()
            self.desktop = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.log_handler is not None:
            log.detach(self.log_handler)
            self.log_handler = None
        if self.tokens:
            query_tokens.remove(self.tokens)
            self.tokens = ""
        runtime.release()
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)

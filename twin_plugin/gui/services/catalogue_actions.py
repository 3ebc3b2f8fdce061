"""Work on the catalogue: connect sources, check services, edit records, import and export."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QWidget

from ...core.services.record import ServiceRecord
from ..common import run_outputs
from ..common.run_request import RunRequest
from ..widgets.job_panel import JobPanel
from .edit_dialog import EditDialog
from .login_question import LoginQuestion
from .sources import ServiceSources
from .tree import ServiceTree

translate = QCoreApplication.translate


class CatalogueActions:
    """Starts runs over the catalogue that the sources name.

    Parameters
    ----------
    sources : ServiceSources
    tree : ServiceTree
        Names the subdivisions in the dialog.
    panel : JobPanel
    open_algorithm : callable
        Opens the dialog of an algorithm with some parameters.
    window : QWidget
        The parent of the dialog.
    logins : LoginQuestion
    """

    def __init__(
        self,
        sources: ServiceSources,
        tree: ServiceTree,
        panel: JobPanel,
        open_algorithm: Callable[[str, dict[str, Any]], None],
        window: QWidget,
        logins: LoginQuestion,
    ) -> None:
        self.sources, self.tree, self.panel, self.window = sources, tree, panel, window
        self.logins = logins
        sources.connect_wanted.connect(self.harvest)
        sources.check_wanted.connect(self.check_all)
        sources.import_wanted.connect(lambda: open_algorithm("importservices", self._catalogue()))
        sources.export_wanted.connect(lambda: open_algorithm("exportservices", self._catalogue()))

    def harvest(self) -> None:
        """Read what the source offers into the catalogue."""
        source = self.sources.source()
        if not source["URL"]:
            self.sources.url.setFocus()
            text = translate("ServicesWork", "Enter the address of a server or catalogue, a folder, or a connection.")
            self.panel.notice.say(text)
            return
        purpose = translate("ServicesWork", "The source that you connect is to be read with it.")
        if not self.logins.allows_at(source.get("AUTHCFG", ""), source["URL"], purpose):
            return
        title = translate("ServicesWork", "Connect a source")
        parameters = {**self._catalogue(), **source}
        self.panel.run(RunRequest("twin:harvestservices", parameters, title, summary=_harvested))

    def check_all(self) -> None:
        """Check whether every service of the catalogue answers."""
        title = run_outputs.named(translate("ServicesWork", "State of services"))
        unloaded = ("OUTPUT",)
        self.panel.run(
            run_outputs.request_for("checkservices", self._catalogue(), title, unloaded=unloaded, summary=_checked)
        )

    def edit(self, record: ServiceRecord) -> None:
        """Let the user correct a record."""
        dialog = EditDialog(record, self.tree.taxonomy, self.tree.chinese, self.window)
        dialog.accepted.connect(lambda: self.save_edit(record, dialog.parameters()))
        dialog.open()

    def save_edit(self, record: ServiceRecord, changes: dict[str, Any]) -> None:
        """Write what the user changed into the catalogue."""
        if changes:
            parameters = {**self._catalogue(), "ID": record.id, **changes}
            title = translate("ServicesWork", "Edit '{title}'").format(title=record.title)
            self.panel.run(RunRequest("twin:editservice", parameters, title, quiet=True))

    def _catalogue(self) -> dict[str, Any]:
        return self.sources.location().parameters()


def _harvested(results: dict[str, Any]) -> str:
    text = translate("ServicesWork", "{added} services added, {changed} changed, {gone} no longer offered.")
    return text.format(**{name.lower(): results.get(name, 0) for name in ("ADDED", "CHANGED", "GONE")})


def _checked(results: dict[str, Any]) -> str:
    text = translate("ServicesWork", "{alive} online, {slow} slow, {denied} deny access, {dead} offline.")
    return text.format(**{name.lower(): results.get(name, 0) for name in ("ALIVE", "SLOW", "DENIED", "DEAD")})

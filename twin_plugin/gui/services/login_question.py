"""Asks before a login goes to a server that neither its configuration names nor the user confirmed."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QWidget

from ...bridge.net import auth
from ...core.services.record import ServiceRecord
from ...processing.question import Question
from ..widgets import question_dialog

translate = QCoreApplication.translate


class LoginQuestion:
    """Asks when the user starts something that needs a login, never while services are only looked through.

    Parameters
    ----------
    window : QWidget
        The parent of the dialog.
    refused : callable
        Shows why nothing was started, where the user says no.
    """

    def __init__(self, window: QWidget, refused: Callable[[str], None]) -> None:
        self.window, self.refused = window, refused

    def allows(self, record: ServiceRecord) -> bool:
        """Whether a service may be asked with its login; asks where that is open."""
        text = translate("LoginQuestion", "The service '{title}' of the catalogue wants it.")
        return self.allows_at(record.auth, record.url, text.format(title=record.title))

    def allows_at(self, login: str, url: str, purpose: str) -> bool:
        """The same for a login, by its name or id, and an address; `purpose` says what for in a sentence."""
        found = auth.unconfirmed(login, url)
        if found is None:
            return True
        if found.server.startswith("http:"):
            purpose = " ".join((purpose, translate("LoginQuestion", "It would go there without encryption.")))
        question = Question(
            translate("LoginQuestion", "Send a login?"),
            translate("LoginQuestion", "May the login '{name}' be sent to {server}?").format(
                name=found.name, server=found.server
            ),
            translate(
                "LoginQuestion",
                "{purpose} Whoever runs {server} then has its user and password, or its token. Agree only if this "
                "server is meant to have them. The answer yes is kept for this login and this server.",
            ).format(purpose=purpose, server=found.server),
            translate("LoginQuestion", "Send the login"),
            translate(
                "LoginQuestion",
                "The login '{name}' stays here and {server} was not asked. To use a service without a login, choose "
                "none under 'Edit record…'.",
            ).format(name=found.name, server=found.server),
            found.confirm,
        )
        agreed = question_dialog.ask(question, self.window)
        if not agreed:
            self.refused(question.refusal)
        return agreed

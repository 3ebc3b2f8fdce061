"""Authentication configurations of QGIS, by name: secrets stay in QGIS's authentication manager.

A login goes only where `login_servers` allows it.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from dataclasses import dataclass

from qgis.core import QgsApplication, QgsAuthMethodConfig
from qgis.PyQt.QtNetwork import QNetworkRequest

from ...core.common.errors import InputError
from ...core.web import secrets
from . import login_servers, query_tokens


def name_of(identifier: str) -> str:
    """The name of a configuration, which may be kept; `identifier` is what a parameter of Processing holds.

    Raises
    ------
    InputError
        When there is no such configuration, or another has the same name.
    """
    if not identifier:
        return ""
    configs = QgsApplication.authManager().availableAuthMethodConfigs()
    config = configs.get(identifier)
    if config is None:  # a name is taken as well
        id_of(identifier)
        return identifier
    id_of(config.name())
    return config.name()


def id_of(name: str) -> str:
    """The id of the configuration of that name, for the run only: never kept.

    Raises
    ------
    InputError
        When there is none, or more than one.
    """
    return str(_config(name).id()) if name else ""


def id_for(name: str, url: str) -> str:
    """The id of the configuration of that name, where its login may go to the server of `url`.

    Raises
    ------
    InputError
        As `id_of`, or when it may not.
    """
    if not name:
        return ""
    config = _config(name)
    login_servers.check(config, url, query_tokens.is_query(name))
    return str(config.id())


@dataclass(frozen=True)
class Unconfirmed:
    """A login that may not go to a server before the user confirms it."""

    identifier: str
    name: str
    server: str

    def confirm(self) -> None:
        """Keep that the user wants it to."""
        login_servers.confirm(self.identifier, self.server)


def unconfirmed(login: str, url: str) -> Unconfirmed | None:
    """What the user has to confirm before a login, by its name or id, goes to the server of `url`; None for nothing.

    Also None where there is no such login or server: what asks them says so.
    """
    server = login_servers.server_of(url) if login and "://" in url else None
    configs = QgsApplication.authManager().availableAuthMethodConfigs() if server is not None else {}
    found = [configs[login]] if login in configs else [item for item in configs.values() if item.name() == login]
    if len(found) != 1 or login_servers.is_allowed(found[0], url, query_tokens.is_query(found[0].name())):
        return None
    return Unconfirmed(found[0].id(), found[0].name(), str(server))


def confirm(name: str, url: str) -> None:
    """Keep that the user wants the login of that name to go to the server of `url`; raises as `id_of`."""
    login_servers.confirm(id_of(name), url)


def confirm_given(identifier: str, url: str) -> None:
    """As `confirm`, for a parameter of Processing that the user gave together with an address.

    Only an id counts: it is known to this profile alone, while a model of somebody else can guess a name.
    """
    if identifier in QgsApplication.authManager().availableAuthMethodConfigs():
        login_servers.confirm(identifier, url)


def _config(name: str) -> QgsAuthMethodConfig:
    """The configuration of that name, without its secrets; raises as `id_of`."""
    configs = QgsApplication.authManager().availableAuthMethodConfigs().values()
    found = [config for config in configs if config.name() == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            "{count} authentication configurations of QGIS are named '{name}': give them different names "
            "(Settings, Options, Authentication).",
            count=len(found),
            name=name,
        )
    raise InputError(
        "QGIS has no authentication configuration named '{name}': make it under Settings, Options, Authentication.",
        name=name,
    )


def apply(name: str, request: QNetworkRequest) -> None:
    """Add the credentials of the configuration `name` to a request.

    Raises
    ------
    InputError
        When there is no such configuration, its login may not go to that server, or QGIS cannot open it, as without
        its master password.
    """
    key = id_for(name, request.url().toString())
    if query_tokens.apply(name, request):
        return
    before = _headers(request)
    done = QgsApplication.authManager().updateNetworkRequest(request, key)
    if not (done[0] if isinstance(done, tuple) else done):
        raise InputError(
            "The authentication configuration '{name}' could not be opened: enter QGIS's master password (in "
            "qgis_process: the file that QGIS_AUTH_PASSWORD_FILE names), and check the configuration.",
            name=name,
        )
    for value in _headers(request) - before:
        secrets.remember(*_secrets(value))


def _headers(request: QNetworkRequest) -> set[str]:
    return {bytes(request.rawHeader(name)).decode("utf-8", "replace") for name in request.rawHeaderList()}


def _secrets(header: str) -> list[str]:
    """What must not be shown of the value of a header: itself, what follows its scheme, and the password in that."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "basic":
        return [header, token]
    with suppress(ValueError):
        return [token, base64.b64decode(token).decode("utf-8", "replace").partition(":")[2]]
    return [token]

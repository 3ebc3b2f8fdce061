"""Authentication configurations of QGIS, by name: secrets stay in QGIS's authentication manager."""

from __future__ import annotations

import base64
from contextlib import suppress

from qgis.core import QgsApplication
from qgis.PyQt.QtNetwork import QNetworkRequest

from ...core.common.errors import InputError
from ...core.web import secrets
from . import query_tokens


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
    if not name:
        return ""
    manager = QgsApplication.authManager()
    found = [key for key, config in manager.availableAuthMethodConfigs().items() if config.name() == name]
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
        When there is no such configuration, it is for another server, or QGIS cannot open it, as without its master
        password.
    """
    key = id_of(name)
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

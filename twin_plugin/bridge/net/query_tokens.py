"""Tokens that a server wants in the address, such as Tianditu's tk: kept by QGIS, added when it asks, never saved.

Such a token is an authentication configuration of the method "API Header" whose header is named with a question mark in
front, `?tk`. Its Resource, such as https://tianditu.gov.cn, names that host and those below it; `login_servers` says
where the token may go. Addresses that are saved with a layer carry the configuration's name instead, and `install` lets
QGIS put the token in its place when the request is made.
"""

from __future__ import annotations

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QUrl, QUrlQuery
from qgis.PyQt.QtNetwork import QNetworkRequest

from ...core.web import address, secrets
from . import login_servers

MARK = "twin-auth"
_METHOD = "APIHeader"


def is_query(name: str) -> bool:
    """Whether the configuration `name` holds parameters for the address."""
    config = _config(name)
    return config is not None and bool(_parameters(config))


def marked(url: str, name: str) -> str:
    """The address with the name of the configuration in the place of its token; unchanged where it has none."""
    if not is_query(name):
        return url
    return f"{url}{'&' if '?' in url else '?'}{MARK}={address.quoted(name)}"


def apply(name: str, request: QNetworkRequest) -> bool:
    """Add the configuration's parameters to the address of a request that may have them; False where it holds none."""
    config = _config(name)
    parameters = {} if config is None else _parameters(config)
    if not parameters:
        return False
    request.setUrl(_with(request.url(), parameters))
    for value in parameters.values():
        secrets.remember(value, address.quoted(value))
    return True


def install() -> str:
    """Let QGIS put tokens into the addresses of its own requests; the id is for `remove`."""
    return str(QgsNetworkAccessManager.setRequestPreprocessor(_put))


def remove(identifier: str) -> None:
    """Stop that."""
    QgsNetworkAccessManager.removeRequestPreprocessor(identifier)


def _put(request: QNetworkRequest) -> None:
    """Called for each request of QGIS, in any thread: quick for those that are not ours."""
    url = request.url()
    query = QUrlQuery(url)
    if not query.hasQueryItem(MARK):
        return
    name = query.queryItemValue(MARK, QUrl.ComponentFormattingOption.FullyDecoded)
    query.removeAllQueryItems(MARK)
    url.setQuery(query)
    config = _config(name)
    # A project of somebody else must not send the token to another server.
    if config is not None and login_servers.is_allowed(config, url, with_subdomains=True):
        url = _with(url, _parameters(config))
    request.setUrl(url)


def _with(url: QUrl, parameters: dict[str, str]) -> QUrl:
    query = QUrlQuery(url)
    for name, value in parameters.items():
        query.removeAllQueryItems(name)
        query.addQueryItem(name, address.quoted(value))
    changed = QUrl(url)
    changed.setQuery(query)
    return changed


def _config(name: str) -> QgsAuthMethodConfig | None:
    """The configuration of that name with its values, where it is the only one and of our method."""
    manager = QgsApplication.authManager()
    found = [key for key, config in manager.availableAuthMethodConfigs().items() if name and config.name() == name]
    if len(found) != 1 or manager.configAuthMethodKey(found[0]) != _METHOD:
        return None
    config = QgsAuthMethodConfig()
    return config if manager.loadAuthenticationConfig(found[0], config, True)[0] else None


def _parameters(config: QgsAuthMethodConfig) -> dict[str, str]:
    return {key[1:]: value for key, value in config.configMap().items() if key.startswith("?") and len(key) > 1}

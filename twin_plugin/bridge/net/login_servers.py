"""To which servers a login may go: those that its configuration names, and those that the user confirmed for it.

Records of services and projects come from others, and name logins and addresses of their authors' choice: neither says
that the owner of a login wants it there. A server is a scheme, a host and a port. Confirmations are kept in the
settings of the user's profile, under the id of the configuration; no project and no catalogue can add one.
"""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsAuthMethodConfig, QgsSettings
from qgis.PyQt.QtCore import QUrl

from ...core.common.errors import InputError

SETTINGS = "city_twin/logins"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Server:
    """Scheme, host in lower case and ASCII, and port."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{shown}" + ("" if _PORTS[self.scheme] == self.port else f":{self.port}")


def server_of(url: QUrl | str) -> Server | None:
    """The server of an address; None for what is no address of http or https."""
    url = QUrl(url)
    scheme = url.scheme().lower()
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded).lower().rstrip(".")
    return Server(scheme, host, url.port(_PORTS[scheme])) if scheme in _PORTS and host else None


def check(config: QgsAuthMethodConfig, url: QUrl | str, with_subdomains: bool = False) -> None:
    """Raise an InputError where the login of `config` may not go to the server of `url`.

    Parameters
    ----------
    config : QgsAuthMethodConfig
        Id, name and resource suffice: nothing in it is decrypted.
    url : QUrl or str
    with_subdomains : bool
        Whether the configuration names the hosts below its own as well, as for tokens in addresses.
    """
    if is_allowed(config, url, with_subdomains):
        return
    raise InputError(
        "The login '{name}' was not sent to '{server}': its configuration does not name this server, and you have not "
        "confirmed it. Enter {server} as its Resource (Settings, Options, Authentication), or run 'Harvest services' "
        "with an address of this server and the login as AUTHCFG. The Services dock asks you before it adds or "
        "queries the service.",
        name=config.name(),
        server=server_of(url) or QUrl(url).host(),
    )


def is_allowed(config: QgsAuthMethodConfig, url: QUrl | str, with_subdomains: bool = False) -> bool:
    """Whether the login of `config` may go to the server of `url`, as in `check`."""
    server = server_of(url)
    return server is not None and (
        _names(config, server, with_subdomains) or str(server) in confirmed(str(config.id()))
    )


def _names(config: QgsAuthMethodConfig, server: Server, with_subdomains: bool) -> bool:
    """Whether the Resource is an address of that server; one without a scheme stands for https."""
    resource = config.uri().strip()
    named = server_of(resource if "://" in resource else f"https://{resource}") if resource else None
    if named is None:
        return False
    below = with_subdomains and server.host.endswith(f".{named.host}")
    return (named.scheme, named.port) == (server.scheme, server.port) and (below or named.host == server.host)


def confirmed(identifier: str) -> list[str]:
    """The servers that the user confirmed for the configuration of that id."""
    return str(QgsSettings().value(f"{SETTINGS}/{identifier}", "")).split()


def confirm(identifier: str, url: QUrl | str) -> None:
    """Keep that the user wants the login of that id to go to the server of `url`."""
    server, kept = server_of(url), confirmed(identifier)
    if server is not None and str(server) not in kept:
        QgsSettings().setValue(f"{SETTINGS}/{identifier}", " ".join((*kept, str(server))))


def forget() -> None:
    """Take all confirmations back."""
    QgsSettings().remove(SETTINGS)

"""What QGIS adds to a request for a login: headers, parameters of the address, a certificate."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from . import auth
from .certificates import ClientCertificate


@dataclass(frozen=True)
class Credentials:
    """The address with its tokens, the headers, and the certificate that the client shows."""

    url: QUrl
    headers: list[tuple[str, str]]
    certificate: ClientCertificate | None


def credentials(name: str, url: QUrl) -> Credentials:
    """Those of the authentication configuration `name` for an address.

    QGIS writes them into a request of Qt, which is a value and asks nothing: they are read off it.

    Raises
    ------
    InputError
        As `auth.apply`.
    """
    request = QNetworkRequest(url)
    auth.apply(name, request)
    headers = [
        (bytes(key).decode("latin-1"), bytes(request.rawHeader(key)).decode("utf-8", "replace"))
        for key in request.rawHeaderList()
    ]
    shown = ClientCertificate.of(request.sslConfiguration()) if url.scheme() == "https" else None
    return Credentials(request.url(), headers, shown)

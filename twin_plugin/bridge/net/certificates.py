"""Which certificates are trusted: those that QGIS trusts, and single ones that its user accepted for a server."""

from __future__ import annotations

import ssl
import tempfile
import uuid
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QByteArray
from qgis.PyQt.QtNetwork import QSslConfiguration, QSslError

_ERROR = QSslError.SslError
_TRUST = {
    _ERROR.SelfSignedCertificate,
    _ERROR.SelfSignedCertificateInChain,
    _ERROR.UnableToGetIssuerCertificate,
    _ERROR.UnableToGetLocalIssuerCertificate,
    _ERROR.UnableToVerifyFirstCertificate,
    _ERROR.CertificateUntrusted,
}
_TIME = {_ERROR.CertificateExpired, _ERROR.CertificateNotYetValid}
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME of OpenSSL, for which Python has no name


@dataclass(frozen=True)
class ClientCertificate:
    """What a login with a certificate shows to the server.

    Attributes
    ----------
    certificates : bytes
        DER, one after the other.
    authorities : bytes
        PEM, beside those that QGIS trusts.
    pem, phrase : bytes, str
        Key, encrypted with the pass phrase, and certificates.
    """

    certificates: bytes
    authorities: bytes
    pem: bytes = field(compare=False, repr=False)
    phrase: str = field(compare=False, repr=False)

    @classmethod
    def of(cls, configuration: QSslConfiguration) -> ClientCertificate | None:
        """That of a request's configuration; None where it has none."""
        own, key = configuration.localCertificateChain(), configuration.privateKey()
        if not own or key.isNull():
            return None
        phrase = uuid.uuid4().hex
        pem = bytes(key.toPem(QByteArray(phrase.encode()))) + b"".join(bytes(each.toPem()) for each in own)
        authorities = b"".join(bytes(each.toPem()) for each in configuration.caCertificates())
        return cls(b"".join(bytes(each.toDer()) for each in own), authorities, pem, phrase)


@dataclass(frozen=True)
class Accepted:
    """The one certificate (DER) that a user accepted for a server though it has errors, and a context for it."""

    certificate: bytes
    context: ssl.SSLContext


def context(client: ClientCertificate | None = None) -> ssl.SSLContext:
    """What a secure connection is checked against: TLS 1.2 or later, the name of the host, QGIS's authorities."""
    if client is None:
        return _plain(trusted_authorities())
    made = _context(trusted_authorities() + client.authorities)
    _show(made, client)
    return made


def trusted_authorities() -> bytes:
    """The authorities that QGIS trusts, those of the system among them (PEM); empty where QGIS keeps none."""
    manager = QgsApplication.authManager()
    return b"" if manager.isDisabled() else bytes(manager.trustedCaCertsPemText())


def accepted(host: str, port: int, client: ClientCertificate | None = None) -> Accepted | None:
    """The certificate that the user accepted in QGIS for a server, checked for all but what was accepted of it."""
    manager = QgsApplication.authManager()
    if manager.isDisabled():
        return None
    config = manager.sslCertCustomConfigByHost(f"{host}:{port}")
    ignored = set(config.sslIgnoredErrorEnums())
    if config.isNull() or not ignored:
        return None
    certificate = config.sslCertificate()
    made = _context(trusted_authorities())
    if ignored & _TRUST:
        made.load_verify_locations(cadata=bytes(certificate.toPem()).decode("ascii"))
        made.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    if ignored & _TIME:
        made.verify_flags |= _NO_CHECK_TIME
    if _ERROR.HostNameMismatch in ignored:
        made.check_hostname = False
    if client is not None:
        _show(made, client)
    return Accepted(bytes(certificate.toDer()), made)


def _show(made: ssl.SSLContext, client: ClientCertificate) -> None:
    # OpenSSL reads them from a file only.
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "login.pem")
        file.touch(0o600)
        file.write_bytes(client.pem)
        made.load_cert_chain(file, password=client.phrase)


@lru_cache(maxsize=2)
def _plain(trusted: bytes) -> ssl.SSLContext:
    return _context(trusted)


def _context(trusted: bytes) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.set_alpn_protocols(["http/1.1"])
    if trusted:
        made.load_verify_locations(cadata=trusted.decode("ascii"))
    else:
        made.load_default_certs()
    return made

"""Certificates: QGIS's authorities, single ones that the user accepted, names, dates, and logins by certificate."""

from __future__ import annotations

import socket
import ssl
import threading

import pytest

from tests.authority import EC, RSA, Authority
from tests.hostile import Server, redirect, refused, reply
from twin_plugin.core.web.fetch import Request, Trouble, WebError

GOOD = reply(b'{"a": 1}')


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """An authority that QGIS does not know."""
    return Authority(tmp_path_factory.mktemp("tls") / "city")


@pytest.fixture
def trusted(authority, credentials):
    """The authority, known to QGIS for the test."""
    from qgis.core import QgsApplication

    credentials()  # opens the store
    manager = QgsApplication.authManager()
    own = certificate_of(authority.certificate)
    assert manager.storeCertAuthority(own)
    assert manager.rebuildCaCertsCache()
    assert manager.rebuildTrustedCaCertsCache()
    yield authority
    assert manager.removeCertAuthority(own)
    manager.rebuildCaCertsCache()
    manager.rebuildTrustedCaCertsCache()


@pytest.fixture
def accept(credentials):
    """A function that accepts errors of a certificate for a server, as a user does in QGIS."""
    from qgis.core import QgsApplication, QgsAuthConfigSslServer
    from qgis.PyQt.QtCore import QCryptographicHash

    credentials()
    manager = QgsApplication.authManager()
    stored = {}

    def store(file, port, *errors):
        config = QgsAuthConfigSslServer()
        config.setSslCertificate(certificate_of(file))
        config.setSslHostPort(f"127.0.0.1:{port}")
        config.setSslIgnoredErrorEnums(list(errors))
        assert manager.storeSslCertCustomConfig(config)
        stored[config.sslHostPort(), file] = config

    yield store
    for config in stored.values():
        digest = bytes(config.sslCertificate().digest(QCryptographicHash.Algorithm.Sha1)).hex()
        assert manager.removeSslCertCustomConfig(digest, config.sslHostPort())


def certificate_of(file):
    from qgis.PyQt.QtNetwork import QSslCertificate

    return QSslCertificate.fromPath(str(file))[0]


def errors():
    from qgis.PyQt.QtNetwork import QSslError

    return QSslError.SslError


def test_a_certificate_that_nobody_vouches_for_is_refused(fetch, authority):
    with Server({"*": GOOD}, str(authority.issue("server"))) as server:
        assert "not trusted" in refused(fetch, server.url(), Trouble.TLS)
        assert not server.asked


def test_an_authority_of_qgis_vouches_for_its_servers(trusted, qgis_app):
    from twin_plugin.bridge.net.http import opened

    with Server({"*": GOOD}, str(trusted.issue("server"))) as server, opened() as fetch:
        assert fetch(Request(server.url())).status == 200
        server.answers["/down"] = redirect(f"http://127.0.0.1:{server.port}/")
        assert "https to http" in refused(fetch, server.url("/down"), Trouble.REFUSED)


@pytest.mark.parametrize(
    ("san", "days"), [("DNS:other.example", (-1, 2)), ("IP:127.0.0.1", (-9, -2)), ("IP:127.0.0.1", (2, 3))]
)
def test_the_name_and_the_dates_of_a_certificate_count(trusted, fetch, san, days):
    with Server({"*": GOOD}, str(trusted.issue("wrong", san, days))) as server:
        refused(fetch, server.url(), Trouble.TLS)
        assert not server.asked


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
def test_old_versions_of_tls_are_not_spoken(trusted, fetch):
    def old(context):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("ALL:@SECLEVEL=0")

    with Server({"*": GOOD}, str(trusted.issue("old")), adjust=old) as server:
        refused(fetch, server.url(), Trouble.TLS)
        assert not server.asked


def test_a_server_that_does_not_speak_tls_is_told(fetch):
    listener = socket.create_server(("127.0.0.1", 0))

    def answer():
        connection, _ = listener.accept()
        with connection:
            connection.sendall(GOOD)
            connection.recv(1)

    with listener:
        threading.Thread(target=answer, daemon=True).start()
        text = refused(fetch, f"https://127.0.0.1:{listener.getsockname()[1]}/", Trouble.TLS)
    assert "secure connection" in text


def test_an_accepted_certificate_is_taken_for_its_host_only(fetch, authority, accept):
    file = authority.issue("accepted")
    with Server({"*": GOOD}, str(file)) as server, Server({"*": GOOD}, str(file)) as other:
        accept(file, server.port, errors().UnableToGetLocalIssuerCertificate, errors().UnableToVerifyFirstCertificate)
        assert fetch(Request(server.url())).status == 200
        assert fetch(Request(server.url())).status == 200
        refused(fetch, other.url(), Trouble.TLS)


def test_another_certificate_than_the_accepted_one_is_refused(fetch, authority, accept):
    with Server({"*": GOOD}, str(authority.issue("exchanged"))) as server:
        accept(authority.issue("accepted"), server.port, *all_errors())
        refused(fetch, server.url(), Trouble.TLS)
        assert not server.asked


def test_what_was_accepted_of_one_certificate_counts_for_no_other(trusted, fetch, accept):
    """Both are of an authority that QGIS trusts, and have expired: the user knows of one."""
    with Server({"*": GOOD}, str(trusted.issue("unknown", days=(-9, -2)))) as server:
        accept(trusted.issue("known", days=(-9, -2)), server.port, errors().CertificateExpired)
        refused(fetch, server.url(), Trouble.TLS)
        assert not server.asked


def all_errors():
    named = errors()
    return (
        named.UnableToGetLocalIssuerCertificate,
        named.UnableToVerifyFirstCertificate,
        named.CertificateExpired,
        named.HostNameMismatch,
    )


@pytest.mark.parametrize(
    ("san", "days", "more"),
    [("DNS:other.example", (-1, 2), "HostNameMismatch"), ("IP:127.0.0.1", (-9, -2), "CertificateExpired")],
)
def test_only_the_errors_that_were_accepted_are_passed_over(qgis_app, authority, accept, san, days, more):
    from twin_plugin.bridge.net.http import opened

    file = authority.issue("errors", san, days)
    trust = (errors().UnableToGetLocalIssuerCertificate, errors().UnableToVerifyFirstCertificate)
    with Server({"*": GOOD}, str(file)) as server:
        accept(file, server.port, *trust)
        with opened() as fetch:
            refused(fetch, server.url(), Trouble.TLS)
        assert not server.asked
        accept(file, server.port, *trust, getattr(errors(), more))
        with opened() as fetch:
            assert fetch(Request(server.url())).status == 200


@pytest.fixture
def shown():
    """A server that wants a certificate of its authority, and the names that it saw."""

    def start(authority):
        seen = []

        def answer(connection, asked):
            seen.append(dict(pair for pairs in connection.getpeercert()["subject"] for pair in pairs)["commonName"])
            connection.sendall(GOOD)

        def adjust(context):
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(authority.certificate)

        return Server({"*": answer}, str(authority.issue("server")), adjust=adjust), seen

    return start


def test_a_login_whose_key_is_another_ones_is_told(trusted, fetch, credentials):
    one, other = trusted.issue("one"), trusted.issue("other")
    name = credentials(
        "mixed up", "PKI-Paths", certpath=str(one.with_suffix(".crt")), keypath=str(other.with_suffix(".key"))
    )
    with Server({"*": GOOD}, str(trusted.issue("server"))) as server:
        with pytest.raises(WebError) as caught:
            fetch(Request(server.url(), auth=name))
        assert "\n" not in str(caught.value)
        assert not server.asked


@pytest.mark.parametrize("method", ["PKI-Paths", "Identity-Cert"])
def test_a_login_by_certificate_is_shown(trusted, fetch, credentials, shown, method, tmp_path):
    from qgis.core import QgsApplication
    from qgis.PyQt.QtCore import QCryptographicHash
    from qgis.PyQt.QtNetwork import QSsl, QSslKey

    file = trusted.issue("citizen", key=EC if method == "PKI-Paths" else RSA)  # QGIS keeps keys of RSA only
    server, seen = shown(trusted)
    with server:
        if method == "PKI-Paths":
            values = {"certpath": str(file.with_suffix(".crt")), "keypath": str(file.with_suffix(".key"))}
        else:
            own = certificate_of(file.with_suffix(".crt"))
            key = QSslKey(file.with_suffix(".key").read_bytes(), QSsl.KeyAlgorithm.Rsa)
            assert QgsApplication.authManager().storeCertIdentity(own, key)
            values = {"certid": bytes(own.digest(QCryptographicHash.Algorithm.Sha1)).hex()}
        name = credentials("citizen's card", method, resource=server.url(), **values)
        assert fetch(Request(server.url(), auth=name)).status == 200
        assert fetch(Request(server.url(), auth=name)).status == 200
        assert seen == ["citizen", "citizen"]
        refused(fetch, server.url(), Trouble.TLS)
    assert not list(tmp_path.iterdir())

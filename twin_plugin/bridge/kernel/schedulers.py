"""Which dask schedulers this machine connects to, and how: with certificates, or in a network that the user trusts.

Dask sends pickles both ways: whoever answers as the scheduler runs code on this machine. So an address begins with
tls://, and the scheduler proves with a certificate of the cluster's own authority that it is one. Loopback is no
exception: every user of a computer may listen there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsSettings

from ...core.common.errors import InputError, ResourceError, TwinError

CERTIFICATES = (("tls_ca_file", "ca.pem"), ("tls_client_cert", "cert.pem"), ("tls_client_key", "key.pem"))
"""What dask calls each file of the folder of certificates, and the file's name."""

_ADDRESS = re.compile(r"(tls|tcp)://([\w.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}")
_KNOWN = "city_twin/schedulers"


@dataclass(frozen=True)
class Scheduler:
    """A scheduler as the user names it.

    Attributes
    ----------
    address : str
        Such as "tls://10.0.0.5:8786"; "" for the processes of this machine.
    certificates : str
        A folder with the files of `CERTIFICATES`; "" for the certificates in dask's configuration of this user.
    is_network_trusted : bool
        Whether the user says that only trusted people reach the network, so that tcp:// will do.
    """

    address: str = ""
    certificates: str = ""
    is_network_trusted: bool = False

    def check(self) -> None:
        """Raise an InputError for an address that is not connected to; nothing is asked for it."""
        found = _ADDRESS.fullmatch(self.address)
        if found is None:
            raise InputError(
                "'{address}' is no address of a dask scheduler: write it as tls://host:port.", address=self.address
            )
        if found[1] == "tcp" and not self.is_network_trusted:
            raise InputError(
                "The dask scheduler at '{address}' was not asked: without certificates, whoever answers there or "
                "listens on the way can run code on this computer. Start it with certificates and write "
                "tls://host:port, or set TRUSTED_NETWORK where only people whom you trust reach the network.",
                address=self.address,
            )

    def security(self) -> Any:
        """What dask connects with: the certificates for tls://, None for tcp://.

        Raises
        ------
        InputError
            As `check`.
        ResourceError
            When certificates are missing or cannot be read.
        """
        self.check()
        if not self.address.startswith("tls:"):
            return None
        from distributed.security import Security

        try:
            security = Security(require_encryption=True, **self._files())
            context = security.get_connection_args("client")["ssl_context"]
        except (OSError, ValueError) as error:  # ssl's errors are of the first kind
            raise ResourceError(
                "The certificates for the dask scheduler at '{address}' cannot be read ({error}): give PEM files, and "
                "a key without a password.",
                address=self.address,
                error=error,
            ) from error
        if context is None:
            raise ResourceError(
                "The dask scheduler at '{address}' needs certificates: name a folder with {names} in "
                "SCHEDULER_CERTIFICATES, or configure distributed.comm.tls in dask's own configuration.",
                address=self.address,
                names=", ".join(file for _, file in CERTIFICATES),
            )
        return security

    def _files(self) -> dict[str, str]:
        if not self.certificates:
            return {}
        files = {name: Path(self.certificates, file) for name, file in CERTIFICATES}
        missing = [path.name for path in files.values() if not path.is_file()]
        if missing:
            raise ResourceError(
                "The folder '{folder}' lacks {missing}: certificates for a dask scheduler are {names}.",
                folder=self.certificates,
                missing=", ".join(missing),
                names=", ".join(file for _, file in CERTIFICATES),
            )
        return {name: str(path.resolve()) for name, path in files.items()}

    def is_new(self) -> bool:
        """Whether the desktop has to ask before it is connected to: it would be, and the user never agreed."""
        try:
            self.check()
        except TwinError:
            return False
        return self.address not in _known()

    def keep(self) -> None:
        """Keep in the user's profile that the user agreed."""
        if self.address not in _known():
            QgsSettings().setValue(_KNOWN, " ".join((*_known(), self.address)))


def _known() -> list[str]:
    return str(QgsSettings().value(_KNOWN, "")).split()


def forget() -> None:
    """Take all answers back."""
    QgsSettings().remove(_KNOWN)

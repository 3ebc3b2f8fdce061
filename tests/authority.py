"""A certificate authority for tests, by openssl."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

_CONFIG = """
[ca]
default_ca = d
[d]
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = p
unique_subject = no
copy_extensions = copy
[p]
commonName = supplied
"""


EC = ("ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
RSA = ("rsa:2048",)


class Authority:
    """An authority that signs certificates; its own is `certificate`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        (folder / "index.txt").touch()
        (folder / "ca.conf").write_text(_CONFIG)
        self._run(
            "req", "-x509", *_new(EC, "ca"), "-days", "9", "-subj", f"/CN=Authority {folder.name}", "-out", "ca.pem"
        )
        self.certificate = folder / "ca.pem"

    def issue(
        self, name: str, san: str = "IP:127.0.0.1", days: tuple[int, int] = (-1, 2), key: Sequence[str] = EC
    ) -> Path:
        """A file with key and certificate of NAME, valid from and to days from now."""
        now = datetime.now(UTC)
        start, end = ((now + timedelta(day)).strftime("%y%m%d%H%M%SZ") for day in days)
        self._run(
            "req", *_new(key, name), "-subj", f"/CN={name}", "-addext", f"subjectAltName={san}", "-out", f"{name}.csr"
        )
        self._run(
            *("ca", "-batch", "-notext", "-config", "ca.conf", "-cert", "ca.pem", "-keyfile", "ca.key", "-rand_serial"),
            *("-startdate", start, "-enddate", end, "-in", f"{name}.csr", "-out", f"{name}.crt"),
        )
        both = self._folder / f"{name}.pem"
        both.write_text((self._folder / f"{name}.key").read_text() + (self._folder / f"{name}.crt").read_text())
        return both

    def _run(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self._folder, check=True, capture_output=True)


def _new(key: Sequence[str], name: str) -> list[str]:
    return ["-newkey", *key, "-nodes", "-keyout", f"{name}.key"]

"""A PostgreSQL with PostGIS of our own, on loopback, with a password."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.servers.process import HOST, Command, Failed, Unavailable, free_port, running, scratch

USER = "twin"
# A canary: it must appear in no message, file or log of the plugin.
PASSWORD = "s3cret word'"  # pragma: allowlist secret


@dataclass(frozen=True)
class Postgis:
    """A server that runs; `database` has PostGIS."""

    port: int
    programs: Path
    user: str = USER
    password: str = PASSWORD
    database: str = "postgres"

    @property
    def environment(self) -> dict[str, str]:
        """What libpq's programs need to connect."""
        return {
            "PGHOST": HOST, "PGPORT": str(self.port), "PGUSER": self.user, "PGPASSWORD": self.password,
            "PGDATABASE": self.database,
        }  # fmt: skip

    @property
    def ogr(self) -> str:
        """The name by which GDAL opens the database."""
        password = self.password.replace("\\", "\\\\").replace("'", "\\'")
        return f"PG:host={HOST} port={self.port} dbname={self.database} user={self.user} password='{password}'"

    def sql(self, text: str, database: str = "") -> list[list[str]]:
        """Run SQL with psql; the rows of the last statement as text ("" for NULL)."""
        done = subprocess.run(
            [self.programs / "psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-f", "-"],
            input=text, capture_output=True, text=True, check=False, timeout=600,
            env={**os.environ, **self.environment, **({"PGDATABASE": database} if database else {})},
        )  # fmt: skip
        if done.returncode:
            raise Failed(f"psql: {done.stderr.strip()}")
        return [line.split("\x1f") for line in done.stdout.splitlines()]

    def load(self, path: Path, schema: str) -> None:
        """Copy every table of a GeoPackage into a schema, with its feature ids."""
        from osgeo import gdal

        self.sql(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
        options = ["-f", "PostgreSQL", "-lco", "GEOMETRY_NAME=geom", "-lco", "FID=fid", "-lco", f"SCHEMA={schema}",
                   "-preserve_fid", "-gt", "65536"]  # fmt: skip
        copied = gdal.VectorTranslate(self.ogr, str(path), options=gdal.VectorTranslateOptions(options=options))
        if copied is None:
            raise Failed(f"'{path}' could not be copied into PostGIS: {gdal.GetLastErrorMsg()}")
        del copied

    def new_database(self, name: str) -> Postgis:
        """Another database on the same server."""
        self.sql(f'CREATE DATABASE "{name}"')
        return Postgis(self.port, self.programs, self.user, self.password, name)


def programs() -> Path:
    """The folder of the newest PostgreSQL that is installed with PostGIS."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*"), key=lambda path: -float(path.name)):
        extension = Path("/usr/share/postgresql") / folder.name / "extension" / "postgis.control"
        if (folder / "bin" / "initdb").exists() and extension.exists():
            return folder / "bin"
    raise Unavailable("PostgreSQL with PostGIS is not installed (Debian: postgresql-postgis)")


@contextlib.contextmanager
def postgis(log: Path | None = None) -> Iterator[Postgis]:
    """A server in the with block. It never runs as root, which PostgreSQL refuses."""
    where = programs()
    with scratch("postgres") as folder:
        user = "postgres" if os.getuid() == 0 else ""
        word = folder / "password"
        word.write_text(PASSWORD)
        for path in (folder, word):
            path.chmod(0o700)
            if user:
                shutil.chown(path, user, user)
        owner = {"user": user, "group": user, "extra_groups": []} if user else {}
        data = folder / "data"
        done = subprocess.run(
            [where / "initdb", "-D", data, "-U", USER, f"--pwfile={word}", "-A", "scram-sha-256", "-E", "UTF8", "-N",
             "--locale=C.UTF-8"],
            cwd=folder, capture_output=True, text=True, check=False, timeout=120, **owner,
        )  # fmt: skip
        if done.returncode:
            raise Failed(f"initdb: {done.stdout}{done.stderr}")
        word.unlink()
        server = Postgis(free_port(), where)
        places = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "timezone=UTC")
        command = Command(
            [where / "postgres", "-D", data, "-p", str(server.port), *(part for p in places for part in ("-c", p))],
            user=user,
            stop=signal.SIGQUIT,
        )
        with running([command], folder, lambda: _ready(server), log):
            server.sql("CREATE EXTENSION IF NOT EXISTS postgis")
            yield server


def _ready(server: Postgis) -> bool:
    done = subprocess.run(
        [server.programs / "pg_isready", "-q", "-h", HOST, "-p", str(server.port)], check=False, timeout=20
    )
    return done.returncode == 0

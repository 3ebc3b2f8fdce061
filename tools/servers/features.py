"""Feature and catalogue servers in Python: tipg on PostGIS, pygeoapi over files, pycsw over a database of its own."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tools.servers.postgis import Postgis
from tools.servers.process import HOST, Command, Failed, answers, free_port, running, scratch, venv_python


@contextlib.contextmanager
def tipg(
    database: Postgis, schemas: str = "public", extra: Mapping[str, str] | None = None, log: Path | None = None,
    port: int = 0,
) -> Iterator[str]:  # fmt: skip
    """tipg over a database; gives its address. `extra` are further settings, such as a published environment file's."""
    python = venv_python("api", "tipg")
    port = port or free_port()
    environment = {
        "POSTGRES_USER": database.user, "POSTGRES_PASS": database.password, "POSTGRES_HOST": HOST,
        "POSTGRES_PORT": str(database.port), "POSTGRES_DBNAME": database.database,
        "TIPG_DB_SCHEMAS": '["' + schemas.replace(",", '","') + '"]',
        "TIPG_DB_EXCLUDE_FUNCTION_SCHEMAS": '["public"]',
        **(extra or {}),
    }  # fmt: skip
    with scratch("tipg") as folder:
        command = Command(
            [python, "-m", "uvicorn", "tipg.main:app", "--host", HOST, "--port", str(port), "--no-access-log"],
            environment,
        )
        base = f"http://{HOST}:{port}"
        with running([command], folder, answers(f"{base}/healthz"), log):
            yield base


@contextlib.contextmanager
def pygeoapi(
    configuration: Path, port: int, extra: Mapping[str, str] | None = None, log: Path | None = None
) -> Iterator[str]:
    """pygeoapi with a configuration whose server.url names `port`; gives its address.

    It is started in the folder of the configuration, where a published one has its data and its provider.
    """
    python = venv_python("api", "pygeoapi")
    with scratch("pygeoapi") as folder:
        place = configuration.parent
        environment = {
            "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8",
            "PYGEOAPI_CONFIG": str(configuration), "PYGEOAPI_OPENAPI": str(folder / "openapi.yml"), **(extra or {}),
        }  # fmt: skip
        done = subprocess.run(
            [python, python.with_name("pygeoapi"), "openapi", "generate", configuration, "--output-file",
             environment["PYGEOAPI_OPENAPI"]],
            env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **environment}, cwd=place,
            capture_output=True, text=True, check=False, timeout=180,
        )  # fmt: skip
        if done.returncode:
            raise Failed(f"pygeoapi openapi generate: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        command = Command(
            [python, "-m", "waitress", f"--host={HOST}", f"--port={port}", "--threads=4", "pygeoapi.flask_app:APP"],
            environment,
            folder=place,
        )
        base = f"http://{HOST}:{port}"
        with running([command], folder, answers(f"{base}/conformance?f=json"), log):
            yield base


_CSW_SCRIPT = """
import json, sys
from datetime import datetime, timezone
from pycsw.core import admin, config, metadata, repository
from pycsw.core.etree import etree
place, paper = sys.argv[1:]
admin.setup_db("sqlite:///" + place, "records", ".")
context = config.StaticContext()
repo = repository.Repository("sqlite:///" + place, context, table="records")
now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
with open(paper, encoding="utf-8") as file:
    texts = json.load(file)
for text in texts:
    for record in metadata.parse_record(context, etree.fromstring(text.encode()), repo):
        repo.insert(record, "local", now)
"""

_CSW_CONFIGURATION = """[server]
home=.
url={url}
mimetype=application/xml; charset=UTF-8
encoding=UTF-8
language=en-US
maxrecords=50
profiles=apiso
[manager]
transactions=false
allowed_ips=127.0.0.1
[metadata:main]
identification_title=Made catalogue
identification_abstract=Made records for tests
identification_keywords=catalogue,made
identification_keywords_type=theme
identification_fees=None
identification_accessconstraints=None
provider_name=City Twin
provider_url=http://127.0.0.1/
contact_name=Nobody
contact_position=None
contact_address=None
contact_city=None
contact_stateorprovince=None
contact_postalcode=0
contact_country=None
contact_phone=0
contact_fax=0
contact_email=nobody@example.org
contact_url=http://127.0.0.1/
contact_hours=0
contact_instructions=None
contact_role=pointOfContact
[repository]
database=sqlite:///{database}
table=records
"""


@contextlib.contextmanager
def pycsw(records: Sequence[str], log: Path | None = None) -> Iterator[str]:
    """A CSW 2.0.2 over csw:Record documents (XML text); gives the address of the service."""
    python = venv_python("csw", "pycsw")
    with scratch("csw") as folder:
        port, database, paper = free_port(), folder / "records.db", folder / "records.json"
        base = f"http://{HOST}:{port}/"
        paper.write_text(json.dumps(list(records)), "utf-8")
        done = subprocess.run(
            [python, "-c", _CSW_SCRIPT, database, paper], cwd=folder, capture_output=True, text=True, check=False,
            timeout=180,
        )  # fmt: skip
        if done.returncode:
            raise Failed(f"pycsw's database: {done.stderr[-2000:]}")
        (folder / "csw.cfg").write_text(_CSW_CONFIGURATION.format(url=base, database=database), "utf-8")
        command = Command(
            [python, "-m", "waitress", f"--host={HOST}", f"--port={port}", "pycsw.wsgi:application"],
            {"PYCSW_CONFIG": str(folder / "csw.cfg")},
        )
        ready = answers(f"{base}?service=CSW&version=2.0.2&request=GetCapabilities", "Capabilities")
        with running([command], folder, ready, log):
            yield base

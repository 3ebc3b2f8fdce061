"""Map servers: QGIS Server and MapServer, each under spawn-fcgi behind an nginx with a configuration of its own."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tools.servers.process import HOST, Command, Failed, answers, free_port, program, running, scratch

QGIS_SERVER = "/usr/lib/cgi-bin/qgis_mapserv.fcgi"

_NGINX = """worker_processes 1;
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 128; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  fastcgi_temp_path {folder}/fastcgi;
  proxy_temp_path {folder}/proxy;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  client_max_body_size 8m;
  server {{
    listen {host}:{port};
    server_name 127.0.0.1;
    location / {{
      fastcgi_pass {host}:{back};
      fastcgi_read_timeout 60s;
      fastcgi_param GATEWAY_INTERFACE CGI/1.1;
      fastcgi_param SERVER_SOFTWARE nginx;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param CONTENT_TYPE $content_type;
      fastcgi_param CONTENT_LENGTH $content_length;
      fastcgi_param REQUEST_URI $request_uri;
      fastcgi_param SCRIPT_NAME {script};
      fastcgi_param PATH_INFO $fastcgi_path_info;
      fastcgi_param DOCUMENT_URI $document_uri;
      fastcgi_param SERVER_PROTOCOL $server_protocol;
      fastcgi_param REMOTE_ADDR $remote_addr;
      fastcgi_param SERVER_ADDR $server_addr;
      fastcgi_param SERVER_PORT $server_port;
      fastcgi_param SERVER_NAME $server_addr;
      fastcgi_param HTTP_HOST $http_host;
{parameters}
    }}
  }}
}}
"""


@contextlib.contextmanager
def qgis_server(
    project: Path, environment: Mapping[str, str] | None = None, log: Path | None = None, port: int = 0
) -> Iterator[str]:
    """QGIS Server over a project; gives the address (add ?SERVICE=WMS and so on).

    `environment` may hold PGUSER and PGPASSWORD for layers whose sources name none.
    """
    fcgi = program(QGIS_SERVER, package="qgis-server")
    given = {
        "QGIS_PROJECT_FILE": str(project), "QT_QPA_PLATFORM": "offscreen", "QGIS_SERVER_LOG_STDERR": "1",
        "QGIS_SERVER_LOG_LEVEL": "2",
    }  # fmt: skip
    question = "SERVICE=WMS&REQUEST=GetCapabilities"
    with _behind_nginx([fcgi], given, environment or {}, "/ows/", question, log, port) as base:
        yield base


@contextlib.contextmanager
def mapserver(mapfile: Path, log: Path | None = None) -> Iterator[str]:
    """MapServer over a mapfile; gives the address (add ?SERVICE=WMS and so on)."""
    binary = program("/usr/lib/cgi-bin/mapserv", "mapserv", package="cgi-mapserver")
    # MapServer 8 answers nothing without a configuration; it finds its own address in the request.
    settings = mapfile.with_suffix(".conf")
    settings.write_text('CONFIG\n ENV\n  MS_MAP_PATTERN "."\n END\nEND\n', "utf-8")
    given, parameters = {"MAPSERVER_CONFIG_FILE": str(settings)}, {"MS_MAPFILE": str(mapfile)}
    question = "SERVICE=WMS&REQUEST=GetCapabilities"
    with _behind_nginx([binary], given, parameters, "/mapserver", question, log, 0) as base:
        yield base


@contextlib.contextmanager
def _behind_nginx(
    fcgi: Sequence[Path], environment: Mapping[str, str], parameters: Mapping[str, str], script: str, question: str,
    log: Path | None, port: int,
) -> Iterator[str]:  # fmt: skip
    spawn = program("spawn-fcgi", "/usr/bin/spawn-fcgi", package="spawn-fcgi")
    nginx = program("nginx", "/usr/sbin/nginx", package="nginx-light")
    with scratch("map") as folder:
        port, back = port or free_port(), free_port()
        paper = folder / "nginx.conf"
        # Within a FastCGI request a program sees the request's parameters in place of its own environment.
        lines = "\n".join(f"      fastcgi_param {name} {_quoted(value)};" for name, value in parameters.items())
        text = _NGINX.format(folder=folder, host=HOST, port=port, back=back, script=script, parameters=lines)
        with open(os.open(paper, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        run = folder / "run"
        run.mkdir(mode=0o700)
        commands = [
            Command(
                [spawn, "-n", "-a", HOST, "-p", str(back), "--", *fcgi],
                {**environment, "XDG_RUNTIME_DIR": str(run), "QGIS_OPTIONS_PATH": str(folder)},
                # On SIGTERM both wait for another request before they end; they hold nothing that needs it.
                stop=signal.SIGKILL,
            ),
            Command([nginx, "-e", "stderr", "-p", folder, "-c", paper]),
        ]
        base = f"http://{HOST}:{port}{script}"
        with running(commands, folder, answers(f"{base}?{question}", "Capabilities"), log):
            yield base


def _quoted(text: str) -> str:
    """A text as nginx reads it."""
    if "$" in text:
        raise Failed("nginx has no way to write a '$': choose a path or a password without it")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

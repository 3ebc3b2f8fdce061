"""Asks hostile servers COUNT times, from several threads and with cancels; prints what came, as JSON.

tools/env.sh python -m tests.bridge.net.endurance COUNT FOLDER
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
from qgis.core import QgsApplication

from tests.authority import Authority
from tests.hostile import Server, read, redirect, reply

THREADS = 8


def good(connection, asked):
    while asked is not None:
        connection.sendall(reply(b"x" * (len(asked.path) * 997 % 50_000), Connection="keep-alive"))
        asked = read(connection)


def silent(connection, asked):
    connection.settimeout(20)
    connection.recv(1)


def reset(connection, asked):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def cut(connection, asked):
    connection.sendall(reply(b"{}", Content_Length="50"))


KINDS = {
    # what is asked for: what must come
    "good": "came",
    "kept": "came",
    "cut": "bad reply",
    "reset": "unreachable",
    "cancel": "cancelled",
    "slow": "timeout",
    "tls": "certificate",
    "circle": "refused",
    "redirect": "came",
    "post": "came",
}
# The slow ones wait: one of twenty.
ROUND = [*(["good", "kept", "cut", "reset", "tls", "circle", "redirect", "post"] * 5), "cancel", "slow"]


def main(count: int, folder: Path) -> None:
    """Ask, and print."""
    from twin_plugin.bridge.net.http import opened
    from twin_plugin.core.common.errors import Cancelled
    from twin_plugin.core.web.fetch import Request, WebError

    answers = {"/silent": silent, "/reset": reset, "/cut": cut, "/circle": redirect("/circle"), "/to": redirect("/end")}
    secure_answers = {"*": reply(b"{}")}
    process = psutil.Process()
    fates: Counter[str] = Counter()
    wrong: list[str] = []
    lock = threading.Lock()

    def one(number: int) -> None:
        kind = ROUND[number % len(ROUND)]
        until = time.monotonic() + 0.02

        def progress(fraction: float, text: str = "") -> bool:
            return kind != "cancel" or time.monotonic() < until

        path = {"good": "/g", "kept": "/k" * (number % 40), "post": "/p", "redirect": "/to", "cancel": "/silent"}
        path |= {"slow": "/silent", "cut": "/cut", "reset": "/reset", "circle": "/circle", "tls": "/"}
        url = (secure if kind == "tls" else server).url(path[kind] or "/")
        method, limit = ("POST" if kind == "post" else "GET"), (0.1 if kind == "slow" else 20.0)
        try:
            with opened(progress, fail_fast=kind in ("reset", "slow")) as own:
                (shared if kind == "kept" else own)(
                    Request(url, method, b"{}" if kind == "post" else None, time_limit_s=limit)
                )
            fate = "came"
        except Cancelled:
            fate = "cancelled"
        except WebError as error:
            fate = error.trouble.value
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            fate = repr(error)
        with lock:
            server.asked.clear()  # it would be the memory that grows
            secure.asked.clear()
            fates[fate] += 1
            if fate != KINDS[kind]:
                wrong.append(f"{kind}: {fate}")

    def half(numbers: range) -> tuple[int, float]:
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(one, numbers))
        time.sleep(0.5)
        return process.num_fds(), process.memory_info().rss / 1e6

    certificate = str(Authority(folder).issue("server"))
    with Server({"*": good, **answers}) as server, Server(secure_answers, certificate) as secure:
        started = time.monotonic()
        with opened() as shared:
            files, megabytes = half(range(count // 2))
            more_files, more_megabytes = half(range(count // 2, count))
        time.sleep(0.5)
        left = [thread.name for thread in threading.enumerate() if thread.name.startswith("twin-")]
        found = {
            "fates": fates,
            "wrong": wrong[:20],
            "files": more_files - files,
            "megabytes": more_megabytes - megabytes,
            "at the half": [files, megabytes],
            "threads": len(left),
            "seconds": round(time.monotonic() - started, 1),
        }
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    main(int(sys.argv[1]), Path(sys.argv[2]))
    os._exit(0)

"""A process of runs without QGIS: it answers, crashes or waits as its run says."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from queue import SimpleQueue


def serve():
    lines = SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    settings = json.loads(lines.get())
    while True:
        job = json.loads(lines.get())
        print(json.dumps({"progress": 0.5}), flush=True)
        if "crash_once" in job and not Path(job["crash_once"]).exists():
            Path(job["crash_once"]).touch()
            print("the last words", file=sys.stderr, flush=True)
            os._exit(3)
        if job.get("crash"):
            print("the last words", file=sys.stderr, flush=True)
            os._exit(3)
        time.sleep(job.get("wait_s", 0.0))
        print("no answer, but what a library prints", flush=True)
        print(json.dumps({"done": {"value": 2 * job["n"], "pid": os.getpid(), **settings}}), flush=True)


def _listen(lines):
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)

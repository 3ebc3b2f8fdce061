"""The same searches of the demo's catalogue here, and by pygeoapi's OGC API Records on this machine.

tools/env.sh python tests/benchmarks/bench_catalogue_server.py

Starts `make serve` on ports of its own over a district of its own, and stops it. The server has fewer records: files
and tables of PostGIS are not published.
"""

from __future__ import annotations

import json
import signal
import statistics
import subprocess
import sys
import time
import urllib.request  # noqa: TID251 - the plugin's own client is not what is measured
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.catalogue.store import Search
from twin_plugin.core.web.address import Address

PORT, LIMIT, TIMES = 8390, 50, 7
FOLDER = ROOT / "build" / "bench" / "services"
BOX = BoundingBox(113.93, 22.48, 113.96, 22.52)
SEARCHES = (
    ("first page of all", Search(limit=LIMIT), {}),
    ("a word: rainfall", Search(text="rainfall", limit=LIMIT), {"q": "rainfall"}),
    ("two characters: 水位", Search(text="水位", limit=LIMIT), {"q": "水位"}),
    ("a box", Search(box=BOX, limit=LIMIT), {"bbox": f"{BOX.west},{BOX.south},{BOX.east},{BOX.north}"}),
)


def clock(action: Callable[[], object]) -> tuple[float, object]:
    """Median milliseconds, and what came last."""
    spent, found = [], None
    for _ in range(TIMES):
        start = time.perf_counter()
        found = action()
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent), found


def asked(parameters: dict[str, str]) -> int:
    """How many records the server finds; the first page comes with the number."""
    items = Address(f"http://127.0.0.1:{PORT}/collections/records/items")
    address = items.with_query({"f": "json", "limit": LIMIT, **parameters})
    with urllib.request.urlopen(address, timeout=120) as reply:  # noqa: TID251
        document = json.load(reply)
    return int(document.get("numberMatched", len(document["features"])))


def main() -> None:
    """Run and print."""
    command = [sys.executable, str(ROOT / "tools" / "serve.py"), "--port", str(PORT), "--folder", str(FOLDER)]
    serve = subprocess.Popen([*command, "--buildings", "20"], stdout=subprocess.PIPE, text=True)
    try:
        catalogue = ""
        for line in serve.stdout:
            words = line.split(maxsplit=1)
            if words and words[0] == "catalogue":
                catalogue = words[1].strip()
            if line.startswith("Ready"):
                break
        if not catalogue:
            print("left out: make serve did not start; see what it said")
            return
        store = FileCatalogue(Path(catalogue))
        print(f"{store.search(Search(limit=1)).total} records; first page of {LIMIT} with the number found")
        print(f"{'':24}{'here':>10} {'found':>7} {'pygeoapi':>11} {'found':>7} {'ratio':>8}")
        for name, search, parameters in SEARCHES:

            def fresh(search: Search = search) -> int:
                store._found = store._grouped = None
                return store.search(search).total

            ours, here = clock(fresh)
            try:
                theirs, there = clock(lambda parameters=parameters: asked(parameters))
            except (OSError, ValueError) as error:
                print(f"{name:24}{ours:8.1f}ms {here:7} {type(error).__name__}: {error}")
                continue
            print(f"{name:24}{ours:8.1f}ms {here:7} {theirs:9.1f}ms {there:7} {theirs / ours:7.0f}x")
        store.close()
    finally:
        serve.send_signal(signal.SIGTERM)
        serve.wait(30)


if __name__ == "__main__":
    main()

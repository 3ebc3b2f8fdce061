"""Drives street conduits of EPA's example of street inlets in SWMM itself, and prints what its inlets take.

SWMM keeps one model in a process: `test_inlets.py` runs this as a program, with the lines of INLETS and INLET_USAGE.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path


def with_section(text: str, name: str, lines: list[str]) -> str:
    """The input with other lines in a section."""
    return re.sub(rf"\[{name}\][^\[]*", "[{}]\n{}\n\n".format(name, "\n".join(lines)), text)


def main(source: str, folder: str, inlets: str, usage: str) -> None:
    from swmm.toolkit import shared_enum, solver

    text = with_section(Path(source).read_text("utf-8"), "INLETS", json.loads(inlets))
    text = with_section(text, "INLET_USAGE", json.loads(usage))
    paths = [str(Path(folder) / name) for name in ("streets.inp", "streets.rpt", "streets.out")]
    Path(paths[0]).write_text(text, "utf-8")
    solver.swmm_open(*paths)
    solver.swmm_start(0)
    links, found = shared_enum.LinkResult, shared_enum.InletResult
    rows = []
    streets = {line.split()[0]: line for line in json.loads(usage)}
    places = {name: solver.project_get_index(shared_enum.ObjectType.LINK, name) for name in streets}
    ends = {name: solver.link_get_connections(place)[1] for name, place in places.items()}
    before: dict[str, tuple[float, float]] = {}
    while (days := solver.swmm_step()) > 0 and days < 0.08:
        for name, place in places.items():
            taken = solver.inlet_get_result(place, found.FLOW_CAPTURE)
            factor = solver.inlet_get_result(place, found.FLOW_FACTOR)
            if name in before:
                rows.append((name, *before[name], factor, taken))
            depth = solver.node_get_result(ends[name], shared_enum.NodeResult.DEPTH)
            before[name] = (solver.link_get_result(place, links.FLOW), depth)
    solver.swmm_end()
    solver.swmm_close()
    sys.stdout.write("\n" + json.dumps(rows))


if __name__ == "__main__":
    main(*sys.argv[1:])

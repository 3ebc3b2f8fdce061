"""Has the SWMM engine read an input, in a process of its own: it keeps one network a process, and may crash."""

from __future__ import annotations

import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from ...common.errors import ResourceError
from ...common.spawn import spawn_context
from .engine_errors import engine_error
from .network import DrainNetwork

WAIT_S = 120.0
INPUT, REPORT, RESULTS = "run.inp", "run.rpt", "run.out"


def check_by_engine(network: DrainNetwork) -> None:
    """Have the engine read the input of a network and start a run of it.

    Raises
    ------
    InputError
        What the engine's report tells, with object and line.
    ResourceError
        When the engine is not installed, no process can be started, or it takes too long.
    """
    if find_spec("swmm") is None:
        raise ResourceError(
            "The package swmm-toolkit is missing, which reads and computes drains: install it with the button in City "
            "Twin's message or in the Home dock."
        )
    folder = Path(tempfile.mkdtemp(prefix="city_twin_drains_"))
    try:
        (folder / INPUT).write_text(network.text, "utf-8")
        process = spawn_context().Process(target=open_and_start, args=(str(folder),), daemon=True)
        process.start()
        process.join(WAIT_S)
        if process.is_alive():
            process.kill()
            process.join()
            raise ResourceError(
                "SWMM takes more than {seconds:g} s to read the drains of '{source}': simplify the network.",
                seconds=WAIT_S,
                source=network.source,
            )
        if process.exitcode != 0:
            report = folder / REPORT
            raise engine_error(report.read_text("utf-8", "replace") if report.is_file() else "", network)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def open_and_start(folder: str) -> None:
    """Read and start the input in a folder; the process ends with an error where the engine tells of one."""
    from swmm.toolkit import solver

    paths = [str(Path(folder) / name) for name in (INPUT, REPORT, RESULTS)]
    try:
        solver.swmm_open(*paths)
        solver.swmm_start(0)
        solver.swmm_end()
    finally:
        solver.swmm_close()

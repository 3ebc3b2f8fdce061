"""Speed of reading models, beside ifcopenshell's default kernel over the same files, measured in one run.

The building files of ../shared/data/ifc are read by two workers: all of them several times, so that the start of the
workers counts little, and once, as it is for few files. Then by ifcopenshell as its users run it (every element,
openings cut, the default kernel on two threads), and over the same elements as the reader's with openings left uncut,
by one process. A zip counts with the text it holds. Other work on the machine disturbs wall times: read the ratios,
which are given of CPU seconds and of wall seconds. Writes build/bench/bim.json.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "bench"
FOLDER = ROOT.parent / "shared" / "data" / "ifc"
sys.path.insert(0, str(ROOT))

NAMES = (
    "AC11-Institute-Var-2-IFC.ifczip", "AC20-FZK-Haus.ifc", "AC90R1-niedriha-V2-2x3.ifc",
    "Duplex_A_20110907_georeferenced.ifc", "House.ifc", "LargeBuilding.ifc", "Office_A_20110811.ifc",
    "TallBuilding.ifc", "vectorworks_sjis.ifc",
)  # fmt: skip
ROUNDS = 5
GOALS = {"mb_s_two_workers": 6, "ratio_as_users_run_it": 20, "ratio_same_elements": 7}


def cpu_s(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def timed(work: Callable[[], Any], who: int = resource.RUSAGE_SELF) -> tuple[Any, float, float]:
    """What `work` gives, and the wall and CPU seconds it took (of this process, or of the children that ended)."""
    started, before = time.perf_counter(), cpu_s(who)
    result = work()
    return result, time.perf_counter() - started, cpu_s(who) - before


def two_workers(paths: list[Path], rounds: int) -> tuple[float, float]:
    """Wall and CPU seconds of reading every file `rounds` times by two workers, their start included."""
    from twin_plugin.core.bim.pool import read_models
    from twin_plugin.core.bim.read import ModelJob

    jobs = [ModelJob(f"{number}/{path.name}", str(path)) for number in range(rounds) for path in paths]
    reports, wall, cpu = timed(lambda: list(read_models(jobs, workers=2)), resource.RUSAGE_CHILDREN)
    bad = [report.reason for report in reports if report.status.value != "ok"]
    if bad:
        raise SystemExit(f"not all were read: {bad}")
    return wall, cpu


def one_process(paths: list[Path]) -> tuple[float, float, dict[str, float]]:
    """Wall and CPU seconds of reading every file here, and the CPU seconds of each stage."""
    from twin_plugin.core.bim.read import ModelJob, read_model

    stages = Stages()
    read_model(ModelJob("warm", str(paths[-1])))
    with stages:
        _, wall, cpu = timed(lambda: [read_model(ModelJob(path.name, str(path))) for path in paths])
    return wall, cpu, stages.table(cpu)


class Stages:
    """CPU seconds of the reader's stages, each without those it calls, while in use as a context."""

    WHERE = {
        "read and digest the file": (("read", "read_content"),),
        "look at the bytes, unzip, repair texts": (("read", "open_model"),),
        "find the records in the text": (("trim", "scan"),),
        "mesh without a kernel": (("trim", "mesh_directly"),),
        "of it, cuts": (("direct", "cut_items"),),
        "leave out what is not read": (("source", "trim"),),
        "open (ifcopenshell parses)": (("source", "parse"), ("source", "parse_clean")),
        "choose the elements": (("building", "shell"), ("building", "_low_openings"), ("building", "facilities"),
                                ("building", "own_bodies"), ("building", "groups"), ("building", "_levels")),
        "mesh (kernel)": (("assembly", "mesh_elements"),),
        "project faces": (("voids", "silhouettes"), ("assembly", "silhouettes")),
        "union": (("assembly", "cover"), ("ground_plan", "cover"), ("footprint", "cover"), ("underground", "cover")),
        "clean polygons": (("assembly", "clean_polygon"), ("ground_plan", "clean_polygon"),
                           ("footprint", "clean_polygon"), ("storeys", "clean_polygon"),
                           ("underground", "clean_polygon"), ("ground_plan", "fill_missing_slab"),
                           ("footprint", "fill_missing_slab")),
        "openings and their properties": (("assembly", "find_openings"), ("openings", "is_external"),
                                              ("building", "is_external")),
        "georeference": (("read", "resolve"),),
        "storeys, attributes, the rest of the building": (("read", "read_buildings"),),
    }  # fmt: skip

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._open: list[float] = []
        self._undo: list[Callable[[], None]] = []

    def __enter__(self) -> Stages:
        import importlib

        for stage, places in self.WHERE.items():
            for module_name, name in places:
                module = importlib.import_module(f"twin_plugin.core.bim.{module_name}")
                plain = getattr(module, name)
                setattr(module, name, self._watched(stage, plain))
                self._undo.append(lambda module=module, name=name, plain=plain: setattr(module, name, plain))
        return self

    def __exit__(self, *_: object) -> None:
        for undo in self._undo:
            undo()

    def _watched(self, stage: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **options: Any) -> Any:
            started = time.process_time()
            self._open.append(0.0)
            try:
                return plain(*args, **options)
            finally:
                inner, whole = self._open.pop(), time.process_time() - started
                self.spent[stage] += whole - inner
                if self._open:
                    self._open[-1] += whole

        return watched

    def table(self, whole: float) -> dict[str, float]:
        return {**{stage: self.spent[stage] for stage in self.WHERE}, "everything else": whole - self.spent.total()}


def element_ids(path: Path) -> list[int]:
    """STEP ids of the elements that the reader meshes."""
    from twin_plugin.core.bim import building
    from twin_plugin.core.bim.conversion import length_unit_m
    from twin_plugin.core.bim.source import open_model

    caught: list[int] = []

    class Caught(Exception):
        pass

    def catch(model: Any, elements: Any, *_: Any) -> None:
        caught.extend(element.id() for element in elements)
        raise Caught

    plain = building.mesh_elements
    building.mesh_elements = catch
    try:
        model = open_model(path).file
        building.read_buildings(model, length_unit_m(model))
    except Caught:
        pass
    finally:
        building.mesh_elements = plain
    return caught


def peer_child(path: str, ids: str) -> None:
    """One file by ifcopenshell's default kernel, in a process of its own: every element, or those of `ids` uncut."""
    import ifcopenshell
    from ifcopenshell import geom

    settings = geom.settings()
    started, before = time.perf_counter(), time.process_time()
    model = ifcopenshell.open(path)
    if ids:
        settings.set("disable-opening-subtractions", True)
        wanted = [model.by_id(int(step)) for step in ids.split(",")]
        iterator = geom.iterator(settings, model, 1, include=wanted)
    else:
        iterator = geom.iterator(settings, model, 2)
    count = 0
    more = iterator.initialize()
    while more:
        geometry = iterator.get().geometry
        count += len(geometry.verts_buffer) > 0 and len(geometry.faces_buffer) > 0
        more = iterator.next()
    print(json.dumps({
        "wall_s": time.perf_counter() - started, "cpu_s": time.process_time() - before, "elements": count,
    }))  # fmt: skip


def peer(paths: list[Path], ids: list[list[int]] | None, limit_s: float) -> dict[str, Any]:
    """Sums over the files; one that takes longer than the limit counts with the limit, and is named."""
    total: dict[str, Any] = {"wall_s": 0.0, "cpu_s": 0.0, "elements": 0, "stopped": []}
    for number, path in enumerate(paths):
        wanted = ",".join(map(str, ids[number])) if ids is not None else ""
        command = [sys.executable, str(Path(__file__)), "--peer", str(path), "--ids", wanted]
        try:
            done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=limit_s)
            found = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            found = {"wall_s": limit_s, "cpu_s": limit_s, "elements": 0}
            total["stopped"].append(path.name)
        except subprocess.CalledProcessError:
            found = {"wall_s": 0.0, "cpu_s": 0.0, "elements": 0}
            total["stopped"].append(path.name)
        for key, value in found.items():
            total[key] += value
    return total


def unpacked(paths: list[Path], folder: Path) -> list[Path]:
    """The same files, zipped ones unzipped."""
    from twin_plugin.core.bim.source import EXPANDED_LIMIT_BYTES, unzip

    plain = []
    for path in paths:
        if path.suffix == ".ifczip":
            data = unzip(path, EXPANDED_LIMIT_BYTES)
            path = folder / f"{path.stem}.ifc"
            path.write_bytes(data)
        plain.append(path)
    return plain


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    parser.add_argument("--ids", default="", help=argparse.SUPPRESS)
    parser.add_argument("--no-peer", action="store_true", help="only the reader itself")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds for one file of the peer")
    options = parser.parse_args()
    if options.peer:
        peer_child(options.peer, options.ids)
        return
    paths = [FOLDER / name for name in NAMES if (FOLDER / name).exists()]
    if not paths:
        print(f"No models in {FOLDER}: nothing to measure.")
        return
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = unpacked(paths, Path(folder))
        found = measure(paths, plain, sum(path.stat().st_size for path in plain) / 1e6, options)
    (BUILD / "bim.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    show(found)


def measure(paths: list[Path], plain: list[Path], size_mb: float, options: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {"cores": os.cpu_count(), "files": len(paths), "mb": size_mb, "goals": GOALS}
    wall, cpu = two_workers(paths, ROUNDS)
    once, _ = two_workers(paths, 1)
    alone, alone_cpu, stages = one_process(paths)
    found |= {
        "mb_s_two_workers": ROUNDS * size_mb / wall, "mb_s_two_workers_once": size_mb / once,
        "mb_per_cpu_s": ROUNDS * size_mb / cpu, "cores_had": cpu / wall,
        "mb_s_one_process": size_mb / alone, "mb_per_cpu_s_one_process": size_mb / alone_cpu, "stages_cpu_s": stages,
    }  # fmt: skip
    if not options.no_peer:
        every = peer(plain, None, options.limit)
        same = peer(plain, [element_ids(path) for path in plain], options.limit)
        found |= {
            "as_users_run_it": every, "same_elements": same,
            "ratio_as_users_run_it": every["wall_s"] / (wall / ROUNDS),
            "ratio_as_users_run_it_cpu": every["cpu_s"] / (cpu / ROUNDS),
            "ratio_same_elements": same["wall_s"] / alone, "ratio_same_elements_cpu": same["cpu_s"] / alone_cpu,
        }  # fmt: skip
    return found


def show(found: dict[str, Any]) -> None:
    print(f"{found['files']} buildings, {found['mb']:.1f} MB of IFC text")
    two, cpu, had = found["mb_s_two_workers"], found["mb_per_cpu_s"], found["cores_had"]
    print(f"two workers, {ROUNDS} times  {two:5.1f} MB/s wall (goal 6), {cpu:.1f} MB a CPU second, {had:.2f} cores had")
    print(f"two workers, once     {found['mb_s_two_workers_once']:5.1f} MB/s wall")
    one, cpu = found["mb_s_one_process"], found["mb_per_cpu_s_one_process"]
    print(f"one process           {one:5.1f} MB/s wall, {cpu:.1f} MB a CPU second, of which")
    whole = sum(found["stages_cpu_s"].values())
    for stage, spent in found["stages_cpu_s"].items():
        print(f"  {stage:<48}{spent:7.2f} s {spent / whole:6.1%}")
    for title, key, name, goal in (
        ("as users run it, two threads", "as_users_run_it", "ratio_as_users_run_it", 20),
        ("same elements, uncut, one process", "same_elements", "ratio_same_elements", 7),
    ):
        if key not in found:
            continue
        row = found[key]
        print(f"ifcopenshell's default kernel, {title}, {row['elements']} shapes:")
        print(f"  {row['wall_s']:.1f} s wall, {row['cpu_s']:.1f} s CPU:")
        print(
            f"  {found[name]:.1f} times the reader's wall time, {found[name + '_cpu']:.1f} times its CPU (goal {goal})"
        )
        if row["stopped"]:
            print(f"  stopped or crashed: {', '.join(row['stopped'])}")


if __name__ == "__main__":
    main()

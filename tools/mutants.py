"""Draw small faults over core and bridge and try whether the tests of the module find them.

    tools/env.sh python tools/mutants.py --seed 9 --count 40
    tools/env.sh python tools/mutants.py --again build/mutants/seed-9-0.json   (its survivors, against today's tests)

Each mutant is one change of one file, tried in a copy of the checkout. docs/dev/testing.md says how to read the result.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from mutations import Mutation, mutations

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "mutants"
TREE = PLACE / "tree"
UNTRIED = "servers or end_to_end or desktop"
"""Marks of tests that take too long, or need servers, for a try at each mutant."""


@dataclass
class Mutant:
    """A change of a file, and what became of it: killed, survived, timeout or absent."""

    path: str
    mutation: Mutation
    state: str = ""
    test: str = ""

    def __str__(self) -> str:
        change = self.mutation
        return f"{self.path}:{change.line} {change.kind}: {change.before!r} -> {change.after!r}"


def sources(root: Path) -> list[Path]:
    """The modules that mutants are drawn from, in a fixed order."""
    return sorted(path for layer in ("core", "bridge") for path in (root / "twin_plugin" / layer).rglob("*.py"))


def candidates(root: Path) -> list[Mutant]:
    """Every mutant of the sources."""
    return [
        Mutant(path.relative_to(root).as_posix(), found)
        for path in sources(root)
        for found in mutations(path.read_text(encoding="utf-8"))
    ]


def copy_tree() -> None:
    """A fresh copy of what is tracked, or new and not ignored, with the environment and the shared data beside it."""
    shutil.rmtree(TREE, ignore_errors=True)
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    compiled = [path.relative_to(ROOT).as_posix() for path in (ROOT / "i18n").glob("*.qm")]
    for name in [*listed.stdout.decode().split("\0"), *compiled]:
        source = ROOT / name
        if name and (source.is_file() or source.is_symlink()):
            (TREE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, TREE / name, follow_symlinks=False)
    for link, target in ((TREE / ".venv", ROOT / ".venv"), (PLACE / "shared", ROOT.parent / "shared")):
        if target.exists() and not link.exists():
            link.symlink_to(target.resolve())


@cache
def imports(path: Path) -> frozenset[str]:
    """Dotted names that a file of the copy imports, anywhere in it."""
    names = set()
    package = path.relative_to(TREE).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *(node.module or "").split("."))).strip(".")
            names |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return frozenset(names)


def dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_sets(path: str) -> Iterator[tuple[list[str], str]]:
    """Sets of test files for a module with the marks left out: the near and quick ones, then all that may find it."""
    name, (_, layer, domain, *_) = dotted(path), path.split("/")
    tests = sorted((TREE / "tests").rglob("test_*.py"))
    users = {dotted(other.relative_to(TREE).as_posix()) for other in sources(TREE) if name in imports(other)}
    folders = [f"tests/{layer}/{domain}/"] + ([f"tests/processing/{domain}/"] if layer == "bridge" else [])
    direct = [test for test in tests if name in imports(test)]
    folder = [test for test in tests if test.relative_to(TREE).as_posix().startswith(tuple(folders))]
    wider = [test for test in tests if users & imports(test) or f"/{domain}/" in test.as_posix()]
    yield _names([*direct, *folder]), f"slow or {UNTRIED}"
    yield _names([*direct, *folder, *wider]), UNTRIED


def _names(tests: list[Path]) -> list[str]:
    skipped = ("tests/servers/", "tests/end_to_end/", "tests/benchmarks/", "tests/gui/")
    names = dict.fromkeys(test.relative_to(TREE).as_posix() for test in tests)
    return [name for name in names if not name.startswith(skipped)]


@cache
def compiled_modules() -> frozenset[str]:
    """Files whose code ends in numba's kernels: those that use numba, and what they import."""
    by_name = {dotted(path.relative_to(TREE).as_posix()): path for path in sources(TREE)}
    waiting = [path for path in by_name.values() if "numba" in imports(path)]
    found = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [by_name[name] for name in imports(path) if name in by_name]
    return frozenset(path.relative_to(TREE).as_posix() for path in found)


def run_tests(tests: list[str], left_out: str, numba: Path, limit_s: float, failing: list[str]) -> tuple[str, str]:
    """Run tests until one fails: "passed", "failed" or "timeout", and the first test that failed."""
    options = ["-p", "no:xvfb", "-q", "-x", "--tb=no", "-m", f"not ({left_out})"]
    command = ["tools/env.sh", "python", "-m", "pytest", *options]
    if all(test.startswith("tests/core/") for test in tests):
        command += ["-p", "no:pytest_qgis"]
    command += [f"--deselect={test}" for test in failing]
    environment = {
        **os.environ,
        "NUMBA_CACHE_DIR": str(numba),
        "PYTHONPATH": "",
        "QGIS_CUSTOM_CONFIG_PATH": str(PLACE / "qgis"),
    }
    process = subprocess.Popen(
        [*command, *tests], cwd=TREE, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True,
    )  # fmt: skip
    try:
        output, _ = process.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return "timeout", ""
    bad = [line for line in output.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    passed = process.returncode in (0, 5)  # 5: nothing was left to run
    return ("passed" if passed else "failed"), (bad[0] if bad else output[-300:])


@dataclass
class Tests:
    """Runs the tests against mutants, without those that fail on this machine without any mutant."""

    limit_s: float
    sound: set[str] = field(default_factory=set)
    failing: list[str] = field(default_factory=list)

    def state(self, mutant: Mutant, tests: list[str], left_out: str, numba: Path) -> tuple[str, str]:
        """What becomes of a mutant that `tests` run against, and the test that found it."""
        while tests:
            state, test = run_tests(tests, left_out, numba, self.limit_s, self.failing)
            if state != "failed":
                return ("survived" if state == "passed" else state), ""
            found = re.match(r"(?:FAILED|ERROR) (\S+?\.py(?:::[^\[\s]+)*(?:\[.*?\])?)(?: - |$)", test)
            name = found[1] if found else ""
            if not name or name in self.sound or self._passes_unchanged(mutant, name):
                return "killed", name or test
            if name in self.failing or "::" not in name:
                raise SystemExit(f"{name} does not run without a mutant either: {test}")
            self.failing.append(name)
            print("fails without a mutant:", name, flush=True)
        return "survived", ""

    def _passes_unchanged(self, mutant: Mutant, test: str) -> bool:
        with changed(mutant.path, None):
            passes = run_tests([test], "servers", PLACE / "numba", self.limit_s, [])[0] == "passed"
        if passes:
            self.sound.add(test)
        return passes


@cache
def original(path: str) -> tuple[bytes, os.stat_result]:
    """A file of the copy before it was changed the first time."""
    return (TREE / path).read_bytes(), (TREE / path).stat()


@contextmanager
def changed(path: str, mutation: Mutation | None) -> Iterator[None]:
    """A file of the copy with a mutation, or without any; afterwards as it was before."""
    (source, times), file = original(path), TREE / path
    before, before_ns = file.read_bytes(), file.stat().st_mtime_ns
    file.write_bytes(source if mutation is None else mutation.apply(source.decode()).encode())
    # Python takes a compiled file for fresh when size and second agree.
    later = 0 if mutation is None else random.SystemRandom().randrange(10, 100_000)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns + later * 10**9))
    try:
        yield
    finally:
        file.write_bytes(before)
        os.utime(file, ns=(times.st_atime_ns, before_ns))


def try_mutant(mutant: Mutant, tests: Tests, deep: bool) -> None:
    """Run the tests on the changed copy: the near ones, and for what survives them all that may find it."""
    fresh = tempfile.mkdtemp(prefix="numba-", dir=PLACE) if mutant.path in compiled_modules() else ""
    with changed(mutant.path, mutant.mutation):
        for files, left_out in list(test_sets(mutant.path))[: 2 if deep else 1]:
            mutant.state, mutant.test = tests.state(mutant, files, left_out, Path(fresh or PLACE / "numba"))
            if mutant.state != "survived":
                break
    if fresh:
        shutil.rmtree(fresh)


def drawn_again(report: Path) -> list[Mutant]:
    """The survivors of a report where their change is still in the source; the others are absent."""
    every = {(mutant.path, *mutant.mutation.key): mutant for mutant in candidates(ROOT)}
    result = []
    for row in json.loads(report.read_text(encoding="utf-8")):
        old = Mutant(row["path"], Mutation(**row["mutation"]), row["state"])
        if old.state == "survived":
            result.append(every.get((old.path, *old.mutation.key)) or Mutant(old.path, old.mutation, "absent"))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--skip", type=int, default=0, help="leave out so many of the seed's first mutants")
    parser.add_argument("--limit", type=float, default=600, help="seconds for the tests of one mutant")
    parser.add_argument("--quick", action="store_true", help="only the quick tests of the module's own folder")
    parser.add_argument("--again", type=Path, help="a report: try its survivors again")
    options = parser.parse_args()
    every = candidates(ROOT)
    drawn = random.Random(options.seed).sample(every, options.skip + options.count)[options.skip :]
    mutants = drawn_again(options.again) if options.again else drawn
    copy_tree()
    print(f"{len(mutants)} mutants of {len(every)}", flush=True)
    tests = Tests(options.limit)
    name = f"{options.again.stem}-again" if options.again else f"seed-{options.seed}-{options.skip}"
    for number, mutant in enumerate(mutants, 1):
        if mutant.state != "absent":
            try_mutant(mutant, tests, not options.quick)
        print(f"{number} {mutant.state} {mutant} {mutant.test}", flush=True)
        rows = json.dumps([asdict(mutant) for mutant in mutants[:number]], indent=1)
        (PLACE / f"{name}.json").write_text(rows, encoding="utf-8")
    counts = {state: sum(mutant.state == state for mutant in mutants) for state in {mutant.state for mutant in mutants}}
    print(f"{counts} of {len(mutants)}; {PLACE / name}.json")


if __name__ == "__main__":
    main()

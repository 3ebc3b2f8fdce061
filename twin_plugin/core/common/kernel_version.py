"""Names the version of the compiled kernels; as a program it prints it, for tools/env.sh.

numba compiles a kernel again when the kernel's own file changes. It sees no change in a function or constant that the
kernel takes from another file, so each version of the code has a cache of its own.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.metadata
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path

CORE = Path(__file__).absolute().parents[1]
"""As Python found it, with links: numba's cache depends on this path."""
_KERNEL = re.compile(rb"^@(numba\.)?njit\b", re.MULTILINE)


@functools.cache
def kernel_version() -> str:
    """Twelve hexadecimal digits that change with the kernels' sources and place, numba, Python and the processor."""
    try:
        numba = importlib.metadata.version("numba")
    except importlib.metadata.PackageNotFoundError:
        numba = ""
    digest = hashlib.sha256("\n".join((str(CORE), numba, sys.version, _processor())).encode())
    for path in sorted(sources()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def sources() -> set[Path]:
    """The modules of core that have kernels, and all modules of the plugin that these import."""
    rest = [path for path in CORE.rglob("*.py") if _KERNEL.search(path.read_bytes())]
    found = set(rest)
    while rest:
        new = set(_imported(rest.pop())) - found
        found |= new
        rest += new
    return found


def _imported(path: Path) -> Iterator[Path]:
    """The files of the plugin that a module imports."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not (isinstance(node, ast.ImportFrom) and node.level):
            continue
        module = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
        for file in (module, *(module / alias.name for alias in node.names)):
            for candidate in (file.with_suffix(".py"), file / "__init__.py"):
                if candidate.is_file():
                    yield candidate


def _processor() -> str:
    """What numba's code depends on besides the machine's kind: the processor's model and abilities."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return "\n".join(next((line for line in lines if line.startswith(key)), "") for key in ("model name", "flags"))


if __name__ == "__main__":
    sys.stdout.write(kernel_version())

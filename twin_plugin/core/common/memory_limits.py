"""How much memory this process may have, and still take: of the machine, of its container, of its own limits."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
CGROUPS = Path("/sys/fs/cgroup")
_UNLIMITED = 1 << 60
"""Version 1 of control groups writes a number of about this size for no limit."""


def total_bytes() -> int | None:
    """Memory of the machine, or less where a container or a limit of this process says so; None where unknown."""
    found = [limit for limit, _ in _groups()] + [limit for limit, _ in _own_limits()]
    try:
        found.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, ValueError, OSError):
        pass
    return min(found, default=None)


def left_bytes() -> int | None:
    """What container and limits of this process let it take more; None where there is no limit."""
    left = [limit - used for limit, used in (*_groups(), *_own_limits())]
    return max(0, min(left)) if left else None


def _own_limits() -> Iterator[tuple[int, int]]:
    """The limits of address space and of data (ulimit -v, -d), and how much of each is used."""
    if sys.platform == "win32":
        return
    import resource

    for name, used in (("RLIMIT_AS", "VmSize"), ("RLIMIT_DATA", "VmData")):
        soft, _ = resource.getrlimit(getattr(resource, name))
        if soft != resource.RLIM_INFINITY:
            yield soft, _status(used)


def _status(field: str) -> int:
    """A figure of this process in bytes; 0 where the system does not tell."""
    try:
        for line in (PROC / "self/status").read_text("ascii", "replace").splitlines():
            if line.startswith(f"{field}:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    return 0


def _groups() -> Iterator[tuple[int, int]]:
    """The memory limits of the control groups that this process is in, innermost first, and how much of each is used.

    Pages of files that the system drops when it needs them do not count as used.
    """
    try:
        lines = (PROC / "self/cgroup").read_text("utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, place = line.split(":", 2)
        if controllers == "":
            yield from _of_group(CGROUPS, place, "memory.max", "memory.current", "inactive_file ")
        elif "memory" in controllers.split(","):
            files = "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "
            yield from _of_group(CGROUPS / "memory", place, *files)


def _of_group(root: Path, place: str, limit: str, usage: str, dropped: str) -> Iterator[tuple[int, int]]:
    group = root / place.lstrip("/")
    if (
        not group.is_dir()
    ):  # in a container the path is often that of the host, and the container's own group is the root
        group = root
    for folder in (group, *(above for above in group.parents if above.is_relative_to(root))):
        try:
            most = int((folder / limit).read_text("ascii"))
            used = int((folder / usage).read_text("ascii"))
            lines = (folder / "memory.stat").read_text("ascii").splitlines()
        except (OSError, ValueError):  # not there, or "max"
            continue
        cache = sum(int(line.split()[1]) for line in lines if line.startswith(dropped))
        if most < _UNLIMITED:
            yield most, max(0, used - cache)

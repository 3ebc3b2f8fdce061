"""Memory that a container, or a limit of the shell, leaves to this process."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from twin_plugin.core.common import memory_limits, processes
from twin_plugin.core.flood import memory

MB = 2**20


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A function that writes what the kernel says of control groups: of the process, and files by path."""
    monkeypatch.setattr(memory_limits, "PROC", tmp_path / "proc")
    monkeypatch.setattr(memory_limits, "CGROUPS", tmp_path / "groups")

    def write(of_process, files):
        (tmp_path / "proc/self").mkdir(parents=True)
        (tmp_path / "proc/self/cgroup").write_text(of_process)
        for name, content in files.items():
            path = tmp_path / "groups" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{content}\n")

    return write


def test_the_tightest_group_above_counts_and_caches_of_files_are_free(machine):
    machine(
        "0::/user/session\n",
        {
            "memory.max": "max",
            "user/memory.max": 3000 * MB,
            "user/memory.current": 2900 * MB,
            "user/memory.stat": f"anon 5\ninactive_file {900 * MB}\nactive_file 7",
            "user/session/memory.max": 8000 * MB,
            "user/session/memory.current": 100 * MB,
            "user/session/memory.stat": "inactive_file 0",
        },
    )
    assert memory_limits.left_bytes() == 1000 * MB
    assert memory_limits.total_bytes() == 3000 * MB
    assert memory.available_bytes() == 1000 * MB
    assert processes.memory_share(1) == int(0.8 * 3000 * MB)
    assert processes.memory_share(4) == 2_000_000_000  # each at least that much, as long as there is so much


def test_a_container_smaller_than_what_a_worker_gets_at_least(machine):
    files = {"memory.max": 500 * MB, "memory.current": 0, "memory.stat": ""}
    machine("0::/../../elsewhere on the host\n", files)
    assert processes.memory_share(1) == 500 * MB


def test_version_1_of_control_groups(machine):
    machine(
        "9:name=systemd:/\n4:memory:/docker/abc\n0::/\n",
        {
            "memory/memory.limit_in_bytes": 9223372036854771712,
            "memory/memory.usage_in_bytes": 5,
            "memory/memory.stat": "",
            "memory/docker/abc/memory.limit_in_bytes": 700 * MB,
            "memory/docker/abc/memory.usage_in_bytes": 300 * MB,
            "memory/docker/abc/memory.stat": f"inactive_file 1\ntotal_inactive_file {50 * MB}",
        },
    )
    assert memory_limits.left_bytes() == 450 * MB


def test_no_limit(machine):
    machine("0::/\n", {"memory.max": "max", "memory.current": 5, "memory.stat": ""})
    assert memory_limits.left_bytes() is None
    assert memory_limits.total_bytes() == os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
@pytest.mark.parametrize("limit", ["RLIMIT_AS", "RLIMIT_DATA"])
def test_a_limit_of_the_shell_is_met_before_the_work(limit):
    """ulimit -v and -d: what is in use counts, and a flood that does not fit is refused with a sentence."""
    program = (
        "import resource, sys\n"
        "from twin_plugin.core.flood import memory\n"
        f"resource.setrlimit(resource.{limit}, (800 << 20, 800 << 20))\n"
        "print(memory.available_bytes() >> 20)\n"
        "memory.check(1000, 1000, 1.0)\n"
        "memory.check(4000, 4000, 1.0)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert 200 < int(run.stdout) < 800
    assert "4,000 x 4,000 cells of 1 m need 1.6 GB of memory" in run.stderr

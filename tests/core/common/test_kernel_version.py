"""The version of the kernels changes with whatever a kernel is compiled from, and with nothing else of core."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.fixture
def version(tmp_path):
    """A function that gives the version of a copy of core after a line was appended to one of its files."""
    core = tmp_path / "core"
    shutil.copytree(ROOT / "twin_plugin" / "core", core, ignore=shutil.ignore_patterns("__pycache__"))

    def ask(name: str = "", line: str = "") -> str:
        if name:
            assert (core / name).is_file()
            with (core / name).open("a", encoding="utf-8") as file:
                file.write(line)
        program = core / "common" / "kernel_version.py"
        done = subprocess.run([sys.executable, "-I", str(program)], capture_output=True, text=True, check=True)
        assert len(done.stdout) == 12
        return done.stdout

    return ask


@pytest.mark.parametrize(
    "name",
    [
        "flood/schemes/inertial_kernels.py",
        "flood/schemes/bits.py",
        "flood/constants.py",
        "risk/ring.py",
        "common/cells.py",
    ],
)
def test_it_changes_with_kernels_and_what_they_import(version, name):
    before = version()
    assert version() == before
    assert version(name, "\nOTHER = 1\n") != before


@pytest.mark.parametrize("name", ["flood/solver.py", "risk/assess.py", "bim/pool.py"])
def test_it_stays_when_other_modules_change(version, name):
    before = version()
    assert version(name, "\nOTHER = 1\n") == before
    assert version(name, "\n\n@njit(cache=True)\ndef kernel():\n    pass\n") != before


def test_tools_and_plugin_agree():
    from twin_plugin.core.common.kernel_version import kernel_version

    program = ROOT / "twin_plugin" / "core" / "common" / "kernel_version.py"
    done = subprocess.run([sys.executable, "-I", str(program)], capture_output=True, text=True, check=True)
    assert done.stdout == kernel_version()

"""The zip of the plugin and a small demo, each made once for all tests that use it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(["bash", "tools/translations.sh", "compile"], cwd=ROOT, check=True)
    subprocess.run([sys.executable, "tools/package.py", str(folder)], cwd=ROOT, check=True)
    return next(folder.glob("twin_plugin-*.zip"))


def run_demo(*arguments: object) -> subprocess.CompletedProcess:
    """Run the demo in the project's own environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QGIS_")}
    command = [str(ROOT / "tools" / "env.sh"), "python", "tools/demo.py", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=280, check=False)


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory):
    """A small demo: its folder and what it said."""
    folder = tmp_path_factory.mktemp("后海 demo") / "out put"
    done = run_demo("--buildings", 4, "--minutes", 30, "--cell", 4, "--no-plan", "--folder", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout

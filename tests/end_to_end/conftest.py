"""The zip of the plugin, built once for all tests that unpack it."""

from __future__ import annotations

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

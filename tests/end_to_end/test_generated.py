"""What scripts made and the repository keeps is what the scripts make today."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import Qgis

ROOT = Path(__file__).parents[2]


def made(script: str, folder: Path) -> None:
    """Run a script that writes into a folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QGIS_")}
    command = [str(ROOT / "tools" / "env.sh"), sys.executable, f"tools/{script}", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("script", "kept"), [("make_styles.py", "styles"), ("make_model.py", "models")])
def test_the_scripts_write_what_is_kept(tmp_path, script, kept):
    files = sorted((ROOT / "resources" / kept).iterdir())
    version = f'version="{Qgis.version()}"'
    if kept == "styles" and version not in files[0].read_text("utf-8"):
        pytest.skip("the styles were written by another QGIS, whose XML differs")
    made(script, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [path.name for path in files]
    for path in files:
        assert (tmp_path / path.name).read_text("utf-8") == path.read_text("utf-8"), f"run tools/{script}"

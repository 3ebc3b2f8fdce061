"""Installs the packaged plugin into the user's QGIS profile; what was there stays until the new one is in place."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import uuid
import zipfile
from pathlib import Path

import package


def profiles_folder() -> Path:
    """Where QGIS keeps its profiles on this system."""
    if sys.platform == "win32":
        return Path(os.environ["APPDATA"]) / "QGIS" / "QGIS3" / "profiles"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "QGIS" / "QGIS3" / "profiles"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "QGIS" / "QGIS3" / "profiles"


def main() -> int:
    """Install, say where, and what to do next."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", default="default", help="name of the QGIS profile")
    parser.add_argument(
        "--profiles-folder", type=Path, default=None, help="where the profiles are, if not the usual place"
    )
    options = parser.parse_args()
    plugins = (options.profiles_folder or profiles_folder()) / options.profile / "python" / "plugins"
    archive = package.build(package.ROOT / "dist")
    plugins.mkdir(parents=True, exist_ok=True)
    mark = uuid.uuid4().hex[:8]
    staging, target, old = plugins / f".twin-{mark}", plugins / package.NAME, plugins / f".twin-old-{mark}"
    with zipfile.ZipFile(archive) as content:
        content.extractall(staging)
    if target.is_symlink():
        target.unlink()
    elif target.exists():
        target.rename(old)
    (staging / package.NAME).rename(target)
    shutil.rmtree(staging)
    shutil.rmtree(old, ignore_errors=True)
    print(f"Installed in {target}")
    print(
        "Next: start QGIS and tick 'City Twin' in Plugins > Manage and Install Plugins; "
        "for qgis_process: qgis_process plugins enable twin_plugin"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

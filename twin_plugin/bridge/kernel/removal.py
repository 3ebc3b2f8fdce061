"""Removing what the plugin keeps in the profile: packages, numba's cache, settings, the profile's catalogue."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsSettings

from ...core.common.errors import unwritable
from . import runtime

SETTINGS = "city_twin"
"""The group of all settings of the plugin."""
ABANDONED_S = 24 * 3600.0
"""An installation that is older than this was ended from outside: its folder is removed."""


@dataclass(frozen=True)
class Freed:
    """What a removal freed now, and whether something that is in use waits for the next start of QGIS."""

    size: int = 0
    later: bool = False

    def __add__(self, other: Freed) -> Freed:
        return Freed(self.size + other.size, self.later or other.later)


def aside(folder: Path, mark: str) -> Path:
    """A folder of ours beside another one, which the next start of QGIS cleans away if it is left there."""
    return folder.with_name(f".{folder.name}-{mark}")


def size(folder: Path) -> int:
    """The bytes of all files below a folder; 0 where there is none. Links are not followed."""
    if folder.is_symlink():
        return 0
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except OSError:  # removed meanwhile
                continue
    return total


def data_folder() -> Path:
    """Where the plugin keeps the catalogue of services of this profile."""
    return runtime.profile_folder() / "city_twin"


def remove_packages() -> Freed:
    """Remove the installed packages and numba's cache of compiled code.

    Raises
    ------
    ResourceError
        When the profile cannot be written.
    """
    freed = _remove(runtime.packages_folder()) + _remove(runtime.numba_cache())
    runtime.look_for_modules_again()
    return freed


def remove_everything() -> Freed:
    """Remove all that the plugin keeps in this profile: the packages, the settings and the profile's catalogue.

    Raises
    ------
    ResourceError
        When the profile cannot be written.
    """
    freed = remove_packages() + _remove(data_folder())
    QgsSettings().remove(SETTINGS)
    return freed


def finish() -> None:
    """Remove what was in use when it was to be removed, and what ended installations left; before it is used again."""
    for folder in (runtime.packages_folder(), runtime.numba_cache(), data_folder()):
        if _marker(folder).exists():
            _remove(folder)
        for rest in folder.parent.glob(f"{aside(folder, '*').name}"):
            if rest.name.startswith(aside(folder, "removed").name) or _abandoned(rest):
                _delete(rest)


def keep(folder: Path) -> None:
    """A folder that was put in place anew is not removed at the next start."""
    _marker(folder).unlink(missing_ok=True)


def _remove(folder: Path) -> Freed:
    """Take a folder out of its place at once, then delete it; what is in use is deleted at the next start."""
    freed = size(folder)
    away = aside(folder, f"removed-{uuid.uuid4().hex[:8]}")
    try:
        os.replace(folder, away)
    except FileNotFoundError:
        keep(folder)
        return Freed()
    except OSError:  # Windows does not move a folder whose libraries are loaded
        try:
            _marker(folder).touch()
        except OSError as error:
            raise unwritable(folder, error) from error
        return Freed(later=True)
    keep(folder)
    return Freed(freed) if _delete(away) else Freed(freed - size(away), later=True)


def _delete(folder: Path) -> bool:
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return not os.path.lexists(folder)


def _marker(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.remove")


def _abandoned(folder: Path) -> bool:
    try:
        return time.time() - folder.stat().st_mtime > ABANDONED_S
    except OSError:
        return False

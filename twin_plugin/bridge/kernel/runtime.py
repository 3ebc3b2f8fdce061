"""What the process needs before numba and the users' packages are imported: threads and search path."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from pathlib import Path

from qgis.core import QgsApplication, QgsSettings

from ...core.common.processes import default_workers

FOLDER_KEY = "city_twin/documents_folder"
"""Setting: where the user's folders of documents are, "" for the profile."""
SMALL_CELLS = 40_000
"""A flood on fewer cells takes longer to share out than to compute."""
RETRIES = 100
_LOOKING_AGAIN = threading.Lock()


def profile_folder() -> Path:
    """The user's profile folder."""
    return Path(QgsApplication.qgisSettingsDirPath())


def own_folder(kind: str) -> Path:
    """The user's folder of documents of a kind, such as themes or districts, whether or not it exists."""
    setting = str(QgsSettings().value(FOLDER_KEY, "") or "").strip()
    return (Path(setting) if setting else profile_folder() / "city_twin") / kind


def packages_folder() -> Path:
    """Where the plugin installs Python packages for this user."""
    return profile_folder() / "python" / "twin_deps"


def numba_cache() -> Path:
    """Where numba keeps compiled kernels for this user."""
    return profile_folder() / "cache" / "twin_numba"


def prepare() -> None:
    """Let this process find the installed packages, and numba the right threads; safe to call again.

    The folder of packages is appended, never prepended, so that QGIS's own packages win.
    """
    folder = str(packages_folder())
    if folder not in sys.path:
        sys.path.append(folder)
    # 'workqueue' aborts the process when two threads run parallel kernels.
    os.environ.setdefault("NUMBA_THREADING_LAYER", "omp")
    # Waiting threads must not burn the cores that the map needs.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")


def release() -> None:
    """Undo `prepare` where others would notice: this process no longer looks into the folder of packages."""
    folder = str(packages_folder())
    while folder in sys.path:
        sys.path.remove(folder)


def look_for_modules_again() -> None:
    """Let Python look for modules anew, after packages have come or gone; from any thread.

    Where two threads call importlib's own function at once, one of them may end in a KeyError: both remove the same
    entries of a list that all threads share. Code of others may call it too, so it is tried again.
    """
    with _LOOKING_AGAIN:
        for _ in range(RETRIES):
            try:
                importlib.invalidate_caches()
            except KeyError:
                continue
            return


def threads(asked: int, desktop: bool) -> int:
    """How many threads or workers to use: what was asked, at most all cores; for 0 all, less one in the desktop."""
    cores = default_workers()
    if asked > 0:
        return min(asked, cores)
    return max(1, cores - 1) if desktop else cores


def solver_threads(asked: int, desktop: bool, cells: int) -> int:
    """How many threads a flood of so many cells uses: what was asked; for 0 one on a small grid, else as `threads`, but
    no more than the cores that other programs leave.

    Threads wait for each other in every step, so that two on a busy core are slower than one.
    """
    if asked > 0:
        return threads(asked, desktop)
    most = most_solver_threads(desktop, cells)
    if most == 1:
        return most
    try:
        busy = os.getloadavg()[0]
    except (AttributeError, OSError):  # Windows has none
        busy = 0.0
    return min(most, max(1, round(default_workers() - busy)))


def most_solver_threads(desktop: bool, cells: int) -> int:
    """How many threads a flood of so many cells may use where nobody says how many."""
    return 1 if cells < SMALL_CELLS else threads(0, desktop)

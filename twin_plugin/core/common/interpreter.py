"""The Python that matches this process, for workers and pip, and how it starts without code from a folder of data.

Inside QGIS sys.executable may be QGIS itself.
"""

from __future__ import annotations

import os

# The path was found, not given by a user, and the arguments are a list, never a shell.
import subprocess  # nosec B404
import sys
from collections.abc import Iterator
from pathlib import Path

from .errors import ResourceError

OPTIONS = ("-P", "-s")
"""Start the interpreter so: neither the current folder nor the user's own site-packages are searched for modules."""
KEPT_SETTINGS = frozenset(
    ("PYTHONHOME", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "PYTHONHASHSEED", "PYTHONUNBUFFERED")
)
"""Settings of Python that children keep: they say where the standard library is and how files are written. Whatever
says where else code comes from (PYTHONPATH, PYTHONSTARTUP, PYTHONWARNINGS, PYTHONUSERBASE …) they do not get."""
ISOLATED_FOLDER = Path(__file__).resolve().parents[2]
"""Children start in the plugin's own folder: nobody's models lie there."""

_QUESTION = "import sys; print(sys.version_info[0], sys.version_info[1])"


def find() -> Path:
    """The interpreter of this process's Python.

    Returns
    -------
    Path
        An executable whose major and minor version equal this process's.

    Raises
    ------
    ResourceError
        When none is found below sys.prefix.
    """
    for path in _candidates():
        if path.is_file() and _version(path) == sys.version_info[:2]:
            return path
    raise ResourceError(
        "No Python {version_info}.{version_info2} was found below {prefix}: reinstall QGIS with its "
        "Python, or install the packages by hand as the guide says.",
        version_info=sys.version_info[0],
        version_info2=sys.version_info[1],
        prefix=sys.prefix,
    )


def isolated_environment() -> dict[str, str]:
    """The environment of a child process: this one's, without what would let Python run code from elsewhere.

    A child also needs `OPTIONS` on its command line and `ISOLATED_FOLDER` as its current folder.
    """
    kept = {name: value for name, value in os.environ.items() if not _foreign(name)}
    return {**kept, "PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1"}


def _foreign(name: str) -> bool:
    return name.upper().startswith("PYTHON") and name.upper() not in KEPT_SETTINGS


def _candidates() -> Iterator[Path]:
    exact = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for prefix in dict.fromkeys((sys.prefix, sys.exec_prefix, sys.base_prefix)):
        home = Path(prefix)
        for folder in (home / "bin", home, home / "MacOS" / "bin", home.parent.parent / "MacOS" / "bin"):
            for name in (exact, "python3", "python", "python.exe", "python3.exe"):
                yield folder / name
    if Path(sys.executable or "").name.lower().startswith("python"):
        yield Path(sys.executable)


def _version(path: Path) -> tuple[int, int] | None:
    try:
        answer = subprocess.run(  # nosec B603
            [str(path), *OPTIONS, "-c", _QUESTION],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
            env=isolated_environment(),
            cwd=ISOLATED_FOLDER,
        )
        major, minor = answer.stdout.split()
        return int(major), int(minor)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None

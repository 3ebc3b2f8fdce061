"""Links in a folder that somebody else may fill: whether what they lead to lies in the folder as well."""

from __future__ import annotations

import os
from pathlib import Path


def leads_out(path: str | Path, folder: str | Path) -> bool:
    """Whether a path below a folder leads elsewhere, by a symbolic link or a junction in any of its parts.

    The folder itself may be a link, and links that stay inside are none of these. Hard links look like files.
    """
    home, real = (os.path.normcase(os.path.realpath(place)) for place in (folder, path))
    return real != home and not real.startswith(home.rstrip(os.sep) + os.sep)

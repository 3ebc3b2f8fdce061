"""Fails when a tracked file holds what looks like a password, token or key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from detect_secrets import SecretsCollection
from detect_secrets.settings import default_settings

ROOT = Path(__file__).parent.parent
SKIPPED = {".svg", ".qml", ".png", ".model3", ".ts"}
GENERATED = {"resources/viewer/scene.html", "viewer/package-lock.json"}
"""They hold hashes of what may run and of what is installed."""


def main() -> int:
    """Scan, print each finding's place, and answer how it went."""
    names = (
        subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    )
    found = SecretsCollection()
    with default_settings():
        for name in names:
            path = ROOT / name
            if name and path.is_file() and path.suffix not in SKIPPED and name not in GENERATED:
                found.scan_file(str(path))
    for path, secret in found:
        print(f"{path}:{secret.line_number}: looks like a {secret.type}")
    return 1 if len(list(found)) else 0


if __name__ == "__main__":
    sys.exit(main())

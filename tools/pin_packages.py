"""Writes requirements-pinned.txt: what the plugin installs for its users, to the byte, on every system of QGIS.

The newest versions that requirements.txt allows, and all that they need except numpy, which is QGIS's own. For each of
them the file names the hashes of the wheels for every target below. pip's own dry run says which wheel that is;
nothing is installed, and a recent pip downloads nothing but the wheels' metadata. A virtual environment of its own has
one: python3 -m venv pins && pins/bin/pip install -U pip && pins/bin/python tools/pin_packages.py
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.bridge.kernel.pins import FILE, normalized

PYTHONS = ("3.11", "3.12", "3.13")
"""Of QGIS 3.40 to 3.44 where it is new enough for the plugin."""
MANYLINUX = ("2_31", "2_28", "2_27", "2_17")
PLATFORMS = {
    "linux x86_64": [f"manylinux_{glibc}_x86_64" for glibc in MANYLINUX],
    "linux aarch64": [f"manylinux_{glibc}_aarch64" for glibc in MANYLINUX],
    "windows": ["win_amd64"],
    "macos arm64": ["macosx_14_0_arm64"],
    "macos x86_64": ["macosx_13_0_x86_64"],
}
INTEL_MAC = "macos x86_64"
OLDER_ON_INTEL_MAC = {"numba": "0.62.1", "llvmlite": "0.45.1"}
"""The last versions with wheels for it."""
INTEL_MARKER = 'sys_platform == "darwin" and platform_machine == "x86_64"'
OTHER_MARKER = 'sys_platform != "darwin" or platform_machine != "x86_64"'
LEFT_OUT = {"numpy"}
HEAD = """\
# Written by tools/pin_packages.py from requirements.txt; do not edit. The plugin and tools/setup.sh install these, with
# --no-deps, since the list is whole, and --require-hashes. numpy is left out on purpose: QGIS's own must stay.
"""


def report(*arguments: str) -> list[tuple[str, str, str]]:
    """Name, version and SHA-256 of each wheel that pip would install."""
    command = [sys.executable, "-I", "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
    command += ["--only-binary", ":all:", "--report", "-", *arguments]
    answer = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return [
        (
            normalized(item["metadata"]["name"]),
            item["metadata"]["version"],
            item["download_info"]["archive_info"]["hashes"]["sha256"],
        )
        for item in answer["install"]
    ]


def versions() -> dict[str, str]:
    """The versions to pin, by name."""
    found = {name: version for name, version, _ in report("-r", str(ROOT / "requirements.txt"))}
    return {name: version for name, version in sorted(found.items()) if name not in LEFT_OUT}


def hashes(wanted: dict[str, str], platform: str) -> set[tuple[str, str, str]]:
    """The wheels of the wanted versions for one platform and all Pythons."""
    names = [f"{name}=={version}" for name, version in wanted.items()]
    tags = [part for tag in PLATFORMS[platform] for part in ("--platform", tag)]
    found = set()
    for python in PYTHONS:
        found.update(report("--no-deps", "--target", "unused", "--python-version", python, *tags, *names))
    return found


def main() -> None:
    """Ask for every target and write the file."""
    wanted = versions()
    wheels: dict[tuple[str, str], set[str]] = {}
    for platform in PLATFORMS:
        older = OLDER_ON_INTEL_MAC if platform == INTEL_MAC else {}
        for name, version, digest in hashes(wanted | older, platform):
            wheels.setdefault((name, version), set()).add(digest)
    lines = [HEAD]
    for (name, version), digests in sorted(wheels.items()):
        marker = ""
        if name in OLDER_ON_INTEL_MAC:
            marker = f" ; {INTEL_MARKER if version == OLDER_ON_INTEL_MAC[name] else OTHER_MARKER}"
        rows = [f"{name}=={version}{marker}", *(f"    --hash=sha256:{digest}" for digest in sorted(digests))]
        lines.append(" \\\n".join(rows) + "\n")
    FILE.resolve().write_text("".join(lines), encoding="utf-8")
    print(f"{FILE.name}: {len(wheels)} pins, {sum(map(len, wheels.values()))} wheels")


if __name__ == "__main__":
    main()

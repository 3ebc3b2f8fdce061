"""Builds dist/twin_plugin-<version>.zip as the plugin site wants it, from the files that git tracks."""

from __future__ import annotations

import configparser
import subprocess
import sys
import zipfile
from pathlib import Path

import guide

ROOT = Path(__file__).parent.parent
NAME = "twin_plugin"
LIMIT_BYTES = 25 * 1024 * 1024
FORBIDDEN = {".sh", ".bat", ".so", ".dll", ".exe", ".pyc"}
LINKED = ("metadata.txt", "LICENSE", "requirements.txt", "requirements-pinned.txt")
FOLDERS = ("resources", "i18n")


def members() -> dict[str, bytes]:
    """Name in the zip to content: the plugin's modules, what its links point to, translations, and the guide."""
    listing = subprocess.run(["git", "ls-files", "-z", NAME, *FOLDERS], cwd=ROOT, capture_output=True, check=True)
    found = {f"{NAME}/{name}": ROOT / name for name in LINKED}
    for name in listing.stdout.decode().split("\0"):
        path = ROOT / name
        if not name or path.is_symlink() or path.is_dir() or path.name.startswith("."):
            continue
        found[name if name.startswith(f"{NAME}/") else f"{NAME}/{name}"] = path
    for compiled in (ROOT / "i18n").glob("*.qm"):
        found[f"{NAME}/i18n/{compiled.name}"] = compiled
    kept = {name: path for name, path in found.items() if path.suffix not in FORBIDDEN and path.suffix != ".ts"}
    contents = {name: path.read_bytes() for name, path in kept.items()}
    return contents | {f"{NAME}/resources/guide/{name}": content for name, content in guide.files().items()}


def build(target_folder: Path) -> Path:
    """Write the zip; returns its path. Raises SystemExit when it would break the site's rules."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    version = metadata["general"]["version"]
    target_folder.mkdir(parents=True, exist_ok=True)
    target = target_folder / f"{NAME}-{version}.zip"
    partial = target.with_suffix(".part")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(members().items()):
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    if partial.stat().st_size > LIMIT_BYTES:
        raise SystemExit(f"{partial} is over 25 MB, more than the plugin site takes")
    partial.replace(target)
    return target


if __name__ == "__main__":
    path = build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist")
    print(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}: {path.stat().st_size / 1e6:.2f} MB")

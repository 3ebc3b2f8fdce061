"""Looks at the first and last bytes of a file before anything parses it."""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from ..common.errors import InputError

HEAD_BYTES = 65536
TAIL_BYTES = 4096
_SCHEMA = re.compile(rb"FILE_SCHEMA\s*\(\s*\(\s*'([^']*)'", re.IGNORECASE)


@dataclass(frozen=True)
class Sniffed:
    """What the bytes say: `kind` is "step" or "zip"; `schema` is as written, "" in a zip."""

    kind: str
    schema: str = ""
    complete: bool = True


def sniff(path: Path) -> Sniffed:
    """Tell an IFC file from what cannot be one.

    Raises
    ------
    InputError
        With the reason, for a file that is empty, unreadable, a Git LFS pointer, IFC-XML or no IFC at all.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError(
                "{name} is a folder, a pipe or a device, not a file. Choose the model itself.", name=path.name
            )
        size = found.st_size
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            stream.seek(max(0, size - TAIL_BYTES))
            tail = stream.read()
    except OSError as error:
        raise InputError(
            "{name} cannot be opened: {strerror}. Check that it exists and may be read.",
            name=path.name,
            strerror=error.strerror,
        ) from error
    if not head.strip(b"\0 \t\r\n"):
        raise InputError("{name} is empty (0 bytes of content). Export or copy it again.", name=path.name)
    if head[:2] == b"PK":
        return Sniffed("zip")
    return sniff_step(head, tail, path.name)


def sniff_step(head: bytes, tail: bytes, name: str) -> Sniffed:
    """The same for the bytes of a STEP file, wherever they come from."""
    if head.startswith(b"version https://git-lfs"):
        raise InputError("{name} is a Git LFS pointer, not the model itself. Fetch it with 'git lfs pull'.", name=name)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:5].lower() == b"<?xml" or start[:4].lower() == b"<ifc":
        raise InputError("{name} is IFC-XML, which is not read. Export it as a STEP file (.ifc).", name=name)
    if b"ISO-10303-21" not in head[:4096].upper():
        raise InputError("{name} is not an IFC file: it does not start with ISO-10303-21. Check what it is.", name=name)
    return Sniffed("step", schema_of(head), b"END-ISO-10303-21" in tail.upper())


def schema_of(head: bytes) -> str:
    """The schema name as written in the header, "" when there is none."""
    found = _SCHEMA.search(re.sub(rb"/\*.*?\*/", b"", head, flags=re.DOTALL))
    return found.group(1).decode("ascii", "replace").strip().upper() if found else ""


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

"""Looks at the first and last bytes of a file before anything parses it."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from ..common.errors import InputError
from .warnings import coded

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
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError(coded("not_a_file", name=path.name))
        size = status.st_size
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            stream.seek(max(0, size - TAIL_BYTES))
            tail = stream.read()
    except OSError as error:
        raise InputError(coded("not_opened", name=path.name, error=error.strerror)) from error
    if not head.strip(b"\0 \t\r\n"):
        raise InputError(coded("empty_file", name=path.name))
    if head[:2] == b"PK":
        return Sniffed("zip")
    return sniff_step(head, tail, path.name)


def sniff_step(head: bytes, tail: bytes, name: str) -> Sniffed:
    """The same for the bytes of a STEP file, wherever they come from."""
    if head.startswith(b"version https://git-lfs"):
        raise InputError(coded("git_lfs_pointer", name=name))
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:5].lower() == b"<?xml" or start[:4].lower() == b"<ifc":
        raise InputError(coded("ifc_xml", name=name))
    if b"ISO-10303-21" not in head[:4096].upper():
        raise InputError(coded("no_ifc", name=name))
    return Sniffed("step", schema_of(head), b"END-ISO-10303-21" in tail.upper())


def schema_of(head: bytes) -> str:
    """The schema name as written in the header, "" when there is none."""
    match = _SCHEMA.search(re.sub(rb"/\*.*?\*/", b"", head, flags=re.DOTALL))
    return match.group(1).decode("ascii", "replace").strip().upper() if match else ""

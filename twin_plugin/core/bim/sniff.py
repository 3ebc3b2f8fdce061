"""Looks at the first and last bytes of a file before anything parses it."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from ..common.errors import InputError
from .step_text import START, UTF16
from .warnings import coded

HEAD_BYTES = 65536
TAIL_BYTES = 4096
SEARCHED_BYTES = 4096
"""How far into a file ISO-10303-21 may begin."""

_SCHEMA = re.compile(rb"FILE_SCHEMA\s*\(\s*\(\s*'([^']*)'", re.IGNORECASE)

PACKED = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"\x28\xb5\x2f\xfd": "Zstandard",
}
"""The first bytes of packed files, and what packs them."""

OTHERS = {
    b"\xd0\xcf\x11\xe0": "a Revit project or another program's own document",
    b"AC10": "a DWG drawing",
    b"%PDF": "a PDF document",
    b"SQLite format 3": "an SQLite database",
    b"\x89HDF": "an HDF5 file",
}
"""The first bytes of other files that are found under the name of a model."""


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
        With the reason, for a file that is empty, unreadable, a Git LFS pointer, packed, IFC-XML, ifcJSON, another
        program's or no IFC at all.
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
    if head[:2] in UTF16:
        head, tail = (part.decode("utf-16", "replace").encode() for part in (head, head[:2] + tail))
    packer = next((packer for mark, packer in PACKED.items() if head.startswith(mark)), "")
    if packer:
        raise InputError(coded("packed", name=name, packer=packer))
    if START not in head[:SEARCHED_BYTES].upper():
        other = next((other for mark, other in OTHERS.items() if head.startswith(mark)), "")
        raise InputError(coded("other_format", name=name, format=other) if other else coded(_other(head), name=name))
    return Sniffed("step", schema_of(head), b"END-ISO-10303-21" in tail.upper())


def _other(head: bytes) -> str:
    """The code of what a file is that is no STEP file."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"<":
        is_page = b"<html" in start[:2000].lower()
        return "web_page" if is_page else "ifc_xml"
    return "ifc_json" if start[:1] in (b"{", b"[") else "no_ifc"


def schema_of(head: bytes) -> str:
    """The schema name as written in the header, "" when there is none."""
    match = _SCHEMA.search(re.sub(rb"/\*.*?\*/", b"", head, flags=re.DOTALL))
    return match.group(1).decode("ascii", "replace").strip().upper() if match else ""

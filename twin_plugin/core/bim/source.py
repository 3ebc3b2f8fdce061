"""Opens an IFC file of any schema, zipped or not, as an ifcopenshell model."""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..common.errors import InputError, ResourceError
from ..common.warnings import CodedMessage
from ..common.zip_errors import ZIP_ERRORS
from .alignments_older import OlderAlignments, older_alignments
from .direct import Direct
from .encodings import standard
from .kernel_limits import keep_one_project
from .numbering import renumbered
from .parser import parse, parse_clean
from .sniff import Sniffed, sniff, sniff_step
from .step_table import kinds_of
from .step_text import from_start, lost, records, without_blanks, without_comments, without_unbalanced
from .trim import trim
from .wanted import NOTHING, Wanted
from .warnings import INCOMPLETE_CODES, coded

NATIVE = ("IFC2X3", "IFC4", "IFC4X3_ADD2")
"""The schemas ifcopenshell 0.9 opens as they are."""

EXPANDED_LIMIT_BYTES = 2_000_000_000
"""A zipped model that would grow beyond this is refused."""

RATIO_LIMIT = 200
RATIO_FREE_BYTES = 50_000_000
"""Above this size, a zipped model that grows more than RATIO_LIMIT times is refused too (IFC grows 5 to 20 times)."""

CHUNK_BYTES = 1 << 20
_ZEROS = bytes(CHUNK_BYTES)

_SCHEMA_NAME = re.compile(rb"(FILE_SCHEMA\s*\(\s*\(\s*')[^']*(')", re.IGNORECASE)
_DERIVED = (b"IFCSIUNIT", b"IFCORIENTEDEDGE", b"IFCGEOMETRICREPRESENTATIONSUBCONTEXT")
"""The entities in which ``*`` is right: it stands for a derived attribute."""
FEW_STARS = 2000
_KIND = re.compile(rb"\s*#\d+\s*=\s*(\w+)")
_TOKEN = re.compile(rb"'[^']*'|/\*.*?\*/|=\s*(IFC\w+)|\*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class FileContent:
    """A file that was read once.

    Attributes
    ----------
    sniffed : Sniffed
        What its first and last bytes say.
    chunks : list of bytes
        Its bytes until `take`, without zeros at its end, which fill up broken copies and cost the parser minutes; none
        of a zip.
    size : int
        Its bytes, zeros at the end included.
    sha256 : str
        Its digest, in hexadecimal.
    """

    sniffed: Sniffed
    chunks: list[bytes]
    size: int
    sha256: str

    def take(self) -> bytes:
        """The bytes, which are not kept here: a big model needs the memory."""
        data = b"".join(self.chunks).rstrip(b"\0")
        self.chunks.clear()
        return data


def read_content(path: Path) -> FileContent:
    """Read a file in one go; one that cannot be a model is not read (see `sniff`)."""
    sniffed, digest = sniff(path), hashlib.sha256()
    chunks: list[bytes] = []
    kept = size = 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
            if sniffed.kind != "zip":
                empty = not chunk.strip(b"\0")
                # Chunks of zeros share one object, so that a gigabyte of them takes no memory.
                chunks.append(_ZEROS[: len(chunk)] if empty else chunk)
                kept = kept if empty else len(chunks)
    return FileContent(sniffed, chunks[:kept], size, digest.hexdigest())


@dataclass
class Opened:
    """An open model, what had to be done to open it, and the elements whose shapes were left out and meshed."""

    file: Any
    schema: str
    complete: bool = True
    warnings: list[CodedMessage] = field(default_factory=list)
    direct: Direct | None = None
    older: OlderAlignments | None = None


def readable_schema(schema: str) -> str | None:
    """The schema under which a file that names `schema` is opened; None when there is none."""
    if schema in NATIVE:
        return schema
    if schema.startswith("IFC4X"):
        return "IFC4X3_ADD2"
    if schema.startswith("IFC4"):
        return "IFC4"
    if schema.startswith("IFC2X"):
        return "IFC2X3"
    return None


def open_model(
    path: Path,
    expanded_limit: int = EXPANDED_LIMIT_BYTES,
    trimmed: bool = False,
    directly: bool = False,
    content: FileContent | None = None,
    asked: Wanted = NOTHING,
) -> Opened:
    """Open a model; what would make the parser lose parts of it is repaired first.

    Parameters
    ----------
    path : Path
        An .ifc or .ifczip file.
    expanded_limit : int
        Bytes to which a zipped model may grow.
    trimmed : bool
        Whether what reading buildings never asks for may be left out.
    directly : bool
        Whether shapes that need no kernel may be left out too, and be meshed from the text.
    content : FileContent, optional
        The file where it was read before.
    asked : Wanted
        What is read beside the buildings, which stays in a trimmed model.

    Raises
    ------
    InputError
        When the file is no model, or of a schema that cannot be read.
    ResourceError
        When a zipped model would grow beyond the limit.
    MemoryError
        When the parser runs out of memory.
    """
    content = content or read_content(path)
    sniffed = content.sniffed
    zipped = sniffed.kind == "zip"
    warnings: list[CodedMessage] = []
    data = unzip(path, expanded_limit, warnings) if zipped else content.take()
    if zipped:
        sniffed = sniff_step(data[:65536], data[-4096:], path.name)
    target = readable_schema(sniffed.schema)
    if target is None:
        code = "unknown_schema" if sniffed.schema else "no_schema"
        raise InputError(coded(code, name=path.name, schema=sniffed.schema))
    if target != sniffed.schema:
        warnings.append(coded("schema_read_as", schema=sniffed.schema, target=target))
    if not sniffed.complete:
        warnings.append(coded("file_truncated"))
    as_written = data
    data, strays = without_comments(from_start(data))
    if strays:
        warnings.append(coded("comments_repaired", count=strays))
    data, encoding = standard(data)
    if encoding:
        warnings.append(coded("texts_recoded", encoding=encoding))
    if target != sniffed.schema:
        data = _SCHEMA_NAME.sub(rb"\g<1>" + target.encode("ascii") + rb"\g<2>", data, count=1)
    starred = data
    data = undo_stars(data) if _has_stars(data) else data
    if data != starred:
        warnings.append(coded("stars_replaced"))
    data = without_blanks(data)
    # ifcopenshell opens no path whose bytes are not UTF-8, such as a Chinese name out of an old zip file.
    unnamed = not _is_text(str(path))
    changed = zipped or unnamed or data is not as_written or len(data) < content.size
    older = older_alignments(data) if asked.alignments and target != sniffed.schema else None
    # The classes of older alignments are unknown to the schema, and so is what they refer to.
    trimmed = trimmed and older is None
    short = trim(data, target, directly, asked) if trimmed and sniffed.complete else None
    model = parse_clean(path, short.text) if short is not None else None
    if model is not None and short is not None and len(model.entity_names()) == short.count:
        warnings += _strange(short.strange) + keep_one_project(model, trimmed=True)
        return Opened(model, sniffed.schema, sniffed.complete, warnings, short.direct)
    smaller = renumbered(data)
    if smaller is not data:
        warnings.append(coded("records_renumbered"))
    model, missing = parse(path, smaller if changed or smaller is not data else None)
    missing += _missing(model, smaller, target)
    whole, count = without_unbalanced(smaller) if any(m.code == "records_lost" for m in missing) else (smaller, 0)
    if count:
        model, missing = parse(path, whole)
        missing += [coded("statements_left_out", count=count), *_missing(model, whole, target)]
    warnings += missing + keep_one_project(model, trimmed=False)
    complete = sniffed.complete and INCOMPLETE_CODES.isdisjoint(warning.code for warning in missing)
    return Opened(model, sniffed.schema, complete, warnings, older=older)


def _missing(model: Any, data: bytes, schema: str) -> list[CodedMessage]:
    """What a parser did not make of a text, by its records."""
    written = records(data)
    count, strange = lost(written, set(model.entity_names()), kinds_of(schema).capitals)
    warnings = _strange(strange)
    if count:
        every = len(written) - strange.total()
        warnings.append(coded("records_lost", read=every - count, written=every))
    return warnings


def _strange(classes: Counter[str]) -> list[CodedMessage]:
    """A warning of classes that the schema lacks; those of colours draw nothing."""
    classes = Counter({name: count for name, count in classes.items() if not name.startswith("IFCPRESENTATION")})
    if not classes:
        return []
    names = ", ".join(name for name, _ in classes.most_common(5))
    return [coded("classes_unknown", count=classes.total(), classes=names)]


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_file(member: zipfile.ZipInfo) -> bool:
    """Whether a member is neither a folder nor a symbolic link."""
    return not member.is_dir() and not stat.S_ISLNK(member.external_attr >> 16)


def damaged_zip(path: Path, error: Exception) -> InputError:
    """The error for a zip file that cannot be read; `error` is one of `ZIP_ERRORS`."""
    return InputError(coded("zip_damaged", name=path.name, error=str(error)))


def unzip(path: Path, limit: int, warnings: list[CodedMessage] | None = None) -> bytes:
    """The bytes of the biggest model in a zip file, refused beyond `limit`; nothing is written, whatever its name.

    A warning of the other models in it goes into `warnings`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if m.filename.lower().endswith(".ifc") and _is_file(m)]
            # A Mac adds a shadow of each file.
            members = [m for m in members if not m.filename.rpartition("/")[2].startswith("._")]
            if not members:
                raise InputError(coded(_other_model(archive), name=path.name))
            member = max(members, key=lambda m: m.file_size)
            others = ", ".join(m.filename for m in members if m is not member)
            if others and warnings is not None:
                values = {"count": len(members), "model": member.filename, "others": others}
                warnings.append(coded("zip_more_models", name=path.name, **values))
            grown = member.file_size > RATIO_FREE_BYTES and member.file_size > RATIO_LIMIT * max(
                1, member.compress_size
            )
            if member.file_size > limit or grown:
                raise ResourceError(coded("zip_too_large", name=path.name, size_mb=member.file_size / 1e6))
            with archive.open(member) as stream:
                data = stream.read(limit + 1)
    except ZIP_ERRORS as error:
        raise damaged_zip(path, error) from error
    if len(data) > limit:
        raise ResourceError(coded("zip_larger_than_index", name=path.name, limit_mb=limit / 1e6))
    return data


def _other_model(archive: zipfile.ZipFile) -> str:
    """The code for a zip file without a model that is read."""
    names = [name.lower() for name in archive.namelist()]
    if any(name.endswith((".ifcxml", ".xml")) for name in names):
        return "ifc_xml"
    return "ifc_json" if any(name.endswith((".ifcjson", ".json")) for name in names) else "zip_without_ifc"


def undo_stars(data: bytes) -> bytes:
    """``*`` turned into ``$`` outside strings, except in the entities that have derived attributes."""
    if b"/*" in data or data.count(b"'") % 2:
        return _undo_one_by_one(data)
    text = np.frombuffer(data, np.uint8).copy()
    quotes, ends, stars = (np.flatnonzero(text == ord(mark)) for mark in "';*")
    ends, stars = (at[np.searchsorted(quotes, at) % 2 == 0] for at in (ends, stars))
    begins = np.concatenate([[0], ends + 1])
    statements, of_star = np.unique(np.searchsorted(ends, stars), return_inverse=True)
    kinds = [_KIND.match(data, begin) for begin in begins[statements].tolist()]
    wrong = np.array([kind is not None and kind.group(1).upper() not in _DERIVED for kind in kinds], dtype=np.bool_)
    if len(stars):
        text[stars[wrong[of_star]]] = ord("$")
    return text.tobytes()


def _undo_one_by_one(data: bytes) -> bytes:
    """The same for texts with comments, or with an apostrophe too many."""
    derived = False

    def plain(match: re.Match[bytes]) -> bytes:
        nonlocal derived
        token, kind = match.group(0), match.group(1)
        if kind:
            derived = kind.upper() in _DERIVED
        return b"$" if token == b"*" and not derived else token

    return _TOKEN.sub(plain, data)


def _has_stars(data: bytes) -> bool:
    """Cheap test: does the file hold more ``*`` than its derived attributes account for?"""
    view = np.frombuffer(data, np.uint8)
    stars = np.flatnonzero(view == ord("*"))
    stars = stars[stars > 0]
    stars = stars[(view[stars - 1] == ord(",")) | (view[stars - 1] == ord("("))]
    if not len(stars):
        return False
    if len(stars) < FEW_STARS:
        # Only the statements that hold some are looked at.
        begins = np.unique([data.rfind(b";", 0, star) + 1 for star in stars.tolist()])
        data = b"".join(data[begin : data.find(b";", begin) + 1 or None] for begin in begins.tolist())
    right = data.count(b"IFCSIUNIT(*") + 2 * data.count(b"IFCORIENTEDEDGE(*,*")
    return data.count(b",*") + data.count(b"(*") > right + 4 * data.count(b",*,*,*,*,")

"""The page of a scene: one HTML file with its data and the viewer, as docs/dev/scene-page.md describes it."""

from __future__ import annotations

import base64
import html
import json
import math
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..common.errors import InputError, unwritable
from ..common.messages import Message
from ..common.progress import Progress, advance, part, silent
from .page_arrays import joined_arrays, page_parts
from .scene import Scene
from .use_colours import use_colours

FORMAT = 1
LEVEL = 9
"""Of gzip."""
BLOCK = 1 << 20
"""Bytes that are packed between two looks whether to go on."""
MOST_BYTES = 1 << 29
"""Larger data no browser unpacks."""
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_MARK = re.compile(r"\{\{(title|language|header|data|program)\}\}")


@dataclass(frozen=True)
class Viewer:
    """What shows a scene.

    Attributes
    ----------
    template : str
        HTML with the marks {{title}}, {{language}}, {{header}}, {{data}} and {{program}}. Its Content-Security-Policy
        names the hash of the program.
    program : str
        JavaScript, which goes into the page as it is.
    """

    template: str
    program: str


@dataclass(frozen=True)
class PageChoices:
    """How a page opens.

    Attributes
    ----------
    language : str
        en or zh.
    time : datetime
        Of the sun, aware.
    utc_offset_h : float
        Of the clock of the place.
    pipe_colours : dict of str to str
        By system.
    """

    language: str
    time: datetime
    utc_offset_h: float
    pipe_colours: dict[str, str] | None = None


@dataclass(frozen=True)
class PageWritten:
    """What a page holds: its size and that of its unpacked data, in bytes, and what the log says of it."""

    size: int
    unpacked: int
    notes: list[Message]


def write_page(
    scene: Scene, path: Path, choices: PageChoices, viewer: Viewer, progress: Progress = silent
) -> PageWritten:
    """Write a scene as one HTML file.

    Raises
    ------
    InputError
        Where the scene shows nothing, or more than a browser can unpack.
    ResourceError
        Where the file cannot be written.
    Cancelled
    """
    if not all(map(math.isfinite, scene.bounds)):
        raise InputError("The scene is empty: give buildings, or a terrain with data.")
    page = page_parts(scene, part(progress, 0.0, 0.5))
    places, pieces = joined_arrays(page.arrays)
    unpacked = sum(map(len, pieces))
    if unpacked > MOST_BYTES:
        raise InputError(
            "The page would unpack to {size:.0f} MB, more than the {most:.0f} MB that browsers manage: choose a "
            "smaller extent, or 3D Tiles.",
            size=unpacked / 1e6,
            most=MOST_BYTES / 1e6,
        )
    data = base64.b64encode(_packed(pieces, unpacked, part(progress, 0.5, 0.9)))
    header = _text(_header(scene, page.header, choices) | {"arrays": places})
    values = {
        "title": html.escape(scene.title), "language": choices.language, "header": header,
        "data": data.decode("ascii"), "program": viewer.program,
    }  # fmt: skip
    text = _MARK.sub(lambda mark: values[mark[1]], viewer.template).encode("utf-8", "replace")
    advance(progress, 0.95)
    try:
        path.write_bytes(text)
    except OSError as error:
        raise unwritable(path, error) from error
    advance(progress, 1.0)
    return PageWritten(len(text), unpacked, page.notes)


def _header(scene: Scene, own: dict[str, Any], choices: PageChoices) -> dict[str, Any]:
    header = {
        "format": FORMAT,
        "title": scene.title,
        "crs": scene.crs,
        "vertical": scene.vertical,
        "sources": list(scene.sources),
        "longitude": scene.longitude,
        "latitude": scene.latitude,
        "north_deg": scene.north_deg,
        "time": choices.time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "utc_offset_h": choices.utc_offset_h,
        "language": choices.language,
        "legend": [
            {"en": group.name_en, "zh": group.name_zh, "colour": group.colour, "uses": list(group.uses)}
            for group in use_colours()
        ],
        **own,
    }
    if header["pipes"] is not None and choices.pipe_colours is not None:
        colours = [choices.pipe_colours.get(system, "") for system in header["pipes"]["systems"]]
        header["pipes"] = {**header["pipes"], "colours": colours}
    return header


def _text(header: dict[str, Any]) -> str:
    """JSON that may stand in a script element: nothing in it ends or opens a tag."""
    plain = json.dumps(header, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return plain.translate(_ESCAPES)


def _packed(pieces: Sequence[bytes], total: int, progress: Progress) -> bytes:
    """The pieces in one stream of gzip, the same for the same data."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)
    packed, done = [], 0
    for piece in pieces:
        for start in range(0, len(piece), BLOCK):
            block = piece[start : start + BLOCK]
            packed.append(packer.compress(block))
            done += len(block)
            advance(progress, done / max(total, 1), Message("Packing the page"))
    packed.append(packer.flush())
    return b"".join(packed)

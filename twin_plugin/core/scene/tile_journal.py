"""The folder of a tileset: tiles that are finished, each whole or not at all, and the tileset that shows them.

A tile's files have a name of their own for each content, so that the tileset of an earlier run shows what it did until
the new one takes its place, however often a run is killed in between.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ..common import leftovers
from ..common.errors import InputError, ResourceError, unwritable
from ..common.folder_lock import locked
from ..common.patience import GoOn
from .tile_content import MadeTile

JOURNAL, TILESET, TILES = "city-twin-tiles.jsonl", "tileset.json", "tiles"
LOCK_S = 2.0
_HEAD = {"made_by": "City Twin for QGIS, 3D Tiles", "format": 1}


class TileFolder:
    """A folder that is new, empty, or holds the tiles of an earlier run.

    Attributes
    ----------
    path : Path
    earlier : dict of str to dict
        What the journal knows of the tiles of earlier runs, by their keys.
    """

    def __init__(self, path: Path) -> None:
        """Open one that is prepared; raises a ResourceError where it cannot be written."""
        self.path = path
        self.earlier: dict[str, dict[str, Any]] = {}
        self._now: dict[str, dict[str, Any]] = {}
        self._written: set[str] = set()
        self._journal = path / JOURNAL
        try:
            leftovers.clean(path)
            self._read()
            (path / TILES).mkdir(exist_ok=True)
            leftovers.clean(path / TILES)
        except OSError as error:
            raise unwritable(path, error) from error

    def _read(self) -> None:
        lines = self._journal.read_bytes().split(b"\n") if self._journal.exists() else []
        for line in lines:
            try:
                found = json.loads(line)
            except ValueError:  # the last line of a run that was killed
                continue
            if "tile" in found:
                self.earlier[found["tile"]] = found
                self._written |= set(found["files"].values())
        # A whole journal, so that what is added stands on lines of its own.
        self._rewrite(self.earlier)

    def finished(self, key: str, digest: str) -> dict[str, Any] | None:
        """What is known of a tile that is there as it should be; None where it has to be made."""
        known = self.earlier.get(key)
        if known is None or known["digest"] != digest:
            return None
        for name, place in known["files"].items():
            try:
                if os.stat(self.path / place).st_size != known["sizes"][name]:
                    return None
            except OSError:
                return None
        self._now[key] = known
        return known

    def keep(self, key: str, digest: str, made: MadeTile) -> dict[str, Any]:
        """Write a tile and put it into the journal.

        Raises
        ------
        ResourceError
            When it cannot be written.
        """
        files = {name: f"{TILES}/{key}-{name}-{digest[:12]}.glb" for name in made.files}
        for name, place in files.items():
            self._put(self.path / place, made.files[name])
        sizes = {name: len(data) for name, data in made.files.items()}
        known = {"tile": key, "digest": digest, "files": files, "sizes": sizes, **made.facts()}
        try:
            with self._journal.open("ab") as stream:
                stream.write(_line(known))
        except OSError as error:
            raise unwritable(self._journal, error) from error
        self._written |= set(files.values())
        self._now[key] = known
        return known

    def publish(self, tileset: bytes, beside: Mapping[str, bytes] | None = None) -> int:
        """Put the tileset in place, forget tiles that it does not show, and give the bytes of what it does.

        Parameters
        ----------
        tileset : bytes
        beside : mapping of str to bytes, optional
            Further files of the folder.

        Raises
        ------
        ResourceError
            When it cannot be written.
        """
        for name, data in (beside or {}).items():
            self._put(self.path / name, data)
        self._put(self.path / TILESET, tileset)
        shown = {place for known in self._now.values() for place in known["files"].values()}
        for place in sorted(self._written - shown):
            with suppress(OSError):
                (self.path / place).unlink(missing_ok=True)
        try:
            self._rewrite(self._now)
        except OSError as error:
            raise unwritable(self._journal, error) from error
        return len(tileset) + sum(sum(known["sizes"].values()) for known in self._now.values())

    def _rewrite(self, known: Mapping[str, dict[str, Any]]) -> None:
        lines = [_line(_HEAD), *(_line(known[key]) for key in sorted(known))]
        self._put(self._journal, b"".join(lines))

    def _put(self, place: Path, data: bytes) -> None:
        """Write a file beside its place, and move it there when it is whole and on the disk."""
        work = place.with_name(leftovers.name(place.suffix))
        try:
            with work.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(work, place)
        except OSError as error:
            with suppress(OSError):
                work.unlink(missing_ok=True)
            raise unwritable(place, error) from error


@contextmanager
def opened(path: Path, go_on: GoOn) -> Iterator[TileFolder]:
    """The folder of a tileset, made where none is, which no other run writes into meanwhile.

    Raises
    ------
    InputError
        When it holds something else than tiles of an earlier run.
    ResourceError
        When it cannot be written, or another run works in it.
    Cancelled
        When `go_on` says no while another run works in it.
    """
    prepare(path)
    with locked([path], LOCK_S, go_on) as is_free:
        if not is_free:
            raise ResourceError(
                "Another run writes tiles into '{folder}': wait for its end, or choose another folder.", folder=path
            )
        yield TileFolder(path)


def prepare(path: Path) -> None:
    """Make a folder where none is.

    Raises
    ------
    InputError
        When it holds something else than tiles of an earlier run.
    ResourceError
        When it cannot be made.
    """
    try:
        _require_own(path)
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error


def _require_own(path: Path) -> None:
    """Check that a folder is missing, empty, or of our making."""
    if path.exists() and not path.is_dir():
        raise InputError("'{path}' is a file, not a folder: choose a new or an empty folder.", path=path)
    if (path / JOURNAL).is_file() or not path.is_dir():
        return
    strange = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith(leftovers.PREFIX))
    if strange:
        raise InputError(
            "The folder '{path}' holds '{name}' and no tiles of an earlier run: choose a new or an empty folder.",
            path=path,
            name=strange[0],
        )


def digest_of(settings: str, rows: bytes) -> str:
    """What tells whether a tile has to be made again: of the settings' digest and of what is in it."""
    return hashlib.sha256(settings.encode() + rows).hexdigest()


def _line(known: Mapping[str, Any]) -> bytes:
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

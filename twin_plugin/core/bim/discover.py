"""Finds the model files that a user means, and gives each an id that stays the same."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..common.errors import InputError
from ..common.links import leads_out
from ..common.text import plain
from ..common.warnings import CodedMessage
from .warnings import coded

SUFFIXES = (".ifc", ".ifczip")


@dataclass(frozen=True)
class Refusal:
    """Why a part of a folder was not looked into: the system's error, "" for a link that leads out of the folder."""

    error: str = ""

    def sentence(self, path: str) -> CodedMessage:
        """The reason, for the path as a text."""
        if self.error:
            return coded("folder_closed", folder=path, error=self.error)
        return coded("link_leads_out", path=path)


def find_models(
    files: Iterable[str | Path], folder: str | Path | None, refused: dict[Path, Refusal] | None = None
) -> list[tuple[str, Path]]:
    """Ids and paths of the models named, and of those in a folder and all folders below it, sorted by id.

    The id of a model in the folder is its path relative to the folder, with slashes. That of a file named by itself is
    its file name, followed by ``~`` and eight digits of a hash of its full path where two have the same name. Ids are
    texts that every store keeps.

    Parameters
    ----------
    files : iterable of path
        Files named one by one; each gives a model, whatever its suffix and even if it does not exist.
    folder : path or None
        Searched for .ifc and .ifczip in any letter case; a loop of symbolic links is walked once, and one that leads
        out of the folder is not followed.
    refused : dict, optional
        Receives the folders that could not be read and the links that lead out, with the reason.

    Raises
    ------
    InputError
        When nothing is named, the folder does not exist, or it holds no model.
    """
    named = [Path(file).absolute() for file in files if str(file)]
    models: dict[str, Path] = {}
    if folder is not None and str(folder):
        root = Path(folder).absolute()
        if not root.is_dir():
            raise InputError("The folder {root} does not exist. Choose the folder that holds the models.", root=root)
        closed = {} if refused is None else refused
        models = {path.relative_to(root).as_posix(): path for path in walk(root, closed)}
        if not models and not named:
            if links := sum(not refusal.error for refusal in closed.values()):
                raise InputError(
                    "The folder {root} holds no .ifc or .ifczip file, but links that lead out of it ({count}), which "
                    "are not followed. Copy the models into the folder.",
                    root=root,
                    count=links,
                )
            why = f" {len(closed)} of them could not be looked into: ask for the permission." if closed else ""
            raise InputError(
                "The folder {root} holds no .ifc or .ifczip file, nor does any folder in it.{why} Choose another.",
                root=root,
                why=why,
            )
    elif not named:
        raise InputError("No model is given. Choose IFC files in MODELS or a folder in FOLDER.")
    taken = {_key(path) for path in models.values()}
    alone = list({_key(path): path for path in named if _key(path) not in taken}.values())
    names = Counter(path.name for path in alone)
    for path in alone:
        name = path.name
        if names[name] > 1 or name in models:
            name = f"{name}~{hashlib.sha256(path.as_posix().encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"
        models[name] = path
    return sorted((plain(name), path) for name, path in models.items())


def walk(root: Path, refused: dict[Path, Refusal] | None = None) -> Iterator[Path]:
    """The model files below a folder; no folder is entered twice.

    Folders that may not be read and links that lead out of `root` go into `refused`. Where a junction of Windows leads
    counts as well.
    """
    seen: set[tuple[int, int]] = set()
    closed = {} if refused is None else refused

    def refuse(error: OSError) -> None:
        closed[Path(error.filename or root)] = Refusal(error.strerror or str(error))

    for current, folders, files in os.walk(root, onerror=refuse, followlinks=True):
        try:
            stat = os.stat(current)
        except OSError as error:
            refuse(error)
            folders.clear()
            continue
        key = (stat.st_dev, stat.st_ino)
        if key in seen and key != (0, 0):
            folders.clear()
            continue
        seen.add(key)
        if leads_out(current, root):
            closed[Path(current)] = Refusal()
            folders.clear()
            continue
        folders.sort()
        for name in sorted(files):
            if not name.lower().endswith(SUFFIXES) or name.startswith("._"):
                continue
            path = Path(current) / name
            if path.is_symlink() and leads_out(path, root):
                closed[path] = Refusal()
            else:
                yield path


def _key(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))

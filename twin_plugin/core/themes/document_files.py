"""Names of files in documents from anybody: they stay below their folder."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from ..common.errors import InputError
from ..common.links import leads_out
from ..common.messages import Message

_REFUSED = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


def path_fault(path: str) -> Message | None:
    """What is wrong with the path of a file below a folder; None where nothing is.

    It is relative, with / between folders, without .. and without the signs by which drivers and QGIS take more than a
    path from a text: a colon (drives, addresses), | (layers and filters), ? and * (queries, patterns).
    """
    if found := _REFUSED.search(path):
        return Message(
            "the path '{path}' has the character '{sign}': give a path relative to the folder, with / between folders.",
            path=path,
            sign=found[0] if found[0].isprintable() else repr(found[0])[1:-1],
        )
    if path.startswith("/"):
        return Message("the path '{path}' is absolute: give one relative to the folder.", path=path)
    if any(part in ("", ".", "..") or part != part.strip() for part in path.split("/")):
        return Message(
            "the path '{path}' leaves its folder or has an empty part: name folders and file with / between them.",
            path=path,
        )
    return None


def file_below(folder: Path, path: str) -> Path:
    """The file at a path of a document below a folder, whether or not it exists.

    Raises
    ------
    InputError
        Where the path, or a link on it, leaves the folder.
    """
    if fault := path_fault(path):
        raise InputError("In the folder '{folder}': {fault}", folder=folder, fault=fault)
    file = folder.joinpath(*PurePosixPath(path).parts)
    if leads_out(file, folder):
        raise InputError(
            "'{path}' is a link that leads out of the folder '{folder}': put the file itself there.",
            path=path,
            folder=folder,
        )
    return file

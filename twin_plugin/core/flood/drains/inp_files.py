"""Other files that a SWMM input names: read into it, found beside it, or left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ...common.encoding_guess import encoding_of_file
from ...common.errors import InputError
from ...common.messages import Message
from .inp_text import InpLine, InpText

_USED = ("RAINFALL", "RUNOFF", "RDII", "INFLOWS")
"""What USE in [FILES] may bring in; a hot start is the run's own (START)."""
_NAMED_AT = {"RAINGAGES": 4, "TEMPERATURE": 0}
"""The item FILE in a line of these sections, before the file's name."""
_REPORT_AT = 8
"""The item of LID_USAGE that names a file which the engine would write."""


def is_path(item: str) -> bool:
    """Whether an item names a file, so that it is no object's name."""
    return "/" in item or "\\" in item


def inlined_series(text: InpText, lines: Iterable[InpLine]) -> Iterator[InpLine]:
    """The lines of [TIMESERIES], with the rows of files instead of their names.

    Raises
    ------
    InputError
        When a file cannot be read.
    """
    for line in lines:
        if line.item(1).upper() != "FILE":
            yield line
            continue
        path = _existing(text, line, line.item(2))
        for row in path.read_text(encoding_of_file(path), "replace").splitlines():
            items = row.split(";", 1)[0].split()
            if items:
                yield InpLine(line.number, row, (line.item(0), *items))


def with_full_paths(text: InpText, section: str, lines: Iterable[InpLine]) -> Iterator[InpLine]:
    """The lines of a section with the full paths of files that they read, and without those that they write."""
    at = _NAMED_AT.get(section)
    for line in lines:
        if at is not None and line.item(at).upper() == "FILE":
            path = str(_existing(text, line, line.item(at + 1)))
            line = InpLine(line.number, line.text, (*line.items[: at + 1], path, *line.items[at + 2 :]))
        elif section == "LID_USAGE" and line.item(_REPORT_AT) not in ("", "*"):
            items = (*line.items[:_REPORT_AT], "*", *line.items[_REPORT_AT + 1 :])
            line = InpLine(line.number, line.text, items)
        yield line


def used_files(text: InpText) -> Iterator[InpLine]:
    """The lines of [FILES] that only read, with full paths."""
    for line in text.lines("FILES"):
        if _is_used(line):
            path = str(_existing(text, line, line.item(2)))
            yield InpLine(line.number, line.text, (*line.items[:2], path))


def dropped_files(text: InpText) -> Iterator[Message]:
    """What is said of the lines of [FILES] that are left out."""
    for line in text.lines("FILES"):
        if not _is_used(line):
            yield Message(
                "'{source}', line {line}: '{words}' is left out: the engine writes only into the run's own folder and "
                "starts from START.",
                source=text.source,
                line=line.number,
                words=line.text,
            )


def _is_used(line: InpLine) -> bool:
    return line.item(0).upper() == "USE" and line.item(1).upper() in _USED


def _existing(text: InpText, line: InpLine, name: str) -> Path:
    """A file that a line names, looked for beside the input."""
    path = Path(name.replace("\\", "/"))
    if not path.is_absolute() and text.folder is not None:
        path = text.folder / path
    if not path.is_file():
        raise InputError(
            "'{source}', line {line}: the file '{name}' of '{object}' does not exist: put it beside the input, or "
            "correct the name.",
            source=text.source,
            line=line.number,
            name=name,
            object=line.item(0),
        )
    return path.resolve()

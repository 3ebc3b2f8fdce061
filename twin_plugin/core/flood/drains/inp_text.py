"""The text of a SWMM input (.inp): its sections, and lines with their numbers and items, in any usual encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...common import encoding_guess
from ...common.errors import InputError
from ...common.messages import Message

LARGEST_BYTES = 1 << 28
LONGEST_LINE = 1024
"""SWMM reads no longer lines."""
_ITEM = re.compile(r'"[^"]*"|\S+')
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

SECTIONS = (
    "TITLE", "OPTIONS", "FILES", "RAINGAGES", "HYDROGRAPHS", "EVAPORATION", "TEMPERATURE", "SUBCATCHMENTS", "SUBAREAS",
    "INFILTRATION", "AQUIFERS", "GROUNDWATER", "GWF", "SNOWPACKS", "JUNCTIONS", "OUTFALLS", "STORAGE", "DIVIDERS",
    "CONDUITS", "PUMPS", "ORIFICES", "WEIRS", "OUTLETS", "XSECTIONS", "TRANSECTS", "LOSSES", "CONTROLS", "POLLUTANTS",
    "LANDUSES", "BUILDUP", "WASHOFF", "COVERAGES", "INFLOWS", "DWF", "PATTERNS", "RDII", "LOADINGS", "CURVES",
    "TIMESERIES", "REPORT", "MAP", "COORDINATES", "VERTICES", "POLYGONS", "LABELS", "SYMBOLS", "BACKDROP", "TAGS",
    "PROFILES", "TREATMENT", "LID_CONTROLS", "LID_USAGE", "ADJUSTMENTS", "EVENTS", "STREETS", "INLETS", "INLET_USAGE",
)  # fmt: skip
_STEMS = {
    "TITLE": "TITLE", "OPTION": "OPTIONS", "FILE": "FILES", "RAINGAGE": "RAINGAGES", "HYDROGRAPH": "HYDROGRAPHS",
    "EVAP": "EVAPORATION", "TEMP": "TEMPERATURE", "SUBCATCH": "SUBCATCHMENTS", "SUBAREA": "SUBAREAS",
    "INFIL": "INFILTRATION", "AQUIFER": "AQUIFERS", "GROUNDWATER": "GROUNDWATER", "SNOWPACK": "SNOWPACKS",
    "JUNC": "JUNCTIONS", "OUTFALL": "OUTFALLS", "STORAGE": "STORAGE", "DIVIDER": "DIVIDERS", "CONDUIT": "CONDUITS",
    "PUMP": "PUMPS", "ORIFICE": "ORIFICES", "WEIR": "WEIRS", "OUTLET": "OUTLETS", "XSECT": "XSECTIONS",
    "TRANSECT": "TRANSECTS", "LOSS": "LOSSES", "CONTROL": "CONTROLS", "POLLUT": "POLLUTANTS", "LANDUSE": "LANDUSES",
    "BUILDUP": "BUILDUP", "WASHOFF": "WASHOFF", "COVERAGE": "COVERAGES", "INFLOW": "INFLOWS", "DWF": "DWF",
    "PATTERN": "PATTERNS", "RDII": "RDII", "LOADING": "LOADINGS", "CURVE": "CURVES", "TIMESERIES": "TIMESERIES",
    "REPORT": "REPORT", "MAP": "MAP", "COORDINATE": "COORDINATES", "VERTICES": "VERTICES", "POLYGON": "POLYGONS",
    "LABEL": "LABELS", "SYMBOL": "SYMBOLS", "BACKDROP": "BACKDROP", "TAG": "TAGS", "PROFILE": "PROFILES",
    "TREATMENT": "TREATMENT", "LID_CONTROL": "LID_CONTROLS", "LID_USAGE": "LID_USAGE", "GWF": "GWF",
    "ADJUSTMENT": "ADJUSTMENTS", "EVENT": "EVENTS", "STREET": "STREETS", "INLETS": "INLETS",
    "INLET_USAGE": "INLET_USAGE",
}  # fmt: skip
"""What the engine compares with the beginning of a section's name."""


@dataclass(frozen=True)
class InpLine:
    """A line with its number in the file, as it stands there and as its items, without comment and quotes."""

    number: int
    text: str
    items: tuple[str, ...]

    def item(self, position: int, default: str = "") -> str:
        """An item; `default` where the line ends before it."""
        return self.items[position] if position < len(self.items) else default


@dataclass(frozen=True)
class InpText:
    """A SWMM input as sections.

    Attributes
    ----------
    source : str
        Name of the file or of the layers, for sentences.
    folder : Path or None
        Where the files that it names are looked for.
    sections : mapping
        The lines of each section by its full name, in the order of the file, without empty lines and comments. A
        section that stands there twice has the lines of both.
    encoding : str
    notes : tuple of Message
    numbered : bool
        Whether the user has a file with these lines; False for layers.
    """

    source: str
    folder: Path | None
    sections: Mapping[str, tuple[InpLine, ...]]
    encoding: str = "utf-8"
    notes: tuple[Message, ...] = ()
    numbered: bool = True

    def lines(self, *names: str) -> Iterator[InpLine]:
        """The lines of some sections."""
        for name in names:
            yield from self.sections.get(name, ())

    def option(self, name: str, default: str) -> str:
        """A value of [OPTIONS]; the last one counts, as for the engine."""
        found = [line.item(1) for line in self.lines("OPTIONS") if line.item(0).upper() == name]
        return found[-1] if found else default


def read_inp(path: Path) -> InpText:
    """Read a file.

    Raises
    ------
    InputError
        When it cannot be read or is no SWMM input.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError("'{path}' has more than 256 MB, which no SWMM input has: choose the .inp file.", path=path)
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            "The drains in '{path}' cannot be read ({reason}): choose another file.",
            path=path,
            reason=error.strerror or error,
        ) from error
    encoding, notes = _encoding_of(data), []
    if encoding not in ("utf-8", "utf-8-sig", "utf-16"):
        note = Message(
            "'{name}' is not in UTF-8: it was read as {encoding}. Save it in UTF-8 if names look wrong.",
            name=path.name,
            encoding=encoding.upper(),
        )
        notes.append(note)
    return parse(data.decode(encoding, "replace"), path.name, path.parent, encoding, tuple(notes))


def parse(
    text: str, source: str, folder: Path | None = None, encoding: str = "utf-8", notes: tuple[Message, ...] = ()
) -> InpText:
    """The sections of a text.

    Raises
    ------
    InputError
        When a line stands before the first section or is too long, or there is no section of nodes.
    """
    sections: dict[str, list[InpLine]] = {}
    current: list[InpLine] | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.split(";", 1)[0].strip()
        if not line:
            continue
        if len(line) > LONGEST_LINE:
            raise InputError(
                "'{source}', line {line}, has more than 1,024 letters, which SWMM does not read: is it a SWMM input?",
                source=source,
                line=number,
            )
        if line.startswith("["):
            current = sections.setdefault(section_name(line), [])
        elif current is None:
            raise InputError(
                "'{source}', line {line}, stands before the first section: the file is no SWMM input (.inp).",
                source=source,
                line=number,
            )
        else:
            items = tuple(item.strip('"') for item in _ITEM.findall(line))
            current.append(InpLine(number, line, items))
    kept = {name: tuple(lines) for name, lines in sections.items()}
    if not any(kept.get(name) for name in ("JUNCTIONS", "OUTFALLS", "STORAGE", "DIVIDERS")):
        raise InputError(
            "'{source}' has no nodes: a SWMM input has them in the sections JUNCTIONS and OUTFALLS.", source=source
        )
    return InpText(source, folder, kept, encoding, notes)


def section_name(heading: str) -> str:
    """The full name of a section by its heading, which SWMM takes by its beginning; the heading where unknown."""
    word = heading.strip().strip("[]").strip().upper()
    if word in SECTIONS:
        return word
    fits = [stem for stem in _STEMS if word.startswith(stem)]
    return _STEMS[max(fits, key=len)] if fits else word


def _encoding_of(data: bytes) -> str:
    """By the byte order mark, else UTF-8 where it fits; GB 18030 for Chinese, else Western European (CP1252)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    lines = [line for line in data.splitlines() if not line.isascii()]
    try:
        for line in lines:
            line.decode("utf-8")
    except UnicodeDecodeError:
        guess = encoding_guess.guess(lines[: encoding_guess.SAMPLE])
        return "cp1252" if guess == "latin-1" else guess
    return "utf-8"

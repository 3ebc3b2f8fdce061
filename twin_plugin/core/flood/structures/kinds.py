"""Kinds of structures, the words for them, the fields of each and the inlets of culverts: rows of resources/tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ...common.csv_table import read_rows
from ...common.errors import InputError
from ...common.keywords import folded


class Kind(Enum):
    """What a structure is."""

    KERB = "kerb"
    WALL = "wall"
    LEVEE = "levee"
    BARRIER = "barrier"
    CULVERT = "culvert"
    BRIDGE = "bridge"
    WEIR = "weir"
    PUMP = "pump"
    GATE = "gate"
    ORIFICE = "orifice"


RAISING = (Kind.KERB, Kind.WALL, Kind.LEVEE, Kind.BARRIER)
"""Kinds that raise the terrain along their line; the others pass water between two places."""
NEEDED = "needed"


@dataclass(frozen=True)
class StructureField:
    """A field that a kind reads.

    Attributes
    ----------
    without : str
        What counts where the field is empty: a number, the words for what is taken instead, `NEEDED`, or "" for
        nothing.
    least, most : float
        Limits of a number.
    """

    name: str
    unit: str
    without: str
    least: float
    most: float
    meaning: str

    @property
    def default(self) -> float:
        """The number that counts where the field is empty; NaN where it is none."""
        try:
            return float(self.without)
        except ValueError:
            return math.nan


@dataclass(frozen=True)
class CulvertInlet:
    """Constants of inlet control of one inlet (FHWA HDS-5, table A.1) and its entrance loss (table C.2)."""

    name: str
    shape: str
    form: int
    k: float
    m: float
    c: float
    y: float
    slope_factor: float
    entrance_loss: float


DEFAULT_INLETS = {"circular": "square edge", "box": "90 wingwall"}


@dataclass(frozen=True)
class StructureTables:
    """What the tables of resources say of structures."""

    words: Mapping[str, Kind]
    fields: Mapping[Kind, Mapping[str, StructureField]]
    inlets: Mapping[str, CulvertInlet]

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields of all kinds, each once."""
        return tuple(dict.fromkeys(name for fields in self.fields.values() for name in fields))

    def kind(self, word: object, name: str) -> Kind:
        """The kind that a word stands for; `name` is the structure's, for the error."""
        found = self.words.get(folded(str(word or "")).replace("_", " "))
        if found is None:
            raise InputError(
                "Structure {name}: the kind '{word}' is unknown. Give kerb, wall, levee, barrier, culvert, bridge, "
                "weir, pump, gate or orifice, or one of the words of the manual's table of kinds.",
                name=name,
                word="" if word is None else str(word),
            )
        return found

    def inlet(self, word: str, shape: str, name: str) -> CulvertInlet:
        """The inlet of a culvert by its name, or that of its shape where the name is empty."""
        found = self.inlets.get(folded(word or DEFAULT_INLETS[shape]))
        if found is None or found.shape != shape:
            known = ", ".join(inlet.name for inlet in self.inlets.values() if inlet.shape == shape)
            raise InputError(
                "Structure {name}: the inlet '{word}' is none of a {shape} culvert. Choose one of: {known}.",
                name=name,
                word=word,
                shape=shape,
                known=known,
            )
        return found


def read_structure_tables(kinds: Path, fields: Path, inlets: Path) -> StructureTables:
    """The tables of structures; raises InputError where one cannot be read."""
    words = {folded(row["word"]): Kind(row["kind"]) for row in read_rows(kinds, ("kind", "word"))}
    by_kind: dict[Kind, dict[str, StructureField]] = {kind: {} for kind in Kind}
    for row in read_rows(fields, ("kind", "field", "unit", "without", "least", "most", "meaning")):
        limits = _limit(row["least"], -math.inf), _limit(row["most"], math.inf)
        item = StructureField(row["field"], row["unit"], row["without"], *limits, row["meaning"])
        by_kind[Kind(row["kind"])][item.name] = item
    return StructureTables(words, by_kind, {inlet.name: inlet for inlet in _inlets(read_rows(inlets, ("inlet",)))})


def _inlets(rows: Iterable[Mapping[str, str]]) -> Iterable[CulvertInlet]:
    for row in rows:
        numbers = (float(row[name]) for name in ("k", "m", "c", "y", "slope_factor", "entrance_loss"))
        yield CulvertInlet(row["inlet"], row["shape"], int(row["form"]), *numbers)


def _limit(text: str, without: float) -> float:
    return float(text) if text else without

"""Facts that are rows of tables: the part that each IFC class plays, and the words for uses, stages and templates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ..common.csv_table import read_rows
from ..common.keywords import StreetWords, holds, spaced, word_pattern

TABLES = Path(__file__).resolve().parents[2] / "resources" / "tables"

Names = tuple[str, ...]


@lru_cache(maxsize=16)
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of the plugin, such as "building_use"."""
    return tuple(read_rows(TABLES / f"{name}.csv"))


def first_match(name: str, column: str, text: str, streets: StreetWords | None = None) -> str:
    """What the first row of a table of keywords says whose keyword the text holds as a word; "" when none does.

    A keyword that is the name of a street does not count where the words of streets are given.
    """
    words = spaced(text) if text else ""
    rows = _keywords(name, column) if words else ()
    return next((said for core, keyword, said in rows if core in words and holds(words, keyword, streets)), "")


@lru_cache(maxsize=64)
def _keywords(name: str, column: str) -> tuple[tuple[str, str, str], ...]:
    """The keywords of a table, each behind what a text needs for it, and what a column says beside it."""
    return tuple(
        (word_pattern(row["keyword"])[0], row["keyword"], row[column]) for row in table(name) if row["keyword"]
    )


@cache
def street_words() -> StreetWords:
    """The words that make a name that of a street."""
    return StreetWords(table("street_words"))


@dataclass(frozen=True)
class IfcClasses:
    """The classes that the reader knows, each by the part it plays; a subclass counts as what it descends from.

    Attributes
    ----------
    shell : tuple of str
        Their projection makes a building's outline.
    proxy, infrastructure, other : tuple of str
        Drawn where nothing encloses; proxies and infrastructure also where there is no building.
    part : tuple of str
        Storeys and parts of facilities; their own body draws a building that has no other.
    space : tuple of str
        Drawn where there is no element of a shell.
    facility : tuple of str
        Buildings, and bridges, roads and others that are read like buildings.
    encloses : tuple of str
        Keep rain out: where a model has one, proxies are furniture.
    wall, floor, used : tuple of str
        A storey with one of them counts as walled, as built, as used.
    way : tuple of str
        Stairs and ramps, which leave a footprint where they can.
    opening : dict of str to str
        Classes that let water in, with the kind of opening that each is where no keyword says another.
    use : dict of str to str
        The use of facilities of exactly this class.
    kept, stated, placed : tuple of str
        What a trimmed model keeps: all entities; all and what property sets, quantities and classifications say of
        them; those that other entities need, with their placement.
    """

    shell: Names
    proxy: Names
    infrastructure: Names
    other: Names
    space: Names
    facility: Names
    encloses: Names
    wall: Names
    floor: Names
    used: Names
    way: Names
    opening: dict[str, str]
    use: dict[str, str]
    kept: Names
    stated: Names
    placed: Names
    part: Names

    @property
    def drawn(self) -> Names:
        """The classes that elements of a shell go by, in the order in which they are tried."""
        return (*self.shell, *self.proxy, *self.infrastructure)


@cache
def ifc_classes() -> IfcClasses:
    """The table ifc_classes.csv."""
    rows = table("ifc_classes")

    def where(column: str, *values: str) -> Names:
        return tuple(row["class"] for row in rows if row[column] in values)

    roles = {role: where("role", role) for role in ("shell", "proxy", "infrastructure", "other", "space", "facility")}
    return IfcClasses(
        **roles,
        encloses=where("encloses", "yes"),
        wall=where("storey", "wall"),
        floor=where("storey", "wall", "floor"),
        used=where("storey", "used"),
        way=where("way", "yes"),
        opening={row["class"]: row["opening"] for row in rows if row["opening"]},
        use={row["class"]: row["use"] for row in rows if row["use"]},
        kept=where("trim", "kept", "stated"),
        stated=where("trim", "stated"),
        placed=where("trim", "stated", "placed"),
        part=where("role", "part"),
    )

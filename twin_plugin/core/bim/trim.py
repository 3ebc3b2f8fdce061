"""Leaves out of a model's text what reading its buildings never asks for, before a parser makes objects of it.

What is kept is found by following references from what the reader starts at: the spatial structure, the elements that
are meshed, the relations between them, the property sets that are read, and the georeference. Furniture, pipes,
materials, styles, layers, space boundaries and quantities are most of a model, and nothing here reads them. Whatever
else the reader is taught to read has to be a row of ifc_classes.csv, or it will not be there: test_trim_guard.py
watches the reader and names what is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .class_tables import ifc_classes
from .conversion import length_unit_m, unit_scale
from .direct import Direct, mesh_directly
from .elements import GROUND_CLASSES, SITES
from .numbering import MOST_NUMBER
from .openings import candidate_classes
from .step_table import Flags, Ints, Kinds, StepTable, kind_written, kinds_of, ranges, scan
from .voids import VOIDED, floor_classes
from .wanted import MATERIAL, NOTHING, Wanted

END = b"\nENDSEC;\nEND-ISO-10303-21;\n"
RELATIONS = ("IfcRelContainedInSpatialStructure", "IfcRelAggregates", "IfcRelNests", "IfcRelFillsElement")
"""What tells the building of an element; see `elements.parent`."""

EXTERNAL = b"ISEXTERNAL'"
"""The only property of an element that is read."""


FEW_RECORDS = 500
"""What a project leads to is followed record by record up to so many."""


class _Classes:
    """Which of a schema's classes play which part in the reader."""

    def __init__(self, schema: str) -> None:
        of, known = kinds_of(schema).of, ifc_classes()
        self.roots = of(*known.kept)
        self.product = of("IfcProduct")
        self.shells = of(*known.shell)
        self.enclosing = of(*known.encloses)
        self.proxy = of(*known.proxy, *known.infrastructure, *known.other)
        self.opening = of(*candidate_classes())
        self.building = of("IfcBuilding")
        self.facility = of(*known.facility)
        self.stated = of(*known.stated)
        self.placed = of(*known.placed)
        self.space = of(*known.space)
        self.floor = of(*floor_classes())
        self.owner = of(*known.facility, *known.part)
        self.voids, self.void = of("IfcRelVoidsElement"), of("IfcFeatureElementSubtraction")
        self.voided = of(*VOIDED)
        self.relation, self.whole = of(*RELATIONS), of("IfcRelAggregates")
        self.kind = of("IfcTypeObject")
        self.shape = of("IfcProductRepresentation")
        self.placement = of("IfcLocalPlacement")
        self.map = of("IfcRepresentationMap")
        self.project = of("IfcProject")
        self.context = of("IfcRepresentationContext")
        self.by_properties = of("IfcRelDefinesByProperties")
        self.by_type = of("IfcRelDefinesByType")
        self.classified = of("IfcRelAssociatesClassification")
        self.alignment, self.referent = of("IfcAlignment"), of("IfcReferent")
        self.ground = of(*SITES, *GROUND_CLASSES)
        self.material = of("IfcRelAssociatesMaterial")
        self.property_set = of("IfcPropertySetDefinition")


_classes = lru_cache(maxsize=4)(_Classes)


@dataclass(frozen=True)
class Trimmed:
    """A STEP file in which the records that are left have their ids, and the elements whose shapes are not left.

    Attributes
    ----------
    text : bytes
    direct : Direct or None
    count : int
        How many records are left.
    strange : Counter of str
        The classes in the whole file that the schema lacks, with the number of their records.
    """

    text: bytes
    direct: Direct | None
    count: int
    strange: Counter[str]


def trim(data: bytes, schema: str, directly: bool = True, asked: Wanted = NOTHING) -> Trimmed | None:
    """The text of a model without what the reader never asks for.

    Parameters
    ----------
    data : bytes
        A whole STEP file.
    schema : str
        The schema it is parsed under.
    directly : bool
        Whether elements whose shapes allow it are meshed from the text, and their shapes left out of it.
    asked : Wanted
        What is read beside the buildings, and stays in the text for that.

    Returns
    -------
    Trimmed or None
        None for a file that is better parsed whole.
    """
    table = scan(data, schema)
    if table is None or table.ids.max() > MOST_NUMBER:
        return None
    return _Trimmer(table, schema, directly, asked).trimmed()


class _Trimmer:
    """Follows references from the roots; a product that is not meshed keeps its name and loses its shape and place."""

    def __init__(self, table: StepTable, schema: str, directly: bool, asked: Wanted) -> None:
        self.table, self.classes, self.asked = table, _classes(schema), asked
        self.names: Kinds = kinds_of(schema)
        self.sources = np.repeat(np.arange(len(table.ids)), np.diff(table.first))
        self.meshed = self._meshed()
        self.direct: Direct | None = None
        units = self._units() if directly and self.meshed.any() else None
        if units is not None:
            self.direct = mesh_directly(table, schema, self.meshed, *units)

    def trimmed(self) -> Trimmed:
        """The text that is left, and the elements that are not in it."""
        table, emptied = self.table, self._emptied()
        kept, stubs = self._reach(self._roots(), emptied)
        pieces = [table.data[: table.begin], b"\n"]
        for record in np.flatnonzero(kept & emptied):
            # A representation keeps its name and loses its items, which are its last value.
            written = table.text(int(record))
            pieces += (written[: written.rindex(b"(")], b"());\n")
        everything = kept
        kept = kept & ~emptied
        edges = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]]).astype(np.int8)))
        for first, behind in zip(edges[::2], edges[1::2], strict=True):
            pieces += (table.data[table.starts[first] : table.ends[behind - 1]], b"\n")
        for record in stubs:
            pieces.append(self._stub(int(record)))
        pieces.append(END)
        count = int(kept.sum()) + int((everything & emptied).sum()) + len(stubs)
        return Trimmed(b"".join(pieces), self.direct, count, self._strange())

    def _strange(self) -> Counter[str]:
        """The classes that the schema lacks, in capitals."""
        table = self.table
        rows = np.flatnonzero(table.kinds == len(self.names.names)).tolist()
        return Counter(kind_written(table.text(row)) for row in rows)

    def _units(self) -> tuple[float, float] | None:
        """Metres and radians in the units of the project, by a model of nothing but it; None where that is no model."""
        import ifcopenshell

        lines = b"\n".join(self.table.text(record) for record in self._behind_project())
        text = self.table.data[: self.table.begin] + lines + END
        try:
            model = ifcopenshell.file.from_string(text.decode("latin-1"))
            return length_unit_m(model), unit_scale(model, "PLANEANGLEUNIT")
        except (ifcopenshell.Error, ifcopenshell.SchemaError, OSError, RuntimeError):
            return None

    def _behind_project(self) -> list[int]:
        """The projects and all that they lead to, which is little and no product but in damaged files."""
        table, projects = self.table, self.classes.project[self.table.kinds]
        found = set(np.flatnonzero(projects).tolist())
        waiting = list(found)
        while waiting:
            if len(found) > FEW_RECORDS:
                return np.flatnonzero(self._reach(projects, np.zeros(len(projects), dtype=np.bool_))[0]).tolist()
            record = waiting.pop()
            fresh = set(table.targets[table.first[record] : table.first[record + 1]].tolist()) - found - {-1}
            found |= fresh
            waiting += fresh
        return sorted(found)

    def _emptied(self) -> Flags:
        """The representations of elements that are meshed already and that no other element uses."""
        emptied = np.zeros(len(self.table.ids), dtype=np.bool_)
        if self.direct is None:
            return emptied
        mine = np.zeros(len(emptied), dtype=np.bool_)
        mine[self.direct.records] = True
        shapes = self._named(mine) & self.classes.shape[self.table.kinds]
        shapes &= ~self._named(self.classes.product[self.table.kinds] & ~mine)
        emptied[self.direct.shapes] = True
        users = (self.classes.shape | self.classes.map)[self.table.kinds] & ~shapes
        return emptied & ~self._named(users)

    def _named(self, naming: Flags) -> Flags:
        """The records that one of these refers to."""
        first, records = self.table.first, np.flatnonzero(naming)
        targets = self.table.targets[ranges(first[records], first[records + 1] - first[records])]
        named = np.zeros(len(naming), dtype=np.bool_)
        named[targets[targets >= 0]] = True
        return named

    def _stub(self, record: int) -> bytes:
        """A record without values, so that references to it still resolve."""
        kind = int(self.table.kinds[record])
        values = "$,$,()" if self.classes.shape[kind] else "$,$"
        return f"#{self.table.ids[record]}={self.names.names[kind].upper()}({values});\n".encode("ascii")

    def _meshed(self) -> Flags:
        """Which records are elements that may be meshed; see `elements.shell` and `building.read_buildings`."""
        kinds, classes = self.table.kinds, self.classes
        shell = classes.shells[kinds]
        wanted = shell | classes.opening[kinds]
        is_building = bool(classes.building[kinds].any())
        infrastructure = not is_building and bool(classes.facility[kinds].any())
        several = int((classes.building | classes.facility)[kinds].sum()) > 1
        if infrastructure or several or not classes.enclosing[kinds].any():
            wanted |= classes.proxy[kinds]
        else:
            wanted |= self._parts()
        if not wanted.any() or not shell.any() or not classes.floor[kinds].any():
            wanted |= classes.space[kinds]
        if self.asked.rooms:
            wanted |= classes.space[kinds]
        if self.asked.terrain:
            wanted |= classes.ground[kinds]
        wanted |= classes.owner[kinds] | self._voids()
        return np.asarray(wanted, dtype=np.bool_)

    def _parts(self) -> Flags:
        """The proxies that are parts of walls, slabs and roofs, which may have no other body."""
        kinds, classes = self.table.kinds, self.classes
        proxies = classes.proxy[kinds]
        if not proxies.any():
            return np.asarray(proxies, dtype=np.bool_)
        relations = classes.whole[kinds] & self._naming(classes.enclosing[kinds])
        return np.asarray(self._named(relations) & proxies, dtype=np.bool_)

    def _voids(self) -> Flags:
        """The openings in slabs and roofs, which may be courtyards."""
        kinds, classes = self.table.kinds, self.classes
        relations = classes.voids[kinds] & self._naming(classes.voided[kinds])
        return np.asarray(self._named(relations) & classes.void[kinds], dtype=np.bool_)

    def _related(self) -> Flags:
        """What stands in a relation that tells its building."""
        return self._named(self.classes.relation[self.table.kinds])

    def _roots(self) -> Flags:
        kinds, classes = self.table.kinds, self.classes
        roots = classes.roots[kinds]
        told = classes.stated[kinds]
        of_whole = self._naming(told | classes.space[kinds] if self.asked.rooms else told)
        of_opening = self._naming(classes.opening[kinds])
        roots |= of_whole & (classes.by_properties | classes.classified | classes.by_type)[kinds]
        roots |= of_opening & classes.by_type[kinds]
        # A property set of an element is kept where it holds the one property that is read.
        sets = self._naming(self._external())
        sets &= classes.property_set[kinds]
        roots |= of_opening & self._naming(sets) & classes.by_properties[kinds]
        if self.asked.alignments:
            roots |= self._naming(classes.referent[kinds]) & classes.by_properties[kinds]
        if self.asked.properties:
            roots |= self._asked_relations()
        return np.asarray(roots, dtype=np.bool_)

    def _asked_relations(self) -> Flags:
        """The relations of the property sets, types and materials that are asked for."""
        kinds, classes = self.table.kinds, self.classes
        groups = [one.group for one in self.asked.properties if one.group]
        bare = [one.name for one in self.asked.properties if not one.group and one != MATERIAL]
        sets = classes.property_set[kinds]
        if groups or bare:
            named = self._holding(groups) & sets
            named |= self._naming(self._holding(bare)) & sets
        else:
            named = np.zeros(len(kinds), dtype=np.bool_)
        material = classes.material[kinds] if self.asked.material else np.zeros(len(kinds), dtype=np.bool_)
        told_types = self._naming(named) | self._named(material)
        types = told_types & classes.kind[kinds]
        relations = self._naming(named) & classes.by_properties[kinds]
        return np.asarray(relations | material | (self._naming(types) & classes.by_type[kinds]), dtype=np.bool_)

    def _holding(self, names: Sequence[str]) -> Flags:
        """The records that hold one of these as a string, in any letter case; all where one is no plain text."""
        found = np.zeros(len(self.table.ids), dtype=np.bool_)
        if not all(name.isascii() and name.isprintable() and "'" not in name and "\\" not in name for name in names):
            # Other texts may be written in several ways.
            return ~found
        if not names:
            return found
        pattern = re.compile(
            b"'\\s*(?:" + b"|".join(re.escape(name).encode("ascii") for name in names) + b")\\s*'", re.I
        )
        places = np.array([match.start() for match in pattern.finditer(self.table.data)], dtype=np.int64)
        rows = np.searchsorted(self.table.ends, places)
        found[rows[rows < len(found)]] = True
        return found

    def _naming(self, named: Flags) -> Flags:
        """The records that refer to one of these."""
        # The last stands for an id that the file lacks (-1).
        hits = self.sources[np.append(named, False)[self.table.targets]]
        naming = np.zeros(len(named), dtype=np.bool_)
        naming[hits] = True
        return naming

    def _external(self) -> Flags:
        """The records with a string that is IsExternal, in any letter case."""
        external = np.zeros(len(self.table.ids), dtype=np.bool_)
        data = np.frombuffer(self.table.data, np.uint8)
        places = self.table.quotes
        for offset, letter in enumerate(EXTERNAL, start=1):
            if not len(places):
                return external
            places = places[data[np.minimum(places + offset, len(data) - 1)] & 0xDF == letter & 0xDF]
        external[np.searchsorted(self.table.ends, places)] = True
        return external

    def _reach(self, roots: Flags, emptied: Flags) -> tuple[Flags, Ints]:
        """The records that are reached from the roots, and those that are only named by what lost them."""
        table, classes, kinds = self.table, self.classes, self.table.kinds
        targets = table.targets
        bare = classes.product[kinds] & ~self.meshed
        if self.asked.alignments:
            bare &= ~classes.alignment[kinds]
        unplaced = bare & ~classes.placed[kinds]
        if self.direct is not None:
            records = self.direct.records
            # The placement tells the building of an element in no structure; that of storeys is read anyway.
            unplaced[records] = self._related()[records] & ~classes.placed[kinds[records]]
        ends = kinds[targets]
        cut = bare[self.sources] & classes.shape[ends]
        cut |= unplaced[self.sources] & classes.placement[ends]
        cut |= classes.kind[kinds][self.sources] & classes.map[ends]
        whole = targets >= 0
        kept, front = roots.copy(), np.flatnonzero(roots)
        follow = whole & ~cut & ~(emptied[self.sources] & ~classes.context[ends])
        while len(front):
            counts = table.first[front + 1] - table.first[front]
            edges = ranges(table.first[front], counts)
            reached = targets[edges[follow[edges]]]
            fresh = np.unique(reached[~kept[reached]])
            kept[fresh] = True
            front = fresh
        lost = targets[kept[self.sources] & cut & whole]
        return kept, np.unique(lost[~kept[lost]])

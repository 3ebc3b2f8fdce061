"""The content of a twin base, by table: models with their journal, buildings with their parts, placements by hand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...core.bim.tables import BIM_MODEL, BUILDING, MODEL_PLACEMENT, TABLES
from ...core.bim.warnings import ModelNotes
from ...core.common.messages import Message
from ..postgres.sql import Name, groups
from .store import stored

if TYPE_CHECKING:
    from ...core.bim.copies import StandingBuilding
    from ...core.bim.journal import JournalEntry, Present
    from ...core.bim.rows import Rows
    from ...core.bim.update import Marks, ModelRows
    from ...core.common.tables import Table
    from ...core.common.warnings import CodedMessage
    from .store import TwinBase

STANDING = Name("valid_to IS NULL")
_END = "UPDATE {table} SET valid_to = {now} WHERE valid_to IS NULL AND {column} IN ({some})"
_RESUME = "UPDATE {table} SET valid_to = NULL WHERE {column} IN ({some})"


class TableStore:
    """One table of an open base; what it writes belongs into a transaction of the caller."""

    TABLE: Table

    def __init__(self, base: TwinBase) -> None:
        self.base, self.name = base, base.table(self.TABLE.name)

    def rows(self, columns: Sequence[str], where: Name) -> Iterator[dict[str, Any]]:
        """Some columns of the rows where a condition in SQL holds."""
        text = "SELECT {columns} FROM {table} WHERE {where}"
        for values in self.base.select(text, columns=Name(", ".join(columns)), table=self.name, where=where):
            yield dict(zip(columns, values, strict=True))

    def run_for(self, text: str, values: Sequence[str], **parts: Any) -> None:
        """Run a statement on the table, with as many values at a time in place of ``{some}`` as a database takes."""
        for some in groups(values):
            self.base.run(text, table=self.name, some=some, **parts)

    def delete(self, column: str, values: Sequence[str]) -> None:
        """Delete the rows that have one of some values in a column."""
        self.run_for("DELETE FROM {table} WHERE {column} IN ({some})", values, column=Name(column))

    def insert(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows without geometry."""
        self.base.insert(self.TABLE, ((None, dict(row)) for row in rows))


class ModelStore(TableStore):
    """bim_model: a row for each file, the journal by which an update knows what to read."""

    TABLE = BIM_MODEL

    def entries(self) -> dict[str, JournalEntry]:
        """The journal; rows of folders that could not be read are not models and are left out."""
        from ...core.bim.journal import JOURNAL_COLUMNS, JournalEntry

        entries = (JournalEntry.of(row) for row in self.rows(JOURNAL_COLUMNS, Name("id NOT LIKE '%/'")))
        return {entry.id: entry for entry in entries}

    def touch(self, models: Sequence[Present]) -> None:
        """Note where files are now that hold what they held, and that they stand."""
        text = "UPDATE {table} SET path = {path}, size = {size}, mtime_ns = {time}, valid_to = NULL WHERE id = {id}"
        for model in models:
            self.base.run(text, table=self.name, path=model.path, size=model.size, time=model.mtime_ns, id=model.id)

    def replace_folders(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Replace the rows of the folders that cannot be looked into."""
        self.base.run("DELETE FROM {table} WHERE id LIKE '%/'", table=self.name)
        self.insert(rows)

    def standing(self, column: str) -> Iterator[tuple[str, Any]]:
        """Id and one value of each model that stands."""
        return ((row["id"], row[column]) for row in self.rows(("id", column), STANDING))

    def notes(self) -> dict[str, ModelNotes]:
        """The reasons and warnings of each model that stands."""
        columns = (BIM_MODEL.key, "reason", "warnings", "notes")
        return {row[BIM_MODEL.key]: ModelNotes.of_row(row) for row in self.rows(columns, STANDING)}

    def replace_warnings(self, codes: Collection[str], found: Mapping[str, Sequence[CodedMessage]]) -> None:
        """Put the warnings of a comparison in place of those of the last one, which are found by their codes."""
        changed = {}
        for model, notes in self.notes().items():
            kept = [warning for warning in notes.warnings if warning.code not in codes]
            new = replace(notes, warnings=(*kept, *found.get(model, ())))
            if new.columns()["notes"] != notes.columns()["notes"]:
                changed[model] = new
        self.set_warnings(changed)

    def set_warnings(self, notes: Mapping[str, ModelNotes]) -> None:
        """Replace the warnings of some models, as text and as data, in one transaction."""
        change = "UPDATE {table} SET warnings = NULLIF({warnings}, ''), notes = NULLIF({notes}, '') WHERE id = {key}"
        with self.base.transaction():
            for key, of_model in notes.items():
                columns = {column: stored(value) or "" for column, value in of_model.columns().items()}
                self.base.run(change, table=self.name, key=key, **columns)


class BuildingStore(TableStore):
    """building, and the tables of the parts of a building."""

    TABLE = BUILDING

    def add(self, rows: Rows) -> None:
        """Add the buildings of a model and their parts."""
        for table, of_table in rows.by_table():
            if of_table:
                self.base.insert(table, of_table)

    def delete_models(self, models: Sequence[str]) -> None:
        """Delete the buildings of some models and their parts."""
        inside = "DELETE FROM {part} WHERE {column} IN (SELECT id FROM {table} WHERE model_id IN ({some}))"
        for part in (table for table in TABLES.values() if table.parent == BUILDING.name):
            self.run_for(inside, models, part=self.base.table(part.name), column=Name(part.parent_column))
        self.delete(BUILDING.parent_column, models)

    def repeated(self) -> Iterator[StandingBuilding]:
        """The buildings that stand and whose GlobalId occurs more than once, each with a point in it."""
        from ...core.bim.copies import StandingBuilding

        keys = Counter(row["id"].rpartition("/")[2] for row in self.rows(("id",), STANDING))
        if all(count == 1 for count in keys.values()):
            return
        layer = self.base.layer(BUILDING.name)
        with self.base.explained(Message("it cannot be read")):
            layer.SetAttributeFilter("valid_to IS NULL")
            try:
                for feature in layer:
                    key = feature["id"]
                    if keys[key.rpartition("/")[2]] < 2:
                        continue
                    geometry = feature.GetGeometryRef()
                    middle = geometry.PointOnSurface() if geometry is not None else None
                    there = middle is not None and not middle.IsEmpty()
                    place = (middle.GetX(), middle.GetY()) if there else (math.nan, math.nan)
                    yield StandingBuilding(feature["model_id"], key, feature["name"] or "", *place)
            finally:
                layer.SetAttributeFilter(None)

    def ground_floors(self) -> Iterator[tuple[str, str, float, float, float]]:
        """Model, name and ground floor (m) of the buildings that stand, and a point in each."""
        layer = self.base.layer(BUILDING.name)
        with self.base.explained(Message("it cannot be read")):
            layer.SetAttributeFilter("valid_to IS NULL AND ground_floor_elev_m IS NOT NULL")
            try:
                for feature in layer:
                    geometry = feature.GetGeometryRef()
                    middle = geometry.PointOnSurface() if geometry is not None else None
                    if middle is not None and not middle.IsEmpty():
                        values = (feature[name] for name in ("model_id", "name", "ground_floor_elev_m"))
                        yield (*values, middle.GetX(), middle.GetY())
            finally:
                layer.SetAttributeFilter(None)


class PlacementStore(TableStore):
    """model_placement: the placements by hand, which people may edit there."""

    TABLE = MODEL_PLACEMENT

    def complete(self) -> list[dict[str, Any]]:
        """The placements that have a path and coordinates."""
        return list(self.rows(MODEL_PLACEMENT.names, Name("path IS NOT NULL AND x IS NOT NULL AND y IS NOT NULL")))

    def keep(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put placements in, each in place of the one of the same path."""
        self.delete(MODEL_PLACEMENT.key, [row["path"] for row in rows])
        self.insert(rows)


class TwinStore:
    """A base as an update reads and writes it (`core.bim.update.Store`): each call is one transaction."""

    def __init__(self, base: TwinBase) -> None:
        self.base = base
        self.models, self.buildings, self.kept_placements = ModelStore(base), BuildingStore(base), PlacementStore(base)

    @property
    def crs(self) -> str:
        """Label of the CRS of the geometries, "" while there is none."""
        return self.base.crs

    def set_crs(self, crs: str) -> None:
        """Set the CRS of a base that has none."""
        self.base.set_crs(crs)

    def entries(self) -> dict[str, JournalEntry]:
        """The journal by model id."""
        return self.models.entries()

    def placements(self) -> list[dict[str, Any]]:
        """The placements that the base keeps."""
        return self.kept_placements.complete()

    def mark(self, marks: Marks) -> None:
        """Note what vanished, came back, was moved or placed, and which folders cannot be looked into."""
        of_model, back = Name(BUILDING.parent_column), [model.id for model in marks.touched]
        with self.base.transaction():
            self.models.run_for(_END, marks.vanished, column=Name(BIM_MODEL.key), now=marks.now)
            self.buildings.run_for(_END, marks.vanished, column=of_model, now=marks.now)
            self.models.touch(marks.touched)
            self.buildings.run_for(_RESUME, back, column=of_model)
            self.models.replace_folders(marks.refused.values())
            self.kept_placements.keep(marks.placements)

    def write(self, models: Sequence[ModelRows]) -> None:
        """Replace the rows of some models, with their journal rows, in one transaction."""
        with self.base.transaction():
            self.buildings.delete_models([model.id for model in models if model.known and not model.keep])
            self.models.delete(BIM_MODEL.key, [model.id for model in models if model.known or model.keep])
            for model in models:
                if not model.keep:
                    self.buildings.add(model.rows)
                self.models.insert([model.values])

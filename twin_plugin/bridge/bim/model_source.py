"""The data source of some models (a twin base or the report of a run), and the text by which a project keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ModelSource:
    """A twin base in a GeoPackage or in PostGIS, or the report of one run in the project; false for none of them.

    Attributes
    ----------
    path : str
        The GeoPackage of a twin base.
    connection, schema : str
        QGIS's connection to PostgreSQL, and the schema of a twin base in that database.
    layer_id : str
        The layer that is the report of a run of twin:loadbim.
    """

    path: str = ""
    connection: str = ""
    schema: str = ""
    layer_id: str = ""

    @classmethod
    def parse(cls, text: str) -> ModelSource:
        """The source of a text such as 'file:PATH', 'postgres:CONNECTION/SCHEMA' or 'layer:ID'."""
        kind, _, place = text.partition(":")
        if kind == "file":
            return cls(path=place)
        if kind == "postgres":
            connection, _, schema = place.rpartition("/")
            return cls(connection=connection, schema=schema)
        return cls(layer_id=place if kind == "layer" else "")

    @property
    def text(self) -> str:
        """What `parse` reads; '' for none."""
        if self.path:
            return f"file:{self.path}"
        if self.connection:
            return f"postgres:{self.connection}/{self.schema}"
        return f"layer:{self.layer_id}" if self.layer_id else ""

    @property
    def name(self) -> str:
        """The name of a twin base: that of its file, or connection/schema."""
        return Path(self.path).name if self.path else f"{self.connection}/{self.schema}"

    @property
    def is_base(self) -> bool:
        """Whether it is a twin base."""
        return bool(self.path or self.connection)

    def __bool__(self) -> bool:
        return self != ModelSource()

"""Filters as SQL with bound parameters, for SQLite (GeoPackage) and PostGIS; no value ever stands in the text."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ..common.errors import InputError
from . import ast, instants, like, wkt
from .evaluate import GEOMETRY_NAMES
from .temporal import comparisons
from .visit import Untranslatable


class Database(StrEnum):
    """Whose SQL: SQLite marks parameters with ?, psycopg2 for PostGIS with %s."""

    SQLITE = "sqlite"
    POSTGIS = "postgis"


@dataclass(frozen=True)
class Sql:
    """A part of a statement and the parameters of its marks, in order."""

    text: str
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True)
class SqlCompiler:
    """Conditions to SQL.

    Times are compared as instants in UTC: a PostgreSQL session has to be in UTC; SQLite compares to the millisecond.

    Attributes
    ----------
    database : Database
    columns : collection of str
        Columns of the table; a property beyond them is an `InputError`, for SQLite would take its name for a text.
    geometry : str
        Column of the geometry, "" for none.
    srid : int
        Its SRID in PostGIS; geometries of filters are in WGS 84.
    """

    database: Database
    columns: Collection[str]
    geometry: str = "geom"
    srid: int = 4326

    def compile_filter(self, condition: ast.Condition) -> Sql:
        """What stands after WHERE.

        Raises
        ------
        Untranslatable
            For what the database cannot say as CQL2 means it.
        InputError
            For a property that is no column.
        """
        match condition:
            case ast.And(parts) | ast.Or(parts):
                joined = [self.compile_filter(part) for part in parts]
                both = isinstance(condition, ast.And)
                return self._list("AND" if both else "OR", joined) if joined else self._constant(true=both)
            case ast.Not(inner):
                return self._join("(NOT {})", self.compile_filter(inner))
            case ast.Comparison(operator, left, right):
                return self._join(f"({{}} {operator.value} {{}})", *self._alike(left, right))
            case ast.Between(value, low, high, negated):
                word = "NOT BETWEEN" if negated else "BETWEEN"
                return self._join(f"({{}} {word} {{}} AND {{}})", *self._alike(value, low, high))
            case ast.In(value, options, negated):
                if not options:
                    return self._constant(true=negated)
                marks = ", ".join("{}" for _ in options)
                return self._join(f"({{}} {'NOT IN' if negated else 'IN'} ({marks}))", *self._alike(value, *options))
            case ast.IsNull(value, negated):
                return self._join(f"({{}} IS {'NOT ' if negated else ''}NULL)", self._value(value, geometry=True))
            case ast.Like():
                return self._like(condition)
            case ast.SpatialRelation():
                return self._spatial(condition)
            case ast.TemporalRelation():
                return self.compile_filter(comparisons(condition))
            case ast.Truth(value):
                return self._truth(value)

    def _join(self, template: str, *parts: Sql) -> Sql:
        """The parts in the gaps of a template; a per cent sign of ours is doubled where the driver reads them."""
        if self.database is Database.POSTGIS:
            template = template.replace("%", "%%")
        text = template.format(*(part.text for part in parts))
        return Sql(text, tuple(value for part in parts for value in part.parameters))

    def _list(self, word: str, parts: list[Sql]) -> Sql:
        return self._join("(" + f" {word} ".join("{}" for _ in parts) + ")", *parts)

    def _constant(self, *, true: bool) -> Sql:
        return Sql("(1 = 1)" if true else "(1 = 0)")

    def _truth(self, value: ast.Value) -> Sql:
        if isinstance(value, ast.Literal):
            return self._constant(true=bool(value.value))
        if self.database is Database.SQLITE:
            return self._join("({} <> 0)", self._value(value))
        return self._join("({}::boolean)", self._value(value))

    def _alike(self, *values: ast.Value) -> list[Sql]:
        """Values that are compared with each other; where one is a time all are brought to the same writing."""
        timed = any(isinstance(value, ast.Literal) and isinstance(value.value, date) for value in values)
        if not timed or self.database is Database.POSTGIS:
            return [self._value(value) for value in values]
        return [self._join("strftime('%Y-%m-%dT%H:%M:%f', {})", self._value(value)) for value in values]

    def _like(self, node: ast.Like) -> Sql:
        word = "NOT " if node.negated else ""
        if self.database is Database.POSTGIS:
            bare = like.caseless(node.value, node.pattern)
            if bare is not None:
                found = [self._value(bare[0]), self._bound(like.plain(bare[1]))]
                return self._join(f"({{}} {word}ILIKE {{}})", *found)
        if not isinstance(node.pattern, str):
            raise Untranslatable("The database cannot compare texts without case or accents as CQL2 does.")
        if self.database is Database.POSTGIS:
            return self._join(f"({{}} {word}LIKE {{}})", self._value(node.value), self._bound(like.plain(node.pattern)))
        # SQLite's LIKE takes no notice of case; its GLOB does.
        special = {None: "?", "%": "*", "%%": "%", "*": "[*]", "?": "[?]", "[": "[[]"}
        glob = "".join(special.get(piece, piece or "") for piece in like.pieces(node.pattern))
        return self._join(f"({{}} {word}GLOB {{}})", self._value(node.value), self._bound(glob))

    def _spatial(self, node: ast.SpatialRelation) -> Sql:
        if self.database is Database.SQLITE:
            raise Untranslatable("SQLite has no relations of geometries.")
        name = "ST_" + node.operator.value.removeprefix("s_").capitalize()
        left, right = (self._value(value, geometry=True) for value in (node.left, node.right))
        return self._join(f"{name}({{}}, {{}})", left, right)

    def _value(self, node: ast.Value, *, geometry: bool = False) -> Sql:
        match node:
            case ast.Property(name):
                return self._column(name, geometry=geometry)
            case ast.Literal(value):
                return self._bound(value)
            case ast.Shape(shape):
                text = self._bound(wkt.write(shape))
                if self.database is Database.SQLITE:
                    raise Untranslatable("SQLite has no relations of geometries.")
                if self.srid == 4326:
                    return self._join("ST_GeomFromText({}, 4326)", text)
                return self._join(f"ST_Transform(ST_GeomFromText({{}}, 4326), {int(self.srid)})", text)
            case ast.Function("CASEI", (inner,)) if self.database is Database.POSTGIS:
                return self._join("lower({})", self._value(inner))
            case ast.Arithmetic():
                return self._arithmetic(node)
            case _:
                raise Untranslatable("The database does not know the functions of this filter.")

    def _column(self, name: str, *, geometry: bool) -> Sql:
        if name not in self.columns and self.geometry and geometry and name.lower() in GEOMETRY_NAMES:
            name = self.geometry
        elif name not in self.columns and name != self.geometry:
            listed = ", ".join(sorted(self.columns)[:12])
            raise InputError(
                "The filter names the field “{name}”, which the table lacks; it has: {listed}.",
                name=name,
                listed=listed,
            )
        text = '"' + name.replace('"', '""') + '"'
        return Sql(text.replace("%", "%%") if self.database is Database.POSTGIS else text)

    def _bound(self, value: Any) -> Sql:
        if isinstance(value, date):
            moment = instants.first(value)
            value = instants.write(moment) if self.database is Database.SQLITE else moment
        elif self.database is Database.SQLITE and isinstance(value, int):
            # SQLite keeps 64 bits; what is beyond it compares as a real number.
            value = int(value) if -(2**63) <= value < 2**63 else _real(value)
        if self.database is Database.SQLITE:
            return Sql("?", (value,))
        return Sql("%s", (value,))

    def _arithmetic(self, node: ast.Arithmetic) -> Sql:
        left, right = self._value(node.left), self._value(node.right)
        if node.operator in (ast.Sum.ADD, ast.Sum.SUBTRACT, ast.Sum.MULTIPLY):
            return self._join(f"({{}} {node.operator.value} {{}})", left, right)
        if node.operator is ast.Sum.POWER:
            if self.database is Database.SQLITE:
                raise Untranslatable("SQLite has no powers.")
            return self._join("power({}::float8, {}::float8)", left, right)
        real = "CAST({} AS REAL)" if self.database is Database.SQLITE else "({}::float8)"
        quotient = self._join(f"({real} / nullif({{}}, 0))", left, right)
        if node.operator is ast.Sum.DIVIDE:
            return quotient
        whole = self._join("CAST({} AS INTEGER)" if self.database is Database.SQLITE else "trunc({})", quotient)
        if node.operator is ast.Sum.INTEGER_DIVIDE:
            return whole
        return self._join("({} - {} * {})", left, right, whole)


def _real(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf

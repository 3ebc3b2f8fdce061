"""A plan as a file: JSON in UTF-8 that any program reads, and back.

A number that is unknown is null, one without end "infinite", a sentence an object with its text and values. What is
read may come from anywhere: its size, its nesting, its fields and the texts with places for values are checked.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import string
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from ..common.errors import InputError
from ..common.messages import Message
from .plan import VERSION, Plan

KIND = "City Twin contingency plan"
MOST_BYTES = 200_000_000
"""A plan of three levels for 10,000 buildings takes about 15 MB."""
MOST_NESTED = 8
"""Sentences within sentences."""
INFINITE = "infinite"
_TEXT, _VALUES = "text", "values"
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character: JSON can hold it, no file and no layer can."""
_MOST = {float: 1e308, int: 2**53}
"""Numbers of a kind are smaller; greater ones overflow where they are converted or added."""
_SPEC = re.compile(r"[<>]?0?\d{0,2},?(\.\d{1,2})?[dfgs%]?", re.ASCII)
"""How a value may be formatted: no widths that would fill the memory."""


def plan_text(plan: Plan) -> str:
    """A plan as the text of its file."""
    content = {"kind": KIND, "form_version": VERSION, "plan": _plain(plan)}
    return json.dumps(content, ensure_ascii=False, allow_nan=False) + "\n"


def plan_id(plan: Plan) -> str:
    """The id of a plan by what it says, without dates, versions and the files that say the same in other bytes."""
    sources = tuple(replace(source, modified="", sha256="") for source in plan.sources)
    bare = replace(plan, id="", created="", previous="", version=1, sources=sources)
    text = json.dumps(_plain(bare), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_plan(path: str | Path) -> Plan:
    """The plan in a file.

    Raises
    ------
    InputError
        When it cannot be read, is no plan, is of a later form, or a value of it is impossible.
    """
    name = Path(path).name
    try:
        if Path(path).stat().st_size > MOST_BYTES:
            raise InputError(
                "The plan '{name}' has more than {most:,} bytes: it is none of ours.", name=name, most=MOST_BYTES
            )
        return parse_plan(Path(path).read_text("utf-8-sig"), name)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            "The plan '{name}' cannot be read ({reason}): choose another.", name=name, reason=reason
        ) from error


def parse_plan(text: str, name: str) -> Plan:
    """The plan in a text; `name` is what errors call it."""
    try:
        content = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _no_plan(name) from error
    if not isinstance(content, dict) or content.get("kind") != KIND or not isinstance(content.get("plan"), dict):
        raise _no_plan(name)
    form = content.get("form_version")
    if form != VERSION:
        raise InputError(
            "The plan '{name}' has the form {form} and this version of City Twin reads form {ours}: update City Twin.",
            name=name,
            form=str(form)[:20],
            ours=VERSION,
        )
    reader = _Reader(name)
    plan: Plan = reader.read(Plan, content["plan"], "plan")
    if plan.version < 1:
        raise reader.wrong("plan.version")
    return plan


def _no_plan(name: str) -> InputError:
    return InputError("'{name}' is no plan: choose the .json that the contingency plan wrote.", name=name)


def _no_constant(word: str) -> float:
    raise ValueError(word)


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    kind = type(value)
    if value is None or kind in (str, int, bool):  # most of them
        return value
    if kind is float:
        return _number(value)
    if isinstance(value, Message):
        if not value.values and "{" not in value.template:
            return {_TEXT: value.template}
        return {_TEXT: value.template, _VALUES: {name: _value(part) for name, part in value.values.items()}}
    if kind is tuple:
        return [_plain(part) for part in value]
    if is_dataclass(kind):
        return {name: _plain(convert(getattr(value, name))) for name, convert in _parts(kind)}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in sorted(value.items())}
    return _plain(value.item())  # of numpy


def _number(value: float) -> float | str | None:
    if math.isfinite(value):
        return value
    if value == -math.inf:
        raise ValueError("a plan has no value without a beginning")
    return INFINITE if value == math.inf else None


@lru_cache(maxsize=64)
def _parts(kind: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Fields of a class, and what makes their values such as they read back: 3 where 3.0 may stand is one."""
    hints = _hints(kind)
    return tuple((item.name, float if hints[item.name] is float else _same) for item in fields(kind))


def _same(value: Any) -> Any:
    return value


def _value(value: Any) -> Any:
    """A value of a sentence as JSON has it; a name that reads as our word for no end is a sentence of its own."""
    return {_TEXT: INFINITE} if isinstance(value, str) and value == INFINITE else _plain(value)


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


class _Reader:
    """Makes values of some types from JSON."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, kind: Any, value: Any, place: str) -> Any:
        origin = get_origin(kind)
        if origin in (types.UnionType, Union):
            inner = next(part for part in get_args(kind) if part is not type(None))
            return None if value is None else self.read(inner, value, place)
        if origin is tuple:
            if not isinstance(value, list):
                raise self.wrong(place)
            inner = get_args(kind)[0]
            return tuple(self.read(inner, part, f"{place}[{number}]") for number, part in enumerate(value))
        if origin is dict:
            if not isinstance(value, dict):
                raise self.wrong(place)
            return {self._text(key, place): self._text(part, f"{place}.{key}") for key, part in value.items()}
        if is_dataclass(kind):
            return self._object(kind, value, place)
        if kind is str:
            return self._text(value, place)
        return self._number(kind, value, place)

    def _object(self, kind: Any, value: Any, place: str) -> Any:
        if not isinstance(value, dict):
            raise self.wrong(place)
        hints, given = _hints(kind), {}
        for item in fields(kind):
            if item.name in value:
                given[item.name] = self.read(hints[item.name], value[item.name], f"{place}.{item.name}")
        try:
            return kind(**given)
        except TypeError as error:  # a field without a default is missing
            raise self.wrong(place) from error

    def _number(self, kind: Any, value: Any, place: str) -> Any:
        if kind is bool:
            if isinstance(value, bool):
                return value
        elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _MOST.get(kind, 0):
            if kind is float:
                return float(value)
            if value == int(value):
                return int(value)
        elif kind is float and (value is None or value == INFINITE):
            return math.nan if value is None else math.inf
        raise self.wrong(place)

    def _text(self, value: Any, place: str, nested: int = 0) -> str:
        if isinstance(value, str):
            if _HALF.search(value):
                raise self.wrong(place)
            return value
        values = value.get(_VALUES, {}) if isinstance(value, dict) else None
        template = value.get(_TEXT) if isinstance(value, dict) else None
        if not isinstance(template, str) or not isinstance(values, dict) or nested > MOST_NESTED:
            raise self.wrong(place)
        made = {key: self._value(part, f"{place}.{key}", nested) for key, part in values.items()}
        if made:
            self._require_places(template, made, place)
        try:
            return Message(template, **made)
        except (ValueError, TypeError, LookupError) as error:
            raise self.wrong(place) from error

    def _value(self, value: Any, place: str, nested: int) -> Any:
        if value is None:
            return math.nan
        if value == INFINITE and isinstance(value, str):
            return math.inf
        if isinstance(value, bool | int | float) and abs(value) < _MOST[float]:
            return value
        return self._text(value, place, nested + 1)

    def _require_places(self, template: str, values: dict[str, Any], place: str) -> None:
        """Check that a template asks for nothing but its values: formatting can reach into objects."""
        try:
            parts = list(string.Formatter().parse(template))
        except ValueError as error:
            raise self.wrong(place) from error
        for _, name, spec, conversion in parts:
            if name is not None and (name not in values or conversion or not _SPEC.fullmatch(spec or "")):
                raise self.wrong(place)

    def wrong(self, place: str) -> InputError:
        """The error for an impossible value at a place."""
        return InputError(
            "The plan '{name}' has no possible value at {place}: choose one that nobody has edited, or make it again.",
            name=self._name,
            place=place[:120],
        )

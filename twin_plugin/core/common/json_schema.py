"""JSON documents against a JSON Schema (draft 7), with one sentence that names the document, the place and the cure."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import InputError
from .messages import Message

if TYPE_CHECKING:
    from jsonschema import Draft7Validator, ValidationError

SHOWN = 60
"""Characters of a wrong value that a sentence shows."""
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_KINDS = {
    "object": Message("an object in braces"),
    "array": Message("a list in brackets"),
    "string": Message("a text in quotes"),
    "number": Message("a number"),
    "integer": Message("a whole number"),
    "boolean": Message("true or false"),
}


FORMS = {
    "^[a-z][a-z0-9_]{0,63}$": Message(
        "an id has a lower-case letter, then at most 63 lower-case letters, digits and underscores."
    ),
    "^#[0-9a-fA-F]{6}$": Message("a colour is # and six hexadecimal digits, such as #c62828."),
    "^[A-Z]+:[0-9]{1,7}$": Message("a CRS is a code such as EPSG:4326."),
}
"""What people call the patterns of the schemas."""


@lru_cache(maxsize=8)
def schema_at(path: Path) -> Draft7Validator:
    """The validator of a schema that ships with the plugin."""
    from jsonschema import Draft7Validator

    return Draft7Validator(json.loads(path.read_text("utf-8")))


def check(value: Any, schema: Path, document: str, by_id: bool = False) -> None:
    """Do nothing where a document is as its schema says.

    Parameters
    ----------
    value
        What JSON gave.
    schema : Path
        Of a schema that ships.
    document : str
        The name that errors use.
    by_id : bool
        Places name the entries of lists by their id and not by their number: for documents merged from several.

    Raises
    ------
    InputError
        With the first fault in the order of the document, and how many more there are.
    """
    if unwritable := _unwritable(value):
        fault = Message("a text has characters that cannot be shown ({text}): remove them.", text=unwritable)
        raise located(document, "", fault)
    faults = sorted(schema_at(schema).iter_errors(value), key=lambda error: order(error.absolute_path))
    if not faults:
        return
    first = faults[0]
    where = place_by_id(first.absolute_path, value) if by_id else place(first.absolute_path)
    raise located(document, where, _sentence(first), len(faults) - 1)


def located(document: str, where: str, fault: str, more: int = 0) -> InputError:
    """The error for a fault at a place of a document; `more` faults of it are not in the sentence."""
    message = (
        Message("'{document}', at {place}: {fault}", document=document, place=where, fault=fault)
        if where
        else Message("'{document}': {fault}", document=document, fault=fault)
    )
    if not more:
        return InputError(message)
    return InputError("{first} Further faults in the document: {n}.", first=message, n=more)


def place(path: Iterable[str | int]) -> str:
    """A place as people write it, such as groups[1].layers[0].style."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def place_by_id(path: Iterable[str | int], value: Any) -> str:
    """A place with the ids of entries instead of their numbers, such as groups[network].layers[pipes].style."""
    text = ""
    for part in path:
        value = value[part]
        if isinstance(part, int):
            text += f"[{value.get('id', part) if isinstance(value, dict) else part}]"
        else:
            text += f".{part}" if text else str(part)
    return text


def order(path: Iterable[str | int]) -> tuple[tuple[int, str], ...]:
    """What sorts places in lists by their number."""
    return tuple((part, "") if isinstance(part, int) else (-1, str(part)) for part in path)


def _unwritable(value: Any) -> str:
    """A text of a document with control characters or halves of characters, shown in ASCII; "" where there is none."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and _UNWRITABLE.search(one):
            return ascii(one)[1:-1][:SHOWN]
    return ""


def _sentence(error: ValidationError) -> Message:
    """What is wrong, and the cure, for the keywords that the shipped schemas use."""
    word, rule, value = error.validator, error.validator_value, error.instance
    shown = _shown(value)
    if word == "required":
        missing = [key for key in rule if key not in value]
        return Message("{keys} is missing: add it.", keys=_quoted(missing))
    if word == "additionalProperties":
        return _unknown(error)
    if word == "type":
        kinds = [rule] if isinstance(rule, str) else list(rule)
        wanted = Message.joined([_KINDS[kind] for kind in kinds if kind in _KINDS], " / ")
        return Message("{value} stands where {wanted} belongs.", value=shown, wanted=wanted)
    if word == "enum":
        return Message("{value} is none of {choices}.", value=shown, choices=_quoted(rule))
    if word == "pattern":
        form = FORMS.get(rule, error.schema.get("description", rule))
        return Message("{value} has not the right form: {form}", value=shown, form=form)
    if word in ("minimum", "exclusiveMinimum"):
        return Message("{value} is too small: {limit} is the limit.", value=shown, limit=rule)
    if word in ("maximum", "exclusiveMaximum"):
        return Message("{value} is too large: {limit} is the limit.", value=shown, limit=rule)
    if word in ("minLength", "minItems", "minProperties"):
        return Message("this is empty or too short: give at least {n}.", n=rule)
    if word in ("maxLength", "maxItems", "maxProperties"):
        return Message("this has {n} characters or entries: at most {limit} are allowed.", n=len(value), limit=rule)
    if word == "oneOf":
        choices = [key for choice in rule for key in choice.get("required", [])]
        return Message("give exactly one of {keys}.", keys=_quoted(choices))
    if word == "dependencies":
        pairs = ((key, other) for key, others in rule.items() if key in value for other in others)
        key, other = next((key, other) for key, other in pairs if other not in value)
        return Message(
            "'{key}' stands without '{other}', which it belongs to: add that, or remove it.", key=key, other=other
        )
    if word == "uniqueItems":
        return Message("an entry stands twice in the list: remove one.")
    return Message("{reason}: correct it as the schema says.", reason=error.message[:200])


def _unknown(error: ValidationError) -> Message:
    """A key that means nothing, which a misspelt one would be without a word."""
    known = list(error.schema.get("properties", {}))
    key = next(key for key in error.instance if key not in known)
    near = difflib.get_close_matches(key, known, 1)
    if near:
        return Message("the key '{key}' is unknown: is '{near}' meant?", key=key[:SHOWN], near=near[0])
    return Message(
        "the key '{key}' is unknown: remove it, or use one of {keys}.", key=key[:SHOWN], keys=", ".join(known)
    )


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _quoted(values: Sequence[Any]) -> str:
    return ", ".join(f"'{value}'" for value in values)

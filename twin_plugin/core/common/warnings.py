"""Warnings and reasons as data: code, values and template, stored as JSON and shown in any language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from .messages import Message

Templates = Mapping[str, str]
"""English sentences by code. A table declared with this type is offered to the translators as a whole."""


class CodedMessage(Message):
    """A message from a table of templates; decisions depend on its code, never on its text.

    Attributes
    ----------
    code : str
        A word in snake_case, which stays when the sentence is reworded.
    """

    code: str = ""

    @classmethod
    def of(cls, templates: Templates, code: str, /, **values: Any) -> CodedMessage:
        """The message of a code; KeyError or ValueError where the table has no such code or it needs other values."""
        self = cls(templates[code], **values)
        self.code = code
        return self


def to_json(groups: Mapping[str, Iterable[CodedMessage]]) -> str:
    """Named lists of messages as JSON, each message as its code and values; "" where all lists are empty."""
    lists = {name: [{"code": m.code, "values": m.values} for m in messages] for name, messages in groups.items()}
    filled = {name: messages for name, messages in lists.items() if messages}
    return json.dumps(filled, ensure_ascii=False, default=_number) if filled else ""


def from_json(text: str, templates: Templates) -> dict[str, tuple[CodedMessage, ...]]:
    """The named lists of `to_json` with today's sentences; without any where the text is damaged.

    A message whose code the table lacks, or whose values do not suit its sentence, shows its code and values.
    """
    try:
        lists = json.loads(text)
        return {name: tuple(_restored(entry, templates) for entry in entries) for name, entries in lists.items()}
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return {}


def _restored(entry: Mapping[str, Any], templates: Templates) -> CodedMessage:
    code, values = str(entry["code"]), entry["values"]
    if not all(name.isidentifier() for name in (code, *values)):  # they become part of a template
        raise ValueError("no names")
    try:
        return CodedMessage.of(templates, code, **values)
    except (KeyError, OverflowError, ValueError):
        listed = ", ".join(f"{name} {{{name}}}" for name in values)
        return CodedMessage.of({code: f"{code}: {listed}" if listed else code}, code, **values)


def _number(value: Any) -> Any:
    """A number of numpy as JSON writes it."""
    return value.item()

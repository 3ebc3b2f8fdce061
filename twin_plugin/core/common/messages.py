"""Sentences for people that keep their template and values, so that they can be shown in another language."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Number
from typing import Any


class Message(str):
    """A sentence in English that remembers the template and the values it was made of.

    It is a `str`, so it can go wherever a text goes. Joining or cutting it gives a plain text; see `joined`.

    Attributes
    ----------
    template : str
        The sentence with {names}, as translators see it; without values braces mean nothing.
    values : dict
        Numbers, texts and messages by name.
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Message:
        if isinstance(template, Message) and not values:
            return template
        kept = {name: value if isinstance(value, str | Number) else str(value) for name, value in values.items()}
        self = super().__new__(cls, template.format_map(kept) if kept else template)
        self.template, self.values = str(template), kept
        return self

    @classmethod
    def joined(cls, parts: Iterable[str], separator: str = " ") -> Message:
        """Several texts as one; a message among them stays one."""
        named = {f"part{number}": part for number, part in enumerate(parts)}
        return cls(separator.join(f"{{{name}}}" for name in named), **named)


def note(notes: list[str], template: str, /, **values: Any) -> None:
    """Add a sentence to notes, such as those about an answer, as a message."""
    notes.append(Message(template, **values))

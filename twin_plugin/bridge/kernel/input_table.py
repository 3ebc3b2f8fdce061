"""The table at the end of a run's log: what was read, left out and guessed of each input, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...core.common.messages import Message


@dataclass(frozen=True)
class Entry:
    """One kind of input: how many were read, left out and guessed, and why."""

    what: Message
    read: int
    left_out: int = 0
    guessed: int = 0
    why: str = ""

    def line(self) -> Message:
        """The entry as a line of the log."""
        return Message(
            "{what} | {read} | {left_out} | {guessed} | {why}",
            what=self.what,
            read=self.read,
            left_out=self.left_out,
            guessed=self.guessed,
            why=self.why,
        )


def table_lines(entries: Iterable[Entry]) -> list[Message]:
    """The lines of the table, its head first."""
    return [Message("Input | read | left out | guessed | why"), *(entry.line() for entry in entries)]


def reasons(parts: Iterable[str | None]) -> str:
    """Several reasons as one, those that are empty left out."""
    return Message.joined([part for part in parts if part], "; ")

"""What is in doubt about an answer, from where it is read to whoever asked for it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from .messages import Message

REMARKS_LIMIT = 50
"""Different remarks that are kept of one run; the others are counted."""

_log = logging.getLogger(__name__)


@dataclass
class Remarks:
    """Sentences about an answer, each once."""

    sentences: list[str] = field(default_factory=list)
    left_out: int = 0

    def add(self, text: str) -> None:
        """Keep a sentence, or count it where there are too many."""
        if text in self.sentences:
            return
        if len(self.sentences) < REMARKS_LIMIT:
            self.sentences.append(text)
        else:
            self.left_out += 1

    def texts(self) -> list[str]:
        """The sentences, and how many more there were."""
        more = [Message("{count:,} more remarks of this kind.", count=self.left_out)] if self.left_out else []
        return [*self.sentences, *more]


_CURRENT: ContextVar[Remarks | None] = ContextVar("remarks", default=None)


def remark(template: str, /, **values: object) -> None:
    """State what is in doubt: to `collected` where that is around, else to the log."""
    text, found = Message(template, **values), _CURRENT.get()
    if found is None:
        _log.warning("%s", text)
    else:
        found.add(text)


@contextmanager
def collected() -> Iterator[Remarks]:
    """Collect the remarks of this thread, and of those that are started with its context."""
    found = Remarks()
    token = _CURRENT.set(found)
    try:
        yield found
    finally:
        _CURRENT.reset(token)

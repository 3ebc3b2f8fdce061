"""Turns of requests: how many go to one host, and to all hosts, at once."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field

HOST_LIMIT = 5
"""Requests to one host at once, over all threads."""

TOTAL_LIMIT = 24
"""Requests at once to all hosts."""


@dataclass(eq=False)
class Turn:
    """The place of a request in the queue; it may start when `come` is set."""

    host: str
    come: threading.Event = field(default_factory=threading.Event)


class Turns:
    """One queue for all threads: the first whose host has room is next."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._load: Counter[str] = Counter()
        self._waiting: list[Turn] = []

    def ask(self, host: str) -> Turn:
        """A place in the queue, which must be given back."""
        turn = Turn(host)
        with self._lock:
            self._waiting.append(turn)
            self._call()
        return turn

    def give_back(self, turn: Turn) -> None:
        """Leave the queue, or end the turn."""
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return
            self._load[turn.host] -= 1
            self._load += Counter()  # drops hosts without requests
            self._call()

    def _call(self) -> None:
        for turn in list(self._waiting):
            if self._load.total() >= TOTAL_LIMIT:
                return
            if self._load[turn.host] < HOST_LIMIT:
                self._waiting.remove(turn)
                self._load[turn.host] += 1
                turn.come.set()
